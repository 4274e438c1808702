"""What the trials share: engines to kill, and a voice, for some of them take long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cmo.graph.local import stop
from tests.trials.expendable import Expendable, LocalEngine, Neo4jEngine


@pytest.fixture
def expendable(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Expendable]:
    """An engine for one test, which may kill it; once each."""
    if engine == "neo4j":
        yield Neo4jEngine(request.getfixturevalue("expendable_neo4j"))
        return
    folder = tmp_path / "casebook"
    yield LocalEngine(folder)
    stop(folder)


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Writes a line to the terminal at once, though what tests write is captured."""

    def say(line: str) -> None:
        with capfd.disabled():
            sys.stdout.write(f"\n{line}")
            sys.stdout.flush()

    return say
