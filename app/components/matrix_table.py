"""The framework matrix drawn: rows by columns, each cell with its sentence, its counts and
the first of its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from cmo.analysis.framework import STANCES, Cell, Heard, voices_said
from cmo.graph.graph import Row
from cmo.services.framework_axes import Head, Of
from cmo.services.framework_files import KEPT, SILENCES
from cmo.services.framework_matrix import Matrix, reading_in_words
from components.drawing import Node, h
from components.marks import ROLES, glyph
from components.page import section
from components.said import opens, where
from components.words import counted, cut

ROWS, COLUMNS = 25, 6
"""How many rows and columns stand on a page; six columns are as wide as they can be read."""
SENTENCES = 2
"""How many sentences stand in a cell; how many more there are is said."""
BITS = 2
"""How many passages stand in a cell without a sentence; beside a sentence stands one."""
LONG = 180
"""How many characters of a sentence stand in a cell."""
LONGEST = 240
"""How many characters of a passage stand in a cell; it opens to all of them."""
SELDOM = 3
"""A column that speaks in less than this part (a third) of the rows of the fullest is narrow."""
SIDES = {
    "refutes": "against",
    "refines": "refining",
    "supports": "for",
    "contextualises": "framing",
}
READINGS = {"present": "present", "absent": "absent", "mixed": "mixed"}


def address(**changes: str | None) -> str:
    """The page as it stands, with these words of its address changed; None takes one off."""
    held = {n: v for n, v in st.query_params.items() if n not in ("do", "id", "finding", "all")}
    held |= {name: value for name, value in changes.items() if value is not None}
    gone = {name for name, value in changes.items() if value is None}
    return "matrix?" + urlencode({n: v for n, v in held.items() if n not in gone})


def in_address(head: Head) -> str:
    """A row or a column as the address names it."""
    return head.short.replace("~", "%7E")


def cell_name(row: Head, column: Head) -> str:
    """A cell as the address names it."""
    return f"{in_address(row)}~{in_address(column)}"


def shown_of(cell: Cell) -> tuple[Heard, ...]:
    """The passages that stand in a cell."""
    return cell.first(1 if cell.sentences else BITS)


def apart(found: Matrix, opened: str | None) -> tuple[Head, ...]:
    """The rows of which only the programme as a whole has something to say, every project being
    silent; one of which a project's cell is open (by its name) stays with the others."""
    whole = [head for head in found.axes.columns if head.is_general]
    cases = [head for head in found.axes.columns if not head.is_general]
    if not whole or not cases:
        return ()
    return tuple(
        row
        for row in found.axes.rows
        if not any(found.at(row, c).is_silent for c in whole)
        and all(found.at(row, c).is_silent and cell_name(row, c) != opened for c in cases)
    )


def spread(
    found: Matrix, rows: Sequence[Head], words: Mapping[str, Row], opened: str | None
) -> Node:
    """The rows of `apart`, each as wide as the page; each leads to itself by project."""
    (whole,) = (head for head in found.axes.columns if head.is_general)
    others = found.axes.words[1]
    body = []
    for row in rows:
        name = cell_name(row, whole)
        go = address(rows=in_address(row), row=None, cell=None, shown=None)
        said = f"by {others[:-1]}"
        label = f"{row.name}, {said}"
        by = h("span", said, cls="crumb", data_go=go, tabindex=0, role="link", aria_label=label)
        inside = h("div", *_inside(found, row, whole, words, opened), cls="spread")
        head = _row(row, found.axes.of, h("small", by))
        body.append(h("tr", head, h("td", inside, cls="open" if name == opened else "")))
    title = section(f"Said of {cut(whole.name, 120)} only", f"silent in every {others[:-1]}")
    return h("div", title, h("table", h("tbody", *body), cls="matrix apart"), cls="beneath")


def table(
    found: Matrix,
    words: Mapping[str, Row],
    opened: str | None,
    without: Sequence[Head] = (),
) -> Node:
    """The matrix, but for the rows `without`; `words` are the passages that stand in its cells,
    `opened` the cell that is open."""
    axes = found.axes
    corner = axes.words[0].capitalize()
    rows = [row for row in axes.rows if row not in without]
    spoken = [sum(not found.at(row, c).is_silent for row in rows) for c in axes.columns]
    heads = (
        _column(column, _width(many, max(spoken)))
        for column, many in zip(axes.columns, spoken, strict=True)
    )
    head = h("tr", h("th", corner, scope="col"), *heads)
    body = [
        h(
            "tr",
            _row(row, axes.of),
            *(_cell(found, row, column, words, opened) for column in axes.columns),
        )
        for row in rows
    ]
    return h("table", h("thead", head), h("tbody", *body), cls="matrix")


