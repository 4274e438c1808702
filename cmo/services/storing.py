"""Putting records and edits into the graph, and what was done to each for the books."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cmo.domain.fields import Labels, Property, Reference, Spec
from cmo.domain.record import Edge, Record, snake, specs, values
from cmo.domain.stored import Stored, node_edges, node_properties
from cmo.graph.graph import Transaction
from cmo.services import changes
from cmo.services.acts import Edit
from cmo.services.places import Places

MESSAGE = 8_000_000
"""Bytes of new nodes that are sent at once; the local engine refuses a message of 16 MiB."""
Held = Mapping[str, Mapping[str, Any]]
"""By id, the labels and properties of records that are locked."""


class Store:
    """Writes in one open transaction, in the name of one user (an id), at one time; `touched` is
    what was done to each record, in order. `between` is told what comes next."""

    def __init__(
        self, tx: Transaction, by: str, at: str, between: Callable[[str], None] = lambda _: None
    ) -> None:
        self.tx, self.by, self.at, self.between = tx, by, at, between
        self.touched: list[changes.Touched] = []

    def create(self, new: tuple[Record, ...], places: Places, held: Held) -> None:
        """Makes new records, with their codes; the programmes of those that get one are locked."""
        coded, last = self._codes(new, places, held)
        nodes: dict[str, list[dict[str, Any]]] = {}
        edges: list[Edge] = []
        roles: list[dict[str, Any]] = []
        for record in new:
            kind, fields, record_id = type(record), values(record), str(record.id)
            props = node_properties(kind, fields) | {
                "id": record_id,
                "rev": 1,
                "created_at": self.at,
                "created_by": self.by,
            }
            if record_id in coded:
                props["code"] = coded[record_id]
            if kind.node_label == "Programme":
                props |= last.get(record_id, {})
            nodes.setdefault(kind.node_label, []).append(props)
            edges.extend(node_edges(kind, record_id, fields))
            roles.extend(
                {"id": record_id, "roles": list(fields[name])}
                for name, spec in specs(kind).items()
                if isinstance(spec, Labels)
            )
            self.touched.append(changes.Touched(record_id, 1, None, fields))
        for label, rows in nodes.items():
            for some in _messages(rows):
                self.between("records")
                self.tx.run(f"create/{snake(label)}", rows=some)
        if roles:
            self.tx.run("record/set_roles", rows=roles)
        self.between("what joins them")
        self._connect(edges)

    def _codes(
        self, new: tuple[Record, ...], places: Places, held: Held
    ) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
        """The next codes by record, and the last number of each letter by programme, kept on those
        that are stored; none is ever given twice."""
        last: dict[str, dict[str, int]] = {}
        codes: dict[str, str] = {}
        for record in new:
            letter = type(record).letter
            if letter is None:
                continue
            programme = places[str(record.id)].programme
            assert programme is not None
            before = held.get(programme, {"props": {}})["props"]
            given = last.setdefault(programme, {})
            key = f"last_{letter.lower()}"
            given[key] = given.get(key, before.get(key, 0)) + 1
            codes[str(record.id)] = f"{letter}-{given[key]}"
        for programme, given in last.items():
            if programme in held:
                self.tx.run("record/count_code", id=programme, last=given)
        return codes, last

    def _connect(self, edges: Iterable[Edge]) -> None:
        by_type: dict[str, list[dict[str, Any]]] = {}
        for edge in edges:
            row = {"start": edge.start, "end": edge.end, "carries": dict(edge.carries)}
            by_type.setdefault(edge.type, []).append(row)
        for type_, rows in by_type.items():
            self.tx.run(f"connect/{type_.lower()}", rows=rows)

    def edit(self, before: Stored, edit: Edit) -> None:
        """Gives a locked record the values of an edit; fields that it leaves as they are do not
        count, and an edit of none changes nothing."""
        old = {**before.fields, "retired_at": before.retired_at}
        declared = specs(before.kind)
        fields = {k: v for k, v in edit.changes.items() if not _same(declared.get(k), old[k], v)}
        if not fields:
            return
        props: dict[str, Any] = {}
        for name, value in fields.items():
            spec = declared.get(name)
            if name == "retired_at" or isinstance(spec, Property):
                props[name] = (list(value) or None) if isinstance(value, tuple) else value
            elif isinstance(spec, Labels):
                rows = [{"id": edit.id, "roles": list(value)}]
                self.tx.run("record/set_roles", rows=rows)
            else:
                assert isinstance(spec, Reference)
                self._reconnect(before, name)
                self._connect(node_edges(before.kind, edit.id, {name: value}))
        self.tx.run("record/set_properties", id=edit.id, rev=before.rev + 1, changes=props)
        self.touched.append(
            changes.Touched(edit.id, before.rev + 1, {k: old[k] for k in fields}, fields)
        )

    def _reconnect(self, before: Stored, name: str) -> None:
        gone = node_edges(before.kind, before.id, {name: before.fields[name]})
        rows = [{"type": e.type, "start": e.start, "end": e.end} for e in gone]
        if rows:
            self.tx.run("record/disconnect", rows=rows)


def _messages(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows in as many parts as it takes for none to be longer than the engine takes at once."""
    part: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        adds = sum(_bytes(value) for value in row.values())
        if part and size + adds > MESSAGE:
            yield part
            part, size = [], 0
        part.append(row)
        size += adds
    yield part


def _bytes(value: Any) -> int:
    """About how many bytes a value is on its way to the engine."""
    if isinstance(value, str):
        return len(value.encode("utf-8", "surrogatepass"))
    return sum(map(_bytes, value)) if isinstance(value, list) else 9


def _same(spec: Spec | None, before: Any, after: Any) -> bool:
    """Whether an edit leaves a field as it is; the order of references may be without meaning."""
    if isinstance(spec, Reference) and spec.many and not spec.ordered:
        return set(before) == set(after)
    return bool(before == after)
