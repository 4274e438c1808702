"""How far a programme is coded: how many codings it holds, which are still to place, which sources
have none. What was coded since is added to what was counted before."""

from __future__ import annotations

from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import once_a_look, read
from cmo.services.remembering import remembered, whole

NEWLY_CODED = "evidence/newly_coded"


def how_many_codings(graph: Graph, actor: Actor, programme_id: str) -> int:
    """How many codings the programme holds, as far as the actor may see them."""

    def all_of_them() -> int:
        rows = read(graph, "evidence/how_many", actor, programme_id=programme_id)
        return sum(int(row["codings"]) for row in rows)

    def with_new(before: int, codings: list[str]) -> int:
        new = newly_coded(graph, actor, programme_id, codings)
        return before + sum(bool(row["stands"]) for row in new)

    return remembered(
        graph,
        actor,
        ("how many codings", programme_id),
        all_of_them,
        of=("evidence/how_many",),
        more=with_new,
    )


def how_many_to_place(graph: Graph, actor: Actor, programme_id: str) -> int:
    """How many of them bear on nothing yet, and are not what something rests on."""

    def all_of_them() -> int:
        rows = read(graph, "evidence/to_place", actor, programme_id=programme_id)
        return sum(int(row["unplaced"]) for row in rows)

    def with_new(before: int, codings: list[str]) -> int:
        new = newly_coded(graph, actor, programme_id, codings)
        return before + sum(
            bool(row["stands"]) and row["target_id"] is None and not row["rested_on"] for row in new
        )

    return remembered(
        graph,
        actor,
        ("to place", programme_id),
        all_of_them,
        of=("evidence/to_place",),
        more=with_new,
    )


def uncoded_sources(graph: Graph, actor: Actor, programme_id: str) -> tuple[Row, ...]:
    """The sources of which no passage is coded (id, code, title), in order of their codes."""

    def among(ids: list[str] | None) -> tuple[Row, ...]:
        asked = {"programme_id": programme_id, "source_ids": ids}
        return tuple(read(graph, "evidence/uncoded", actor, **asked))

    def with_new(before: tuple[Row, ...], _: list[str]) -> tuple[Row, ...]:
        return among([row["id"] for row in before]) if before else ()

    return remembered(
        graph,
        actor,
        ("uncoded", programme_id),
        lambda: among(None),
        of=("evidence/uncoded",),
        more=with_new,
    )


def newly_coded(graph: Graph, actor: Actor, programme_id: str, codings: list[str]) -> list[Row]:
    """Those of these codings that the programme holds and the actor may see, with what figures need
    of them, as `evidence/newly_coded` gives them."""
    if not codings:
        return []
    return once_a_look(
        graph,
        (NEWLY_CODED, actor.id, programme_id, tuple(codings)),
        lambda: read(graph, NEWLY_CODED, actor, programme_id=programme_id, coding_ids=codings),
    )


def extent(graph: Graph, actor: Actor, programme_id: str) -> Row:
    """How many projects, configurations, links, sources and codings the programme holds; zeros for
    one that the actor may not see."""
    rows = whole(graph, "case/extent", actor, programme_id=programme_id)
    held = rows[0] if rows else dict.fromkeys(("projects", "configurations", "links", "sources"), 0)
    return {**held, "codings": how_many_codings(graph, actor, programme_id)}
