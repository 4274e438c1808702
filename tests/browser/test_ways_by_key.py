"""What the keys reach besides the main job: the list of them, headings, marks, and the way to stop
long work."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import App
from tests.browser.places import addresses
from tests.browser.watching import Watched


def at_heading(page: Page, words: str) -> None:
    """Waits until the focus is on the heading of these words."""
    expect(page.locator("h1:focus")).to_contain_text(words)


def test_the_list_of_keys_opens_on_every_page(watched: Watched, demo: App) -> None:
    for address in addresses(demo.folder, "Practice").values():
        page = watched.open(address)
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("this list")).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_a_page_that_is_gone_to_begins_at_its_heading(watched: Watched) -> None:
    page = watched.open("?programme=Practice", "Practice")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Configurations").focus()
    page.keyboard.press("Enter")
    at_heading(page, "Configurations")

    row = page.locator("table.conf tr[data-go]").first
    row.focus()
    page.keyboard.press("Enter")
    at_heading(page, "Known by name")
    watched.settled("Known by name")
    page.go_back()
    at_heading(page, "Configurations")


def test_each_mark_of_a_pattern_is_reached_from_its_row_and_opens_its_passages(
    watched: Watched,
) -> None:
    page = watched.open("regularities?programme=Practice", "Regularities")
    row = page.locator("table.reg tbody tr[data-go]").first
    row.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    mark = page.locator(".dots [data-go]:focus")
    name, _, verdict = str(mark.get_attribute("aria-label")).partition(": ")
    assert verdict in ("for", "against", "for and against")

    page.keyboard.press("Enter")
    expect(page.locator(".behind .only")).to_contain_text(f"Only {name}.")
    places = page.locator(".behind .pass .by")
    expect(places.first).to_contain_text(name)
    expect(mark).to_have_attribute("aria-label", re.compile(f"^{name}: "))
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    assert row.and_(page.locator(":focus")).count() == 1


def test_a_check_is_stopped_by_key_and_says_what_was_not_done(watched: Watched) -> None:
    page = watched.open("about", "About this casebook")
    page.get_by_role("button", name="Check every record").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    said = page.get_by_role("status").filter(has_text="not every record was looked at")
    expect(said).to_be_visible()
    expect(page.get_by_text("Every rule of the graph model holds.")).to_have_count(0)
