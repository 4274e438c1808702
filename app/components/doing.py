"""What somebody did in this session, one step after the other: taken back, and done again."""

from __future__ import annotations

import streamlit as st

from cmo.errors import NotAllowed, NotFound, Refused
from cmo.services.undoing import undo
from components.session import actor, casebook_to_change

DONE, UNDONE = "_steps_done", "_steps_undone"
MOST = 200
"""How many steps are kept; History has all."""


def did(change: str, said: str) -> None:
    """Keeps a step: the id of its change, and what was done in a few words. What was taken back
    before it is not done again any more."""
    _keep(DONE, [*_steps(DONE), (change, said)][-MOST:])
    _keep(UNDONE, [])


def last_done() -> str | None:
    """What would be taken back next, in words; None for nothing."""
    return _steps(DONE)[-1][1] if _steps(DONE) else None


def last_undone() -> str | None:
    """What would be done again next, in words; None for nothing."""
    return _steps(UNDONE)[-1][1] if _steps(UNDONE) else None


def take_back() -> str:
    """Takes back the last step; answers with what that was. Raises CmoError where it cannot be
    taken back, or there is none; the step is then left to History."""
    return _turn(DONE, UNDONE)


def do_again() -> str:
    """Does again what was taken back last; as `take_back`."""
    return _turn(UNDONE, DONE)


def _turn(here: str, there: str) -> str:
    steps = _steps(here)
    if not steps:
        raise Refused("No step is left.", "Nothing was changed.", "See History.")
    change, said = steps[-1]
    try:
        back = undo(casebook_to_change().graph, actor(), change)
    except (NotAllowed, NotFound, Refused):
        _keep(here, steps[:-1])  # it can never be taken back from here
        raise
    _keep(here, steps[:-1])
    _keep(there, [*_steps(there), (back.change, said)])
    return said


def _steps(name: str) -> list[tuple[str, str]]:
    held: list[tuple[str, str]] = st.session_state.get(f"{name}_{actor().id}", [])
    return held


def _keep(name: str, steps: list[tuple[str, str]]) -> None:
    st.session_state[f"{name}_{actor().id}"] = steps
