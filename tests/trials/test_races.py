"""Trials: sixteen threads on one record, and eight clients that record at once.

In full (`make trials`) 2,000 edits of one record are acknowledged on each engine: about two
minutes each, for of sixteen edits on one revision fifteen are refused. `make test` does 100.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import pytest

from cmo.domain.case import Programme, Stakeholder
from cmo.domain.vocabulary import StakeholderKind
from cmo.errors import EditConflict
from cmo.graph.address import Server
from cmo.graph.graph import Graph
from cmo.graph.queries import parse
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.checking import check
from cmo.services.reading import get_record
from cmo.services.recording import edit, record
from tests.fixtures.casebooks import WIPE
from tests.fixtures.neo4j_server import Neo4jAddress
from tests.trials.clients import written
from tests.trials.size import share_of

pytestmark = pytest.mark.trial

THREADS = 16
CLIENTS = 8
WITHOUT_LOCK = parse(
    "trials/edit_without_lock",
    (Path(__file__).parent / "edit_without_lock.cypher").read_text(encoding="utf-8"),
)


def party(programme: str, name: str) -> Stakeholder:
    return Stakeholder(name=name, programme=programme, kind=StakeholderKind.GROUP)


def at_once(number: int, work: Callable[[int], None]) -> None:
    """Runs it in so many threads that begin together; the first error of one is raised."""
    gate = threading.Barrier(number)
    errors: list[BaseException] = []

    def run(which: int) -> None:
        try:
            gate.wait(60)
            work(which)
        except BaseException as error:  # noqa: BLE001  # raised below, where pytest sees it
            errors.append(error)

    threads = [threading.Thread(target=run, args=(which,), daemon=True) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


class Score:
    """What sixteen threads were told, all together; `open` until enough was acknowledged."""

    def __init__(self, enough: int) -> None:
        self._guard = threading.Lock()
        self._enough = enough
        self.acknowledged: list[str] = []
        self.refused = 0

    @property
    def is_open(self) -> bool:
        return len(self.acknowledged) < self._enough

    def add(self, change: str | None) -> None:
        with self._guard:
            if change is None:
                self.refused += 1
            else:
                self.acknowledged.append(change)


def test_of_sixteen_threads_that_edit_one_record_none_overwrites_another(
    casebook: Casebook, ann: Actor, programme: str, tell: Callable[[str], None]
) -> None:
    graph = casebook.graph
    raced = record(graph, ann, party(programme, "raced")).id
    score = Score(share_of(2_000, at_least=100))

    def edit_what_was_read(which: int) -> None:
        for number in count():
            if not score.is_open:
                return
            read = get_record(graph, ann, raced)
            try:
                done = edit(graph, ann, raced, read.rev, {"sector": f"{which}/{number}"})
            except EditConflict:
                score.add(None)
            else:
                score.add(done.change)

    at_once(THREADS, edit_what_was_read)

    (row,) = written(graph, programme)
    tell(f"  {len(score.acknowledged)} acknowledged, {score.refused} refused, rev {row['rev']}")
    assert row["rev"] == 1 + len(score.acknowledged)
    assert row["revs"] == list(range(1, row["rev"] + 1))
    assert Counter(row["changes"][1:]) == Counter(score.acknowledged)
    assert score.refused > 0, "nobody raced: the trial proved nothing"
    assert check(graph, ann) == []


def test_the_same_without_the_lock_loses_edits_on_neo4j(
    neo4j_server: Neo4jAddress, tell: Callable[[str], None]
) -> None:
    score = Score(share_of(2_000, at_least=100))
    place = Server(neo4j_server.uri, neo4j_server.user)
    with open_casebook(place, password=neo4j_server.password) as casebook:
        graph = casebook.graph
        graph.write(lambda tx: tx.run_statement(WIPE))
        ann = casebook.actor("ann")
        programme = record(graph, ann, Programme(name="Unlocked")).id
        raced = record(graph, ann, party(programme, "raced")).id

        def edit_what_was_read(which: int) -> None:
            while score.is_open:
                rev = get_record(graph, ann, raced).rev
                score.add("it said so" if _edit_unlocked(graph, raced, rev, str(which)) else None)

        at_once(THREADS, edit_what_was_read)

        rev = get_record(graph, ann, raced).rev
    lost = len(score.acknowledged) - (rev - 1)
    tell(f"  without the lock {lost} of {len(score.acknowledged)} acknowledged edits are lost")
    assert lost > 0


def _edit_unlocked(graph: Graph, id: str, rev: int, text: str) -> bool:
    asked = {"id": id, "rev": rev, "text": text}
    return bool(graph.write(lambda tx: tx.run_query(WITHOUT_LOCK, asked)))


def test_eight_clients_that_record_at_once_get_codes_without_doubles_or_gaps(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    each = share_of(100, at_least=8)
    codes: list[str | None] = []

    with opened_again(casebook, CLIENTS) as clients:

        def record_some(which: int) -> None:
            graph = clients[which].graph
            for number in range(each):
                done = record(graph, ann, party(programme, f"{which}/{number}"))
                codes.append(done.code)

        at_once(CLIENTS, record_some)

    assert sorted(codes, key=lambda c: int(str(c)[2:])) == [
        f"K-{number}" for number in range(1, CLIENTS * each + 1)
    ]
    assert len(written(casebook.graph, programme)) == CLIENTS * each
    assert check(casebook.graph, ann) == []


@contextmanager
def opened_again(casebook: Casebook, times: int) -> Iterator[list[Casebook]]:
    """So many connections of their own to the casebook, as so many programs would have."""
    auth = casebook.graph.connection.auth
    password = auth[1] if auth else None
    with ExitStack() as open_ones:
        yield [
            open_ones.enter_context(open_casebook(casebook.place, password=password))
            for _ in range(times)
        ]
