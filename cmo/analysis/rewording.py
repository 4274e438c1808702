"""What changed between two versions of a statement, told in sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

ALIKE = 0.5
"""Share of common words from which two sentences count as one that was reworded."""

_BETWEEN = re.compile(r"(?<=[.;:!?])\s+")
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Words in a row that stayed, were dropped, or are new."""

    kind: Literal["kept", "dropped", "new"]
    words: str


@dataclass(frozen=True)
class Rewording:
    """One sentence of the difference; only a reworded one has pieces of several kinds."""

    kind: Literal["kept", "dropped", "new", "reworded"]
    pieces: tuple[Piece, ...]


def rewording(before: str, after: str) -> tuple[Rewording, ...]:
    """The difference from one statement to another, in the order of the later one.

    What was dropped stands where it was, before what is new there. Clauses part after full
    stops, colons and semicolons. Two empty statements give nothing.
    """
    old, new = _split(before), _split(after)
    told: list[Rewording] = []
    added: list[Rewording] = []
    taken = 0
    for sentence in new:
        match = max(range(taken, len(old)), key=lambda i: _share(old[i], sentence), default=None)
        if match is None or _share(old[match], sentence) < ALIKE:
            added.append(_whole("new", sentence))
            continue
        told += [_whole("dropped", gone) for gone in old[taken:match]]
        told += added
        added, taken = [], match + 1
        pieces = _pieces(old[match], sentence)
        whole = all(piece.kind == "kept" for piece in pieces)
        told.append(Rewording("kept" if whole else "reworded", pieces))
    return (*told, *(_whole("dropped", gone) for gone in old[taken:]), *added)


def _split(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _share(old: str, new: str) -> float:
    return SequenceMatcher(None, _words(old), _words(new), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return [re.sub(r"\W", "", word).casefold() for word in text.split()]


def _whole(kind: Literal["dropped", "new"], sentence: str) -> Rewording:
    return Rewording(kind, (Piece(kind, sentence),))


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=False)
    found: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", "".join(after[c:d])))
            continue
        if b > a:
            found.append(Piece("dropped", "".join(before[a:b])))
        if d > c:
            found.append(Piece("new", "".join(after[c:d])))
    return tuple(found)
