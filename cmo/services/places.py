"""Where records belong: which programme, which projects; for stored and for new records alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cmo.domain.record import Record, references
from cmo.domain.stored import kind_of
from cmo.errors import NotFound
from cmo.graph.graph import Transaction


@dataclass(frozen=True)
class Place:
    """Where one record belongs.

    `projects` are the projects and sub-cases it speaks of (for a coding also where its source was
    collected); `scope` is what a role must cover: the projects, or else the programme.
    """

    id: str
    kind: type[Record]
    labels: frozenset[str]
    programmes: frozenset[str]
    projects: frozenset[str]
    retired: bool
    new: bool

    @property
    def programme(self) -> str | None:
        """The programme it belongs to; None for users, and for what reaches none."""
        return min(self.programmes, default=None)

    @property
    def scope(self) -> frozenset[str]:
        """Ids of the places of which a role must cover at least one."""
        return self.projects or self.programmes


class Places:
    """The places of the records that one act touches."""

    def __init__(self, tx: Transaction, new: Iterable[Record] = ()) -> None:
        self._tx = tx
        self._new = {str(record.id): record for record in new}
        self._found: dict[str, Place] = {}

    def __contains__(self, record_id: str) -> bool:
        return record_id in self._found or record_id in self._new

    def __getitem__(self, record_id: str) -> Place:
        if record_id not in self._found:
            if record_id not in self._new:
                self.look_up([record_id])
            else:
                self._found[record_id] = self._of_new(self._new[record_id])
        return self._found[record_id]

    def known(self) -> tuple[str, ...]:
        """The ids of the records that have been looked up, first one first."""
        return tuple(self._found)

    def look_up(self, ids: Iterable[str]) -> list[Place]:
        """The places of these records, asked for in one query; NotFound names the first that is
        missing."""
        wanted = list(dict.fromkeys(ids))
        missing = [i for i in wanted if i not in self._found and i not in self._new]
        if missing:
            for row in self._tx.run("record/places", ids=missing):
                self._found[row["id"]] = Place(
                    id=row["id"],
                    kind=kind_of(row["labels"]),
                    labels=frozenset(row["labels"]),
                    programmes=frozenset(row["programmes"]),
                    projects=frozenset(row["projects"]),
                    retired=row["retired_at"] is not None,
                    new=False,
                )
            for record_id in missing:
                if record_id not in self._found:
                    raise NotFound(
                        f"There is no record {record_id}.",
                        "Nothing was changed.",
                        "`cmo query` lists what can be asked.",
                    )
        return [self[i] for i in wanted]

    def _of_new(self, record: Record) -> Place:
        kind, record_id = type(record), str(record.id)
        programmes: set[str] = set()
        projects: set[str] = set()
        if kind.node_label == "Programme":
            programmes.add(record_id)
        if kind.node_label == "Project":
            projects.add(record_id)
        declared = references(kind)
        for name in kind.home:
            value = getattr(record, name)
            if value is None:
                continue
            for target in value if declared[name].many else (value,):
                place = self[getattr(target, "to", target)]
                programmes |= place.programmes
                if kind.node_label != "Project":
                    projects |= place.projects
        labels = (
            {kind.node_label, *getattr(record, "roles", ())}
            if kind.node_label == "Factor"
            else {kind.node_label}
        )
        return Place(
            record_id,
            kind,
            frozenset(labels),
            frozenset(programmes),
            frozenset(projects),
            retired=False,
            new=True,
        )
