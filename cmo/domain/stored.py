"""Between a record's fields and what the graph holds of it: labels, properties, relationships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.fields import Labels, Property, Reference, Tie
from cmo.domain.kinds import KINDS
from cmo.domain.record import Edge, Record, edges_of, specs

KEPT_BY_US = ("id", "code", "created_at", "created_by", "rev", "retired_at")
"""Properties of every record that are not among its declared fields."""


@dataclass(frozen=True)
class Stored:
    """A record as it was read from the graph.

    `fields` holds the declared fields; `code` is None for kinds without one; times are ISO 8601
    text in UTC; a retired record has `retired_at`.
    """

    kind: type[Record]
    id: str
    code: str | None
    rev: int
    created_at: str
    created_by: str | None
    retired_at: str | None
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        """What a person would call it: its name, or the beginning of what it says, or its code."""
        said = self.fields.get(self.kind.name_field)
        text = str(said) if said else self.code or self.id
        return text if len(text) <= 80 else text[:79] + "…"


def kind_of(labels: Iterable[str]) -> type[Record]:
    """The kind of record that carries these labels."""
    found = [KINDS[label] for label in labels if label in KINDS]
    assert len(found) == 1, "every record carries the label of exactly one kind"
    return found[0]


def node_properties(kind: type[Record], fields: Mapping[str, Any]) -> dict[str, Any]:
    """What of these fields is kept on the node; tuples as lists, nothing for None or empty."""
    held = {}
    for name, spec in specs(kind).items():
        if isinstance(spec, Property) and fields.get(name) not in (None, ()):
            value = fields[name]
            held[name] = list(value) if isinstance(value, tuple) else value
    return held


def node_edges(kind: type[Record], record_id: str, fields: Mapping[str, Any]) -> tuple[Edge, ...]:
    """The relationships that these fields stand for, in the order of the fields' declaration."""
    edges: list[Edge] = []
    for name, spec in specs(kind).items():
        if isinstance(spec, Reference) and name in fields:
            edges.extend(edges_of(record_id, spec, fields[name]))
    return tuple(edges)


def stored(
    labels: Iterable[str], props: Mapping[str, Any], edges: Iterable[Mapping[str, Any]]
) -> Stored:
    """A record from its labels, its properties and its relationships.

    An edge is a mapping with `type`, `outgoing`, `other`, `labels` (the other's) and `carries`.
    """
    carried = set(labels)
    kind = kind_of(carried)
    around = list(edges)
    fields: dict[str, Any] = {}
    for name, spec in specs(kind).items():
        if isinstance(spec, Property):
            value = props.get(name)
            fields[name] = tuple(value) if isinstance(value, list) else value
            if value is None and spec.kind in ("texts", "numbers"):
                fields[name] = ()
        elif isinstance(spec, Labels):
            fields[name] = tuple(str(word) for word in spec.choices if str(word) in carried)
        else:
            fields[name] = _referred(spec, around)
    return Stored(
        kind=kind,
        id=props["id"],
        code=props.get("code"),
        rev=props["rev"],
        created_at=props["created_at"],
        created_by=props.get("created_by"),
        retired_at=props.get("retired_at"),
        fields=fields,
    )


def _referred(spec: Reference, edges: list[Mapping[str, Any]]) -> Any:
    mine = [
        e
        for e in edges
        if e["type"] == spec.type
        and e["outgoing"] != spec.incoming
        and set(e["labels"]) & set(spec.targets)
    ]
    if not spec.many:
        return mine[0]["other"] if mine else None
    if spec.ordered:
        mine.sort(key=lambda e: e["carries"].get("position", 0))
    else:
        mine.sort(key=lambda e: (e["other"], str(sorted(e["carries"].items()))))
    if not spec.carries:
        return tuple(e["other"] for e in mine)
    names = [name for name, _ in spec.carries]
    return tuple(
        Tie(e["other"], tuple((n, e["carries"][n]) for n in names if n in e["carries"]))
        for e in mine
    )
