"""The board of Home: projects by the themes of the analysis, drawn and for a spreadsheet."""

from __future__ import annotations

from cmo.services.overview import Board, BoardRow
from components.drawing import Node, h
from components.marks import NAMES, glyph
from components.words import breakable

FEW = 8
"""A board of more rows than this gives each one line under its name."""


def board(held: Board) -> Node:
    """Projects by themes, one mark a cell; a cell opens its project, a theme the comparison."""
    names = [
        h(
            "th",
            breakable(name),
            scope="col",
            cls="mid",
            data_go=f"compare?theme={theme}",
            tabindex=0,
            title=f"Compare the projects under {name}",
        )
        for theme, name in held.themes
    ]
    named = h(
        "th",
        h("span", "named ", glyph("supports", 11), " enabling", cls="nw"),
        " ",
        h("span", glyph("refutes", 11), " obstacle", cls="nw"),
        scope="col",
        cls="two",
    )
    head = h("thead", h("tr", h("th", "Project", scope="col"), *names, named))
    rows = list(held.rows)
    below = [i + 1 < len(rows) and rows[i + 1].part_of is not None for i in range(len(rows))]
    body = [_row(row, held, over) for row, over in zip(rows, below, strict=True)]
    return h("table", head, h("tbody", *body), cls=f"board{dense(len(body))}")


def dense(rows: int) -> str:
    """What a board of so many rows is drawn by besides: many rows stand closer, so that a window
    shows most of them."""
    return " many" if rows > FEW else ""


def _row(row: BoardRow, held: Board, over: bool) -> Node:
    go = f"project?id={row.id}"
    aim = h("small", row.aim, title=row.aim) if row.aim and row.part_of is None else None
    head = h("th", h("b", row.name), aim, scope="row", data_go=go, tabindex=0, role="link")
    cells = []
    for cell, (theme, name) in zip(row.cells, held.themes, strict=True):
        many = f"{cell.findings} finding{'s' if cell.findings > 1 else ''}"
        ours = f", {cell.ours} ours" if cell.ours else ""
        said = f"{many}, {NAMES[cell.direction]}{ours}" if cell.findings else NAMES["silent"]
        cells.append(
            h(
                "td",
                h(
                    "span",
                    glyph(cell.direction),
                    h("small", cell.findings or "", "°" if cell.ours else ""),
                    cls="cellv",
                ),
                cls="mid",
                title=f"{row.name}, {name}: {said}",
                data_go=f"project?id={row.id}&theme={theme}" if cell.findings else None,
                tabindex=0 if cell.findings else None,
                role="link" if cell.findings else None,
            )
        )
    kinds = "sub" if row.part_of else "over" if over else ""
    return h("tr", head, *cells, _namings(row), cls=kinds)


def _namings(row: BoardRow) -> Node:
    if row.part_of:
        return h("td", "", cls="two")
    if not row.enabling and not row.hindering:
        return h("td", h("small", "none named"), cls="two")
    both = (("supports", "enabling", row.enabling), ("refutes", "obstacles", row.hindering))
    marks = [
        h("span", glyph(kind, 12), h("small", len(factors)), title=f"{word}: {'; '.join(factors)}")
        for kind, word, factors in both
        if factors
    ]
    go = f"project?id={row.id}"
    return h("td", h("span", *marks, cls="named"), cls="two", data_go=go, tabindex=0, role="link")


def lines(held: Board) -> list[dict[str, object]]:
    """The board as rows for a spreadsheet, one a cell; a silent cell says silent."""
    names = {row.id: row.name for row in held.rows}
    return [
        {
            "project": row.name,
            "sub_case_of": names.get(row.part_of or "", ""),
            "theme": theme,
            "direction": cell.direction,
            "findings": cell.findings,
            "ours": cell.ours,
        }
        for row in held.rows
        for cell, (_, theme) in zip(row.cells, held.themes, strict=True)
    ]


def legend(held: Board) -> Node:
    """What the marks of the board mean."""
    marks = (
        ("enabling", "helped"),
        ("hindering", "hindered"),
        ("mixed", "both"),
        ("neither", "found, neither way"),
        ("silent", "nothing found: silence is not absence"),
    )
    ours = any(cell.ours for row in held.rows for cell in row.cells)
    return h(
        "div",
        *(h("span", glyph(kind), said) for kind, said in marks),
        h("span", "° ours, not the source's") if ours else None,
        cls="legend",
    )


def silence(held: Board) -> str:
    """How many cells say something, and how many are silent."""
    cells = [cell for row in held.projects for cell in row.cells]
    silent = sum(not cell.findings for cell in cells)
    return f"{len(cells) - silent} of {len(cells)} cells have a finding; {silent} are silent"
