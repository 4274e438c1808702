"""Going through the file of a backup before anything of it is restored."""

from __future__ import annotations

from pathlib import Path

from cmo.domain.kinds import KINDS
from cmo.domain.vocabulary import FactorRole
from cmo.errors import InvalidInput, SchemaMismatch
from cmo.exchange.lossless import Change, Counts, Header, Item, Node, Tie, damaged, load
from cmo.graph.queries import names
from cmo.graph.schema import migrations


def examine(path: Path) -> Counts:
    """What the file holds, once every line of it has been checked.

    Raises InvalidInput for a file that is damaged, of a newer format or with something that this
    program does not know, SchemaMismatch for one of a newer schema.
    """
    counts = Counts()
    seen = _Seen(path)
    for item in load(path, counts):
        seen.check(item)
    return counts


class _Seen:
    """What has been read so far: relationships and changes may only speak of that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.records: dict[str, bool] = {}
        self.changes: set[str] = set()
        self.ties = {n.removeprefix("connect/").upper() for n in names() if n[:8] == "connect/"}

    def check(self, item: Item) -> None:
        """Refuses what cannot be restored as it stands."""
        match item:
            case Header():
                self._schema(item)
            case Node():
                self._record(item)
            case Change():
                if item.id in self.changes:
                    raise damaged(self.path, f"it holds the change {item.id} twice")
                self.changes.add(item.id)
                if not self.records.get(item.user):
                    raise damaged(self.path, f"the change {item.id} is nobody's")
                self._known(*(record for record, _ in item.records))
            case Tie():
                if item.type not in self.ties:
                    raise self._unknown(f"the relationship {item.type}")
                self._known(item.start, item.end)

    def _schema(self, header: Header) -> None:
        here = {m.version: m for m in migrations()}
        for version, name, checksum in header.schema:
            title = f"V{version:04d}__{name}"
            if version not in here:
                raise SchemaMismatch(
                    f"{self.path} has the migration {title}, which this program does not know.",
                    "Nothing was restored.",
                    "It comes from a newer version: install that one.",
                )
            if here[version].checksum != checksum:
                raise SchemaMismatch(
                    f"{self.path} comes from a program whose migration {title} was edited.",
                    "Nothing was restored.",
                    "Restore it with the program that it comes from.",
                )

    def _record(self, node: Node) -> None:
        labels = set(node.labels)
        kinds = labels & set(KINDS)
        allowed = {"Record", *kinds}
        allowed |= {str(role) for role in FactorRole} if "Factor" in kinds else set()
        allowed |= {"Counted"} if "Coding" in kinds else set()
        if len(kinds) != 1 or not {"Record"} <= labels <= allowed:
            raise self._unknown(f"a record with the labels {', '.join(node.labels)}")
        if node.id in self.records:
            raise damaged(self.path, f"it holds the record {node.id} twice")
        if not isinstance(node.properties.get("rev"), int) or "id" in node.properties:
            raise damaged(self.path, f"the record {node.id} is not whole")
        self.records[node.id] = "User" in kinds

    def _known(self, *ids: str) -> None:
        for record_id in ids:
            if record_id not in self.records:
                raise damaged(self.path, f"it speaks of {record_id}, which it does not hold")

    def _unknown(self, what: str) -> InvalidInput:
        return InvalidInput(
            f"{self.path} holds {what}, which this program does not know.",
            "Nothing was restored.",
            "Install the version of cmo-casebook that wrote it.",
        )
