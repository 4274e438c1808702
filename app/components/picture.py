"""Context, mechanism, outcome as a picture: an arrow only where a link was asserted.

What is only stated together stands in dashed boxes without arrows, as there is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cmo.services.configurations import Asserted, Standing
from components.drawing import Node, h
from components.marks import mark
from components.measures import lines
from components.sentences import MARKS
from components.tallies import counts, tally, told

WIDTH, LINE, PAD, GAP, TOP = 824, 16, 11, 20, 30
"""Pixels: the drawing's width, a line's height, inside a box, between boxes, above them."""
LINKED, LOOSE = 200, 258
"""How wide a box is: with room for arrows, and without any."""
HEADS = {"contexts": "In context", "mechanisms": "this mechanism fires", "outcomes": "and leads to"}
ALONE = {"contexts": "context", "mechanisms": "mechanism", "outcomes": "outcome"}
TOGETHER = "stated together, no link asserted"


@dataclass(frozen=True)
class _Box:
    """Where an element stands that a link touches."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> float:
        return self.y + self.high / 2


def picture(standing: Standing, here: str) -> Node:
    """The configuration drawn; `here` is the address of its page, to which a link's id is added."""
    places: dict[tuple[str, str], _Box] = {}
    drawn: list[Node] = []
    wide = LINKED if standing.links else LOOSE
    columns = [_column(standing, part, wide) for part in MARKS]
    tall = max(28.0, *(high for _, high in columns))
    for i, (part, (blocks, high)) in enumerate(zip(MARKS, columns, strict=True)):
        x = 1 + i * (WIDTH - wide - 2) / 2
        drawn += _head(part, x, empty=not blocks)
        y = TOP + (tall - high) / 2
        for elements, loose in blocks:
            box, below = _block(part, elements, (x, y, wide), loose=loose)
            drawn.append(box)
            if not loose:
                places[part, elements[0]["id"]] = _Box(x, y, wide, below - y)
            y = below + GAP + (14 if loose else 0)
    arrows, low = _arrows(standing, places, TOP + tall, here)
    tip = h("defs", [_tip(name) for name in ("tip", "tipc")])
    return h(
        "svg",
        tip,
        *arrows,
        *drawn,
        viewBox=f"0 0 {WIDTH} {low + 8:.0f}",
        width="100%",
        cls="cmo whole",
        role="group",
        aria_label=f"{standing.name}: {told(standing)}",
    )


def _column(
    standing: Standing, part: str, wide: float
) -> tuple[list[tuple[list[Any], bool]], float]:
    """The boxes of a column: one for each linked element, one for all others together."""
    blocks: list[tuple[list[Any], bool]] = [([e], False) for e in standing.linked(part)]
    if loose := standing.unlinked(part):
        blocks.append((loose, True))
    high = sum(_height(elements, wide) for elements, _ in blocks) + GAP * (len(blocks) - 1)
    return blocks, high + (14 if loose else 0) if blocks else 0


def _height(elements: Sequence[Any], wide: float) -> float:
    return sum(LINE * len(_lines(e, wide)) for e in elements) + 7 * (len(elements) - 1) + 2 * PAD


def _lines(element: Any, wide: float) -> list[str]:
    return lines(element["label"], wide - 42)


def _head(part: str, x: float, *, empty: bool) -> list[Node]:
    if not empty:
        return [h("text", HEADS[part], x=x, y=14, cls="colhead")]
    said = h("text", f"no {ALONE[part]} is stated", x=x + 16, y=14, cls="colhead")
    return [mark("silent", x + 5, 10, 5), said]


