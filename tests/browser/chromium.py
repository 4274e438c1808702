"""A Chromium that is on this computer already: nothing is downloaded, and nobody else is asked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

__all__ = ["chromium", "find_chromium"]

NAMES = ("chromium", "chromium-browser")
PATIENCE = 60_000
"""Milliseconds that something may take to appear: long, as only what fails waits for all of it."""
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # Whatever a page asks of anybody else fails before it leaves: no name and no address but this.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of CMO_TEST_CHROMIUM, else Debian's; skips the test where there is none."""
    program = find_chromium()
    # As root, which build machines are, Chromium runs only without its sandbox.
    rootless = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*ARGUMENTS, *rootless], timeout=PATIENCE
        )
        try:
            yield browser
        finally:
            browser.close()


def find_chromium() -> str:
    """The program of CMO_TEST_CHROMIUM, else Debian's; skips the test where there is none."""
    named = os.environ.get("CMO_TEST_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        where = f"CMO_TEST_CHROMIUM names {named}, which" if named else "No chromium is on the PATH"
        said = f"{where}{' does not run.' if named else '.'}"
        pytest.skip(f"{said} The browser tests need Debian's package `chromium`, or its address.")
    return found
