"""How changes are written down: who, when, what, why, with the content in a node of its own."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.encoding import compact, plain_fields
from cmo.graph.graph import Transaction
from cmo.services.acts import Act


@dataclass(frozen=True)
class Touched:
    """What one act did to one record: the fields before (None: it is new) and after, and the
    revision that it has now."""

    id: str
    rev: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


def append(tx: Transaction, act: Act, user: str, at: str, touched: list[Touched]) -> None:
    """Appends the act to the books: one change, or one a record if the act says so."""
    groups = [[t] for t in touched] if act.separately else [touched]
    rows = []
    for number, group in enumerate(groups):
        before = compact({t.id: plain_fields(t.before) for t in group if t.before is not None})
        after = compact({t.id: _told(t.after) for t in group})
        salt = secrets.token_hex(16)
        rows.append(
            {
                "id": act.id if number == 0 else str(uuid.uuid5(uuid.UUID(act.id), str(number))),
                "at": at,
                "action": act.action,
                "fields": sorted({name for t in group for name in t.after}),
                "why": act.why,
                "undoes": act.undoes,
                "part_of": act.id if act.separately else None,
                "before": before,
                "after": after,
                "salt": salt,
                "digest": hashlib.sha256(f"{salt}{before}{after}".encode()).hexdigest(),
                "records": [{"id": t.id, "rev": t.rev} for t in group],
            }
        )
    tx.run("books/append", rows=rows, user=user)


def _told(after: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the books keep them: of a source's text, which is fixed, only the checksum."""
    return (
        {
            name: value
            for name, value in plain_fields(after).items()
            if name != "text" and value not in (None, [])
        }
        if "text" in after
        else plain_fields(after)
    )
