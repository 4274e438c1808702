"""The evidence grid as a table to take along: all that match, in a few large looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
_HELD = (
    *("coding_id", "stance", "claim", "counted", "relevance", "richness", "rigour", "memo"),
    *("target", "coder", "coded_at", "passage", "section", "locator"),
    *("start", "end", "paraphrase", "quote", "source", "title", "source_kind", "wave"),
)
"""What a row of evidence/table holds."""
_NOWHERE: dict[str, Any] = {"target_type": None, "target_code": None}


def every_row(
    graph: Graph, actor: Actor, programme: str, wanted: Wanted, groups: Collection[str]
) -> Iterator[dict[str, Any]]:
    """All codings that match, with the COLUMNS, in the order of the grid. Only these role groups
    are named."""
    found = _read(graph, actor, programme, wanted)
    heard = {name: _said(name, groups) for name in {row["role_groups"] for row in found}}
    found.sort(key=_place)
    for row in found:
        target: Target = row["target"]
        row["bears_on"], row["kind"] = target.name, target.kind
        row["role"] = heard[row["role_groups"]] or row["source_kind"]
        yield {name: row[name] for name in COLUMNS}


def _read(graph: Graph, actor: Actor, programme: str, wanted: Wanted) -> list[dict[str, Any]]:
    ids = [source for source, _ in sources_of(graph, actor, programme, wanted)]
    found: list[dict[str, Any]] = []
    targets: dict[str | None, Target] = {None: target_of(_NOWHERE)}
    for first in range(0, len(ids), BATCH):
        some = ids[first : first + BATCH]
        (told,) = read(
            graph,
            "evidence/table",
            actor,
            source_ids=some,
            stance=wanted.stance,
            place_id=wanted.place,
            kind=wanted.kind,
            target_id=wanted.target,
            role_group=wanted.role_group,
            coder_id=wanted.coder,
        )
        targets |= {row["target_id"]: target_of(row) for row in told["targets"]}
        heard: dict[str, frozenset[str]] = {}
        for passage, group in _heard(graph, actor, some) if told["places"] else ():
            heard[passage] = heard.get(passage, frozenset()) | {group}
        for place in told["places"]:
            for held in place["rows"]:
                row = dict(zip(_HELD, held, strict=True))
                row["project"] = place["place"]
                row["target"] = targets[row["target"]]
                row["role_groups"] = heard.get(row["passage"], frozenset())
                found.append(row)
    return found


def _heard(graph: Graph, actor: Actor, sources: list[str]) -> list[tuple[str, str]]:
    (told,) = read(graph, "evidence/heard_groups", actor, source_ids=sources)
    pairs: list[tuple[str, str]] = told["pairs"]
    return pairs


def _said(heard: frozenset[str], groups: Collection[str]) -> str:
    return role_of({"role_groups": heard, "source_kind": ""}, groups)


def _place(row: dict[str, Any]) -> tuple[int, int, int, str, str]:
    start = row["start"]
    return (
        STANCES.index(row["stance"]),
        int(row["source"][2:]),
        start or 0,
        row["passage"] if start is None else "",
        row["coding_id"],
    )
