"""Factors that sources chose to mention: offered, named, contradicted, silent; never a rate.

Where a source names what it found important, a factor that it does not name may have been there
all the same, so no share of projects is given (rules of evidence 2, selection on mention).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from cmo.analysis.cases import Case, Cases
from cmo.analysis.cells import (
    ABSENT,
    NOT_ASSESSABLE,
    PRESENT,
    Assessed,
    Reading,
    family_value,
    read_cell,
)


@dataclass(frozen=True)
class Named:
    """A factor as the codebook has it; `merged` are the labels of factors that it stands for."""

    id: str
    code: str
    label: str
    origin: str
    roles: tuple[str, ...]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """What the projects' assessments say of one factor; projects stand in order of their codes.

    `readings` holds the assessed projects by id and opens to the assessments behind each. With
    `on_mention`, no rate may be given. A project that was named and contradicted stands in both.
    """

    factor: Named
    on_mention: bool
    readings: Mapping[str, Reading]
    projects: tuple[Case, ...] = field(repr=False)

    @property
    def offered(self) -> tuple[Case, ...]:
        """Projects in which it was present."""
        return self._where(lambda r: r.value == PRESENT)

    @property
    def named(self) -> tuple[Case, ...]:
        """Projects that name it as enabling."""
        return self._where(lambda r: r.enables)

    @property
    def contradicted(self) -> tuple[Case, ...]:
        """Projects in which it hinders or is absent."""
        return self._where(lambda r: r.hinders or r.value == ABSENT)

    @property
    def silent(self) -> tuple[Case, ...]:
        """All other projects: neither named nor contradicted."""
        heard = {case.id for case in (*self.named, *self.contradicted)}
        return tuple(case for case in self.projects if case.id not in heard)

    @property
    def not_assessable(self) -> tuple[Case, ...]:
        """Projects of which a passage says that it could not be known."""
        return self._where(lambda r: r.value == NOT_ASSESSABLE)

    def _where(self, holds: Callable[[Reading], bool]) -> tuple[Case, ...]:
        return tuple(
            case
            for case in self.projects
            if case.id in self.readings and holds(self.readings[case.id])
        )


@dataclass(frozen=True)
class Family:
    """A factor and all that are kinds of it, read together.

    `values` maps the projects' ids to present, absent, mixed, not_assessable or None (not
    assessed). `origin` is ours where the family, or a tie in it, is not the source's.
    """

    factor: Named
    narrower: tuple[Named, ...]
    origin: str
    values: Mapping[str, str | None]
    enabling: tuple[Case, ...]
    hindering: tuple[Case, ...]


def read_mentions(
    cases: Cases, factors: Iterable[Named], assessed: Iterable[Assessed]
) -> tuple[Mention, ...]:
    """One for each factor that is assessed in some project, in the order of the factors."""
    by_factor: dict[str, dict[str, list[Assessed]]] = {}
    for assessment in assessed:
        project = cases.of(assessment.place)
        if project is not None:
            places = by_factor.setdefault(assessment.factor, {})
            places.setdefault(project.id, []).append(assessment)
    found = []
    for factor in factors:
        readings = {
            project: reading
            for project, listed in by_factor.get(factor.id, {}).items()
            if (reading := read_cell(project, listed)) is not None
        }
        if readings:
            on_mention = any(r.on_mention for r in readings.values())
            found.append(Mention(factor, on_mention, readings, cases.all))
    return tuple(found)


def read_family(
    cases: Cases,
    family: Named,
    narrower: tuple[Named, ...],
    mentions: Mapping[str, Mention],
    origin: str,
    kinds: Mapping[str, Collection[str]],
) -> Family:
    """A family from the mentions of its members by factor id; `narrower` are all kinds of it,
    however far down, in the order of the codebook, and `kinds` the ids of the next narrower factors
    by that of the broader one.

    A kind that has kinds itself is read as a family, before the one above it.
    """
    values, enabling, hindering = {}, [], []
    members = (family, *narrower)
    for case in cases.all:
        readings = {
            factor.id: mentions[factor.id].readings[case.id]
            for factor in members
            if factor.id in mentions and case.id in mentions[factor.id].readings
        }
        values[case.id] = _value_of(family.id, readings, kinds, frozenset())
        if any(r.enables for r in readings.values()):
            enabling.append(case)
        if any(r.hinders for r in readings.values()):
            hindering.append(case)
    return Family(family, narrower, origin, values, tuple(enabling), tuple(hindering))


def _value_of(
    factor: str,
    readings: Mapping[str, Reading],
    kinds: Mapping[str, Collection[str]],
    above: frozenset[str],
) -> str | None:
    """What a factor with its kinds comes to; merges may close a circle, which is gone once."""
    inside = above | {factor}
    below = [
        _value_of(kind, readings, kinds, inside)
        for kind in kinds.get(factor, ())
        if kind not in inside
    ]
    own = readings.get(factor)
    return family_value(None if own is None else own.value, below)
