"""Workbooks: what is written is read back, each cell of its type; nothing in it runs."""

from __future__ import annotations

import gc
import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from openpyxl.utils.escape import unescape

from cmo.errors import InvalidInput
from cmo.exchange import workbook
from cmo.exchange.workbook import LONGEST, Sheet, Workbook, letters, units

HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "=cmd|' /C calc'!A0"),
    *("a\x00b\x07c\x1b[31m", "\ufffe\uffff", "_x0041_", "_x005F_", "line\r\nline", " both ends "),
    *(
        "<b>&amp;</b>]]>",
        "\u202etfel ot thgir",
        "e\u0301 👩‍👩‍👧",
        "https://example.org/",
        "1e5",
        "TRUE",
    ),
    *("\x85\u2028", "\udc80", ""),
)
texts = some.text(some.characters(exclude_categories=[])) | some.sampled_from(HOSTILE)
moments = some.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001  # hypothesis wants bounds without a zone
cells = (
    some.none()
    | some.booleans()
    | some.integers(-(2**53), 2**53)
    | some.floats(allow_nan=False, allow_infinity=False)
    | texts
    | moments
)


def written(rows: list[list[Any]], columns: int, **options: Any) -> tuple[bytes, Sheet]:
    held = io.BytesIO()
    heads = [(f"c{n}", 12) for n in range(columns)]
    with Workbook(held) as book:
        sheet = book.add_sheet("Some <rows>", heads, rows, **options)
    return held.getvalue(), sheet


def read_back(file: bytes) -> list[tuple[Any, ...]]:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(file)).worksheets
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def same(was: Any, now: Any) -> bool:
    if isinstance(was, datetime):
        return bool(abs(now.replace(tzinfo=UTC) - was) <= timedelta(seconds=1))
    if isinstance(was, str):
        return (unescape(now) if now else "") == was
    return type(was) in (type(now), float) and bool(was == now)


@given(some.lists(some.lists(cells, min_size=4, max_size=4), min_size=1, max_size=4))
def test_what_is_written_is_read_back(rows: list[list[Any]]) -> None:
    file, sheet = written(rows, 4)
    told = read_back(file)
    told += [(None,) * 4] * (len(rows) - len(told))  # rows without a cell are no rows to a reader

    assert sheet.rows == len(rows)
    for was, now in zip(rows, told, strict=True):
        whole = (*now, *(None,) * (4 - len(now)))
        assert all(same(a, b) for a, b in zip(was, whole, strict=True)), (was, whole)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    file, _ = written([[text]], 1)
    (cell,) = next(openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(min_row=2))

    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert unescape(cell.value or "") == text
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        for name in packed.namelist():
            inside = packed.read(name)
            etree.fromstring(inside)
            assert b"<f>" not in inside


def test_the_header_stays_in_sight_and_filters() -> None:
    file, _ = written([[1, "a"], [2, "b"]], 2)
    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book.worksheets[0]

    assert sheet.title == "Some <rows>"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert [cell.value for cell in sheet[1]] == ["c0", "c1"]
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.column_dimensions["A"].width == 12


def test_a_moment_is_shown_as_one() -> None:
    file, _ = written([[datetime(2026, 1, 31, 9, 30, tzinfo=UTC)]], 1)
    cell = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]["A2"]

    assert cell.is_date
    assert cell.value == datetime(2026, 1, 31, 9, 30)  # noqa: DTZ001  # a sheet knows no zones


@pytest.mark.parametrize("char", ["a", "😀"])
@pytest.mark.parametrize("more", [0, 1, 5_000])
def test_a_text_that_no_cell_can_hold_is_cut_and_says_by_how_much(char: str, more: int) -> None:
    text = char * (LONGEST // units(char) + more)
    file, sheet = written([[text]], 1)
    ((told,),) = read_back(file)

    assert units(told) <= LONGEST
    assert sheet.cut == (1 if more else 0)
    if more:
        assert f"this text has {units(text) - LONGEST:,} more" in told
        assert told.startswith(char * 1000)
    else:
        assert told == text


def test_more_rows_than_a_sheet_has_are_refused_with_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    written([[1]] * 3, 1)
    with pytest.raises(Exception, match="A sheet holds 3 rows"):
        written([[1]] * 4, 1)


def lost(error: Exception) -> Iterator[list[int]]:
    yield [1]
    raise error


@pytest.mark.parametrize("error", [InvalidInput("Too many."), OSError(28, "No space left")])
def test_a_sheet_that_is_not_finished_leaves_nothing_to_be_tried_later(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    later: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", later.append)
    file = io.BytesIO()
    with pytest.raises(type(error)) as raised, file, Workbook(file) as book:
        book.add_sheet("Some", [("a", 12)], lost(error))

    assert raised.value is error
    del book, raised  # with what was raised goes all that it held
    error.__traceback__ = None
    gc.collect()
    assert [told.exc_value for told in later] == []


def test_a_full_disk_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    later: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", later.append)

    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() + len(data) > 700:
                raise OSError(28, "No space left")
            return super().write(data)

    with pytest.raises(OSError, match="No space left"), Full() as file, Workbook(file) as book:
        book.add_sheet("Some", [("a", 12)], [[1]])
    del book
    gc.collect()
    assert [told.exc_value for told in later] == []


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == (
        ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    )
