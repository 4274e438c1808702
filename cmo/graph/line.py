"""A line to an engine: how it is reached, and the driver that speaks over it."""

from __future__ import annotations

import logging
from typing import Protocol

from cmo.graph.driver import neo4j

# Without a handler Python writes the driver's warnings to standard error; what they warn of is
# tried again here, or told in our words. Whoever wants them sets up logging.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Connection(Protocol):
    """What is needed to reach an engine, and to give it back.

    `patience` is for how many seconds an engine that went away is asked again; `one_writer` says
    that the writers of one program get on better one after another than at once;
    `makes_full_text` that the engine makes the full-text indexes by itself.
    """

    bolt_uri: str
    auth: tuple[str, str] | None
    database: str | None
    patience: float
    one_writer: bool
    makes_full_text: bool

    def is_transient(self, error: Exception) -> bool:
        """Whether the engine may mean 'try again' although the driver does not."""

    def close(self) -> None:
        """Gives the lease back."""


class Line:
    """A connection with its driver; `users` counts the units of work that go over it just now."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.users = 0
        self.bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self.driver = neo4j.GraphDatabase.driver(
            connection.bolt_uri,
            auth=connection.auth,
            connection_timeout=5,
            connection_acquisition_timeout=20,
            max_transaction_retry_time=0,  # cmo.graph.tries knows better when to try again
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )

    def close(self) -> None:
        """Closes the driver and gives the engine back."""
        self.driver.close()
        self.connection.close()
