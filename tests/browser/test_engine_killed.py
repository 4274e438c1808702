"""The engine goes away under an open page: what was typed stays, and is stored once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, expect

from cmo.cli.serving import started
from cmo.graph.address import Folder, Server
from cmo.graph.local import status
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.seeding import seed
from tests.browser.conftest import App
from tests.browser.filling import fill, named
from tests.browser.watching import IDLE, Watched
from tests.fixtures.neo4j_server import Neo4jServer

CAME_BACK = "The engine had stopped and works again."


def test_a_killed_engine_is_started_again_and_what_was_typed_is_stored_once(
    watched: Watched, demo: App
) -> None:
    page = fill(watched, "Tea before talk")
    engine = status(demo.folder).pid
    assert engine is not None
    os.kill(engine, signal.SIGKILL)

    page.get_by_role("button", name="Record it").click()

    expect(page.get_by_text(CAME_BACK)).to_be_visible()
    expect(page.locator("h1").first).not_to_have_text("Configurations")
    with open_casebook(Folder(demo.folder)) as casebook:
        assert named(casebook, "Tea before talk") == 1
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Taken back.")).to_be_visible()
        assert named(casebook, "Tea before talk") == 0


@contextmanager
def on_neo4j(
    server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Casebook]]:
    """The app on Practice in a Neo4j, and the same casebook for looking."""
    monkeypatch.setenv("CMO_NEO4J_PASSWORD", server.password)
    with open_casebook(Server(server.uri, server.user), password=server.password) as casebook:
        seed(casebook.graph, casebook.actor(), "practice")
        with started(server.uri, None, 8671) as app:
            app.open_casebook()
            yield app.answer(), casebook


def test_while_neo4j_is_stopped_what_was_typed_stays_in_the_form_and_is_stored_once(
    window: BrowserContext, expendable_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_neo4j(expendable_neo4j, monkeypatch) as (home, casebook):
        watched = Watched(window, home)
        page = fill(watched, "Tea before talk")
        expendable_neo4j.stop()

        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_text("No Neo4j answers at")).to_be_visible()
        page.locator(IDLE).wait_for()
        expendable_neo4j.start()
        page.get_by_role("button", name="Try again").click()

        expect(page.get_by_label("Nickname")).to_have_value("Tea before talk")
        sentence = page.get_by_label("As one plain sentence")
        expect(sentence).to_have_value("Where the kettle is on, people stay.")
        page.locator(IDLE).wait_for()
        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        assert named(casebook, "Tea before talk") == 1
        watched.close()
