"""What every test gets: the engines by name, and an environment without a casebook in it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.neo4j_server",
    "tests.fixtures.skipped",
    "tests.fixtures.casebooks",
]

ENGINES = ("local", "neo4j")
CHOSEN_BY_THE_CALLER = {"CMO_TRIALS"}

# Tests that run in the background, or without their terminal, are started with Ctrl-C or its end
# ignored, and so would be every program that they start; some tests send them.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# A test never asserts a time, and a failure in CI must come again on the next run.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine: a test that asks for it runs once on each."""
    name: str = request.param
    return name


@pytest.fixture(scope="session", autouse=True)
def _no_casebook_but_the_tests_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nobody's real casebook, address or password can be reached by a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if (
                name.startswith("CMO_")
                and not name.startswith("CMO_TEST_")
                and name not in CHOSEN_BY_THE_CALLER
            ):
                patch.delenv(name)
        home = tmp_path_factory.mktemp("xdg")
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        yield
