"""The theory timeline as one picture to take along: versions down a line, and what moved each."""

from __future__ import annotations

from collections.abc import Iterable

from cmo.services.genesis import Turn, Version
from components.downloads import fiction, file_name, save_buttons
from components.drawing import Node, h
from components.marks import mark
from components.measures import lines
from components.said import once
from components.turns import SHAPES

LEFT, LINE, GAP = 132.0, 19.0, 26.0
"""Pixels: the room for dates and codes, a line's height, between steps."""
MIDDLE, RIGHT = 430.0, 400.0
"""The rooms for statements and for what moved a turn."""


def to_save(turns: Iterable[Turn], *name: str) -> Node:
    """The picture of these turns, unseen, with buttons that save it; the page shows the same."""
    return h(
        "div",
        h("div", _picture(turns), cls="unseen"),
        h("p", *save_buttons(), cls="saves"),
        cls="figure",
        data_name=file_name(*name),
        data_note=fiction(),
    )


def _picture(turns: Iterable[Turn]) -> Node:
    drawn: list[Node] = []
    shown: set[str] = set()
    y = 16.0
    for turn in turns:
        for version in turn.before:
            if version.id not in shown:
                y = _version(version, drawn, y)
        y = _turn(turn, drawn, y)
        for version in turn.after:
            if version.id not in shown:
                y = _version(version, drawn, y)
        shown |= {v.id for v in (*turn.before, *turn.after)}
    trunk = h("line", x1=LEFT, x2=LEFT, y1=12, y2=y - GAP, cls="rowline")
    wide = LEFT + 24 + MIDDLE + 28 + RIGHT
    return h("svg", trunk, *drawn, viewBox=f"0 0 {wide:.0f} {y:.0f}", cls="cmo")


def _version(version: Version, drawn: list[Node], y: float) -> float:
    drawn.append(h("circle", cx=LEFT, cy=y, r=4, cls="knotdot"))
    _words(drawn, f"{version.code} {version.stage.replace('_', ' ')}", y, x=0, room=LEFT - 20)
    return y + _words(drawn, version.statement, y, serif=True) + GAP


def _turn(turn: Turn, drawn: list[Node], y: float) -> float:
    froms, tos = (", ".join(v.code for v in side) for side in (turn.before, turn.after))
    turned = f"M{LEFT} {y - 7}L{LEFT + 7} {y}L{LEFT} {y + 7}L{LEFT - 7} {y}Z"
    drawn.append(h("path", d=turned, cls="turnknot"))
    _words(drawn, turn.when or "when is not stated", y, x=0, room=LEFT - 20)
    high = _words(drawn, f"{froms} {SHAPES[turn.shape]} {tos}", y)
    high += _words(drawn, turn.why or "Why is not stated.", y + high)
    beside, x = 0.0, LEFT + 24 + MIDDLE + 28
    told = [("contextualises", event["title"]) for event in turn.events]
    told += [
        (row["stance"], f"“{row['quote']}”" if row["quote"] else row["paraphrase"] or "")
        for row in once(turn.passages)
    ]
    for kind, words in told:
        drawn.append(mark(kind, x + 5, y + beside, 4.5))
        beside += _words(drawn, words, y + beside, x=x + 18, room=RIGHT - 18, serif=True) + 8
    return y + max(high, beside) + GAP


def _words(
    drawn: list[Node],
    text: str,
    y: float,
    *,
    x: float = LEFT + 24,
    room: float = MIDDLE,
    serif: bool = False,
) -> float:
    """Writes a text from a place on, and gives how high it is."""
    broken = lines(text, room)
    drawn += [
        h("text", line, x=x, y=y + 4 + n * LINE, cls="said" if serif else "lab")
        for n, line in enumerate(broken)
    ]
    return len(broken) * LINE
