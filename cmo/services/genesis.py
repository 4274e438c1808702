"""How the theory of a programme came to be: its revisions in time, and what moved each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cmo.analysis.rewording import Rewording, rewording
from cmo.domain.vocabulary import Support
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import remembered, whole
from cmo.services.supporting import support_of_all


@dataclass(frozen=True)
class Version:
    """A theory or configuration as it stood; `stage` is a theory's, else the configuration's
    status."""

    id: str
    code: str
    kind: str
    statement: str
    stage: str


@dataclass(frozen=True)
class Turn:
    """A revision: from which versions to which, when (as the source gives it; None: not stated),
    why, who judged, and what moved it, passages that refute first.

    `difference` compares the first earlier with the first later version where there is one of
    each; a split or a merge has none.
    """

    id: str
    when: str | None
    why: str | None
    judged_by: str | None
    before: tuple[Version, ...]
    after: tuple[Version, ...]
    events: tuple[Row, ...]
    passages: tuple[Row, ...]
    difference: tuple[Rewording, ...]

    @property
    def shape(self) -> str:
        """Reworded, split or merged."""
        if len(self.before) > 1:
            return "merged"
        return "split" if len(self.after) > 1 else "reworded"


@dataclass(frozen=True)
class Genesis:
    """The turns in time (undated ones last), the theories that no turn touches, and the support of
    theories by id."""

    turns: tuple[Turn, ...]
    unmoved: tuple[Row, ...]
    support: Mapping[str, Support]


def genesis(graph: Graph, actor: Actor, programme_id: str) -> Genesis:
    """The genesis of a programme's theory; without theories everything in it is empty."""
    turns, theories = remembered(
        graph,
        actor,
        ("genesis", programme_id),
        lambda: _turns(graph, actor, programme_id),
        of=("theory/theories", "theory/configurations", "theory/moved_by", "theory/revisions"),
    )
    touched = {v.id for turn in turns for v in (*turn.before, *turn.after)}
    supported = support_of_all(graph, actor, programme_id)
    return Genesis(
        turns,
        tuple(row for row in theories if row["id"] not in touched),
        {row["id"]: supported.get(row["id"], Support.NONE) for row in theories},
    )


def _turns(
    graph: Graph, actor: Actor, programme_id: str
) -> tuple[tuple[Turn, ...], tuple[Row, ...]]:
    """The turns in time, and all theories."""
    theories = whole(graph, "theory/theories", actor, programme_id=programme_id)
    configurations = whole(graph, "theory/configurations", actor, programme_id=programme_id)
    versions = {row["id"]: _theory(row) for row in theories}
    versions |= {row["id"]: _configuration(row) for row in configurations}
    moved: dict[str, list[Row]] = {}
    for row in read(graph, "theory/moved_by", actor, programme_id=programme_id):
        moved.setdefault(row["revision_id"], []).append(row)
    revisions = whole(graph, "theory/revisions", actor, programme_id=programme_id)
    turns = tuple(_turn(row, versions, moved.get(row["id"], [])) for row in revisions)
    return turns, tuple(theories)


def _turn(row: Row, versions: Mapping[str, Version], moved: list[Row]) -> Turn:
    before = tuple(_version(item, versions) for item in row["from_versions"])
    after = tuple(_version(item, versions) for item in row["to_versions"])
    one = len(before) == len(after) == 1
    return Turn(
        row["id"],
        row["when_text"],
        row["why"],
        row["judged_by"],
        before,
        after,
        tuple(item for item in moved if item["kind"] == "event"),
        tuple(item for item in moved if item["kind"] == "passage"),
        rewording(before[0].statement, after[0].statement) if one else (),
    )


def _version(item: Row, versions: Mapping[str, Version]) -> Version:
    """A version that is retired is known by what the revision says of it."""
    kind = "theory" if (item["code"] or "").startswith("T-") else "configuration"
    gone = Version(item["id"], item["code"] or "", kind, item["name"] or "", "retired")
    return versions.get(item["id"], gone)


def _theory(row: Row) -> Version:
    return Version(row["id"], row["code"], "theory", row["statement"], row["stage"])


def _configuration(row: Row) -> Version:
    said = row["sentence"] or row["nickname"] or ""
    return Version(row["id"], row["code"], "configuration", said, row["status"])
