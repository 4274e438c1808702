"""Asking a casebook: every read goes through here, with the actor's scope filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from cmo.domain.stored import Stored, stored
from cmo.errors import InvalidInput, NotAllowed, NotFound
from cmo.graph.graph import Graph, Row, Transaction
from cmo.graph.queries import Query, get_query
from cmo.services.actor import Actor, load_actor
from cmo.services.veiling import veil

T = TypeVar("T")


class _Look:
    """What was found out once and holds until the block ends, or this program writes."""

    def __init__(self) -> None:
        self.held: dict[Hashable, tuple[int, Any]] = {}


_looking: ContextVar[_Look | None] = ContextVar("looking", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """A block in which the actor's roles, and how far the books are, are read once for all reads:
    a page that is drawn in one go. Whoever writes in it reads their roles anew, as does every read
    after that. Within another such block it is a part of that."""
    if _looking.get() is not None:
        yield
        return
    token = _looking.set(_Look())
    try:
        yield
    finally:
        _looking.reset(token)


def once_a_look(graph: Graph, about: Hashable, find: Callable[[], T]) -> T:
    """What `find` gives, or gave before in this look; outside of one it is found each time."""
    look = _looking.get()
    if look is None:
        return find()
    key = (id(graph), about)
    writes = graph.writes
    kept = look.held.get(key)
    if kept is None or kept[0] != writes:
        kept = look.held[key] = (writes, find())
    found: T = kept[1]
    return found


def looked(graph: Graph, actor: Actor) -> Actor:
    """The actor with the roles that they have now, or had when this look began."""
    return once_a_look(graph, ("actor", actor.id), lambda: graph.read(lambda tx: fresh(tx, actor)))


def just_loaded(graph: Graph, actor: Actor) -> None:
    """Takes the actor's roles for those that they have now: they were read in this look."""
    once_a_look(graph, ("actor", actor.id), lambda: actor)


def read(graph: Graph, name: str, actor: Actor, /, **params: Any) -> list[Row]:
    """The rows of the named read query, in its order, within what the actor may see.

    Raises NotFound for an unknown name, InvalidInput for a parameter that is missing, unknown or
    of the wrong type, NotAllowed for a query that writes.
    """
    query = get_query(name)
    check_params(query, params)

    if _looking.get() is not None:
        bound = bind(query, looked(graph, actor), params)
        return graph.read(lambda tx: tx.run_query(query, bound))

    def work(tx: Transaction) -> list[Row]:
        return tx.run_query(query, bind(query, fresh(tx, actor), params))

    return graph.read(work)


def fresh(tx: Transaction, actor: Actor) -> Actor:
    """The actor with the roles they have at this moment."""
    return load_actor(
        tx, {"id": actor.id, "subject": actor.subject, "display_name": actor.display_name}
    )


def check_params(query: Query, params: Mapping[str, Any]) -> None:
    """Refuses a query that writes or that is not limited to what one may see, and parameters that
    it does not have."""
    if query.mode != "read":
        raise NotAllowed(
            f"{query.name} writes.", "Nothing was asked.", "Use the command that is meant for it."
        )
    if query.scope != "projects":
        raise NotAllowed(
            f"{query.name} is not limited to what one may see; only services ask it.",
            "Nothing was asked.",
            "`cmo query` lists the queries that people may ask.",
        )
    declared = {p.name: p for p in query.parameters}
    for name in params:
        if name not in declared:
            raise InvalidInput(
                f"{query.name} has no parameter {name}.",
                "Nothing was asked.",
                f"It has {', '.join(declared) or 'none'}.",
                field_name=name,
            )


