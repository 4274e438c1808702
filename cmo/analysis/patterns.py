"""Recorded patterns: in which projects a configuration or a link is borne out, and in which not.

A project is for a pattern where a counted coding supports it there, against where one refutes it,
both where each is so, else silent (rules of evidence 2). Projects are counted, never quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from cmo.analysis.cases import Case, Cases, code_number
from cmo.analysis.support import Voice, support
from cmo.domain.vocabulary import Claim, Stance, Support


class Judged(NamedTuple):
    """A counted coding: what it bears on, which way, of which place, and whose voices it holds."""

    id: str
    target: str
    stance: str
    claim: str
    concerns: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Cell:
    """A project that is not silent on a pattern, with the codings behind it.

    `supporting` and `refuting` are ids of codings, `implied` the ids of those among them whose
    claim is only implied; all sorted.
    """

    project: Case
    supporting: tuple[str, ...]
    refuting: tuple[str, ...]
    implied: tuple[str, ...]

    @property
    def verdict(self) -> Literal["for", "against", "both"]:
        """What the project says to the pattern."""
        if self.supporting and self.refuting:
            return "both"
        return "for" if self.supporting else "against"


@dataclass(frozen=True)
class Link:
    """A link as it was asserted, on one configuration.

    `start` and `end` are ids of factors as recorded; `kept_start` and `kept_end` of those that
    stand for them after merges (the same, where there was none). Labels alike.
    """

    id: str
    code: str
    kind: str
    configuration: str
    start: str
    start_label: str
    end: str
    end_label: str
    kept_start: str
    kept_start_label: str
    kept_end: str
    kept_end_label: str

    @property
    def alike(self) -> tuple[str, str, str]:
        """Its kind and ends after merges: links that have them alike are one pattern."""
        return self.kind, self.kept_start, self.kept_end


class Decided(NamedTuple):
    """What a person decided the support of a configuration or link to be, over the computed one,
    and why."""

    id: str
    code: str
    support: str
    why: str


@dataclass(frozen=True)
class Beside:
    """What stands beside the counted codings of configurations and links: decisions on their
    support, and by id how many codings were carried to each that nobody has affirmed yet."""

    decided: tuple[Decided, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)

    def on(self, things: list[str], targets: list[str]) -> dict[str, Any]:
        """The decisions on what a pattern stands for, and how many codings were carried to all that
        is counted for it."""
        return {
            "decided": tuple(decision for decision in self.decided if decision.id in things),
            "carried": sum(self.carried.get(target, 0) for target in targets),
        }


NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class Part:
    """What a link pattern would be without merges: the links between two labels as recorded."""

    start_label: str
    end_label: str
    links: tuple[str, ...]
    projects_for: tuple[Case, ...]


@dataclass(frozen=True)
class Pattern:
    """A configuration, or links of one kind between the same two factors, across projects.

    `id` and `code` are the configuration's or the first link's. `cells` holds the projects that
    are not silent, exceptions first; the properties give projects in order of their codes.
    `general_supporting` and `general_refuting` are codings of what was said of the programme as a
    whole, which counts in no project. `links` are the link records that it stands for, `parts` what
    they would be apart, `merged` the pairs of labels (merged, kept) that join them. `support`
    is computed; `decided` are decisions on the configuration, or on links of the pattern, which
    change nothing else. `carried` codings wait to be affirmed, and are in none of the figures.
    """

    kind: Literal["configuration", "link"]
    id: str
    code: str
    name: str
    sentence: str | None
    support: Support
    cells: tuple[Cell, ...]
    general_supporting: tuple[str, ...]
    general_refuting: tuple[str, ...]
    implied: tuple[str, ...]
    projects: tuple[Case, ...] = field(repr=False)
    status: str | None = None
    for_whom: str | None = None
    links: tuple[Link, ...] = ()
    parts: tuple[Part, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    decided: tuple[Decided, ...] = ()
    carried: int = 0

    @property
    def support_decided(self) -> str | None:
        """The support that was decided, if it was for all that the pattern stands for, and alike;
        else None."""
        things = 1 if self.kind == "configuration" else len(self.links)
        words = {decision.support for decision in self.decided}
        return words.pop() if len(words) == 1 and len(self.decided) == things else None

    @property
    def support_why(self) -> str | None:
        """The reasons of `support_decided`, where there is one."""
        if self.support_decided is None:
            return None
        return "; ".join(dict.fromkeys(decision.why for decision in self.decided))

    @property
    def total(self) -> int:
        """T: how many projects there are."""
        return len(self.projects)

    @property
    def projects_for(self) -> tuple[Case, ...]:
        """Projects in which a counted coding supports it, those in `projects_both` included."""
        return self._where(("for", "both"))

    @property
    def projects_against(self) -> tuple[Case, ...]:
        """Projects in which a counted coding refutes it, those in `projects_both` included."""
        return self._where(("against", "both"))

    @property
    def projects_both(self) -> tuple[Case, ...]:
        """Projects that are counted for and against."""
        return self._where(("both",))

    @property
    def projects_silent(self) -> tuple[Case, ...]:
        """All other projects: nothing that counts was said. Silence is not absence."""
        heard = {cell.project.id for cell in self.cells}
        return tuple(project for project in self.projects if project.id not in heard)

    @property
    def through_merge(self) -> bool:
        """Whether its links are one pattern only because labels were merged."""
        return len(self.parts) > 1

    def row(self) -> dict[str, Any]:
        """The pattern as one row for a table, exceptions before support; names of projects in
        order."""
        columns = {
            "against": self.projects_against,
            "both": self.projects_both,
            "for": self.projects_for,
            "silent": self.projects_silent,
        }
        counts = {name: len(projects) for name, projects in columns.items()}
        names = {f"{n}_projects": [p.name for p in projects] for n, projects in columns.items()}
        return {
            "code": self.code,
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "for_whom": self.for_whom,
            **counts,
            "total": self.total,
            "support": str(self.support),
            "support_decided": self.support_decided,
            "support_why": self.support_why,
            "carried": self.carried,
            "decided": [f"{d.code} {d.support}: {d.why}" for d in self.decided],
            "status": self.status,
            "general_for": len(self.general_supporting),
            "general_against": len(self.general_refuting),
            "implied": bool(self.implied),
            "through_merge": self.through_merge,
            **names,
        }

    def _where(self, verdicts: tuple[str, ...]) -> tuple[Case, ...]:
        # By their codes: of a thousand projects few are not silent, and all are not looked through.
        found = (cell.project for cell in self.cells if cell.verdict in verdicts)
        return tuple(sorted(found, key=lambda project: code_number(project.code)))


@dataclass(frozen=True)
class Stated:
    """A configuration as recorded."""

    id: str
    code: str
    name: str
    sentence: str | None
    status: str
    for_whom: str | None = None


def configuration_patterns(
    cases: Cases,
    stated: Iterable[Stated],
    links: Iterable[Link],
    codings: Iterable[Judged],
    beside: Beside = NOTHING_BESIDE,
) -> tuple[Pattern, ...]:
    """One pattern a configuration: its own codings and those of its links count.

    Those with the most projects against come first, then those with the most for, then by code.
    What stands `beside` the codings changes no figure.
    """
    by_target = _by_target(codings)
    hanging: dict[str, list[Link]] = {}
    for link in links:
        hanging.setdefault(link.configuration, []).append(link)
    found = []
    for item in stated:
        own = sorted(hanging.get(item.id, ()), key=lambda link: code_number(link.code))
        found.append(
            Pattern(
                "configuration",
                item.id,
                item.code,
                item.name,
                item.sentence,
                status=item.status,
                for_whom=item.for_whom,
                links=tuple(own),
                **_heard(cases, by_target, [item.id, *(link.id for link in own)]),
                **beside.on([item.id], [item.id, *(link.id for link in own)]),
            )
        )
    return _exceptions_first(found)


def link_patterns(
    cases: Cases,
    links: Iterable[Link],
    codings: Iterable[Judged],
    beside: Beside = NOTHING_BESIDE,
) -> tuple[Pattern, ...]:
    """One pattern for all links of a kind between the same two factors, after merges.

    In the order of configuration_patterns; empty without links.
    """
    by_target = _by_target(codings)
    alike: dict[tuple[str, str, str], list[Link]] = {}
    for link in sorted(links, key=lambda link: code_number(link.code)):
        alike.setdefault(link.alike, []).append(link)
    found = []
    for group in alike.values():
        first, ids = group[0], [link.id for link in group]
        found.append(
            Pattern(
                "link",
                first.id,
                first.code,
                f"{first.kept_start_label} → {first.kept_end_label}",
                None,
                links=tuple(group),
                parts=_parts(cases, group, by_target),
                merged=_merged(group),
                **_heard(cases, by_target, ids),
                **beside.on(ids, ids),
            )
        )
    return _exceptions_first(found)


def replaced(patterns: Iterable[Pattern], anew: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Patterns with those of the same id replaced, in the order of configuration_patterns."""
    by_id = {pattern.id: pattern for pattern in anew}
    return _exceptions_first([by_id.get(pattern.id, pattern) for pattern in patterns])


