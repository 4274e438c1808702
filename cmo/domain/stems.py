"""Words of a text and their stems: what makes "budgets" and "budget" one word to whoever searches.

The stemmer is Porter's (M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980), but
for a few words the one of full-text indexes for English.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

LONGEST = 60
"""Signs in a row above which something is no word that anybody looks for."""
_COMMON = (
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it",
    "no", "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they",
    "this", "to", "was", "will", "with",
)  # fmt: skip
_LIVING = 0x12000
"""Above it stand dead scripts, signs and emoji: a look through them takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands, [start, end) in code points, and the stem that it is found by."""

    start: int
    end: int
    stem: str


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order: letters, digits and their accents in a row, with an
    apostrophe inside; those above LONGEST are left out."""
    return _words(_pattern().finditer(text))


def words_with(text: str, stems: Collection[str]) -> Iterator[Word]:
    """The words of a text that have one of these stems, in their order: as `words_of`, and quicker,
    for it looks only at words that begin as these do."""
    begins = {beginning(one) for one in stems}
    small = text.lower()
    if "" in begins or len(small) != len(text):  # a few letters are two when they are small
        yield from (word for word in words_of(text) if word.stem in stems)
        return
    at = 0  # so far the text was parted into words
    for start in sorted(start for begin in begins for start in _starts(small, begin)):
        if start < at:
            continue
        at = max(at, *(text.rfind(blank, at, start) + 1 for blank in " \n"))
        for found in _pattern().finditer(text, at):
            if found.start() > start:
                break
            at = found.end()
            if found.start() == start and at - start <= LONGEST:
                word = Word(start, at, stem(found[0]))
                if word.stem in stems:
                    yield word


def _starts(small: str, begin: str) -> Iterator[int]:
    """Where a word may begin so: nowhere after a plain letter or digit."""
    at = small.find(begin)
    while at >= 0:
        before = small[at - 1] if at else " "
        if not (before.isascii() and before.isalnum()):
            yield at
        at = small.find(begin, at + 1)


def words_from(text: str, start: int) -> Iterator[Word]:
    """The words of a text from the end of one of them on."""
    return _words(_pattern().finditer(text, start))


def _words(found: Iterator[re.Match[str]]) -> Iterator[Word]:
    for one in found:
        start, end = one.span()
        if end - start <= LONGEST:
            yield Word(start, end, stem(one[0]))


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """The word in small letters, composed, without the English genitive."""
    small = unicodedata.normalize("NFC", word.lower()).replace("’", "'").replace("ʼ", "'")
    return small.removesuffix("'s")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word as it stands in a text; words of one or two letters are their own."""
    return porter(plain(word))


def vocabulary(text: str) -> str:
    """Each stem of a text once, without those of common words, in alphabetical order, with blanks
    between: what a text is found by."""
    different = set(_pattern().findall(text))
    return " ".join(sorted({stem(w) for w in different if len(w) <= LONGEST} - common()))


@cache
def common() -> frozenset[str]:
    """The stems of the words that stand in nearly every English text; full-text indexes leave them
    out."""
    return frozenset(porter(word) for word in _COMMON)


@cache
def _pattern() -> re.Pattern[str]:
    marks = (c for c in map(chr, range(_LIVING)) if unicodedata.category(c)[0] == "M")
    sign = rf"[\w{''.join(_ranges(marks))}]"
    return re.compile(rf"[^\W_]{sign}*(?:['’ʼ]{sign}+)*")


def beginning(stem_of_word: str) -> str:
    """Small letters with which every word of this stem begins; empty where that is not known.

    The stemmer changes only the end: -e and -i may stand for other letters, and -bl and -ble
    for -bility.
    """
    for ending, left in (("ble", 1), ("bl", 1), ("e", 0), ("i", 0)):
        if stem_of_word.endswith(ending):
            stem_of_word = stem_of_word[: len(stem_of_word) - len(ending) + left]
            break
    plain_letters = re.match(r"[a-z0-9]*", stem_of_word)
    return plain_letters[0] if plain_letters else ""


def _ranges(signs: Iterator[str]) -> Iterator[str]:
    """The signs, which ascend, as ranges of a class in a pattern."""
    first = last = next(signs)
    for sign in signs:
        if ord(sign) != ord(last) + 1:
            yield f"{first}-{last}"
            first = sign
        last = sign
    yield f"{first}-{last}"


def porter(word: str) -> str:
    """The stem of a word in small letters (Porter 1980); a word of two letters is its own."""
    return str(_stemmer().stemWord(word)) if len(word) > 2 else word


def _stemmer() -> Any:
    """The stemmer of this thread: it keeps what it works on."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("porter")
    return _own.stemmer


_own = threading.local()
