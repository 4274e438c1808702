"""Whether, and when, a unit of work that failed is tried again."""

from __future__ import annotations

import random
import time

from cmo.graph import failures
from cmo.graph.address import Address
from cmo.graph.driver import exceptions
from cmo.graph.failures import Doing
from cmo.graph.line import Connection

BUSY_SECONDS = 30.0
"""How long it is tried again when others were in its way."""
DOUBTFUL_TRIES = 8
"""How often it is tried when the error may also mean that the statement itself is wrong."""
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5
"""Seconds between tries: at random, up to the first, and twice as long each time up to the longest.
The driver's own begin at a second, in which some of sixteen clients of one record starve."""


class Tries:
    """The tries of one unit of work."""

    def __init__(self, place: Address, doing: Doing) -> None:
        self._place, self._doing = place, doing
        self._started = time.monotonic()
        self._pause = FIRST_PAUSE
        self._doubtful = 0

    def pause_or_raise(self, error: Exception, connection: Connection) -> None:
        """Returns when it is time for another try; raises the error of ours when it is not."""
        if isinstance(error, exceptions.IncompleteCommit) and self._doing == "write":
            self._doing = "commit"
        if not self._is_worth_another(error, connection):
            raise failures.explain(error, self._place, self._doing) from error
        time.sleep(random.uniform(0, self._pause))  # noqa: S311  # spreads tries, nothing secret
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def _is_worth_another(self, error: Exception, connection: Connection) -> bool:
        passed = time.monotonic() - self._started
        if isinstance(error, failures.GONE):
            return passed < connection.patience
        if not isinstance(error, exceptions.Neo4jError):
            return False
        if error.is_retryable():
            return passed < BUSY_SECONDS
        self._doubtful += 1
        return self._doubtful < DOUBTFUL_TRIES and connection.is_transient(error)
