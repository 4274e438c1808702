"""One cell of the framework matrix, open: sentences, passages, and writing what sums it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from cmo.analysis.framework import NOT_NAMED, Cell, Heard, Sentence, voices_said
from cmo.domain.evidence import Finding
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import Direction, FindingTopic, Origin
from cmo.graph.graph import Row
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.framework_axes import Head, Of
from cmo.services.framework_files import SILENCES
from cmo.services.framework_matrix import reading_in_words
from components import editing
from components.drawing import Node, h
from components.editing import Field
from components.finding_form import ORIGINS, WAVES, WAYS
from components.marks import glyph
from components.matrix_table import SIDES, address
from components.one_finding import opens
from components.page import crumb
from components.passages_offered import named
from components.said import once, passage
from components.session import actor, casebook_to_change
from components.words import counted, cut

STEP = 30
"""How many passages are shown at first, and how many more each time."""
HERE = "matrix"
"""Where what was done is said."""


def place_of(of: Of, column: Head, programme_id: str) -> str:
    """Where a sentence that sums up a cell is found: in its project, or in the programme."""
    return programme_id if of is Of.ROLE else column.id


def may_write(place: str) -> bool:
    """Whether whoever looks may write what sums up a cell of this place."""
    return actor().may_write("Finding", frozenset({place}))


def opened(
    of: Of,
    row: Head,
    column: Head,
    cell: Cell,
    words: Mapping[str, Row],
    shown: int,
    *,
    behind_finding: bool = False,
) -> Node:
    """The cell with its sentences first, each of which opens, then its passages, those against
    first; `shown` of them, and the way to more. `behind_finding` says that a finding stands open,
    so that the page does not go to the cell."""
    listed = cell.heard[:shown]
    bearing = [words[item.id] for item in listed if item.bears and item.id in words]
    behind = [words[item.id] for item in listed if not item.bears and item.id in words]
    close = h("p", crumb("close", address(cell=None, shown=None)), cls="closes")
    parts: list[Node] = [
        h("div", h("p", *_kicker(of, column), cls="kicker"), close, cls="row end head"),
        h(
            "h2",
            row.name,
            data_here=None if behind_finding else "",
            data_focus=None if behind_finding else _since(row, column),
            tabindex=-1,
            cls="says",
        ),
        *(_sentence(of, s) for s in cell.sentences),
    ]
    if not cell.sentences and not cell.is_silent:
        parts.append(h("p", "No sentence sums this cell up yet.", cls="mute"))
    parts.append(h("p", *_counts(of, cell), cls="mute counts"))
    parts.append(h("div", *(passage(r) for r in once(bearing)), cls="heard"))
    if behind:
        what = "What the sentence rests on besides" if cell.sentences else "Behind the assessment"
        parts += [h("h3", what), h("div", *(passage(r) for r in once(behind)), cls="heard")]
    ways: list[Node] = []
    if len(cell.heard) > shown:
        left = f"{len(cell.heard) - shown:,} more codings"
        ways.append(crumb(left, address(shown=str(shown + STEP))))
    if (grid := _grid(of, row, column, cell)) is not None:
        ways += [" · "] if ways else []
        ways.append(crumb("in the evidence grid", grid))
    end = h("p", *ways, cls="ways mute") if ways else None
    return h("div", *parts, end, cls="panel opened")


def _since(row: Head, column: Head) -> str:
    """A word for the cell as it was opened, and another after each thing done there: its head then
    gets the focus, for what was pressed is gone."""
    done = st.session_state.get("_done") or {}
    return f"{row.id} {column.id} {done.get('change') if done.get('here') == HERE else ''}"


def _kicker(of: Of, column: Head) -> list[Node]:
    if of is Of.ROLE:
        return [crumb(column.code or "", f"theory?id={column.id}"), " ", cut(column.name, 300)]
    if column.is_general:
        return [column.name]
    return [crumb(column.name, f"project?id={column.id}")]


def _sentence(of: Of, sentence: Sentence) -> Node:
    notes = [sentence.code, sentence.wave, None if of is Of.ROLE else sentence.within]
    rests = len(sentence.rests_on)
    notes.append(f"rests on {counted(rests, 'passage')}" if rests else "rests on no passage")
    said = h("p", sentence.statement, "°" if sentence.is_ours else None)
    told = h("div", said, h("small", " · ".join(filter(None, notes))), cls="says")
    go = opens(sentence.id)
    return h(
        "div", glyph(sentence.direction), told, cls="summing", data_go=go, tabindex=0, role="link"
    )


def _counts(of: Of, cell: Cell) -> list[Node]:
    if cell.is_silent:
        said = SILENCES[cell.silence or "no source"]
        return [
            glyph("silent"),
            f" {said[0].upper()}{said[1:]}. That nothing was said is not a no.",
        ]
    parts: list[str] = []
    if cell.reading:
        ours = any(a.origin == "ours" for a in cell.reading.assessments)
        parts.append(f"assessed: {reading_in_words(cell.reading)}{' (ours)' if ours else ''}")
    for stance, many in voices_said(cell).items():
        said = f"{counted(many, 'voice')} {SIDES[stance]}"
        if of is Of.ROLE and (projects := cell.projects(stance)):
            said += f" in {counted(projects, 'project')}"
        parts.append(said)
    if cell.uncounted:
        parts.append(f"{cell.uncounted} not counted")
    return [", ".join(parts) + "." if parts else ""]


def _grid(of: Of, row: Head, column: Head, cell: Cell) -> str | None:
    """Where the evidence grid shows those passages that bear on the thing itself, right there."""
    target = column.id if of is Of.ROLE else row.id
    narrow = {"target": target}
    if of is Of.ROLE:
        there = any(item.directly for item in cell.heard)
        if row.id != NOT_NAMED:
            narrow["role"] = row.id
    else:
        there = any(item.directly and item.concerns == column.id for item in cell.heard)
        narrow["project"] = column.id
    return f"evidence?{urlencode(narrow)}" if there else None


def summary_form(
    of: Of,
    programme_id: str,
    row: Head,
    column: Head,
    heard: Sequence[Heard],
    words: Mapping[str, Row],
) -> None:
    """Writes the sentence that sums a cell up: a finding about its theme, factor or theory, which
    rests on the passages of the cell that are chosen."""
    offered: dict[str, str] = {}
    for item in heard:
        if item.id in words and words[item.id]["excerpt_id"] not in {
            words[coding]["excerpt_id"] for coding in offered
        }:
            (told,) = named([words[item.id]]).values()
            offered[item.id] = f"{SIDES[item.stance]}: {told}" if item.bears else told
    fields = [
        Field("statement", "The sentence that sums the cell up", "text"),
        Field("rests_on", "Passages of the cell that it rests on", "many", offered),
        Field("direction", "Which way", "one", WAYS, needed=True, start=str(Direction.NEITHER)),
        Field("origin", "Whose word it is", "one", ORIGINS, needed=True, start=str(Origin.OURS),
              beside=True),
        Field("wave", "Wave", "one", WAVES, beside=True),
    ]  # fmt: skip
    about = column.id if of is Of.ROLE else row.id
    role = row.id if of is Of.ROLE and row.id != NOT_NAMED else None

    def work(typed: dict[str, Any]) -> Done:
        finding = Finding(
            **{**typed, "statement": typed["statement"] or ""},
            within=place_of(of, column, programme_id),
            topic=FindingTopic.GRID,
            about=(Tie(about, (("origin", str(Origin.OURS)),)),),
            role_group=role,
        )
        return recording.record(casebook_to_change().graph, actor(), finding)

    editing.do_form(
        "summary",
        "Sum the cell up",
        fields,
        work,
        HERE,
        note=f"{row.name} · {cut(column.name, 80)}; it stands first in the cell, and can be undone",
        said="The sentence is recorded.",
    )


def write_button(cell: Cell) -> bool:
    """The button that opens the form; whether it was pressed."""
    title = "Write another sentence" if cell.sentences else "Write the summary sentence"
    return st.button(title, icon=":material/edit:", shortcut="n", key="new_summary")
