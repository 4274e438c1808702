"""The framework matrix: themes by projects, factors by projects, or roles by theories, with the
passages and the summary sentences in the cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
from cmo.domain.vocabulary import Coverage
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.framework_axes import Axes, Head, Of, named_groups
from cmo.services.reading import read
from cmo.services.remembering import whole

AT_ONCE = 1_000
"""Of how many things the passages are read in one question."""


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
        """Without the column of the programme as a whole, where nothing is said of it; one that
        was chosen alone, beside projects that there are, is kept."""
        said = {column for _, column in self.cells}
        kept = tuple(c for c in self.axes.columns if not c.is_general or c.id in said)
        if not kept and self.axes.cases.all:
            return self
        return Matrix(replace(self.axes, columns=kept), self.cells, self.silences)


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
    """Roles by theories: a passage stands in the row of each role that speaks in it; a role without
    a row of its own in the whole matrix is one that is not named."""
    shown = {head.id for head in wanted.rows}
    named = frozenset(named_groups(graph, actor, wanted.programme_id))
    targets = [head.id for head in wanted.columns]
    filling: dict[tuple[str, str], Filling] = defaultdict(Filling)
    names = wanted.cases.names
    asked = {"programme_id": wanted.programme_id}
    rows = _portions(graph, "matrix/heard", actor, "theory_ids", targets, asked)
    for coded, theory in _codings(rows):
        case = wanted.cases.of(coded.concerns) if coded.concerns in names else None
        voices = tuple((who, role if role in named else None) for who, role in coded.voices)
        item = coded._replace(concerns=case.id if case else "", voices=voices)
        for role in item.roles & shown:
            filling[role, theory].add(item)
    everywhere = [wanted.programme_id, *names]
    for found in _portions(
        graph, "matrix/summaries", actor, "place_ids", everywhere, asked, target_ids=targets
    ):
        role = found["role_group"] if found["role_group"] in named else NOT_NAMED
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
        named = frozenset(named_groups(graph, actor, wanted.programme_id))
        for role, coverage in held["groups"]:
            there[role if role in named else NOT_NAMED].add(coverage)
        if held["places"]:
            there[NOT_NAMED].add(str(Coverage.MENTIONED))
        return {head.id: silence(there[head.id]) for head in wanted.rows}
    general = [head.id for head in wanted.columns if head.is_general]
    for place, coverage in held["places"]:
        for programme in general:  # whoever speaks of one project may speak of all of them
            there[programme].add(coverage)
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
    they may not see is left out, and so is the name of a role group that has no row. Those against
    come first."""
    ids = list(dict.fromkeys(codings))
    asked = {"programme_id": programme_id}
    rows = _portions(graph, "matrix/passages", actor, "coding_ids", ids, asked)
    named = frozenset(named_groups(graph, actor, programme_id)) if ids else frozenset()
    return {row["id"]: row | {"speakers": _speakers(row, named)} for row in rows}


def _speakers(row: Row, named: Collection[str]) -> list[Row]:
    return [
        who | {"role_group": who["role_group"] if who["role_group"] in named else None}
        for who in row["speakers"]
    ]


def reading_in_words(reading: Reading) -> str:
    """What the assessments of a factor come to, in words: 'present, enables'."""
    return ", ".join([reading.value.replace("_", " "), *sorted(reading.valences)])
