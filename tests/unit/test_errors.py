"""What a refusal says: what was wrong, what was not done, what to do next."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmo import errors
from cmo.errors import CmoError

CMO = Path(__file__).resolve().parents[2] / "cmo"
TOLD = ("wrong", "not_done", "next_step")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every place where domain, analysis or services make an error of ours."""
    for folder in ("domain", "analysis", "services"):
        for path in sorted((CMO / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id=name)) if name in errors.__all__:
                        yield f"{path.relative_to(CMO)}:{node.lineno}", node


def test_every_refusal_says_what_was_wrong_what_was_not_done_and_what_to_do() -> None:
    silent = []
    for place, call in calls():
        said = dict(zip(TOLD, call.args, strict=False))
        said |= {str(k.arg): k.value for k in call.keywords}
        for name in TOLD:
            held = said.get(name)
            if held is None or (isinstance(held, ast.Constant) and not held.value):
                silent.append(f"{place}: {name}")

    assert not silent


@pytest.mark.parametrize("left_out", TOLD)
def test_what_is_not_said_leaves_no_gap(left_out: str) -> None:
    said = {"wrong": "It broke.", "not_done": "Nothing was done.", "next_step": "Try again."}

    assert str(CmoError(**{**said, left_out: ""})) == " ".join(
        text for name, text in said.items() if name != left_out
    )
