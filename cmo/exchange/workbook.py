"""Rows as an XLSX workbook (ECMA-376), written as they come: each cell of its type, never a formula
(docs/decisions/0026)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from typing import IO, Any

from cmo.errors import InvalidInput

LONGEST = 32_767
"""Most characters (UTF-16 units) that Excel keeps in a cell."""
MOST_ROWS = 1_048_576
"""Most rows of a sheet, its header included."""
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Characters that XML cannot hold, or would change, and what looks like the escape for them."""
_PORTION = 400
"""How many rows are handed on at a time."""
_PLAIN, _BOLD, _MOMENT = 0, 1, 2
"""The styles of cells, as they stand in _STYLES."""
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/>'
    '<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" '
    'xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" '
    'applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass
class Sheet:
    """What was written: its name, its columns, how many rows (its header apart), and how many
    texts were too long for a cell."""

    name: str
    columns: int
    rows: int = 0
    cut: int = 0
    is_filtered: bool = field(default=True)

    @property
    def extent(self) -> str:
        """From its first cell to its last, as $A$1:$C$9."""
        return f"$A$1:${letters(self.columns)}${self.rows + 1}"


class Workbook:
    """A workbook that is written into a file (seekable, binary) sheet by sheet: it ends with the
    block that it is written in, or by `close`; where the block raises, what was written is none.

    A text, a whole number, a float, a truth and a moment (with its zone; written in UTC) become
    cells of their type, None no cell. A text stays a text whatever it begins with. A character
    that XML cannot hold is written as the standard says (_x0007_), so that Excel shows what was
    there; a text longer than a cell can hold is cut, and says by how much.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._packed = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._sheets: list[Sheet] = []

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            # Otherwise it is tried when the archive is collected, on a file that is closed by then.
            with suppress(OSError):
                self._packed.close()

    def add_sheet(
        self,
        name: str,
        columns: Sequence[tuple[str, float]],
        rows: Iterable[Sequence[Any]],
        *,
        is_filtered: bool = True,
    ) -> Sheet:
        """Writes a sheet: the columns (title, width in characters), with the titles in a frozen
        first row, and the rows. Raises InvalidInput where there are more rows than a sheet has."""
        sheet = Sheet(name, len(columns), is_filtered=is_filtered)
        self._sheets.append(sheet)
        names = [letters(n) for n in range(1, len(columns) + 1)]
        place = f"xl/worksheets/sheet{len(self._sheets)}.xml"
        with self._packed.open(place, "w", force_zip64=True) as part:
            part.write(_opening([width for _, width in columns]).encode())
            heads = zip(names, columns, strict=True)
            titles = "".join(_text(f"{at}1", title, _BOLD) for at, (title, _) in heads)
            part.write(f'<row r="1">{titles}</row>'.encode())
            portion: list[str] = []
            for row in rows:
                sheet.rows += 1
                if sheet.rows >= MOST_ROWS:
                    raise InvalidInput(
                        f"A sheet holds {MOST_ROWS - 1:,} rows, and there are more.",
                        "Nothing was written.",
                        "Take fewer, by a filter, or take CSV.",
                    )
                portion.append(self._row(sheet, names, row))
                if len(portion) == _PORTION:
                    part.write("".join(portion).encode())
                    portion.clear()
            part.write("".join(portion).encode())
            filtered = f'<autoFilter ref="{sheet.extent.replace("$", "")}"/>'
            end = filtered if is_filtered else ""
            part.write(f"</sheetData>{end}</worksheet>".encode())
        return sheet

    def close(self) -> None:
        """Writes what makes the sheets a workbook."""
        numbers = range(1, len(self._sheets) + 1)
        sheets = "".join(
            f'<sheet name="{_escaped(s.name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, s in zip(numbers, self._sheets, strict=True)
        )
        filters = "".join(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">'
            f"'{_escaped(s.name)}'!{s.extent}</definedName>"
            for n, s in enumerate(self._sheets)
            if s.is_filtered
        )
        named = f"<definedNames>{filters}</definedNames>" if filters else ""
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            f'ContentType="{_KINDS}.worksheet+xml"/>'
            for n in numbers
        )
        ties = "".join(
            f'<Relationship Id="rId{n}" Type="{_TIES}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        styles = len(self._sheets) + 1
        self._part(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_TIES}"><sheets>{sheets}</sheets>{named}'
            "</workbook>",
        )
        self._part(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{ties}<Relationship '
            f'Id="rId{styles}" Type="{_TIES}/styles" Target="styles.xml"/></Relationships>',
        )
        self._part("xl/styles.xml", _STYLES)
        self._part(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_TIES}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        self._part(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{_KINDS}.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
            f'ContentType="{_KINDS}.styles+xml"/>{kinds}</Types>',
        )
        self._packed.close()

    def _part(self, name: str, text: str) -> None:
        self._packed.writestr(name, _HEAD + text)

    def _row(self, sheet: Sheet, names: Sequence[str], row: Sequence[Any]) -> str:
        number = str(sheet.rows + 1)
        cells: list[str] = []
        for name, value in zip(names, row, strict=True):
            if value is None:
                continue
            kind, at = type(value), name + number
            if kind is bool:
                cells.append(f'<c r="{at}" t="b"><v>{value:d}</v></c>')
            elif kind is int or (kind is float and isfinite(value)):
                cells.append(f'<c r="{at}"><v>{value!r}</v></c>')
            elif kind is datetime:
                since = value - _FIRST_DAY
                days = since.days + since.seconds / 86_400
                cells.append(f'<c r="{at}" s="{_MOMENT}"><v>{days!r}</v></c>')
            else:
                text = str(value)
                if len(text) * 2 > LONGEST and (over := units(text) - LONGEST) > 0:
                    sheet.cut += 1
                    text = _cut(text, over)
                cells.append(_text(at, text))
        return f'<row r="{number}">{"".join(cells)}</row>'


def letters(column: int) -> str:
    """The letters of a column, counted from 1: A, Z, AA."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def units(text: str) -> int:
    """How many UTF-16 units a text has: Excel counts these."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def _cut(text: str, over: int) -> str:
    note = f" … [cut: a cell holds {LONGEST:,} characters, this text has {over:,} more]"
    kept, room = [], LONGEST - len(note)
    for char in text:
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + note


def _text(at: str, text: str, style: int = _PLAIN) -> str:
    styled = f' s="{style}"' if style else ""
    held = f'<is><t xml:space="preserve">{_escaped(text)}</t></is>'
    return f'<c r="{at}" t="inlineStr"{styled}>{held}</c>'


def _escaped(text: str) -> str:
    if _NOT_XML.search(text):
        text = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def _opening(widths: Sequence[float]) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane '
        'ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>"
    )
