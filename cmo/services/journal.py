"""What people did, act by act: what was loaded in one go is one act, however many records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.history import Entry, pages, told
from cmo.services.reading import fresh, load_records, load_seen
from cmo.services.remembering import newest
from cmo.services.titles import titles

PAGE = 60
"""How many acts are looked through at a time for those that the actor may see."""

_together: WeakKeyDictionary[Graph, dict[str, int]] = WeakKeyDictionary()
"""How many changes acts were written as, by the id of their first, of each casebook."""
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Deed:
    """One act: its change, who made it (a user's id), and how many changes it was written as.

    Of an act of many changes (a seed, an import) `entry` is the first.
    """

    entry: Entry
    user: str
    together: int


def journal(
    graph: Graph,
    actor: Actor,
    record_id: str | None = None,
    *,
    user: str | None = None,
    limit: int = 30,
    before: str | None = None,
) -> list[Deed]:
    """What was done that the actor may see, newest first: to one record or all, by one user (an id)
    or all, at most `limit`, only what is older than the change `before`.

    Of one record every change is told; it may be one of many that were written together. Raises
    NotFound for a record that the actor may not see.
    """
    size = min(limit + 1, PAGE)
    first = None
    if record_id is None and before is None:
        first = newest(graph, user, size)
    together = _together.setdefault(graph, {})

    def work(tx: Transaction) -> list[Deed]:
        now = fresh(tx, actor)
        if record_id is not None:
            load_records(tx, now, [record_id])
        found: list[Deed] = []
        for page in pages(
            tx, "books/acts", record_id, user=user, before=before, size=size, first=first
        ):
            found += _deeds(tx, now, page, together)
            if len(found) >= limit:
                break
        return found[:limit]

    return graph.read(work)


def _deeds(tx: Transaction, actor: Actor, page: list[Row], together: dict[str, int]) -> list[Deed]:
    if not page:
        return []
    (standing,) = tx.run("books/standing", ids=[row["id"] for row in page])
    undone = set(standing["undone"])
    many = [row["id"] for row in page if row["part_of"] and row["id"] not in together]
    if many:
        # An act is written in one go, so that it never becomes more.
        (written,) = tx.run("books/together", ids=many)
        together |= dict(written["parts"])
    by_id = {row["id"]: row for row in page}
    entries = told(tx, actor, [row | {"undone": row["id"] in undone} for row in page])
    return [Deed(e, by_id[e.change]["user"], together.get(e.change, 1)) for e in entries]


def names_of(graph: Graph, actor: Actor, deeds: Iterable[Deed]) -> dict[str, str]:
    """How the records are called to which what was changed refers ('P-2 Nottingham'), by id.

    A record that the actor may not see is left out.
    """
    held = [
        list((values or {}).values())
        for deed in deeds
        for part in (deed.entry.touched if deed.together == 1 else ())
        for values in (part.before, part.after)
    ]
    return called(graph, actor, held)


def called(graph: Graph, actor: Actor, values: object) -> dict[str, str]:
    """How the records are called ('P-2 Nottingham') whose ids stand in these values, by id; what
    the actor may not see is left out."""
    ids = sorted(set(_ids(values)))
    if not ids:
        return {}

    def named(tx: Transaction) -> dict[str, str]:
        now = fresh(tx, actor)
        seen = load_seen(tx, now, ids)
        names = titles(tx, now, seen)
        return {id: " ".join(filter(None, (r.code, names[id]))) or id for id, r in seen.items()}

    return graph.read(named)


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, str) and _ID.fullmatch(value):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _ids(item)
