"""Undo: a change of one's own is taken back by another change; nothing is erased from the books."""

from __future__ import annotations

import json
from typing import Any

from cmo.domain.clock import now, text_of
from cmo.domain.encoding import field_value
from cmo.domain.stored import kind_of
from cmo.errors import NotAllowed, NotFound, Refused
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.writing import commit

LOOK_BACK = 200
"""How many of one's own latest changes are looked through for one that can be taken back."""

NAMED_ONLY = frozenset({"withdraw"})
"""Actions that are taken back by their id only, never because they happen to be the latest."""


def undo(graph: Graph, actor: Actor, change: str | None = None) -> Done:
    """Takes back a change of the actor's own: the one of that id, else their latest.

    New records are retired, edited fields get back what they held. A withdrawal is taken back by
    its id alone. Raises Refused, naming the later change, if somebody has since touched the same
    fields or refers to a new record.
    """
    target = _target(graph, actor, change)
    (content,) = graph.read(lambda tx: tx.run("books/content", id=target["id"]))
    edits = _inverse(graph, content)

    def before(tx: Transaction) -> None:
        _refuse_if_touched(tx, content, edits)

    why = f"takes back {content['action']} of {content['at']}"
    return commit(
        graph, actor, Act("undo", why, edits=edits, before=before, undoes=str(target["id"]))
    )


def _target(graph: Graph, actor: Actor, change: str | None) -> Row:
    rows = graph.read(
        lambda tx: tx.run("books/of_actor", user=actor.id, change=change, limit=LOOK_BACK)
    )
    if change is not None:
        if not rows:
            if graph.read(lambda tx: tx.run("books/known", id=change)):
                raise NotAllowed(
                    "That change is somebody else's.",
                    "Nothing was taken back.",
                    "Ask them, or edit the record yourself.",
                )
            raise NotFound(
                f"There is no change {change}.",
                "Nothing was taken back.",
                "`cmo history` lists the changes.",
            )
        if rows[0]["undone"]:
            raise Refused(
                "That change was taken back already.", "Nothing was changed.", "See `cmo history`."
            )
        return rows[0]
    for row in rows:
        if not row["undone"] and row["undoes"] is None and row["part_of"] is None:
            if row["action"] in NAMED_ONLY:
                raise Refused(
                    f"{actor.display_name}'s latest change says that somebody has withdrawn.",
                    "Nothing was taken back: their words would be shown and counted again.",
                    f"If it was a mistake, name it: `cmo undo {row['id']}`.",
                )
            return row
    raise NotFound(
        f"{actor.display_name} has no change that could be taken back.",
        "Nothing was changed.",
        "`cmo history` lists the changes; what came with a seed is retired, not undone.",
    )


def _inverse(graph: Graph, content: Row) -> tuple[Edit, ...]:
    before: dict[str, dict[str, Any]] = json.loads(content["before"])
    after: dict[str, dict[str, Any]] = json.loads(content["after"])
    labels = {
        row["props"]["id"]: row["labels"]
        for row in graph.read(lambda tx: tx.run("record/get", ids=list(after)))
    }
    edits = []
    for record_id in after:
        if record_id not in before:
            edits.append(Edit(record_id, {"retired_at": text_of(now())}))
            continue
        kind = kind_of(labels[record_id])
        held = before[record_id]
        edits.append(Edit(record_id, {name: field_value(kind, name, held[name]) for name in held}))
    return tuple(edits)


def _refuse_if_touched(tx: Transaction, content: Row, edits: tuple[Edit, ...]) -> None:
    if tx.run("books/undone", id=content["id"]):
        raise Refused(
            "That change was taken back already.", "Nothing was changed.", "See `cmo history`."
        )
    revs = {row["id"]: row["rev"] for row in content["records"]}
    for edit in edits:
        is_new = edit.id not in json.loads(content["before"])
        later = tx.run("books/changes_after", id=edit.id, rev=revs[edit.id])
        undone = {row["undoes"] for row in later}
        for row in later:
            taken_back = row["id"] in undone or row["undoes"] is not None
            if not taken_back and (is_new or set(row["fields"]) & set(edit.changes)):
                raise Refused(
                    f"{row['who']} has since changed {', '.join(row['fields'])} of that record "
                    f"({row['action']} at {row['at']}, change {row['id']}).",
                    "Nothing was taken back.",
                    "Edit the record instead, or let that change be taken back first.",
                )
    new = [e.id for e in edits if e.id not in json.loads(content["before"])]
    if new:
        undone_too = {e.id for e in edits}
        for row in tx.run("record/referrers", ids=new):
            if row["id"] in undone_too:
                continue
            kind = kind_of(row["labels"]).node_label
            raise Refused(
                f"A {kind} {row['code'] or row['id']} refers to what that change recorded.",
                "Nothing was taken back.",
                f"Retire that {kind} first (`cmo retire {row['id']} --why ...`).",
            )
