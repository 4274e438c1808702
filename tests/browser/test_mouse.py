"""The main job with the mouse, from the front page to the quote and back."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.main_job import (
    CONFIGURATION,
    FINDING,
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
FIRST, SECOND = "they talk in front of me", "on the rota for the birthday cake"
EDGES = """
(() => {
  const words = %s;
  const walk = document.createTreeWalker(document.querySelector(".rd-words"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walk.nextNode()) {
    nodes.push([walk.currentNode, text.length]);
    text += walk.currentNode.data;
  }
  const at = text.indexOf(words);
  const place = (unit) => {
    const [node, base] = nodes.findLast(([, from]) => from <= unit);
    return [node, unit - base];
  };
  const edge = (unit, side) => {
    const range = document.createRange();
    const [node, offset] = place(unit);
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    const box = range.getBoundingClientRect();
    return [side === "left" ? box.left + 0.5 : box.right - 0.5, box.top + box.height / 2];
  };
  return at < 0 ? null : [edge(at, "left"), edge(at + words.length - 1, "right")];
})()
"""
"""Where words of the text begin and end in the window."""


def drag_over(watched: Watched, words: str) -> None:
    """Selects words of the text as a hand does."""
    page = watched.page
    page.locator(".rd-said").filter(has_text=words).scroll_into_view_if_needed()
    edges = watched.evaluate(EDGES % json.dumps(words))
    assert edges, f"the text does not hold “{words}”"
    (left, top), (right, bottom) = edges
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=4)
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()
    expect(page.locator(".selbox .said")).to_have_text(f"“{words}”")


def code(page: Page) -> None:
    """Codes what is selected as supporting the silent link."""
    page.get_by_role("combobox", name="Bears on").click()
    page.keyboard.type("Referrals keep coming")
    page.get_by_role("option", name=re.compile(re.escape(FINDING))).click()
    expect(page.get_by_role("status").filter(has_text="Coded a passage. Now")).to_be_visible()


def visit(watched: Watched, name: str, title: str = "") -> Page:
    """Goes to a page by the sidebar."""
    watched.page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
    return watched.settled(title or name)


def open_configuration(watched: Watched) -> Page:
    page = visit(watched, "Configurations")
    page.locator("table.conf tr[data-go]").filter(has_text=CONFIGURATION).click()
    return watched.settled(CONFIGURATION)


def test_a_passage_is_coded_counted_found_and_taken_back_with_the_mouse(watched: Watched) -> None:
    page = watched.open("")
    page.get_by_role("combobox", name="Programme").click()
    page.get_by_role("option", name="Fiction: Practice").click()
    watched.settled("Practice")
    open_configuration(watched)
    expect_heard(page, *BEFORE)

    arrow(page, HEARD).click()
    page.locator(".pass").filter(has_text=KNOWN_PASSAGE).click()
    watched.settled(PROJECT)
    expect(page.locator("mark.rd-on").filter(has_text=KNOWN_PASSAGE)).to_be_in_viewport()

    drag_over(watched, FIRST)
    code(page)
    expect(coded(page)).to_have_text(FIRST)
    open_configuration(watched)
    expect_heard(page, *BEFORE, PROJECT)

    arrow(page, SILENT).click()
    passage(page, FIRST).click()
    watched.settled(PROJECT)
    drag_over(watched, SECOND)
    code(page)
    expect(coded(page)).to_have_text([SECOND, FIRST])
    open_configuration(watched)
    expect_heard(page, *BEFORE, PROJECT)

    visit(watched, "Regularities")
    page.get_by_role("radio", name="links").click()
    expect_recurring(page, PROJECT, "for").click()
    behind = page.locator(".behind")
    expect(passage(page, FIRST).and_(behind.locator(".pass"))).to_be_visible()
    expect(passage(page, SECOND).and_(behind.locator(".pass"))).to_be_visible()

    visit(watched, "History")
    for words in (SECOND, FIRST):
        back = page.get_by_role("button", name="take back")
        deed = page.locator(".deed:not(.gone)").filter(has_text=words).filter(has=back)
        deed.get_by_role("button", name="take back").click()
        expect(page.get_by_text(re.compile("^Taken back"))).to_be_visible()
        expect(deed).to_have_count(0)
    open_configuration(watched)
    expect_heard(page, *BEFORE)
    arrow(page, HEARD).click()
    page.locator(".pass").filter(has_text=KNOWN_PASSAGE).click()
    watched.settled(PROJECT)
    expect(page.locator("mark.rd-on").filter(has_text=KNOWN_PASSAGE)).to_be_in_viewport()
    expect(coded(page)).to_have_count(0)
