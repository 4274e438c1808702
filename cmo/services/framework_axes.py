"""The rows and columns of a framework matrix: themes or factors by projects, or informants' roles
by theories."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cmo.analysis.cases import Cases
from cmo.analysis.framework import NOT_NAMED
from cmo.domain.vocabulary import ThemeScheme
from cmo.errors import InvalidInput, NotFound
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.remembering import whole

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
    """The rows and columns of a matrix; `further` rows are left out until they are asked for:
    themes that no analysis brings and under which nothing was coded or found."""

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
        every = (*self.rows, *self.further)
        return replace(
            self,
            rows=_chosen(every, rows, self.words[0]) if rows else self.rows,
            columns=_chosen(self.columns, columns, self.words[1]) if columns else self.columns,
            further=() if rows else self.further,
        )

    def part(self, rows: slice, columns: slice) -> Axes:
        """A part of it."""
        return replace(self, rows=self.rows[rows], columns=self.columns[columns])

    @property
    def left_out(self) -> str:
        """How many rows are left out, and why, in a sentence; empty where all are there."""
        many = len(self.further)
        if not many:
            return ""
        what, are = (self.words[0], "are") if many > 1 else ("theme", "is")
        return f"{many:,} {what}, under which nothing was coded or found, {are} left out."


def axes(graph: Graph, actor: Actor, programme_id: str, of: Of) -> Axes:
    """All rows and columns of a matrix of a programme, in their order. Raises NotFound for a
    programme that the actor may not see."""
    name = _programme_name(graph, actor, programme_id)
    places = whole(graph, "case/projects", actor, programme_id=programme_id)
    cases = Cases([p["id"], p["code"], p["name"], p["part_of_id"] or programme_id] for p in places)
    if of is Of.ROLE:
        theories = whole(graph, "theory/theories", actor, programme_id=programme_id)
        return Axes(
            of,
            programme_id,
            (
                *(Head(group, None, group) for group in named_groups(graph, actor, programme_id)),
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


def named_groups(graph: Graph, actor: Actor, programme_id: str) -> tuple[str, ...]:
    """The role groups that have a row, in the order of the alphabet: whoever speaks for another,
    such as one that the reader is not told or whose informants have all gone, is not named."""
    rows = whole(graph, "evidence/role_groups", actor, programme_id=programme_id)
    return tuple(row["role_group"] for row in rows)


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
    coded = whole(graph, "matrix/themes_coded", actor, programme_id=programme_id) if other else []
    spoken = {row["row_id"] for row in found} | {id for row in coded for id in row["ids"]}
    heads = {row["id"]: Head(row["id"], None, row["name"]) for row in rows}
    first = [r["id"] for r in rows if r["scheme"] == ThemeScheme.ANALYSIS or r["id"] in spoken]
    first = first or list(heads)
    return (
        tuple(heads[id] for id in first),
        tuple(head for id, head in heads.items() if id not in first),
    )


def _chosen(heads: Sequence[Head], wanted: Collection[str], what: str) -> tuple[Head, ...]:
    chosen = set()
    for name in wanted:
        found = _answering(heads, name)
        if len(found) != 1:
            near = tuple((h.short, h.name) for h in (found or heads)[:12])
            raise NotFound(
                f"{len(found)} of the {what} answer to {name}."
                if found
                else f"There is no {name} among the {what}.",
                "Nothing was read.",
                "Name one by its code, its whole name or its id.",
                candidates=near,
            )
        chosen.add(found[0].id)
    return tuple(head for head in heads if head.id in chosen)


def _answering(heads: Sequence[Head], name: str) -> Sequence[Head]:
    """Those with this id or code; else those called so; else those with one of these in other
    capitals."""
    exact = [head for head in heads if name in (head.id, head.short)]
    if exact:
        return exact
    name = name.strip()
    called = [head for head in heads if name == head.name]
    folded = name.casefold()
    return called or [
        head
        for head in heads
        if folded in (head.id.casefold(), head.short.casefold(), head.name.casefold())
    ]


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
