"""A programme at a glance: projects by themes, what to look at first, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cmo.domain.vocabulary import Direction, Support, ThemeScheme, Valence
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.configurations import SETS
from cmo.services.regularities import regularities
from cmo.services.remembering import whole
from cmo.services.tallying import how_many_to_place, uncoded_sources

MOST_ROWS = 25
"""How many projects a board shows at a time."""


@dataclass(frozen=True)
class Cell:
    """What was found under one theme in one project: how many findings, which way they point
    (enabling, hindering, neither, mixed, silent), and how many of them are ours."""

    theme: str
    direction: str
    findings: int
    ours: int


@dataclass(frozen=True)
class BoardRow:
    """A project, or a sub-case that has findings of its own (then `part_of` is its project's id).

    `enabling` and `hindering` are the factors that it names so, each once, in order of their codes.
    """

    id: str
    code: str
    name: str
    aim: str | None
    part_of: str | None
    cells: tuple[Cell, ...]
    enabling: tuple[str, ...]
    hindering: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """Projects by the themes of the analysis; `themes` are (id, name) in their order.

    `total` counts the projects of the programme, of which `rows` shows those from `first` on.
    """

    themes: tuple[tuple[str, str], ...]
    rows: tuple[BoardRow, ...]
    first: int
    total: int

    @property
    def projects(self) -> tuple[BoardRow, ...]:
        """The rows of projects, without those of sub-cases."""
        return tuple(row for row in self.rows if row.part_of is None)


def board(graph: Graph, actor: Actor, programme_id: str, *, first: int = 0) -> Board:
    """The board of a programme, at most MOST_ROWS projects from the place `first` (0 is the first).

    A project's cells count what was found in its sub-cases too. Empty rows mean no project.
    """
    places = whole(graph, "case/projects", actor, programme_id=programme_id)
    tops = [p for p in places if p["part_of_id"] is None]
    shown = tops[first : first + MOST_ROWS]
    themes = tuple(
        (t["id"], t["name"])
        for t in whole(
            graph, "case/themes", actor, programme_id=programme_id, scheme=str(ThemeScheme.ANALYSIS)
        )
    )
    ids = [p["id"] for p in shown]
    found, named = [], []
    if ids:
        found = whole(graph, "compare/grid", actor, project_ids=ids)
        named = whole(graph, "patterns/namings", actor, programme_id=programme_id, project_ids=ids)
    rows: list[BoardRow] = []
    for project in shown:
        own = [f for f in found if f["project_id"] == project["id"]]
        rows.append(_row(project, None, themes, own, named))
        below = {f["place_id"] for f in own} - {project["id"]}
        for place in (p for p in places if p["id"] in below):
            there = [f for f in own if f["place_id"] == place["id"]]
            rows.append(_row(place, project["id"], themes, there, []))
    return Board(themes, tuple(rows), first, len(tops))


def _row(
    place: Row,
    part_of: str | None,
    themes: tuple[tuple[str, str], ...],
    found: list[Row],
    named: list[Row],
) -> BoardRow:
    by_theme: dict[str, list[Row]] = defaultdict(list)
    for finding in found:
        by_theme[finding["theme_id"]].append(finding)
    mine = [n for n in named if n["project_id"] == place["id"]]
    return BoardRow(
        place["id"],
        place["code"],
        place["name"],
        place["aim"],
        part_of,
        tuple(_cell(theme, by_theme[theme]) for theme, _ in themes),
        _factors(mine, Valence.ENABLES),
        _factors(mine, Valence.HINDERS),
    )


def _cell(theme: str, found: list[Row]) -> Cell:
    ours = sum(f["origin"] == "ours" for f in found)
    return Cell(theme, pointing(f["direction"] for f in found), len(found), ours)


def pointing(directions: Iterable[str]) -> str:
    """What directions come to together: both ways is mixed, none at all is silent."""
    held = set(directions)
    if not held:
        return "silent"
    ways = held - {Direction.NEITHER}
    if len(ways) > 1:
        return "mixed"
    return str(ways.pop()) if ways else str(Direction.NEITHER)


def _factors(named: list[Row], valence: Valence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n["factor"] for n in named if n["valence"] == valence))


@dataclass(frozen=True)
class Item:
    """A record to look at: `why` is its support, where that is the reason."""

    id: str
    code: str
    name: str
    why: str = ""


@dataclass(frozen=True)
class Needs:
    """What wants looking at in a programme; every tuple is in order of codes.

    `contested` and `refuted` are configurations, `unevidenced` those without any counted coding,
    `unlinked` those whose sets stand together without a link, `partial` those that lack one of
    their three sets. `themes` are (id, name, projects heard), fewest first.
    """

    contested: tuple[Item, ...]
    refuted: tuple[Item, ...]
    unevidenced: tuple[Item, ...]
    unlinked: tuple[Item, ...]
    partial: tuple[Item, ...]
    themes: tuple[tuple[str, str, int], ...]
    bare_sources: tuple[Item, ...]
    activities: tuple[Item, ...]
    unplaced: int
    unassessed: tuple[Item, ...]


def needs(graph: Graph, actor: Actor, programme_id: str) -> Needs:
    """What wants looking at. Raises NotFound for a programme that the actor may not see.

    Each part is remembered by itself, so that a change costs those parts that it alters.
    """
    found = regularities(graph, actor, programme_id).configurations
    support = {pattern.id: pattern.support for pattern in found}

    def asked(name: str) -> list[Row]:
        return whole(graph, name, actor, programme_id=programme_id)

    held = asked("theory/shapes")
    return Needs(
        contested=_standing(held, support, Support.CONTESTED),
        refuted=_standing(held, support, Support.REFUTED_ONLY),
        unevidenced=_standing(held, support, Support.NONE),
        unlinked=tuple(_item(row) for row in held if not row["links"]),
        partial=tuple(_item(row) for row in held if not all(row[part] for part in SETS)),
        themes=tuple(
            sorted(
                ((t["id"], t["name"], t["projects"]) for t in asked("compare/hardly_heard")),
                key=lambda theme: theme[2],
            )
        ),
        bare_sources=tuple(
            Item(row["id"], row["code"], row["title"])
            for row in uncoded_sources(graph, actor, programme_id)
        ),
        activities=tuple(
            Item(row["id"], row["code"], row["label"]) for row in asked("theory/activities")
        ),
        unplaced=how_many_to_place(graph, actor, programme_id),
        unassessed=tuple(_item(row) for row in asked("compare/unassessed")),
    )


def _item(row: Row, why: str = "") -> Item:
    return Item(row["id"], row["code"], row["name"], why)


def _standing(held: list[Row], support: dict[str, Support], wanted: Support) -> tuple[Item, ...]:
    return tuple(
        _item(row, str(wanted)) for row in held if support.get(row["id"], Support.NONE) == wanted
    )
