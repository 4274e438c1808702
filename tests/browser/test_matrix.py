"""The framework matrix in a browser: every kind, a cell that is open, by keys and for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.test_pages import WIDTHS, sideways
from tests.browser.watching import Watched

OPEN = "matrix?programme=Practice&of=role&cell=general+practice~T-3"


@pytest.mark.parametrize(
    "address", [OPEN, "matrix?programme=Practice&of=factor", OPEN + "&do=summary"]
)
def test_everybody_can_use_it_at_every_width(watched: Watched, address: str) -> None:
    page = watched.open(address, "Framework matrix")
    assert violations(watched) == []

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        watched.settled()
        assert sideways(watched) == []
    assert watched.faults == []


def test_a_cell_is_opened_and_closed_by_keys(watched: Watched) -> None:
    page = watched.open("matrix?programme=Practice&of=role", "Framework matrix")
    page.locator(".matrix .tally").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".opened h2")).to_have_text("commissioner")
    expect(page.locator(".opened .pass")).to_have_count(1)

    page.locator(".opened").get_by_text("close").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".opened")).to_have_count(0)
