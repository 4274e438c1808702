"""Withdrawal: somebody who was heard no longer wants to be; their words stop counting at once."""

from __future__ import annotations

from dataclasses import dataclass

from cmo.domain.clock import now, text_of
from cmo.domain.evidence import Informant
from cmo.domain.stored import Stored
from cmo.errors import InvalidInput, Refused
from cmo.graph.graph import Graph, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.permitting import WITHDRAWS
from cmo.services.reading import fresh, get_record, load_seen
from cmo.services.writing import commit


@dataclass(frozen=True)
class Affected:
    """A record that the informant's words bear on: how many codings count on it now (on a
    configuration also those on its links), and how many would be left."""

    id: str
    kind: str
    code: str | None
    name: str
    counted: int
    left: int


@dataclass(frozen=True)
class Preview:
    """What a withdrawal would change: the ids of the codings that would stop counting, the records
    that they bear on, the projects that they concern by name, and how many codings of them lie
    where the actor may not see."""

    informant: str
    codings: tuple[str, ...]
    affected: tuple[Affected, ...]
    projects: tuple[str, ...]
    elsewhere: int


def withdraw(graph: Graph, actor: Actor, informant: str, why: str | None = None) -> Done:
    """Marks the informant (an id) as withdrawn: nothing that they said counts or is shown any more.

    It takes an evaluator or data steward of the programme. Raises Refused where they have
    withdrawn already.
    """
    held = _informant(graph, actor, informant)
    if held.fields["withdrawn_at"]:
        raise Refused(
            f"{held.name} withdrew at {held.fields['withdrawn_at']} already.",
            "Nothing was changed.",
            "Their words do not count.",
        )
    edit = Edit(informant, {"withdrawn_at": text_of(now())}, held.rev)
    return commit(graph, actor, Act("withdraw", why, edits=(edit,)))


def preview_withdrawal(graph: Graph, actor: Actor, informant: str) -> Preview:
    """What would stop counting if the informant (an id) withdrew; nothing is changed.

    Empty where nothing of theirs counts. It takes an evaluator or data steward, as withdrawing.
    """
    held = _informant(graph, actor, informant)

    def work(tx: Transaction) -> Preview:
        doer = fresh(tx, actor)
        there = frozenset({held.fields["programme"]})
        doer.require(WITHDRAWS, there, "withdraw an informant")
        rows = tx.run("people/counted_words", informant=informant)
        seen = load_seen(tx, doer, [row["id"] for row in rows])
        mine = [row for row in rows if row["id"] in seen]
        targets = [
            target
            for row in mine
            for target in dict.fromkeys((row["target_id"], row["configuration_id"]))
            if target
        ]
        known = load_seen(tx, doer, list(dict.fromkeys(targets)))
        totals = tx.run("people/counted_on", ids=list(known))
        return Preview(
            informant=held.name,
            codings=tuple(row["id"] for row in mine),
            affected=tuple(
                _affected(known[row["id"]], row["counted"], targets.count(row["id"]))
                for row in totals
            ),
            projects=tuple(sorted({row["project"] for row in mine if row["project"]})),
            elsewhere=len(rows) - len(mine),
        )

    return graph.read(work)


def _affected(record: Stored, counted: int, stops: int) -> Affected:
    kind = record.kind.node_label
    return Affected(record.id, kind, record.code, record.name, counted, counted - stops)


def _informant(graph: Graph, actor: Actor, informant: str) -> Stored:
    held = get_record(graph, actor, informant)
    if held.kind is not Informant:
        raise InvalidInput(
            f"{held.code or held.name} is not an informant.",
            "Nothing was changed.",
            "`cmo query evidence/informants` lists them.",
        )
    return held
