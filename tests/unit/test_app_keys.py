"""The list of keys is true: every shortcut of a button stands in it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def shortcuts() -> set[str]:
    """The keys that the app gives to its buttons."""
    found = set()
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg="shortcut", value=ast.Constant(value=str(key))):
                    found.add(key)
    return found


def listed() -> str:
    """The list of keys, as it stands in the program."""
    tree = ast.parse((ROOT / "app/components/keys.py").read_text(encoding="utf-8"))
    (held,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "KEYS"
    )
    return " ".join(
        f"{key}; {said};" for keys in ast.literal_eval(held).values() for key, said in keys
    )


def test_every_shortcut_of_a_button_stands_in_the_list_of_keys() -> None:
    told = listed()
    missing = [
        key for key in sorted(shortcuts()) if f"{key if '+' in key else key.upper()};" not in told
        and f"{key} " not in told
    ]  # fmt: skip

    assert len(shortcuts()) >= 8
    assert not missing
