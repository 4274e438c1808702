"""A table of names and pseudonyms, and putting the one for the other in a text.

The table is a file of its own and never enters the casebook.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cmo.errors import InvalidInput
from cmo.exchange.documents.decoding import decode
from cmo.exchange.documents.document import Document

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
"""Combining marks: one after a letter makes it another letter."""
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no blank between words (Thai, Lao, Burmese, Khmer, Chinese,
Japanese): a name stands there beside others."""
_WITH_PREFIXES = re.compile("[\u0590-\u08ff]")
"""Letters of Hebrew and Arabic, where words such as “and” or “to” grow together with a name."""
_UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))
_ALIKE = str.maketrans("’ʼ‘`´‐‑", "'" * 5 + "--")
"""How programs write an apostrophe and a hyphen: as names are compared they are one each."""
_SHORTEST_PART = 3
"""Parts of a name that are shorter are not looked for by themselves."""


@dataclass(frozen=True)
class Replaced:
    """What putting pseudonyms into a text did.

    `replaced` counts the places; `overlaps` are pairs of names of the table that stood in one
    another's way there, as (taken, left); `leftovers` are words that may still be a name, with how
    often they stand there: in other capitals, with more letters after it, or a part of a name.
    """

    document: Document
    replaced: int
    overlaps: tuple[tuple[str, str], ...]
    leftovers: tuple[tuple[str, int], ...]


