"""A write whose answer got lost, and an engine that dies under many threads."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cmo.domain.case import Programme, Stakeholder
from cmo.domain.vocabulary import StakeholderKind
from cmo.errors import CmoError, EditConflict, ServerUnreachable
from cmo.graph.graph import Graph
from cmo.graph.line import Connection
from cmo.graph.local import status, stop
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import get_record
from cmo.services.recording import edit, record
from tests.fixtures.losing_proxy import LosingProxy, Manner
from tests.fixtures.neo4j_server import Neo4jServer
from tests.trials.clients import wait_until, written

LOST = 8
"""How many answers get lost in a row of writes."""


@dataclass
class Detour:
    """A casebook's connection by way of the proxy."""

    connection: Connection
    proxy: LosingProxy
    bolt_uri: str = field(init=False)

    def __post_init__(self) -> None:
        self.bolt_uri = f"bolt://127.0.0.1:{self.proxy.port}"
        self.auth = self.connection.auth
        self.database = self.connection.database
        self.patience = self.connection.patience
        self.one_writer = self.connection.one_writer
        self.makes_full_text = self.connection.makes_full_text
        self.is_transient = self.connection.is_transient

    def close(self) -> None:
        """The connection belongs to the casebook."""


@contextmanager
def by_way_of_a_proxy(casebook: Casebook) -> Iterator[tuple[Graph, LosingProxy]]:
    here = urlsplit(casebook.graph.connection.bolt_uri)
    with LosingProxy(here.hostname or "", here.port or 7687) as proxy:
        graph = Graph(casebook.place, lambda: Detour(casebook.graph.connection, proxy))
        try:
            yield graph, proxy
        finally:
            graph.close()


def party(programme: str, name: str) -> Stakeholder:
    return Stakeholder(name=name, programme=programme, kind=StakeholderKind.GROUP)


@pytest.mark.parametrize("manner", ["answered", "unanswered", "late"])
def test_a_record_whose_answer_got_lost_is_there_once(
    casebook: Casebook, ann: Actor, programme: str, manner: Manner
) -> None:
    with by_way_of_a_proxy(casebook) as (graph, proxy):
        for number in range(LOST):
            proxy.lose(1, manner)
            done = record(graph, ann, party(programme, f"party {number:02}"))
            assert done.code == f"K-{number + 1}"
        assert proxy.lost == LOST
    rows = written(casebook.graph, programme)
    assert [row["name"] for row in rows] == [f"party {number:02}" for number in range(LOST)]
    assert all(len(row["changes"]) == 1 for row in rows)


@pytest.mark.parametrize("manner", ["answered", "unanswered", "late"])
def test_an_edit_whose_answer_got_lost_is_made_once_and_is_no_conflict_with_itself(
    casebook: Casebook, ann: Actor, programme: str, manner: Manner
) -> None:
    edited = record(casebook.graph, ann, party(programme, "edited")).id
    with by_way_of_a_proxy(casebook) as (graph, proxy):
        for rev in range(1, LOST + 1):
            proxy.lose(1, manner)
            edit(graph, ann, edited, rev, {"sector": f"after {rev}"})
        assert proxy.lost == LOST
        with pytest.raises(EditConflict):
            edit(graph, ann, edited, LOST, {"sector": "too late"})
    assert get_record(casebook.graph, ann, edited).rev == LOST + 1
    (row,) = written(casebook.graph, programme)
    assert len(row["changes"]) == LOST + 1


def test_when_no_answer_comes_at_all_the_error_says_that_it_is_not_known(
    casebook: Casebook, programme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casebook.graph.connection, "patience", 0.2)
    with by_way_of_a_proxy(casebook) as (graph, proxy):
        proxy.lose(10_000, "answered")
        with pytest.raises(CmoError) as caught:
            graph.write(lambda tx: tx.run("record/lock", id=programme))
    assert "may or may not have been stored" in caught.value.not_done
    assert "Look whether the change is there" in caught.value.next_step


def test_sixteen_threads_of_one_program_outlive_the_engine_together(tmp_path: Path) -> None:
    folder = tmp_path / "casebook"
    try:
        with open_casebook(str(folder)) as casebook:
            ann = casebook.actor("ann")
            graph = casebook.graph
            programme = record(graph, ann, Programme(name="Outlived")).id
            names: list[str] = []
            failed: list[CmoError] = []
            enough = threading.Event()

            def work(which: int) -> None:
                number = 0
                while not enough.is_set():
                    name = f"{which}/{number}"
                    try:
                        if which % 2:
                            get_record(graph, ann, programme)
                        else:
                            record(graph, ann, party(programme, name))
                            names.append(name)
                    except CmoError as error:
                        failed.append(error)
                    number += 1

            threads = [
                threading.Thread(target=work, args=(which,), daemon=True) for which in range(16)
            ]
            for thread in threads:
                thread.start()
            engines = []
            for _ in range(2):
                so_far = len(names)
                wait_until(lambda before=so_far: len(names) > before + 20)  # type: ignore[misc]
                pid = status(folder).pid
                assert pid is not None
                engines.append(pid)
                os.kill(pid, signal.SIGKILL)
            so_far = len(names)
            wait_until(lambda: len(names) > so_far + 20)
            enough.set()
            for thread in threads:
                thread.join()

            assert failed == []
            assert status(folder).pid not in engines
            assert sorted(r["name"] for r in written(graph, programme)) == sorted(names)
            wait_until(lambda: status(folder).leases == 1)  # none is held by what was replaced
    finally:
        stop(folder)


def test_sixteen_threads_are_refused_while_neo4j_is_gone_and_go_on_when_it_is_back(
    expendable_neo4j: Neo4jServer,
) -> None:
    server = expendable_neo4j
    with open_casebook(server.uri, password=server.password) as casebook:
        ann = casebook.actor("ann")
        graph = casebook.graph
        programme = record(graph, ann, Programme(name="Outlived")).id
        names: list[str] = []
        failed: list[tuple[str, CmoError]] = []
        enough = threading.Event()

        def work(which: int) -> None:
            number = 0
            while not enough.is_set():
                name = f"{which}/{number}"
                number += 1
                try:
                    record(graph, ann, party(programme, name))
                except CmoError as error:
                    failed.append((name, error))
                    time.sleep(0.2)
                else:
                    names.append(name)

        threads = [threading.Thread(target=work, args=(which,), daemon=True) for which in range(16)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(names) > 30)
        server.kill()
        wait_until(lambda: len(failed) >= 16)
        server.start()
        so_far = len(names)
        wait_until(lambda: len(names) > so_far + 30)
        enough.set()
        for thread in threads:
            thread.join()

        stored = [row["name"] for row in written(graph, programme)]
        assert len(stored) == len(set(stored))
        assert set(names) <= set(stored)
        assert set(stored) - set(names) <= {name for name, _ in failed}
        for _, error in failed:
            assert isinstance(error, ServerUnreachable)
            assert server.uri in error.wrong
