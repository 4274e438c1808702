"""The README: its tour, typed as it stands there, and its Python."""

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
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of that language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


TYPED = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
COMMANDS = [line for line in TYPED if line.startswith("cmo ")]


@dataclass(frozen=True)
class Said:
    """What one command printed, and how it ended."""

    out: str
    err: str
    code: int


@dataclass(frozen=True)
class Walk:
    """The tour as it went: the folder in which it was typed, and what each command said."""

    folder: Path
    environment: dict[str, str]
    said: tuple[Said, ...]

    def answers(self, command: str) -> list[str]:
        """The standard outputs of a command, one for each time that it was typed."""
        return [s.out for typed, s in zip(COMMANDS, self.said, strict=True) if typed == command]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Every line of the tour, typed in order into one shell, in a folder like a fresh clone."""
    folder = tmp_path_factory.mktemp("clone")
    program = folder / ".venv" / "bin" / "cmo"
    program.parent.mkdir(parents=True)
    run = f'{shlex.quote(sys.executable)} -c "from cmo.cli import main; main()"'
    program.write_text(f'#!/bin/sh\nexec {run} "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        subprocess.run(
            ["sh", "-c", _script()], cwd=folder, env=environment, check=True, timeout=500
        )
        said = tuple(
            Said(
                (folder / f"{n}.out").read_text(encoding="utf-8"),
                (folder / f"{n}.err").read_text(encoding="utf-8"),
                int((folder / f"{n}.code").read_text(encoding="utf-8")),
            )
            for n in range(len(COMMANDS))
        )
        yield Walk(folder, environment, said)
    finally:
        for casebook in ("tour", "tour-again"):
            stop(folder / casebook)


def _script() -> str:
    """The lines as typed; each command's output goes to files of its number."""
    lines, number = [], 0
    for line in TYPED:
        if line.startswith("cmo "):
            lines.append(f"{line} >{number}.out 2>{number}.err </dev/null; echo $? >{number}.code")
            number += 1
        else:
            lines.append(line)
    return "\n".join(lines)


def test_the_tour_holds_commands_and_settings_only() -> None:
    assert len(COMMANDS) > 10
    assert {line.split()[0] for line in TYPED} == {"cmo", "export"}


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=lambda n: COMMANDS[n])
def test_the_command_of_the_tour_works_as_it_stands_there(walk: Walk, number: int) -> None:
    said = walk.said[number]

    assert said.code == 0, said.err
    assert said.out.strip()


def test_the_tour_retires_the_assessment_that_it_speaks_of(walk: Walk) -> None:
    assessment = seed_id("hipp", "assessment/consultancy/telford-and-wrekin")

    assert f"cmo retire {assessment} --why" in README
    assert f"cmo reinstate {assessment}" in README
    first, without = walk.answers("cmo demo --no-serve")
    assert first != without


def test_what_was_recorded_on_the_tour_and_undone_is_in_the_books(walk: Walk) -> None:
    [books] = walk.answers("cmo history")

    assert "undo" in books


def test_the_restored_casebook_is_the_one_that_was_saved(walk: Walk) -> None:
    said = subprocess.run(
        [walk.folder / ".venv/bin/cmo", "backup", "again.cmo", "--casebook", "tour-again"],
        cwd=walk.folder,
        env=walk.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert (walk.folder / "again.cmo").read_bytes() == (walk.folder / "tour.cmo").read_bytes()


def test_the_python_of_the_readme_runs(walk: Walk) -> None:
    [program] = blocks("python")

    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=walk.folder,
        env=walk.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "HIPP" in said.stdout
    assert said.stdout.rstrip().endswith("Harbour")
