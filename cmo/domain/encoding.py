"""Field values as plain JSON and back: for changes, for backups and for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cmo.domain.fields import Labels, Property, Reference, Tie
from cmo.domain.record import Record, specs


def plain(value: Any) -> Any:
    """The value with tuples as lists and ties as mappings {to, ...what they carry}."""
    if isinstance(value, Tie):
        return {"to": value.to, **dict(value.carries)}
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value


def plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Every field as plain JSON."""
    return {name: plain(value) for name, value in fields.items()}


def field_value(kind: type[Record], name: str, value: Any) -> Any:
    """The field's value from plain JSON; names that are not declared fields pass through."""
    spec = specs(kind).get(name)
    if isinstance(spec, Reference):
        if not spec.many:
            return value
        return tuple(_tie(item) if spec.carries else item for item in value or ())
    if isinstance(spec, Labels) or (
        isinstance(spec, Property) and spec.kind in ("texts", "numbers")
    ):
        return tuple(value or ())
    return value


def _tie(item: Any) -> Tie:
    if isinstance(item, Mapping):
        return Tie(item["to"], tuple((k, v) for k, v in item.items() if k != "to"))
    return Tie(item)


def compact(value: Any) -> str:
    """JSON of one form: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
