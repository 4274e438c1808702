"""One finding, open where it is read: what it says, the passages it rests on, who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cmo.domain.case import Project
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import Origin
from cmo.services.finding import WholeFinding
from components.drawing import Node, draw, h
from components.finding_form import ORIGINS, TOPICS, WAYS
from components.marks import glyph
from components.matrix_table import SIDES
from components.one_of_theory import defs
from components.page import crumb
from components.said import once, passage
from components.when import clock, day
from components.words import counted, cut

ADDRESS = "finding"
"""The name in the address under which a finding stands open."""
ALIKE = ("excerpt_id", "stance", "concerns")
"""What passages that several people coded alike have in common: they stand there once."""
MOST = 8
"""How many passages are shown before all are asked for: the page beneath is to stay in reach."""
LONG = 160
"""How many characters are shown of why it was last changed."""


def opens(finding_id: str) -> str:
    """What a click on a finding says, to what `draw_findings` drew."""
    return f"{ADDRESS}?{finding_id}"


def draw_findings(tree: list[Any], key: str) -> str | None:
    """Draws a tree in which findings stand: a click on one opens it on the page, before that is
    worked out. Returns any other click in this run."""
    go = draw(tree, key=key, on_go=lambda: _open(st.session_state[key]["go"]))
    return None if go and go.startswith(f"{ADDRESS}?") else go


def _open(go: str | None) -> None:
    if go is None or not go.startswith(f"{ADDRESS}?"):
        return
    wanted, _, more = go.partition("?")[2].partition("&")
    for name in (ADDRESS, "do", "all"):
        st.query_params.pop(name, None)
    if wanted:
        st.query_params[ADDRESS] = wanted
    if more:
        st.query_params["all"] = "1"


def panel(found: WholeFinding, *, whole: bool) -> Node:
    """The finding with its passages, those against first; `whole` shows however many there are."""
    held = found.held
    said = held.fields
    head = h(
        "div",
        glyph(said["direction"]),
        h("h2", said["statement"], data_opened=opens(held.id), cls="says"),
        cls="summing",
    )
    happened = crumb("What happened to this finding", f"history?record={held.id}")
    close = h("p", crumb("close", opens("")), cls="closes")
    return h(
        "div",
        h("div", h("p", *_kicker(found), cls="kicker"), close, cls="row end head"),
        h(
            "div",
            head,
            h("div", _recorded(found), h("p", happened, cls="ways mute"), cls="told-of"),
            h("div", *_passages(found, whole), cls="rests"),
            cls="read",
        ),
        cls=f"panel opened finding{' gone' if held.retired_at else ''}",
    )


def _kicker(found: WholeFinding) -> list[Node]:
    place, gone = found.place, found.held.retired_at
    where: Node = place.name
    if place.kind is Project:
        where = crumb(place.name, f"project?id={place.id}")
    said: list[Node] = [where, f" · finding {found.held.code}"]
    if gone:
        told = f"retired on {gone[:10]}: it stands in no table"
        said += [" · ", h("span", told, cls="retired")]
    return said


def _recorded(found: WholeFinding) -> Node:
    said = found.held.fields
    pairs = [
        ("Which way", WAYS[said["direction"]]),
        ("Whose word", ORIGINS[said["origin"]]),
        ("What it is", TOPICS[said["topic"]]),
        ("Under", "; ".join(_about(found, tie) for tie in said["about"]) or "no theme"),
        ("Wave", said["wave"]),
        ("Who says so", said["role_group"]),
        ("Written", _at(found.names.get(found.held.created_by or ""), found.held.created_at)),
    ]
    last = found.last
    if last is not None and found.held.rev > 1:
        why = f": {cut(last.why, LONG)}" if last.why and last.action != "undo" else ""
        pairs.append(("Last change", f"{_at(last.who, last.at)}{why}"))
    optional = ("Wave", "Who says so")
    return defs((name, value) for name, value in pairs if value or name not in optional)


def _about(found: WholeFinding, tie: Tie) -> str:
    name = found.names.get(tie.to, "a theme that you may not see")
    return f"{name} (placed by us)" if dict(tie.carries).get("origin") == Origin.OURS else name


def _at(who: str | None, at: str) -> str:
    when = day(at)
    when = when.lower() if when in ("Today", "Yesterday") else when
    return " · ".join(filter(None, (who, f"{when}, {clock(at)}")))


def _passages(found: WholeFinding, whole: bool) -> list[Node]:
    rows = once(found.passages)
    shown = rows if whole else rows[:MOST]
    note = f" {counted(len(rows), 'passage')}" if rows else ""
    parts: list[Node] = [h("h3", "What it rests on", h("small", note) if note else None)]
    parts += [passage(row, bears=_bears(found, row)) for row in shown]
    if len(shown) < len(rows):
        parts.append(h("p", crumb(f"Show all {len(rows)}", f"{opens(found.id)}&all=1")))
    if not found.held.fields["rests_on"]:
        parts.append(h("p", "It rests on no passage.", cls="mute"))
    elif found.unseen:
        gone = counted(found.unseen, "coding")
        why = "retired, withdrawn, or not for your role"
        parts.append(h("p", f"{gone} that it rests on cannot be shown: {why}.", cls="mute"))
    return parts


def _bears(found: WholeFinding, row: Mapping[str, Any]) -> list[Node] | None:
    """What its mark stands for, where that is not the finding's own theme: a passage against a
    factor may well be what a finding says."""
    own = {tie.to for tie in found.held.fields["about"]}
    alike = [o for o in found.passages if all(o[name] == row[name] for name in ALIKE)]
    held = {t.id: t for o in alike if (t := found.targets.get(o["id"])) is not None}
    said: list[Node] = []
    for target in (t for id, t in held.items() if id is not None and id not in own):
        marks = [glyph(part, 11) for part in target.parts]
        said += ["; " if said else f"{SIDES[row['stance']]} ", *marks, " " if marks else ""]
        said.append(f"{target.name}, {target.kind}" if target.kind else target.name)
    return said or None
