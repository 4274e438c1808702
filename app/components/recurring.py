"""Recorded patterns drawn: the table with its exceptions first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from cmo.analysis.cases import Case
from cmo.analysis.on_mention import Mention
from cmo.analysis.patterns import Pattern
from cmo.services.recurring import About, Part
from components.drawing import Node, h
from components.marks import NAMES, glyph, level, mark
from components.session import programme

ROLE = {"Context": "c", "Mechanism": "m", "Outcome": "o"}
MOST_MARKS = 40
"""Of more projects than this a row gives numbers instead of a mark each."""
LEVEL, SLANTED = 4, 17
"""Letters of a project's name that stand over its mark, level and slanted."""
MOST_PARTS = 4
"""Factors of a pattern that a row names; of more it says how many there are."""

LEGEND = ("for", "against", "both", "silent")


def strip(cells: Sequence[tuple[Case, str]], pick: str = "") -> Node:
    """One mark a project in the order of their codes, so that rows line up; with `pick` a click on
    a mark asks for that project, and the arrow keys go to it from its row."""
    step = step_of(len(cells))
    marks = [
        h(
            "g",
            h("title", f"{case.name}: {NAMES[kind]}"),
            h("rect", x=i * step, y=0, width=step, height=22, cls="hit"),
            mark(kind, step / 2 + i * step, 11, 5.5 if step > 20 else 5),
            **_asks(pick, case, kind),
        )
        for i, (case, kind) in enumerate(cells)
    ]
    said = ", ".join(f"{case.name}: {NAMES[kind]}" for case, kind in cells)
    wide = step * len(cells)
    box = {"viewBox": f"0 0 {wide} 22", "width": wide, "height": 22}
    # What one can go to inside a picture is lost on those who hear it.
    role, seen = ("group", {"overflow": "visible"}) if pick else ("img", {})
    return h("svg", *marks, cls="dots", role=role, aria_label=said, **box, **seen)


def _asks(pick: str, case: Case, kind: str) -> dict[str, Any]:
    if not pick or kind == "silent":
        return {}
    said = f"{case.name}: {NAMES[kind]}"
    go = f"{pick}&project={case.id}"
    return {"data_go": go, "tabindex": -1, "role": "link", "aria_label": said}


def step_of(projects: int) -> int:
    """How far apart the marks of so many projects stand, in pixels."""
    return 24 if projects <= 6 else 17 if projects <= 14 else 12


def heads(projects: Sequence[Case]) -> Node:
    """The projects' names above their marks, slanted unless they are as short as a mark is wide."""
    step, longest = step_of(len(projects)), max((len(case.name) for case in projects), default=0)
    slanted = longest > LEVEL
    wide = step * len(projects)
    high = 8 + int(min(longest, SLANTED) * 5.2) if slanted else 14
    texts = []
    for i, case in enumerate(projects):
        x = step / 2 + i * step
        title = h("title", case.name)
        if slanted:
            turned = f"translate({x + 3} {high - 4}) rotate(-62)"
            texts.append(h("text", title, _short(case.name, SLANTED), transform=turned))
        else:
            name = _short(case.name, LEVEL)
            texts.append(h("text", title, name, x=x, y=10, text_anchor="middle"))
    box = {"viewBox": f"0 0 {wide} {high}", "width": wide, "height": high}
    said = f"Projects: {', '.join(case.name for case in projects)}"
    return h("svg", *texts, cls="heads", role="img", aria_label=said, **box)


def verdicts(pattern: Pattern) -> list[tuple[Case, str]]:
    """What each project says to a pattern: for, against, both or silent."""
    heard = {cell.project.id: cell.verdict for cell in pattern.cells}
    return [(case, heard.get(case.id, "silent")) for case in pattern.projects]


def mentioned(found: Mention) -> list[tuple[Case, str]]:
    """What each project says of a factor that sources chose to mention."""
    named = {c.id for c in found.named}
    contradicted = {c.id for c in found.contradicted}
    unknown = {c.id for c in found.not_assessable}

    def kind(case: Case) -> str:
        if case.id in named:
            return "both" if case.id in contradicted else "for"
        if case.id in contradicted:
            return "against"
        return "not_assessable" if case.id in unknown else "silent"

    return [(case, kind(case)) for case in found.projects]


