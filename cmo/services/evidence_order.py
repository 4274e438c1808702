"""The evidence grid in another order than that of the texts: in groups, each with its count.

Which codings there are, in which group each stands and in which order, is read for the whole once
and remembered until it may have changed; what a page shows of them is read by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from cmo.errors import InvalidInput
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.evidence_grid import STANCES, Wanted, role_of, sources_of
from cmo.services.reading import read
from cmo.services.remembering import remembered
from cmo.services.texts import UNPLACED, target_of

ORDERS = ("target", "project", "role", "coder", "date", "relevance", "richness", "rigour")
"""By what the codings may be grouped; the youngest date and the highest rating come first."""
NOT_RATED = "not rated"
_RATINGS = {"high": "0", "medium": "1", "low": "2", None: "3"}
_HELD = (
    *("id", "stance", "relevance", "richness", "rigour", "date", "coder", "target", "code"),
    *("passage", "start", "source", "source_kind"),
)
"""What a row of evidence/order holds."""
_ID = 16
"""Bytes of an id."""


@dataclass(frozen=True)
class Group:
    """Codings that stand together: what they share, and how many they are. The name of what they
    bear on is told by any of their rows."""

    name: str
    many: int


@dataclass(frozen=True)
class Ordered:
    """A page of rows, as in evidence_grid; `heads` are the groups by the place of the row with
    which each begins, or goes on, on this page. `total` rows match, and the page begins behind
    `first` of them."""

    rows: list[dict[str, Any]]
    heads: Mapping[int, Group]
    first: int
    total: int


@dataclass(frozen=True)
class _Whole:
    """All that match: the groups in their order, and the ids of the codings, packed."""

    groups: tuple[Group, ...]
    ids: bytes

    def some(self, first: int, limit: int) -> list[str]:
        packed = self.ids[first * _ID : (first + limit) * _ID]
        return [str(UUID(bytes=packed[n : n + _ID])) for n in range(0, len(packed), _ID)]


def ordered_passages(
    graph: Graph,
    actor: Actor,
    programme: str,
    wanted: Wanted,
    by: str,
    groups: Collection[str],
    *,
    first: int = 0,
    limit: int = 50,
) -> Ordered:
    """A page of the codings that match, grouped by one of ORDERS; within a group those against come
    first, then it is the order of the texts. Only these role groups are named.

    Raises InvalidInput for another order.
    """
    if by not in ORDERS:
        raise InvalidInput(
            f"The grid has no order by {by}.",
            "Nothing was read.",
            f"It may be ordered by {', '.join(ORDERS)}.",
        )
    work = partial(_whole, graph, actor, programme, wanted, by, groups)
    about = ("evidence/order", programme, wanted, by, tuple(sorted(groups)))
    of = (
        *("evidence/source_order", "evidence/sources_with"),
        *("evidence/order", "evidence/heard_groups"),
    )
    whole = remembered(graph, actor, about, work, of=of)
    ids = whole.some(first, limit)
    found = {row["id"]: row for row in read(graph, "evidence/grid_of", actor, coding_ids=ids)}
    rows = [{**found[id], "target": target_of(found[id])} for id in ids if id in found]
    heads = {
        at: group
        for at, group in _heads(whole.groups, first, len(ids))
        if at < len(rows)  # what was retired at this moment is not among the rows
    }
    return Ordered(rows, heads, first, len(whole.ids) // _ID)


def _heads(groups: tuple[Group, ...], first: int, many: int) -> Iterator[tuple[int, Group]]:
    begins = 0
    for group in groups:
        ends = begins + group.many
        if begins < first + many and ends > first:
            yield max(begins - first, 0), group
        begins = ends


def _whole(
    graph: Graph,
    actor: Actor,
    programme: str,
    wanted: Wanted,
    by: str,
    groups: Collection[str],
) -> _Whole:
    ids = [source for source, _ in sources_of(graph, actor, programme, wanted)]
    if not ids:
        return _Whole((), b"")
    (told,) = read(graph, "evidence/order", actor, source_ids=ids, **wanted.params())
    heard: dict[str, list[str]] = {}
    if by == "role":
        (said,) = read(graph, "evidence/heard_groups", actor, source_ids=ids)
        for passage, group in said["pairs"]:
            heard.setdefault(passage, []).append(group)
    name = partial(_role, heard, groups) if by == "role" else _NAMES.get(by, partial(_rated, by))
    rows = [
        {**dict(zip(_HELD, held, strict=True)), "project": place["place"]}
        for place in told["places"]
        for held in place["rows"]
    ]
    keyed = sorted((name(row), _in_group(row), row["id"]) for row in rows)
    if by == "date":
        keyed.sort(key=lambda item: item[0], reverse=True)
    return _Whole(
        tuple(Group(n[1], sum(1 for _ in same)) for n, same in groupby(keyed, lambda k: k[0])),
        b"".join(bytes.fromhex(id.replace("-", "")) for _, _, id in keyed),
    )


Name = tuple[str, str, str]
"""Of a group: what orders it, what it is called, and what tells it from others called so."""


def _in_group(row: Mapping[str, Any]) -> tuple[int, int, int, str]:
    stance = STANCES.index(row["stance"])
    return stance, int(row["source"][2:]), row["start"] or 0, row["passage"]


def _target(row: Mapping[str, Any]) -> Name:
    if row["target"] is None:
        return "~", UNPLACED, ""
    return _natural(row["code"] or "~"), "", row["target"]


def _role(heard: Mapping[str, list[str]], groups: Collection[str], row: Mapping[str, Any]) -> Name:
    said = {"role_groups": heard.get(row["passage"], ()), "source_kind": row["source_kind"]}
    name = role_of(said, groups)
    return name.casefold(), name, ""


def _rated(by: str, row: Mapping[str, Any]) -> Name:
    rating = row[by]
    return _RATINGS[rating], f"{by} {rating}" if rating else NOT_RATED, ""


def _called(field: str, row: Mapping[str, Any]) -> Name:
    name = row[field] or "–"
    return _natural(name.casefold()), name, ""


def _day(row: Mapping[str, Any]) -> Name:
    return row["date"][:10], row["date"][:10], ""


def _natural(text: str) -> str:
    """A text in which numbers stand in the order of their size."""
    return re.sub(r"\d+", lambda found: found[0].zfill(9), text)


_NAMES: dict[str, Callable[[Mapping[str, Any]], Name]] = {
    "target": _target,
    "project": partial(_called, "project"),
    "coder": partial(_called, "coder"),
    "date": _day,
}
