"""A framework matrix as it is written to files: heads, and what stands in each cell, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cmo.exchange.printable import printable

MARKS = {"refutes": "✕", "refines": "∼", "supports": "▲", "contextualises": "▭"}
"""The mark of each stance, as the app draws it."""
MARK_BEHIND = "·"
"""The mark of a passage on which only a sentence or an assessment rests."""


@dataclass(frozen=True)
class Said:
    """A passage in a cell. `how` is its stance, or 'behind' where only a sentence or an assessment
    rests on it; `words` are its quote or else its paraphrase; `by` are role groups. `excerpt` tells
    passages apart: one that is coded several times is one."""

    how: str
    counts: bool
    words: str
    is_quote: bool
    by: str
    place: str
    source: str
    where: str
    coding: str
    excerpt: str

    @property
    def mark(self) -> str:
        """The mark of its stance."""
        return MARKS.get(self.how, MARK_BEHIND)

    def told(self, most: int | None = None) -> str:
        """The passage in one line: its mark, its words (at most so many characters), whose they
        are, where they stand."""
        held = printable(self.words)
        if most is not None and len(held) > most:
            held = printable(self.words[: most - 1] + "…")
        words = f"“{held}”" if self.is_quote else held
        notes = [self.place, self.by, self.source, self.where]
        notes.append("" if self.counts else "not counted")
        return f"{self.mark} {words} ({', '.join(note for note in notes if note)})"


@dataclass(frozen=True)
class Summary:
    """A sentence that sums a cell up; `ours` is a reading of ours that no source states."""

    code: str
    statement: str
    direction: str
    ours: bool

    @property
    def told(self) -> str:
        """The sentence, marked with ° where it is ours."""
        return f"{self.statement}{'°' if self.ours else ''}"


@dataclass(frozen=True)
class Content:
    """What stands in a cell: `voices` by stance, in the order of MARKS; `codings` of passages,
    those against first; `silence` in words where there is nothing."""

    summaries: tuple[Summary, ...]
    reading: str
    voices: Mapping[str, int]
    projects: Mapping[str, int]
    uncounted: int
    codings: tuple[Said, ...]
    silence: str

    @property
    def passages(self) -> tuple[Said, ...]:
        """Its passages, each once, with the first of its codings."""
        once: dict[str, Said] = {}
        for said in self.codings:
            once.setdefault(said.excerpt, said)
        return tuple(once.values())

    @property
    def counted(self) -> str:
        """How many voices are against, for and so on: '✕ 1  ▲ 3'."""
        return "  ".join(f"{MARKS[stance]} {many}" for stance, many in self.voices.items())


@dataclass(frozen=True)
class Table:
    """A whole matrix. `cells` are by the places of row and column, from 0; one that is missing is
    `silent` in the words of its row or column. `rows_left_out` says how many are not there,
    `missing` in a sentence what there is none of where there are no rows or columns."""

    title: str
    corner: str
    programme: str
    synthetic: bool
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[int, int], Content]
    silences: Mapping[tuple[int, int], str]
    legend: tuple[str, ...]
    sources: tuple[str, ...]
    rows_left_out: int = 0
    missing: str = ""

    @property
    def heading(self) -> str:
        """The title with the programme; fiction is marked."""
        return f"{self.title}: {self.programme}"

    @property
    def fiction(self) -> str:
        """What is said of a programme that is made up; empty for a real one."""
        return "Fiction: no real people or places." if self.synthetic else ""

    def silent(self, row: int, column: int) -> str:
        """What the silence of a cell is."""
        return self.silences.get((row, column)) or "silent"
