"""What was typed on a page that could not be drawn: kept until it can be drawn again.

Streamlit lets go of a field that a run did not draw. When the engine is away no run draws any.
"""

from __future__ import annotations

import streamlit as st

from cmo.errors import CasebookUnusable, CmoError, StorageFailed
from components.forms import forget
from components.session import STORED_AFTER_ALL, tell_in_next_run

NOT_FIELDS = ("_", "$$")
"""How the names begin of what is remembered besides the fields."""


def keep_typed() -> None:
    """Keeps what stands in the fields of the page that could not be drawn."""
    held = {
        str(name): value
        for name, value in st.session_state.items()
        if isinstance(value, str | list | tuple) and not str(name).startswith(NOT_FIELDS)
    }
    st.session_state["_typed"] = st.session_state.get("_typed", {}) | held


def give_back_typed() -> None:
    """Puts back what was kept, but for what has been typed since."""
    for name, value in st.session_state.pop("_typed", {}).items():
        if name not in st.session_state:
            st.session_state[name] = value


def offer_another_try(error: CmoError) -> None:
    """A button, where the same thing may work the next time."""
    if isinstance(error, CasebookUnusable | StorageFailed):
        st.button("Try again", key="again")


def close_form_that_was_stored() -> None:
    """Closes the form that what was in doubt came from, as it is there; and says so."""
    tell_in_next_run(STORED_AFTER_ALL)
    for name in ("id", "coding", "finding"):
        if record := st.query_params.get(name):
            forget(f"edit-{record}")
    st.query_params.pop("do", None)
    st.rerun()
