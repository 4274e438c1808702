"""Whatever a text is made of, text[start:end] is the quote: imported, coded, read on every way,
backed up and restored, and in every file to take along as far as its format can hold it."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from cmo.domain.case import Programme, Project, Theme
from cmo.domain.vocabulary import ThemeScheme
from cmo.exchange.lossless import Node, Tie, load
from cmo.exchange.workbook import LONGEST
from cmo.graph.graph import Graph
from cmo.services import importing, recording
from cmo.services.actor import Actor
from cmo.services.backup import backup, restore
from cmo.services.casebook import Casebook
from cmo.services.coding import Position, Quotation, code_passage
from cmo.services.evidence_export import write_evidence
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.framework_axes import Of, axes
from cmo.services.framework_files import as_bytes
from cmo.services.importing import File
from cmo.services.reading import get_records, read
from cmo.services.searching import search
from cmo.services.texts import codings_in, text_of
from tests.fixtures.casebooks import WIPE
from tests.fixtures.odd_texts import (
    LAST,
    LINE,
    chance_of_this_run,
    odd_spans,
    odd_text,
    stored,
    units,
)

LONG = ("a", "👩‍👩‍👧", "\x00Ze\u0301 so it goes")
"""What passages are made of that are longer than a cell of a spreadsheet."""
MANY = 48
"""How many texts are imported besides."""


@dataclass(frozen=True)
class Coded:
    """A casebook in which odd texts were imported and coded: the texts by their sources' ids, and
    by the codings' ids which source they are of and what was taken from where."""

    graph: Graph
    actor: Actor
    texts: dict[str, str]
    taken: dict[str, tuple[str, int, int]]

    @property
    def programme(self) -> dict[str, Any]:
        """The programme of all of them."""
        (here,) = read(self.graph, "case/programmes", self.actor)
        return here

    def quote(self, coding: str) -> str:
        """What stands where that coding's passage was taken."""
        source, start, end = self.taken[coding]
        return self.texts[source][start:end]


def emptied(casebook: Casebook) -> Actor:
    casebook.graph.write(lambda tx: tx.run_statement(WIPE))
    return casebook.actor("ann")


@pytest.fixture(scope="module")
def book(engine_casebook: Casebook) -> Coded:
    """Imports odd texts as files into one project, and codes passages of each, by position and by
    words. No test leaves it otherwise than it was."""
    chance, graph, ann = chance_of_this_run(), engine_casebook.graph, emptied(engine_casebook)
    programme = recording.record(graph, ann, Programme(name="Healthy Streets")).id
    harbour = recording.record(graph, ann, Project(name="Harbour", part_of=programme)).id
    theme = Theme(name="Vision", programme=programme, scheme=ThemeScheme.ANALYSIS, position=0)
    vision = recording.record(graph, ann, theme).id
    odd = [odd_text(chance, chance.randint(1, 60)) for _ in range(MANY)]
    every = (*map(long, LONG), LINE + LAST, *odd)
    raws = {f"{n}.txt": f"{raw} no. {n}" for n, raw in enumerate(every)}
    files = [File(name, None, raw.encode()) for name, raw in raws.items()]
    seen = importing.look(graph, ann, files, importing.Wanted(harbour, encoding="utf-8"))
    done = importing.import_sources(graph, ann, seen)
    assert [name for name, _, _ in done.sources] == list(raws)

    # A mark at the beginning of a file says how it is written, and is no text.
    texts = {s: stored(raws[name].removeprefix("\ufeff")) for name, s, _ in done.sources}
    taken = {}
    for n, (source, text) in enumerate(texts.items()):
        for start, end in (
            [(0, len(long(LONG[n])))] if n < len(LONG) else odd_spans(chance, text, 2)
        ):
            passage: Position | Quotation = Position(start, end)
            if n > len(LONG) and chance.random() < 0.5:
                words = text[start:end]
                # Words that stand in several places are told by which of them it is.
                earlier = re.findall(f"(?={re.escape(words)})", text[: end - 1])
                passage = Quotation(words, len(earlier) + 1)
            coding, *_ = code_passage(graph, ann, source, passage, vision).ids
            taken[coding] = (source, start, end)
    return Coded(graph, ann, texts, taken)


