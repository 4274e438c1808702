"""The map as a tree of elements: one group a party, one path a relation, nothing for nothing."""

from __future__ import annotations

import textwrap
from collections import Counter
from math import sqrt

import streamlit as st

from cmo.analysis.ties import lanes
from cmo.graph.graph import Row
from cmo.services.relating import Relations, sentence, verb, when
from components.downloads import file_name, save_buttons
from components.drawing import Node, h
from components.network.lines import Bends, Box, Curve, Frame, free, spots, way

LANES = (
    ("Organisations", ("programme", "organisation")),
    ("Roles", ("role",)),
    ("Projects", ("project",)),
    ("Groups", ("group",)),
    ("Communities", ("community",)),
)
"""The lanes from above down, and the kinds of party that stand in each."""

ROOMY = 24
"""Parties from which on a map takes the whole width until something is picked on it."""

WIDEST, BESIDE = 1104.0, 772.0
"""How wide the page is in a window of 1440, and how wide what has a panel at its right: up to there
letters keep their size."""

MOST_LEGIBLE = 150
"""Parties from which on the map is as wide as it needs, to be read closer."""

MOST_NAMED = 45
"""Relations whose kind is written on them; in a fuller map a title says it, and the table."""

LINE, CHAR, WRAP, TOP = 15, 6.5, 21, 38
ROOM, ROOM_FOR_WORDS = 37, 64
EITHER_WAY = ("partners_with", "in_tension_with")
STRONG = {"leads": "lead", "manages": "lead", "chairs": "lead", "accountable_to": "acc"}


@st.cache_data(show_spinner=False, max_entries=64)
def picture(held: Relations, *name: str, note: str | None = None) -> Node:
    """The map of these relations, the same for the same input; with buttons to save it, and the
    note that the saved picture then carries."""
    named = len(held.rows) <= MOST_NAMED
    boxes, bends, width, high = _boxes(held, ROOM_FOR_WORDS if named else ROOM)
    taken = [box.frame for box in boxes.values()]
    taken += [(-99.0, 0.0, 0.0, high), (width, 0.0, width + 99, high)]
    beside: dict[frozenset[str], int] = {}
    ties, words = [], []
    for row, bend in zip(held.rows, bends, strict=True):
        pair = frozenset((row["from_id"], row["to_id"]))
        tie, curves = _tie(row, boxes, bend, beside.get(pair, 0))
        ties.append(tie)
        if named:
            words.append(_word(row, curves, taken))
        beside[pair] = beside.get(pair, 0) + 1
    met = Counter(id for row in held.rows for id in {row["from_id"], row["to_id"]})
    whole = f"-8 0 {width + 16:.0f} {high:.0f}"
    svg = h(
        "svg",
        _tips(),
        *_lane_lines(boxes, width),
        h("g", *ties, cls="ties"),
        h("g", *words, cls="words"),
        h("g", *(_party(box, met[id]) for id, box in boxes.items()), cls="parties"),
        viewBox=whole,
        data_whole=whole,
        cls="map broad" if width > BESIDE else "map",
        role="group",
        aria_label=f"Map of {len(boxes)} parties and {len(held.rows)} relations; the table below "
        "holds the same facts",
        vars={"ratio": f"{width:.0f} / {high:.0f}"},
    )
    tools = [
        h("button", sign, data_zoom=way, type="button", title=title, aria_label=title)
        for sign, way, title in (
            ("+", "in", "Closer"),
            ("−", "out", "Farther"),
            ("whole", "all", "Show the whole map"),
        )
    ]
    hint = h(
        "span",
        "Arrows go from party to party, T through its relations, Enter opens; ",
        "+ − 0 and dragging move the map.",
        cls="hint",
    )
    return h(
        "div",
        svg,
        h("p", hint, *tools, *save_buttons(), cls="saves"),
        cls="figure net",
        data_name=file_name(*name),
        data_note=note,
    )


def _boxes(held: Relations, room: float) -> tuple[dict[str, Box], list[Bends], float, float]:
    lane_of = {kind: number for number, (_, kinds) in enumerate(LANES) for kind in kinds}
    lines = {p.id: _wrapped(p.name) for p in held.parties}
    wides = {p.id: max(64.0, max(map(len, lines[p.id])) * CHAR + 22) for p in held.parties}
    width = WIDEST if len(held.parties) > ROOMY else BESIDE
    if len(held.parties) > MOST_LEGIBLE:
        width = max(width, 120 * sqrt(len(held.parties)))
    placed = lanes(
        [(p.id, lane_of[p.kind], wides[p.id]) for p in held.parties],
        [(row["from_id"], row["to_id"]) for row in held.rows],
        width,
    )
    seats = placed.parties
    rows = 1 + max((row for _, row in seats.values()), default=-1)
    tall = [
        max((len(lines[id]) for id, (_, at) in seats.items() if at == row), default=1) * LINE + 12
        for row in range(rows)
    ]
    heights = [one + room for one in tall]
    tops = [sum(heights[:row]) for row in range(rows)]
    boxes = {}
    for party in held.parties:
        x, row = seats[party.id]
        high = len(lines[party.id]) * LINE + 12
        boxes[party.id] = Box(
            party, x, tops[row] + TOP + tall[row] / 2, wides[party.id], high, row, lines[party.id]
        )
    middles = [tops[row] + TOP + tall[row] / 2 for row in range(rows)]
    bends = [
        [(x, middles[row] - tall[row] / 2 - 3, middles[row] + tall[row] / 2 + 3) for x, row in line]
        for line in placed.bends
    ]
    return boxes, bends, placed.width, sum(heights) - room + TOP + 14


