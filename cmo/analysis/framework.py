"""What the cells of a framework matrix hold: a case by a theme, each with its passages and the
sentence that sums them up (Ritchie & Spencer 1994)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cmo.analysis.cells import Reading
from cmo.domain.vocabulary import Coverage, Stance

STANCES = (
    str(Stance.REFUTES),
    str(Stance.REFINES),
    str(Stance.SUPPORTS),
    str(Stance.CONTEXTUALISES),
)
"""The order in which passages stand in a cell: contradictions first."""

ASKED, MENTIONED, NO_SOURCE = "asked", "mentioned", "no source"
"""What a silence is: sources there asked; sources there only told what they found important; there
is no source from there."""

NOT_NAMED = "-"
"""The row of what is said by nobody whose role is named: documents, and groups that the reader is
not told."""


class Heard(NamedTuple):
    """One coding in a cell; `concerns` is its place, or in a matrix of theories its project (empty
    for none).

    `voices` are (informant, role group). `bears`: it bears on what the row or column is about, so
    that its stance is for or against that; else a sentence or an assessment rests on it.
    """

    id: str
    stance: str
    claim: str
    counts: bool
    concerns: str
    source: str
    source_kind: str
    coverage: str
    voices: tuple[tuple[str, str | None], ...]
    excerpt: str
    bears: bool
    directly: bool

    @property
    def speaking(self) -> frozenset[str]:
        """Whose voice it is: its informants, else its source."""
        return frozenset(informant for informant, _ in self.voices) or frozenset({self.source})

    @property
    def roles(self) -> frozenset[str]:
        """The role groups of those who speak; NOT_NAMED where none is known or told."""
        return frozenset(role or NOT_NAMED for _, role in self.voices) or frozenset({NOT_NAMED})


def heard(columns: Sequence[Any], *, bears: bool, directly: bool = False) -> Heard:
    """A coding from the columns of `matrix/heard` (without what it is heard on),
    or those of `matrix/summaries`."""
    id, stance, claim, counts, concerns, source, kind, coverage, voices, excerpt = columns[:10]
    speaking = tuple((informant, role) for informant, role in voices)
    said = (id, stance, claim, counts, concerns, source, kind, coverage, speaking, excerpt)
    return Heard(*said, bears, directly)


@dataclass(frozen=True)
class Sentence:
    """What sums a cell up: a finding; `rests_on` are the codings that can still be read."""

    id: str
    code: str
    statement: str
    direction: str
    origin: str
    wave: str | None
    within_id: str
    within: str
    rests_on: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        """Whether no source says it: it is a reading of ours."""
        return self.origin == "ours"


@dataclass(frozen=True)
class Cell:
    """What a matrix holds in one place; `heard` stands with contradictions first.

    `reading` is what the settled assessments of a factor make there, None where there are none.
    `silence` says what kind of silence it is where nothing at all was said, else None. `role` is
    the role group of the row, where only those who speak in it are voices.
    """

    sentences: tuple[Sentence, ...] = ()
    reading: Reading | None = None
    heard: tuple[Heard, ...] = ()
    silence: str | None = None
    role: str | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said, assessed or found there."""
        return not (self.sentences or self.reading or self.heard)

    def voices(self, stance: str) -> int:
        """How many voices are counted with that stance on what the cell is about; each once."""
        return len({voice for item in self._of(stance) for voice in self._speaking(item)})

    def projects(self, stance: str) -> int:
        """In how many projects voices are counted so; what is said of none of them is in none."""
        return len({item.concerns for item in self._of(stance)} - {""})

    @property
    def passages(self) -> int:
        """How many passages stand there; one that is coded several times is one."""
        return len({item.excerpt for item in self.heard})

    def first(self, most: int) -> tuple[Heard, ...]:
        """The first passages, each once."""
        once: dict[str, Heard] = {}
        for item in self.heard:
            once.setdefault(item.excerpt, item)
        return tuple(once.values())[:most]

    @property
    def uncounted(self) -> int:
        """How many codings stand there that do not count: expected only, or carried and waiting."""
        return sum(not item.counts for item in self.heard)

    @property
    def behind(self) -> int:
        """How many passages only a sentence or an assessment rests on: they bear on something
        else, so their stance is not for or against what the cell is about."""
        return sum(not item.bears for item in self.heard)

    def _of(self, stance: str) -> list[Heard]:
        return [i for i in self.heard if i.stance == stance and i.counts and i.bears]

    def _speaking(self, item: Heard) -> frozenset[str]:
        if self.role is None or not item.voices:
            return item.speaking
        return frozenset(who for who, role in item.voices if (role or NOT_NAMED) == self.role)


@dataclass
class Filling:
    """A cell while it is being filled."""

    sentences: list[Sentence] = field(default_factory=list)
    reading: Reading | None = None
    heard: dict[str, Heard] = field(default_factory=dict)

    def add(self, item: Heard) -> None:
        """Adds a coding once; one that bears on the thing itself says more than one that does
        not."""
        before = self.heard.get(item.id)
        if before is None or (item.bears, item.directly) > (before.bears, before.directly):
            self.heard[item.id] = item

    def cell(self, role: str | None = None) -> Cell:
        """What it holds, in its order."""
        listed = sorted(
            self.heard.values(),
            key=lambda item: (
                not item.bears,
                not item.counts,
                STANCES.index(item.stance),
                item.source,
                item.id,
            ),
        )
        return Cell(tuple(self.sentences), self.reading, tuple(listed), None, role)


def silence(coverages: Iterable[str]) -> str:
    """What a silence is where sources of these coverages are."""
    there = set(coverages)
    if Coverage.ASKED in there:
        return ASKED
    return MENTIONED if there else NO_SOURCE


def voices_said(cell: Cell) -> Mapping[str, int]:
    """How many voices take each stance, in the order of STANCES; those that nobody takes are left
    out."""
    counted = {stance: cell.voices(stance) for stance in STANCES}
    return {stance: many for stance, many in counted.items() if many}
