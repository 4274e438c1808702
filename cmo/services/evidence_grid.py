"""The grid of passages: every coding a row, those against first, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cmo.errors import InvalidInput
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import whole
from cmo.services.texts import target_of

STANCES = ("refutes", "refines", "supports", "contextualises")
"""The order in which stances are listed: contradictions first."""
FIRST_STEP = 25
"""How many sources are looked through at first; each further step takes four times as many."""


@dataclass(frozen=True)
class Wanted:
    """Which codings: each field narrows the list, None does not.

    `place` is the id of what a coding concerns, `kind` a label such as Factor or 'none' for those
    still to place, `coder`, `source` and `target` are ids.
    """

    stance: str | None = None
    place: str | None = None
    wave: str | None = None
    kind: str | None = None
    role_group: str | None = None
    coder: str | None = None
    source: str | None = None
    target: str | None = None

    def params(self) -> dict[str, str | None]:
        """What narrows the codings of given sources, by the names that queries give it."""
        return {
            "stance": self.stance,
            "place_id": self.place,
            "kind": self.kind,
            "target_id": self.target,
            "role_group": self.role_group,
            "coder_id": self.coder,
        }


@dataclass(frozen=True)
class Page:
    """Some rows, each with its `target`; `after` continues behind them, None at the end."""

    rows: list[dict[str, Any]]
    after: str | None


def passages(
    graph: Graph,
    actor: Actor,
    programme: str,
    wanted: Wanted,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """A page of codings of a programme: by stance, those against first, then by source and place in
    it. Empty where none matches. Raises InvalidInput for an `after` that no page gave."""
    stances = [wanted.stance] if wanted.stance else list(STANCES)
    if after is not None:
        stance, _, inside = after.partition(" ")
        if stance not in stances or not inside[:8].isdecimal():
            raise InvalidInput(
                "That page is not known.", "Nothing was read.", "Begin at the first."
            )
        stances = stances[stances.index(stance) :]
        after = inside
    sources = sources_of(graph, actor, programme, wanted)
    rows: list[dict[str, Any]] = []
    for stance in stances:
        rows += _of_stance(graph, actor, sources, wanted, stance, after, limit + 1 - len(rows))
        after = None
        if len(rows) > limit:
            break
    shown = [{**row, "target": target_of(row)} for row in rows[:limit]]
    more = f"{shown[-1]['stance']} {shown[-1]['key']}" if len(rows) > limit else None
    return Page(shown, more)


def sources_of(graph: Graph, actor: Actor, programme: str, wanted: Wanted) -> list[tuple[str, int]]:
    """The sources that are looked through, in their order: the id of each and its number. Where
    codings on one record, or that concern one place, are wanted, only those that hold some."""
    rows = whole(
        graph,
        "evidence/source_order",
        actor,
        programme_id=programme,
        wave=wanted.wave,
        source_id=wanted.source,
    )
    found: list[tuple[str, int]] = rows[0]["sources"] if rows else []
    for record in filter(None, (wanted.target, wanted.place)):
        (told,) = read(graph, "evidence/sources_with", actor, record=record)
        holding = set(told["sources"])
        found = [source for source in found if source[0] in holding]
    return found


def _of_stance(
    graph: Graph,
    actor: Actor,
    sources: list[tuple[str, int]],
    wanted: Wanted,
    stance: str,
    after: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    first = int(after[:8]) if after else 0
    left = [source for source, number in sources if number >= first]
    step = FIRST_STEP
    while left and len(found) < limit:
        found += read(
            graph,
            "evidence/grid",
            actor,
            source_ids=left[:step],
            after=after,
            limit=limit - len(found),
            **wanted.params() | {"stance": stance},
        )
        left, step = left[step:], step * 4
    return found


def role_of(row: Mapping[str, Any], groups: Collection[str]) -> str:
    """Whose words a passage holds: those of these role groups who speak in it, else the kind of
    source."""
    named = sorted({group for group in row["role_groups"] if group in groups})
    return ", ".join(named) or str(row["source_kind"])
