"""Attaching to the engine of a casebook: finding it, or starting it."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cmo.errors import EngineFailed
from cmo.graph.local.failures import NOT_OPENED, SERVER_INSTEAD, engine_failed, log_tail
from cmo.graph.local.folder import CasebookFolder
from cmo.graph.local.handshake import NotOurs, ask
from cmo.graph.local.launch import Starting, require_what_a_start_needs
from cmo.graph.local.runfile import RunFile, find_run_file
from cmo.graph.local.settings import DATABASE, USER

_GLANCE_SECONDS = 0.02


@dataclass(frozen=True)
class Attachment:
    """A lease on a running engine: it runs at least as long as this is not closed.

    - bolt_uri, user, password, database: what the driver needs
    - started_here: whether this attach started the engine, rather than finding it
    """

    bolt_uri: str
    user: str
    password: str = field(repr=False)
    database: str
    started_here: bool
    pid: int
    _lease: socket.socket = field(repr=False, compare=False)

    def close(self) -> None:
        """Give the lease back; the engine stops a while after the last one. Safe to repeat."""
        self._lease.close()

    def alive(self) -> bool:
        """Whether the engine still runs and this lease is held."""
        try:
            return bool(self._lease.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True  # nothing to read is what an engine in good health says
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True)
class EngineStatus:
    """The engine of a casebook as it is now; `data_bytes` is what the graph takes on disk.

    Without a running engine `pid`, `bolt_port` and `started` are None, `leases` is 0, and
    `engine_version` is the version installed, None if none is.
    """

    running: bool
    pid: int | None
    bolt_port: int | None
    started: str | None
    leases: int
    engine_version: str | None
    data_bytes: int
    log_file: Path


def attach(
    folder: Path, *, progress: Callable[[str], None] | None = None, start_timeout: float = 60.0
) -> Attachment:
    """Attach to the engine of the casebook in the folder, which is started if it does not run.

    A new or empty folder becomes a casebook. `progress` gets a sentence when it takes more than a
    moment; `start_timeout` is in seconds. A query works as soon as this returns. Raises
    CasebookUnusable, EngineFailed, StorageFailed, InvalidInput.
    """
    home = CasebookFolder(folder.expanduser().absolute())
    if not home.is_marked():
        require_what_a_start_needs()
        home.prepare()
    tell = progress or (lambda _: None)
    deadline = time.monotonic() + start_timeout
    starting: Starting | None = None
    while True:
        found = _find(home, "lease")
        if found is not None:
            run, lease, password, _ = found
            lease.setblocking(False)
            return Attachment(
                bolt_uri=f"bolt://127.0.0.1:{run.bolt_port}",
                user=USER,
                password=password,
                database=DATABASE,
                started_here=starting is not None and starting.pid == run.pid,
                pid=run.pid,
                _lease=lease,
            )
        if starting is not None:
            failure = starting.find_failure()
            if failure is not None:
                raise failure
        if time.monotonic() >= deadline:
            raise _too_late(home, start_timeout)
        if (starting is None or starting.has_yielded()) and not _is_served(home):
            home.require_whole()
            tell("Starting the local engine; this takes a few seconds.")
            starting = Starting(home)
        time.sleep(_GLANCE_SECONDS)


def require_casebook(folder: Path) -> None:
    """Raises CasebookUnusable for a folder with things in it that is no casebook, or is not whole;
    nothing is started or made."""
    home = CasebookFolder(folder.expanduser().absolute())
    if not home.is_marked():
        home.require_nothing_else()
    home.require_whole()


def status(folder: Path) -> EngineStatus:
    """How the engine of the casebook is; nothing is started or made.

    Raises CasebookUnusable for a file, for a casebook of a newer format, and where its records are
    gone.
    """
    home = CasebookFolder(folder.expanduser().absolute())
    found = _find(home, "status") if home.is_marked() else None
    installed: str | None = None
    with contextlib.suppress(metadata.PackageNotFoundError):
        installed = metadata.version("arcadedb-embedded")
    size = _size(home.engine)
    if found is None:
        home.require_whole()
        return EngineStatus(False, None, None, None, 0, installed, size, home.log)
    run, connection, _, answer = found
    connection.close()
    leases = int(answer.get("leases", 0))
    return EngineStatus(
        True, run.pid, run.bolt_port, run.started, leases, run.engine, size, home.log
    )


def stop(folder: Path, *, timeout: float = 60.0) -> bool:
    """End the engine now, whoever uses it, and wait until it is gone; False if none ran.

    Raises EngineFailed if it has not ended after `timeout` seconds.
    """
    home = CasebookFolder(folder.expanduser().absolute())
    found = _find(home, "stop") if home.is_marked() else None
    if found is None:
        return False
    found[1].close()
    deadline = time.monotonic() + timeout
    while _is_served(home):
        if time.monotonic() >= deadline:
            raise EngineFailed(
                f"The local engine (process {found[0].pid}) does not stop.",
                "Its records are safe.",
                f"Look into {home.log}, or end the process.",
            )
        time.sleep(_GLANCE_SECONDS)
    return True


def _find(
    home: CasebookFolder, question: str
) -> tuple[RunFile, socket.socket, str, dict[str, Any]] | None:
    """The running engine, an open connection to it, the password, and its answer."""
    run = find_run_file(home.run_file)
    password = home.read_password() if run is not None else None
    if run is None or password is None:
        return None
    try:
        connection, answer = ask(run.control_port, password, question)
    except NotOurs:
        return None
    if answer.get("pid") != run.pid:  # its ports changed between reading and asking
        connection.close()
        return None
    return run, connection, password, answer


def _is_served(home: CasebookFolder) -> bool:
    """Whether a process holds the casebook: one that starts, serves or stops."""
    from filelock import FileLock, Timeout  # takes 50 ms, and finding an engine needs none of it

    lock = FileLock(home.lock, timeout=0, mode=0o600)
    try:
        with lock:
            return False
    except Timeout:
        return True
    except OSError:
        return False  # the process that is started says better what is wrong


def _too_late(home: CasebookFolder, seconds: float) -> EngineFailed:
    if _is_served(home):
        wrong = f"The local engine holds the casebook and did not answer within {seconds:g} s."
        next_step = f"Wait and try again, or {SERVER_INSTEAD}. Its log is {home.log}."
        return EngineFailed(wrong, NOT_OPENED, next_step)
    wrong = f"The local engine did not start within {seconds:g} s."
    return engine_failed(wrong, home.log, log_tail(home.log))


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # files come and go while the engine works
            if path.is_file():
                total += path.stat().st_size
    return total