def _block(
    part: str, elements: Sequence[Any], at_wide: tuple[float, float, float], *, loose: bool
) -> tuple[Node, float]:
    """A box with its elements, and where it ends below."""
    x, y, wide = at_wide
    high = _height(elements, wide)
    inside: list[Node] = [h("rect", x=x, y=y, width=wide, height=high, rx=5, cls="face")]
    at = y + PAD
    for element in elements:
        broken = _lines(element, wide)
        middle = at + LINE * (1 if loose else len(broken)) / 2
        activity = element.get("reasoning_known", True) is False
        title = element["label"] + (", an activity: the reasoning is not known" if activity else "")
        words = [
            h("text", line, x=x + 29, y=at + 12 + i * LINE, cls="lab")
            for i, line in enumerate(broken)
        ]
        inside.append(
            h(
                "g",
                h("title", f"{title}. Opens the factor, with every configuration that holds it."),
                mark(MARKS[part], x + 15, middle, 5),
                *words,
                cls="part",
                data_go=f"factor?id={element['id']}",
                tabindex=0,
                role="link",
                aria_label=title,
            )
        )
        at += LINE * len(broken) + 7
    if loose:
        said = TOGETHER if len(elements) > 1 else "no link asserted"
        inside.append(
            h("text", said, x=x + wide, y=y + high + 13, text_anchor="end", cls="unlinked")
        )
    return h("g", *inside, cls=f"el {MARKS[part]}{' loose' if loose else ''}"), y + high


def _arrows(
    standing: Standing, places: dict[tuple[str, str], _Box], low: float, here: str
) -> tuple[list[Node], float]:
    """An arrow a link, with projects for and against on it; those that pass the mechanisms by run
    below them. Also where the drawing then ends."""
    arrows: list[Node] = []
    pills: list[tuple[float, float, float]] = []
    passes = bool(standing.row["mechanisms"])
    for link in standing.links:
        start = places[link.roles[0], link.start]
        end = places[link.roles[1], link.end]
        x1, y1, x2, y2 = start.x + start.wide, start.middle, end.x - 8, end.middle
        if link.kind == "context_outcome" and passes:
            low += 26
            curve = f"M{x1} {y1}C{x1 + 70} {y1} {x1 + 20} {low} {x1 + 100} {low}"
            path = f"{curve}L{x2 - 100} {low}C{x2 - 20} {low} {x2 - 70} {y2} {x2} {y2}"
            at = ((x1 + x2) / 2, low)
        else:
            middle = (x1 + x2) / 2
            path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
            at = _free((x1, y1, x2, y2), pills)
        disputed = bool(link.heard.projects_against or link.heard.general_refuting)
        cls = "arrow disputed" if disputed else "arrow"
        arrows.append(h("path", d=path, cls=cls, marker="tipc" if disputed else "tip"))
        arrows.append(_pill(link, at, here))
        pills.append((*at, 70))
    return arrows, low


def _free(
    ends: tuple[float, float, float, float], taken: list[tuple[float, float, float]]
) -> tuple[float, float]:
    """A point of the curve at which no other tally stands."""
    x1, y1, x2, y2 = ends
    best = ((x1 + x2) / 2, (y1 + y2) / 2)
    for t in (0.5, 0.42, 0.58, 0.36, 0.64, 0.3, 0.7):
        u = 1 - t
        x = u**3 * x1 + 3 * u * t * (x1 + x2) / 2 + t**3 * x2
        y = (u**3 + 3 * u * u * t) * y1 + (3 * u * t * t + t**3) * y2
        if all(abs(x - a) > wide or abs(y - b) > 21 for a, b, wide in taken):
            return x, y
    return best


def _pill(link: Asserted, at: tuple[float, float], here: str) -> Node:
    shown = counts(link.heard)
    width = sum(24 if not count else 60 if count == "general" else 33 for _, count in shown)
    x, y = at[0] - width / 2, at[1]
    inside: list[Node] = [
        h("title", f"{link.code}: {tally(link.heard)}"),
        h("rect", x=x, y=y - 10, width=width, height=20, rx=10, cls="pill"),
    ]
    for kind, count in shown:
        inside.append(mark(kind, x + 12, y, 4))
        if count:
            inside.append(h("text", count, x=x + 20, y=y + 4, cls="n"))
        x += 33
    said = f"{link.code}, {tally(link.heard)}. Opens its passages."
    go = f"{here}&link={link.id}"
    return h("g", *inside, cls="tally", data_go=go, tabindex=0, role="link", aria_label=said)


def _tip(name: str) -> Node:
    return h(
        "marker",
        h("path", d="M0 0L7 3.5L0 7Z", cls=name),
        id=name,
        viewBox="0 0 7 7",
        refX=1,
        refY=3.5,
        markerWidth=7,
        markerHeight=7,
        orient="auto",
    )
