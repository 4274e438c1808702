"""What somebody searches for, as words and phrases, and where a text holds it.

Nothing that is typed is ever a pattern or a command: signs that are no words are left out, and that
is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from cmo.domain.stems import LONGEST, Word, common, plain, words_from, words_of, words_with

MOST_WORDS = 16
"""How many words are looked for at once."""
MOST_TYPED = 2000
"""How much of what was typed is read, in signs."""
AROUND = 70
"""Signs of a text that stand about what was found in it."""
NEAR = 100
"""Signs between two words that are found, up to which they are one place."""
WIDEST = 300
"""Signs up to which words make one place."""

_QUOTED = re.compile(r'["“”„«»]')
_ORDINARY = frozenset(",.;:!?'’ʼ-–—…")


@dataclass(frozen=True)
class Sought:
    """What is looked for: every one of `words` (stems) and every one of `phrases` (stems in the
    order in which they must stand). `typed` are the uncommon words of both as they were typed, in
    small letters; `notes` say what was left out of what was typed, and why."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    typed: tuple[str, ...]
    stems: tuple[str, ...]
    notes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.stems)


@dataclass(frozen=True)
class Part:
    """A piece of a text; `found` where it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True)
class Place:
    """Where a text holds some of it: from the first to the last word found there, [start, end) in
    code points, and the words with what stands about them."""

    start: int
    end: int
    parts: tuple[Part, ...]


def sought(typed: str) -> Sought:
    """What was typed, as words and, between double quotes, phrases.

    Falsy where nothing is left that could be found.
    """
    notes = []
    if len(typed) > MOST_TYPED:
        notes.append(f"Only the first {MOST_TYPED:,} signs were read.")
        typed = re.sub(r"\S*$", "", typed[:MOST_TYPED])
    pieces = _QUOTED.split(typed)
    if len(pieces) % 2 == 0:
        notes.append("A quotation mark stands alone: what follows it was read as words.")
    kept = _Kept()
    for at, piece in enumerate(pieces):
        if at % 2 == 1 and at < len(pieces) - 1:
            kept.keep_phrase(piece)
        else:
            kept.keep_words(piece)
    if kept.too_many:
        notes.append(f"Only the first {MOST_WORDS} words were looked for.")
    if kept.common:
        notes.append(f"Too common to look for alone: {', '.join(sorted(kept.common))}.")
    typed_words, stems = tuple(kept.typed.values()), tuple(kept.typed)
    notes += _left_out(typed)
    return Sought(tuple(kept.words), tuple(kept.phrases), typed_words, stems, tuple(notes))


class _Kept:
    """What is kept of what was typed, in its order, each word and phrase once."""

    def __init__(self) -> None:
        self.words: dict[str, None] = {}
        self.phrases: dict[tuple[str, ...], None] = {}
        self.typed: dict[str, str] = {}
        self.common: dict[str, None] = {}
        self.too_many = False

    def keep_words(self, piece: str) -> None:
        for word in words_of(piece):
            if word.stem in common():
                self.common[piece[word.start : word.end].lower()] = None
            elif self._have_room({word.stem}):
                self._keep(piece, word)
                self.words[word.stem] = None

    def keep_phrase(self, piece: str) -> None:
        held = list(words_of(piece))
        telling = [word for word in held if word.stem not in common()]
        if len(held) < 2 or not telling:
            self.keep_words(piece)
        elif self._have_room({word.stem for word in telling}):
            for word in telling:
                self._keep(piece, word)
            self.phrases[tuple(word.stem for word in held)] = None

    def _have_room(self, stems: set[str]) -> bool:
        has_room = len(self.typed.keys() | stems) <= MOST_WORDS
        self.too_many |= not has_room
        return has_room

    def _keep(self, piece: str, word: Word) -> None:
        self.typed.setdefault(word.stem, plain(piece[word.start : word.end]))


def _left_out(typed: str) -> list[str]:
    """What is said of signs that are no words, and of words that are too long."""
    notes = []
    signs = dict.fromkeys(
        s
        for s in _QUOTED.sub(" ", typed)
        if s not in _ORDINARY and unicodedata.category(s)[0] in "PS"
    )
    if signs:
        shown = " ".join([*signs][:8]) + (" …" if len(signs) > 8 else "")
        notes.append(f"Signs are not looked for, and mean nothing special: {shown} .")
    if re.search(rf"[^\W_]{{{LONGEST + 1},}}", typed):
        notes.append(f"Words of more than {LONGEST} signs were left out.")
    return notes


def places(
    text: str, wanted: Sought, within: Sequence[tuple[int, int]] | None = None
) -> list[Place]:
    """The places of a text that hold what is sought, in its order; none unless it holds all of it.

    `within` limits it to these spans, [start, end); what is found must lie in one of them whole.
    """
    if not wanted:
        return []
    found: list[Match] = [(w.start, w.end, w.stem) for w in words_with(text, wanted.words)]
    if len({what for *_, what in found}) < len(wanted.words):
        return []
    for phrase in wanted.phrases:
        found += ((start, end, phrase) for start, end in _phrase(text, phrase))
    if within is not None:
        found = [f for f in found if any(a <= f[0] and f[1] <= b for a, b in within)]
    if {what for *_, what in found} != {*wanted.words, *wanted.phrases}:
        return []
    return [_place(text, group) for group in _groups(sorted(span for *span, _ in found))]


Match = tuple[int, int, str | tuple[str, ...]]


def _phrase(text: str, phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for first in words_with(text, phrase[:1]):
        end = first.end
        for stem, word in zip_longest(phrase[1:], islice(words_from(text, end), len(phrase) - 1)):
            if word is None or word.stem != stem:
                break
            end = word.end
        else:
            yield first.start, end


def _groups(spans: Iterable[Sequence[int]]) -> list[list[tuple[int, int]]]:
    """The spans, which ascend, by place; those that overlap are one."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in spans:
        if groups and start - groups[-1][-1][1] <= NEAR and end - groups[-1][0][0] <= WIDEST:
            group = groups[-1]
            if start < group[-1][1]:
                group[-1] = (group[-1][0], max(end, group[-1][1]))
            else:
                group.append((start, end))
        else:
            groups.append([(start, end)])
    return groups


def _place(text: str, group: Sequence[tuple[int, int]]) -> Place:
    start, end = group[0][0], group[-1][1]
    before, after = _begin(text, start), _end(text, end)
    parts = [Part("…", found=False)] if before else []
    at = before
    for first, last in group:
        parts += [Part(text[at:first], found=False), Part(text[first:last], found=True)]
        at = last
    parts.append(Part(text[at:after], found=False))
    if after < len(text):
        parts.append(Part("…", found=False))
    return Place(start, end, tuple(part for part in parts if part.text))


def _begin(text: str, start: int) -> int:
    """Where what stands before a place begins: at a word, where there is a blank."""
    if start <= AROUND:
        return 0
    blank = re.search(r"\s", text[start - AROUND : start])
    return start - AROUND + (blank.end() if blank else 0)


def _end(text: str, end: int) -> int:
    if len(text) - end <= AROUND:
        return len(text)
    after = text[end : end + AROUND]
    blanks = [m.start() for m in re.finditer(r"\s", after)]
    return end + (blanks[-1] if blanks else AROUND)
