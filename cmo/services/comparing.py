"""Two projects, or two sub-cases, side by side: findings by theme, and assessments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmo.analysis.cases import Case, code_number
from cmo.analysis.cells import Assessed, Reading, read_cell
from cmo.domain.case import Project
from cmo.domain.vocabulary import Direction, FactorRole, ThemeScheme
from cmo.errors import InvalidInput
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import get_records, read


@dataclass(frozen=True)
class Passage:
    """Where a finding or an assessment rests: the coding, and where its passage stands."""

    coding_id: str
    excerpt_id: str
    source_id: str
    source: str
    section: str | None
    locator: str | None


@dataclass(frozen=True)
class Found:
    """A finding in a project, or in one of its sub-cases (then `place` names it)."""

    id: str
    code: str
    statement: str
    direction: str
    wave: str | None
    role_group: str | None
    origin: str
    place: str
    passages: tuple[Passage, ...]

    @property
    def locator(self) -> str:
        """Where its passages stand, in order; empty where it rests on none."""
        return "; ".join(locators(self.passages))


@dataclass(frozen=True)
class ThemeRow:
    """One theme in two projects; a side without findings is silent."""

    theme_id: str
    theme: str
    left: tuple[Found, ...]
    right: tuple[Found, ...]

    @property
    def differ(self) -> bool | None:
        """Whether the directions of the two sides differ; None where one is silent."""
        if not self.left or not self.right:
            return None
        return {f.direction for f in self.left} != {f.direction for f in self.right}

    @property
    def words(self) -> tuple[str, str]:
        """What each side comes to, left first: enabling, hindering, mixed, neither or silent."""
        return direction_of(self.left), direction_of(self.right)


@dataclass(frozen=True)
class FactorRow:
    """One factor in two projects; a side that is None was not assessed."""

    factor_id: str
    code: str
    label: str
    roles: tuple[str, ...]
    left: Reading | None
    right: Reading | None
    passages: tuple[Passage, ...]

    @property
    def same(self) -> bool | None:
        """Whether both have the same value; None where one was not assessed."""
        if self.left is None or self.right is None:
            return None
        return self.left.value == self.right.value


@dataclass(frozen=True)
class Comparison:
    """Two projects or sub-cases: themes in their order, factors in order of their codes."""

    left: Case
    right: Case
    themes: tuple[ThemeRow, ...]
    factors: tuple[FactorRow, ...]

    @property
    def same(self) -> tuple[FactorRow, ...]:
        """Factors that have the same value in both, in order of their codes."""
        return tuple(row for row in self.factors if row.same)

    @property
    def differing_contexts(self) -> tuple[FactorRow, ...]:
        """Contexts whose values differ, in order of their codes."""
        return self._differing(FactorRole.CONTEXT)

    @property
    def differing_mechanisms(self) -> tuple[FactorRow, ...]:
        """Mechanisms whose values differ, in order of their codes."""
        return self._differing(FactorRole.MECHANISM)

    @property
    def differing_outcomes(self) -> tuple[FactorRow, ...]:
        """Outcomes whose values differ, in order of their codes."""
        return self._differing(FactorRole.OUTCOME)

    def _differing(self, role: FactorRole) -> tuple[FactorRow, ...]:
        return tuple(row for row in self.factors if row.same is False and role in row.roles)


def compare(graph: Graph, actor: Actor, project_a: str, project_b: str) -> Comparison:
    """Two projects or sub-cases (their ids) side by side.

    Every theme of the analysis is there, silent or not, and others that have findings. What was
    found in a sub-case counts for its project; a project's own assessment wins over those of its
    sub-cases. Raises NotFound, and InvalidInput for what is not a project.
    """
    if project_a == project_b:
        raise InvalidInput(
            "The two projects are the same one.", "Nothing was compared.", "Name another project."
        )
    held = get_records(graph, actor, [project_a, project_b])
    for item in held:
        if item.kind is not Project or item.retired_at is not None:
            state = "a retired project" if item.kind is Project else f"a {item.kind.node_label}"
            raise InvalidInput(
                f"{item.code or item.name} is {state}.",
                "Nothing was compared.",
                "`cmo query case/projects` lists the projects.",
            )
    left, right = (Case(item.id, item.code or "", item.name) for item in held)
    ids = [project_a, project_b]
    programmes = {
        row["programme_id"] for row in read(graph, "record/programmes_of", actor, ids=ids)
    }
    if len(programmes) > 1:
        raise InvalidInput(
            f"{left.name} and {right.name} belong to different programmes, which share no themes "
            "and no codes.",
            "Nothing was compared.",
            "Name two projects of one programme.",
        )
    findings = read(graph, "compare/grid", actor, project_ids=ids)
    found_under = {row["theme_id"] for row in findings}
    themes = [
        row
        for row in read(graph, "case/themes", actor)
        if row["programme_id"] in programmes
        and (row["scheme"] == ThemeScheme.ANALYSIS or row["id"] in found_under)
    ]
    assessments = read(graph, "compare/assessments", actor, project_ids=ids)
    return Comparison(
        left, right, _theme_rows(themes, findings, left, right), _factors(assessments, left, right)
    )


def locators(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Where passages stand, each place once, in order: the locator, else the source's code."""
    return tuple(dict.fromkeys(p.locator or p.source for p in passages))


