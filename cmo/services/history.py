"""What happened to a casebook: who changed what, when and why; and how a record was before."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.encoding import field_value
from cmo.domain.people import User
from cmo.domain.stored import Stored, kind_of
from cmo.domain.vocabulary import Role
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.reading import fresh, load_for, load_records
from cmo.services.titles import titles
from cmo.services.veiling import hidden_fields

PAGE = 100
"""How many changes are looked through at a time for those that the actor may see."""


@dataclass(frozen=True)
class Touched:
    """What a change did to one record.

    `name` is what people call it now, an assessment and a coding by what they bear on. `before` and
    `after` hold the fields as plain values; a new record has no `before`. For an auditor `name`,
    `before` and `after` are None, and `fields` are those of the whole change. `detail` says in
    words which roles a user was given and which were taken.
    """

    id: str
    kind: str
    code: str | None
    name: str | None
    rev: int
    fields: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    detail: str | None = None


@dataclass(frozen=True)
class Entry:
    """One change: `at` is ISO 8601 in UTC, `who` a display name; `undone` says whether it was taken
    back, `undoes` which one it takes back; `digest` proves its content."""

    change: str
    at: str
    who: str
    action: str
    why: str | None
    undone: bool
    undoes: str | None
    digest: str
    touched: tuple[Touched, ...]


def history(
    graph: Graph,
    actor: Actor,
    record_id: str | None = None,
    *,
    user: str | None = None,
    limit: int = 50,
    before: str | None = None,
) -> list[Entry]:
    """The changes that the actor may see, newest first: of one record or all, by one user (an id)
    or all, at most `limit`, only those older than the change `before`.

    A change shows those of its records that the actor may see, and of these the words that they
    may read; an auditor sees changes without content. NotFound where the record is not one of
    them; otherwise empty means that nothing happened that the actor may see.
    """

    def work(tx: Transaction) -> list[Entry]:
        now = fresh(tx, actor)
        entries: list[Entry] = []
        for page in pages(tx, "books/log", record_id, user=user, before=before, size=PAGE):
            entries += told(tx, now, page)
            if len(entries) >= limit:
                break
        return entries[:limit]

    found = graph.read(work)
    if not found and record_id is not None:
        graph.read(lambda tx: load_records(tx, actor, [record_id]))
    return found


def pages(
    tx: Transaction,
    query: str,
    record: str | None,
    *,
    user: str | None,
    before: str | None,
    size: int,
    first: list[Row] | None = None,
) -> Iterator[list[Row]]:
    """The rows of a query of the books, `size` at a time until there are fewer, newest first: those
    older than the change `before`, by one user (an id) or all; of one record, those of the query
    whose name ends in _of_record. `first` is the first page, where it is known."""
    asked: dict[str, Any] = {"user": user, "limit": size}
    if record is not None:
        query, asked = f"{query}_of_record", asked | {"record": record}
    while True:
        page = tx.run(query, before=before, **asked) if first is None else first
        first = None
        yield page
        if len(page) < size:
            return
        before = page[-1]["id"]


def told(tx: Transaction, actor: Actor, page: list[Row]) -> list[Entry]:
    """The rows of the books as changes, in their order, without what the actor may not see; their
    roles were read in this transaction."""
    ids = list(dict.fromkeys(t["id"] for row in page for t in row["touched"]))
    seen = load_for(tx, actor, ids)
    audited = _audited(tx, actor, [i for i in ids if i not in seen])
    hidden = hidden_fields(tx, actor, list(seen))
    shown = [row["id"] for row in page if any(t["id"] in seen for t in row["touched"])]
    contents = {row["id"]: row for row in tx.run("books/contents", ids=shown)}
    called = titles(tx, actor, seen)
    moved = _places(tx, actor, contents.values(), seen)
    entries = []
    for row in page:
        before, after = _content(contents.get(row["id"]))
        touched: list[Touched] = []
        for part in row["touched"]:
            record_id, rev = part["id"], part["rev"]
            if record_id in seen:
                without = hidden.get(record_id, frozenset())
                part_told = _told(seen[record_id], rev, before, after, without)
                detail = _roles(part_told, moved) if part_told.kind == "User" else None
                touched.append(
                    dataclasses.replace(part_told, name=called[record_id], detail=detail)
                )
            elif record_id in audited:
                kind, code = audited[record_id]
                fields = tuple(row["fields"] or ())
                touched.append(Touched(record_id, kind, code, None, rev, fields, None, None))
        if touched:
            entries.append(
                Entry(
                    change=row["id"],
                    at=row["at"],
                    who=row["who"],
                    action=row["action"],
                    why=row["why"],
                    undone=row["undone"],
                    undoes=row["undoes"],
                    digest=row["digest"],
                    touched=tuple(touched),
                )
            )
    return entries


def _content(row: Row | None) -> tuple[dict[str, Any], dict[str, Any]]:
    if row is None:
        return {}, {}
    return json.loads(row["before"]), json.loads(row["after"])


def _told(
    record: Stored,
    rev: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    without: frozenset[str],
) -> Touched:
    now = {k: v for k, v in after.get(record.id, {}).items() if v not in (None, [])}
    then = before.get(record.id)
    if then is not None:
        now = after.get(record.id, {})
        then = {k: v for k, v in then.items() if k not in without}
    fields = tuple(sorted(now))
    shown = {k: v for k, v in now.items() if k not in without}
    return Touched(
        record.id, record.kind.node_label, record.code, record.name, rev, fields, then, shown
    )


def _places(
    tx: Transaction, actor: Actor, contents: Iterable[Row], seen: Mapping[str, Stored]
) -> dict[str, str]:
    """The names of the places where roles were given or taken, as far as the actor may see them."""
    users = {i for i, record in seen.items() if record.kind is User}
    if not users:
        return {}
    ids = {
        tie["to"]
        for row in contents
        for held in _content(row)
        for i in users & held.keys()
        for tie in held[i].get("roles") or ()
    }
    return {i: record.name for i, record in load_for(tx, actor, sorted(ids)).items()}


def _roles(touched: Touched, places: Mapping[str, str]) -> str | None:
    """Which roles the change gave a user, and which it took, in words."""
    if touched.after is None or "roles" not in touched.after:
        return None
    was, now = (
        {(tie["role"], tie["to"]) for tie in (held or {}).get("roles") or ()}
        for held in (touched.before, touched.after)
    )
    said = []
    for word, some in (("given", now - was), ("no longer", was - now)):
        told = sorted(
            f"{role.replace('_', ' ')} in {places[place]}"
            for role, place in some
            if place in places
        )
        said += [f"{word} {', '.join(told)}"] if told else []
    return "; ".join(said) or None


def _audited(tx: Transaction, actor: Actor, ids: list[str]) -> dict[str, tuple[str, str | None]]:
    """The kind and code of those of these records that the actor audits."""
    places = {p for g in actor.grants if g.role == Role.AUDITOR for p in g.places}
    if not places or not ids:
        return {}
    mine = [
        row["id"]
        for row in tx.run("record/places", ids=ids)
        if places & (set(row["projects"]) or set(row["programmes"]))
    ]
    return {
        row["props"]["id"]: (kind_of(row["labels"]).node_label, row["props"].get("code"))
        for row in tx.run("record/get", ids=mine)
    }


def as_it_was(graph: Graph, actor: Actor, record_id: str, rev: int) -> Stored:
    """The record as it was at a revision (1 is the first), without the words that the actor may not
    read. Raises NotFound for a record or a revision that there is not."""

    def work(tx: Transaction) -> Stored:
        (current,) = load_records(tx, actor, [record_id])
        if not 1 <= rev <= current.rev:
            raise NotFound(
                f"{current.kind.node_label} {current.code or current.name} has no revision {rev}.",
                "Nothing was read.",
                f"It has revisions 1 to {current.rev}.",
            )
        fields = {**current.fields, "retired_at": current.retired_at}
        for row in reversed(tx.run("books/changes_after", id=record_id, rev=rev)):
            for name, value in json.loads(row["before"]).get(record_id, {}).items():
                fields[name] = field_value(current.kind, name, value)
        for name in hidden_fields(tx, fresh(tx, actor), [record_id]).get(record_id, ()):
            if name in fields:
                fields[name] = current.fields[name]
        retired_at = fields.pop("retired_at")
        return dataclasses.replace(current, rev=rev, retired_at=retired_at, fields=fields)

    return graph.read(work)
