"""Several browsers in one casebook: each sees the others' work at its next action."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect

from cmo.graph.address import Folder
from cmo.services.casebook import open_casebook
from cmo.services.history import history
from cmo.services.undoing import undo
from tests.browser.chromium import PATIENCE
from tests.browser.conftest import App
from tests.browser.filling import fill, named
from tests.browser.watching import IDLE, Watched

AT_ONCE = 10


@contextmanager
def several(browser: Browser, app: App, many: int) -> Iterator[list[Watched]]:
    """So many windows that share nothing, as of so many people."""
    contexts = [browser.new_context(viewport={"width": 1440, "height": 900}) for _ in range(many)]
    for context in contexts:
        context.set_default_timeout(PATIENCE)
    windows = [Watched(context, app.home) for context in contexts]
    yield windows
    for window, context in zip(windows, contexts, strict=True):
        window.close()
        context.close()


def test_what_one_records_the_other_sees_at_the_next_action(browser: Browser, demo: App) -> None:
    with several(browser, demo, 2) as (one, other):
        looking = other.open("configurations?programme=Practice", "Configurations")
        expect(looking.get_by_text("Seen by both")).to_have_count(0)
        writing = fill(one, "Seen by both")
        writing.get_by_role("button", name="Record it").click()
        expect(writing.get_by_role("button", name="Undo")).to_be_visible()

        looking.get_by_label("Find", exact=True).fill("Seen by both")
        looking.keyboard.press("Enter")

        expect(looking.get_by_text("Seen by both").first).to_be_visible()
        writing.get_by_role("button", name="Undo").click()
        expect(writing.get_by_text("Taken back.")).to_be_visible()


def test_ten_that_record_at_once_are_all_answered_and_none_is_lost_or_doubled(
    browser: Browser, demo: App
) -> None:
    names = [f"At once {n}" for n in range(AT_ONCE)]
    with several(browser, demo, AT_ONCE) as windows:
        pages = [fill(window, name) for window, name in zip(windows, names, strict=True)]
        for page in pages:
            page.get_by_role("button", name="Record it").click()
        for page, name in zip(pages, names, strict=True):
            expect(page.get_by_role("button", name="Undo")).to_be_visible()
            expect(page.locator("h1").first).to_contain_text(name)
            page.locator(IDLE).wait_for()

    with open_casebook(Folder(demo.folder)) as casebook:
        who = casebook.actor()
        assert [named(casebook, name) for name in names] == [1] * AT_ONCE
        for entry in history(casebook.graph, who, limit=AT_ONCE):
            undo(casebook.graph, who, entry.change)
        assert [named(casebook, name) for name in names] == [0] * AT_ONCE
