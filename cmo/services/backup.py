"""A whole casebook into one file, and from one file into an empty casebook, on either engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cmo.domain.encoding import compact
from cmo.errors import NotAllowed, Refused
from cmo.exchange import lossless
from cmo.exchange.lossless import Change, Header, Item, Node, Tie
from cmo.graph.graph import Graph, Row
from cmo.graph.schema import migrations
from cmo.services.actor import Actor
from cmo.services.restoring import Restored, restore

__all__ = ["Restored", "Saved", "backup", "restore"]

Progress = Callable[[str], None]

PAGE = 500
"""Most records, changes or relationships in one transaction."""
TEXT = 4_000_000
"""Most characters of sources' texts in one transaction, unless a single one is longer."""
TRIES = 5
"""How often a backup is begun again because the casebook was changed while it was written."""


class _Changed(Exception):
    """The casebook was changed while it was being read."""


@dataclass(frozen=True)
class Saved:
    """What was written where: records, changes, relationships, and bytes of the file."""

    path: Path
    records: int
    changes: int
    ties: int
    size: int


def backup(
    graph: Graph,
    actor: Actor,
    path: Path,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Saved:
    """Writes the whole casebook to the file, which is compressed if its name ends in .gz.

    The same casebook gives the same bytes, on either engine. It takes the data steward of every
    programme. Raises NotAllowed, AlreadyThere, StorageFailed, and Refused where others have kept
    changing the casebook meanwhile; no file is left then.
    """
    missing = graph.read(lambda tx: tx.run("export/unstewarded", user=actor.id))
    if missing:
        raise NotAllowed(
            f"{actor.display_name} is not the data steward of {len(missing)} of the casebook's "
            "programmes.",
            "Nothing was written.",
            "A backup holds all of them: ask somebody who is, or be given the role.",
        )
    target = path.expanduser().absolute()
    for attempt in range(TRIES):
        try:
            counts = lossless.save(target, _items(graph, progress), overwrite=overwrite)
        except _Changed:
            if progress:
                progress("Somebody has changed the casebook meanwhile; beginning again.")
            time.sleep(attempt / 5)
            continue
        return Saved(target, counts.records, counts.changes, counts.ties, target.stat().st_size)
    raise Refused(
        "Others kept changing the casebook while the backup was written.",
        "Nothing was written.",
        "Try again when they pause.",
    )


def _items(graph: Graph, progress: Progress | None) -> Iterator[Item]:
    (before,) = graph.read(lambda tx: tx.run("export/extent"))
    yield Header(tuple((m.version, m.name, m.checksum) for m in migrations()))
    yield from _nodes(graph, before, progress)
    yield from _changes(graph)
    yield from _ties(graph)
    if graph.read(lambda tx: tx.run("export/extent")) != [before]:
        raise _Changed


def _nodes(graph: Graph, extent: Row, progress: Progress | None) -> Iterator[Node]:
    done = 0
    for page in _pages(graph):
        for ids in _portions(page):
            for row in _of(graph, "record/get", ids):
                props = dict(row["props"])
                yield Node(props.pop("id"), tuple(row["labels"]), props)
            done += len(ids)
        if progress:
            progress(f"{done:,} of {extent['records']:,} records")


def _pages(graph: Graph) -> Iterator[list[Row]]:
    after = ""
    while page := _after(graph, "export/sizes", after):
        yield page
        after = page[-1]["id"]


def _after(graph: Graph, name: str, after: str) -> list[Row]:
    return graph.read(lambda tx: tx.run(name, after=after, limit=PAGE))


def _of(graph: Graph, name: str, ids: list[str]) -> list[Row]:
    return graph.read(lambda tx: tx.run(name, ids=ids))


def _portions(page: list[Row]) -> Iterator[list[str]]:
    ids: list[str] = []
    held = 0
    for row in page:
        if ids and held + row["size"] > TEXT:
            yield ids
            ids, held = [], 0
        ids.append(row["id"])
        held += row["size"]
    if ids:
        yield ids


def _changes(graph: Graph) -> Iterator[Change]:
    after = ""
    while page := _after(graph, "export/changes", after):
        for row in page:
            props = dict(row["props"])
            touched = tuple((t["id"], t["carries"]) for t in row["touched"])
            yield Change(props.pop("id"), row["user"], props, row["content"], touched)
        after = page[-1]["id"]


def _ties(graph: Graph) -> Iterator[Tie]:
    for page in _pages(graph):
        rows = _of(graph, "export/ties", [row["id"] for row in page])
        ties = [Tie(row["type"], row["id"], row["other"], row["carries"]) for row in rows]
        yield from sorted(ties, key=lambda t: (t.start, t.type, t.end, compact(dict(t.carries))))
