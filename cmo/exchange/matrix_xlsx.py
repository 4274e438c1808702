"""A framework matrix as a spreadsheet: the matrix, its counts, its passages, its legend."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from cmo.exchange.matrix_table import MARKS, Content, Said, Table
from cmo.exchange.printable import cut_to, printable

LONGEST = 32_767
"""How many UTF-16 units a cell of a spreadsheet holds."""
IN_A_CELL = 12
"""How many passages stand in a cell of the matrix; all of them stand in the sheet of passages."""
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(table: Table) -> bytes:
    """The file. Every text is written as a text, never as a formula or a link; numbers are numbers.

    A text that is longer than a cell holds is cut with an ellipsis.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(
        held,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": _fit(table.heading)[:250], "comments": table.fiction})
    try:
        _matrix(book, table)
        _listed(book, "Counts", table, COUNTS, _counts(table))
        _listed(book, "Passages", table, PASSAGES, _passages(table))
        _legend(book, table)
    finally:
        book.close()
    return held.getvalue()


def _fit(text: str) -> str:
    return cut_to(printable(text), LONGEST)


def _write(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Writes a text that fits."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for markup of its own, and what stands in it would break the
        # file. In two runs it is a text again.
        sheet.write_rich_string(row, column, form, text[:1], form, text[1:], form)
    else:
        sheet.write_string(row, column, text, form)


def _matrix(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("Matrix")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    mute = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#6b6b6b"})
    _write(sheet, 0, 0, _fit(_title(table)), book.add_format({"bold": True}))
    _write(sheet, 1, 0, _fit(table.corner), head)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, max(1, len(table.columns)), 44)
    for number, name in enumerate(table.columns):
        _write(sheet, 1, number + 1, _fit(name), head)
    for row, name in enumerate(table.rows):
        _write(sheet, row + 2, 0, _fit(name), head)
        for column in range(len(table.columns)):
            content = table.cells.get((row, column))
            if content is None:
                _write(sheet, row + 2, column + 1, f"– {table.silent(row, column)}", mute)
            else:
                _write(sheet, row + 2, column + 1, _fit(_in_words(content)), body)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0, 1)
    sheet.fit_to_pages(1, 0)


def _title(table: Table) -> str:
    return ". ".join(filter(None, (table.heading, table.fiction)))


def _in_words(content: Content) -> str:
    passages = content.passages
    left = len(passages) - IN_A_CELL
    parts = [
        *(summary.told for summary in content.summaries),
        content.reading,
        content.counted,
        *(said.told() for said in passages[:IN_A_CELL]),
        f"and {left} more in the sheet Passages" if left > 0 else "",
    ]
    return "\n".join(part for part in parts if part)


COUNTS = (
    "row",
    "column",
    "sentences",
    "assessed",
    *(f"voices: {stance}" for stance in MARKS),
    "projects against",
    "projects for",
    "not counted",
    "passages",
    "silence",
)
PASSAGES = (
    "row",
    "column",
    "how",
    "counted",
    "quote",
    "paraphrase",
    "role",
    "place",
    "source",
    "where",
    "coding",
)


def _counts(table: Table) -> Iterator[Sequence[str | int]]:
    for row, name in enumerate(table.rows):
        for column, head in enumerate(table.columns):
            content = table.cells.get((row, column))
            if content is None:
                empty = (0,) * (len(MARKS) + 4)
                yield (name, head, 0, "", *empty, table.silent(row, column))
                continue
            yield (
                name,
                head,
                len(content.summaries),
                content.reading,
                *(content.voices.get(stance, 0) for stance in MARKS),
                content.projects.get("refutes", 0),
                content.projects.get("supports", 0),
                content.uncounted,
                len(content.passages),
                "",
            )


def _passages(table: Table) -> Iterator[Sequence[str | int]]:
    for (row, column), content in sorted(table.cells.items()):
        for said in content.codings:
            yield (table.rows[row], table.columns[column], *_passage(said))


def _passage(said: Said) -> tuple[str, ...]:
    words = (said.words, "") if said.is_quote else ("", said.words)
    return (
        said.how,
        "yes" if said.counts else "no",
        *words,
        said.by,
        said.place,
        said.source,
        said.where,
        said.coding,
    )


def _listed(
    book: Any,
    name: str,
    table: Table,
    columns: Sequence[str],
    rows: Iterator[Sequence[str | int]],
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for number, column in enumerate(columns):
        called = table.corner if column == "row" else column
        _write(sheet, 0, number, called, head)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, at, value, body)
            elif value:
                _write(sheet, number, at, _fit(value), body)
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, len(columns) - 1, 16)
    if name == "Passages":
        sheet.set_column(4, 5, 60)
    sheet.freeze_panes(1, 0)


def _legend(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("Legend")
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    lines = [table.heading, table.fiction, *table.legend, "Sources", *table.sources]
    for number, line in enumerate(line for line in lines if line):
        _write(sheet, number, 0, _fit(line), body)
