"""One project whole: what it is, what helped and hindered it, its sub-cases and its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmo.analysis.cells import one_value
from cmo.domain.vocabulary import ThemeScheme, Valence
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read


@dataclass(frozen=True)
class Named:
    """A settled assessment: a factor in the project, or in one of its sub-cases (`place`).

    `passages` are those it rests on, as evidence rows ({excerpt_id, source_id, section, locator}).
    """

    id: str
    factor_id: str
    factor_code: str
    factor: str
    roles: tuple[str, ...]
    place_id: str
    place: str
    value: str
    valence: str
    wave: str | None
    origin: str
    why: str | None
    passages: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Themed:
    """The findings under one theme, as rows of compare/grid; empty means silence."""

    id: str
    name: str
    findings: tuple[Row, ...]


@dataclass(frozen=True)
class WholeCase:
    """A project with everything that is recorded of it; every list is in order of codes.

    `row` is what case/project answers; `enabling` and `obstacles` are namings, `assessed` the
    assessments that name neither. `contrasts` are (factor, {sub-case id: (value, id of an
    assessment)}) for factors that were assessed in a sub-case. `other` are findings that fill no
    cell of the grid.
    """

    row: Row
    enabling: tuple[Named, ...]
    obstacles: tuple[Named, ...]
    assessed: tuple[Named, ...]
    contrasts: tuple[tuple[str, Mapping[str, tuple[str, str]]], ...]
    themes: tuple[Themed, ...]
    other: tuple[Row, ...]
    events: tuple[Row, ...]
    relations: tuple[Row, ...]
    sources: tuple[Row, ...]


def whole_case(graph: Graph, actor: Actor, project_id: str) -> WholeCase:
    """The project or sub-case of that id. Raises NotFound."""
    rows = read(graph, "case/project", actor, id=project_id)
    if not rows:
        raise NotFound(
            "There is no such project, or you may not see it.",
            "Nothing was opened.",
            "The list of projects has those that you may see.",
        )
    (row,) = rows
    named = [_named(a) for a in read(graph, "compare/assessments", actor, project_ids=[project_id])]
    grid = read(graph, "compare/grid", actor, project_ids=[project_id])
    findings = read(graph, "evidence/findings", actor, within_id=project_id)
    places = {project_id, *(q["id"] for q in row["sub_cases"])}
    return WholeCase(
        row,
        enabling=tuple(n for n in named if n.valence == Valence.ENABLES),
        obstacles=tuple(n for n in named if n.valence == Valence.HINDERS),
        assessed=tuple(n for n in named if n.valence not in (Valence.ENABLES, Valence.HINDERS)),
        contrasts=_contrasts(named, places - {project_id}),
        themes=_themes(graph, actor, project_id, grid),
        other=tuple(f for f in findings if f["topic"] != "grid"),
        events=tuple(read(graph, "case/events", actor, project_id=project_id)),
        relations=tuple(read(graph, "case/relations", actor, within_id=project_id)),
        sources=tuple(read(graph, "evidence/sources", actor, place_id=project_id)),
    )


def _named(row: Row) -> Named:
    return Named(
        row["id"],
        row["factor_id"],
        row["factor_code"],
        row["factor"],
        tuple(row["roles"]),
        row["place_id"],
        row["place"],
        row["value"],
        row["valence"],
        row["wave"],
        row["origin"],
        row["why"],
        tuple(row["passages"]),
    )


def _contrasts(
    named: list[Named], sub_cases: set[str]
) -> tuple[tuple[str, Mapping[str, tuple[str, str]]], ...]:
    found: dict[str, dict[str, list[Named]]] = {}
    for n in named:
        if n.place_id in sub_cases:
            found.setdefault(n.factor, {}).setdefault(n.place_id, []).append(n)
    return tuple(
        (
            factor,
            {place: (one_value(n.value for n in held), held[0].id) for place, held in by.items()},
        )
        for factor, by in found.items()
    )


def _themes(graph: Graph, actor: Actor, project_id: str, grid: list[Row]) -> tuple[Themed, ...]:
    programmes = read(graph, "record/programme_of", actor, id=project_id)
    held = {row["theme_id"] for row in grid}
    themes = [
        t
        for p in programmes
        for t in read(graph, "case/themes", actor, programme_id=p["programme_id"])
        if t["scheme"] == ThemeScheme.ANALYSIS or t["id"] in held
    ]
    return tuple(
        Themed(t["id"], t["name"], tuple(f for f in grid if f["theme_id"] == t["id"]))
        for t in themes
    )
