"""All projects of a programme by all its themes, and the sub-cases that something tells apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from cmo.analysis.cases import Case
from cmo.domain.vocabulary import ThemeScheme
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.comparing import Comparison, Found, Passage, compare, direction_of
from cmo.services.reading import read
from cmo.services.remembering import remembered, whole


@dataclass(frozen=True)
class ThemeGrid:
    """Findings by theme and project. `themes` are (id, name) in their order, `projects` in order
    of their codes; a cell that is not there is silent."""

    themes: tuple[tuple[str, str], ...]
    projects: tuple[Case, ...]
    cells: Mapping[tuple[str, str], tuple[Found, ...]]

    def at(self, theme_id: str, project_id: str) -> tuple[Found, ...]:
        """What was found there; empty means that nothing was said."""
        return self.cells.get((theme_id, project_id), ())

    def heard(self, project_id: str) -> int:
        """In how many themes something was found there."""
        return sum(bool(self.at(theme, project_id)) for theme, _ in self.themes)

    @property
    def fullest(self) -> tuple[Case, ...]:
        """The two projects heard under the most themes, in the order of the grid."""
        two = sorted(self.projects, key=lambda case: -self.heard(case.id))[:2]
        return tuple(case for case in self.projects if case in two)

    def differing(self, left: str, right: str) -> tuple[tuple[str, str], ...]:
        """The themes in which both have findings whose directions differ."""
        return tuple(
            theme
            for theme in self.themes
            if (a := self._directions(theme[0], left))
            and (b := self._directions(theme[0], right))
            and a != b
        )

    def both(self, left: str, right: str, direction: str) -> tuple[tuple[str, str], ...]:
        """The themes that come to this direction in both."""
        return tuple(
            theme
            for theme in self.themes
            if direction_of(self.at(theme[0], left))
            == direction_of(self.at(theme[0], right))
            == direction
        )

    def comparable(self, left: str, right: str) -> int:
        """In how many themes both have findings."""
        return sum(bool(self.at(t, left)) and bool(self.at(t, right)) for t, _ in self.themes)

    def narrowed(self, wide: Sequence[Case], most: int) -> ThemeGrid:
        """The same with these projects and at most so many others, those heard under the most
        themes; in the order that they had."""
        others = [case for case in self.projects if case not in wide]
        if len(others) <= most:
            return self
        spoken: dict[str, int] = {}
        for _, project in self.cells:
            spoken[project] = spoken.get(project, 0) + 1
        others.sort(key=lambda case: -spoken.get(case.id, 0))
        kept = {case.id for case in (*wide, *others[:most])}
        return replace(self, projects=tuple(c for c in self.projects if c.id in kept))

    def _directions(self, theme: str, project: str) -> frozenset[str]:
        return frozenset(found.direction for found in self.at(theme, project))


@dataclass(frozen=True)
class SubCases:
    """The sub-cases of one project, and those pairs of them that were assessed or found apart."""

    project: Case
    places: tuple[Case, ...]
    pairs: tuple[Comparison, ...]


def theme_grid(graph: Graph, actor: Actor, programme_id: str) -> ThemeGrid:
    """Themes of the analysis, and others that have findings, by the programme's projects."""
    return remembered(
        graph,
        actor,
        ("themes", programme_id),
        lambda: _theme_grid(graph, actor, programme_id),
        of=("case/projects", "case/themes", "compare/grid"),
    )


def _theme_grid(graph: Graph, actor: Actor, programme_id: str) -> ThemeGrid:
    rows = whole(graph, "case/projects", actor, programme_id=programme_id)
    projects = tuple(_case(row) for row in rows if row["part_of_id"] is None)
    found = read(graph, "compare/grid", actor, project_ids=[case.id for case in projects])
    cells: dict[tuple[str, str], list[Found]] = {}
    for row in found:
        cells.setdefault((row["theme_id"], row["project_id"]), []).append(_found(row))
    spoken = {theme for theme, _ in cells}
    themes = read(graph, "case/themes", actor, programme_id=programme_id)
    return ThemeGrid(
        tuple(
            (row["id"], row["name"])
            for row in themes
            if row["scheme"] == ThemeScheme.ANALYSIS or row["id"] in spoken
        ),
        projects,
        {key: tuple(held) for key, held in cells.items()},
    )


MOST_FACES = 6
"""Of how many projects the sub-cases are set face to face, unless some are named."""


def sub_cases(
    graph: Graph, actor: Actor, programme_id: str, first: Collection[str] = ()
) -> tuple[SubCases, ...]:
    """Projects that have sub-cases, with the pairs of them that tell something apart: those named
    by their ids in `first`, then others in order of codes, at most MOST_FACES in all.

    Without a pair nothing was recorded of them one by one, which is silence and not sameness.
    """
    return remembered(
        graph,
        actor,
        ("sub-cases", programme_id, tuple(first)),
        lambda: _sub_cases(graph, actor, programme_id, first),
        of=("case/projects", "case/themes", "compare/grid", "compare/assessments"),
    )


def _sub_cases(
    graph: Graph, actor: Actor, programme_id: str, first: Collection[str]
) -> tuple[SubCases, ...]:
    rows = whole(graph, "case/projects", actor, programme_id=programme_id)
    below: dict[str, list[Case]] = {}
    for row in rows:
        if row["part_of_id"] is not None:
            below.setdefault(row["part_of_id"], []).append(_case(row))
    told: list[SubCases] = []
    for row in sorted(rows, key=lambda row: row["id"] not in first):
        if len(told) == MOST_FACES:
            break
        places = below.get(row["id"], [])
        spoken = _spoken(graph, actor, [case.id for case in places])
        pairs = [
            compare(graph, actor, a.id, b.id)
            for a, b in combinations((case for case in places if case.id in spoken), 2)
        ]
        if places:
            told.append(SubCases(_case(row), tuple(places), tuple(pairs)))
    return tuple(told)


def _spoken(graph: Graph, actor: Actor, places: list[str]) -> set[str]:
    if not places:
        return set()
    rows = [
        *read(graph, "compare/grid", actor, project_ids=places),
        *read(graph, "compare/assessments", actor, project_ids=places),
    ]
    return {row["project_id"] for row in rows}


def _case(row: Row) -> Case:
    return Case(row["id"], row["code"], row["name"])


def _found(row: Row) -> Found:
    names = Passage.__dataclass_fields__
    passages = tuple(Passage(**{name: p[name] for name in names}) for p in row["passages"])
    kept = ("id", "code", "statement", "direction", "wave", "role_group", "origin", "place")
    return Found(**{name: row[name] for name in kept}, passages=passages)


def lines(grid: ThemeGrid) -> list[dict[str, object]]:
    """The grid as rows for a table: one a finding, and one with direction 'silent' for each cell
    in which nothing was said."""
    rows: list[dict[str, object]] = []
    for theme, name in grid.themes:
        for case in grid.projects:
            here = {"theme": name, "project": case.name}
            found = grid.at(theme, case.id)
            rows += [
                {
                    **here,
                    "place": item.place,
                    "direction": item.direction,
                    "statement": item.statement,
                    "origin": item.origin,
                    "finding": item.code,
                    "locator": item.locator,
                }
                for item in found
            ] or [{**here, "place": case.name, "direction": "silent"}]
    return rows
