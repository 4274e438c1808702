"""Making texts findable: by which words each is found, worked out after it was stored, so that who
stores texts need not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cmo.domain.stems import vocabulary
from cmo.graph.graph import Graph, Row

Progress = Callable[[int, int], None]
"""Is told how many are done, and of how many."""
BATCH = 25
"""How many texts are made findable at once, at most."""
WEIGHT = 4_000_000
"""How many signs of texts are made findable at once, unless a single one is longer."""


def make_findable(graph: Graph, progress: Progress | None = None) -> int:
    """Makes every text that was stored since the last time findable by its words; how many."""
    waiting = graph.read(lambda tx: tx.run("search/waiting"))
    done = 0
    for portion in _portions(waiting):
        if progress is not None:
            progress(done, len(waiting))
        _make_findable(graph, [row["id"] for row in portion])
        done += len(portion)
    return len(waiting)


def _make_findable(graph: Graph, ids: list[str]) -> None:
    rows = [
        {"source": t["id"], "sha256": t["sha256"], "words": vocabulary(t["text"])}
        for t in graph.read(lambda tx: tx.run("search/whole_texts", ids=ids))
    ]
    graph.write(lambda tx: tx.run("search/make_findable", rows=rows))


def _portions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in portions whose texts are read at once to be made findable."""
    held: list[Row] = []
    for row in rows:
        if held and (len(held) == BATCH or sum(r["size"] for r in held) + row["size"] > WEIGHT):
            yield held
            held = []
        held.append(row)
    if held:
        yield held
