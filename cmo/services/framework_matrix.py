"""The framework matrix: themes by projects, factors by projects, or roles by theories, with the
passages and the summary sentences in the cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cmo.analysis.cases import Cases
from cmo.analysis.cells import Assessed, Reading, read_cell
from cmo.analysis.framework import (
    NOT_NAMED,
    Cell,
    Filling,
    Heard,
    Sentence,
    heard,
    silence,
)
from cmo.domain.vocabulary import Coverage, ThemeScheme
from cmo.errors import InvalidInput, NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import whole

AT_ONCE = 1_000
"""Of how many things the passages are read in one question."""
ROLE_NOT_NAMED = "Role not named"


class Of(StrEnum):
    """What the rows of a matrix are; roles are set against theories, the others against
    projects."""

    THEME = "theme"
    FACTOR = "factor"
    ROLE = "role"


IN_WORDS = {
    Of.THEME: ("themes", "projects"),
    Of.FACTOR: ("factors", "projects"),
    Of.ROLE: ("informants' roles", "theories"),
}
"""What the rows and the columns of each kind are called."""


@dataclass(frozen=True)
class Head:
    """A row or a column: a theme, a factor, a project, a theory, or a role group (its id is then
    its name). `roles` are those of a factor; `is_general`: it is the programme as a whole."""

    id: str
    code: str | None
    name: str
    roles: tuple[str, ...] = ()
    is_general: bool = False

    @property
    def called(self) -> str:
        """Its code and name."""
        return f"{self.code} {self.name}" if self.code else self.name

    @property
    def short(self) -> str:
        """What the address calls it: its code, else its id."""
        return self.code or self.id


@dataclass(frozen=True)
class Axes:
    """The rows and columns of a matrix; `further` rows are shown when they are asked for: themes
    that no analysis brings and under which nothing was found."""

    of: Of
    programme_id: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    further: tuple[Head, ...] = ()
    cases: Cases = field(default_factory=lambda: Cases(()), compare=False)

    @property
    def words(self) -> tuple[str, str]:
        """What the rows and the columns are called."""
        return IN_WORDS[self.of]

    def narrowed(self, rows: Collection[str], columns: Collection[str]) -> Axes:
        """The same with these rows and columns only, each named by its code, name or id; none named
        means all. Raises NotFound for one that is not there."""
        return Axes(
            self.of,
            self.programme_id,
            _chosen((*self.rows, *self.further), rows, self.words[0]) if rows else self.rows,
            _chosen(self.columns, columns, self.words[1]) if columns else self.columns,
            (),
            self.cases,
        )

    def part(self, rows: slice, columns: slice) -> Axes:
        """A part of it."""
        return Axes(
            self.of, self.programme_id, self.rows[rows], self.columns[columns], (), self.cases
        )


@dataclass(frozen=True)
class Matrix:
    """The cells of some rows and columns. `at` tells the cell of a row and a column, which is
    silent where nothing was said."""

    axes: Axes
    cells: Mapping[tuple[str, str], Cell]
    silences: Mapping[str, str]

    def at(self, row: Head, column: Head) -> Cell:
        """What is said there."""
        held = self.cells.get((row.id, column.id))
        if held is not None:
            return held
        there = row.id if self.axes.of is Of.ROLE else column.id
        return Cell(silence=self.silences.get(there, silence(())))

    def without_empty_whole(self) -> Matrix:
        """Without the column of the programme as a whole, where nothing is said of it."""
        said = {column for _, column in self.cells}
        kept = tuple(c for c in self.axes.columns if not c.is_general or c.id in said)
        axes = Axes(self.axes.of, self.axes.programme_id, self.axes.rows, kept, (), self.axes.cases)
        return Matrix(axes, self.cells, self.silences)


def axes(graph: Graph, actor: Actor, programme_id: str, of: Of) -> Axes:
    """All rows and columns of a matrix of a programme, in their order. Raises NotFound for a
    programme that the actor may not see."""
    name = _programme_name(graph, actor, programme_id)
    places = whole(graph, "case/projects", actor, programme_id=programme_id)
    cases = Cases([p["id"], p["code"], p["name"], p["part_of_id"] or programme_id] for p in places)
    if of is Of.ROLE:
        groups = whole(graph, "evidence/role_groups", actor, programme_id=programme_id)
        theories = whole(graph, "theory/theories", actor, programme_id=programme_id)
        return Axes(
            of,
            programme_id,
            (
                *(Head(row["role_group"], None, row["role_group"]) for row in groups),
                Head(NOT_NAMED, None, ROLE_NOT_NAMED),
            ),
            tuple(Head(t["id"], t["code"], t["statement"]) for t in theories),
            (),
            cases,
        )
    columns = (
        *(Head(case.id, case.code, case.name) for case in cases.all),
        Head(programme_id, None, f"{name} as a whole", (), True),
    )
    if of is Of.FACTOR:
        return Axes(of, programme_id, _factors(graph, actor, programme_id), columns, (), cases)
    rows, further = _themes(graph, actor, programme_id, [programme_id, *cases.names])
    return Axes(of, programme_id, rows, columns, further, cases)


def _programme_name(graph: Graph, actor: Actor, programme_id: str) -> str:
    for row in whole(graph, "case/programmes", actor):
        if row["id"] == programme_id:
            return str(row["name"])
    raise NotFound(
        f"There is no programme {programme_id}.",
        "Nothing was read.",
        "`cmo query case/programmes` lists those that you may see.",
    )


def _factors(graph: Graph, actor: Actor, programme_id: str) -> tuple[Head, ...]:
    """The factors in order of their codes; those that are merged into another stand with it."""
    rows = whole(graph, "theory/codebook", actor, programme_id=programme_id)
    listed = rows[0]["factors"] if rows else []
    merged = {
        row["merged_id"] for row in whole(graph, "theory/merges", actor, programme_id=programme_id)
    }
    heads = [
        Head(id, code, label, tuple(roles))
        for id, code, label, _, roles, _ in listed
        if id not in merged
    ]
    return tuple(sorted(heads, key=lambda head: int((head.code or "F-0")[2:])))


def _themes(
    graph: Graph, actor: Actor, programme_id: str, places: list[str]
) -> tuple[tuple[Head, ...], tuple[Head, ...]]:
    rows = whole(graph, "case/themes", actor, programme_id=programme_id)
    other = [row["id"] for row in rows if row["scheme"] != ThemeScheme.ANALYSIS]
    found = (
        whole(
            graph,
            "matrix/summaries",
            actor,
            programme_id=programme_id,
            place_ids=places,
            target_ids=other,
        )
        if other
        else []
    )
    spoken = {row["row_id"] for row in found}
    heads = {row["id"]: Head(row["id"], None, row["name"]) for row in rows}
    first = [r["id"] for r in rows if r["scheme"] == ThemeScheme.ANALYSIS or r["id"] in spoken]
    first = first or list(heads)
    return (
        tuple(heads[id] for id in first),
        tuple(head for id, head in heads.items() if id not in first),
    )


def _chosen(heads: Sequence[Head], wanted: Collection[str], what: str) -> tuple[Head, ...]:
    by_name: dict[str, Head] = {}
    for head in reversed(heads):
        for name in (head.name.casefold(), head.id.casefold(), head.short.casefold()):
            by_name[name] = head
    chosen = set()
    for name in wanted:
        found = by_name.get(name.strip().casefold())
        if found is None:
            near = tuple((h.short, h.name) for h in heads[:12])
            raise NotFound(
                f"There is no {name} among the {what}.",
                "Nothing was read.",
                "Name one by its code, its whole name or its id.",
                candidates=near,
            )
        chosen.add(found.id)
    return tuple(head for head in heads if head.id in chosen)


def matrix(graph: Graph, actor: Actor, wanted: Axes) -> Matrix:
    """The cells of these rows and columns. A project's cell counts what concerns its sub-cases."""
    if wanted.of is Of.ROLE:
        return _by_role(graph, actor, wanted)
    column_of = _column_of(wanted)
    filling: dict[tuple[str, str], Filling] = defaultdict(Filling)
    rows, places = [head.id for head in wanted.rows], list(column_of)
    wide = rows if len(rows) <= AT_ONCE else None
    asked: dict[str, Any] = {"programme_id": wanted.programme_id}
    found = _portions(graph, "matrix/heard_in", actor, "place_ids", places, asked, target_ids=wide)
    shown = set(rows)
    for item, row in _codings(found):
        if row in shown:
            filling[row, column_of[item.concerns]].add(item)
    for summary in _portions(
        graph, "matrix/summaries", actor, "place_ids", places, asked, target_ids=wide
    ):
        if summary["row_id"] in shown:
            _sum_up(filling[summary["row_id"], column_of[summary["within_id"]]], summary)
    if wanted.of is Of.FACTOR:
        found = _portions(
            graph, "matrix/assessed", actor, "place_ids", places, asked, factor_ids=wide
        )
        _assess((row for row in found if row["row_id"] in shown), column_of, filling)
    cells = {key: held.cell() for key, held in filling.items()}
    return Matrix(wanted, cells, _silences(graph, actor, wanted, column_of))


