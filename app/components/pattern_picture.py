"""Recorded patterns as one picture to take along: a row a pattern, a mark a project, or of more
projects than a table marks one by one, a mark and a figure for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cmo.analysis.patterns import Pattern
from components.downloads import fiction, file_name, save_buttons
from components.drawing import Node, h
from components.marks import NAMES, mark
from components.measures import lines
from components.recurring import MOST_MARKS, verdicts

WORDS, LINE, GAP, TOP = 420, 17, 12, 96
"""Pixels: the room for a pattern's words, a line's height, between rows, above them."""
STEP, TALLY, FIGURE = 22, 190, 70
"""How far apart the marks stand, the room for the count, and that for a mark with its figure."""
KINDS = ("against", "both", "for", "silent")


def to_save(patterns: Sequence[Pattern], *name: str) -> Node:
    """The picture of these patterns, unseen, with buttons that save it; the table shows the same.

    There must be at least one pattern.
    """
    return h(
        "div",
        h("div", _picture(patterns), cls="unseen"),
        h("p", *save_buttons(), cls="saves"),
        cls="figure",
        data_name=file_name(*name),
        data_note=fiction(),
    )


def _picture(patterns: Sequence[Pattern]) -> Node:
    projects = patterns[0].projects
    each = len(projects) <= MOST_MARKS
    marks = WORDS + (STEP * len(projects) if each else FIGURE * len(KINDS))
    wide = marks + 16 + TALLY
    drawn: list[Node] = []
    for i, case in enumerate(projects if each else ()):
        at = f"translate({WORDS + STEP * i + STEP / 2 + 3} {TOP - 10}) rotate(-60)"
        drawn.append(h("text", case.name, transform=at, cls="lab"))
    y = float(TOP)
    for pattern in patterns:
        words = lines(f"{pattern.code} {pattern.sentence or pattern.name}", WORDS - 24)
        high = len(words) * LINE + GAP
        drawn.append(h("line", x1=0, x2=wide, y1=y, y2=y, cls="rowline"))
        drawn += [
            h("text", line, x=0, y=y + GAP / 2 + 13 + n * LINE, cls="lab")
            for n, line in enumerate(words)
        ]
        drawn += (_marks if each else _figures)(pattern, y + GAP / 2 + 9)
        drawn.append(h("text", _tally(pattern), x=marks + 16, y=y + GAP / 2 + 13, cls="lab"))
        y += high
    drawn += _legend(y + 12)
    return h("svg", *drawn, viewBox=f"0 0 {wide} {y + 40:.0f}", cls="cmo")


def _marks(pattern: Pattern, y: float) -> list[Node]:
    return [
        h(
            "g",
            h("title", f"{case.name}: {NAMES[kind]}"),
            mark(kind, WORDS + STEP * i + STEP / 2, y, 5.5),
        )
        for i, (case, kind) in enumerate(verdicts(pattern))
    ]


def _figures(pattern: Pattern, y: float) -> list[Node]:
    """A mark for each kind with how many projects are of it, each project under one."""
    counts = Counter(kind for _, kind in verdicts(pattern))
    drawn: list[Node] = []
    for i, kind in enumerate(KINDS):
        x = WORDS + FIGURE * i + STEP / 2
        drawn += [
            h("g", h("title", NAMES[kind]), mark(kind, x, y, 5.5)),
            h("text", f"{counts[kind]:,}", x=x + 12, y=y + 4, cls="lab"),
        ]
    return drawn


def _tally(pattern: Pattern) -> str:
    against, shown = len(pattern.projects_against), len(pattern.projects_for)
    return f"against {against}, for {shown}, of {pattern.total}"


def _legend(y: float) -> list[Node]:
    drawn: list[Node] = []
    x = 0.0
    for kind in KINDS:
        drawn += [
            mark(kind, x + 6, y + 8, 5),
            h("text", NAMES[kind], x=x + 18, y=y + 12, cls="lab"),
        ]
        x += 40 + 7 * len(NAMES[kind])
    return drawn
