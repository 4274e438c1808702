"""CSV for spreadsheets: nothing in it runs."""

from __future__ import annotations

from cmo.exchange.spreadsheet import as_csv


def test_a_cell_that_would_run_as_a_formula_is_text() -> None:
    rows = [{"a": "=1+1", "b": ["=cmd", "x"], "c": -3, "d": True}]

    assert as_csv(rows, ["a", "b", "c", "d"]) == "a,b,c,d\r\n'=1+1,'=cmd; x,-3,true\r\n"


def test_what_runs_in_some_editions_only_is_text_too() -> None:
    for begins in "\t\r\n＝＋－＠":
        assert f"'{begins}1" in as_csv([{"a": f"{begins}1"}], ["a"])


def test_nothing_stands_for_what_is_not_there() -> None:
    assert as_csv([{"a": None}], ["a", "b"]) == "a,b\r\n,\r\n"
