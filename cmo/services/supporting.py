"""Support: how many independent voices speak for a thing, and which codings say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cmo.analysis.patterns import Beside, Decided, Judged
from cmo.analysis.support import Heard, Voice, support, support_in
from cmo.domain.vocabulary import Stance, Support
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import get_record, read
from cmo.services.remembering import remembered
from cmo.services.tallying import newly_coded


@dataclass(frozen=True)
class Supported:
    """The support of one thing, and the counted codings that it is computed from.

    A configuration's codings include those of its links, a theory's those of the configurations
    that test it. `voices_for` and `voices_against` are ids of informants or sources, sorted; a
    voice may stand in both.
    """

    target: str
    support: Support
    voices_for: tuple[str, ...]
    voices_against: tuple[str, ...]
    codings: tuple[Judged, ...]


def judged(columns: Sequence[Any]) -> Judged:
    """A counted coding from the columns of a query: id, target, stance, claim, concerns, source,
    its kind, [[informant, role group]]."""
    id, target, stance, claim, concerns, source, kind, informants = columns
    voices = tuple(Voice(i, stance, kind, group) for i, group in informants)
    return Judged(id, target, stance, claim, concerns, voices or (Voice(source, stance, kind),))


def beside(row: Row) -> Beside:
    """What stands beside counted codings, from the columns `decided` and `carried` of a row."""
    return Beside(tuple(Decided(*columns) for columns in row["decided"]), dict(row["carried"]))


def support_of(graph: Graph, actor: Actor, target: str) -> Supported:
    """The support of a configuration, link, factor, theory, relation or theme (its id).

    Only counted codings that the actor may see are taken. Raises NotFound for a record that is not
    there or that the actor may not see.
    """
    get_record(graph, actor, target)
    (row,) = read(graph, "patterns/support_of", actor, target=target)
    return _supported(target, [judged(columns) for columns in row["codings"]])


def support_of_all(graph: Graph, actor: Actor, programme_id: str) -> dict[str, Support]:
    """The support of everything in a programme that a counted coding speaks for or against, by id.

    What is missing from the answer has none. Voices are told apart by the engine, so that the
    answer has one row a thing and not one a coding; `support_of` gives what is behind a word.
    """
    known = remembered(
        graph,
        actor,
        ("heard", programme_id),
        lambda: _all(*_heard(graph, actor, programme_id)),
        of=("patterns/support_of_all",),
        more=lambda before, codings: _with_new(
            before, newly_coded(graph, actor, programme_id, codings)
        ),
    )
    return dict(known.support)


@dataclass(frozen=True)
class _All:
    """What was heard on each thing itself, what each counts for besides itself, and what both come
    to."""

    heard: Mapping[str, tuple[Heard, ...]]
    above: Mapping[str, list[str]]
    support: Mapping[str, Support]


def _all(heard: Mapping[str, tuple[Heard, ...]], above: Mapping[str, list[str]]) -> _All:
    found: dict[str, list[Heard]] = {}
    for target, parts in heard.items():
        reached = [target]
        for thing in reached:
            found.setdefault(thing, []).extend(parts)
            reached.extend(above.get(thing, ()))
    return _All(heard, above, {target: support_in(parts) for target, parts in found.items()})


def _heard(
    graph: Graph, actor: Actor, programme_id: str
) -> tuple[dict[str, tuple[Heard, ...]], dict[str, list[str]]]:
    heard: dict[str, tuple[Heard, ...]] = {}
    above: dict[str, list[str]] = {}
    for row in read(graph, "patterns/support_of_all", actor, programme_id=programme_id):
        for lower, upper in (*row["links"], *row["tests"]):
            above.setdefault(lower, []).append(upper)
        heard |= {target: (Heard(*columns),) for target, *columns in row["heard"]}
    return heard, above


def _with_new(before: _All, rows: Sequence[Row]) -> _All:
    """The same with the voices of codings that were recorded since."""
    heard = dict(before.heard)
    for row in rows:
        if row["counted"] and row["target_id"] and row["stance"] in _SIDES:
            voices = row["voices"] or [[row["source_id"], None]]
            new = (_voice(row, *voice) for voice in voices)
            heard[row["target_id"]] = (*heard.get(row["target_id"], ()), *new)
    return _all(heard, before.above)


_SIDES = (Stance.SUPPORTS, Stance.REFUTES)


def _voice(row: Row, voice: str, group: str | None) -> Heard:
    """One voice as what many come to."""
    if row["stance"] == Stance.REFUTES:
        return Heard(refuted=True)
    kind = row["source_kind"]
    return Heard(False, voice, voice, kind, kind, group, group)


def _supported(target: str, codings: list[Judged]) -> Supported:
    voices = [voice for coding in codings for voice in coding.voices]
    return Supported(
        target,
        support(voices),
        tuple(sorted({v.id for v in voices if v.stance == Stance.SUPPORTS})),
        tuple(sorted({v.id for v in voices if v.stance == Stance.REFUTES})),
        tuple(sorted(codings, key=lambda coding: coding.id)),
    )
