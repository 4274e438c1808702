"""What a rule looks at, and how it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.record import Record
from cmo.errors import InvalidInput
from cmo.services.places import Place


@dataclass(frozen=True)
class Written:
    """A record as it is now: all its fields, which of them this change set (`retired_at` among
    them), and the fields as they were; of a new record there are none."""

    id: str
    kind: type[Record]
    fields: Mapping[str, Any]
    changed: frozenset[str]
    before: Mapping[str, Any]

    @property
    def retires(self) -> bool:
        """Whether this change takes the record out of use."""
        return self.sets("retired_at") and self.fields["retired_at"] is not None

    def sets(self, *names: str) -> bool:
        """Whether this change set one of these fields."""
        return not self.changed.isdisjoint(names)


def refuse(what: str, next_step: str, field: str | None = None) -> InvalidInput:
    """The refusal of a change that breaks a rule of the graph model."""
    return InvalidInput(what, "Nothing was changed.", next_step, field_name=field)


def refuse_fixed(place: Place, name: str) -> None:
    """Raises InvalidInput for a field that cannot be edited."""
    raise refuse(
        f"The field {name} of a {place.kind.node_label} cannot be changed once it is recorded.",
        "Retire the record, with the reason, and record it anew.",
        name,
    )


def refuse_retired(place: Place) -> None:
    """Raises InvalidInput for a reference to a retired record."""
    raise refuse(
        f"The {place.kind.node_label} {place.id} is retired.",
        "Reinstate it first (`cmo reinstate`), or refer to another record.",
    )