def _column_of(wanted: Axes) -> dict[str, str]:
    """The column that each place counts in: a sub-case in its project's."""
    shown = {head.id for head in wanted.columns}
    found = {head.id: head.id for head in wanted.columns if head.is_general}
    for place in wanted.cases.names:
        case = wanted.cases.of(place)
        if case is not None and case.id in shown:
            found[place] = case.id
    return found


def _codings(rows: Iterable[Row]) -> Iterator[tuple[Heard, str]]:
    """Codings as matrix/heard and matrix/heard_in give them, each with what it is heard on."""
    for row in rows:
        for id, target, *rest in row["codings"]:
            yield heard([id, *rest], bears=True, directly=bool(rest[-1])), target


def _portions(
    graph: Graph,
    name: str,
    actor: Actor,
    many: str,
    ids: Sequence[str],
    asked: Mapping[str, Any],
    **more: Any,
) -> Iterator[Row]:
    """The rows of a query that is asked with a long list, portion by portion."""
    for first in range(0, len(ids), AT_ONCE):
        portion = list(ids[first : first + AT_ONCE])
        yield from read(graph, name, actor, **asked, **more, **{many: portion})


def _sum_up(held: Filling, found: Row) -> None:
    held.sentences.append(
        Sentence(
            id=found["id"],
            code=found["code"],
            statement=found["statement"],
            direction=found["direction"],
            origin=found["origin"],
            wave=found["wave"],
            within_id=found["within_id"],
            within=found["within"],
            rests_on=tuple(columns[0] for columns in found["heard"]),
        )
    )
    for columns in found["heard"]:
        held.add(heard(columns, bears=False))


