"""The demo casebook with one programme so many times as large: that many times the projects,
sources, passages, codings, factors, configurations, relations and changes.

What a backup of the demo holds of the programme is written once more for each copy, under new ids
and the codes that come next, and the whole is restored. The programme, its themes and the users
stay as many as they are: a programme that grows is compared under the frame that it has. A copy's
configurations are heard in that copy's projects; everywhere else is silence.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cmo.exchange import lossless
from cmo.exchange.lossless import Change, Header, Item, Node, Tie

SHARED = frozenset({"Programme", "Theme", "User"})
NAMED = {
    "Project": "name",
    "Stakeholder": "name",
    "Factor": "label",
    "Source": "title",
    "Configuration": "nickname",
    "Event": "title",
}
"""What copies are told apart by: the number of the copy behind the name."""
NAMES = uuid.UUID("6f0d1b9e-52c4-4f35-9d57-2f5f0a5b7c11")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"([A-Z])-(\d+)")


def larger(demo: Path, target: Path, times: int, programme: str = "Practice") -> lossless.Counts:
    """Writes a backup under `target` that holds what `demo` (a backup) holds, and what it holds of
    that programme so many times in all."""
    items = list(lossless.load(demo))
    return lossless.save(target, _Copies(items, programme).all(times), overwrite=True)


class _Copies:
    def __init__(self, items: list[Item], programme: str) -> None:
        self.header = next(i for i in items if isinstance(i, Header))
        self.nodes = [i for i in items if isinstance(i, Node)]
        self.changes = [i for i in items if isinstance(i, Change)]
        self.ties = [i for i in items if isinstance(i, Tie)]
        (self.programme,) = (
            n for n in self.nodes if "Programme" in n.labels and n.properties["name"] == programme
        )
        copied = self._within() - {n.id for n in self.nodes if SHARED & set(n.labels)}
        self.shared = {n.id for n in self.nodes} - copied
        self.coded = {n.id for n in self.nodes if "Coding" in n.labels}
        self.last = {
            name.removeprefix("last_").upper(): number
            for name, number in self.programme.properties.items()
            if name.startswith("last_")
        }

    def _within(self) -> set[str]:
        """What hangs together with the programme otherwise than through users."""
        users = {n.id for n in self.nodes if "User" in n.labels}
        beside: dict[str, list[str]] = {}
        for tie in self.ties:
            if not users & {tie.start, tie.end}:
                beside.setdefault(tie.start, []).append(tie.end)
                beside.setdefault(tie.end, []).append(tie.start)
        found, reach = {self.programme.id}, [self.programme.id]
        while reach:
            for other in beside.get(reach.pop(), ()):
                if other not in found:
                    found.add(other)
                    reach.append(other)
        return found

    def all(self, times: int) -> Iterator[Item]:
        """The items of a backup in their order."""
        yield self.header
        for one in (self._nodes, self._changes, self._ties):
            for copy in range(times):
                yield from one(copy, times)

    def _renamed(self, copy: int) -> Callable[[str], str]:
        if copy == 0:
            return str

        def renamed(id: str) -> str:
            return id if id in self.shared else str(uuid.uuid5(NAMES, f"{copy} {id}"))

        return renamed

    def _nodes(self, copy: int, times: int) -> Iterator[Node]:
        renamed = self._renamed(copy)
        for node in self.nodes:
            held = dict(node.properties)
            if node.id in self.shared:
                if copy == 0:
                    if node is self.programme:
                        held |= {f"last_{x.lower()}": n * times for x, n in self.last.items()}
                    yield Node(node.id, node.labels, held)
                continue
            if copy:
                held |= self._told_apart(node, copy)
            yield Node(renamed(node.id), node.labels, held)

    def _told_apart(self, node: Node, copy: int) -> dict[str, Any]:
        held: dict[str, Any] = {}
        if code := node.properties.get("code"):
            letter, number = _CODE.fullmatch(code).groups()  # type: ignore[union-attr]
            held["code"] = f"{letter}-{int(number) + copy * self.last[letter]}"
        for label, name in NAMED.items():
            if label in node.labels and name in node.properties:
                held[name] = f"{node.properties[name]} {copy + 1}"
        return held

    def _changes(self, copy: int, _: int) -> Iterator[Change]:
        """What is coded in a copy is an act of its own; the rest was loaded in one go."""
        renamed = self._renamed(copy)
        for change in self.changes:
            if copy and all(record in self.shared for record, _ in change.records):
                continue
            held = dict(change.properties)
            if held.get("part_of"):
                held["part_of"] = renamed(held["part_of"])
            alone = copy and any(record in self.coded for record, _ in change.records)
            if alone:
                held.pop("part_of", None)
                held["action"] = "record"
            content = dict(change.content) if change.content is not None else None
            if copy and content:
                for side in ("before", "after"):
                    content[side] = _ID.sub(lambda m: renamed(m[0]), content[side])
                said = f"{content['salt']}{content['before']}{content['after']}"
                held["digest"] = hashlib.sha256(said.encode()).hexdigest()
            touched = tuple((renamed(record), carries) for record, carries in change.records)
            yield Change(renamed(change.id), change.user, held, content, touched)

    def _ties(self, copy: int, _: int) -> Iterator[Tie]:
        renamed = self._renamed(copy)
        for tie in self.ties:
            if copy and tie.start in self.shared and tie.end in self.shared:
                continue
            yield Tie(tie.type, renamed(tie.start), renamed(tie.end), tie.carries)
