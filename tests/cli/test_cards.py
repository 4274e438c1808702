"""Cards for interviews from the command line, with the steps of the tutorial."""

from __future__ import annotations

import csv
import io

import pytest

from cmo.services.interview_cards import COLUMNS
from tests.cli.program import Program


@pytest.fixture(scope="module")
def streets(cmo: Program) -> Program:
    """A resident who speaks for a link, minutes that speak against it, and a theory."""
    cmo.ok("init")
    cmo.ok("record", "programme", "Streets")
    cmo.ok("record", "project", "Harbour")
    cmo.ok("record", "factor", "Waiting together", "--role", "mechanism")
    cmo.ok("record", "factor", "Neighbours know each other", "--role", "outcome")
    cmo.ok(
        *("record", "configuration", "--nickname", "Benches", "--mechanism", "Waiting together"),
        *("--outcome", "Neighbours know each other"),
    )
    cmo.ok(
        *("record", "link", "--configuration", "Benches", "--from", "Waiting together"),
        *("--to", "Neighbours know each other"),
    )
    (cmo.folder / "wren.txt").write_text("Wren: We sit and talk.\n", encoding="utf-8")
    cmo.ok(
        *("record", "source", "Wren in June", "--collected-in", "Harbour", "--kind", "interview"),
        *("--text-file", "wren.txt"),
    )
    cmo.ok(
        *("record", "informant", "Wren", "--role-group", "residents"),
        *("--speaks-in", "Wren in June;label=Wren"),
    )
    cmo.ok("code", "Wren in June", "--quote", "We sit and talk.", "--on", "L-1")
    return cmo


def test_what_was_heard_is_left_out_until_it_is_asked_for(streets: Program) -> None:
    said = streets.ok("cards", "--role", "Residents")
    assert "No card" in said.err
    assert "--heard adds them" in said.err

    (card,) = streets.ok("cards", "--role", "residents", "--heard", "--format", "json").json
    assert (card["code"], card["standing"], card["for_in_group"]) == ("C-1", "heard", 1)
    assert card["project"] is None
    assert card["fiction"] is False


def test_a_page_to_print_is_written_once_and_replaced_when_asked(streets: Program) -> None:
    asked = ("cards", "--role", "residents", "--heard", "--output", "cards.html")

    file = streets.folder / "cards.html"
    assert f"Wrote 1 card to {file}." in streets.ok(*asked).out
    assert file.stat().st_mode & 0o777 == 0o600
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "We sit and talk" not in page
    again = streets(*asked)
    assert again.code == 1
    assert "cards.html is there already" in again.err
    assert streets.ok(*asked, "--overwrite", "--format", "json").json["file"] == str(file)
    lost = streets("cards", "--role", "residents", "--output", "nowhere/cards.html")
    assert lost.code == 1
    assert "No file was left there" in lost.err
    assert [held.name for held in streets.folder.glob("*cards*")] == ["cards.html"]


def test_a_table_for_spreadsheets_has_a_row_a_card(streets: Program) -> None:
    said = streets.ok(
        *("cards", "--role", "residents", "--project", "Harbour", "--heard", "--format", "csv")
    )
    (row,) = csv.DictReader(io.StringIO(said.out))

    assert row["project"] == "Harbour"
    assert row["why"] == "This group on this project 1 for; nobody else was heard."


def test_a_table_of_no_cards_has_its_header(streets: Program) -> None:
    said = streets.ok("cards", "--role", "residents", "--format", "csv")

    (header,) = csv.reader(io.StringIO(said.out))
    assert header == list(COLUMNS)


def test_a_group_that_is_not_there_is_refused_with_those_that_are(streets: Program) -> None:
    said = streets("cards", "--role", "sailors")

    assert said.code == 1
    assert "no role group sailors" in said.err
    assert "residents" in said.err


def test_a_programme_without_theories_says_so(streets: Program) -> None:
    streets.ok("record", "programme", "Paths")
    streets.ok("record", "stakeholder", "Ranger", "--kind", "role", "--programme", "Paths")
    said = streets.ok("cards", "--role", "ranger", "--programme", "Paths").err

    assert "no theory and no configuration is recorded yet" in said
    assert "contested" not in said
