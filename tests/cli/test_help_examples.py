"""Help: every command has a sentence and examples, and every example works as it stands there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from cmo.cli.app import app
from cmo.graph.local import stop
from tests.cli.program import Program

ORDER = (
    "init",
    "seed",
    "demo",
    "record",
    "import",
    "code",
    "assess",
    "edit",
    "merge",
    "unmerge",
    "refine",
    "affirm",
    "user",
    "show",
    "query",
    "search",
    "regularities",
    "compare",
    "cards",
    "matrix",
    "export",
    "retire",
    "reinstate",
    "history",
    "undo",
    "withdraw",
    "check",
    "doctor",
    "backup",
    "restore",
    "serve",
)
"""In which order the examples are tried on one casebook: what they speak of is made first."""


def commands() -> Iterator[tuple[str, str]]:
    """Every command and its help, in the order above; those of a group in their own."""
    top = get_command(app)
    assert isinstance(top, TyperGroup)
    assert set(ORDER) == set(top.commands)
    for name in ORDER:
        command = top.commands[name]
        if isinstance(command, TyperGroup):
            yield from ((f"{name} {n}", c.help or "") for n, c in command.commands.items())
        else:
            yield name, command.help or ""


HELP = dict(commands())
EXAMPLES = [
    (name, example)
    for name, text in HELP.items()
    for example in re.findall(r"^Example: (cmo .*)$", text, re.MULTILINE)
]


@pytest.fixture(scope="module", autouse=True)
def _restored_engine_stops(cmo: Program) -> Iterator[None]:
    (cmo.folder / "transcripts").mkdir()
    talk = "Interviewer: Who sits here?\nIris: Whoever comes by.\nInterviewer: Thank you.\n"
    (cmo.folder / "transcripts" / "talk.txt").write_text(talk, encoding="utf-8")
    yield
    stop(cmo.folder / "restored")


@pytest.mark.parametrize("name", HELP)
def test_every_command_has_a_sentence_and_an_example(name: str) -> None:
    sentence = HELP[name].split("\n\n")[0]

    assert sentence.endswith(".")
    assert [n for n, _ in EXAMPLES if n == name]


ENDING = [(name, example) for name, example in EXAMPLES if name != "serve"]
"""The examples that end by themselves; test_serving.py tries the other one."""


@pytest.mark.parametrize(("name", "example"), ENDING, ids=[e for _, e in ENDING])
def test_the_example_works(cmo: Program, name: str, example: str) -> None:
    words = shlex.split(example)[1:]

    assert words[: len(name.split())] == name.split()
    assert cmo.ok(*words).out.strip()


def test_help_comes_without_the_driver_the_engine_or_pandas() -> None:
    code = (
        "import sys; from cmo.cli.app import app; "
        "print([m for m in ('neo4j', 'pandas', 'yaml', 'rich.table') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("name", HELP)
def test_help_stands_on_standard_output_and_ends_well(cmo: Program, name: str) -> None:
    said = cmo(*name.split(), "--help")

    assert (said.code, said.err) == (0, "")
    assert "Usage: cmo " + name in said.out
