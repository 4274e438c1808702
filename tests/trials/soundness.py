"""Whether a casebook keeps every rule of the graph model: what `cmo check` looks at."""

from __future__ import annotations

from cmo.graph.graph import Graph, Transaction
from cmo.graph.queries import get_query, names
from cmo.services.rules import cycle


def broken_rules(graph: Graph) -> list[str]:
    """What is not as it should be; empty for a sound casebook."""
    return graph.read(_broken)


def _broken(tx: Transaction) -> list[str]:
    found = []
    for name in names():
        query = get_query(name)
        every = [p.optional for p in query.parameters]
        if not name.startswith("rules/") or not all(every):
            continue
        rows = tx.run_query(query, {})
        if name == "rules/revision_steps":
            rows = [{"id": cycle(rows)}] if cycle(rows) else []
        if name != "rules/texts":
            found += [f"{name}: {row}" for row in rows]
    marks = tx.run("evidence/countable")
    found += [f"counted: {row['id']}" for row in marks if row["counts"] != row["counted"]]
    return found
