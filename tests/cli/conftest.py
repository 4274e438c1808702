"""The program on casebooks of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cmo.graph.local import stop
from tests.cli.program import Program, program
from tests.fixtures.casebooks import WIPE
from tests.fixtures.neo4j_server import Neo4jAddress


@pytest.fixture(scope="module")
def cmo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program on a local casebook that is made when it is first needed, a module each."""
    folder = tmp_path_factory.mktemp("cli")
    yield program(folder, str(folder / "casebook"))
    stop(folder / "casebook")


@pytest.fixture
def on_neo4j(neo4j_server: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program on an empty Neo4j."""
    from cmo.graph.address import Server
    from cmo.graph.connect import open_graph

    graph = open_graph(Server(neo4j_server.uri, neo4j_server.user), password=neo4j_server.password)
    graph.write(lambda tx: tx.run_statement(WIPE))
    graph.close()
    return program(
        tmp_path_factory.mktemp("cli"),
        neo4j_server.uri,
        CMO_NEO4J_PASSWORD=neo4j_server.password,
        CMO_NEO4J_USER=neo4j_server.user,
    )
