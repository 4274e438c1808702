"""One pattern, or one factor on mention, read in full beside the table."""

from __future__ import annotations

from collections.abc import Mapping

from cmo.analysis.cases import Case
from cmo.analysis.on_mention import Mention
from cmo.analysis.patterns import Cell, Pattern
from cmo.graph.graph import Row
from cmo.services.recurring import About
from components.drawing import Node, h
from components.marks import glyph
from components.recurring import counted_mention, mentioned
from components.said import once, passage

MOST_SILENT = 30
"""How many silent projects are named before they are only counted."""


def panel(
    pattern: Pattern, told: About, passages: Mapping[str, Row], only: Case | None = None
) -> Node:
    """One pattern in full: why it might be so, what speaks against it, what for, who is silent."""
    cells = [c for c in pattern.cells if only is None or c.project == only]
    against = [_placed(passages[i], c) for c in cells for i in c.refuting if i in passages]
    shows = [_placed(passages[i], c) for c in cells for i in c.supporting if i in passages]
    general = (*pattern.general_refuting, *pattern.general_supporting)
    whole = [passages[i] for i in general if i in passages] if only is None else []
    parts: list[Node] = [h("p", "Why it might be so", cls="kicker"), *_why(told)]
    if pattern.through_merge:
        parts += _merged(pattern)
    if only:
        back = h("span", "all projects", data_go="pick?project=", tabindex=0, cls="crumb")
        parts.append(h("p", f"Only {only.name}. Show ", back, ".", cls="mute only"))
    parts.append(h("h2", "Exceptions"))
    parts += [passage(row) for row in once(against)] or [h("p", _no_exception(pattern), cls="mute")]
    parts.append(h("h2", "Shows the pattern", cls="next"))
    parts += [passage(row) for row in once(shows)] or [h("p", "No counted passage.", cls="mute")]
    if whole:
        parts.append(h("h2", "Said of the programme as a whole", cls="next"))
        parts.append(h("p", "Counts in no project.", cls="mute"))
        parts += [passage(row, place=False) for row in once(whole)]
    if pattern.projects_silent and only is None:
        quiet = pattern.projects_silent
        names = ", ".join(case.name for case in quiet[:MOST_SILENT])
        if len(quiet) > MOST_SILENT:
            names += f" and {len(quiet) - MOST_SILENT:,} more"
        parts.append(h("p", glyph("silent"), " Silent: ", names, ".", cls="quiet"))
    if pattern.kind == "configuration":
        go = f"configuration?id={pattern.id}"
        parts.append(h("p", h("span", f"Open {pattern.code}", cls="crumb", data_go=go, tabindex=0)))
    return h("div", *parts, cls="panel behind")


def mention_panel(found: Mention, passages: Mapping[str, Row], only: Case | None = None) -> Node:
    """A factor on mention in full: the passages of each project, and what silence may hide."""
    parts: list[Node] = [
        h("p", "Named, not gone through", cls="kicker"),
        h("p", f"{found.factor.label}: {counted_mention(found)}.", cls="why"),
        h(
            "p",
            "The sources say what they found important. Where one is silent, it may have been "
            "there all the same: no rate.",
            cls="mute",
        ),
    ]
    kinds = dict(mentioned(found))
    for case in found.projects:
        reading = found.readings.get(case.id)
        if reading is None or (only and case != only):
            continue
        ids = dict.fromkeys(i for a in reading.assessments for i in a.codings)
        ours = any(a.origin == "ours" for a in reading.assessments)
        head = h(
            "h2", case.name, h("small", " · the reading is ours") if ours else None, cls="next"
        )
        parts += [
            head,
            h("p", glyph(kinds[case]), f" {reading.value.replace('_', ' ')}, ", _way(found, case)),
        ]
        parts += [passage(r, place=False) for r in once(passages[i] for i in ids if i in passages)]
    return h("div", *parts, cls="panel behind")


def _placed(row: Row, cell: Cell) -> Row:
    """A passage of a sub-case names the project for which it counts."""
    if row["concerns_id"] == cell.project.id:
        return row
    return {**row, "concerns": f"{cell.project.name}, {row['concerns']}"}


def _way(found: Mention, case: Case) -> str:
    reading = found.readings[case.id]
    if reading.enables:
        return "named as enabling"
    if reading.hinders:
        return "named as an obstacle"
    return "which way it worked is not stated"


def _why(told: About) -> list[Node]:
    if not told.because:
        said = "Nobody has written down how this might come about. A pattern without it is a count."
        return [h("p", said, cls="mute unexplained")]
    several = len(told.because) > 1
    return [
        h("p", b.narrative, h("small", f" {b.code}") if several else None, cls="why")
        for b in told.because
    ]


def _merged(pattern: Pattern) -> list[Node]:
    labels = "; ".join(f"“{merged}” was merged into “{kept}”" for merged, kept in pattern.merged)
    apart = [
        h(
            "li",
            h("span", f"{p.start_label} → {p.end_label}: for in {len(p.projects_for)}"),
            h("span", ", ".join(c.name for c in p.projects_for) or "none", cls="mute"),
        )
        for p in pattern.parts
    ]
    said = f"This is one pattern only because labels were joined: {labels}. Apart they are:"
    return [h("div", h("p", said), h("ul", *apart, cls="list tight apart"), cls="merged")]


def _no_exception(pattern: Pattern) -> str:
    if not pattern.cells:
        return "None found: nothing that counts was said in any project."
    if pattern.projects_silent:
        return "None found. Nobody has spoken of it in the silent projects."
    return "None found."
