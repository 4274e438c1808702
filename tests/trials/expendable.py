"""Engines that a trial may kill: the local one on a folder of its own, and a Neo4j of its own."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil  # type: ignore[import-untyped]  # ships no types

from cmo.graph.local import status
from cmo.services.casebook import Casebook, open_casebook
from tests.fixtures.neo4j_server import Neo4jServer
from tests.trials.clients import wait_until


class Expendable(Protocol):
    """An engine with an empty casebook; `engine_every` how many kills of clients go with one of
    the engine, by how long its start takes."""

    place: str
    password: str | None
    engine_every: int

    def open(self) -> Casebook:
        """The casebook, opened by this process."""

    def kill(self) -> None:
        """Ends the engine at once (SIGKILL), and waits until it is gone."""

    def start(self) -> None:
        """Does what a person has to do to have it back."""


@dataclass
class LocalEngine:
    """The local engine; nothing has to be done to have it back."""

    folder: Path
    password: str | None = None
    engine_every: int = 4

    def __post_init__(self) -> None:
        self.place = str(self.folder)

    def open(self) -> Casebook:
        return open_casebook(self.place)

    def kill(self) -> None:
        pid = status(self.folder).pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: is_gone(pid))

    def start(self) -> None:
        """The next program that needs it starts it."""


@dataclass
class Neo4jEngine:
    """A Neo4j that somebody starts again."""

    server: Neo4jServer
    engine_every: int = 10

    def __post_init__(self) -> None:
        self.place = self.server.uri
        self.password: str | None = self.server.password

    def open(self) -> Casebook:
        return open_casebook(self.place, password=self.password)

    def kill(self) -> None:
        self.server.kill()

    def start(self) -> None:
        self.server.start()


def is_gone(pid: int) -> bool:
    """Whether the process has ended."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
