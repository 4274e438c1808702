"""What the settled assessments of a programme say of a factor, or of a family of factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cmo.analysis.cases import Cases
from cmo.analysis.cells import Assessed
from cmo.analysis.on_mention import Family, Mention, Named, read_family, read_mentions
from cmo.domain.theory import Factor
from cmo.domain.vocabulary import Origin
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import get_record, read
from cmo.services.remembering import remembered


class _Assessments:
    """The settled assessments of one programme, with merges applied."""

    def __init__(self, row: Row) -> None:
        self.cases = Cases(row["projects"])
        self.kept: Mapping[str, str] = dict(row["merges"])
        labels = {id: label for id, _, label, _, _ in row["factors"]}
        merged: dict[str, list[str]] = {}
        for alias, kept in row["merges"]:
            merged.setdefault(kept, []).append(labels[alias])
        self.factors = {
            id: Named(id, code, label, origin, tuple(roles), tuple(sorted(merged.get(id, ()))))
            for id, code, label, origin, roles in row["factors"]
            if id not in self.kept
        }
        self.families = [
            (self.standing_for(narrower), self.standing_for(broader), origin)
            for narrower, broader, origin in row["families"]
        ]
        listed = [self._assessed(*columns) for columns in row["assessments"]]
        self.mentions = read_mentions(self.cases, self.factors.values(), listed)

    def _assessed(self, id: str, factor: str, *rest: Any) -> Assessed:
        place, value, valence, wave, on_mention, origin, codings = rest
        return Assessed(
            id,
            self.standing_for(factor),
            place,
            value,
            valence,
            wave,
            on_mention,
            origin,
            tuple(codings),
        )

    def standing_for(self, factor: str) -> str:
        """The factor that stands for this one after merges."""
        return self.kept.get(factor, factor)


def mentions(graph: Graph, actor: Actor, programme_id: str) -> tuple[Mention, ...]:
    """Every factor of a programme that has a settled assessment, in order of their codes.

    A merged factor is read as the one that stands for it. Raises NotFound for a programme that the
    actor may not see.
    """
    return _read(graph, actor, programme_id).mentions


def mention(graph: Graph, actor: Actor, factor_id: str) -> Mention:
    """What the settled assessments say of one factor; without any, every project is silent.

    Raises NotFound for a factor that is not there, is retired, or that the actor may not see.
    """
    held = _read(graph, actor, _programme(graph, actor, factor_id))
    factor = _factor(held, factor_id)
    by_id = {m.factor.id: m for m in held.mentions}
    return by_id.get(factor.id, Mention(factor, False, {}, held.cases.all))


def family(graph: Graph, actor: Actor, factor_id: str) -> Family:
    """A factor read together with all factors that are kinds of it, however far down.

    Raises NotFound as `mention` does.
    """
    held = _read(graph, actor, _programme(graph, actor, factor_id))
    top = _factor(held, factor_id)
    kinds: dict[str, dict[str, str]] = {}
    for narrower, broader, origin in held.families:
        kinds.setdefault(broader, {})[narrower] = origin
    reached, origins = [top.id], {top.origin}
    for factor in reached:
        for narrower, origin in kinds.get(factor, {}).items():
            origins.add(origin)
            if narrower not in reached:
                reached.append(narrower)
    return read_family(
        held.cases,
        top,
        tuple(factor for id, factor in held.factors.items() if id in reached[1:]),
        {m.factor.id: m for m in held.mentions},
        str(Origin.OURS if Origin.OURS in origins else Origin.STATED),
        kinds,
    )


def _programme(graph: Graph, actor: Actor, factor_id: str) -> str:
    held = get_record(graph, actor, factor_id)
    if held.kind is not Factor:
        raise NotFound(
            f"{held.code or held.name} is a {held.kind.node_label}, not a factor.",
            "Nothing was read.",
            "`cmo query theory/factors` lists the factors.",
        )
    programme: str = held.fields["programme"]
    return programme


def _factor(held: _Assessments, factor_id: str) -> Named:
    try:
        return held.factors[held.standing_for(factor_id)]
    except KeyError:
        raise NotFound(
            f"The factor {factor_id} is retired.",
            "Nothing was read.",
            "`cmo reinstate` takes it back into use.",
        ) from None


def _read(graph: Graph, actor: Actor, programme_id: str) -> _Assessments:
    return remembered(
        graph,
        actor,
        ("assessed", programme_id),
        lambda: _read_anew(graph, actor, programme_id),
        of=("patterns/assessed",),
    )


def _read_anew(graph: Graph, actor: Actor, programme_id: str) -> _Assessments:
    rows = read(graph, "patterns/assessed", actor, programme_id=programme_id)
    if not rows:
        raise NotFound(
            f"There is no programme {programme_id}.",
            "Nothing was read.",
            "`cmo query case/programmes` lists those that you may see.",
        )
    return _Assessments(rows[0])
