"""Whatever a text is made of, the browser shows a coding where it was made, and what is selected
there is stored with its own words: browsers count UTF-16 units, a casebook counts code points."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from cmo.domain.case import Programme, Project
from cmo.graph.address import Folder
from cmo.services import importing, recording
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.coding import Position, code_passage
from cmo.services.importing import File
from cmo.services.texts import codings_in, text_of
from tests.browser.conftest import App
from tests.browser.serving import started
from tests.browser.watching import Watched
from tests.fixtures.odd_texts import (
    LAST,
    LINE,
    chance_of_this_run,
    odd_spans,
    odd_text,
    stored,
    units,
)

CLUSTERS, DRAWN, SELECTED = 500, 24, 16
"""Of how many clusters the odd text is, and how many of its passages are coded beforehand, and
selected in the browser."""
PATIENCE = 120_000
"""Milliseconds that something may take to appear: a page of five megabytes is among it."""
SPACE = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""White space, as a browser has it: a selection is told without it at its ends."""
BLANK = re.compile(f"[{SPACE}]*")
LABEL = re.compile(rf"[{SPACE}]*[^\n:]{{1,60}}:[ \t]+")
"""What stands before a block of a text that is nobody's, and before one with a speaker."""
DRAWN_BLOCKS = """
[...document.querySelectorAll(".rd-said")].map((said) => {
  const pieces = [];
  const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const over = [];
    for (let at = walk.currentNode.parentElement; at !== said; at = at.parentElement) {
      over.push(at.dataset.id);
    }
    pieces.push([walk.currentNode.data, over]);
  }
  return [said.parentElement.querySelector(".rd-who").textContent, pieces];
})
"""
"""The blocks of the text as they are drawn: who speaks, and pieces, each with the codings over
it."""
SELECT = """
(() => {
  const place = ([block, unit]) => {
    const said = document.querySelectorAll(".rd-said")[block];
    const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      if (unit <= walk.currentNode.length) return [walk.currentNode, unit];
      unit -= walk.currentNode.length;
    }
    throw new Error("that is not drawn");
  };
  const words = document.querySelector(".rd-words");
  words.dispatchEvent(new PointerEvent("pointerdown", {button: 0, bubbles: true}));
  words.focus({preventScroll: true});
  getSelection().setBaseAndExtent(...place(%s), ...place(%s));
  document.dispatchEvent(new PointerEvent("pointerup", {button: 0}));
})()
"""
"""Selects from one place (block, UTF-16 unit) to another, as a hand that lets the mouse go."""


@dataclass
class Odd:
    """An app on a casebook with an odd text and a long one: the ids of their sources, the odd text
    as it must be stored, and what was taken of it in order."""

    app: App
    book: Casebook
    chance: random.Random
    source: str
    text: str
    long: str
    taken: list[tuple[int, int]] = field(default_factory=list)

    def codings(self) -> list[dict[str, Any]]:
        """The codings of the odd text as they are stored, in the order in which they were made."""
        rows = codings_in(self.book.graph, self.book.actor(), self.source)
        return sorted(rows, key=lambda row: str(row["created_at"]))


