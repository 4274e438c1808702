"""Trials: kill -9 of engines and clients in the middle of writing loses nothing, doubles nothing.

Two clients, processes of their own, record and edit without a pause; each round ends one of them,
or a command of the command line, or the engine, at a moment chosen at random, and goes on without
a word of advice and without removing a file. In full (`make trials`) each engine gets 300 rounds
and at least 10,000 acknowledged writes: the local engine is killed in every fourth round, for its
start takes three seconds, Neo4j in every tenth, for its takes six to ten. By what thirty rounds
took, that is seven minutes on the local engine and some twenty on Neo4j where little else runs.
`make test` runs five rounds an engine.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable

import pytest

from cmo.domain.case import Programme
from cmo.services.casebook import Casebook
from cmo.services.checking import check
from cmo.services.recording import record
from tests.trials.clients import (
    Account,
    Client,
    balance,
    command_line_killed,
    wait_until,
    written,
)
from tests.trials.expendable import Expendable
from tests.trials.size import rounds, share_of

pytestmark = pytest.mark.trial

CLIENTS = 2
FULL_WRITES = 10_000
LONGEST_COMMAND = 2.0
"""Seconds after which a command of the command line is killed at the latest."""


class Killing:
    """A trial as it goes: the engine, who writes to it, and who did."""

    def __init__(self, engine: Expendable, casebook: Casebook) -> None:
        self.engine, self.casebook = engine, casebook
        ann = casebook.actor("ann")
        self.programme = record(casebook.graph, ann, Programme(name="Killed")).id
        self.alive: list[Client] = []
        self.dead: list[Client] = []

    def start_client(self) -> Client:
        name = f"client-{len(self.alive) + len(self.dead) + 1}"
        started = Client.start(self.engine.place, self.engine.password, self.programme, name)
        self.alive.append(started)
        return started

    def kill_client(self, victim: Client) -> None:
        victim.kill()
        self.alive.remove(victim)
        self.dead.append(victim)

    def kill_command(self, number: int, after: float) -> Client:
        name = f"command-{number}"
        killed = command_line_killed(self.engine.place, self.engine.password, name, after)
        self.dead.append(killed)
        return killed

    def acknowledged(self) -> int:
        return sum(len(c.told) for c in self.alive + self.dead)

    def go_on_until(self, writes: int) -> None:
        """Returns when so many more were acknowledged; a client that ends by itself has failed."""
        enough = self.acknowledged() + writes
        wait_until(lambda: self._has_ended() or self._has_written(enough))
        for client in self.alive:
            assert client.process.poll() is None, f"{client.name} ended: {client.failed[-3:]}"

    def _has_written(self, enough: int) -> bool:
        return self.acknowledged() >= enough and all(c.own for c in self.alive)

    def _has_ended(self) -> bool:
        return any(c.process.poll() is not None for c in self.alive)

    def look(self, client: Client) -> Account:
        """What is there of one client."""
        rows = written(self.casebook.graph, self.programme, client.name)
        return balance(rows, [client], at_rest=client in self.dead)

    def end(self) -> Account:
        """What is there of all of them, once nobody writes any more."""
        for client in list(self.alive):
            self.kill_client(client)
        rows = written(self.casebook.graph, self.programme)
        numbers = sorted(int(row["code"].removeprefix("K-")) for row in rows)
        assert numbers == list(range(1, len(rows) + 1)), "a code was given twice, or left out"
        return balance(rows, self.dead)


def test_kill_9_of_engine_or_client_loses_no_acknowledged_write_and_doubles_none(
    expendable: Expendable, tell: Callable[[str], None]
) -> None:
    seed = secrets.randbelow(10**6)
    chance = random.Random(seed)  # noqa: S311  # when to kill, nothing secret
    each = -(-FULL_WRITES // 300)
    wanted = share_of(FULL_WRITES, at_least=5 * each)
    began, engine_kills = time.monotonic(), 0
    with expendable.open() as casebook:
        trial = Killing(expendable, casebook)
        try:
            for number in range(1, rounds() + 1):
                while len(trial.alive) < CLIENTS:
                    trial.start_client()
                trial.go_on_until(chance.randint(1, 2 * each))
                if number % expendable.engine_every == 3:
                    expendable.kill()
                    engine_kills += 1
                    expendable.start()
                    accounts = [trial.look(client) for client in trial.alive]
                elif number % 5 == 2:
                    after = chance.uniform(0, LONGEST_COMMAND)
                    accounts = [trial.look(trial.kill_command(number, after))]
                else:
                    victim = chance.choice(trial.alive)
                    trial.kill_client(victim)
                    accounts = [trial.look(victim)]
                for account in accounts:
                    assert not account.lost, (seed, number)
                    assert not account.doubled, (seed, number)
                if number % 25 == 0:
                    tell(f"  round {number}: {trial.acknowledged()} acknowledged")
            while len(trial.alive) < CLIENTS:
                trial.start_client()
            trial.go_on_until(max(1, wanted - trial.acknowledged()))
            account = trial.end()
        finally:
            for client in trial.alive:
                client.kill()
        seconds = time.monotonic() - began
        tell(
            f"  {rounds()} rounds, {engine_kills} of them of the engine, in {seconds:.0f} s: "
            f"{account.acknowledged} acknowledged ({account.acknowledged / seconds:.0f} a second), "
            f"{len(account.lost)} lost, {len(account.doubled)} doubled, "
            f"{account.unacknowledged} there without an answer (seed {seed})"
        )
        assert account.lost == []
        assert account.doubled == []
        assert account.acknowledged >= wanted
        assert check(casebook.graph, casebook.actor("ann")) == []
