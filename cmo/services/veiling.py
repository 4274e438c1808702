"""Whose words a record holds, and who may read them."""

from __future__ import annotations

import dataclasses

from cmo.domain.spans import blank_turns
from cmo.domain.stored import Stored
from cmo.graph.graph import Row, Transaction
from cmo.services.actor import Actor

WORDS = frozenset({"text", "quote", "prefix", "suffix"})
"""Fields that hold what somebody said or wrote, verbatim."""
NOTED = frozenset(
    {"memo", "ratings_why", "turn_speakers", "turn_starts", "heading_starts", "heading_ranks"}
    | {"file_name"}
)
"""Fields in which those who read them have noted something about it."""
GROUP = frozenset({"role_group"})
"""The field in which a finding names a role group: few may speak for it, and be known by it."""

WORDY = ("Source", "Excerpt", "Coding", "Finding")
"""Kinds of record that hold such fields."""


def hidden_fields(tx: Transaction, actor: Actor, ids: list[str]) -> dict[str, frozenset[str]]:
    """By id, the fields of these records that the actor may not read, where there are any.

    Texts, quotes and notes on them are for those whose role reads words where they were collected;
    a quote is for everyone if all who speak in it agreed. What somebody said who has withdrawn is
    for nobody. Whether a finding's role group is hidden is not looked at: its older versions may
    name another.
    """
    readable = set(actor.reachable_words)
    return {row["id"]: _hidden(row, readable) for row in tx.run("record/words", ids=ids)}


def _hidden(row: Row, readable: set[str]) -> frozenset[str]:
    if row["withdrawn"] and not row["labels"]:
        return WORDS | NOTED | GROUP | {"paraphrase"}
    if row["place"] not in readable:
        open_ones = {"quote"} if row["may_quote"] else set()
        return (WORDS | NOTED | GROUP) - open_ones
    return frozenset({"prefix", "suffix"}) if row["around"] else frozenset()


def veil(tx: Transaction, actor: Actor, records: dict[str, Stored]) -> dict[str, Stored]:
    """The records without the words that the actor may not read.

    In a text, the turns of those who have withdrawn are blanked, character for character; where
    their turns cannot be told, the whole text is left out. A finding keeps its role group where
    enough informants speak for it.
    """
    wordy = [i for i, r in records.items() if r.kind.node_label in WORDY]
    if not wordy:
        return records
    veiled = dict(records)
    hidden = hidden_fields(tx, actor, wordy)
    for row in tx.run("record/words", ids=wordy):
        held = records[row["id"]]
        fields = dict(held.fields)
        veiling = hidden[row["id"]]
        if fields.get("role_group") not in actor.small_groups:
            veiling -= GROUP
        for name in veiling & fields.keys():
            fields[name] = () if isinstance(fields[name], tuple) else None
        if row["labels"] and fields.get("text"):
            fields["text"] = blank_turns(
                fields["text"], fields["turn_starts"], fields["turn_speakers"], row["labels"]
            )
        veiled[row["id"]] = dataclasses.replace(held, fields=fields)
    return veiled
