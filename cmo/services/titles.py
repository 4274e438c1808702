"""What people call records that bear no name of their own: a link by its ends, a relation as a
sentence, a passage by its first words, a coding or an assessment by what it bears on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cmo.domain.stored import Stored
from cmo.graph.graph import Transaction
from cmo.services.actor import Actor
from cmo.services.reading import load_seen
from cmo.services.relating import sentence

WORDS = 10
"""How many words of a passage name it."""

_NAMED_BY = {
    "CmoLink": ("starts_at", "ends_at"),
    "Relation": ("from_party", "to_party"),
    "Coding": ("bears_on", "concerns"),
    "Assessment": ("factor", "project"),
}
"""By which of the records that it refers to a record is called."""

UNSEEN = "…"
"""Stands for the name of what the reader may not see."""


def titles(tx: Transaction, actor: Actor, records: Mapping[str, Stored]) -> dict[str, str]:
    """By id, what each of these records is called; of what they refer to only what the actor may
    see is named."""
    known = dict(records)
    for _ in range(2):  # a coding is called by a link, and that by its ends
        missing = {i for r in known.values() for i in _named_by(r) if i not in known}
        if missing:
            known |= load_seen(tx, actor, sorted(missing))
    return {record_id: _title(held, known) for record_id, held in records.items()}


def first_words(text: str) -> str:
    """The beginning of a passage, on one line."""
    words = text.split()
    return " ".join(words[:WORDS])[:120] + (" …" if len(words) > WORDS else "")


def _named_by(record: Stored) -> Iterable[str]:
    names = _NAMED_BY.get(record.kind.node_label, ())
    return (record.fields[name] for name in names if record.fields[name])


def _title(record: Stored, known: Mapping[str, Stored]) -> str:
    ends = [
        _title(known[i], known) if i in known else UNSEEN
        for i in (record.fields[name] for name in _NAMED_BY.get(record.kind.node_label, ()))
        if i
    ]
    said = record.fields
    match record.kind.node_label:
        case "CmoLink":
            return " → ".join(ends)
        case "Relation":
            row = {name: said[name] for name in ("kind", "state", "for_what")}
            return sentence({**row, "from_party": ends[0], "to_party": ends[-1]})
        case "Coding":
            about = ends if said["bears_on"] else ["still to place", *ends]
            way = [said["stance"]] if said["bears_on"] else []
            return " ".join([*way, " in ".join(about)])
        case "Assessment":
            return f"{' in '.join(ends)}: {str(said['value']).replace('_', ' ')}"
        case "Excerpt":
            words = said["quote"] or said["paraphrase"]
            return first_words(words) if words else said["locator"] or "words not open to you"
        case _:
            return record.name
