"""What the main job is about, for those who do it with the mouse and with the keys."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

CONFIGURATION = "One of the team"
HEARD, SILENT = "L-14", "L-15"
"""Two links of that configuration: Quernmouth speaks of the first and is silent on the second."""
PROJECT = "Quernmouth"
KNOWN_PASSAGE = "the desk has worked like a charm"
"""What Quernmouth says of the first."""
FINDING = "Link worker is one of the team → Referrals keep coming"
"""The second, as it is called where passages are coded."""


def arrow(page: Page, code: str) -> Locator:
    """The arrow of a link in the picture, which opens its passages."""
    return page.get_by_role("link", name=re.compile(rf"^{code}, "))


def expect_heard(page: Page, *projects: str) -> None:
    """The arrow of the silent link counts these projects, in its number and in its words."""
    names = ", ".join(projects)
    silent = arrow(page, SILENT)
    expect(silent).to_have_attribute(
        "aria-label", f"{SILENT}, none against; {len(projects)} for: {names}. Opens its passages."
    )
    expect(silent.locator("text.n")).to_have_text(str(len(projects)))


def expect_recurring(page: Page, project: str, verdict: str) -> Locator:
    """The row of the silent link under Regularities, in which a project says that."""
    row = page.locator("table.rec tr[data-go]").filter(has=page.get_by_text(SILENT, exact=True))
    said = re.compile(rf"{project}: {verdict}(,|$)")
    expect(row.locator("svg.dots")).to_have_attribute("aria-label", said)
    return row


def coded(page: Page) -> Locator:
    """What is marked in the text as bearing on the silent link."""
    return page.locator("mark.rd-code[title*='Referrals keep coming']")


def passage(page: Page, words: str) -> Locator:
    """A passage in a list, of these words and no others."""
    return page.locator(".pass").filter(has=page.get_by_text(re.compile(rf"^“?{words}”?$")))
