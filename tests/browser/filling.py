"""The form that records a configuration, filled in, and what came of it."""

from __future__ import annotations

from playwright.sync_api import Page

from cmo.services.casebook import Casebook
from cmo.services.reading import read
from tests.browser.watching import Watched


def fill(watched: Watched, nickname: str) -> Page:
    """Opens the form that records a configuration and types into it."""
    page = watched.open("configurations?programme=Practice&do=record", "Configurations")
    page.get_by_label("Nickname").fill(nickname)
    page.get_by_label("As one plain sentence").fill("Where the kettle is on, people stay.")
    for title in ("In context", "And leads to"):
        page.get_by_role("combobox", name=title).click()
        page.get_by_role("option").first.click()
        page.keyboard.press("Escape")
    return page


def named(casebook: Casebook, nickname: str) -> int:
    """How many configurations of Practice that are in use have that nickname."""
    who = casebook.actor()
    rows = read(casebook.graph, "case/programmes", who)
    (home,) = (row["id"] for row in rows if row["name"] == "Practice")
    found = read(casebook.graph, "theory/configurations", who, programme_id=home)
    return [row["nickname"] for row in found].count(nickname)
