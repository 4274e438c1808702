"""The pages of the app, run without a browser on casebooks of their own (the local engine)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cmo.graph.address import Folder
from cmo.graph.local import stop
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.seeding import seed
from tests.app.page import Page, close_apps_casebooks


@pytest.fixture(scope="session", autouse=True)
def _app_casebooks_are_closed() -> Iterator[None]:
    """What the app opened in this process is closed when the tests are over."""
    yield
    close_apps_casebooks()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """An open casebook with HIPP and Practice, made by Ann, for tests that only look."""
    yield from _seeded(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def expendable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """As `demo`, for tests that write: each must hold whatever another has written before."""
    yield from _seeded(tmp_path_factory.mktemp("expendable"))


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """An open casebook without a programme; nobody writes into it."""
    folder = tmp_path_factory.mktemp("nothing") / "casebook"
    with open_casebook(Folder(folder)) as opened:
        opened.actor("ann")
        yield opened
    close_apps_casebooks()
    stop(folder)


def _seeded(folder: Path) -> Iterator[Casebook]:
    place = folder / "casebook"
    with open_casebook(Folder(place)) as opened:
        for name in ("hipp", "practice"):
            seed(opened.graph, opened.actor("ann"), name)
        yield opened
    close_apps_casebooks()
    stop(place)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """Opens a page as Ann: page(casebook, 'project', programme='HIPP', id='...'); see Page."""

    def opened(casebook: Casebook, name: str, *, user: str = "ann", **query: str) -> Page:
        monkeypatch.setenv("CMO_CASEBOOK", str(casebook.place))
        monkeypatch.setenv("CMO_USER", user)
        return Page(name, query)

    return opened