def _by_target(codings: Iterable[Judged]) -> dict[str, list[Judged]]:
    held: dict[str, list[Judged]] = {}
    for coding in codings:
        held.setdefault(coding.target, []).append(coding)
    return held


def _heard(
    cases: Cases, by_target: dict[str, list[Judged]], targets: Iterable[str]
) -> dict[str, Any]:
    """What the codings of these targets make of a pattern; a coding stands under one target."""
    codings = [coding for target in targets for coding in by_target.get(target, ())]
    places: dict[Case | None, list[Judged]] = {}
    for coding in codings:
        places.setdefault(cases.of(coding.concerns), []).append(coding)
    cells = [
        Cell(place, _ids(said, Stance.SUPPORTS), _ids(said, Stance.REFUTES), _implied(said))
        for place, said in places.items()
        if place is not None and any(_takes_sides(coding) for coding in said)
    ]
    cells.sort(key=lambda cell: (not cell.refuting, cases.rank(cell.project)))
    general = places.get(None, [])
    return {
        "support": support(voice for coding in codings for voice in coding.voices),
        "cells": tuple(cells),
        "general_supporting": _ids(general, Stance.SUPPORTS),
        "general_refuting": _ids(general, Stance.REFUTES),
        "implied": _implied(codings),
        "projects": cases.all,
    }