def counted(pattern: Pattern) -> tuple[str, str]:
    """'for in 8, against in 4,' and 'both in 2, silent in 2 of 12'."""
    supporting, refuting = len(pattern.projects_for), len(pattern.projects_against)
    both, silent = len(pattern.projects_both), len(pattern.projects_silent)
    return (
        f"for in {supporting}, against in {refuting},",
        f"both in {both}, silent in {silent} of {pattern.total}",
    )


def counted_mention(found: Mention) -> str:
    """'contradicted in 0, named in 3, silent in 2 of 5', or of an obstacle 'an obstacle in 1,
    enabling in 0, silent in 4 of 5'; never a rate."""
    silent = len(found.silent) - len(found.not_assessable)
    if obstacle(found):
        said = [f"an obstacle in {len(found.contradicted)}", "enabling in 0"]
    else:
        said = [f"contradicted in {len(found.contradicted)}", f"named in {len(found.named)}"]
    said.append(f"silent in {silent}")
    if found.not_assessable:
        said.append(f"could not be known in {len(found.not_assessable)}")
    return f"{', '.join(said)} of {len(found.projects)}"


def obstacle(found: Mention) -> bool:
    """Whether projects name it only as something in the way."""
    return bool(found.contradicted) and not found.named


def exceptions(cases: Iterable[Case], both: Iterable[Case] = (), none: str = "none found") -> Node:
    """The projects that speak against, by name; 'none found' is a finding, not a blank."""
    also = {case.id for case in both}
    lines = [
        h(
            "span",
            glyph("refutes", 12),
            h("span", case.name, h("small", " also for") if case.id in also else None),
            cls="exc",
        )
        for case in cases
    ]
    return h("td", *(lines or [h("span", none, cls="mute")]), cls="excs")


def pattern_row(pattern: Pattern, told: About, *, picked: bool) -> Node:
    """A pattern as a row of the table."""
    go = f"pick?id={pattern.id}"
    words = _sentence(pattern, told)
    return h(
        "tr",
        exceptions(
            pattern.projects_against,
            pattern.projects_both,
            "none found" if pattern.cells else "nobody asked",
        ),
        h("td", *words, h("p", *_small_print(pattern, told), cls="parts")),
        h("td", marks_of(verdicts(pattern), go)),
        h(
            "td",
            *(h("p", said, cls="nw") for said in counted(pattern)),
            h("p", level(str(pattern.support), pattern.support_decided, pattern.support_why)),
            cls="tally",
        ),
        cls="pick" if picked else "",
        data_go=go,
        tabindex=0,
        aria_current="true" if picked else None,
    )


def mention_row(found: Mention, *, picked: bool) -> Node:
    """A factor on mention as a row: offered, named, contradicted and silent, and no rate."""
    go = f"pick?factor={found.factor.id}"
    offered = f"offered to {len(found.offered)}" if found.offered else "offered: not stated"
    ours = " · ours" if found.factor.origin == "ours" else ""
    return h(
        "tr",
        exceptions(() if obstacle(found) else found.contradicted, found.named),
        h(
            "td",
            h("p", *_factor(Part(found.factor.roles[0], found.factor.label))),
            h("p", found.factor.code, ours, h("span", offered), cls="parts"),
        ),
        h("td", marks_of(mentioned(found), go)),
        h("td", counted_mention(found), cls="tally"),
        cls="pick" if picked else "",
        data_go=go,
        tabindex=0,
        aria_current="true" if picked else None,
    )


def table(first: str, projects: Sequence[Case], rows: list[Node]) -> Node:
    """The table of patterns or of factors on mention."""
    return h("table", h("thead", _head_row(first, projects)), h("tbody", *rows), cls="reg rec")


