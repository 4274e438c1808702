"""What a configuration still lacks, and what would disprove it, as far as the record can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cmo.analysis.cases import Case, Cases
from cmo.analysis.cells import ABSENT, MIXED, PRESENT, Assessed, Reading
from cmo.analysis.on_mention import Named, read_mentions
from cmo.domain.vocabulary import Support
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.configurations import SETS, Standing
from cmo.services.reading import read
from cmo.services.remembering import whole

ASSESSABLE = (PRESENT, ABSENT, MIXED)


@dataclass(frozen=True)
class Disproof:
    """A project that would speak against a configuration: with all of `present`, without any of
    `absent`.

    `found` are the projects assessed so, `in_part` those where that holds of sub-cases or waves
    only, `assessed` those in which every factor named was assessed at all. With `on_mention` an
    assessment rests on nothing but what a source chose to mention.
    """

    present: tuple[Row, ...]
    absent: tuple[Row, ...]
    found: tuple[Case, ...]
    in_part: tuple[Case, ...]
    assessed: tuple[Case, ...]
    on_mention: bool


@dataclass(frozen=True)
class Lacking:
    """What is missing for the next step; empty tuples where nothing is.

    `silent` are projects, `unlinked` elements by their set, `parts` sets that are empty, `unheard`
    role groups of the programme of which nobody is heard here, `activities` mechanisms whose
    reasoning is said to be unknown. `links` says whether any was asserted, `voices` how well what
    there is stands.
    """

    silent: tuple[Case, ...]
    unlinked: tuple[tuple[str, Row], ...]
    parts: tuple[str, ...]
    unheard: tuple[str, ...]
    activities: tuple[Row, ...]
    links: bool
    support: Support


def lacking(graph: Graph, actor: Actor, standing: Standing, passages: Iterable[Row]) -> Lacking:
    """What a configuration lacks; `passages` are what bears on it, as evidence/passages has it."""
    heard = {s["role_group"] for p in passages if p["counted"] for s in p["speakers"]}
    programme = standing.row["programme_id"]
    groups = whole(graph, "evidence/role_groups", actor, programme_id=programme)
    return Lacking(
        silent=standing.heard.projects_silent,
        unlinked=tuple((part, e) for part in SETS for e in standing.unlinked(part)),
        parts=tuple(part for part in SETS if not standing.row[part]),
        unheard=tuple(g["role_group"] for g in groups if g["role_group"] not in heard),
        activities=tuple(m for m in standing.row["mechanisms"] if m["reasoning_known"] is False),
        links=bool(standing.links),
        support=standing.heard.support,
    )


def disproofs(graph: Graph, actor: Actor, standing: Standing) -> tuple[Disproof, ...]:
    """What would disprove a configuration, for each thing that its links end in: the one without
    the other, both ways round. Empty where no link is asserted: then nothing is claimed."""
    ends = _ends(standing)
    if not ends:
        return ()
    (row,) = read(graph, "patterns/assessed_in", actor, id=standing.id)
    cases = Cases(row["projects"])
    listed = [_assessed(*columns) for columns in row["assessments"]]
    named = [
        Named(i, code, label, origin, tuple(r)) for i, code, label, origin, r in row["factors"]
    ]
    readings = {m.factor.id: dict(m.readings) for m in read_mentions(cases, named, listed)}
    elements = {e["id"]: e for part in SETS for e in standing.row[part]}
    found = []
    for end, leading, direct in ends:
        for present, absent in ((leading, (end,)), ((end,), direct)):
            found.append(
                _looked_for(
                    cases.all,
                    readings,
                    tuple(elements[i] for i in present),
                    tuple(elements[i] for i in absent),
                )
            )
    return tuple(found)


def _assessed(id: str, factor: str, place: str, *rest: Any) -> Assessed:
    value, valence, wave, on_mention, origin, codings = rest
    return Assessed(id, factor, place, value, valence, wave, on_mention, origin, tuple(codings))


def _ends(standing: Standing) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What the links end in, with everything that leads there and what does so directly."""
    before: dict[str, list[str]] = {}
    for link in standing.links:
        before.setdefault(link.end, []).append(link.start)
    starts = {link.start for link in standing.links}
    ends = []
    for end, direct in before.items():
        if end in starts:
            continue
        leading: list[str] = []
        reach = list(direct)
        while reach:
            here = reach.pop(0)
            if here not in leading and here != end:
                leading.append(here)
                reach.extend(before.get(here, ()))
        stated = [e["id"] for part in SETS for e in standing.row[part]]
        ordered = tuple(dict.fromkeys(i for i in stated if i in leading))
        ends.append((end, ordered, tuple(dict.fromkeys(direct))))
    return ends


def _looked_for(
    projects: tuple[Case, ...],
    readings: dict[str, dict[str, Reading]],
    present: tuple[Row, ...],
    absent: tuple[Row, ...],
) -> Disproof:
    wanted = [(e["id"], PRESENT) for e in present] + [(e["id"], ABSENT) for e in absent]
    found, in_part, assessed, mentioned = [], [], [], False
    for project in projects:
        held = [(readings.get(factor, {}).get(project.id), value) for factor, value in wanted]
        if not all(r is not None and r.value in ASSESSABLE for r, _ in held):
            continue
        mentioned = mentioned or any(r is not None and r.on_mention for r, _ in held)
        assessed.append(project)
        if all(r is not None and r.value == value for r, value in held):
            found.append(project)
        elif all(r is not None and r.value in (value, MIXED) for r, value in held):
            in_part.append(project)
    return Disproof(present, absent, tuple(found), tuple(in_part), tuple(assessed), mentioned)