_SIDES = frozenset({str(Stance.SUPPORTS), str(Stance.REFUTES)})


def _takes_sides(coding: Judged) -> bool:
    return coding.stance in _SIDES


def _ids(codings: Iterable[Judged], stance: Stance) -> tuple[str, ...]:
    return tuple(sorted(coding.id for coding in codings if coding.stance == stance))


def _implied(codings: Iterable[Judged]) -> tuple[str, ...]:
    return tuple(sorted(c.id for c in codings if c.claim == Claim.IMPLIED and _takes_sides(c)))


def _parts(cases: Cases, group: list[Link], by_target: dict[str, list[Judged]]) -> tuple[Part, ...]:
    apart: dict[tuple[str, str], list[Link]] = {}
    for link in group:
        apart.setdefault((link.start, link.end), []).append(link)
    parts = []
    for links in apart.values():
        said = [c for link in links for c in by_target.get(link.id, ())]
        places = [cases.of(c.concerns) for c in said if c.stance == Stance.SUPPORTS]
        seen = cases.ordered(place.id for place in places if place is not None)
        first = links[0]
        parts.append(Part(first.start_label, first.end_label, tuple(x.id for x in links), seen))
    return tuple(parts)


def _merged(group: list[Link]) -> tuple[tuple[str, str], ...]:
    pairs = {
        (label, kept_label)
        for link in group
        for factor, label, kept, kept_label in (
            (link.start, link.start_label, link.kept_start, link.kept_start_label),
            (link.end, link.end_label, link.kept_end, link.kept_end_label),
        )
        if factor != kept
    }
    return tuple(sorted(pairs))


def _exceptions_first(patterns: list[Pattern]) -> tuple[Pattern, ...]:
    """Patterns with the most projects against first, then with the most for, then by code."""
    return tuple(
        sorted(
            patterns,
            key=lambda p: (
                -sum(cell.verdict != "for" for cell in p.cells),
                -sum(cell.verdict != "against" for cell in p.cells),
                code_number(p.code),
            ),
        )
    )
