"""CSV for spreadsheets: nothing in it runs."""

from __future__ import annotations

import csv
import io

from cmo.exchange.spreadsheet import as_csv


def test_a_cell_that_would_run_as_a_formula_is_text() -> None:
    rows = [{"a": "=1+1", "b": ["=cmd", "x"], "c": -3, "d": True}]

    assert as_csv(rows, ["a", "b", "c", "d"]) == "a,b,c,d\r\n'=1+1,'=cmd; x,-3,true\r\n"


def test_what_runs_in_some_editions_only_is_text_too() -> None:
    for begins in "\t\r\n＝＋－＠":
        assert f"'{begins}1" in as_csv([{"a": f"{begins}1"}], ["a"])


def test_what_nobody_sees_before_a_formula_does_not_let_it_run() -> None:
    for before in ("\x00", "\ufeff", "\u200b", " ", "\u2028", "\x0b\x1f", "\u202e", " \xa0"):
        for begins in "=+-@＝":
            ((cell,),) = csv.reader(io.StringIO(as_csv([{"": f"{before}{begins}1"}], [""])[4:]))
            assert cell == f"'{before}{begins}1"
    assert as_csv([{"a": " a - b"}, {"a": "\ufeffa=1"}], ["a"]) == "a\r\n a - b\r\n\ufeffa=1\r\n"


def test_nothing_stands_for_what_is_not_there() -> None:
    assert as_csv([{"a": None}], ["a", "b"]) == "a,b\r\n,\r\n"