@pytest.fixture(scope="module")
def odd(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    assert browser.is_connected()
    chance = chance_of_this_run()
    folder = tmp_path_factory.mktemp("odd") / "casebook"
    with open_casebook(Folder(folder)) as book:
        ann, graph = book.actor(), book.graph
        programme = recording.record(graph, ann, Programme(name="Healthy Streets")).id
        harbour = recording.record(graph, ann, Project(name="Harbour", part_of=programme)).id
        raw = odd_text(chance, CLUSTERS)
        files = {"odd.txt": raw, "long.txt": LINE + LAST}
        given = [File(name, None, text.encode()) for name, text in files.items()]
        seen = importing.look(graph, ann, given, importing.Wanted(harbour, encoding="utf-8"))
        (_, source, _), (_, long, _) = importing.import_sources(graph, ann, seen).sources
        with started("serve", "--no-browser", "--port", "8781", casebook=folder) as home:
            yield Odd(App(home, folder), book, chance, source, stored(raw), long)


@pytest.fixture
def watched(odd: Odd, wide_window: BrowserContext) -> Iterator[Watched]:
    opened = Watched(wide_window, odd.app.home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def wide_window(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own, so that nothing of the demo is remembered in it."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


class Drawn:
    """The text as a page draws it: for each block where it stands in the text, [start, end)."""

    def __init__(self, watched: Watched, text: str) -> None:
        self.text, blocks, end = text, watched.evaluate(DRAWN_BLOCKS), 0
        self.pieces: list[tuple[str, list[str]]] = [piece for _, of in blocks for piece in of]
        self.at: list[tuple[int, int]] = []
        for who, pieces in blocks:
            before = (LABEL if who else BLANK).match(text, end)
            assert before, text[end:]
            start, words = before.end(), "".join(piece for piece, _ in pieces)
            end = start + len(words)
            assert text[start:end] == words
            self.at.append((start, end))
        assert not text[end:].strip(SPACE)

    def of(self, coding: str) -> str:
        """What is drawn of a coding."""
        return "".join(words for words, over in self.pieces if coding in over)

    def held(self, start: int, end: int) -> str:
        """What of a passage is words that are drawn."""
        return "".join(self.text[max(start, a) : min(end, b)] for a, b in self.at)

    def place(self, position: int, last: bool) -> tuple[int, int] | None:
        """The block of a position and the UTF-16 unit there; None where it is not drawn. The end
        of a passage belongs to the block before it (`last`)."""
        for block, (a, b) in enumerate(self.at):
            if (a < position <= b) if last else (a <= position < b):
                return block, units(self.text[a:position])
        return None


def expect_drawn(watched: Watched, odd: Odd) -> Drawn:
    """Every coding that is stored covers its own words on the page, and no others."""
    drawn, codings = Drawn(watched, odd.text), odd.codings()
    assert [(row["start"], row["end"]) for row in codings] == odd.taken
    for row in codings:
        assert row["quote"] == odd.text[row["start"] : row["end"]]
        assert drawn.of(row["id"]) == drawn.held(row["start"], row["end"])
    return drawn


def opened(watched: Watched, source: str, title: str) -> None:
    watched.open(f"source?programme=Healthy+Streets&id={source}", title)
    watched.page.locator(".rd-said").first.wait_for()


def test_a_coding_is_drawn_over_its_own_words_and_no_others(watched: Watched, odd: Odd) -> None:
    graph, ann = odd.book.graph, odd.book.actor()
    assert text_of(graph, ann, odd.source).text == odd.text
    for start, end in odd_spans(odd.chance, odd.text, DRAWN):
        code_passage(graph, ann, odd.source, Position(start, end), None)
        odd.taken.append((start, end))

    opened(watched, odd.source, "odd")

    drawn = expect_drawn(watched, odd)
    assert len(drawn.at) > 4
    assert sum(bool(drawn.held(*place)) for place in odd.taken) > DRAWN // 2


def selectable(drawn: Drawn, chance: random.Random) -> Iterator[tuple[int, int, Any, Any]]:
    """Passages that begin and end in words that are drawn, with these places; some of the places
    are inside a character of two units, which is then selected whole."""
    for start, end in odd_spans(chance, drawn.text, 100 * SELECTED):
        first, last = drawn.place(start, last=False), drawn.place(end, last=True)
        if first is None or last is None:
            continue
        if chance.random() < 0.5:
            first = (first[0], first[1] + units(drawn.text[start]) - 1)
            last = (last[0], last[1] - units(drawn.text[end - 1]) + 1)
        words = drawn.text[start:end]
        from_ = end - len(words.lstrip(SPACE))
        to = start + len(words.rstrip(SPACE))
        if from_ < to and first < last:
            yield from_, to, first, last


def test_what_is_selected_is_stored_as_the_same_words(watched: Watched, odd: Odd) -> None:
    opened(watched, odd.source, "odd")
    drawn, notes = Drawn(watched, odd.text), watched.page.locator(".rd-notes .rd-note")
    wanted = selectable(drawn, odd.chance)

    for _ in range(SELECTED):
        start, end, *places = next(wanted)
        many = notes.count()
        watched.evaluate(SELECT % tuple(map(json.dumps, places)))
        said = f"{end - start} characters, not coded yet"
        expect(watched.page.locator(".rd-new .rd-by")).to_have_text(said)
        watched.page.keyboard.press("0")
        expect(notes).to_have_count(many + 1)
        odd.taken.append((start, end))

    expect_drawn(watched, odd)


def test_five_megabytes_in_one_line_are_opened_and_coded_to_their_end(
    watched: Watched, odd: Odd
) -> None:
    graph, ann = odd.book.graph, odd.book.actor()
    page = watched.page
    assert len((LINE + LAST).encode()) > 5_000_000
    at = len(LINE) + LAST.index("kettle")
    made = code_passage(graph, ann, odd.long, Position(at, at + 6), None).id

    opened(watched, f"{odd.long}&coding={made}", "long")
    expect(page.locator("mark.rd-on")).to_have_text("kettle")
    expect(page.locator("mark.rd-on")).to_be_in_viewport()
    blocks = page.locator(".rd-said")
    last = blocks.count() - 1
    end = units(blocks.nth(last).text_content() or "")
    watched.evaluate(SELECT % (json.dumps([last, end - 2]), json.dumps([last, end])))
    expect(page.locator(".selbox .said")).to_have_text("“𝄞”", timeout=PATIENCE)
    page.keyboard.press("0")
    expect(page.locator(".rd-notes .rd-note")).to_have_count(2, timeout=PATIENCE)

    length = len(LINE + LAST)
    told = [(row["start"], row["end"], row["quote"]) for row in codings_in(graph, ann, odd.long)]
    assert told == [(at, at + 6, "kettle"), (length - 1, length, "𝄞")]
