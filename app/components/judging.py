"""Assessing a factor in a project, and settling what somebody assessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cmo.domain.vocabulary import AssessmentValue, Valence, Wave
from cmo.errors import InvalidInput
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.assessing import Verdict, assess
from cmo.services.configuring import codebook
from cmo.services.permitting import SETTLES
from cmo.services.reading import get_record
from components import editing, forms
from components.configuring import ask_for
from components.drawing import Node, h
from components.editing import Field
from components.marks import NAMES, glyph
from components.page import section
from components.passages_offered import (
    codings_of,
    excerpts_left,
    may_code,
    on_target,
    passages_field,
)
from components.session import actor, ask, casebook, casebook_to_change

VALUES = {str(value): NAMES[value] for value in AssessmentValue}
WAYS = {str(way): forms.spoken(way) for way in Valence}
WAVES = {str(wave): str(wave) for wave in Wave}
FIRED = {0: "0: not at all", 1: "1", 2: "2: in part", 3: "3", 4: "4: fully"}
SETTLED = {True: "settled: it counts", False: "not settled: one person's judgement"}
KEY = "assess"


def may_assess(programme_id: str) -> bool:
    """Whether whoever looks may assess factors there."""
    return actor().may_write("Assessment", frozenset({programme_id}))


def assess_form(
    programme_id: str, here: str, *, factor: str | None = None, project: str | None = None
) -> None:
    """Assesses a factor in a project (ids): the one that is given, the other is chosen first. The
    page `here` then says so."""
    note = "a judgement of yours: no coding makes one by itself"
    forms.head(KEY, "Assess a factor in a project", note)
    if factor is None:
        known = codebook(casebook().graph, actor(), programme_id)
        names = {one.id: f"{one.label} · {one.code}" for one in known[: forms.MOST_CHOICES]}
        factor = _first("Which factor", names)
    elif project is None:
        rows = ask("case/projects", programme_id=programme_id)
        inside = {r["id"]: f", in {r['part_of']}" if r["part_of"] else "" for r in rows}
        names = {r["id"]: f"{r['name']} · {r['code']}{inside[r['id']]}" for r in rows}
        project = _first("In which project", names)
    if factor and project:
        _form(factor, project, here)


def _first(title: str, names: Mapping[str, str]) -> str | None:
    chosen: str | None = st.selectbox(
        title,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="choose one first",
        key=f"{KEY}-first",
        width=420,
    )
    if chosen is None:
        if st.button("Close", key=f"{KEY}-close"):
            forms.forget(KEY)
            ask_for(None)
        st.space("small")
    return chosen


def _form(factor: str, project: str, here: str) -> None:
    mechanism = "Mechanism" in get_record(casebook().graph, actor(), factor).fields["roles"]
    rows = codings_of(project, factor)
    settles = bool(actor().roles_at(frozenset({project})) & SETTLES)
    fields = [
        Field("value", "Was it there", "one", VALUES, needed=True),
        Field(
            "valence",
            "Which way it worked",
            "one",
            WAYS,
            needed=True,
            start=str(Valence.NOT_STATED),
            beside=True,
        ),
        Field("wave", "Wave", "one", WAVES, beside=True),
    ]
    if mechanism:
        fields.append(Field("activation", "How far it fired", "one", FIRED, beside=True))
    if may_code(project):
        title = "Passages that it rests on (they are coded on the factor)"
        fields.append(passages_field(rows, title))
    fields.append(Field("why", "Why you judge so; needed where it rests on no passage", "text"))
    if settles:
        fields.append(Field("settled", "Does it count", "one", SETTLED, needed=True, start=False))
    counts: list[bool] = []

    def work(typed: dict[str, Any]) -> Done:
        if typed["value"] is None:
            raise InvalidInput(
                "It is not said whether the factor was there.",
                "Nothing was recorded.",
                "Choose present, absent, both, or that it could not be known.",
                field_name="value",
            )
        passages = typed.pop("passages", ())
        verdict = Verdict(
            value=AssessmentValue(typed["value"]),
            valence=Valence(typed["valence"]),
            wave=Wave(typed["wave"]) if typed["wave"] else None,
            why=typed["why"],
            activation=typed.get("activation"),
            settled=bool(typed.get("settled")),
        )
        counts.append(verdict.settled)
        graph = casebook_to_change().graph
        there = on_target(rows, factor, project)
        rests = tuple(there[e] for e in passages if e in there)
        left = excerpts_left(passages, there)
        return assess(graph, actor(), factor, project, verdict, rests, left)

    def then(done: Done) -> None:
        del done
        if not counts[-1]:
            told = " It does not count until an evaluator settles it, on the factor's page."
            st.session_state["_done"]["said"] += told

    editing.do_form(KEY, "", fields, work, here, said="Assessed.", then=then)


def unsettled(rows: Sequence[Mapping[str, Any]], *, settles: bool) -> Node | None:
    """What was assessed and is not settled: who judged what, and for an evaluator the way to settle
    it; None where there is nothing."""
    if not rows:
        return None
    lines = []
    for row in rows:
        way = "" if row["valence"] == Valence.NOT_STATED else f", {forms.spoken(row['valence'])}"
        by = " · ".join(filter(None, (row["judged_by"], row["wave"], row["why"])))
        does = h(
            "span",
            "settle it",
            cls="crumb",
            data_go=f"settle?{row['id']}",
            tabindex=0,
            role="button",
        )
        hint = h("span", by, cls="hint") if by else None
        said = h("span", h("b", row["project"]), f": {NAMES[row['value']]}{way} ", hint)
        lines.append(h("li", glyph(row["value"]), said, does if settles else None))
    head = section("Not settled", "one person's judgement each: they count in nothing")
    return h("div", head, h("ul", *lines, cls="list"))


def settle(assessment_id: str, here: str) -> None:
    """Settles an assessment; the page `here` then says so."""

    def work() -> Done:
        held = get_record(casebook().graph, actor(), assessment_id)
        return recording.edit(
            casebook_to_change().graph, actor(), held.id, held.rev, {"settled": True}
        )

    forms.attempt_elsewhere(work, "Settled: it counts from now on.", here)