def _places(number: int, text: str, chance: random.Random) -> Iterable[tuple[int, int]]:
    """Where passages are taken of the text of that number."""
    if number < len(LONG):
        return [(0, len(long(LONG[number])))]
    if number == len(LONG):
        return [(len(LINE) + LAST.index("kettle"), len(LINE) + LAST.index("was") + 3)]
    return odd_spans(chance, text, 2)


def long(piece: str) -> str:
    return piece * (49_000 // len(piece))


def expect_kept(book: Coded) -> None:
    """Every way of reading tells the texts, and their passages where they were taken."""
    graph, ann = book.graph, book.actor
    for source, text in book.texts.items():
        assert text_of(graph, ann, source).text == text
    sources = get_records(graph, ann, list(book.texts))
    assert {held.id: held.fields["text"] for held in sources} == book.texts
    codings = {held.id: held.fields["excerpt"] for held in get_records(graph, ann, [*book.taken])}
    excerpts = {x.id: x.fields for x in get_records(graph, ann, [*set(codings.values())])}
    for coding, place in book.taken.items():
        held = excerpts[codings[coding]]
        assert (held["source"], held["start"], held["end"]) == place
        assert held["quote"] == book.quote(coding)
    in_grid = passages(graph, ann, book.programme["id"], Wanted(), None, 10_000).rows
    in_page = [row for source in book.texts for row in codings_in(graph, ann, source)]
    for rows in (in_grid, in_page):
        told = {row["id"]: (row["start"], row["end"], row["quote"]) for row in rows}
        assert told == {
            coding: (start, end, book.quote(coding))
            for coding, (_, start, end) in book.taken.items()
        }


def test_a_quote_stands_where_it_was_taken_however_it_is_read(book: Coded) -> None:
    expect_kept(book)


def test_a_quote_stands_where_it_was_taken_in_a_backup_and_after_it_is_restored(
    engine_casebook: Casebook, book: Coded, tmp_path: Path
) -> None:
    path = tmp_path / "odd.jsonl"
    backup(book.graph, book.actor, path)

    items = list(load(path))
    nodes = {item.id: dict(item.properties) for item in items if isinstance(item, Node)}
    of = {t.start: t.end for t in items if isinstance(t, Tie) and t.type == "TAKEN_FROM"}
    places = set()
    for excerpt, source in of.items():
        text, held = nodes[source]["text"], nodes[excerpt]
        assert text == book.texts[source]
        assert text[held["start"] : held["end"]] == held["quote"]
        places.add((source, held["start"], held["end"]))
    assert places == set(book.taken.values())

    engine_casebook.graph.write(lambda tx: tx.run_statement(WIPE))
    restore(engine_casebook.graph, path)
    expect_kept(Coded(book.graph, engine_casebook.actor("ann"), book.texts, book.taken))


def test_words_are_found_where_they_stand_in_five_megabytes_in_one_line(book: Coded) -> None:
    (hit,) = search(book.graph, book.actor, '"kettle was on"').hits
    (place,) = hit.places

    assert place.start == len(LINE) + LAST.index("kettle")
    assert book.texts[hit.id][place.start : place.end] == "kettle\u202c was on"


def evidence(book: Coded, form: str) -> bytes:
    held = io.BytesIO()
    rows = write_evidence(book.graph, book.actor, book.programme, Wanted(), form, held)
    assert rows == len(book.taken)
    return held.getvalue()


def as_table(book: bytes, sheet: str, key: str) -> dict[str, dict[str, Any]]:
    """The rows of a sheet by the column `key`."""
    heads, *rows = openpyxl.load_workbook(io.BytesIO(book))[sheet].iter_rows(values_only=True)
    named = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    return {row[key]: row for row in named}


def csv_rows(file: bytes) -> dict[str, dict[str, str]]:
    held = io.StringIO(file.decode("utf-8-sig"), newline="")
    return {row["coding_id"]: row for row in csv.DictReader(held, strict=True)}


def matrix_rows(book: Coded) -> dict[str, dict[str, Any]]:
    """The passages of the framework matrix, themes by projects, as a spreadsheet has them."""
    wanted = axes(book.graph, book.actor, book.programme["id"], Of.THEME)
    file = as_bytes(book.graph, book.actor, book.programme, wanted, "xlsx")
    return as_table(file, "Passages", "coding")


def in_csv(quote: str) -> str:
    """As decision 14 has it: a text that a spreadsheet would run gets an apostrophe, also where
    what nobody sees stands before the sign."""
    seen = "".join(dropwhile(is_unseen, quote))
    runs = quote[0] in "\t\r\n" or seen[:1] in tuple("=+-@＝＋－＠")
    return f"'{quote}" if runs else quote


def is_unseen(sign: str) -> bool:
    ranges = (
        *(("\x00", " "), ("\x7f", "\xa0"), ("\xad", "\xad")),
        *(("\u200b", "\u200f"), ("\u2028", "\u202f"), ("\u2060", "\u2069")),
    )
    return sign == "\ufeff" or any(first <= sign <= last for first, last in ranges)


def in_matrix(quote: str) -> str:
    """As decision 26 has it: the matrix is to be read, so U+FFFD stands for what no document can
    hold. What keeps to its line that which turns the direction of writing is left out here: see
    tests/property/test_matrix_files.py."""
    return bare(
        "".join(c if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") else "�" for c in quote)
    )


def bare(told: str) -> str:
    return told.replace("\u2068", "").replace("\u2069", "")


def test_a_quote_in_a_file_is_what_stands_there_as_far_as_the_format_holds_it(book: Coded) -> None:
    of_csv = csv_rows(evidence(book, "csv"))
    of_xlsx = as_table(evidence(book, "xlsx"), "Evidence", "coding_id")
    of_matrix = matrix_rows(book)

    assert set(of_csv) == set(of_xlsx) == set(of_matrix) == set(book.taken)
    for coding, (_, start, end) in book.taken.items():
        quote = book.quote(coding)
        assert (of_csv[coding]["start"], of_csv[coding]["end"]) == (str(start), str(end))
        assert of_csv[coding]["quote"] == in_csv(quote)
        assert (of_xlsx[coding]["start"], of_xlsx[coding]["end"]) == (start, end)
        if units(quote) <= LONGEST:
            assert unescape(of_xlsx[coding]["quote"]) == quote
            told = of_matrix[coding]["quote"]
            assert bare(told) == in_matrix(quote)
            for line in re.split("[\n\u2029]", told):
                turns = re.search("[\u202a-\u202e\u2066-\u2069]", line)
                assert not turns or (line[0], line[-1]) == ("\u2068", "\u2069")


def test_a_quote_that_no_cell_holds_is_cut_there_and_says_so(book: Coded) -> None:
    workbook, of_matrix = evidence(book, "xlsx"), matrix_rows(book)
    rows = as_table(workbook, "Evidence", "coding_id")
    too_long = [coding for coding in book.taken if units(book.quote(coding)) > LONGEST]

    for coding in too_long:
        quote, cell = book.quote(coding), unescape(rows[coding]["quote"])
        kept, _, note = cell.partition(" … [cut: ")
        assert quote.startswith(kept)
        assert units(cell) in (LONGEST - 1, LONGEST)
        assert f"this text has {units(quote) - LONGEST:,} more" in note
        short = of_matrix[coding]["quote"]
        assert units(short) in (LONGEST - 2, LONGEST - 1, LONGEST)
        assert short.endswith("…")
        assert in_matrix(quote).startswith(bare(short[:-1]))
    said = as_table(workbook, "About", "what")["cut short"]["it is"]
    assert len(too_long) == len(LONG)
    assert said.startswith(f"{len(LONG)} texts, at {LONGEST:,} characters")