def legend() -> Node:
    """What the marks of the matrix mean."""
    marks = (
        ("refutes", "against"),
        ("refines", "refines"),
        ("supports", "for"),
        ("contextualises", "frames"),
        ("silent", "silent: nothing was said, which is not a no"),
    )
    return h(
        "div",
        *(h("span", glyph(kind), said) for kind, said in marks),
        h("span", "Numbers count voices, not quotes."),
        h("span", "° a reading of ours, which no source states"),
        cls="legend",
    )


def _width(spoken: int, most: int) -> str:
    """The class of a column by how many of its cells speak: room goes to those that do."""
    if not most:
        return ""
    return "hush" if not spoken else "seldom" if spoken * SELDOM < most else ""


def _column(head: Head, cls: str) -> Node:
    page = None
    if head.code and head.code.startswith("P-"):
        page = f"project?id={head.id}"
    elif head.code:
        page = f"theory?id={head.id}"
    tab = 0 if page else None
    name = h("span", cut(head.name, 120), data_go=page, tabindex=tab, cls="long", title=head.name)
    code = h("small", head.code) if head.code and head.code.startswith("T-") else None
    return h("th", code, h("b", name), scope="col", cls=cls)


def _row(head: Head, of: Of, more: Node = None) -> Node:
    if of is not Of.FACTOR:
        return h("th", head.name, more, scope="row")
    marks = [glyph(ROLES[role], 12) for role in head.roles if role in ROLES]
    name = h("span", head.name, data_go=f"factor?id={head.id}", tabindex=0)
    return h("th", *marks, " " if marks else None, name, h("small", head.code), more, scope="row")


def _cell(
    found: Matrix, row: Head, column: Head, words: Mapping[str, Row], opened: str | None
) -> Node:
    silent = "quiet" if found.at(row, column).is_silent else ""
    cls = f"{silent} {'open' if cell_name(row, column) == opened else ''}".strip()
    return h("td", *_inside(found, row, column, words, opened), cls=cls)


def _inside(
    found: Matrix, row: Head, column: Head, words: Mapping[str, Row], opened: str | None
) -> list[Node]:
    cell, name = found.at(row, column), cell_name(row, column)
    place = f"{row.name}, {cut(column.name, 60)}"
    who = h("span", cut(column.name, 120), cls="who")
    go = address(cell=None if name == opened else name, shown=None)
    if cell.is_silent:
        said = SILENCES[cell.silence or "no source"]
        label = f"{place}: {said}"
        nil = h(
            "span",
            glyph("silent"),
            h("small", said.removeprefix("silent").strip("; ,") or None),
            cls="nil",
            data_go=go,
            tabindex=0,
            aria_label=label,
            title=label,
        )
        return [who, nil]
    sums = [
        h(
            "div",
            glyph(s.direction, 12),
            h("p", cut(s.statement, LONG), "°" if s.is_ours else None, title=s.statement),
            cls="sum",
        )
        for s in cell.sentences[:SENTENCES]
    ]
    bits = [_bit(item, words[item.id]) for item in shown_of(cell) if item.id in words]
    return [who, *sums, _tally(cell, go, place), *bits]


def _tally(cell: Cell, go: str, place: str) -> Node:
    """What is counted in a cell; it opens to all of it."""
    parts: list[Node] = []
    said: list[str] = []
    if cell.reading:
        value = cell.reading.value
        parts.append(h("span", glyph(value, 12), reading_in_words(cell.reading)))
        said.append(reading_in_words(cell.reading))
    for stance, many in voices_said(cell).items():
        parts.append(h("span", glyph(stance, 12), f"{many:,}"))
        said.append(f"{counted(many, 'voice')} {SIDES[stance]}")
    if (more := len(cell.sentences) - SENTENCES) > 0:
        parts.append(h("i", counted(more, "more sentence")))
    if cell.heard:
        parts.append(h("i", counted(cell.passages, "passage")))
        said.append(counted(cell.passages, "passage"))
    else:
        parts.append(h("i", "no passage"))
    if cell.uncounted:
        parts.append(h("i", f"{cell.uncounted} not counted"))
    label = f"{place}: {', '.join(said) or 'no passage'}; open"
    return h("div", *parts, cls="tally", data_go=go, tabindex=0, aria_label=label)


def _bit(item: Heard, row: Row) -> Node:
    words = row["quote"] or row["paraphrase"] or KEPT
    told = h("q" if row["quote"] else "i", cut(words, LONGEST))
    kind = item.stance if item.stance in STANCES else "contextualises"
    return h(
        "span",
        glyph(kind, 12),
        told,
        h("small", cut(where({**row, "anchor": ""}), 80)),
        cls="bit",
        data_go=opens(row),
        tabindex=0,
        title=cut(words, 1_000),
    )
