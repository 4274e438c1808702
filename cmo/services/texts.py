"""Reading a source: its text in turns, and its codings with what each bears on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import remembered, whole
from cmo.services.tallying import newly_coded

ASKERS = frozenset({"interviewer", "interviewers", "int", "q", "question", "i", "facilitator"})
"""Labels, in any case, of those who ask: their turns are questions, not evidence."""
GONE = "(withdrawn)"
"""The label of the turns of those who have withdrawn."""
UNPLACED = "still to place"
"""What a coding bears on that bears on nothing yet."""
MOST_TARGETS = 600
"""How many things a search for what to code to offers; beyond that a word narrows it first."""
LATELY = 4
"""How many of those that were coded to last come first."""

_ROLES = {"Context": "c", "Mechanism": "m", "Outcome": "o"}
_ENDS = {"context_mechanism": "cm", "mechanism_outcome": "mo", "context_outcome": "co"}
_KINDS = {
    "CmoLink": "link",
    "Configuration": "configuration",
    "ProgrammeTheory": "theory",
    "Relation": "relation",
    "Theme": "theme",
}


@dataclass(frozen=True)
class Target:
    """What a coding bears on, as people read it.

    `parts` are the letters c, m, o of a factor's roles or a link's ends, in the order drawn, empty
    for other kinds; `kind` is a word for what it is, with the code where there is one.
    """

    id: str | None
    type: str | None
    name: str
    kind: str
    parts: str
    configuration: str | None

    @property
    def part(self) -> str:
        """The letter that it is drawn by: a link by where it ends; empty for other kinds."""
        return self.parts[-1:]


@dataclass(frozen=True)
class Text:
    """A source's text: positions are code points, `starts` ascend, `speakers` stand beside them.

    `text` is None where it is not held, not for the actor, or withheld as a whole; `withheld`: the
    words of somebody who has withdrawn are left out.
    """

    text: str | None
    starts: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    withheld: bool = False

    def answers(self, codings: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
        """How many of the turns of those who answer carry a coding, and how many there are; (0, 0)
        without turns. Turns of those who ask, or have withdrawn, are left out."""
        answer = [not asks(who) and who != GONE for who in self.speakers]
        coded: set[int] = set()
        for row in codings:
            if row["start"] is not None:
                first = max(0, bisect_right(self.starts, row["start"]) - 1)
                coded.update(range(first, bisect_left(self.starts, row["end"])))
        return sum(answer[turn] for turn in coded), sum(answer)


def asks(speaker: str) -> bool:
    """Whether the label is that of somebody who asks."""
    return speaker.casefold().rstrip(" 0123456789") in ASKERS


def target_of(row: Row) -> Target:
    """What a row of evidence/in_source, evidence/grid or evidence/targets bears on."""
    kind, code = row["target_type"], row["target_code"]
    if kind is None:
        return Target(None, None, UNPLACED, "", "", None)
    parts = "".join(_ROLES[role] for role in row["roles"])
    word = " and ".join(role.lower() for role in row["roles"]) or _KINDS.get(kind, "")
    name = row["target_name"] or ""
    if kind == "CmoLink":
        parts = _ENDS[row["target_kind"]]
        name = f"{row['start_name']} → {row['end_name']}"
    elif kind == "Relation":
        name = f"{row['start_name']} {row['target_kind'].replace('_', ' ')} {row['end_name']}"
    word = f"{word} {code}" if code else word
    if row["configuration_code"]:
        word = f"{word} in {row['configuration_code']}"
    return Target(row["target_id"], kind, name, word, parts, row["configuration_id"])


def get_source(graph: Graph, actor: Actor, source: str) -> Row:
    """The source of that id as evidence/source tells it; raises NotFound."""
    rows = read(graph, "evidence/source", actor, source_id=source)
    if not rows:
        raise NotFound(
            f"There is no source {source} that you may see.",
            "Nothing was opened.",
            "The list of sources has them all.",
        )
    return rows[0]


def text_of(graph: Graph, actor: Actor, source: str) -> Text:
    """The text of a source, for those who may read texts; see Text."""
    rows = read(graph, "evidence/source_text", actor, source_id=source)
    if not rows:
        return Text(None)
    (row,) = rows
    if row["text"] is None:
        return Text(None, withheld=bool(row["withheld"]))
    starts, speakers = tuple(row["turn_starts"]), tuple(row["turn_speakers"])
    return Text(row["text"], starts, speakers, bool(row["withheld"]))


def codings_in(
    graph: Graph, actor: Actor, source: str, coding: str | None = None
) -> list[dict[str, Any]]:
    """The codings of a source in the order of its text, or one of them, each with its `target`."""
    found = []
    for row in read(graph, "evidence/in_source", actor, source_id=source, coding_id=coding):
        on = {"target": target_of(row), "target_id": row["target_id"]}
        found += [coding | on for coding in row["codings"]]
    return sorted(found, key=_place)


@dataclass(frozen=True)
class Reading:
    """A source as it was read when the casebook had seen so many `changes`."""

    changes: int
    actor: str
    text: Text
    codings: tuple[dict[str, Any], ...]


def read_source(
    graph: Graph, actor: Actor, source: Row, before: Reading | None, coded: str | None = None
) -> Reading:
    """A source's text and codings, read only as far as they may have changed since `before`.

    `coded` is a coding that the actor made since: where it is the only change, it alone is read.
    """
    (counted,) = graph.read(lambda tx: tx.run("books/how_many"))
    changes = counted["changes"]
    if before is not None and before.actor == actor.id:
        if changes == before.changes:
            return before
        if changes == before.changes + 1 and coded:
            new = codings_in(graph, actor, source["id"], coded)
            if new and all(row["id"] != coded for row in before.codings):
                rows = sorted((*before.codings, *new), key=_place)
                return Reading(changes, actor.id, before.text, tuple(rows))
    text = text_of(graph, actor, source["id"]) if source["text_held"] else Text(None)
    return Reading(changes, actor.id, text, tuple(codings_in(graph, actor, source["id"])))


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    at = (row["start"], row["end"]) if row["start"] is not None else (float("inf"), 0)
    return (*at, row["taken_at"], row["excerpt_id"], row["created_at"], row["id"])


def targets(
    graph: Graph, actor: Actor, programme: str, words: str | None = None, limit: int | None = None
) -> list[Target]:
    """What a passage may be coded to, those that the actor coded to last first."""
    found = [
        target_of(row)
        for row in whole(
            graph, "evidence/targets", actor, programme_id=programme, words=words, limit=limit
        )
    ]
    lately = _coded_lately(graph, actor, programme)
    order: dict[str | None, int] = {target: at for at, target in enumerate(lately)}
    return sorted(found, key=lambda t: order.get(t.id, len(order)))


def _coded_lately(graph: Graph, actor: Actor, programme: str) -> list[str]:
    """The ids of what the actor coded to last, the latest first, at most LATELY."""

    def all_of_them() -> dict[str, str]:
        asked = {"programme_id": programme, "user_id": actor.id, "limit": LATELY}
        rows = read(graph, "evidence/coded_lately", actor, **asked)
        return {row["target_id"]: row["at"] for row in rows}

    def with_new(before: dict[str, str], codings: list[str]) -> dict[str, str]:
        new = {
            row["target_id"]: row["coded_at"]
            for row in sorted(
                newly_coded(graph, actor, programme, codings), key=itemgetter("coded_at")
            )
            if row["target_id"] and row["coder_id"] == actor.id
        }
        latest = sorted(sorted((before | new).items()), key=itemgetter(1), reverse=True)
        return dict(latest[:LATELY])

    found = remembered(
        graph,
        actor,
        ("coded lately", programme, actor.id),
        all_of_them,
        of=("evidence/coded_lately",),
        more=with_new,
    )
    return list(found)
