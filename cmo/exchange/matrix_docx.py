"""A framework matrix as a document for Word: landscape tables, with the sources of the passages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cmo.exchange.matrix_table import Content, Table
from cmo.exchange.printable import printable

ACROSS = 5
"""How many columns a table has beside its heads; further ones follow in tables of their own."""
IN_A_CELL = 4
"""How many passages stand in a cell; how many more there are is said."""
LONGEST = 600
"""How many characters of a passage stand in a cell."""
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(table: Table) -> bytes:
    """The file: A4 landscape; every table repeats its heads on every page."""
    book = Document()
    _landscape(book)
    book.core_properties.title = printable(table.heading)[:250]
    book.core_properties.author = ""
    book.add_heading(printable(table.title), 1)
    head = book.add_paragraph(printable(table.programme))
    if table.fiction:
        head.add_run(f". {table.fiction}").bold = True
    for first in range(0, max(1, len(table.columns)), ACROSS):
        _table(book, table, range(first, min(first + ACROSS, len(table.columns))))
        book.add_paragraph()
    book.add_heading("How to read it", 2)
    for line in table.legend:
        book.add_paragraph(printable(line), style="List Bullet")
    book.add_heading("Sources of the passages", 2)
    for line in table.sources or ("No passage is quoted.",):
        book.add_paragraph(printable(line), style="List Bullet")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _landscape(book: Any) -> None:
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(15))
    style = book.styles["Normal"]
    style.font.size = Pt(9)
    style.paragraph_format.space_after = Pt(2)


def _table(book: Any, table: Table, columns: range) -> None:
    held = book.add_table(rows=1, cols=len(columns) + 1)
    held.style = "Table Grid"
    heads = held.rows[0]
    _repeated(heads)
    _head(heads.cells[0], table.corner)
    for cell, column in zip(heads.cells[1:], columns, strict=True):
        _head(cell, table.columns[column])
    for row, name in enumerate(table.rows):
        cells: Sequence[Any] = held.add_row().cells
        _head(cells[0], name)
        for cell, column in zip(cells[1:], columns, strict=True):
            _fill(cell, table, row, column)


def _repeated(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  # python-docx has no name for it


def _head(cell: Any, name: str) -> None:
    cell.paragraphs[0].add_run(printable(name)).bold = True


def _fill(cell: Any, table: Table, row: int, column: int) -> None:
    content = table.cells.get((row, column))
    if content is None:
        cell.paragraphs[0].add_run(f"– {table.silent(row, column)}").italic = True
        return
    first = True
    for text, bold in _lines(content):
        paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
        paragraph.add_run(printable(text)).bold = bold
        first = False


def _lines(content: Content) -> list[tuple[str, bool]]:
    """What stands in a cell, line by line, and whether it is set in bold."""
    lines = [(summary.told, True) for summary in content.summaries]
    lines += [(line, False) for line in (content.reading, content.counted) if line]
    passages = content.passages
    lines += [(said.told(LONGEST), False) for said in passages[:IN_A_CELL]]
    if (left := len(passages) - IN_A_CELL) > 0:
        lines.append((f"and {left} more", False))
    return lines
