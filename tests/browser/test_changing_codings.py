"""A coding is made with one key, and changed, moved, parted and taken out with the keys."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.watching import Watched

SAID = "I mouthed the words"


def did(page: Page, words: str) -> None:
    """Waits until the page says that it has done so."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def notes(page: Page) -> Locator:
    return page.locator(".rd-notes .rd-note")


def test_two_actions_code_and_one_key_each_changes_it(watched: Watched) -> None:
    page = watched.open("source?programme=Practice&id=S-2", "Brackenholt")
    before = notes(page).count()
    page.locator(".rd-words").focus()
    page.keyboard.press("j")
    for _ in range(4):
        page.keyboard.press("Control+Shift+ArrowRight")
    expect(page.locator(".selbox .said")).to_have_text(f"“{SAID}”")

    page.keyboard.press("2")
    did(page, "Coded a passage. Now")
    expect(notes(page)).to_have_count(before + 1)
    mine = page.locator(".rd-note.rd-on")
    expect(mine).to_contain_text("supports")
    page.keyboard.press("x")
    did(page, "Changed the stance")
    expect(mine).to_contain_text("against")

    page.keyboard.press("a")
    expect(page.locator(".rd-new")).to_contain_text("Enter moves the coding here")
    page.keyboard.press("[")
    expect(page.locator(".rd-new")).to_contain_text("13 characters")
    page.keyboard.press("Enter")
    did(page, "Moved the edges")
    expect(page.locator(".selbox .said")).to_have_text("“I mouthed the”")

    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("p")
    did(page, "Parted a coding")
    expect(page.locator(".selbox .said")).to_have_text("“the”")
    expect(notes(page)).to_have_count(before + 2)
    page.keyboard.press("Delete")
    did(page, "Took a coding out")
    expect(notes(page)).to_have_count(before + 1)

    undo = page.get_by_role("button", name=re.compile("^Undo"))
    for words in ("took", "parted", "moved", "changed", "coded"):
        undo.click()
        did(page, f"Taken back: {words}")
    expect(notes(page)).to_have_count(before)
    page.get_by_role("button", name=re.compile("^Redo")).click()
    did(page, "Done again: coded")
    expect(notes(page)).to_have_count(before + 1)
    undo.click()
    did(page, "Taken back: coded")
