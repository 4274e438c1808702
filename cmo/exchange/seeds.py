"""Casebooks that ship with the program: from their files to the records they stand for.

seed_data/README.md describes the files.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cmo import shipped
from cmo.domain.fields import Property, Reference, Tie
from cmo.domain.kinds import KINDS
from cmo.domain.record import Record, specs
from cmo.domain.spans import find_quote, read_text, speaker_at, turns
from cmo.errors import InvalidInput

SPACE = uuid.UUID("0b5d8a5e-3f59-5c0d-8f5e-6d3f7f1f2a11")
"""Names the space of the ids of shipped records: uuid5 of folder and key."""
NOT_LOADED = frozenset({"planted.yaml"})
_STANCE = {"present": "supports", "absent": "refutes", "mixed": "refines"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Item = dict[str, Any]


def seed_id(folder: str, key: str) -> str:
    """The id of the shipped record with that key in that folder."""
    return str(uuid.uuid5(SPACE, f"{folder}/{key}"))


@dataclass(frozen=True)
class Seed:
    """The records of one shipped casebook, with ids, and the key of each."""

    folder: str
    records: tuple[Record, ...]
    keys: tuple[str, ...]


def seed_names() -> tuple[str, ...]:
    """The shipped casebooks, in alphabetical order."""
    root = shipped.folder("seed_data")
    return tuple(sorted(p.name for p in root.iterdir() if (p / "programme.yaml").is_file()))


def read_seed(folder: str) -> Seed:
    """The shipped casebook of that name; raises InvalidInput for a record that cannot be read."""
    root = shipped.folder("seed_data") / folder
    items = _with_codings(list(_items(root)))
    by_key = {item["key"]: item for item in items}
    if len(by_key) != len(items):
        twice = next(
            i["key"] for n, i in enumerate(items) if i in items[:n] or by_key[i["key"]] is not i
        )
        raise _fault(folder, twice, "the key stands twice")
    reader = _Reader(folder, root, by_key)
    records = tuple(reader.record(item) for item in items)
    return Seed(folder, records, tuple(by_key))


def planted(folder: str) -> Mapping[str, Any]:
    """What was planted in a fictional casebook, for comparison with what is found."""
    path = shipped.folder("seed_data") / folder / "planted.yaml"
    held: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader, the fast one where there is one
    return held


def _items(root: Path) -> Iterator[Item]:
    for path in sorted(root.glob("*.yaml")):
        if path.name not in NOT_LOADED:
            yield from yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or ()  # noqa: S506  # as above
    table = root / "relations.csv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                item: Item = {name: value for name, value in row.items() if value}
                item["passages"] = [p.strip() for p in item.get("passages", "").split(";") if p]
                if "formal" in item:
                    item["formal"] = item["formal"].strip().lower() == "true"
                yield {"record": "Relation", **item}


def _with_codings(items: list[Item]) -> list[Item]:
    """The items with a coding for each passage that one names, and named in its `rests_on`."""
    made: list[Item] = []
    for item in items:
        passages = item.pop("passages", ())
        stance = item.pop("stance", None) if item["record"] != "Coding" else None
        claim = item.pop("claim", None) if item["record"] != "Coding" else None
        concerns = item.pop("concerns", None) if item["record"] != "Coding" else None
        codings = []
        for passage in passages:
            coding: Item = {
                "record": "Coding",
                "key": f"coding/{item['key']}/{passage}",
                "excerpt": passage,
                "bears_on": _target(item),
                "stance": stance or _stance(item),
            }
            if claim:
                coding["claim"] = claim
            place = concerns or item.get("within") or item.get("project")
            if (place and item["record"] in ("Relation", "Assessment", "Finding")) or concerns:
                coding["concerns"] = place
            if item.get("judged_by"):
                coding["judged_by"] = item["judged_by"]
            codings.append(coding)
        if item["record"] in ("Assessment", "Finding") and codings:
            named = [c["key"] for c in codings]
            item["rests_on"] = [*item.get("rests_on", ()), *named]
        made.extend((item, *codings))
    return made


def _target(item: Item) -> str | None:
    if item["record"] == "Assessment":
        return str(item["factor"])
    if item["record"] == "Finding":
        about = item.get("about") or [None]
        first = about[0] if isinstance(about, list) else about
        key = first["to"] if isinstance(first, Mapping) else first
        return None if key is None else str(key)
    return str(item["key"])


def _stance(item: Item) -> str:
    if item["record"] == "Assessment":
        return _STANCE.get(item["value"], "contextualises")
    return "supports"


def _fault(folder: str, key: str, what: str) -> InvalidInput:
    return InvalidInput(
        f"seed_data/{folder}, {key}: {what}.", "Nothing was loaded.", "Mend the file."
    )


class _Reader:
    """Turns items into records, with keys as ids and quotes as positions."""

    def __init__(self, folder: str, root: Path, by_key: Mapping[str, Item]) -> None:
        self.folder, self.root, self.by_key = folder, root, by_key
        self.text = cache(self._text)
        self.speakers = self._speakers()

    def record(self, item: Item) -> Record:
        kind = KINDS.get(item["record"])
        if kind is None:
            raise _fault(self.folder, item["key"], f"there is no kind {item['record']}")
        fields = {k: v for k, v in item.items() if k not in ("record", "key")}
        if kind.node_label == "Source":
            fields = self._source(item, fields)
        if kind.node_label == "Excerpt":
            fields = self._excerpt(item, fields)
        if kind.node_label == "Coding" and "concerns" not in fields:
            source = self.by_key[self.by_key[fields["excerpt"]]["source"]]
            fields["concerns"] = source["collected_in"]
        declared = specs(kind)
        for name in fields:
            if name not in declared:
                raise _fault(self.folder, item["key"], f"{name} is not a field")
        values = {name: self._value(item, kind, name, fields[name]) for name in fields}
        return kind(id=seed_id(self.folder, item["key"]), **values)

    def _value(self, item: Item, kind: type[Record], name: str, value: Any) -> Any:
        spec = specs(kind)[name]
        if not isinstance(spec, Reference):
            if isinstance(spec, Property) and spec.kind not in ("texts", "numbers"):
                return value
            return tuple(value or ())
        if not spec.many:
            return None if value is None else self._id(item, value)
        listed = value if isinstance(value, list) else [value]
        if not spec.carries:
            return tuple(self._id(item, v) for v in listed)
        return tuple(self._tie(item, v) for v in listed)

    def _tie(self, item: Item, value: Any) -> Tie:
        if isinstance(value, Mapping):
            carries = tuple((k, v) for k, v in value.items() if k != "to")
            return Tie(self._id(item, value["to"]), carries)
        return Tie(self._id(item, value))

    def _id(self, item: Item, key: str) -> str:
        if key not in self.by_key:
            raise _fault(self.folder, item["key"], f"refers to {key}, which is not there")
        return seed_id(self.folder, key)

    def _text(self, source: str) -> str:
        file = self.root / self.by_key[source]["text_file"]
        return read_text(file.read_text(encoding="utf-8"))

    def _source(self, item: Item, fields: Item) -> Item:
        if "text_file" not in fields:
            return fields
        held = {k: v for k, v in fields.items() if k != "text_file"}
        return held | {"text": self.text(item["key"])}

    def _excerpt(self, item: Item, fields: Item) -> Item:
        if "quote" not in fields:
            return fields
        text = self.text(fields["source"])
        span = find_quote(text, fields["quote"], fields.get("occurrence"))
        if span is None:
            raise _fault(self.folder, item["key"], "its quote does not stand once in the text")
        held = {k: v for k, v in fields.items() if k != "occurrence"}
        speaker = speaker_at(*turns(text), span.start)
        spoken = self.speakers.get((fields["source"], speaker))
        found = {"spoken_by": [spoken]} if spoken and "spoken_by" not in held else {}
        return (
            {"anchor": "exact"}
            | held
            | found
            | {
                "start": span.start,
                "end": span.end,
                "prefix": span.prefix,
                "suffix": span.suffix,
            }
        )

    def _speakers(self) -> dict[tuple[str, str | None], str]:
        found = {}
        for key, item in self.by_key.items():
            if item["record"] == "Informant":
                for tie in item.get("speaks_in", ()):
                    found[(tie["to"], tie.get("label"))] = key
        return found


__all__ = ["Seed", "planted", "read_seed", "seed_id", "seed_names"]
