"""A finding by the keys alone, where it is read: opened, edited, retired, taken back, closed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cmo.graph.address import Folder
from cmo.services.casebook import open_casebook
from cmo.services.reading import read
from tests.browser.accessibility import violations
from tests.browser.conftest import App
from tests.browser.places import addresses
from tests.browser.test_pages import WIDTHS, sideways
from tests.browser.watching import Watched

SAID = ".compare .say, .find[data-go]"


def press(page: Page, name: str) -> None:
    """Goes by Tab from where the focus is to the button of that name, and presses Enter."""
    button = page.get_by_role("button", name=re.compile(f"^{name}( Shortcut .)?$"))
    expect(button).to_be_visible()
    for _ in range(60):
        if button.and_(page.locator(":focus")).count():
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab did not come to {name}")


@pytest.mark.parametrize("name", ["compare", "project"])
def test_a_finding_is_opened_edited_retired_taken_back_and_closed_by_keys(
    watched: Watched, demo: App, name: str
) -> None:
    page = watched.open(where(demo, name))
    first = page.locator(SAID).first
    said = first.locator("span").first.inner_text().split("\n")[0]
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2[data-opened]:focus")).to_have_text(said)
    address = page.url
    assert "finding=" in address

    press(page, "Edit")
    field = page.get_by_label("What was found")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type(" By keys.")
    page.keyboard.press("Tab")
    press(page, "Save")
    expect(page.locator("h2[data-opened]:focus")).to_have_text(f"{said} By keys.")
    expect(page.locator(SAID).filter(has_text="By keys.")).to_have_count(1)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("h2[data-opened]:focus")).to_have_text(said)

    press(page, "Retire")
    page.get_by_label("Why (at most").focus()
    page.keyboard.type("by keys")
    page.keyboard.press("Tab")
    press(page, "Retire it")
    expect(page.locator(".opened .kicker")).to_contain_text("retired on")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(".opened .kicker")).not_to_contain_text("retired on")

    page.locator(".opened").get_by_text("close").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".opened")).to_have_count(0)
    page.goto(address)
    watched.settled()
    expect(page.locator("h2[data-opened]")).to_have_text(said)


@pytest.mark.parametrize("name", ["compare", "project"])
def test_closing_gives_the_focus_back_to_the_statement(
    watched: Watched, demo: App, name: str
) -> None:
    page = watched.open(where(demo, name))
    statement = page.locator(SAID).nth(1)
    go = statement.get_attribute("data-go")
    statement.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2[data-opened]:focus")).to_have_count(1)

    page.locator(".opened").get_by_text("close").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-go='{go}']:focus")).to_have_count(1)


@pytest.mark.parametrize("doing", ["", "&do=edit", "&do=retire"])
@pytest.mark.parametrize("name", ["compare", "project"])
def test_everybody_can_use_it_at_every_width(
    watched: Watched, demo: App, name: str, doing: str
) -> None:
    page = watched.open(where(demo, name))
    page.locator(SAID).first.click()
    expect(page.locator("h2[data-opened]")).to_be_visible()
    page = watched.open(page.url.removeprefix(f"{watched.home}/") + doing)
    expect(page.locator("h2[data-opened]")).to_be_visible()

    assert violations(watched) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        watched.settled()
        assert sideways(watched) == []


def where(demo: App, name: str) -> str:
    """The address of a page of HIPP on which findings are read."""
    if name == "compare":
        return addresses(demo.folder, "HIPP")["compare"]
    with open_casebook(Folder(demo.folder)) as book:
        rows = read(book.graph, "evidence/findings", book.actor(), topic="grid")
    project = next(row["within_id"] for row in rows if row["programme"] == "HIPP")
    return f"project?id={project}"