def direction_of(findings: Iterable[Found]) -> str:
    """What the findings of a cell come to: both directions are mixed, none at all is silent."""
    directions = {f.direction for f in findings}
    if not directions:
        return "silent"
    pointing = directions - {Direction.NEITHER}
    if len(pointing) > 1:
        return "mixed"
    return str(pointing.pop()) if pointing else str(Direction.NEITHER)


def _theme_rows(
    themes: list[Row], findings: list[Row], left: Case, right: Case
) -> tuple[ThemeRow, ...]:
    cells: dict[tuple[str, str], list[Found]] = {}
    for row in findings:
        found = Found(
            id=row["id"],
            code=row["code"],
            statement=row["statement"],
            direction=row["direction"],
            wave=row["wave"],
            role_group=row["role_group"],
            origin=row["origin"],
            place=row["place"],
            passages=_passages(row["passages"]),
        )
        cells.setdefault((row["theme_id"], row["project_id"]), []).append(found)
    return tuple(
        ThemeRow(
            theme["id"],
            theme["name"],
            tuple(cells.get((theme["id"], left.id), ())),
            tuple(cells.get((theme["id"], right.id), ())),
        )
        for theme in themes
    )


def _factors(rows: list[Row], left: Case, right: Case) -> tuple[FactorRow, ...]:
    by_factor: dict[str, list[Row]] = {}
    for row in rows:
        by_factor.setdefault(row["factor_id"], []).append(row)
    found = []
    for factor_id, listed in by_factor.items():
        first = listed[0]
        sides = [
            read_cell(side.id, (_assessed(r) for r in listed if r["project_id"] == side.id))
            for side in (left, right)
        ]
        used = {a.id for side in sides if side is not None for a in side.assessments}
        passages = [p for row in listed if row["id"] in used for p in _passages(row["passages"])]
        found.append(
            FactorRow(
                factor_id,
                first["factor_code"],
                first["factor"],
                tuple(first["roles"]),
                sides[0],
                sides[1],
                tuple(dict.fromkeys(passages)),
            )
        )
    return tuple(sorted(found, key=lambda row: code_number(row.code)))


def _assessed(row: Row) -> Assessed:
    passages = row["passages"]
    return Assessed(
        id=row["id"],
        factor=row["factor_id"],
        place=row["place_id"],
        value=row["value"],
        valence=row["valence"],
        wave=row["wave"],
        on_mention=bool(passages) and all(p["coverage"] == "mentioned" for p in passages),
        origin=row["origin"],
        codings=tuple(p["coding_id"] for p in passages),
    )


def _passages(rows: Iterable[Mapping[str, Any]]) -> tuple[Passage, ...]:
    names = Passage.__dataclass_fields__
    return tuple(Passage(**{name: row[name] for name in names}) for row in rows)
