"""From the file of a backup into an empty casebook: all of it, or nothing.

A large casebook does not fit into one transaction. So a mark stands in the graph while one is being
restored: nobody acts in the casebook then, and what a broken-off restore has left is taken out
before the next one begins.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cmo.domain.clock import now, text_of
from cmo.domain.record import snake
from cmo.domain.stored import kind_of
from cmo.errors import AlreadyThere, CmoError, Refused, StorageFailed
from cmo.exchange.lossless import Change, Counts, Item, Node, Tie, load
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.examining import examine

Progress = Callable[[str], None]

PORTION = 500
"""Most items in one transaction."""
WEIGHT = 4_000_000
"""Most characters of texts in one transaction, unless a single item has more."""
STALE = timedelta(seconds=60)
"""After this long without a sign of life a restore is taken to be broken off."""


@dataclass(frozen=True)
class Restored:
    """What was restored: records, changes and relationships."""

    records: int
    changes: int
    ties: int


def restore(
    graph: Graph, path: Path, *, stale: timedelta = STALE, progress: Progress | None = None
) -> Restored:
    """Restores the backup into the casebook, which must hold no record, not even a user.

    The whole file is checked first. Raises InvalidInput (a damaged file, a newer one), NotFound,
    AlreadyThere (a casebook with records), Refused (another restore, with a sign of life younger
    than `stale`); the casebook is empty then.
    """
    source = path.expanduser().absolute()
    counts = examine(source)
    work = _Restore(graph, source, counts, progress or (lambda _: None))
    work.begin(stale)
    try:
        work.take_out()
        work.write()
    except BaseException:
        with suppress(CmoError):
            work.take_out()
            work.end()
        raise
    work.end()
    return Restored(counts.records, counts.changes, counts.ties)


class _Restore:
    """One restore, while its mark stands in the graph."""

    def __init__(self, graph: Graph, source: Path, counts: Counts, progress: Progress) -> None:
        self.graph, self.source, self.counts, self.progress = graph, source, counts, progress
        self.client = uuid.uuid4().hex
        self.portion = 0

    def begin(self, stale: timedelta) -> None:
        """Sets the mark, or refuses."""
        moment = now()
        begun = self.graph.write(
            lambda tx: tx.run(
                "export/begin_restore",
                file=str(self.source),
                client=self.client,
                now=text_of(moment),
                stale=text_of(moment - stale),
            )
        )
        if begun:
            return
        if self.graph.read(lambda tx: tx.run("export/restoring")):
            raise Refused(
                f"Another restore into {self.graph.place} is going on.",
                "Nothing was restored.",
                f"Wait for it; if it was broken off, try again in {stale.total_seconds():.0f} s.",
            )
        (extent,) = self.graph.read(lambda tx: tx.run("export/extent"))
        raise AlreadyThere(
            f"{self.graph.place} holds {extent['records']:,} records already.",
            "Nothing was restored.",
            "Restore into an empty casebook: a new folder, or an empty database.",
        )

    def take_out(self) -> None:
        """Takes out what is there of a casebook that is half restored."""
        while True:
            (row,) = self.graph.write(
                lambda tx: tx.run("export/take_out", client=self.client, limit=2 * PORTION)
            )
            if not row["taken_out"]:
                return

    def end(self) -> None:
        """Takes the mark away."""
        self.graph.write(lambda tx: tx.run("export/end_restore", client=self.client))

    def write(self) -> None:
        """Writes the file's items portion by portion, and compares what is there in the end."""
        done = 0
        again = Counts()
        whole = self.counts.records + self.counts.changes + self.counts.ties
        for portion in _portions(load(self.source, again)):
            self._write(portion)
            done += len(portion)
            self.progress(f"{done:,} of {whole:,} records, changes and relationships")
        (extent,) = self.graph.read(lambda tx: tx.run("export/extent"))
        there = (extent["records"], extent["changes"])
        if again != self.counts or there != (self.counts.records, self.counts.changes):
            raise StorageFailed(
                f"{self.graph.place} does not hold what {self.source} says.",
                "Nothing was restored; what was written has been taken out.",
                "Try again; nobody else may write to the file or the casebook meanwhile.",
            )

    def _write(self, portion: list[Item]) -> None:
        self.portion += 1

        def work(tx: Transaction) -> None:
            beat = tx.run(
                "export/beat", client=self.client, now=text_of(now()), portion=self.portion
            )
            if not beat:
                raise Refused(
                    f"Another program has begun to restore into {self.graph.place}.",
                    "This restore was broken off.",
                    "Let that one end.",
                )
            if beat[0]["written"] < self.portion:
                _create(tx, portion)

        self.graph.write(work)


def _portions(items: Iterator[Item]) -> Iterator[list[Item]]:
    """The items after the header in portions, each of items of one sort."""
    next(items)
    held: list[Item] = []
    weight = 0
    for item in items:
        heavy = _weight(item)
        full = len(held) >= PORTION or weight + heavy > WEIGHT
        if held and (full or type(item) is not type(held[0])):
            yield held
            held, weight = [], 0
        held.append(item)
        weight += heavy
    if held:
        yield held


def _weight(item: Item) -> int:
    match item:
        case Node():
            return len(item.properties.get("text", ""))
        case Change(content=content) if content is not None:
            return sum(len(str(part)) for part in content.values())
    return 0


def _create(tx: Transaction, portion: list[Item]) -> None:
    rows: dict[str, list[Row]] = {}
    roles: list[Row] = []
    for item in portion:
        match item:
            case Node():
                kind = kind_of(item.labels).node_label
                counted = "Counted" in item.labels
                name = "export/counted_codings" if counted else f"create/{snake(kind)}"
                rows.setdefault(name, []).append({**item.properties, "id": item.id})
                if kind == "Factor":
                    typed = [label for label in item.labels if label not in ("Record", "Factor")]
                    roles.append({"id": item.id, "roles": typed})
            case Change():
                props = {**item.properties, "id": item.id}
                row = {"user": item.user, "props": props, "content": item.content}
                rows.setdefault("export/write_changes", []).append(row)
                rows.setdefault("export/write_touched", []).extend(
                    {"change": item.id, "record": record, "carries": dict(carries)}
                    for record, carries in item.records
                )
            case Tie():
                row = {"start": item.start, "end": item.end, "carries": dict(item.carries)}
                rows.setdefault(f"connect/{item.type.lower()}", []).append(row)
    for name, made in rows.items():
        (answer,) = tx.run(name, rows=made) if made else [{"made": 0}]
        if answer["made"] != len(made):
            raise StorageFailed(
                f"Only {answer['made']} of {len(made)} rows of {name} were written.",
                "Nothing was restored.",
                "Try again; `cmo doctor` says how the casebook is.",
            )
    if roles:
        tx.run("record/set_roles", rows=roles)
