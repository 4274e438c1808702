"""Changing a coding where it stands in the grid: a form right beneath its row, and what it did."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cmo.domain.evidence import Coding
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Claim, Rating
from cmo.errors import NotFound
from cmo.services.reading import get_record
from cmo.services.texts import MOST_TARGETS, Target, targets
from components import editing, forms, grid
from components.configuring import ask_for
from components.desk import label
from components.editing import Field
from components.page import empty
from components.session import actor, casebook

HERE = "evidence"
"""The name of the page, for what was just done on it."""
EDIT, RETIRE = "edit", "retire"
FIND = "find_target"
LEFT = "_row_left"
"""The coding whose form was opened last, and a word that tells this time from the others."""
RATED = ("relevance", "richness", "rigour")


def may_edit(programme_id: str) -> bool:
    """Whether whoever looks may change codings there."""
    return actor().may_write("Coding", frozenset({programme_id}))


def begin(coding: str) -> None:
    """Opens the form beneath that coding's row, from what is stored now."""
    editing.leave(coding)
    st.session_state.pop(FIND, None)
    st.session_state.pop("_done", None)
    st.query_params["coding"] = coding
    st.session_state[LEFT] = (coding, uuid.uuid4().hex)
    ask_for(EDIT)


def gets_focus_back() -> tuple[str, str] | None:
    """The coding beneath whose row a form was closed, and a word for that time; None while one is
    open: what was pressed there is gone, and with it the place on the page."""
    left: tuple[str, str] | None = st.session_state.get(LEFT)
    asked = st.query_params
    if left is None or asked.get("do") in (EDIT, RETIRE) or asked.get("coding") != left[0]:
        return None
    return left


def opened(programme_id: str, places: Mapping[str, str]) -> str | None:
    """The coding that stands open, or was just changed: its id, as the address names it. Where the
    address asks for what is no coding of these places, or is retired, the page says so."""
    coding = st.query_params.get("coding")
    asked = st.query_params.get("do") in (EDIT, RETIRE) and may_edit(programme_id)
    if coding and asked and not _may_be_opened(coding, places):
        empty("stranger", "No such coding can be changed here.", "Choose “edit” beside a row.")
        return None
    told = (st.session_state.get("_done") or {}).get("here") == HERE
    refused = (st.session_state.get("_refused") or {}).get("here") == HERE
    return coding if coding and (asked or told or refused) else None


def _may_be_opened(coding: str, places: Mapping[str, str]) -> bool:
    if f"edit-{coding}-read" in st.session_state:
        return (
            True  # what is typed there stays, and whatever became of the coding is told on saving
        )
    try:
        held = get_record(casebook().graph, actor(), coding)
    except NotFound:
        return False
    return held.kind is Coding and held.retired_at is None and held.fields.get("concerns") in places


def beneath(coding: str, programme_id: str, places: Mapping[str, str]) -> None:
    """Draws what stands beneath the row of a coding that is open: the form, or what was done."""
    with st.container(key="beneath_row"):
        doing = st.query_params.get("do")
        if doing == RETIRE and may_edit(programme_id):
            editing.retire_form(coding, "this coding", HERE)
        elif doing == EDIT and may_edit(programme_id):
            found = _found(programme_id)
            editing.edit_form(
                coding,
                fields(found, places),
                "Edit this coding",
                here=HERE,
                aside=("Retire it", _retire),
            )
        else:
            forms.show_done(HERE)


def fields(found: list[Target], places: Mapping[str, str]) -> list[Field]:
    """What of a coding may be changed in the grid."""
    ratings = {str(rating): str(rating) for rating in Rating}
    return [
        Field("stance", "Stance", "one", options=grid.STANCES, needed=True),
        Field("claim", "Claim", "one", {str(c): str(c) for c in Claim}, needed=True, beside=True),
        Field("concerns", "It concerns", "one", options=places, needed=True, beside=True),
        Field("bears_on", "Bears on", "one", options={str(t.id): label(t) for t in found}),
        *(
            Field(name, name.capitalize(), "one", options=ratings, beside=name != RATED[0])
            for name in RATED
        ),
        Field("memo", "Memo", "text"),
    ]


def _retire(_: Stored) -> None:
    ask_for(RETIRE)


def _found(programme_id: str) -> list[Target]:
    """What it may bear on; where that is too much to offer at once, a word narrows it."""
    graph, who = casebook().graph, actor()
    words = st.session_state.get(FIND) or None
    found = targets(graph, who, programme_id, words, MOST_TARGETS)
    if words or len(found) >= MOST_TARGETS:
        st.text_input("Narrow what it may bear on by a word", key=FIND, width=320)
    return found


def row_of(rows: Sequence[Mapping[str, Any]], coding: str | None) -> int | None:
    """At which place of these rows that coding stands."""
    return next((n for n, row in enumerate(rows) if row["id"] == coding), None)
