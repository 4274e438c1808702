"""Clients that write and are killed, and the account of what they were told was stored."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cmo.graph.graph import Graph
from cmo.graph.queries import parse

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WRITTEN = parse("trials/written", (HERE / "written.cypher").read_text(encoding="utf-8"))
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Told:
    """A line of a client: `what` it did, the text it wrote, the record and the change."""

    what: str
    text: str
    record: str
    change: str


@dataclass
class Client:
    """A writing client, a process of its own; `told` holds what it was told, in order."""

    name: str
    process: subprocess.Popen[str]
    told: list[Told] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    own: str = ""
    engine: str = ""
    _heard: threading.Thread | None = None

    @classmethod
    def start(cls, place: str, password: str | None, programme: str, name: str) -> Client:
        """A client that writes to the casebook at once."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.trials.writer", place, programme, name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(password),
            cwd=ROOT,
        )
        client = cls(name, process)
        client._heard = threading.Thread(target=client._listen, daemon=True)
        client._heard.start()
        return client

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith("\n"):
                return  # killed in the middle of the line
            what, first, *rest = line.split(maxsplit=2)
            if what == "opened":
                self.engine = rest[0].strip()
                self.own = first
            elif what == "failed":
                self.failed.append(f"{first} {rest[0].strip()}")
            else:
                self.told.append(Told(what, first, *rest[0].split()))

    def wait_for(self, writes: int) -> None:
        """Returns when it has had so many writes acknowledged, all in all."""
        wait_until(lambda: len(self.told) >= writes or self.process.poll() is not None)
        assert self.process.poll() is None, f"{self.name} ended by itself: {self.failed[-3:]}"

    def kill(self) -> None:
        """Ends it at once (SIGKILL); what it was told until then is complete afterwards."""
        self.process.kill()
        self.process.wait()
        assert self._heard is not None
        self._heard.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def command_line_killed(place: str, password: str | None, name: str, after: float) -> Client:
    """A command that records `NAME/1` and is killed after so many seconds, if it still runs; it
    counts as acknowledged when it has said so."""
    words = ("--casebook", place, "--as", "ann", "record", "stakeholder", f"{name}/1")
    process = subprocess.Popen(
        [sys.executable, "-m", "cmo", *words, "--kind", "group", "--format", "json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(password),
        cwd=ROOT,
    )
    try:
        out, err = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), err
    client = Client(name, process)
    with contextlib.suppress(ValueError):  # it was killed before, or while, it said so
        said = json.loads(out)
        client.told.append(Told("made", f"{name}/1", said["id"], said["change"]))
    return client


def _environment(password: str | None) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if password is not None:
        environment["CMO_NEO4J_PASSWORD"] = password
    return environment


@dataclass
class Account:
    """What is in the casebook, compared with what its clients were told."""

    acknowledged: int = 0
    unacknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def written(graph: Graph, programme: str, client: str | None = None) -> list[dict[str, Any]]:
    """The records that clients, or one of them, made in the programme, with their changes."""
    asked = {"programme": programme, "client": client and f"{client}/"}
    return graph.read(lambda tx: tx.run_query(WRITTEN, asked))


def balance(rows: list[dict[str, Any]], clients: list[Client], *, at_rest: bool = True) -> Account:
    """Every acknowledged write is there once; `at_rest`: no client writes any more, so that what
    was not acknowledged can be counted too."""
    account = Account()
    names = Counter(row["name"] for row in rows)
    by_id = {row["id"]: row for row in rows}
    account.doubled += [name for name, times in names.items() if times > 1]
    for client in clients:
        told = list(client.told)
        account.acknowledged += len(told)
        own = by_id.get(client.own)
        if client.own and own is None:
            account.lost.append(f"{client.name}/0")
        for write in told:
            row = by_id.get(write.record)
            times = row["changes"].count(write.change) if row else 0
            if times == 0 or (write.what == "made" and row and row["name"] != write.text):
                account.lost.append(write.text)
            elif times > 1:
                account.doubled.append(write.text)
        if at_rest:
            account.unacknowledged += _unacknowledged(client, rows, own)
    return account


def _unacknowledged(client: Client, rows: list[dict[str, Any]], own: dict[str, Any] | None) -> int:
    """How much is there that this client was not told of; never more than it could not know."""
    mine = {row["name"] for row in rows if row["name"].startswith(f"{client.name}/")}
    more = len(mine - {t.text for t in client.told} - {f"{client.name}/0"})
    if own is not None:
        edited = [t for t in client.told if t.what == "edited"]
        more += len(own["changes"]) - 1 - len(edited)
        assert own["revs"] == list(range(1, own["rev"] + 1)), "a revision without its change"
        if more == 0 and edited:
            assert own["sector"] == edited[-1].text
    # The one that it was about when it was killed, and those that were refused it.
    assert 0 <= more <= 1 + len(client.failed), (client.name, more, client.failed)
    return more


def wait_until(what: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Returns when it is so; an AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
