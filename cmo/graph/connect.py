"""Opening a casebook's graph: the local engine for a folder, a Neo4j server for an address."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from cmo.graph import local
from cmo.graph.address import Address, Folder, Server
from cmo.graph.driver import exceptions
from cmo.graph.graph import Graph
from cmo.graph.line import Connection

Progress = Callable[[str], None]


@dataclass
class LocalConnection:
    """A lease on the local engine of a folder."""

    attachment: local.Attachment
    patience: float = 20.0
    # It does not make writers wait for each other: whoever stores second has to start again.
    one_writer: bool = True
    makes_full_text: bool = True

    def __post_init__(self) -> None:
        self.bolt_uri = self.attachment.bolt_uri
        self.auth: tuple[str, str] | None = (self.attachment.user, self.attachment.password)
        self.database: str | None = self.attachment.database

    def is_transient(self, error: Exception) -> bool:
        """Whether the local engine means 'try again'."""
        return local.is_transient(error)

    def close(self) -> None:
        """Gives the lease back."""
        self.attachment.close()


@dataclass
class ServerConnection:
    """A Neo4j server that somebody else runs."""

    bolt_uri: str
    auth: tuple[str, str] | None
    database: str | None
    one_writer: bool = False
    makes_full_text: bool = False

    def __post_init__(self) -> None:
        # A cluster finds itself a new leader within seconds; one server is there or not.
        self.patience = 20.0 if self.bolt_uri.startswith("neo4j") else 3.0

    def is_transient(self, error: Exception) -> bool:
        """Two writers that made the same new thing at once: the second finds it at the next try."""
        return isinstance(error, exceptions.ConstraintError)

    def close(self) -> None:
        """Nothing to give back."""


def open_graph(
    place: Address, *, password: str | None = None, progress: Progress | None = None
) -> Graph:
    """The graph at that place, connected and answering.

    A local engine is started if none runs. A server's password comes from the argument, else from
    CMO_NEO4J_PASSWORD, else (at a terminal) from a prompt; without any the server is asked without
    one. Raises CasebookUnusable.
    """
    if isinstance(place, Folder):
        folder = place.path
        return Graph(place, lambda: LocalConnection(local.attach(folder, progress=progress)))
    connection = _server(place, password)
    graph = Graph(place, lambda: connection)
    try:
        graph.check()
    except BaseException:
        graph.close()
        raise
    return graph


def find_password(place: Server) -> str | None:
    """The password of a server: CMO_NEO4J_PASSWORD, else (at a terminal) what is typed at a prompt;
    None where there is neither."""
    given = os.environ.get("CMO_NEO4J_PASSWORD")
    if given is None and sys.stdin is not None and sys.stdin.isatty():
        given = getpass.getpass(f"Password of {place.user} at {place}: ")
    return given


def _server(place: Server, password: str | None) -> Connection:
    given = password if password is not None else find_password(place)
    auth = (place.user, given) if given else None
    return ServerConnection(place.uri, auth, place.database)
