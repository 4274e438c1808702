"""Who is heard in a passage: every informant in whose speaker turns some of its words stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from cmo.domain.evidence import Excerpt, Informant, Source
from cmo.domain.record import Record
from cmo.domain.spans import speakers_in
from cmo.domain.stored import Stored
from cmo.graph.graph import Transaction
from cmo.services.acts import Edit

Turns = tuple[tuple[int, ...], tuple[str, ...]]


def with_speakers(
    tx: Transaction, new: tuple[Record, ...], held: Mapping[str, Mapping[str, Any]]
) -> tuple[Record, ...]:
    """The new records, in their order; a passage of a text names, after those whom it was given,
    everybody else who is heard in it.

    Somebody is heard under the label under which they speak in that source; who asks questions is
    seldom an informant, and is not named. `held` are the labels and properties of locked records,
    the passages' sources among them. Located passages name whom they were given.
    """
    passages = [r for r in new if isinstance(r, Excerpt) and r.quote and r.start is not None]
    if not passages:
        return new
    turns = _turns(new, held)
    heard = _heard_in(tx, new, {p.source for p in passages})
    named: dict[int, Record] = {}
    for passage in passages:
        assert passage.start is not None
        labels = speakers_in(*turns[passage.source], passage.start, passage.quote or "")
        there = (i for label in labels for i in heard.get((passage.source, label), ()))
        everybody = tuple(dict.fromkeys((*passage.spoken_by, *there)))
        named[id(passage)] = dataclasses.replace(passage, spoken_by=everybody)
    return tuple(named.get(id(record), record) for record in new)


def heard_anew(
    tx: Transaction, edits: tuple[Edit, ...], before: Mapping[str, Stored]
) -> tuple[Edit, ...]:
    """The edits, in their order; one that moves a passage within its text also renews whom it
    names.

    Who was heard where it stood and is not where it stands now is named no more; who was named
    otherwise, or is named by the edit itself, stays. `before` are the edited records as they were.
    """
    moved = {
        e.id: e
        for e in edits
        if before[e.id].kind is Excerpt and {"start", "end", "quote"} & set(e.changes)
    }
    if not moved:
        return edits
    sources = sorted({before[i].fields["source"] for i in moved})
    turns = _turns((), {row["props"]["id"]: row for row in tx.run("record/get", ids=sources)})
    heard = _heard_in(tx, (), set(sources))

    def speaking(source: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        if fields["start"] is None or not fields["quote"]:
            return ()
        labels = speakers_in(*turns[source], fields["start"], fields["quote"])
        return tuple(i for label in labels for i in heard.get((source, label), ()))

    def renewed(edit: Edit) -> Edit:
        was = before[edit.id].fields
        now = {**was, **edit.changes}
        there = speaking(was["source"], was)
        kept = edit.changes.get("spoken_by", tuple(i for i in was["spoken_by"] if i not in there))
        everybody = tuple(dict.fromkeys((*kept, *speaking(was["source"], now))))
        return dataclasses.replace(edit, changes={**edit.changes, "spoken_by": everybody})

    return tuple(renewed(edit) if edit.id in moved else edit for edit in edits)


def unnamed(
    tx: Transaction, new: tuple[Record, ...], edits: tuple[Edit, ...]
) -> dict[str, tuple[str, ...]]:
    """The stored passages that hold words of informants who are new in their source, or whose turns
    there have new labels, and do not name them: by the passage's id, theirs, in no order.

    Called after the change was written. Empty where it makes nobody new.
    """
    speaking = [str(r.id) for r in new if isinstance(r, Informant) and r.speaks_in]
    speaking += [e.id for e in edits if "speaks_in" in e.changes]
    relabelled = [e.id for e in edits if "turn_speakers" in e.changes]
    for row in tx.run("evidence/heard_in", ids=relabelled) if relabelled else ():
        speaking.append(row["informant"])
    found: dict[str, tuple[str, ...]] = {}
    for row in tx.run("evidence/unnamed", ids=speaking) if speaking else ():
        for excerpt, start, quote in row["excerpts"]:
            if row["label"] in speakers_in(row["starts"], row["speakers"], start, quote):
                found[excerpt] = (*found.get(excerpt, ()), row["informant"])
    return found


def _turns(new: tuple[Record, ...], held: Mapping[str, Mapping[str, Any]]) -> dict[str, Turns]:
    stored = {
        record_id: (
            tuple(row["props"].get("turn_starts") or ()),
            tuple(row["props"].get("turn_speakers") or ()),
        )
        for record_id, row in held.items()
        if "Source" in row["labels"]
    }
    made = {str(r.id): (r.turn_starts, r.turn_speakers) for r in new if isinstance(r, Source)}
    return stored | made


def _heard_in(
    tx: Transaction, new: tuple[Record, ...], sources: set[str]
) -> dict[tuple[str, str], list[str]]:
    """The informants by source and label."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in tx.run("evidence/heard_in", ids=sorted(sources)):
        found.setdefault((row["source"], row["label"]), []).append(row["informant"])
    for record in new:
        for tie in record.speaks_in if isinstance(record, Informant) else ():
            if tie.to in sources and tie.get("label"):
                found.setdefault((tie.to, tie.get("label")), []).append(str(record.id))
    return found
