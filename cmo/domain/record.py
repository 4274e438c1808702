"""The base of every record, and how a record is taken apart into a node and its relationships."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from cmo.domain.fields import Labels, Property, Reference, Spec, Tie


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record has.

    `id` is made by us (uuid4; uuid5 of a stable key for records that ship with the program).
    `node_label` is its label in the graph; `letter` begins the code that a person can type (P-1),
    where the kind has one; `name_field` is the field by which a person would call the record;
    `home` names the reference fields that lead to the programme or project that it belongs to.
    """

    node_label: ClassVar[str]
    letter: ClassVar[str | None] = None
    name_field: ClassVar[str]
    home: ClassVar[tuple[str, ...]] = ()

    id: str | None = None


def snake(label: str) -> str:
    """The label as files and commands write it: CmoLink is cmo_link."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", label).lower()


def specs(kind: type[Record]) -> dict[str, Spec]:
    """The declared fields of a kind of record by name, in order; `id` is not among them."""
    return {f.name: f.metadata["spec"] for f in dataclasses.fields(kind) if "spec" in f.metadata}


def properties(kind: type[Record]) -> dict[str, Property]:
    """The fields of a kind that are kept on its node."""
    return {name: spec for name, spec in specs(kind).items() if isinstance(spec, Property)}


def references(kind: type[Record]) -> dict[str, Reference]:
    """The fields of a kind that are kept as relationships."""
    return {name: spec for name, spec in specs(kind).items() if isinstance(spec, Reference)}


def label_fields(kind: type[Record]) -> dict[str, Labels]:
    """The fields of a kind that are kept as labels."""
    return {name: spec for name, spec in specs(kind).items() if isinstance(spec, Labels)}


def values(record: Record) -> dict[str, Any]:
    """The record's declared fields and what they hold, in order of declaration."""
    return {name: getattr(record, name) for name in specs(type(record))}


@dataclass(frozen=True)
class Edge:
    """A relationship as written: from one record's id to another's."""

    type: str
    start: str
    end: str
    carries: tuple[tuple[str, Any], ...] = ()


def edges_of(record_id: str, spec: Reference, value: Any) -> tuple[Edge, ...]:
    """The relationships that a reference field stands for, in the order of its values."""
    if value is None:
        return ()
    items = value if spec.many else (value,)
    edges = []
    for position, item in enumerate(items):
        tie = item if isinstance(item, Tie) else Tie(item)
        carries = (*tie.carries, ("position", position)) if spec.ordered else tie.carries
        start, end = (tie.to, record_id) if spec.incoming else (record_id, tie.to)
        edges.append(Edge(spec.type, start, end, tuple(carries)))
    return tuple(edges)
