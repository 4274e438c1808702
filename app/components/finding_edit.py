"""Editing, retiring and reinstating a finding on the page where it stands open."""

from __future__ import annotations

import streamlit as st

from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.finding import WholeFinding, find_finding
from components import editing, forms
from components.configuring import ask_for
from components.drawing import follow
from components.editing import Field
from components.finding_form import finding_fields, themes_of
from components.one_finding import ADDRESS, draw_findings, panel
from components.page import empty
from components.passages_offered import codings_of, named
from components.session import actor, casebook, casebook_to_change, programme

EDIT, RETIRE = "edit", "retire"
NOT_SHOWN = "a passage that is retired, withdrawn, or not for your role"


def show_opened(here: str) -> str | None:
    """Draws the finding that the address opens, if it opens one, with what may be done with it; the
    page `here` says what was done. Returns the id of the finding that stands open."""
    wanted = st.query_params.get(ADDRESS)
    if not wanted:
        return None
    found = find_finding(casebook().graph, actor(), wanted)
    if found is None:
        empty("no_finding", "There is no such finding, or you may not see it.", "Choose another.")
        return None
    changes = may_change(found)
    doing = st.query_params.get("do") if changes else None
    if doing != EDIT:
        editing.leave(found.id)
    with st.container(key="opened_finding"):
        go = draw_findings(panel(found, whole="all" in st.query_params), ADDRESS)
        if changes:
            _steps(found, here)
    # What was typed before somebody else retired it stays, and is told about on saving.
    begun = f"edit-{found.id}-read" in st.session_state
    if doing == EDIT and (begun or not found.held.retired_at):
        editing.edit_form(found.id, _fields(found), f"Edit {found.held.code}", here=here)
    elif doing == RETIRE and not found.held.retired_at:
        editing.retire_form(found.id, str(found.held.code), here)
    follow(go)
    return found.id


def may_change(found: WholeFinding) -> bool:
    """Whether whoever looks may edit, retire and reinstate it."""
    there = frozenset({found.place.id})
    return actor().may_write("Finding", there) and not found.place.retired_at


def _steps(found: WholeFinding, here: str) -> None:
    with st.container(horizontal=True, gap="small", key="finding_steps"):
        if found.held.retired_at:
            if st.button("Reinstate", key="finding_reinstate"):
                _reinstate(found, here)
            return
        if st.button("Edit", shortcut="e", key="finding_edit"):
            ask_for(EDIT)
        if st.button("Retire", key="finding_retire"):
            ask_for(RETIRE)


def _reinstate(found: WholeFinding, here: str) -> None:
    def work() -> Done:
        return recording.reinstate(casebook_to_change().graph, actor(), found.id)

    forms.attempt_elsewhere(work, f"{found.held.code} is in use again.", here)


def _fields(found: WholeFinding) -> list[Field]:
    """What of it may be changed: what a new one has, and the passages on which it rests."""
    here = programme()
    assert here
    fields = finding_fields(themes_of(here["id"]))
    title = "Passages that it rests on (codings of them)"
    fields.insert(5, Field("rests_on", title, "many", _offered(found)))
    return fields


def _offered(found: WholeFinding) -> dict[str, str]:
    """The codings on which it may rest, by their ids: those on which it does, then one of each
    other passage that speaks of its place, those on its first theme first."""
    offered = dict.fromkeys(found.held.fields["rests_on"], NOT_SHOWN)
    about = found.held.fields["about"]
    taken = {row["excerpt_id"] for row in found.passages}
    rows = [*found.passages, *codings_of(found.place.id, about[0].to if about else None)]
    for row in rows:
        if row["id"] in offered or row["excerpt_id"] not in taken:
            (offered[row["id"]],) = named([row]).values()
            taken.add(row["excerpt_id"])
    return offered
