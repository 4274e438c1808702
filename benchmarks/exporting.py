"""How long the evidence grid takes to be taken along, and to be shown in groups, where a programme
has some tens of thousands of codings."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

from benchmarks.beside import measured
from benchmarks.timing import timed
from cmo.graph.address import Folder
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.casebook import open_casebook
from cmo.services.evidence_export import FORMS, write_evidence
from cmo.services.evidence_grid import Wanted
from cmo.services.evidence_order import ordered_passages
from cmo.services.reading import read

TARGETS = {"csv": 0.8, "xlsx": 2.0}
"""Seconds for 20,000 codings."""
MANY = 20_000


def exporting(folder: Path, programme: str) -> list[str]:
    """A line for each format: seconds for all codings of the programme, and for 20,000 of them at
    that pace; and one for the first page in groups, when its order is known and when it is not."""
    with open_casebook(Folder(folder)) as book:
        graph, actor = book.graph, book.actor("bench")
        lines = [_line(graph, actor, programme, form) for form in FORMS]
        page = partial(ordered_passages, graph, actor, programme, Wanted(), "target", ())
        first, again = timed("groups", page, 1).median, timed("groups", page).median
    lines.append(f"evidence in groups, a page: first {first:.2f} s, again {again:.3f} s")
    return lines


def _line(graph: Graph, actor: Actor, programme: str, form: str) -> str:
    (here,) = (p for p in read(graph, "case/programmes", actor) if p["id"] == programme)
    rows = 0

    def work() -> None:
        nonlocal rows
        rows = write_evidence(graph, actor, here, Wanted(), form, io.BytesIO())

    work()
    taken = timed(form, work, 3).median
    pace = taken / max(rows, 1) * MANY
    late = " LATE" if pace > TARGETS[form] else ""
    others = measured()
    ratio = f", {pace / getattr(others, form):.2f}x Taguette's" if others else ""
    return (
        f"{rows:,} codings as {form.upper()}: {taken:.2f} s; {MANY:,} at that pace: {pace:.2f} s "
        f"(target {TARGETS[form]}){ratio}{late}"
    )
