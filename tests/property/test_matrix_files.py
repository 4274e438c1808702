"""Whatever people typed, a matrix is written as files that open and hold it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from cmo.exchange.matrix_docx import as_docx
from cmo.exchange.matrix_table import Content, Said, Summary, Table
from cmo.exchange.matrix_xlsx import LONGEST, as_xlsx
from cmo.exchange.printable import cut_to, printable

TEXTS = some.one_of(
    some.text(min_size=1, max_size=60),
    some.sampled_from(
        (
            '=HYPERLINK("http://example.org")',
            "+1",
            "@SUM(A1)",
            "-2+3",
            "http://example.org",
            "\x00\x07\ud800 bell",
            "\u202egnol\u202c \u05d0\u05d1",
            "\u202e never closed",
            "<w:p>&amp;",
            "<r>&</r>",
            "<r><t>a</t></r>",
            "_x0041_",
            "👩\u200d🚒 " * 9_000,
            "word " * 9_000,
        )
    ),
)


def table(statement: str, words: str, head: str, *, synthetic: bool = False) -> Table:
    said = Said("refutes", True, words, True, "staff", "Harbour", "S-1", "p. 1", "id", "excerpt")
    held = Content(
        (Summary("G-1", statement, "enabling", True),),
        "present",
        {"refutes": 1},
        {"refutes": 1},
        0,
        (said,),
        "",
    )
    return Table(
        "Framework matrix, themes by projects",
        "Theme",
        "Healthy Streets",
        synthetic,
        (head, "Second"),
        tuple(f"Project {n}" for n in range(7)),
        {(0, 0): held},
        {(1, 0): "silent; not asked"},
        ("what a mark means",),
        ("S-1: Talk",),
    )


def cells(data: bytes, sheet: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [tuple(cell for cell in row) for row in book[sheet].iter_rows()]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, TEXTS, TEXTS)
def test_a_spreadsheet_opens_and_holds_no_formula(statement: str, words: str, head: str) -> None:
    data = as_xlsx(table(statement, words, head))

    for sheet in ("Matrix", "Counts", "Passages", "Legend"):
        assert {c.data_type for row in cells(data, sheet) for c in row} <= {"s", "n"}
        assert all(c.hyperlink is None for row in cells(data, sheet) for c in row)
    assert cells(data, "Passages")[1][4].value == cut_to(printable(words), LONGEST)
    held = cells(data, "Matrix")[2][1].value
    assert len(held.encode("utf-16-le")) // 2 <= LONGEST


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, TEXTS, TEXTS)
def test_a_document_opens_and_holds_the_sentence(statement: str, words: str, head: str) -> None:
    book = Document(io.BytesIO(as_docx(table(statement, words, head))))

    said = book.tables[0].cell(1, 1).paragraphs[0].text
    assert said == printable(statement + "°")
    assert len(book.tables) == 2


def left_open(text: str) -> list[str]:
    """The marks of direction that are still in force where a text ends (Unicode annex 9, X1-X8)."""
    held: list[str] = []
    for char in text:
        if char in "\n\u2029":
            held.clear()
        elif char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            held.append(char)
        elif char == "\u202c":
            if held and held[-1] < "\u2066":
                held.pop()
        elif char == "\u2069" and any(mark >= "\u2066" for mark in held):
            while held.pop() < "\u2066":
                pass
    return held


@given(some.text("a\u05d0\n\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
@example("\u2069\u202eabc")
@example("\u202e\u2066abc")
@example("one\n\u202eabc")
def test_no_text_turns_the_writing_of_what_stands_around_it(text: str) -> None:
    written = printable(text)

    assert left_open(written) == []
    (*_, last) = re.split("[\n\u2029]", written)
    assert left_open(f"\u2068{last}") == ["\u2068"], "and it closes none of theirs"
    assert re.sub("[\u2066-\u2069]", "", written) == re.sub("[\u2066-\u2069]", "", text)


@given(some.text(), some.integers(3, 40))
def test_a_text_is_cut_between_characters(text: str, units: int) -> None:
    clean = printable(text)
    kept = cut_to(clean, units)

    assert len(kept.encode("utf-16-le")) // 2 <= units
    assert kept == clean or clean.startswith(kept[:-1])


def test_numbers_are_numbers_and_the_heads_stay_in_sight() -> None:
    data = as_xlsx(table("So it is.", "Said.", "Vision"))
    book = openpyxl.load_workbook(io.BytesIO(data))

    assert book["Matrix"].freeze_panes == "B3"
    assert book["Counts"].freeze_panes == "A2"
    heads = [cell.value for cell in book["Counts"][1]]
    first = dict(zip(heads, (cell.value for cell in book["Counts"][2]), strict=True))
    assert (first["voices: refutes"], first["projects against"], first["passages"]) == (1, 1, 1)
    assert cells(data, "Matrix")[3][1].value == "– silent; not asked"


def test_a_passage_that_is_coded_twice_stands_once_in_a_cell_and_twice_in_the_list() -> None:
    plain = table("So it is.", "Said.", "Vision")
    held = plain.cells[0, 0]
    (first,) = held.codings
    again = replace(first, how="supports", coding="another")
    twice = replace(plain, cells={(0, 0): replace(held, codings=(first, again))})

    data = as_xlsx(twice)
    document = Document(io.BytesIO(as_docx(twice)))

    told = [paragraph.text for paragraph in document.tables[0].cell(1, 1).paragraphs]
    assert sum("Said." in line for line in told) == 1
    assert cells(data, "Matrix")[2][1].value.count("Said.") == 1
    heads, counted = (cells(data, "Counts")[n] for n in (0, 1))
    assert counted[[cell.value for cell in heads].index("passages")].value == 1
    assert [row[-1].value for row in cells(data, "Passages")] == ["coding", "id", "another"]


def test_fiction_is_marked_in_every_file_and_the_heads_of_a_document_are_repeated() -> None:
    made_up = table("So it is.", "Said.", "Vision", synthetic=True)
    document = as_docx(made_up)

    assert "Fiction: no real people or places." in cells(as_xlsx(made_up), "Matrix")[0][0].value
    assert any("Fiction" in p.text for p in Document(io.BytesIO(document)).paragraphs)
    inside = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    assert inside.count("w:tblHeader") == 2
    assert 'w:orient="landscape"' in inside
