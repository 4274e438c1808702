"""The main job with the keys alone: nothing in this file touches a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.main_job import (
    CONFIGURATION,
    HEARD,
    KNOWN_PASSAGE,
    PROJECT,
    SILENT,
    arrow,
    coded,
    expect_heard,
    expect_recurring,
    passage,
)
from tests.browser.watching import Watched

BEFORE = ("Hallowdyke", "Marlhope")
MOST_STEPS = 150
"""How often Tab is pressed before what is looked for counts as out of reach."""


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses Tab until the focus is on what is wanted; fails where it never gets there."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STEPS):
        if _has_focus(wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST_STEPS} times {key} did not reach {wanted}")


def _has_focus(wanted: Locator) -> bool:
    return wanted.and_(wanted.page.locator(":focus")).count() == 1


def follow(page: Page, wanted: Locator) -> None:
    """Goes to a link by Tab and opens it by Enter."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def visit(watched: Watched, name: str) -> Page:
    sidebar = watched.page.get_by_test_id("stSidebar")
    follow(watched.page, sidebar.get_by_role("link", name=name, exact=True))
    return watched.settled(name)


def open_configuration(watched: Watched) -> Page:
    page = visit(watched, "Configurations")
    follow(page, page.locator("table.conf tr[data-go]").filter(has_text=CONFIGURATION))
    return watched.settled(CONFIGURATION)


def open_passage(watched: Watched, code: str, found: Locator) -> Page:
    """From the arrow of a link to one of its passages in the text, whose words get the focus."""
    page = watched.page
    follow(page, arrow(page, code))
    page.wait_for_url(re.compile("link="))
    watched.settled()
    follow(page, found)
    watched.settled(PROJECT)
    reach(page, page.locator(".rd-words"))
    return page


def code(page: Page, way: tuple[str, ...], words: int) -> str:
    """Goes a way from the top of the text, selects so many words, finds the silent link, and codes
    them; what was selected."""
    for key in way:
        page.keyboard.press(key)
    for _ in range(words):
        page.keyboard.press("Control+Shift+ArrowRight")
    said = page.locator(".selbox .said")
    expect(said).to_have_text(re.compile(rf"^“(\S+\s+){{{words - 1}}}\S+”$"))
    page.keyboard.press("/")
    page.keyboard.type("Referrals keep coming")
    page.keyboard.press("ArrowDown")
    field = page.get_by_role("combobox", name="Bears on")
    option = page.get_by_role("option").filter(has_text="Link worker is one of the team →")
    for _ in range(MOST_STEPS):
        if option.get_attribute("id") == field.get_attribute("aria-activedescendant"):
            break
        page.keyboard.press("ArrowDown")
    chosen = said.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Coded a passage. Now")).to_be_visible()
    return chosen.strip("“”")


def test_a_passage_is_coded_counted_found_and_taken_back_with_the_keys(watched: Watched) -> None:
    page = watched.open("?programme=Practice", "Practice")
    open_configuration(watched)
    expect_heard(page, *BEFORE)

    known = page.locator(".pass").filter(has_text=KNOWN_PASSAGE)
    open_passage(watched, HEARD, known)
    first = code(page, ("j",), 4)
    expect(coded(page)).to_have_text(first)
    open_configuration(watched)
    expect_heard(page, *BEFORE, PROJECT)

    open_passage(watched, SILENT, passage(page, first))
    second = code(page, ("ArrowDown",) * 4, 3)
    expect(coded(page)).to_have_text([first, second])
    open_configuration(watched)
    expect_heard(page, *BEFORE, PROJECT)

    visit(watched, "Regularities")
    reach(page, page.get_by_role("radio", name="configurations"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    follow(page, expect_recurring(page, PROJECT, "for"))
    expect(page.locator(".behind").get_by_text(first)).to_be_visible()
    expect(page.locator(".behind").get_by_text(second)).to_be_visible()

    visit(watched, "History")
    for words in (second, first):
        back = page.get_by_role("button", name="take back")
        deed = page.locator(".deed:not(.gone)").filter(has_text=words).filter(has=back)
        follow(page, deed.get_by_role("button", name="take back"))
        expect(deed).to_have_count(0)
        watched.settled()
    open_configuration(watched)
    expect_heard(page, *BEFORE)
    open_passage(watched, HEARD, known)
    expect(coded(page)).to_have_count(0)
