"""Every page, with HIPP, with Practice and empty: what it asks, says, how wide it is, who can use
it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import App
from tests.browser.places import PAGES, addresses, bare
from tests.browser.watching import Watched

CASEBOOKS = ("HIPP", "Practice", "empty")
WIDTHS = (1440, 1024, 390)
TOO_WIDE = """
(() => {
  const found = [];
  const look = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) look(e.shadowRoot);
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
      const theirs = e.closest(
        ".dvn-scroller, textarea, [data-testid=stMultiSelectTagsContainer]," +
        "[data-testid=stSidebar][data-collapsed=true]"  // it has no width then
      );
      if (scrolls && e.scrollWidth > e.clientWidth + 1 && !theirs) {
        found.push(`${e.tagName} ${e.className} ${e.scrollWidth} in ${e.clientWidth}`);
      }
    }
  };
  look(document);
  const {scrollWidth, clientWidth} = document.scrollingElement;
  if (scrollWidth > clientWidth) found.push(`the page: ${scrollWidth} in ${clientWidth}`);
  return found;
})()
"""
"""What can be scrolled sideways. Streamlit's spreadsheet may, a window on a wide table,
and so may what was chosen in its lists, which stands in one line."""


def sideways(watched: Watched) -> list[str]:
    """What can be scrolled sideways once the page has come to rest: the sidebar glides away."""
    found: list[str] = watched.evaluate(TOO_WIDE)
    for _ in range(20):
        if not found:
            break
        watched.page.wait_for_timeout(250)
        found = watched.evaluate(TOO_WIDE)
    return found


@pytest.fixture(scope="package")
def places(demo: App) -> dict[str, dict[str, str]]:
    """The whole address of every page, by casebook and name."""
    found = {name: addresses(demo.folder, name) for name in ("HIPP", "Practice")}
    return found | {"empty": bare()}


@pytest.fixture(scope="module", params=[(c, p) for c in CASEBOOKS for p in PAGES], ids="-".join)
def shown(
    request: pytest.FixtureRequest,
    places: dict[str, dict[str, str]],
    demo: App,
    nothing: App,
    window: BrowserContext,
) -> Iterator[Watched]:
    """Each page in turn, opened once for the tests of it."""
    casebook, name = request.param
    watched = Watched(window, (nothing if casebook == "empty" else demo).home)
    watched.open(places[casebook][name])
    yield watched
    watched.page.close()


def test_the_pages_that_are_looked_at_are_all_there_are() -> None:
    from components.sidebar import PAGES as THERE

    assert set(PAGES) == set(THERE)


def test_everybody_can_use_a_page_in_the_light(shown: Watched) -> None:
    assert violations(shown) == []


def test_everybody_can_use_a_page_in_the_dark(shown: Watched) -> None:
    light = _ground(shown)
    shown.page.emulate_media(color_scheme="dark")
    expect(shown.page.get_by_test_id("stApp")).not_to_have_css("background-color", light)

    assert violations(shown) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_not_scrolled_sideways(shown: Watched, width: int) -> None:
    shown.page.set_viewport_size({"width": width, "height": 900})
    shown.settled()

    assert sideways(shown) == []


def test_a_page_asks_nobody_else_and_reports_no_error(shown: Watched) -> None:
    assert shown.faults == []


def _ground(watched: Watched) -> str:
    colour: str = watched.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    return colour
