"""One finding with all that is read beside it: where, of what, on which passages, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cmo.domain.evidence import Finding
from cmo.domain.stored import Stored
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.history import Entry, history
from cmo.services.journal import called
from cmo.services.reading import get_record, read
from cmo.services.texts import Target, target_of


@dataclass(frozen=True)
class WholeFinding:
    """A finding, retired or not, within a project or programme (`place`).

    `names` has how what it refers to and who recorded it are called, by id; `passages` are rows of
    evidence/passages, those against first, without what the reader may not see or what is retired;
    `targets` has what these codings bear on, by the coding's id; `last` is its latest change that
    the reader may see.
    """

    held: Stored
    place: Stored
    names: Mapping[str, str]
    passages: tuple[Row, ...]
    targets: Mapping[str, Target]
    last: Entry | None

    @property
    def id(self) -> str:
        """Its id."""
        return self.held.id

    @property
    def unseen(self) -> int:
        """How many of the codings on which it rests are not among its passages."""
        return len(set(self.held.fields["rests_on"]) - {row["id"] for row in self.passages})


def find_finding(graph: Graph, actor: Actor, finding_id: str) -> WholeFinding | None:
    """The finding of that id; None where there is none, or none that the actor may see."""
    try:
        held = get_record(graph, actor, finding_id)
        if held.kind is not Finding:
            return None
        place = get_record(graph, actor, held.fields["within"])
    except NotFound:
        return None
    passages = tuple(read(graph, "evidence/passages", actor, target=held.id))
    codings = [row["id"] for row in passages]
    told = read(graph, "evidence/grid_of", actor, coding_ids=codings) if codings else []
    return WholeFinding(
        held,
        place,
        called(graph, actor, [[tie.to for tie in held.fields["about"]], held.created_by]),
        passages,
        {row["id"]: target_of(row) for row in told},
        next(iter(history(graph, actor, held.id, limit=1)), None),
    )
