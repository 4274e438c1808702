"""After a coding the panel beside a text is as it was at first; its keys lead where one types."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.test_changing_codings import did, notes
from tests.browser.watching import IDLE, Watched


def select_some(page: Page, words: int) -> None:
    """Selects the first words of the next answer in which nothing is coded, once the page rests."""
    page.locator(IDLE).wait_for()
    page.locator(".rd-words").focus()
    page.keyboard.press("j")
    for _ in range(words):
        page.keyboard.press("Control+Shift+ArrowRight")
    expect(page.get_by_role("heading", name="Code the selection")).to_be_visible()
    expect(page.locator(".rd-new")).to_contain_text("not coded yet")


def take_back(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Undo")).click()


def test_the_stance_is_shown_again_after_a_coding_and_a_key_places_what_was_left(
    watched: Watched,
) -> None:
    page = watched.open("source?programme=Practice&id=S-2", "Brackenholt")
    before = notes(page).count()
    unplaced = notes(page).filter(has_text="still to place")
    left = unplaced.count()
    stances = page.locator(".st-key-code_stance").get_by_role("radio")
    select_some(page, 2)
    page.keyboard.press("0")
    did(page, "Coded a passage")
    expect(page.locator(".rd-note.rd-on")).to_contain_text("still to place")

    page.locator(".rd-words").focus()
    page.keyboard.press("1")
    did(page, "Moved a coding")
    expect(page.locator(".rd-note.rd-on")).not_to_contain_text("still to place")
    expect(notes(page)).to_have_count(before + 1)

    page.keyboard.press("/")
    expect(page.locator(".st-key-one_bears_on input")).to_be_focused()
    page.keyboard.press("Escape")
    select_some(page, 2)
    expect(stances.first).to_have_attribute("aria-checked", "true")

    take_back(page)
    expect(unplaced).to_have_count(left + 1)


def test_n_waits_where_one_types_and_one_button_makes_it(watched: Watched) -> None:
    page = watched.open("source?programme=Practice&id=S-2", "Brackenholt")
    before = notes(page).count()
    select_some(page, 2)

    page.keyboard.press("n")
    expect(page.locator(".st-key-spot_contexts input")).to_be_focused()
    expect(page.locator(".st-key-code_it")).to_have_count(0)
    for words in ("A kettle that nobody owns", "Nobody is a guest"):
        page.keyboard.type(words)
        expect(page.get_by_role("option", name=words)).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_role("listbox")).to_have_count(0)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    expect(page.locator(".st-key-spot_in input")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".st-key-spot_outcomes input")).to_be_focused()
    page.keyboard.press("Control+Enter")

    did(page, "Coded a passage")
    mine = page.locator(".rd-note.rd-on")
    expect(mine).to_contain_text("A kettle that nobody owns → Nobody is a guest")
    take_back(page)
    expect(notes(page)).to_have_count(before)


def test_a_list_of_the_form_shuts_on_a_click_and_keeps_what_was_clicked(watched: Watched) -> None:
    page = watched.open("source?programme=Practice&id=S-2", "Brackenholt")
    select_some(page, 2)
    page.get_by_role("button", name="Something new").first.click()
    field = page.locator(".st-key-spot_mechanisms")
    field.locator("input").click()
    page.get_by_role("option").filter(has_text="People feel known").click()

    expect(field).to_contain_text("People feel known")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Enter")
    page.locator(IDLE).wait_for()
    expect(field).to_contain_text("People feel known")
    page.locator(".st-key-spot_close button").click()


def test_a_name_that_no_target_has_is_taken_along_to_where_it_is_made(watched: Watched) -> None:
    page = watched.open("source?programme=Practice&id=S-2", "Brackenholt")
    before = notes(page).count()
    select_some(page, 2)
    page.keyboard.press("/")
    page.keyboard.type("Nobody owns the kettle")
    expect(page.get_by_role("option")).to_have_text("Add: Nobody owns the kettle")
    page.keyboard.press("Enter")
    expect(page.locator("p:focus")).to_contain_text("Nothing here is called “Nobody owns the")
    expect(page.locator(".st-key-spot_contexts")).to_contain_text("Nobody owns the kettle")
    page.keyboard.press("Control+Enter")
    did(page, "Coded a passage")
    expect(page.locator(".rd-note.rd-on")).to_contain_text("Nobody owns the kettle")
    take_back(page)
    expect(notes(page)).to_have_count(before)


def test_what_fits_stands_before_what_is_new_and_the_list_closes_behind_it(
    watched: Watched,
) -> None:
    page = watched.open("source?programme=Practice&id=S-2", "Brackenholt")
    page.locator(".rd-words").focus()
    page.keyboard.press("/")
    page.keyboard.type("people feel")
    expect(page.get_by_role("option").last).to_have_text("Add: people feel")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-code_finder")).to_contain_text("People feel known · mechanism")
    expect(page.locator("h2:focus")).to_have_text("Code the selection")
    expect(page.get_by_role("option")).to_have_count(0)
    assert violations(watched) == []
