"""An edit that lost a race: what changed since, when and by whom, with both versions."""

from __future__ import annotations

import json

from cmo.domain.encoding import field_value
from cmo.domain.stored import Stored
from cmo.errors import EditConflict
from cmo.graph.graph import Transaction
from cmo.services.acts import Edit


def conflict(tx: Transaction, current: Stored, edit: Edit) -> EditConflict:
    """The refusal of an edit whose revision is no longer the record's."""
    assert edit.rev is not None
    since = tx.run("books/changes_after", id=current.id, rev=edit.rev)
    now = {**current.fields, "retired_at": current.retired_at}
    read = dict(now)
    # A change names the fields of all the records that it touched; these are the ones of this.
    mine = [json.loads(row["before"]).get(current.id, {}) for row in since]
    for before in reversed(mine):
        for name, value in before.items():
            read[name] = field_value(current.kind, name, value)
    fields = tuple(sorted({name for before in mine for name in before}))
    last = since[-1] if since else {"who": "somebody", "at": "an unknown time"}
    return EditConflict(
        f"{current.kind.node_label} {current.code or current.name} was changed by {last['who']} at "
        f"{last['at']} ({', '.join(fields) or 'its content'}), after you read revision {edit.rev}.",
        "Your edit was not made; nothing was overwritten.",
        f"Look at revision {current.rev} and edit again on top of it.",
        asked=dict(edit.changes),
        read=read,
        current=now,
        changed_by=last["who"],
        changed_at=last["at"],
        changed_fields=fields,
    )
