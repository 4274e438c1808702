"""Who changes the casebook in the app first settles what is in doubt: none is made twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def trees(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(within: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """The calls in a piece of code, with the name of what they call."""
    for node in ast.walk(within):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield name, node
            case ast.Call(func=ast.Attribute(attr=name, value=ast.Name())):
                yield name, node


def changing() -> set[str]:
    """The functions of the services that reach the one write path."""
    calls: dict[str, set[str]] = {}
    for _, tree in trees("cmo/services"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                calls.setdefault(node.name, set()).update(name for name, _ in called(node))
    found = {"commit"}
    while more := {name for name, names in calls.items() if names & found} - found:
        found |= more
    return found


def test_every_change_of_the_app_asks_for_the_casebook_to_change() -> None:
    changes = changing()
    made, wrong = 0, []
    for path, tree in trees("app"):
        for name, call in called(tree):
            given = ast.unparse(call.args[0]) if call.args else ""
            if name not in changes or not given.endswith("().graph"):
                continue
            made += 1
            if given != "casebook_to_change().graph":
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}: {name}({given}, ...)")

    assert made >= 12
    assert not wrong
