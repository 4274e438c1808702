"""One record as a person reads it: what it refers to by name, what refers to it, and the passages
coded to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cmo.domain.evidence import Source
from cmo.domain.fields import Reference, Tie
from cmo.domain.record import references, specs
from cmo.domain.stored import Stored
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.reading import fresh, load_records, load_seen, read
from cmo.services.supporting import support_of
from cmo.services.titles import titles

MOST_REFERRERS = 50
"""How many records that refer to the one shown are named."""


def show(graph: Graph, actor: Actor, record_id: str) -> dict[str, Any]:
    """The record of that id, retired or not, as plain values.

    `fields` holds those that are stated, references as {id, kind, code, name}, with `retired` where
    they are, and with `stands_for`, a code, where they were merged into another; `codings` the
    codings behind it, what speaks against first; `referred_by` at most 50 records that refer to it.
    `support` is computed, whatever was decided (None for kinds on which nobody decides it). A
    source's text is told by its length. Words that the actor may not read are left out. Raises
    NotFound.
    """

    def work(tx: Transaction) -> tuple[Stored, dict[str, dict[str, Any]], list[str]]:
        now = fresh(tx, actor)
        (held,) = load_records(tx, now, [record_id])
        around = [row["id"] for row in _referrers(tx, held)]
        wanted = [*_referred(held), *around, *([held.created_by] if held.created_by else [])]
        return held, _named(tx, now, held, list(dict.fromkeys(wanted))), around

    held, known, around = graph.read(work)
    fields = {
        name: _told(spec, held.fields[name], known)
        for name, spec in specs(held.kind).items()
        if held.fields[name] not in (None, ())
    }
    if held.kind is Source:
        fields.pop("turn_starts", None)
        if "text" in fields:
            fields["text"] = f"{len(fields['text']):,} characters"
    by = known.get(held.created_by or "")
    own = known[held.id]
    return {
        "kind": held.kind.node_label,
        "code": held.code,
        "name": own["name"],
        "id": held.id,
        "rev": held.rev,
        "created_at": held.created_at,
        "created_by": by["name"] if by else None,
        "retired_at": held.retired_at,
        "stands_for": own.get("stands_for"),
        "support": _support(graph, actor, held),
        "fields": fields,
        "codings": read(graph, "evidence/passages", actor, target=record_id),
        "referred_by": [known[i] for i in dict.fromkeys(around) if i in known],
    }


def _support(graph: Graph, actor: Actor, held: Stored) -> str | None:
    if "support_decided" not in specs(held.kind):
        return None
    return str(support_of(graph, actor, held.id).support)


def _referrers(tx: Transaction, held: Stored) -> list[Row]:
    if held.kind.node_label in ("Programme", "User"):
        return []  # nearly everything; `cmo query` lists it by kind
    return tx.run("record/refers_here", id=held.id, limit=MOST_REFERRERS)


def _referred(held: Stored) -> list[str]:
    found: list[str] = []
    for name, spec in references(held.kind).items():
        value = held.fields[name] or ()
        found.extend(getattr(v, "to", v) for v in (value if spec.many else (value,)) if v)
    return found


def _told(spec: Any, value: Any, known: Mapping[str, dict[str, Any]]) -> Any:
    if not isinstance(spec, Reference):
        return list(value) if isinstance(value, tuple) else value
    if not spec.many:
        return known.get(value)
    told = []
    for item in value:
        tie = item if isinstance(item, Tie) else Tie(item)
        if tie.to in known:
            told.append({**known[tie.to], **dict(tie.carries)})
    return told


def _named(
    tx: Transaction, actor: Actor, held: Stored, ids: list[str]
) -> dict[str, dict[str, Any]]:
    """By id, how the record and those around it are named, as far as the actor may see them."""
    seen = load_seen(tx, actor, ids) | {held.id: held}
    kept = {i: one for i, record in seen.items() if (one := _stands_for(record))}
    others = load_seen(tx, actor, sorted(set(kept.values()) - seen.keys())) if kept else {}
    called = titles(tx, actor, seen)
    found = {}
    for record_id, record in seen.items():
        named: dict[str, Any] = {
            "kind": record.kind.node_label,
            "code": record.code,
            "name": called[record_id],
            "id": record_id,
        }
        if record.retired_at:
            named["retired"] = True
        other = (seen | others).get(kept.get(record_id, ""))
        if other:
            named["stands_for"] = other.code
        found[record_id] = named
    return found


def _stands_for(record: Stored) -> str | None:
    """The id of the factor into which this one was merged; a merge that was undone is none."""
    ties = record.fields.get("same_as") or ()
    return next((tie.to for tie in ties if not tie.get("undone_at")), None)
