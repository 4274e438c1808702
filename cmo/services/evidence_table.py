"""The evidence grid as a table to take along: all that match, in a few large looks."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context, copy_context
from operator import itemgetter
from typing import Any

from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.evidence_grid import STANCES, Wanted, role_of, sources_of
from cmo.services.reading import one_look, read
from cmo.services.texts import Target, target_of

COLUMNS = (
    "stance",
    "claim",
    "counted",
    "quote",
    "paraphrase",
    "bears_on",
    "kind",
    "project",
    "wave",
    "role",
    "relevance",
    "richness",
    "rigour",
    "memo",
    "coder",
    "coded_at",
    "source",
    "title",
    "section",
    "locator",
    "start",
    "end",
    "coding_id",
)
"""The columns of the table, in their order."""
BATCH = 300
"""How many sources are read at a time: others are answered in between."""
AT_ONCE = 2
"""How many such looks the engine works on side by side."""
_ORDER = {stance: at for at, stance in enumerate(STANCES)}
_NOWHERE: dict[str, Any] = {"target_type": None, "target_code": None}
_Place = tuple[int, int, int, str, str]


def every_row(
    graph: Graph,
    actor: Actor,
    programme: str,
    wanted: Wanted,
    groups: Collection[str],
    made: Callable[[list[Any]], list[Any]] = list,
) -> Iterator[list[Any]]:
    """All codings that match, each with the values of COLUMNS, or what is `made` of them (while the
    engine reads on), in the order of the grid. Only these role groups are named."""
    with one_look(), _no_look_for_garbage():
        found = _read(graph, actor, programme, wanted, groups, made)
    found.sort(key=itemgetter(0))
    for _, row in found:
        yield row


@contextmanager
def _no_look_for_garbage() -> Iterator[None]:
    """While hundreds of thousands of values are made, none of which goes: looking them all through
    for garbage again and again took a third of an export's time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(
    graph: Graph,
    actor: Actor,
    programme: str,
    wanted: Wanted,
    groups: Collection[str],
    made: Callable[[list[Any]], list[Any]],
) -> list[tuple[_Place, list[Any]]]:
    ids = [source for source, _ in sources_of(graph, actor, programme, wanted)]
    found: list[tuple[_Place, list[Any]]] = []
    targets: dict[str | None, Target] = {None: target_of(_NOWHERE)}

    def look(at: Context, first: int) -> Row:
        asked = {"source_ids": ids[first : first + BATCH], **wanted.params()}
        (told,) = at.run(read, graph, "evidence/table", actor, **asked)
        return told

    firsts = range(0, len(ids), BATCH)
    with ThreadPoolExecutor(AT_ONCE) as looks:
        for told in looks.map(look, [copy_context() for _ in firsts], firsts):
            targets |= {row["target_id"]: target_of(row) for row in told["targets"]}
            for held in told["groups"]:
                found += ((at, made(row)) for at, row in _rows(held, targets, groups))
    return found


def _rows(
    held: Row, targets: Mapping[str | None, Target], groups: Collection[str]
) -> Iterator[tuple[_Place, list[Any]]]:
    """The rows of one source on one place, each with where it stands in the grid."""
    number = int(held["source"][2:])
    project, source, title, wave = (held[name] for name in ("project", "source", "title", "wave"))
    roles: dict[tuple[str, ...], str] = {}
    for *values, coding_id, target_id, passage, speaking in held["rows"]:
        target, start, heard = targets[target_id], values[13], tuple(speaking)
        if heard not in roles:
            said = {"role_groups": speaking, "source_kind": held["kind"]}
            roles[heard] = role_of(said, groups)
        bears_on = (target.name, target.kind, project, wave, roles[heard])
        row = [*values[:5], *bears_on, *values[5:11], source, title, *values[11:], coding_id]
        at = (start, "") if start is not None else (0, passage)
        yield (_ORDER[values[0]], number, *at, coding_id), row
