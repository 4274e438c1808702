"""What the program imports is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"components", *(path.name for path in ROOT.iterdir() if path.is_dir())}
USED_WITHOUT_IMPORT = {"neo4j-rust-ext"}
"""It takes the place of the driver's own packing as soon as it is installed."""


def imported(*folders: str) -> Iterator[tuple[str, Path]]:
    """Every module of others that the Python files of these folders import, by its first name."""
    for path in (p for folder in folders for p in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in (n.partition(".")[0] for n in names):
                if name not in sys.stdlib_module_names and name not in OURS:
                    yield name, path.relative_to(ROOT)


def declared(*extras: str) -> set[str]:
    """The names of the dependencies, with those of extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(w for extra in extras for w in optional[extra])]
    return {re.split(r"[\[<>=~! ;]", name)[0].lower() for name in wanted}


INSTALLED = cache(packages_distributions)


def distributions(module: str) -> set[str]:
    """What brings the module, by the names under which it is installed."""
    return {name.lower() for name in INSTALLED().get(module, ())}


@pytest.mark.parametrize(
    ("folders", "extras"), [(("cmo", "app"), ("py2neo",)), (("tests",), ("py2neo", "dev"))]
)
def test_nothing_is_imported_that_is_not_declared(
    folders: tuple[str, ...], extras: tuple[str, ...]
) -> None:
    known = declared(*extras)

    undeclared = {
        f"{path}: {module}"
        for module, path in imported(*folders)
        if not distributions(module) & known
    }

    assert not undeclared


def test_every_dependency_of_the_program_is_imported_by_it() -> None:
    used = {name for module, _ in imported("cmo", "app") for name in distributions(module)}

    assert declared() - used == USED_WITHOUT_IMPORT - used
    assert declared() >= USED_WITHOUT_IMPORT
