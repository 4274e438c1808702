"""Framework matrix: themes or factors by projects, or roles by theories and what stands behind."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cmo.analysis.framework import NOT_NAMED
from cmo.services.framework_axes import Axes, Head, Of, axes
from cmo.services.framework_files import MOST_CELLS, MOST_IN_WORD, as_bytes
from cmo.services.framework_matrix import matrix, words_of
from components import forms, matrix_cell
from components import matrix_table as parts
from components.configuring import ask_for
from components.downloads import file as save_file
from components.downloads import file_name
from components.drawing import draw, follow, h
from components.finding_edit import show_opened
from components.one_finding import draw_findings
from components.page import beginning, empty, masthead, turn_pages
from components.session import actor, casebook, programme

KINDS = {"theme": "Themes", "factor": "Factors", "role": "Roles"}
"""What the rows are; roles stand against theories, the others against projects."""
NEEDED = {
    Of.THEME: "Record projects under Projects and themes under Theory timeline; then code.",
    Of.FACTOR: "Record projects under Projects, and factors with a configuration.",
    Of.ROLE: "Record theories under Theory timeline; then code what people say on them.",
}
MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}


def chosen(name: str, label: str, heads: tuple[Head, ...]) -> list[str]:
    """A filter of many choices that the address holds; what it says of others is passed over."""
    by_word = {parts.in_address(head): head for head in heads}
    key = f"matrix_{name}"
    asked = st.query_params.get(name, "").split("~")
    st.session_state[key] = [word for word in asked if word in by_word]

    def changed() -> None:
        for gone in (name, "row", "column", "cell", "shown"):
            st.query_params.pop(gone, None)
        if words := st.session_state[key]:
            st.query_params[name] = "~".join(words)

    picked = st.multiselect(
        label,
        list(by_word),
        format_func=lambda word: by_word[word].called[:80],
        placeholder="all",
        key=key,
        on_change=changed,
    )
    return [by_word[word].id for word in picked]


def _many(number: int, what: str) -> str:
    """A number with what it counts: '1 theme', '12 projects', '1 theory'."""
    if number == 1:
        what = f"{what[:-3]}y" if what.endswith("ies") else what.removesuffix("s")
    return f"{number:,} {what}"


def turned() -> None:
    """To another kind of matrix; what this one was narrowed to is not there."""
    of = st.session_state["matrix_of"]
    for gone in ("of", "rows", "columns", "row", "column", "cell", "shown", "do"):
        st.query_params.pop(gone, None)
    st.query_params["of"] = of


here = programme()
assert here
graph, who = casebook().graph, actor()
query = st.query_params
of = Of(query["of"]) if query.get("of") in KINDS else Of.THEME
everything = axes(graph, who, here["id"], of)
what, others = everything.words
named = [head for head in everything.rows if head.id != NOT_NAMED]
projects = sum(not head.is_general for head in everything.columns)
masthead(
    f"{_many(len(named), what)} by {_many(projects, others)} of {here['name']}",
    "Framework matrix",
    "Each cell: the sentence that sums it up, who speaks against and for it, and the passages.",
)
forms.show_done(matrix_cell.HERE)
read = show_opened(matrix_cell.HERE)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters"):
    st.session_state["matrix_of"] = str(of)
    st.segmented_control(
        "Rows",
        list(KINDS),
        format_func=KINDS.__getitem__,
        required=True,
        key="matrix_of",
        on_change=turned,
    )
    rows = chosen("rows", f"Only these {what}", (*everything.rows, *everything.further))
    columns = chosen("columns", f"Only these {others}", everything.columns)
if not everything.rows or not projects:
    empty("none", f"A matrix of {what} by {others} needs both.", NEEDED[of])
    st.stop()
wanted = everything.narrowed(rows, columns)
first = min(beginning("row"), max(0, len(wanted.rows) - 1))
part = wanted.part(slice(first, first + parts.ROWS), slice(0, None))
general = [head for head in part.columns if head.is_general]
if general and not columns:
    last = len(part.columns) - 1
    if not matrix(graph, who, part.part(slice(0, None), slice(last, None))).cells:
        part = part.part(slice(0, None), slice(0, last))
across = min(beginning("column"), max(0, len(part.columns) - 1))
total = len(part.columns)
part = part.part(slice(0, None), slice(across, across + parts.COLUMNS))
found = matrix(graph, who, part)


def cell_in_address(of_all: Axes) -> tuple[Head, Head] | None:
    """The row and column of the cell that the address opens; None where there is no such cell."""
    row_word, _, column_word = query.get("cell", "").rpartition("~")
    by_row = {parts.in_address(head): head for head in (*of_all.rows, *of_all.further)}
    by_column = {parts.in_address(head): head for head in of_all.columns}
    row, column = by_row.get(row_word), by_column.get(column_word)
    return (row, column) if row and column else None


go: str | None = None
opened = cell_in_address(everything)
if opened:
    row, column = opened
    one = matrix(graph, who, everything.narrowed([row.id], [column.id]))
    cell = one.at(row, column)
    shown = max(matrix_cell.STEP, beginning("shown"))
    held = words_of(graph, who, here["id"], (item.id for item in cell.heard[:shown]))
    tree = matrix_cell.opened(of, row, column, cell, held, shown, behind_finding=bool(read))
    writes = matrix_cell.may_write(matrix_cell.place_of(of, column, here["id"]))
    summing = writes and query.get("do") == "summary"
    with st.container(key="opened_cell"):
        go = draw_findings(tree, "opened")
        if writes and not summing and matrix_cell.write_button(cell):
            ask_for("summary")
    if summing:
        matrix_cell.summary_form(of, here["id"], row, column, cell.heard[:shown], held)
shown_there = (i.id for held_cell in found.cells.values() for i in parts.shown_of(held_cell))
words = words_of(graph, who, here["id"], shown_there)
opened_cell = query.get("cell")
alone = parts.apart(found, opened_cell) if not rows and total <= parts.COLUMNS else ()
if len(alone) == len(part.rows):
    alone = ()
body = [
    *turn_pages("matrix", "column", across, parts.COLUMNS, total, "columns"),
    parts.table(found, words, opened_cell, alone),
    parts.spread(found, alone, words, opened_cell) if alone else None,
    *turn_pages("matrix", "row", first, parts.ROWS, len(wanted.rows), what),
    parts.legend(),
    h("p", f"{wanted.left_out} Choose them above to see them.", cls="mute")
    if wanted.left_out
    else None,
]
go = draw(h("div", *body), key="matrix") or go
size = len(wanted.rows) * len(wanted.columns)
with st.container(horizontal=True, gap="medium", key="beneath"):
    for ending, mime in MIMES.items():
        if size <= (MOST_IN_WORD if ending == "docx" else MOST_CELLS):
            save_file(
                partial(as_bytes, graph, who, here, wanted, ending),
                f"{file_name(here['name'], 'framework matrix', KINDS[of])}.{ending}",
                mime,
                key=f"save_{ending}",
            )
if size > MOST_IN_WORD:
    st.caption("Narrow it to some rows and columns to take it along for Word.")
follow(go)