def _assess(
    found: Iterable[Row],
    column_of: Mapping[str, str],
    filling: dict[tuple[str, str], Filling],
) -> None:
    by_cell: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        by_cell[row["row_id"], column_of[row["place_id"]]].append(row)
    for key, listed in by_cell.items():
        reading = read_cell(key[1], (_assessed(row) for row in listed))
        filling[key].reading = reading
        used = {a.id for a in reading.assessments} if reading else set()
        for row in listed:
            for columns in row["heard"] if row["id"] in used else ():
                filling[key].add(heard(columns, bears=False))


def _assessed(row: Row) -> Assessed:
    coverages = [columns[7] for columns in row["heard"]]
    return Assessed(
        id=row["id"],
        factor=row["row_id"],
        place=row["place_id"],
        value=row["value"],
        valence=row["valence"],
        wave=row["wave"],
        on_mention=bool(coverages) and all(c == Coverage.MENTIONED for c in coverages),
        origin=row["origin"],
        codings=tuple(columns[0] for columns in row["heard"]),
    )


def _by_role(graph: Graph, actor: Actor, wanted: Axes) -> Matrix:
    """Roles by theories: a passage stands in the row of each role that speaks in it."""
    shown = {head.id for head in wanted.rows}
    targets = [head.id for head in wanted.columns]
    filling: dict[tuple[str, str], Filling] = defaultdict(Filling)
    names = wanted.cases.names
    asked = {"programme_id": wanted.programme_id}
    rows = _portions(graph, "matrix/heard", actor, "theory_ids", targets, asked)
    for coded, theory in _codings(rows):
        case = wanted.cases.of(coded.concerns) if coded.concerns in names else None
        item = coded._replace(concerns=case.id if case else "")
        for role in item.roles & shown:
            filling[role, theory].add(item)
    everywhere = [wanted.programme_id, *names]
    for found in _portions(
        graph, "matrix/summaries", actor, "place_ids", everywhere, asked, target_ids=targets
    ):
        role = found["role_group"] or NOT_NAMED
        if role in shown:
            _sum_up(filling[role, found["row_id"]], found)
    cells = {key: held.cell(role=key[0]) for key, held in filling.items()}
    return Matrix(wanted, cells, _silences(graph, actor, wanted, {}))


def _silences(
    graph: Graph, actor: Actor, wanted: Axes, column_of: Mapping[str, str]
) -> dict[str, str]:
    """What a silence is in each column of projects, or in each row of roles."""
    rows = whole(graph, "matrix/coverage", actor, programme_id=wanted.programme_id)
    held = rows[0] if rows else {"places": [], "groups": []}
    there: dict[str, set[str]] = defaultdict(set)
    if wanted.of is Of.ROLE:
        for role, coverage in held["groups"]:
            there[role or NOT_NAMED].add(coverage)
        if held["places"]:
            there[NOT_NAMED].add(str(Coverage.MENTIONED))
        return {head.id: silence(there[head.id]) for head in wanted.rows}
    whole_of_it = {head.id for head in wanted.columns if head.is_general}
    for place, coverage in held["places"]:
        for head in whole_of_it:  # whoever speaks of one project may speak of all of them
            there[head].add(coverage)
        if place in column_of:
            there[column_of[place]].add(coverage)
        if place == wanted.programme_id:
            # What was collected for all of them may be about this one; that it asked is not known.
            for head in wanted.columns:
                there[head.id].add(str(Coverage.MENTIONED))
    return {head.id: silence(there[head.id]) for head in wanted.columns}


def words_of(
    graph: Graph, actor: Actor, programme_id: str, codings: Iterable[str]
) -> dict[str, Row]:
    """The passages of these codings by their ids, with what the actor may read of them; one that
    they may not see is left out. Those against come first."""
    ids = list(dict.fromkeys(codings))
    asked = {"programme_id": programme_id}
    rows = _portions(graph, "matrix/passages", actor, "coding_ids", ids, asked)
    return {row["id"]: row for row in rows}


def of_kind(word: str) -> Of:
    """The kind of matrix that a word names. Raises InvalidInput."""
    try:
        return Of(word)
    except ValueError:
        raise InvalidInput(
            f"There is no matrix of {word}.",
            "Nothing was read.",
            f"Choose among {', '.join(Of)}.",
            field_name="of",
        ) from None


def reading_in_words(reading: Reading) -> str:
    """What the assessments of a factor come to, in words: 'present, enables'."""
    return ", ".join([reading.value.replace("_", " "), *sorted(reading.valences)])
