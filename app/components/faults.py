"""What a reader sees when something fails: a refusal in its own words, a fault by its number."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from cmo.errors import CmoError
from components.session import doubt

_log = logging.getLogger("cmo.app")


def show_refusal(error: CmoError) -> None:
    """Says what was wrong, what was not done and what to do next, where the person works."""
    if error.change:
        doubt(error.change)
    lines = [error.wrong, error.not_done, error.next_step]
    with st.container(border=True):
        for line in filter(None, lines):
            st.text(line)


def show_fault(error: Exception) -> bool:
    """Shows an error that reached the top: ours in its words, any other by a number in the log."""
    if isinstance(error, CmoError):
        show_refusal(error)
        return True
    number = secrets.token_hex(4)
    _log.error("fault %s", number, exc_info=error)
    with st.container(border=True):
        st.text(f"This page failed (fault {number}). What was stored is not affected.")
        st.text("Reload the page; the log tells more under that number.")
    return True
