"""The evidence grid as a table to take along: all that match, in a few large looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.evidence_grid import STANCES, Wanted, role_of, sources_of
from cmo.services.reading import read
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
_HELD = (
    *("coding_id", "stance", "claim", "counted", "relevance", "richness", "rigour", "memo"),
    *("target", "coder", "coded_at", "passage", "section", "locator"),
    *("start", "end", "paraphrase", "quote", "source", "title", "source_kind", "wave"),
    "role_groups",
)
"""What a row of evidence/table holds."""
_USED_UP = ("target", "passage", "source_kind", "role_groups")
_NOWHERE: dict[str, Any] = {"target_type": None, "target_code": None}


def every_row(
    graph: Graph, actor: Actor, programme: str, wanted: Wanted, groups: Collection[str]
) -> Iterator[dict[str, Any]]:
    """All codings that match, with the COLUMNS, in the order of the grid. Only these role groups
    are named."""
    found = _read(graph, actor, programme, wanted)
    found.sort(key=_place)
    for row in found:
        target: Target = row["target"]
        row["bears_on"], row["kind"] = target.name, target.kind
        row["role"] = role_of(row, groups)
        for name in _USED_UP:
            del row[name]
        yield row


def _read(graph: Graph, actor: Actor, programme: str, wanted: Wanted) -> list[dict[str, Any]]:
    ids = [source for source, _ in sources_of(graph, actor, programme, wanted)]
    found: list[dict[str, Any]] = []
    targets: dict[str | None, Target] = {None: target_of(_NOWHERE)}

    def look(first: int) -> dict[str, Any]:
        some = ids[first : first + BATCH]
        (told,) = read(graph, "evidence/table", actor, source_ids=some, **wanted.params())
        return told

    with ThreadPoolExecutor(AT_ONCE) as looks:
        for told in looks.map(look, range(0, len(ids), BATCH)):
            targets |= {row["target_id"]: target_of(row) for row in told["targets"]}
            for place in told["places"]:
                for held in place["rows"]:
                    row = dict(zip(_HELD, held, strict=True))
                    row["project"] = place["place"]
                    row["target"] = targets[row["target"]]
                    found.append(row)
    return found


def _place(row: dict[str, Any]) -> tuple[int, int, int, str, str]:
    start = row["start"]
    return (
        STANCES.index(row["stance"]),
        int(row["source"][2:]),
        start or 0,
        row["passage"] if start is None else "",
        row["coding_id"],
    )
