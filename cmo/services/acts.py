"""What a person does to a casebook in one go: new records and edits, and why."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cmo.domain.record import Record
from cmo.graph.graph import Transaction


@dataclass(frozen=True)
class Edit:
    """New values for some fields of one record (also `retired_at`).

    `rev` is the revision that the values are based on; None means that no one compared, which only
    services do that read the record under its lock.
    """

    id: str
    changes: Mapping[str, Any]
    rev: int | None = None


@dataclass(frozen=True)
class Act:
    """One thing that a person did; it is stored whole or not at all.

    `separately` writes one change a record (imports, seeds) instead of one for all. `before` runs
    in the transaction when the locks are taken and may refuse. `between` is told what is written
    next, before each large step; what it raises ends the act with nothing stored. `undoes` names
    the change that this one takes back; such an act may also refer to retired records.
    """

    action: str
    why: str | None = None
    new: tuple[Record, ...] = ()
    edits: tuple[Edit, ...] = ()
    separately: bool = False
    before: Callable[[Transaction], None] | None = None
    between: Callable[[str], None] = lambda _: None
    undoes: str | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True)
class Done:
    """What was stored: the change's id, and the ids and codes of the records it touched, in the
    order of the act (new ones first)."""

    change: str
    ids: tuple[str, ...]
    codes: tuple[str | None, ...]

    @property
    def id(self) -> str:
        """The id of the first record."""
        return self.ids[0]

    @property
    def code(self) -> str | None:
        """The code of the first record, where its kind has one."""
        return self.codes[0]
