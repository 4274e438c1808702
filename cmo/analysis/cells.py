"""What settled assessments make of a factor in a project: sub-cases, waves, merges and families.

The rules are those of evidence 2: a project's own assessment wins; else sub-cases that agree give
their value, and sub-cases that differ make it mixed, as waves and merged labels that differ do.
`not_assessable` is outside what is assessed, as silence is, but is kept apart from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cmo.domain.vocabulary import AssessmentValue, Valence

PRESENT, ABSENT, MIXED, NOT_ASSESSABLE = (
    str(AssessmentValue.PRESENT),
    str(AssessmentValue.ABSENT),
    str(AssessmentValue.MIXED),
    str(AssessmentValue.NOT_ASSESSABLE),
)


@dataclass(frozen=True)
class Assessed:
    """A settled assessment; `factor` is the one that stands for it after merges, `place` the
    project or sub-case where it was made, `codings` the ids that it rests on."""

    id: str
    factor: str
    place: str
    value: str
    valence: str
    wave: str | None
    on_mention: bool
    origin: str
    codings: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A factor in a project: one value, every valence that was stated, and the assessments that
    it was read from, in order of place and id."""

    value: str
    valences: frozenset[str]
    assessments: tuple[Assessed, ...]

    @property
    def enables(self) -> bool:
        """Whether it is named as enabling there."""
        return Valence.ENABLES in self.valences

    @property
    def hinders(self) -> bool:
        """Whether it is named as an obstacle there."""
        return Valence.HINDERS in self.valences

    @property
    def on_mention(self) -> bool:
        """Whether one of the assessments rests on nothing but what a source chose to mention."""
        return any(a.on_mention for a in self.assessments)


def one_value(values: Iterable[str]) -> str:
    """The value that several make together: the same, else mixed; what is not assessable is left
    out unless there is nothing else. Needs at least one."""
    given = set(values)
    known = given - {NOT_ASSESSABLE}
    if not known:
        return NOT_ASSESSABLE
    return known.pop() if len(known) == 1 else MIXED


def read_cell(project: str, assessed: Iterable[Assessed]) -> Reading | None:
    """A factor in a project, from its own assessments and those of its sub-cases; None where
    there is no assessment."""
    listed = sorted(assessed, key=lambda a: (a.place != project, a.place, a.wave or "", a.id))
    used = [a for a in listed if a.place == project] or listed
    if not used:
        return None
    by_place: dict[str, list[str]] = {}
    for assessment in used:
        by_place.setdefault(assessment.place, []).append(assessment.value)
    value = one_value(one_value(values) for values in by_place.values())
    valences = frozenset(a.valence for a in used) - {Valence.NOT_STATED, Valence.NEITHER}
    return Reading(value, valences, tuple(used))


def family_value(own: str | None, narrower: Sequence[str | None]) -> str | None:
    """A family in a project, from its own value and one for each narrower factor (None: not
    assessed).

    Present if any is; mixed if none is present and one is mixed; absent only if the family itself,
    or every narrower one, was assessed absent; not assessable if nothing else was said of any;
    else None, not assessed.
    """
    said = {own, *narrower} - {None}
    if PRESENT in said:
        return PRESENT
    if MIXED in said:
        return MIXED
    if own == ABSENT or (narrower and all(value == ABSENT for value in narrower)):
        return ABSENT
    return NOT_ASSESSABLE if said == {NOT_ASSESSABLE} else None
