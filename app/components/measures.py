"""How wide words are in the interface's letters, to break lines in drawings, which cannot."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljtfrI.,;:'’|!()[]{}/\\ -·")
_WIDE = frozenset("mwMWQO@%&—…")


def wide(text: str, size: float = 13) -> float:
    """About how many pixels a text takes at a size of letters; rather too many than too few."""
    return sum(_share(letter) for letter in text) * size


def lines(text: str, room: float, size: float = 13) -> list[str]:
    """A text broken into lines that fit into `room` pixels, between words where that is possible;
    at least one."""
    broken: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if wide(joined, size) <= room:
            line = joined
            continue
        if line:
            broken.append(line)
        *whole, line = _pieces(word, room, size)
        broken += whole
    return [*broken, line] if line or not broken else broken


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word in pieces that fit; all but a very long one stay whole."""
    pieces = []
    while wide(word, size) > room and len(word) > 1:
        fits = max(1, _fitting(word, room, size))
        pieces.append(word[:fits])
        word = word[fits:]
    return [*pieces, word]


def _fitting(word: str, room: float, size: float) -> int:
    taken = 0.0
    for n, letter in enumerate(word):
        taken += _share(letter) * size
        if taken > room:
            return n
    return len(word)


def _share(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE:
        return 0.88
    return 0.68 if letter.isupper() else 0.57
