"""The schema of a casebook: applied once, in order, whoever comes at the same time."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest

from cmo.domain.clock import now, text_of
from cmo.errors import CasebookUnusable, NotFound, SchemaMismatch
from cmo.graph.graph import Graph
from cmo.graph.schema import Migration, make, migrate, migrations, require_known
from cmo.services.casebook import Casebook, open_casebook
from tests.fixtures.planted import PLANTED
from tests.graph.at_once import at_once

OF_TOMORROW = "CREATE FULLTEXT INDEX of_tomorrow IF NOT EXISTS FOR (n:Planted) ON EACH [n.words]"


def planted(version: int, text: str = "CREATE (:Planted {at: 'once'})") -> Migration:
    return Migration(version, "planted", f"checksum of {text}", (text,))


@pytest.fixture(name="graph")
def _graph(casebook: Casebook) -> Iterator[Graph]:
    """The graph of an empty casebook; what these tests plant is taken out again."""
    yield casebook.graph
    casebook.graph.write(lambda tx: tx.run_statement(PLANTED["forget"]))


def made(graph: Graph) -> int:
    """How many nodes the planted migrations have made."""
    rows = graph.read(lambda tx: tx.run("check/kinds"))
    return int(sum(row["nodes"] for row in rows if row["label"] == "Planted"))


def test_a_casebook_that_is_up_to_date_is_left_alone(graph: Graph) -> None:
    assert migrate(graph) == 0
    assert migrate(graph) == 0


def test_a_new_migration_is_applied_once_however_many_come_at_once(graph: Graph) -> None:
    known = (*migrations(), planted(9001), planted(9002, "CREATE (:Planted {at: 'twice'})"))

    outcomes = at_once(6, lambda _: migrate(graph, known))

    assert not [o for o in outcomes if isinstance(o, Exception)]
    assert made(graph) == 2
    assert migrate(graph, known) == 0
    rows = graph.read(lambda tx: tx.run("schema/versions"))
    assert [r["version"] for r in rows][-2:] == [9001, 9002]
    assert all(r["applied_at"] for r in rows)


def test_an_edited_migration_is_refused_by_name(graph: Graph) -> None:
    first, *rest = migrations()
    edited = (dataclasses.replace(first, checksum="another"), *rest)

    with pytest.raises(SchemaMismatch, match=r"V0001__records_and_changes was edited"):
        migrate(graph, edited)


def test_a_missing_migration_is_refused_by_name(graph: Graph) -> None:
    migrate(graph, (*migrations(), planted(9001), planted(9002)))

    with pytest.raises(SchemaMismatch, match="V9001__planted") as refused:
        migrate(graph, (*migrations(), planted(9002)))

    assert "missing" in refused.value.next_step


def test_a_casebook_of_a_newer_version_is_refused_by_name(graph: Graph) -> None:
    migrate(graph, (*migrations(), planted(9001)))

    with pytest.raises(SchemaMismatch, match="V9001__planted") as refused:
        migrate(graph)
    with pytest.raises(SchemaMismatch):
        require_known(graph)

    assert "newer version" in refused.value.next_step


def test_the_claim_of_a_killed_client_is_taken_over(graph: Graph) -> None:
    migration = planted(9001)
    long_ago = text_of(now() - timedelta(hours=1))
    claim(graph, migration, long_ago)

    assert migrate(graph, (*migrations(), migration)) == 1
    assert made(graph) == 1


def test_the_claim_of_a_living_client_is_waited_for(graph: Graph) -> None:
    migration = planted(9001)
    claim(graph, migration, text_of(now()))

    with pytest.raises(CasebookUnusable, match="bringing"):
        migrate(graph, (*migrations(), migration), stale=timedelta(seconds=0.5), patience=0.2)
    assert made(graph) == 0

    assert migrate(graph, (*migrations(), migration), stale=timedelta(seconds=0.5)) == 1
    assert made(graph) == 1


def claim(graph: Graph, migration: Migration, at: str) -> None:
    """Claims a migration for a client that never applies it."""
    graph.write(
        lambda tx: tx.run(
            "schema/claim",
            version=migration.version,
            name=migration.name,
            checksum=migration.checksum,
            client="killed",
            now=at,
            stale="2000-01-01T00:00:00.000000Z",
        )
    )


def test_a_migration_that_fails_is_tried_again_by_the_next_client(graph: Graph) -> None:
    broken = planted(9001, "THIS IS NOT CYPHER")
    with pytest.raises(Exception, match=r"."):
        migrate(graph, (*migrations(), broken))
    assert made(graph) == 0

    mended = dataclasses.replace(broken, statements=("CREATE (:Planted)",))
    assert migrate(graph, (*migrations(), mended), stale=timedelta(0)) == 1
    assert made(graph) == 1


def test_an_engine_that_lacks_an_index_was_started_by_an_earlier_version(graph: Graph) -> None:
    if not graph.connection.makes_full_text:
        make(graph, OF_TOMORROW)
        make(graph, OF_TOMORROW)
        graph.run_schema("DROP INDEX of_tomorrow")
        return

    with pytest.raises(CasebookUnusable, match="earlier version") as refused:
        make(graph, OF_TOMORROW)
    assert "Close every program" in refused.value.next_step


@pytest.fixture
def bare(casebook: Casebook) -> Iterator[Casebook]:
    """A casebook whose engine holds nothing at all; it is made anew afterwards."""
    casebook.graph.write(lambda tx: tx.run_statement(PLANTED["bare"]))
    yield casebook
    casebook.graph.write(lambda tx: tx.run_statement(PLANTED["bare"]))
    migrate(casebook.graph)


def opened(casebook: Casebook, *, make: bool) -> Casebook:
    """The same place, opened once more."""
    auth = casebook.graph.connection.auth
    return open_casebook(casebook.place, password=auth[1] if auth else None, make=make)


def test_a_look_makes_no_casebook_where_none_is(bare: Casebook) -> None:
    with pytest.raises(NotFound, match="no casebook"):
        opened(bare, make=False)

    assert bare.graph.read(lambda tx: tx.run("schema/nodes")) == [{"nodes": 0}]
    opened(bare, make=True).close()
    opened(bare, make=False).close()


def test_a_database_with_other_data_is_left_alone(bare: Casebook) -> None:
    bare.graph.write(lambda tx: tx.run_statement(PLANTED["strangers"]))

    for may_make in (True, False):
        with pytest.raises(CasebookUnusable, match="other data"):
            opened(bare, make=may_make)

    assert bare.graph.read(lambda tx: tx.run("schema/nodes")) == [{"nodes": 2}]
