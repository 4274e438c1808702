"""A py2neo Graph on an open casebook, for notebooks that already use py2neo.

py2neo is at its end of life and is not what the program itself uses; its schema helpers do not
work with today's engines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from cmo.errors import InvalidInput
from cmo.graph.graph import Graph

if TYPE_CHECKING:
    import py2neo


class HasGraph(Protocol):
    """An open casebook."""

    graph: Graph


def py2neo_graph(casebook: HasGraph) -> py2neo.Graph:
    """A connected py2neo Graph on the casebook's engine; it works as long as the casebook is open.

    What it writes is not checked, not locked and not in the books: read with it. Close it with
    `graph.service.connector.close()`. Raises InvalidInput where py2neo is not installed.
    """
    try:
        from py2neo import Graph as Py2neoGraph
    except ImportError:
        raise InvalidInput(
            "py2neo is not installed.",
            "No graph was handed over.",
            "Install it with: pip install 'cmo-casebook[py2neo]'.",
        ) from None
    connection = casebook.graph.connection
    settings: dict[str, Any] = {"auth": connection.auth} if connection.auth else {}
    scheme, _, rest = connection.bolt_uri.partition("://")
    uri = f"{scheme.replace('neo4j', 'bolt', 1)}://{rest}"
    return Py2neoGraph(uri, name=connection.database, **settings)