def mention_table(
    found: Sequence[Mention], projects: Sequence[Case], picked: Mention | None
) -> Node:
    """Factors that sources chose to mention: those named as enabling, as obstacles, as neither."""
    groups = {
        "Named as enabling": [m for m in found if m.named],
        "Named as an obstacle": [m for m in found if obstacle(m)],
        "Spoken of, neither way": [m for m in found if not m.named and not m.contradicted],
    }
    parts: list[Node] = []
    for name, held in groups.items():
        if held:
            rows = [mention_row(m, picked=m == picked) for m in held]
            parts += [h("thead", _head_row(name, projects)), h("tbody", *rows)]
    return h("table", *parts, cls="reg rec")


def _head_row(first: str, projects: Sequence[Case]) -> Node:
    many = len(projects) > MOST_MARKS
    over = f"{len(projects):,} projects" if many else heads(projects)
    return h("tr", h("th", "Exceptions"), h("th", first), h("th", over), h("th"))


def marks_of(cells: Sequence[tuple[Case, str]], go: str) -> Node:
    """A mark for each project; of more than MOST_MARKS how many of each kind."""
    if len(cells) <= MOST_MARKS:
        return strip(cells, go)
    counts = Counter(kind for _, kind in cells)
    kinds = ("against", "both", "for", "not_assessable", "silent")
    marks = (h("span", glyph(k, 12), f" {counts[k]:,} ") for k in kinds if counts[k])
    return h("span", *marks, cls="many")


def legend(*kinds: str) -> Node:
    """What the marks mean."""
    return h("div", *(h("span", glyph(k), NAMES[k]) for k in kinds), cls="legend")


def _sentence(pattern: Pattern, told: About) -> list[Node]:
    if pattern.kind == "link" and len(told.parts) == 2:
        start, end = told.parts
        said = [*_factor(start), h("span", " → ", cls="mute"), *_factor(end)]
        return [h("p", *said, " ", h("span", _codes(pattern), cls="mute nw"))]
    code = pattern.code if pattern.kind == "configuration" else _codes(pattern)
    return [h("p", h("span", f"{code} ", cls="mute"), pattern.sentence or pattern.name)]


def _factor(part: Part) -> list[Node]:
    return [glyph(ROLE[part.role], 11), " ", part.label]


def _small_print(pattern: Pattern, told: About) -> list[Node]:
    notes: list[Node] = []
    if pattern.kind == "configuration":
        shown = told.parts if len(told.parts) <= MOST_PARTS else ()
        notes += [h("span", *_factor(part)) for part in shown]
        if not shown and told.parts:
            notes.append(
                h(
                    "span",
                    f"{len(told.parts)} factors stated together, no link asserted"
                    if not pattern.links
                    else f"{len(told.parts)} factors",
                )
            )
    if any(p.role == "Mechanism" and not p.known for p in told.parts):
        notes.append(h("span", "an activity; reasoning not known"))
    if pattern.through_merge:
        notes.append(h("span", "only through a merge of labels", cls="warned"))
    if pattern.implied:
        notes.append(h("span", f"{len(pattern.implied)} of its passages only imply it"))
    general = len(pattern.general_supporting) + len(pattern.general_refuting)
    if general:
        notes.append(h("span", f"{general} of the programme as a whole"))
    return notes


def _codes(pattern: Pattern) -> str:
    return ", ".join(link.code for link in pattern.links)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[:most].rstrip(' ,')}."


MENTION_COLUMNS = ("code", "factor", "contradicted", "named", "offered", "silent", "not_assessable")


def mention_line(found: Mention) -> dict[str, object]:
    """A factor on mention as a row for a spreadsheet: names of projects."""
    sides = {
        "contradicted": found.contradicted,
        "named": found.named,
        "offered": found.offered,
        "silent": found.silent,
        "not_assessable": found.not_assessable,
    }
    names = {name: [case.name for case in held] for name, held in sides.items()}
    return {"code": found.factor.code, "factor": found.factor.label, **names}


def pick(go: str) -> None:
    """Puts what was picked into the address, so that a reload and a shared link show it again."""
    for name, value in parse_qsl(go.partition("?")[2], keep_blank_values=True):
        if name in ("id", "factor"):
            for other in ("id", "factor", "project"):
                st.query_params.pop(other, None)
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
    if here := programme():
        st.query_params["programme"] = here["name"]
    st.rerun()
