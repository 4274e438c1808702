"""A browser that photographs pages of the app, and refuses to ask anybody but this computer."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from cmo.errors import NotFound
from screens.pictures import HEIGHT, WIDTH

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
READY = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)
QUALITY = 24
"""Of the WebP: letters stay legible, and a full page weighs about 50 kB."""
SETTLED = 900
"""Milliseconds after which a page that is ready has drawn its last component."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium of this computer; nothing is downloaded. Raises NotFound where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise NotFound(
            "There is no Chromium on this computer.",
            "No picture was taken.",
            "Install one, on Debian: apt-get install chromium",
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def window(opened: Browser, theme: str, width: int = WIDTH, height: int = HEIGHT) -> Iterator[Page]:
    """A window of that size, light or dark, without anything remembered."""
    context = opened.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    try:
        context.route("**/*", _only_here)
        yield context.new_page()
    finally:
        context.close()


def _only_here(route: Route) -> None:
    if route.request.url.startswith("http://127.0.0.1"):
        route.continue_()
    else:
        route.abort()


def photograph(page: Page, address: str, path: Path) -> int:
    """Opens the address, waits until the page stands still, and stores what is seen of it.

    Returns the bytes written.
    """
    page.goto(address)
    page.wait_for_selector(READY, timeout=60_000)
    page.locator("h1").first.wait_for(timeout=30_000)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(SETTLED)
    picture = Image.open(io.BytesIO(page.screenshot()))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
    return path.stat().st_size
