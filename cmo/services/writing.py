"""The one way in which a casebook is changed: an act is checked, locked, written and booked in one
transaction."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from cmo.domain.case import Programme, Project
from cmo.domain.clock import now, text_of
from cmo.domain.people import User
from cmo.domain.record import Record, references, specs, values
from cmo.domain.stored import Stored, stored
from cmo.domain.theory import Revision
from cmo.domain.validate import check_fields, check_reason
from cmo.errors import (
    AlreadyThere,
    CasebookUnusable,
    InvalidInput,
    NotAllowed,
    NotFound,
    Refused,
    StorageFailed,
)
from cmo.graph.graph import Graph, Transaction
from cmo.services import changes, counting, hearing, permitting, rules
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.conflicts import conflict
from cmo.services.places import Places
from cmo.services.reading import fresh
from cmo.services.storing import Store

LOCKED_BY_NEW = frozenset(
    {"Source", "Excerpt", "Configuration", "CmoLink", "Factor", "Project", "Relation", "Coding"}
)
"""Kinds that a new record locks when it refers to them, so that none is retired or re-typed
meanwhile. What refers to a theme, a user or a programme does not wait for others."""


def commit(graph: Graph, actor: Actor, act: Act) -> Done:
    """Stores an act, whole or not at all, and answers with its records' ids and codes.

    The actor's roles are read again in the transaction. Raises InvalidInput, NotAllowed, NotFound
    or EditConflict, and then nothing was changed.
    """
    act = dataclasses.replace(act, why=check_reason(act.why))
    new = tuple(_prepared(record) for record in act.new)
    edits = tuple(sorted(act.edits, key=lambda e: e.id))
    at = text_of(now())

    def work(tx: Transaction) -> None:
        if tx.run("books/known", id=act.id):
            return
        Writer(tx, fresh(tx, actor), act, at).write(new, edits)

    try:
        graph.write(work)
    except Refused:
        # The answer of a first try got lost, and the second met what the first had stored.
        if not graph.read(lambda tx: tx.run("books/known", id=act.id)):
            raise
    except (CasebookUnusable, StorageFailed) as error:
        error.change = act.id
        raise
    ids = tuple(str(r.id) for r in new) + tuple(e.id for e in act.edits)
    props = {
        row["props"]["id"]: row["props"]
        for row in graph.read(lambda tx: tx.run("record/get", ids=list(ids)))
    }
    return Done(act.id, ids, tuple(props[i].get("code") for i in ids))


def _prepared(record: Record) -> Record:
    fields = check_fields(type(record), values(record))
    return dataclasses.replace(record, id=record.id or str(uuid.uuid4()), **fields)


FAMILY = frozenset({"kind_of", "same_as"})
"""Fields of factors that two people could make a circle of."""
NAMES = frozenset({"name", "retired_at"})
"""Fields by which two people could give one name twice."""


class Writer:
    """One act in one transaction."""

    def __init__(self, tx: Transaction, actor: Actor, act: Act, at: str) -> None:
        self.tx, self.actor, self.act, self.at = tx, actor, act, at
        self.store = Store(tx, actor.id, at, act.between)

    def write(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
        """Locks, checks, writes and books; any refusal leaves the graph as it was."""
        self.places = Places(self.tx, new)
        edits = tuple(self._checked(edit) for edit in edits)
        self._refuse_taken(new)
        self._look_up(new, edits)
        self._found(new)
        self._may(new, edits)
        self._lock_referred(new, edits)
        self._compare(edits)
        permitting.check_settling(self.actor, self.places, new, edits, self.before)
        self._may_keep_users(new, edits)
        if not self.act.undoes:
            self._refuse_retired(new, edits)
        if self.act.before is not None:
            self.act.before(self.tx)
        new = hearing.with_speakers(self.tx, new, self.held)
        if not self.act.undoes:
            edits = hearing.heard_anew(self.tx, edits, self.before)
        if new:
            self.store.create(new, self.places, self.held)
        for edit in edits:
            self.store.edit(self.before[edit.id], edit)
        edits = (*edits, *self._name_in_passages(new, edits))
        self.act.between("the rules")
        rules.check(self.tx, self.places, new, edits, self.before)
        counting.recount(self.tx, new, edits)
        self.act.between("the books")
        if self.store.touched:
            changes.append(self.tx, self.act, self.actor.id, self.at, self.store.touched)

    # -- before anything is written

    def _checked(self, edit: Edit) -> Edit:
        (place,) = self.places.look_up([edit.id])
        plain = {k: v for k, v in edit.changes.items() if k != "retired_at"}
        try:
            fields = check_fields(place.kind, plain)
        except InvalidInput as error:
            error.not_done = "Nothing was changed."
            raise
        for name in fields:
            if self.act.undoes is None and getattr(specs(place.kind)[name], "fixed", False):
                rules.refuse_fixed(place, name)
        return dataclasses.replace(
            edit,
            changes={**fields, **{k: edit.changes[k] for k in edit.changes if k == "retired_at"}},
        )

    def _look_up(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
        named = [i for r in new for i in _referred(type(r), values(r))]
        for edit in edits:
            named.extend(_referred(self.places[edit.id].kind, edit.changes))
        self.places.look_up(named)

    def _found(self, new: tuple[Record, ...]) -> None:
        for record in new:
            if type(record).node_label == "Programme":
                programme = str(record.id)
                mine = {
                    str(r.id)
                    for r in new
                    if type(r).node_label == "Project"
                    and programme in self.places[str(r.id)].programmes
                }
                self.actor = self.actor.founding(programme, frozenset({programme, *mine}))

    def _may(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
        for record in new:
            parent = record.part_of if isinstance(record, Project) else None
            self._require(str(record.id), frozenset({parent}) if parent else None)
        for edit in edits:
            self._require(edit.id)
            for home in self._new_home(edit):
                self._require(edit.id, self.places[home].scope)
        seen = frozenset(self.actor.reachable_places)
        for record_id in self.places.known():
            place = self.places[record_id]
            if place.kind.node_label != "User" and not place.scope & seen and not place.new:
                raise NotFound(
                    f"There is no record {record_id}.",
                    "Nothing was changed.",
                    "`cmo query` lists what can be asked.",
                )

    def _new_home(self, edit: Edit) -> list[str]:
        """The places to which an edit moves the record: its author must have a say there too."""
        kind = self.places[edit.id].kind
        moved = {name: edit.changes[name] for name in kind.home if name in edit.changes}
        return _referred(kind, moved)

    def _refuse_taken(self, new: tuple[Record, ...]) -> None:
        for row in self.tx.run("record/get", ids=[str(r.id) for r in new]) if new else ():
            raise AlreadyThere(
                f"There is a record {row['props']['id']} already.",
                "Nothing was recorded.",
                "Leave the id out: one is given.",
            )

    def _require(self, record_id: str, around: frozenset[str] | None = None) -> None:
        place = self.places[record_id]
        kind = place.kind.node_label
        if kind == "User":
            return  # once their roles are locked
        if not self.actor.may_write(kind, around or place.scope):
            raise NotAllowed(
                f"{self.actor.display_name} may not record or change a {kind} there.",
                "Nothing was changed.",
                "A data steward gives roles; `cmo doctor` lists yours.",
            )

    def _lock_referred(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
        own = {str(r.id) for r in new}
        programmes = {
            self.places[str(r.id)].programme
            for r in new
            if type(r).letter is not None or isinstance(r, Revision)
        } | {self.places[e.id].programme for e in edits if self._in_turn(e)}
        wanted = {i for r in new for i in _referred(type(r), values(r))}
        for edit in edits:
            wanted.update(_referred(self.places[edit.id].kind, edit.changes))
        referred = {i for i in wanted - own if self.places[i].kind.node_label in LOCKED_BY_NEW}
        named = [e.id for e in edits if NAMES & set(e.changes)] + [str(r.id) for r in new]
        if any(self.places[i].kind is Programme for i in named):
            (row,) = self.tx.run("rules/programme_names")
            referred.add(row["first_user"])
        self.held: dict[str, Mapping[str, Any]] = {}
        order = sorted(p for p in programmes if p and p not in own)
        order += sorted((referred | {e.id for e in edits}) - set(order))
        for record_id in order:
            (row,) = self.tx.run("record/lock", id=record_id)
            self.held[record_id] = row

    def _in_turn(self, edit: Edit) -> bool:
        """Whether the edit waits for whoever else changes the same programme."""
        names = NAMES if self.places[edit.id].kind is Project else frozenset()
        return bool((FAMILY | names) & set(edit.changes))

    def _compare(self, edits: tuple[Edit, ...]) -> None:
        """Reads what the locked records hold, and refuses an edit of an earlier revision."""
        around: dict[str, list[dict[str, Any]]] = {e.id: [] for e in edits}
        assert len(around) == len(edits), "an act edits a record once"
        for row in self.tx.run("record/edges", ids=list(around)) if edits else ():
            around[row["id"]].append(row)
        self.before: dict[str, Stored] = {}
        for edit in edits:
            held = self.held[edit.id]
            self.before[edit.id] = stored(held["labels"], held["props"], around[edit.id])
            if edit.rev is not None and edit.rev != self.before[edit.id].rev:
                raise conflict(self.tx, self.before[edit.id], edit)

    def _name_in_passages(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> list[Edit]:
        """Names informants who are only now said to speak in a source in its passages that hold
        their words; not in those that this act edits, where a person has just decided."""
        late = hearing.unnamed(self.tx, new, edits)
        more = []
        for excerpt in sorted(late.keys() - {e.id for e in edits}):
            (row,) = self.tx.run("record/lock", id=excerpt)
            around = self.tx.run("record/edges", ids=[excerpt])
            before = stored(row["labels"], row["props"], around)
            named: tuple[str, ...] = before.fields["spoken_by"]
            edit = Edit(excerpt, {"spoken_by": tuple(dict.fromkeys((*named, *late[excerpt])))})
            self.before[excerpt] = before
            self.store.edit(before, edit)
            more.append(edit)
        return more

    def _may_keep_users(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
        for record in new:
            if isinstance(record, User):
                permitting.check_stewardship(self.actor, record.roles, ())
        for edit in edits:
            before = self.before[edit.id]
            if before.kind is User:
                held = before.fields["roles"]
                permitting.check_stewardship(self.actor, edit.changes.get("roles", held), held)

    def _refuse_retired(self, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
        """Refuses a new reference to a retired record; one that stood before may stay."""
        for record in new:
            fields = values(record)
            if fields.get("carried_from"):
                del fields["judged_by"]  # whoever judged the earlier one, also if they have left
            self._refuse_gone(_referred(type(record), fields))
        for edit in edits:
            gone = [i for i in _referred(self.places[edit.id].kind, edit.changes) if self._gone(i)]
            kept = set(_referred(self.places[edit.id].kind, self.before[edit.id].fields))
            self._refuse_gone(i for i in gone if i not in kept)

    def _refuse_gone(self, ids: Iterable[str]) -> None:
        for record_id in ids:
            if self._gone(record_id):
                rules.refuse_retired(self.places[record_id])

    def _gone(self, record_id: str) -> bool:
        if record_id in self.held:
            return bool(self.held[record_id]["props"].get("retired_at"))
        return self.places[record_id].retired


def _referred(kind: type[Record], fields: Mapping[str, Any]) -> list[str]:
    """The ids of the records that these fields refer to."""
    found: list[str] = []
    for name, spec in references(kind).items():
        value = fields.get(name)
        if value is not None:
            found.extend(getattr(v, "to", v) for v in (value if spec.many else (value,)))
    return found
