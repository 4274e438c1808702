"""What goes where: results on standard output, all else on standard error, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cmo import __version__
from cmo.graph.local import stop
from tests.cli.program import Program, program

REFUSED = [
    ("show", "nothing-of-that-name"),
    ("query", "case/nothing"),
    ("query", "people/users"),
    ("query", "case/projects", "--param", "nothing=1"),
    ("record", "factor", "x" * 201, "--role", "context"),
    ("record", "factor", "Half", "--role", "context", "--kind-of", "no-such-factor"),
    ("retire", "HIPP", "--why", "  "),
    ("undo", "no-such-change"),
    ("history", "no-such-record"),
    ("restore", "no-such-file"),
    ("seed", "nothing"),
    ("user", "give", "nobody", "researcher", "HIPP"),
    ("show", "HIPP", "--as", "nobody"),
    ("show", "HIPP", "--casebook", "ftp://somewhere"),
]
MISTYPED = [
    ("nothing",),
    ("show",),
    ("show", "HIPP", "--format", "xml"),
    ("edit", "HIPP", "--set", "funder=x"),
    ("record", "factor", "Benches"),
    ("record", "factor", "Benches", "--role", "champion"),
    ("record", "relation", "--kind", "likes"),
    ("code", "S-1", "--start", "3"),
    ("assess", "F-1", "P-1"),
    ("retire", "HIPP"),
]


@pytest.fixture(scope="module")
def hipp(cmo: Program) -> Program:
    """The program on a casebook with HIPP in it."""
    cmo.ok("seed", "hipp")
    return cmo


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_a_refusal_is_one_line_on_standard_error_and_ends_with_1(
    hipp: Program, words: tuple[str, ...], form: str
) -> None:
    said = hipp(*words, "--format", form)

    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1, said.err
    assert len(re.findall(r"[.…)](?: |$)", said.err.strip())) >= 2, said.err


@pytest.mark.parametrize("words", MISTYPED, ids=" ".join)
def test_what_was_typed_wrongly_ends_with_2_and_nothing_on_standard_output(
    hipp: Program, words: tuple[str, ...]
) -> None:
    said = hipp(*words)

    assert (said.code, said.out) == (2, "")
    assert "Usage: cmo" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("demo",),
        ("init",),
        ("seed", "hipp"),
        ("query",),
        ("query", "case/projects"),
        ("show", "HIPP/C-6"),
        ("regularities", "--programme", "HIPP"),
        ("compare", "Nottingham", "Sandwell"),
        ("history",),
        ("user", "list"),
        ("check",),
        ("doctor",),
        ("record", "theme", "Weather", "--scheme", "analysis", "--programme", "HIPP"),
        ("undo",),
    ],
    ids=" ".join,
)
def test_json_is_all_that_stands_on_standard_output(hipp: Program, words: tuple[str, ...]) -> None:
    said = hipp.ok(*words, "--format", "json")

    assert isinstance(said.json, dict | list)


def test_json_is_the_same_for_the_same_casebook(hipp: Program) -> None:
    for words in (("query", "case/relations"), ("regularities", "--programme", "HIPP"), ("demo",)):
        first, second = (hipp.ok(*words, "--format", "json").out for _ in range(2))
        assert first == second


def test_loading_what_is_there_says_so_and_changes_nothing(hipp: Program) -> None:
    before = hipp.ok("history", "--format", "json").out

    said = hipp.ok("seed", "hipp")

    assert "nothing was changed" in said.out
    assert hipp.ok("history", "--format", "json").out == before


def test_loading_over_a_persons_edit_keeps_it_and_says_so(hipp: Program) -> None:
    hipp.ok("edit", "Northumberland", "--rev", "1", "--set", "area=Tynedale, as we say")
    try:
        said = hipp.ok("seed", "hipp")

        assert "Northumberland" in said.err
        assert hipp.ok("show", "Northumberland", "--format", "json").json["fields"]["area"] == (
            "Tynedale, as we say"
        )
    finally:
        hipp.ok("undo")


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_shared_options_may_stand_before_and_after_the_command(
    hipp: Program, place: str
) -> None:
    shared = ["--casebook", "casebook", "--as", "ann", "--format", "json", "--programme", "HIPP"]
    elsewhere = {"CMO_CASEBOOK": "elsewhere", "CMO_USER": "nobody"}
    words = [*shared, "show", "P-1"] if place == "before" else ["show", *shared, "P-1"]

    assert hipp(*words, **elsewhere).json["name"] == "Northumberland"
    if place == "after":
        assert hipp("show", "P-1", *shared, **elsewhere).json["name"] == "Northumberland"


def test_a_folder_without_a_casebook_is_not_made_one_by_a_look(hipp: Program) -> None:
    said = hipp("query", "case/projects", "--casebook", "mistyped")

    assert said.code == 1
    assert "cmo init" in said.err
    assert not (hipp.folder / "mistyped").exists()


def test_what_is_in_the_data_is_shown_and_never_obeyed(hipp: Program) -> None:
    label = "\x1b[31m[red]=1+1[/red]\x07 :smile: \u202eabc"
    hipp.ok("record", "factor", label, "--role", "context", "--programme", "HIPP")
    try:
        shown = hipp.ok("show", label).out
        told = hipp.ok("show", label, "--format", "json").out
        refused = hipp("show", label + "!").err
    finally:
        hipp.ok("undo")

    for text in (shown, told, refused):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "␛[31m[red]=1+1[/red]␇ :smile: \\u202eabc" in shown
    assert json.loads(told)["name"] == label


def test_csv_keeps_a_spreadsheet_from_running_text(hipp: Program) -> None:
    hipp.ok("record", "factor", "=HYPERLINK(1)", "--role", "context", "--programme", "HIPP")
    try:
        said = hipp.ok("query", "theory/factors", "--format", "csv").out
    finally:
        hipp.ok("undo")

    labels = [row["label"] for row in csv.DictReader(io.StringIO(said, newline=""))]
    assert "'=HYPERLINK(1)" in labels
    assert "\r\n" in said


def test_without_a_terminal_there_is_neither_colour_nor_frame(hipp: Program) -> None:
    for words in (("query", "case/projects"), ("show", "HIPP"), ("demo", "--no-serve")):
        assert not re.search("[\x1b─-╿]", hipp.ok(*words).out)


def test_no_color_is_heeded_at_a_terminal(hipp: Program) -> None:
    parent, child = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "cmo", "query", "case/themes"],
        cwd=hipp.folder,
        env=hipp.environment | {"NO_COLOR": "1", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    os.close(child)
    seen = os.read(parent, 65536).decode()
    os.close(parent)

    assert done.returncode == 0
    assert "name" in seen
    assert not re.search(r"\x1b\[[\d;]*3\d", seen)


def test_a_reader_that_goes_away_is_no_fault(hipp: Program) -> None:
    process = hipp.start("query", "evidence/codings", "--format", "json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()

    assert process.wait(60) == 141
    assert "Traceback" not in errors
    assert "Broken pipe" not in errors


def test_ctrl_c_ends_with_130_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    alone = program(tmp_path, str(tmp_path / "casebook"))
    alone.ok("init")
    process = alone.start("seed", "practice")
    assert process.stdout is not None
    assert process.stderr is not None
    while b"Reading" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)

    assert process.returncode == 130
    assert out == b""
    assert "Interrupted" in errors.decode()
    assert "Traceback" not in errors.decode()
    assert alone.ok("query", "case/programmes", "--format", "json").json == []
    assert alone.ok("check", "--format", "json").json == []
    stop(tmp_path / "casebook")


def test_a_file_that_cannot_be_read_is_refused_by_name(hipp: Program) -> None:
    (hipp.folder / "latin.txt").write_bytes("Café".encode("latin-1"))
    words = ("record", "source", "Notes", "--collected-in", "Nottingham", "--kind", "document")

    for name in ("missing.txt", "latin.txt"):
        said = hipp(*words, "--text-file", name)
        assert (said.code, said.out) == (1, "")
        assert name in said.err
        assert len(said.err.splitlines()) == 1


def test_the_program_says_its_version(cmo: Program) -> None:
    assert cmo.ok("--version").out == f"cmo {__version__}\n"


def test_a_demo_never_mixes_with_a_real_casebook(tmp_path: Path) -> None:
    data = tmp_path / "data"
    alone = program(tmp_path, "", XDG_DATA_HOME=str(data))

    alone.ok("demo", "--no-serve")
    stop(data / "cmo-casebook" / "demo")

    assert [p.name for p in (data / "cmo-casebook").iterdir()] == ["demo"]
