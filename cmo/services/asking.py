"""Asking a named query as people do: records by code or name, and a shape for an empty answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cmo.errors import InvalidInput
from cmo.graph.graph import Graph, Row
from cmo.graph.queries import Parameter, Query, get_query
from cmo.services.actor import Actor
from cmo.services.naming import find_programme, find_record
from cmo.services.reading import check_params, listed, read
from cmo.services.users import find_user

PROGRAMME = ("programme_id", "programme")
"""Parameters that name the programme that is asked about."""

USERS = ("user_id", "coder_id")
"""Parameters that name somebody who works on the casebook."""


@dataclass(frozen=True)
class Answer:
    """What a query returned: its names, also where it returned no row, and its rows."""

    columns: tuple[str, ...]
    rows: list[Row]


def ask(
    graph: Graph, actor: Actor, name: str, params: dict[str, Any], programme: str | None = None
) -> Answer:
    """The answer of the named read query; records may be given by id, code or fitting name.

    `programme` (its name, code or id) is the programme asked about where the query has a parameter
    for it, and the one in which codes and names are looked for. Raises NotFound for a record that
    is not there or that the actor may not see, so that a slip is never taken for silence; else as
    reading.read.
    """
    query = get_query(name)
    check_params(query, params)
    within = find_programme(graph, actor, programme)["id"] if programme is not None else None
    held = dict(params)
    if within is not None:
        _limit(query, held, within)
    for parameter in query.parameters:
        given = held.get(parameter.name)
        if given is not None and parameter.type in ("ID", "IDS"):
            held[parameter.name] = _ids(graph, actor, parameter, given, within)
    return Answer(query.columns, read(graph, name, actor, **held))


def _limit(query: Query, held: dict[str, Any], programme: str) -> None:
    """Has the query asked of that programme alone; refuses where it cannot be."""
    own = next((p.name for p in query.parameters if p.name in PROGRAMME), None)
    if own is not None:
        held.setdefault(own, programme)
    elif not any(p.type in ("ID", "IDS") for p in query.parameters):
        raise InvalidInput(
            f"{query.name} is not asked of one programme.",
            "Nothing was asked.",
            "Leave the programme out.",
        )


def _ids(
    graph: Graph, actor: Actor, parameter: Parameter, given: Any, within: str | None
) -> str | list[str]:
    if parameter.type == "IDS":
        return [_id(graph, actor, parameter.name, one, within) for one in listed(given)]
    return _id(graph, actor, parameter.name, given, within)


def _id(graph: Graph, actor: Actor, name: str, given: Any, within: str | None) -> str:
    if not isinstance(given, str):
        raise InvalidInput(
            f"{name} is not a record.",
            "Nothing was asked.",
            "Give its code (such as P-1), its name or its id.",
            field_name=name,
        )
    if name in PROGRAMME:
        return str(find_programme(graph, actor, given)["id"])
    if name in USERS:
        return find_user(graph, actor, given)
    return str(find_record(graph, actor, given, programme=within)["id"])
