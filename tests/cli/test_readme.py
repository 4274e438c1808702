"""README and tutorial: their commands typed as they stand there, and the README's Python."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cmo.exchange.seeds import seed_id
from cmo.graph.local import stop

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/tutorial.md")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The page's code blocks of that language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)


def typed(page: str) -> list[str]:
    """The lines that a reader of the page types, in order."""
    return [line for block in blocks(page, "sh") for line in block.splitlines() if line.strip()]


def commands(page: str) -> list[str]:
    """Those among them that call the program."""
    return [line for line in typed(page) if line.startswith("cmo ")]


EVERY_COMMAND = [(page, n) for page in PAGES for n in range(len(commands(page)))]


@dataclass(frozen=True)
class Said:
    """What one command printed, and how it ended."""

    out: str
    err: str
    code: int


@dataclass(frozen=True)
class Walk:
    """A page as it went: the folder in which it was typed, and what each command said."""

    page: str
    folder: Path
    environment: dict[str, str]
    said: tuple[Said, ...]

    def answers(self, command: str) -> list[str]:
        """The standard outputs of a command, one for each time that it was typed."""
        pairs = zip(commands(self.page), self.said, strict=True)
        return [said.out for line, said in pairs if line == command]


def _walk(page: str, folder: Path) -> Iterator[Walk]:
    """Every line of the page, typed in order into one shell, in a folder like a fresh clone."""
    program = folder / ".venv" / "bin" / "cmo"
    program.parent.mkdir(parents=True)
    run = f'{shlex.quote(sys.executable)} -c "from cmo.cli import main; main()"'
    program.write_text(f'#!/bin/sh\nexec {run} "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        subprocess.run(
            ["sh", "-c", _script(page)], cwd=folder, env=environment, check=True, timeout=500
        )
        said = tuple(
            Said(
                (folder / f"{n}.out").read_text(encoding="utf-8"),
                (folder / f"{n}.err").read_text(encoding="utf-8"),
                int((folder / f"{n}.code").read_text(encoding="utf-8")),
            )
            for n in range(len(commands(page)))
        )
        yield Walk(page, folder, environment, said)
    finally:
        for mark in folder.glob("*/casebook.json"):
            stop(mark.parent)


def _script(page: str) -> str:
    """The lines as typed; each command's output goes to files of its number."""
    lines, number = [], 0
    for line in typed(page):
        if line.startswith("cmo "):
            lines.append(f"{line} >{number}.out 2>{number}.err </dev/null; echo $? >{number}.code")
            number += 1
        else:
            lines.append(line)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The tour of the README."""
    yield from _walk("README.md", tmp_path_factory.mktemp("tour"))


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The tutorial."""
    yield from _walk("docs/tutorial.md", tmp_path_factory.mktemp("tutorial"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_commands_and_little_else(page: str) -> None:
    assert len(commands(page)) > 10
    assert {line.split()[0] for line in typed(page)} <= {"cmo", "export", "echo"}


@pytest.mark.parametrize(
    ("page", "number"),
    EVERY_COMMAND,
    ids=[f"{page}-{commands(page)[n][4:40]}" for page, n in EVERY_COMMAND],
)
def test_a_command_works_as_it_stands_on_the_page(
    request: pytest.FixtureRequest, page: str, number: int
) -> None:
    walk: Walk = request.getfixturevalue("tour" if page == "README.md" else "tutorial")
    said = walk.said[number]

    assert said.code == 0, said.err
    assert said.out.strip()
    assert "Traceback" not in said.err


def test_the_tour_retires_the_assessment_that_it_speaks_of(tour: Walk) -> None:
    assessment = seed_id("hipp", "assessment/consultancy/telford-and-wrekin")
    page = text_of("README.md")

    assert f"cmo retire {assessment} --why" in page
    assert f"cmo reinstate {assessment}" in page
    told = [
        re.search(r"offered to (\d), named as enabling in (\d).*? silent (\d)", " ".join(o.split()))
        for o in tour.answers("cmo demo --no-serve")
    ]
    assert [found and found.groups() for found in told] == [("5", "3", "2"), ("4", "2", "3")]


def test_what_was_undone_on_the_tour_is_in_the_books(tour: Walk) -> None:
    [books] = tour.answers("cmo history")

    assert "undo" in books


def test_the_restored_casebook_is_the_one_that_was_saved(tour: Walk) -> None:
    said = subprocess.run(
        [tour.folder / ".venv/bin/cmo", "backup", "again.cmo", "--casebook", "tour-again"],
        cwd=tour.folder,
        env=tour.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert (tour.folder / "again.cmo").read_bytes() == (tour.folder / "tour.cmo").read_bytes()


def test_the_python_of_the_readme_runs(tour: Walk) -> None:
    [program] = blocks("README.md", "python")

    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tour.folder,
        env=tour.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "HIPP" in said.stdout
    assert said.stdout.rstrip().endswith("Harbour")


def test_the_tutorial_ends_where_nobody_speaks_for_the_link(tutorial: Walk) -> None:
    before, after = tutorial.answers("cmo regularities")

    assert "contested" in before
    assert "contested" not in after
    assert "Hillside" in after
