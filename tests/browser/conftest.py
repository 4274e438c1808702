"""The app in a browser: one program for the demo, one for an empty casebook, one Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import PATIENCE, chromium
from tests.browser.serving import run, started
from tests.browser.watching import Watched


@dataclass(frozen=True)
class App:
    """An app that runs: where it answers, and the casebook that it shows."""

    home: str
    folder: Path


# Of the folder and not of the session: Playwright keeps an event loop, which other tests must not
# find running.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium without a window; skips where there is none."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="package")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The demo, started as a user starts it. Whoever writes into it takes it back."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("browser") / "demo"
    with started("demo", "--no-browser", "--port", "8601", casebook=folder) as home:
        yield App(home, folder)


@pytest.fixture(scope="package")
def nothing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app on an empty casebook; nobody writes into it."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("browser") / "empty"
    run("init", casebook=folder)
    with started("serve", "--no-browser", "--port", "8651", casebook=folder) as home:
        yield App(home, folder)


@pytest.fixture(scope="package")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window of 1440 by 900 in the light theme, whose pages share what the browser keeps."""
    opened = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-GB"
    )
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def watched(demo: App, window: BrowserContext) -> Iterator[Watched]:
    """A page on the demo; at the end it must have done nothing that it should not."""
    opened = Watched(window, demo.home)
    yield opened
    opened.close()