def _wrapped(name: str) -> tuple[str, ...]:
    lines = textwrap.wrap(name, WRAP) or [""]
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][: WRAP - 1] + "…"]
    return tuple(lines)


def _party(box: Box, relations: int) -> Node:
    party = box.party
    x, y = box.x - box.wide / 2, box.y - box.high / 2
    round_ = {"role": box.high / 2, "community": box.high / 2}.get(party.kind, 3)
    frame = {"width": box.wide, "height": box.high, "rx": f"{min(round_, 16):.0f}"}
    said = f"{party.name}, {party.kind}, {relations} relation{'' if relations == 1 else 's'}"
    start = box.y - (len(box.lines) - 1) * LINE / 2 + 4
    return h(
        "g",
        h("title", said),
        h("rect", x=f"{x + 4:.1f}", y=f"{y - 4:.1f}", cls="back", **frame)
        if party.kind == "group"
        else None,
        h("rect", x=f"{x:.1f}", y=f"{y:.1f}", cls="box", **frame),
        *(
            h("text", line, x=f"{box.x:.1f}", y=f"{start + i * LINE:.1f}", text_anchor="middle")
            for i, line in enumerate(box.lines)
        ),
        cls=f"party {party.kind}",
        data_id=party.id,
        data_go=f"party={party.id}",
        tabindex=-1,
        role="button",
        aria_label=said,
    )


def _tie(row: Row, boxes: dict[str, Box], bends: Bends, beside: int) -> tuple[Node, list[Curve]]:
    """The line of a relation, and its curves."""
    a, b = boxes[row["from_id"]], boxes[row["to_id"]]
    path, curves = way(a, b, bends, (beside + 1) // 2 * 14 * (-1 if beside % 2 else 1))
    state, strong = row["state"], STRONG.get(row["kind"], "")
    look = f"{state} {strong}" if state == "holds" else state
    tip = (
        None
        if row["kind"] in EITHER_WAY
        else f"tip-{strong or 'plain'}"
        if state == "holds"
        else f"tip-{state}"
    )
    said = " · ".join(
        filter(None, (sentence(row), state, when(row), "ours" if row["origin"] == "ours" else ""))
    )
    line = h(
        "g",
        h("title", f"{row['code']}: {said}"),
        h("path", d=path, cls="hit"),
        h("path", d=path, cls=f"line {look}", marker=tip),
        cls=f"tie {state}",
        data_id=row["id"],
        data_go=f"relation={row['id']}",
        data_from=row["from_id"],
        data_to=row["to_id"],
        data_kind=row["kind"],
        data_state=state,
        data_wave=row["wave"] or "",
        tabindex=-1,
        role="button",
        aria_label=said,
    )
    return line, curves


def _word(row: Row, curves: list[Curve], taken: list[Frame]) -> Node | None:
    """The kind of a relation, written on its line and over every other, where there is room."""
    state = row["state"]
    word = (
        row["kind"].replace("_", " ") if state == "holds" else verb(row).replace(" (unclear)", "?")
    )
    at = free(spots(curves), len(word), taken)
    if at is None:
        return None
    x, y = f"{at[0]:.1f}", f"{at[1] + 4:.1f}"
    return h("text", word, x=x, y=y, text_anchor="middle", cls=f"word {state}", data_of=row["id"])


def _lane_lines(boxes: dict[str, Box], width: float) -> list[Node]:
    drawn = []
    for name, kinds in LANES:
        inside = [box for box in boxes.values() if box.party.kind in kinds]
        if inside:
            y = min(box.y - box.high / 2 for box in inside) - 24
            drawn.append(
                h(
                    "g",
                    h("path", d=f"M0 {y:.1f}H{width:.0f}", cls="laneline"),
                    h(
                        "text",
                        name,
                        x=f"{width - 2:.0f}",
                        y=f"{y + 12:.1f}",
                        text_anchor="end",
                        cls="lane",
                    ),
                )
            )
    return drawn


def _tips() -> Node:
    return h(
        "defs",
        *(
            h(
                "marker",
                h("path", d="M0 0L7 3.5L0 7Z", cls=f"tip {name}"),
                id=f"tip-{name}",
                viewBox="0 0 7 7",
                refX=2,
                refY=3.5,
                markerWidth=4.5 if name == "lead" else 6,
                markerHeight=4.5 if name == "lead" else 6,
                orient="auto",
            )
            for name in ("plain", "lead", "acc", "denied", "unclear")
        ),
    )