class Table:
    """Names and what stands for each. `within` are pairs of names of which the first holds the
    second: there the longer one is taken."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pseudonym: dict[str, str] = {}
        for name, pseudonym in pairs:
            self._pseudonym[_known(name)] = pseudonym
        self.names = tuple(sorted(self._pseudonym, key=lambda n: (-len(n), n)))
        self._longest = 2 * max((len(name) for name in self.names), default=0)
        self.within = tuple(self._within())
        self._any = re.compile(_any_of(self.names)) if self.names else None
        wanted = {part for name in self.names for part in _telling(name)}
        loosely = "|".join(
            (r"\w{0,3}" if _WITH_PREFIXES.match(part) else "") + _pattern(part)
            for part in sorted(wanted, key=lambda p: (-len(p), p))
        )
        self._left = (
            re.compile(rf"(?<!\w)(?:{loosely})[\w{MARKS}]*", re.IGNORECASE) if wanted else None
        )
        # A pseudonym that holds a part of a name was chosen so, and is no leftover.
        self._chosen = {w for p in self._pseudonym.values() for w in re.findall(r"\w+", p)}

    def _within(self) -> Iterator[tuple[str, str]]:
        """Of each name, the names that stand in it as words: looked up among its own pieces, so
        that a table of tens of thousands of names is read in seconds."""
        sizes = sorted({len(name) for name in self.names}, reverse=True)
        for name in self.names:
            pieces = dict.fromkeys(
                name[at : at + size]
                for size in sizes
                if size < len(name)
                for at in range(len(name) - size + 1)
            )
            held = (piece for piece in pieces if piece in self._pseudonym)
            for short in sorted(held, key=lambda n: (-len(n), n)):
                if _whole(short).search(name):
                    yield name, short

    def replace(self, words: str) -> str:
        """The words with every name replaced, the longest first."""
        return self._any.sub(self._stands_for, words) if self._any else words

    def apply(self, document: Document) -> Replaced:
        """The document with every name replaced, its headings where they are now, and what may have
        been missed."""
        if self._any is None:
            return Replaced(document, 0, (), ())
        text, ends, shifts = document.text, [0], [0]
        parts: list[str] = []
        at = count = 0
        overlaps: dict[tuple[str, str], None] = {}
        for match in self._any.finditer(text):
            count += 1
            put = self._stands_for(match)
            parts += (text[at : match.start()], put)
            at = match.end()
            ends.append(at)
            shifts.append(shifts[-1] + len(put) - len(match[0]))
            self._overlapping(text, match, overlaps)
        now = "".join((*parts, text[at:]))
        headings = tuple(
            (start + shifts[bisect_right(ends, start) - 1], rank)
            for start, rank in document.headings
        )
        made = Document(now, headings, document.read_as, document.left_out)
        return Replaced(made, count, tuple(overlaps), self.leftovers(now))

    def leftovers(self, text: str) -> tuple[tuple[str, int], ...]:
        """Words of the text that may still be a name, the most frequent first."""
        if self._left is None:
            return ()
        words = (match[0] for match in self._left.finditer(text.translate(_UNSEEN)))
        found = Counter(word for word in words if word not in self._chosen)
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def _stands_for(self, match: re.Match[str]) -> str:
        return self._pseudonym[_known(match[0])]

    def _overlapping(
        self, text: str, match: re.Match[str], overlaps: dict[tuple[str, str], None]
    ) -> None:
        """Names that begin within what was replaced, and end beyond it."""
        assert self._any is not None
        for other in self._any.finditer(text, match.start() + 1, match.end() + self._longest):
            if other.start() < match.end() < other.end():
                overlaps[(_known(match[0]), _known(other[0]))] = None


def read_table(data: bytes, called: str) -> Table:
    """The table in a CSV file whose first row is name,pseudonym; semicolons and tabs part its cells
    too. Raises InvalidInput for one that is not that, that names somebody twice with different
    pseudonyms, or that is empty."""
    try:
        rows = _rows(decode(data)[0])
    except (InvalidInput, csv.Error) as error:
        raise _wrong(called, "it is no CSV file", "Save it as CSV, in UTF-8") from error
    heads = {column.strip().casefold() for column in rows[0][1] if column} if rows else set()
    if rows and not {"name", "pseudonym"} <= heads:
        raise _wrong(
            called,
            "its first row does not name the columns name and pseudonym",
            "Let it begin with name,pseudonym",
        )
    pairs: dict[str, str] = {}
    for number, row in rows:
        name, pseudonym = _cell(row, "name"), _cell(row, "pseudonym")
        if not name or not pseudonym:
            raise _wrong(called, f"line {number} has no name, or no pseudonym", "Fill in both")
        if pairs.get(_known(name), pseudonym) != pseudonym:
            raise _wrong(called, f"line {number} names somebody again, otherwise", "Decide for one")
        pairs[_known(name)] = pseudonym
    if not pairs:
        raise _wrong(
            called, "no name stands in it", "Its first row is name,pseudonym; each other one a name"
        )
    return Table(pairs.items())


Cells = dict[str | None, str | None]


def _rows(text: str) -> list[tuple[int, Cells]]:
    """The rows below the first, each with the line on which it ends; empty ones are passed over."""
    first, _, rest = text.partition("\n")
    skipped = 1 if re.fullmatch(r"sep=.\s*", first) else 0  # a line that Excel writes and hides
    text = rest if skipped else text
    heads = [one for one in ",;\t" if {"name", "pseudonym"} <= _heads(text, one)]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=heads[0] if heads else ",")
    return [
        (reader.line_num + skipped, row)
        for row in reader
        if any(value for value in row.values() if isinstance(value, str) and value.strip())
    ]


def _heads(text: str, delimiter: str) -> set[str]:
    first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    return {cell.strip().casefold() for cell in first}


def _cell(row: Cells, wanted: str) -> str:
    for column, value in row.items():
        if column is not None and column.strip().casefold() == wanted:
            return " ".join((value or "").split())
    return ""


def _wrong(called: str, what: str, next_step: str) -> InvalidInput:
    # The names themselves are not repeated: a message may end up in a log.
    return InvalidInput(
        f"The table of pseudonyms {called}: {what}.", "Nothing was imported.", f"{next_step}."
    )


def _known(name: str) -> str:
    """The name in one way of writing: composed, with single spaces, one apostrophe, one hyphen."""
    return unicodedata.normalize("NFC", " ".join(name.split()).translate(_ALIKE))


def _telling(name: str) -> set[str]:
    """The parts of a name that are looked for by themselves; a part in small letters (von, de) is
    one only where all of the name is written so."""
    parts = {
        part
        for part in re.findall(rf"[\w{MARKS}]+", name)
        if len(part) >= _SHORTEST_PART and (name.islower() or not part.islower())
    }
    return parts if parts and " " in name else parts | {name}


def _pattern(name: str) -> str:
    """Finds a name however its letters are composed and its words are spaced."""
    forms = dict.fromkeys(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    written = [r"\s+".join(map(_spelt, form.split(" "))) for form in forms]
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


def _spelt(word: str) -> str:
    found = re.escape(word).replace("'", "['’ʼ‘`´]")
    return found.replace(r"\-", "[-‐‑]")


def _any_of(names: Iterable[str]) -> str:
    """Finds any of the names where it stands as a word, the first of those that begin together."""
    spaced: list[str] = []
    unspaced: list[str] = []
    for name in names:
        without = len(name) > 1 and _WITHOUT_BLANKS.search(name)
        (unspaced if without else spaced).append(name)
    either = [rf"(?<!\w)(?:{'|'.join(map(_pattern, spaced))})(?![\w{MARKS}])"] if spaced else []
    return "|".join((*either, *map(_beside_others, unspaced)))


def _beside_others(name: str) -> str:
    before = "" if _WITHOUT_BLANKS.match(name) else r"(?<!\w)"
    after = "" if _WITHOUT_BLANKS.match(name[-1]) else rf"(?![\w{MARKS}])"
    return f"{before}{_pattern(name)}{after}"


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(_any_of([name]))
