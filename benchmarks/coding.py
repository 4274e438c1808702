"""Times coding as a person does it, in a browser: a text of 10,000 words with 500 codings.

From a click in the list of sources, and from the address in a new tab, to the words of the source's
page; from letting go of the mouse, or pressing the key, to the coding stored and drawn; and the
longest task of the browser while the text is scrolled from top to bottom, by its own trace.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.beside import Beside, beside
from benchmarks.timing import Timed
from cmo.domain.case import Programme
from cmo.domain.evidence import Coding, Excerpt, Source
from cmo.domain.theory import Factor
from cmo.domain.vocabulary import Anchor, FactorRole, SourceKind
from cmo.graph.address import Folder
from cmo.services import recording
from cmo.services.casebook import open_casebook

WORDS, CODINGS, FACTORS = 10_000, 500, 12
RUNS = 20
TITLE = "A long interview (synthetic)"
OTHER = "Another interview (synthetic)"
_LETTERS = "etaoinshrdlucmfwypvbgk"


def in_a_browser(folder: Path, title: str) -> None:
    """Prints the rows for a casebook, with a source made in it for them; says so where there is no
    browser. The folder's engine is left running."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        print(f"{title}: coding was not measured, as no chromium is on the PATH.")
        return
    source = prepare(folder)
    rootless = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=rootless)
        try:
            others = beside(long_text(), passages(long_text()), browser)
            for row, unit in coding(browser, folder, source, title, others):
                print(row.row(unit), flush=True)
        finally:
            browser.close()


def long_text(words: int = WORDS) -> str:
    """An interview of so many words, always the same, in turns of two people."""
    chance = random.Random(7)  # noqa: S311  # nothing secret
    said = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(words)]
    turns = [" ".join(said[i : i + 60]) for i in range(0, words, 60)]
    return "\n".join(f"{'Q' if i % 2 else 'Iris'}: {turn}." for i, turn in enumerate(turns))


def passages(text: str) -> list[tuple[int, int]]:
    """Where the text is coded, always the same: so many passages of a line or some."""
    chance = random.Random(11)  # noqa: S311  # nothing secret
    found = []
    for _ in range(CODINGS):
        start = text.index(" ", chance.randrange(0, len(text) - 400)) + 1
        found.append((start, text.index(" ", start + chance.randint(30, 260))))
    return found


def prepare(folder: Path) -> str:
    """Records the source with its codings, and another that has none, in a synthetic programme of
    its own; the id of the first."""
    text = long_text()
    with open_casebook(Folder(folder)) as book:
        graph, actor = book.graph, book.actor("bench")
        place = Programme(name="Bench", synthetic=True)
        programme = recording.record(graph, actor, place).id
        actor = book.actor("bench")
        source, _ = recording.record(
            graph, actor, _interview(programme, TITLE), _interview(programme, OTHER)
        ).ids
        roles = tuple(FactorRole)
        factors = [
            Factor(label=f"Factor {n}", programme=programme, roles=(roles[n % 3],))
            for n in range(FACTORS)
        ]
        targets = recording.record(graph, actor, *factors).ids
        new: list[Excerpt | Coding] = []
        for n, (start, end) in enumerate(passages(text)):
            passage = Excerpt(
                id=f"00000000-0000-4000-8000-{n:012}",
                source=source,
                anchor=Anchor.EXACT,
                start=start,
                end=end,
            )
            new += [passage, Coding(excerpt=str(passage.id), bears_on=targets[n % FACTORS])]
        recording.record(graph, actor, *new)
        return source


def _interview(programme: str, title: str) -> Source:
    return Source(
        title=title,
        collected_in=programme,
        kind=SourceKind.INTERVIEW,
        text=long_text(),
        synthetic=True,
    )


def coding(
    browser: Browser, folder: Path, source: str, title: str, others: Beside | None
) -> Iterator[tuple[Timed, float | None]]:
    """The rows for the source that `prepare` made in that casebook, each with the seconds that the
    same work takes elsewhere."""
    a_page, coded = (others.page, others.coding) if others else (None, None)
    with _served(folder) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        tools = page.context.new_cdp_session(page)
        there = f"{address}/source?id={source}"
        _open(page, there)  # the program has its modules, the browser its files
        by_address = [_open(page, there) for _ in range(5)]
        yield _row(f"{title}: source page by its address", by_address), None
        in_list = [_opened_in_list(page, tools, address, source) for _ in range(RUNS)]
        yield _row(f"{title}: click on a source to its words", in_list), a_page
        _open(page, there)
        page.locator(".rd-words").focus()
        by_key = [_by_key(page, tools) for _ in range(RUNS)]
        yield _row(f"{title}: key to coded and drawn", by_key), coded
        page.get_by_text("Code each selection at once").click()
        page.wait_for_timeout(1000)
        _choose_target(page)
        by_hand = [_by_mouse(page, tools, n) for n in range(RUNS)]
        yield _row(f"{title}: mouse-up to coded and drawn", by_hand), coded
        yield _row(f"{title}: longest task while scrolling", [_scrolled(page, tools)]), None
        page.close()


