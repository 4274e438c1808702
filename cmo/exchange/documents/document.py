"""What is read from a file: its text, with where its headings begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cmo.domain.fields import DOCUMENT
from cmo.domain.spans import read_text
from cmo.errors import InvalidInput

DEEPEST = 9
"""The lowest rank of heading that is told from others."""


@dataclass(frozen=True)
class Document:
    """A text as it will be stored.

    `headings` are (position, rank) with rank 1 for the highest, in the order of the text; `read_as`
    is the encoding that was found, where there was one to find; `left_out` names what the file
    holds beside its text, in words.
    """

    text: str
    headings: tuple[tuple[int, int], ...] = ()
    read_as: str | None = None
    left_out: tuple[str, ...] = ()


def unreadable(wrong: str, next_step: str) -> InvalidInput:
    """The refusal of a file."""
    return InvalidInput(wrong, "It was not imported.", next_step)


def too_long() -> InvalidInput:
    """The refusal of a file whose text is longer than a source may be."""
    return unreadable(
        f"Its text is longer than {DOCUMENT:,} characters.", "Divide it into several files."
    )


class Writer:
    """Puts a text together from the blocks of a document: paragraphs, headings, rows."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._ends = 2  # newlines at the end of what was written; none belong at the beginning
        self._headings: list[tuple[int, int]] = []
        self.left_out: dict[str, None] = {}

    def line(self, words: str, rank: int | None = None, apart: bool = False) -> None:
        """A block of text, on lines of its own; a heading with its rank. `apart` keeps an empty
        line before it; an empty block is an empty line."""
        words = read_text(words)
        if self._parts:
            self._newlines(2 if apart else 1)
        if rank is not None and words.strip():
            blank = len(words) - len(words.lstrip())
            self._headings.append((self._length + blank, min(rank, DEEPEST)))
        self._add(words)

    def _newlines(self, least: int) -> None:
        if self._ends < least:
            self._add("\n" * (least - self._ends))
        elif least == 1:
            self._add("\n")

    def _add(self, words: str) -> None:
        if not words:
            return
        self._parts.append(words)
        self._length += len(words)
        if self._length > DOCUMENT:
            raise too_long()
        tail = len(words) - len(words.rstrip("\n"))
        self._ends = self._ends + tail if tail == len(words) else tail

    def document(self, read_as: str | None = None) -> Document:
        """All that was written."""
        return Document("".join(self._parts), tuple(self._headings), read_as, tuple(self.left_out))


def one_line(words: str) -> str:
    """The words with every run of white space but no-break spaces as one space."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", words)
