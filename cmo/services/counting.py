"""Which codings count: `:Counted` stands on a coding exactly while its rule holds."""

from __future__ import annotations

from cmo.domain.record import Record
from cmo.graph.graph import Transaction
from cmo.services.acts import Edit

DECIDES = frozenset(
    {
        "retired_at",
        "withdrawn_at",
        "claim",
        "affirmed",
        "bears_on",
        "concerns",
        "excerpt",
        "spoken_by",
        "synthetic",
        "collected_in",
        "speaks_in",
    }
)
"""Fields whose change can make a coding count or stop counting."""


def recount(tx: Transaction, new: tuple[Record, ...], edits: tuple[Edit, ...]) -> None:
    """Sets the mark anew on the codings that this act can have changed."""
    codings = {str(r.id) for r in new if type(r).node_label == "Coding"}
    decided = [e.id for e in edits if DECIDES & set(e.changes)]
    if decided:
        codings |= {row["id"] for row in tx.run("evidence/affected_codings", ids=decided)}
    if codings:
        mend(tx, sorted(codings))


def mend(tx: Transaction, ids: list[str] | None) -> int:
    """Makes the marks of these codings (None: of all) true; returns how many were not."""
    rows = tx.run("evidence/countable", ids=ids)
    mark = [row["id"] for row in rows if row["counts"] and not row["counted"]]
    unmark = [row["id"] for row in rows if row["counted"] and not row["counts"]]
    if mark:
        tx.run("evidence/mark_counted", ids=mark)
    if unmark:
        tx.run("evidence/unmark_counted", ids=unmark)
    return len(mark) + len(unmark)
