"""The framework matrix from the command line."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from docx import Document

from tests.cli.program import Program


@pytest.fixture(scope="module")
def practised(cmo: Program) -> Program:
    """The program on a casebook with Practice."""
    cmo.ok("seed", "practice")
    return cmo


def test_a_matrix_is_written_as_a_spreadsheet_a_document_and_csv(practised: Program) -> None:
    for name in ("roles.xlsx", "roles.docx", "roles.csv"):
        said = practised.ok("matrix", name, "--of", "role", "--programme", "Practice")
        assert said.out.startswith("Wrote 6 rows and 5 columns to ")

    sheet = openpyxl.load_workbook(practised.folder / "roles.xlsx")["Matrix"]
    assert "Fiction" in sheet["A1"].value
    assert sheet["A3"].value == "commissioner"
    (table,) = Document(str(practised.folder / "roles.docx")).tables
    assert [cell.text for cell in table.columns[0].cells][:2] == ["Role", "commissioner"]
    text = (practised.folder / "roles.csv").read_text("utf-8-sig")
    listed = list(csv.DictReader(io.StringIO(text)))
    assert len(listed) == 30
    shown = practised.ok("matrix", "--of", "role", "--programme", "Practice", "--format", "csv").out
    assert list(csv.DictReader(io.StringIO(shown))) == listed


def test_a_file_that_is_there_is_replaced_only_if_asked(practised: Program) -> None:
    practised.ok("matrix", "kept.csv", "--programme", "Practice")
    before = (practised.folder / "kept.csv").read_bytes()

    refused = practised("matrix", "kept.csv", "--of", "factor", "--programme", "Practice")

    assert (refused.code, refused.out) == (1, "")
    assert "is there already. Nothing was written." in refused.err
    assert (practised.folder / "kept.csv").read_bytes() == before
    practised.ok("matrix", "kept.csv", "--of", "factor", "--programme", "Practice", "--overwrite")
    assert (practised.folder / "kept.csv").read_bytes() != before


def test_json_tells_the_cells_with_what_is_silent(practised: Program) -> None:
    told = practised.ok("matrix", "--programme", "Practice", "--format", "json").json

    assert told["programme"].startswith("Practice")
    assert (told["synthetic"], told["of"]) == (True, "theme")
    assert len(told["cells"]) == len(told["rows"]) * len(told["columns"])
    silent = [cell for cell in told["cells"] if cell["silence"]]
    assert {cell["silence"] for cell in silent} == {"silent, though asked"}
    spoken = next(cell for cell in told["cells"] if not cell["silence"])
    assert spoken["passages"]
    narrow = ("--row", told["rows"][0], "--programme", "Practice", "--format", "json")
    assert practised.ok("matrix", *narrow).json["rows_left_out"] == 0


def test_it_is_narrowed_and_what_is_not_there_is_named(practised: Program) -> None:
    narrow = ("--of", "factor", "--row", "F-2", "--column", "P-1", "--programme", "Practice")
    told = practised.ok("matrix", *narrow, "--format", "json").json
    assert [cell["assessed"] for cell in told["cells"]] == ["present, enables"]

    for words, wrong in (
        (("--row", "F-999"), "There is no F-999 among the"),
        (("--of", "mood"), "There is no matrix of mood."),
        (("here.pdf",), "A matrix is not written as .pdf."),
        (("nowhere/at/all.csv",), "all.csv: no such file or directory. No file was left"),
    ):
        refused = practised("matrix", *words, "--programme", "Practice")
        assert refused.code == 1
        assert wrong in refused.err


def test_a_matrix_without_rows_or_columns_says_what_is_missing_and_is_not_written(
    practised: Program,
) -> None:
    practised.ok("record", "programme", "Bare")

    for of, lacking in (
        ("role", "There are no theories yet."),
        ("theme", "There are no themes and no projects yet."),
        ("factor", "There are no factors and no projects yet."),
    ):
        shown = practised.ok("matrix", "--of", of, "--programme", "Bare")
        assert f"{lacking} `cmo record` records" in shown.err
        assert "silent" not in shown.err
        for ending in ("xlsx", "docx", "csv"):
            refused = practised("matrix", f"bare.{ending}", "--of", of, "--programme", "Bare")
            assert refused.code == 1
            assert f"{lacking} Nothing was written." in refused.err
            assert not (practised.folder / f"bare.{ending}").exists()
