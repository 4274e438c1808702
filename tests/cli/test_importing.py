"""`cmo import sources`: the plan first, then all of it on a yes, or nothing."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from tests.cli.program import Program
from tests.fixtures.documents import docx

TALK = "Interviewer: How was it?\nIris: They came back because I knew them.\nFergus: No.\n"


@pytest.fixture(scope="module", autouse=True)
def _streets(cmo: Program) -> None:
    cmo.ok("init")
    cmo.ok("record", "programme", "Healthy Streets")
    cmo.ok("record", "project", "Harbour")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "two.md").write_text("# A diary\n\nOf a street.\n", encoding="utf-8")
    return tmp_path


def sources(cmo: Program) -> list[str]:
    rows = cmo.ok("query", "evidence/sources", "--format", "json").json
    return [row["title"] for row in rows]


def taken_back(cmo: Program) -> None:
    cmo.ok("undo")


def test_the_plan_is_shown_and_nothing_is_written_without_a_yes(cmo: Program, folder: Path) -> None:
    shown = cmo.ok("import", "sources", str(folder), "--into", "Harbour", "--dry-run")
    refused = cmo("import", "sources", str(folder), "--into", "Harbour")

    assert "one.txt" in shown.out
    assert "2 new, 0 the same, 0 changed, 0 refused. Nothing was imported" in shown.out
    assert refused.code == 1
    assert "one.txt" in refused.out
    assert "Add --yes" in refused.err
    assert sources(cmo) == []


def test_what_programs_read_is_one_document(cmo: Program, folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing more")
    words = ("import", "sources", str(folder), "--into", "P-1", "--format", "json")

    planned = cmo.ok(*words, "--dry-run").json
    done = cmo.ok(*words, "--yes", "--speaker", "Iris=Wren", "--speaker", "one.txt:Fergus=").json
    again = cmo.ok(*words, "--yes").json

    assert [f["plan"] for f in planned["files"]] == ["refused", "new", "new"]
    assert planned["done"] == "planned"
    assert planned["files"][0]["next_step"]
    assert planned["files"][1]["speakers"][1] == {
        "label": "Iris",
        "turns": 1,
        "known": "not said",
        "pseudonym": None,
    }
    assert planned["files"][2]["headings"] == 1
    assert (done["done"], done["informants"]) == ("imported", ["Wren"])
    assert [f["code"] for f in done["files"]] == [None, "S-1", "S-2"]
    assert set(done) == set(again) == {"done", "change", "informants", "files"}
    assert again["done"] == "nothing to import"
    assert [f["plan"] for f in again["files"]] == ["refused", "same", "same"]
    taken_back(cmo)


def test_a_changed_file_says_what_is_carried_and_what_is_not(cmo: Program, folder: Path) -> None:
    path = folder / "one.txt"
    cmo.ok("import", "sources", str(path), "--into", "Harbour", "--yes")
    rows = cmo.ok("query", "evidence/sources", "--format", "json").json
    code = rows[0]["code"]
    cmo.ok("code", code, "--quote", "They came back because I knew them.")
    cmo.ok("code", code, "--quote", "How was it?")
    path.write_text("First.\n" + TALK.replace("How was it?", "Well?"), encoding="utf-8")

    said = cmo.ok("import", "sources", str(path), "--into", "Harbour", "--yes")

    assert f"changed from {code}" in " ".join(said.out.split())
    assert "1 of 2 coded passages" in " ".join(said.out.split())
    assert f"not found again, and left with {code} (1 coding): “How was it?”" in said.err
    taken_back(cmo)
    cmo.ok("retire", code, "--why", "the test is over")


def test_names_are_replaced_by_a_table_and_what_is_left_is_told(cmo: Program, folder: Path) -> None:
    (folder / "two.md").write_text("Iris and IRIS, said Mary Iris Moss.", encoding="utf-8")
    table = folder.parent / f"{folder.name}.csv"
    table.write_text("name,pseudonym\nIris,Wren\nMary Iris,Rook\n", encoding="utf-8")
    words = ("import", "sources", str(folder), "--into", "Harbour", "--pseudonyms", str(table))

    said = cmo.ok(*words, "--yes")

    assert "2 names are replaced" in said.err
    assert "Iris in Mary Iris" in said.err
    assert "two.md: perhaps names still: IRIS (1)." in said.err
    lying = Path(cmo.environment["CMO_CASEBOOK"]) / "names.csv"
    lying.write_text("name,pseudonym\nIris,Wren\n", encoding="utf-8")
    warned = cmo.ok(*words[:-1], str(lying), "--dry-run")
    lying.unlink()
    assert "Move it elsewhere" in warned.err
    taken_back(cmo)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere",), 1, "There is no file or folder nowhere."),
        ((".", "--speaker", "Iris"), 2, "is not LABEL=PSEUDONYM"),
        ((".", "--pseudonyms", "nothing.csv"), 1, "cannot be read"),
        ((".", "--into", "Atlantis"), 1, "answers to Atlantis"),
        ((".", "--speaker", "Irys=Iris"), 1, "Nobody speaks as Irys"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_way_on(
    cmo: Program, folder: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    paths = [str(folder) if word == "." else word for word in words]

    refused = cmo("import", "sources", *paths, "--yes")

    assert refused.code == code
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert sources(cmo) == []


def test_where_every_file_is_refused_the_command_fails(cmo: Program, tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("words", encoding="utf-8")

    refused = cmo("import", "sources", str(tmp_path), "--format", "json", "--yes")

    assert refused.code == 1
    assert json.loads(refused.out)["files"][0]["plan"] == "refused"


def test_ctrl_c_while_files_are_read_ends_it_with_nothing_written(
    cmo: Program, tmp_path: Path
) -> None:
    big = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_500_000)
    (tmp_path / "0.txt").write_text("quickly read", encoding="utf-8")
    for number in range(1, 30):
        (tmp_path / f"{number:02}.docx").write_bytes(big)
    running = cmo.start("import", "sources", str(tmp_path), "--into", "Harbour", "--yes")
    readers: list[psutil.Process] = []
    while not readers:
        assert running.poll() is None, running.communicate()
        time.sleep(0.1)
        readers = [
            child
            for child in psutil.Process(running.pid).children()
            if "cmo.exchange.documents.child" in child.cmdline()
        ]

    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 130, (out, err)
    assert b"Interrupted" in err
    assert not any(reader.is_running() for reader in readers)
    assert sources(cmo) == []