def _row(name: str, taken: list[float]) -> Timed:
    return Timed(name, min(taken), statistics.median(taken), max(taken), len(taken))


def _open(page: Page, address: str) -> float:
    page.goto("about:blank")
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".rd-note").first.wait_for(timeout=120_000)
    return time.perf_counter() - began


def _opened_in_list(page: Page, tools: CDPSession, address: str, source: str) -> float:
    """The other source is opened in between, so that each time the source is read anew."""
    if "/sources" not in page.url:
        page.goto(f"{address}/sources?programme=Bench")
    page.get_by_text(OTHER).click()
    page.locator("h1").filter(has_text=OTHER).wait_for()
    page.wait_for_timeout(500)
    _go_to_sources(page)
    page.wait_for_timeout(1000)
    taken = float(_told(tools, _WATCH % (_IN_LIST % source)))
    page.wait_for_timeout(500)
    _go_to_sources(page)
    return taken


def _go_to_sources(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name="Sources", exact=True).click()
    page.locator("[data-go^='source?']").first.wait_for()


_WATCH = """
new Promise((done) => {
  const many = () => document.querySelectorAll(".rd-notes .rd-note").length;
  const before = many();
  const began = performance.now();
  %s
  const look = () => {
    const taken = (performance.now() - began) / 1000;
    if (many() > before || taken > 60) done(taken);
    else requestAnimationFrame(look);
  };
  look();
})
"""
"""Seconds from what stands in the middle to a frame that shows one note more."""


def _told(tools: CDPSession, script: str) -> Any:
    told = tools.send(
        "Runtime.evaluate", {"expression": script, "awaitPromise": True, "returnByValue": True}
    )
    if "exceptionDetails" in told:
        raise RuntimeError(json.dumps(told["exceptionDetails"]))
    return told["result"].get("value")


_IN_LIST = """
  const leaves = [...document.querySelectorAll("[data-testid=stMain] *")].map((e) => e.shadowRoot);
  const rows = leaves.filter(Boolean)
    .map((leaf) => leaf.querySelector("[data-go^='source?id=%s']"));
  rows.find(Boolean).click();
"""
_KEY = """
  document.querySelector(".rd-words").dispatchEvent(
    new KeyboardEvent("keydown", {key: "1", bubbles: true, cancelable: true}));
"""
_UP = """
  const said = [...document.querySelectorAll(".rd-said")]
    .filter((one) => one.getBoundingClientRect().height)[%d];
  said.closest(".rd-words").dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
  const words = document.createTreeWalker(said, NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(words, 0, words, Math.min(9, words.length));
  document.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
"""


def _by_key(page: Page, tools: CDPSession) -> float:
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Control+ArrowRight")
    for _ in range(3):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.wait_for_timeout(900)  # the selection is told once the keys rest
    taken = float(_told(tools, _WATCH % _KEY))
    page.wait_for_timeout(600)
    return taken


def _choose_target(page: Page) -> None:
    """Takes the first recent target as the one that every selection is coded to."""
    page.keyboard.press("Escape")
    page.locator(".rd-words").focus()
    page.keyboard.press("Escape")
    page.wait_for_timeout(800)
    page.locator(".rd-words").press("1")
    page.wait_for_timeout(1200)


def _by_mouse(page: Page, tools: CDPSession, n: int) -> float:
    taken = float(_told(tools, _WATCH % (_UP % (2 * n))))
    page.wait_for_timeout(600)
    return taken


def _scrolled(page: Page, tools: CDPSession) -> float:
    """Seconds of the longest task of the page's own thread while it scrolls through the text."""
    found: list[dict[str, Any]] = []
    tools.on("Tracing.dataCollected", lambda told: found.extend(told["value"]))
    tools.send("Tracing.start", {"categories": "toplevel,disabled-by-default-devtools.timeline"})
    box = page.locator(".rd-pane").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 300)
    for _ in range(60):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(30)
    ended: list[bool] = []
    tools.on("Tracing.tracingComplete", lambda _: ended.append(True))
    tools.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    tasks = [e["dur"] for e in found if e.get("name", "").endswith("RunTask") and "dur" in e]
    return max(tasks) / 1e6 if tasks else math.nan  # the browser told of no task


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The app on a casebook, for as long as the block lasts: its address."""
    command = [sys.executable, "-m", "cmo", "serve", "--no-browser", "--format", "json"]
    environment = dict(os.environ, CMO_CASEBOOK=str(folder), CMO_USER="bench")
    app = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    try:
        yield json.loads("".join(_document(app.stdout)))["address"]
    finally:
        app.terminate()
        app.wait()


def _document(lines: Iterator[str] | Any) -> Iterator[str]:
    for line in lines:
        yield line
        if line.startswith("}") or line.rstrip().endswith("}"):
            return