def bind(query: Query, actor: Actor, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a query: those given, in their types, and those that the actor's roles
    fill. Raises InvalidInput for one that is missing or of another type."""
    declared = {p.name: p for p in query.parameters}
    bound: dict[str, Any] = {}
    for name, parameter in declared.items():
        value = params.get(name)
        if value is None and not parameter.optional:
            raise InvalidInput(
                f"{query.name} needs {name}: {in_words(parameter.type)}.",
                "Nothing was asked.",
                f"Give it: --param {name}=... (`cmo query {query.name} --explain` tells all that "
                "it takes).",
                field_name=name,
            )
        bound[name] = None if value is None else _typed(query.name, name, parameter.type, value)
    if "visible_projects" in query.text:
        bound["visible_projects"] = actor.visible_places
    if "quoted_projects" in query.text:
        bound["quoted_projects"] = actor.quoted_places
    if "named_projects" in query.text:
        bound["named_projects"] = actor.named_places
    if "small_groups" in query.text:
        bound["small_groups"] = actor.small_groups
    return bound


_WRITTEN = {
    "INTEGER": "a whole number",
    "FLOAT": "a number",
    "BOOLEAN": "true or false",
    "LIST": "values with commas between them",
    "ID": "the id of a record; `cmo show` tells it, `cmo query` takes a code or a name too",
    "IDS": "ids of records; `cmo show` tells them, `cmo query` takes codes and names too",
}
_IN_WORDS = {
    "ID": "a record",
    "IDS": "records",
    "INTEGER": "a whole number",
    "FLOAT": "a number",
    "BOOLEAN": "true or false",
    "LIST": "values",
}


def in_words(parameter_type: str) -> str:
    """What a parameter of that type is, to people."""
    return _IN_WORDS.get(parameter_type, "text")


_NAMED = {"ID": "the id of a record", "IDS": "a list of ids", "INTEGER": "an integer"}
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _typed(query: str, name: str, kind: str, value: Any) -> Any:
    try:
        match kind:
            case "INTEGER":
                return int(value)
            case "FLOAT":
                return float(value)
            case "BOOLEAN":
                if isinstance(value, bool):
                    return value
                return {"true": True, "false": False}[str(value).lower()]
            case "LIST":
                return listed(value)
            case "ID":
                return _id(value)
            case "IDS":
                return [_id(one) for one in listed(value)]
            case "MAP":
                return dict(value)
            case _:
                return str(value)
    except (TypeError, ValueError, KeyError):
        raise InvalidInput(
            f"{query}: {name} is not {_NAMED.get(kind, f'a {kind.lower()}')}.",
            "Nothing was asked.",
            f"Give it as {_WRITTEN.get(kind, 'text')}.",
            field_name=name,
        ) from None


def listed(value: Any) -> list[Any]:
    """The values of a list, which may be given as text with commas between them."""
    return value.split(",") if isinstance(value, str) else list(value)


def _id(value: Any) -> str:
    # Without this a code would find nothing, and nothing found would read as "nobody said so".
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(value)
    return value


def get_record(graph: Graph, actor: Actor, record_id: str) -> Stored:
    """The record of that id, retired or not; NotFound also where the actor may not see it."""
    return get_records(graph, actor, [record_id])[0]


def get_records(graph: Graph, actor: Actor, ids: list[str]) -> list[Stored]:
    """The records of these ids in their order; raises NotFound for the first that is not there or
    that the actor may not see."""
    if _looking.get() is not None:
        now = looked(graph, actor)
        return graph.read(lambda tx: _all_of(ids, load_for(tx, now, ids)))
    return graph.read(lambda tx: load_records(tx, actor, ids))


def load_records(tx: Transaction, actor: Actor, ids: list[str]) -> list[Stored]:
    """As get_records, in a transaction that is open; raises NotFound alike."""
    return _all_of(ids, load_seen(tx, actor, ids))


def _all_of(ids: list[str], found: dict[str, Stored]) -> list[Stored]:
    for record_id in ids:
        if record_id not in found:
            raise NotFound(
                f"There is no record {record_id}.",
                "Nothing was read.",
                "`cmo query` lists what can be asked.",
            )
    return [found[record_id] for record_id in ids]


def load_seen(tx: Transaction, actor: Actor, ids: list[str]) -> dict[str, Stored]:
    """By id, those of these records that are there and that the actor may see, without the words
    that they may not read."""
    return load_for(tx, fresh(tx, actor), ids)


def load_for(tx: Transaction, now: Actor, ids: list[str]) -> dict[str, Stored]:
    """As load_seen, for an actor whose roles were read in this transaction."""
    seen, named = set(now.reachable_places), set(now.named_places)
    places = tx.run("record/places", ids=ids)
    open_to_them = [row["id"] for row in places if _visible(row, seen, named)]
    # The revision first: should somebody write in between, what is read is of a later one, and an
    # edit based on it is refused instead of overwriting.
    nodes = tx.run("record/get", ids=open_to_them)
    edges: dict[str, list[Row]] = {}
    for row in tx.run("record/edges", ids=open_to_them):
        edges.setdefault(row["id"], []).append(row)
    found = {
        row["props"]["id"]: stored(row["labels"], row["props"], edges.get(row["props"]["id"], []))
        for row in nodes
    }
    return veil(tx, now, found)


def _visible(place: Row, seen: set[str], named: set[str]) -> bool:
    if "User" in place["labels"]:
        return True
    if "Informant" in place["labels"] and not set(place["programmes"]) & named:
        return False
    wanted = set(place["projects"]) or set(place["programmes"])
    if "Coding" in place["labels"] or "Excerpt" in place["labels"]:
        return bool(wanted) and wanted <= seen
    return bool(wanted & seen)
