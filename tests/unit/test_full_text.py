"""Full-text indexes: what the migrations declare is what the local engine makes."""

from __future__ import annotations

from cmo.graph.local.full_text import declared
from cmo.graph.schema import migrations


def test_the_local_engine_makes_every_full_text_index_that_a_migration_declares() -> None:
    statements = [s for m in migrations() for s in m.statements if s.startswith("CREATE FULLTEXT")]

    assert statements
    assert [index.name for index in declared()] == [s.split()[3] for s in statements]
    for index, statement in zip(declared(), statements, strict=True):
        assert f"(n:{index.label})" in statement
        assert f"[n.{index.property}]" in statement


def test_what_makes_an_index_can_run_again() -> None:
    for index in declared():
        assert all("IF NOT EXISTS" in statement for statement in index.statements())
