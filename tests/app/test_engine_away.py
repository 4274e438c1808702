"""The app when its engine goes away, or its casebook cannot be opened: nothing typed is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cmo.domain.case import Programme
from cmo.graph.address import Folder, Server
from cmo.graph.local import status, stop
from cmo.services import recording
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import read
from tests.app.page import Page, close_apps_casebooks
from tests.fixtures.casebooks import WIPE
from tests.fixtures.losing_proxy import LosingProxy
from tests.fixtures.neo4j_server import Neo4jAddress, Neo4jServer

Open = Callable[..., Page]
KEY = "new-configuration"
SENTENCE = "Where the kettle is on, people stay, and so they come back."


@pytest.fixture
def streets(tmp_path: Path) -> Iterator[Casebook]:
    """A local casebook of one programme, for a test that ends its engine."""
    place = tmp_path / "casebook"
    with open_casebook(Folder(place)) as opened:
        recording.record(opened.graph, opened.actor("ann"), Programme(name="Healthy Streets"))
        yield opened
    close_apps_casebooks()
    stop(place)


@pytest.fixture
def passworded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Neo4jAddress], Casebook]]:
    """Makes a casebook of one programme on an empty Neo4j, and lets the app sign in there."""
    made: list[Casebook] = []

    def on(server: Neo4jAddress) -> Casebook:
        monkeypatch.setenv("CMO_NEO4J_PASSWORD", server.password)
        monkeypatch.setenv("CMO_NEO4J_USER", server.user)
        opened = open_casebook(Server(server.uri, server.user), password=server.password)
        made.append(opened)
        opened.graph.write(lambda tx: tx.run_statement(WIPE))
        recording.record(opened.graph, opened.actor("ann"), Programme(name="Healthy Streets"))
        return opened

    yield on
    close_apps_casebooks()
    for opened in made:
        opened.close()


def form(page: Open, casebook: Casebook) -> Page:
    """The form that records a configuration, filled in."""
    shown = page(casebook, "configurations", do="record")
    shown.app.text_input(key=f"{KEY}-nickname").set_value("Tea first")
    shown.app.text_area(key=f"{KEY}-sentence").set_value(SENTENCE)
    shown.app.multiselect(key=f"{KEY}-contexts").set_value(["A kettle in the hall"])
    shown.app.multiselect(key=f"{KEY}-outcomes").set_value(["People come back"])
    return shown


def typed(page: Page) -> list[object]:
    """What stands in the form."""
    return [
        page.app.text_input(key=f"{KEY}-nickname").value,
        page.app.text_area(key=f"{KEY}-sentence").value,
        page.app.multiselect(key=f"{KEY}-contexts").value,
        page.app.multiselect(key=f"{KEY}-outcomes").value,
    ]


FILLED = ["Tea first", SENTENCE, ["A kettle in the hall"], ["People come back"]]


def submit(page: Page) -> Page:
    (button,) = (b for b in page.app.button if b.label == "Record it")
    button.click()
    return page.run()


def stored(casebook: Casebook) -> list[str]:
    """The nicknames of the configurations that are there."""
    ann = casebook.actor("ann")
    (home,) = read(casebook.graph, "case/programmes", ann)
    rows = read(casebook.graph, "theory/configurations", ann, programme_id=home["id"])
    return [row["nickname"] for row in rows]


def toasts(page: Page) -> list[str]:
    return [toast.value for toast in page.app.toast]


def test_a_killed_engine_is_started_again_and_what_was_sent_is_stored_once(
    page: Open, streets: Casebook, tmp_path: Path
) -> None:
    shown = form(page, streets)
    engine = status(tmp_path / "casebook").pid
    assert engine is not None
    os.kill(engine, signal.SIGKILL)

    submit(shown)

    assert "Tea first" in shown.text("head")
    assert stored(streets) == ["Tea first"]
    assert status(tmp_path / "casebook").pid != engine


def test_after_the_engine_came_back_the_next_action_says_so_in_one_line(
    page: Open, streets: Casebook, tmp_path: Path
) -> None:
    shown = page(streets, "configurations")
    assert not toasts(shown)
    engine = status(tmp_path / "casebook").pid
    assert engine is not None
    os.kill(engine, signal.SIGKILL)

    shown.run()

    assert toasts(shown) == [
        "The engine had stopped and works again. What was stored is all there."
    ]
    assert not toasts(shown.run())


def test_while_neo4j_is_stopped_what_was_typed_is_kept_and_is_stored_once_it_is_back(
    page: Open,
    expendable_neo4j: Neo4jServer,
    passworded: Callable[[Neo4jAddress], Casebook],
) -> None:
    casebook = passworded(expendable_neo4j.address)
    shown = form(page, casebook)
    expendable_neo4j.stop()

    submit(shown)
    assert "No Neo4j answers at" in shown.text()
    shown.app.button(key="again").click()
    shown.run()
    assert "No Neo4j answers at" in shown.text()
    expendable_neo4j.start()
    shown.app.button(key="again").click()
    shown.run()

    assert typed(shown) == FILLED
    assert not shown.app.warning
    assert not stored(casebook)
    submit(shown)
    assert stored(casebook) == ["Tea first"]


def test_a_change_whose_answer_was_lost_is_not_made_a_second_time(
    page: Open,
    neo4j_server: Neo4jAddress,
    passworded: Callable[[Neo4jAddress], Casebook],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    casebook = passworded(neo4j_server)
    host, _, port = neo4j_server.uri.rpartition("//")[2].partition(":")
    with LosingProxy(host, int(port)) as proxy:
        shown = form(page, casebook)
        monkeypatch.setenv("CMO_CASEBOOK", f"bolt://127.0.0.1:{proxy.port}")
        proxy.lose(10_000, "answered")
        submit(shown)
        assert "may or may not have been stored" in shown.text()
        assert typed(shown) == FILLED
        proxy.lose(0, "answered")

        submit(shown)

        assert stored(casebook) == ["Tea first"]
        assert toasts(shown) == [
            "Your last change was stored after all.",
            "The engine had stopped and works again. What was stored is all there.",
        ]
        assert not [b for b in shown.app.button if b.label == "Record it"]
        close_apps_casebooks()


def test_a_change_that_was_in_doubt_and_is_not_there_is_made_when_it_is_sent_again(
    page: Open, streets: Casebook
) -> None:
    shown = form(page, streets)
    shown.app.session_state["_doubt"] = "a change that never came through"

    submit(shown)

    assert stored(streets) == ["Tea first"]
    assert not toasts(shown)


def said_at(monkeypatch: pytest.MonkeyPatch, place: str) -> Page:
    monkeypatch.setenv("CMO_CASEBOOK", place)
    monkeypatch.setenv("CMO_USER", "ann")
    shown = Page("home", {})
    assert "Traceback" not in shown.text()
    return shown


def test_a_casebook_that_is_not_there_is_said_and_none_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lost = tmp_path / "lost"

    shown = said_at(monkeypatch, str(lost))

    assert f"There is no casebook at {lost}." in shown.text()
    assert not lost.exists()


def test_a_casebook_that_vanishes_under_an_open_page_is_not_made_anew(
    page: Open, streets: Casebook, tmp_path: Path
) -> None:
    shown = page(streets, "configurations")
    stop(tmp_path / "casebook")
    (tmp_path / "casebook").rename(tmp_path / "elsewhere")

    shown.run()

    assert "There is no casebook at" in shown.text()
    assert not (tmp_path / "casebook").exists()
    (tmp_path / "elsewhere").rename(tmp_path / "casebook")
    shown.run()
    assert "There is no casebook at" not in shown.text()


def test_a_casebook_of_a_newer_version_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "casebook.json").write_text('{"format": 99}', encoding="utf-8")

    shown = said_at(monkeypatch, str(tmp_path))

    assert "newer" in shown.text()


def test_a_wrong_password_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, neo4j_server: Neo4jAddress
) -> None:
    monkeypatch.setenv("CMO_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("CMO_NEO4J_PASSWORD", "not the password")

    shown = said_at(monkeypatch, neo4j_server.uri)

    assert "refused the user name or the password." in shown.text()
    assert "Set CMO_NEO4J_PASSWORD" in shown.text()
    assert shown.app.button(key="again").label == "Try again"
