"""The evidence grid from the command line, as a file for spreadsheets."""

from __future__ import annotations

import csv
import re

import openpyxl
import pytest

from tests.cli.program import Program

TEXT = "Anna: =1+1 is what we said. Nobody came.\n"


@pytest.fixture(scope="module")
def coded(cmo: Program) -> Program:
    """A small casebook of Ann's own, with a coding for and one against."""
    cmo.ok("init")
    cmo.ok("record", "programme", "Streets")
    cmo.ok("record", "project", "Harbour")
    cmo.ok("record", "factor", "Trust", "--role", "mechanism")
    (cmo.folder / "talk.txt").write_text(TEXT)
    cmo.ok(
        *("record", "source", "Talk", "--collected-in", "Harbour", "--kind", "interview"),
        *("--text-file", "talk.txt"),
    )
    for words, stance in (("=1+1 is what we said", "supports"), ("Nobody came", "refutes")):
        start = TEXT.index(words)
        cmo.ok(
            *("code", "Talk", "--start", str(start), "--end", str(start + len(words))),
            *("--on", "Trust", "--stance", stance),
        )
    return cmo


def test_codings_are_written_to_a_workbook_and_to_csv(coded: Program) -> None:
    said = coded.ok("export", "evidence", "all.xlsx").out
    told = coded.ok("export", "evidence", "all.csv", "--format", "json").json
    book = openpyxl.load_workbook(coded.folder / "all.xlsx")
    with (coded.folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert "Wrote 2 codings to " in said
    assert (told["done"], told["rows"]) == ("exported", 2)
    assert told["bytes"] == (coded.folder / "all.csv").stat().st_size
    assert book.sheetnames == ["Evidence", "About"]
    assert [row["quote"] for row in rows] == ["Nobody came", "'=1+1 is what we said"]
    heads = [cell.value for cell in book["Evidence"][1]]
    quotes = [row[heads.index("quote")].value for row in book["Evidence"].iter_rows(min_row=2)]
    assert quotes == ["Nobody came", "=1+1 is what we said"]


def test_an_export_is_narrowed_by_what_people_call_things(coded: Program) -> None:
    narrowed = (
        *("--stance", "refutes", "--kind", "factor", "--project", "Harbour", "--coder", "ann"),
        *("--source", "Talk", "--target", "Trust"),
    )
    coded.ok("export", "evidence", "some.xlsx", *narrowed)
    book = openpyxl.load_workbook(coded.folder / "some.xlsx")
    about = {cells[0].value: cells[1].value for cells in book["About"].iter_rows()}

    assert book["Evidence"].max_row == 2
    assert about["narrowed to"].startswith("stance refutes; project ")
    for word in ("Harbour", "Factor", "ann", "Talk", "Trust"):
        assert word in about["narrowed to"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("none.ods",), "neither .csv nor .xlsx"),
        (("none.csv", "--coder", "Nobody Here"), "called Nobody Here"),
        (("none.csv", "--role", "sailors"), "no role group sailors"),
        (("none.csv", "--kind", "colour"), "colour is not a kind"),
        (("nowhere/none.csv",), "no such file"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_leaves_no_file(
    coded: Program, wrong: tuple[str, ...], said: str
) -> None:
    done = coded("export", "evidence", *wrong)

    assert done.code == 1
    assert said in done.err
    assert done.out == ""
    assert not list(coded.folder.glob("*none*"))


def test_the_longest_name_that_a_file_can_have_is_written_and_a_longer_one_refused(
    coded: Program,
) -> None:
    longest = "n" * 251 + ".csv"
    coded.ok("export", "evidence", longest)
    said = coded("export", "evidence", f"n{longest}")

    assert (coded.folder / longest).stat().st_size > 100
    assert (said.code, said.out) == (1, "")
    assert "file name too long. No file was left there" in said.err
    assert [p.name for p in coded.folder.iterdir() if p.name.startswith(".cmo-")] == []


def test_a_file_that_is_there_is_replaced_only_when_one_says_so(coded: Program) -> None:
    (coded.folder / "mine.csv").write_text("mine")
    refused = coded("export", "evidence", "mine.csv")
    assert refused.code == 1
    assert "--overwrite" in refused.err
    assert (coded.folder / "mine.csv").read_text() == "mine"

    coded.ok("export", "evidence", "mine.csv", "--overwrite")
    assert "Nobody came" in (coded.folder / "mine.csv").read_text("utf-8-sig")


def test_a_role_is_taken_in_any_case_and_an_unknown_one_is_refused_with_those_there_are(
    coded: Program,
) -> None:
    coded.ok(
        *("record", "informant", "Anna", "--role-group", "Residents"),
        *("--speaks-in", "Talk;label=Anna"),
    )
    refused = coded("export", "evidence", "unknown.csv", "--role", "sailors")
    assert refused.code == 1
    assert "There is no role group sailors that you may see." in refused.err
    assert "Those that may be named: Residents." in refused.err
    assert not (coded.folder / "unknown.csv").exists()
    coded.ok("export", "evidence", "residents.xlsx", "--role", "RESIDENTS")
    book = openpyxl.load_workbook(coded.folder / "residents.xlsx")
    about = {cells[0].value: cells[1].value for cells in book["About"].iter_rows()}
    assert about["narrowed to"] == "role Residents"

    coded.ok("record", "informant", "Ben", "--role-group", "residents")
    assert "2 role groups are called RESIDENTS" in " ".join(
        coded("export", "evidence", "two.csv", "--role", "RESIDENTS").err.split()
    )
    coded.ok("export", "evidence", "two.csv", "--role", "residents")


def test_of_two_coders_of_one_name_the_ids_are_told(coded: Program) -> None:
    coded.ok("user", "add", "bea", "--name", "ANN")
    coded.ok("user", "give", "bea", "evaluator", "Streets")
    coded.ok("code", "Talk", "--quote", "what we said", "--on", "Trust", "--as", "bea")
    refused = coded("export", "evidence", "whose.csv", "--coder", "ann")
    assert refused.code == 1
    assert "2 who coded there are called ann." in refused.err
    ids = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", refused.err)

    assert len(set(ids)) == 2
    told = [
        coded.ok("export", "evidence", f"{n}.csv", "--coder", id, "--format", "json").json["rows"]
        for n, id in enumerate(ids)
    ]
    assert sorted(told) == [1, 2]
