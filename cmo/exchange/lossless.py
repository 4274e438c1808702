"""A whole casebook as one file, and back, without losing anything.

The file is JSON Lines in UTF-8 (compressed if its name ends in .gz): a header, then every record,
every change with its content, every relationship, each in an order of its own, and a last line
with counts and the SHA-256 of all that stands before it. The same casebook gives the same bytes.
Memory is bounded: lines are written and read one at a time.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cmo.domain.encoding import compact
from cmo.errors import InvalidInput, NotFound
from cmo.exchange.whole_file import storage, whole_file

FORMAT = "cmo-casebook"
VERSION = 1
LONGEST_LINE = 128 * 1024 * 1024
"""Most bytes in a line; the longest that a casebook can give is a source's text."""


@dataclass(frozen=True)
class Header:
    """What the file begins with; `schema` holds (version, name, checksum), oldest first."""

    schema: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Node:
    """A record: labels sorted, properties without its id and without what is absent."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A change of the books: who made it, what it holds, and the records that it touched, each with
    what that relationship carries. `content` is None where it was erased."""

    id: str
    user: str
    properties: Mapping[str, Any]
    content: Mapping[str, Any] | None
    records: tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True)
class Tie:
    """A relationship between two records."""

    type: str
    start: str
    end: str
    carries: Mapping[str, Any]


Item = Header | Node | Change | Tie


@dataclass
class Counts:
    """How many of each a file holds; `sha256` is of all bytes before the last line."""

    records: int = 0
    changes: int = 0
    ties: int = 0
    sha256: str = ""

    def add(self, item: Item) -> None:
        """Counts one more."""
        self.records += isinstance(item, Node)
        self.changes += isinstance(item, Change)
        self.ties += isinstance(item, Tie)


def save(path: Path, items: Iterable[Item], *, overwrite: bool = False) -> Counts:
    """Writes the items (a header, then nodes, changes and ties in their order) to the file.

    The file appears when it is whole; a failure leaves none, and an earlier one as it was. It is
    readable by its owner only. Raises AlreadyThere unless `overwrite`, and StorageFailed.
    """
    counts, digest = Counts(), hashlib.sha256()
    with whole_file(path, "cmo backup", overwrite=overwrite) as raw, _packed(path, raw) as file:
        for item in items:
            counts.add(item)
            line = _line(item)
            digest.update(line)
            file.write(line)
        counts.sha256 = digest.hexdigest()
        file.write((compact(vars(counts)) + "\n").encode())
    return counts


def load(path: Path, counts: Counts | None = None) -> Iterator[Item]:
    """The items of a file in their order; InvalidInput where it is damaged or of a newer format.

    What stands before the damage has been given by then: go through it once before using it.
    `counts`, if given, is filled on the way.
    """
    counts, digest = counts or Counts(), hashlib.sha256()
    stage = 0
    with storage(path), _unpacked(path) as file:
        for number, line in enumerate(_lines(path, file), 1):
            value = _parsed(path, number, line)
            if "sha256" in value:
                counts.sha256 = digest.hexdigest()
                if value != vars(counts) or file.read(1):
                    raise damaged(path, "what it holds is not what its last line says")
                return
            item = _item(path, number, value)
            order = (Header, Node, Change, Tie).index(type(item))
            if order < stage or (order == 0) != (number == 1):
                raise damaged(path, f"line {number} is out of place")
            stage = order
            counts.add(item)
            digest.update(line)
            yield item
    raise damaged(path, "it ends in the middle")


def damaged(path: Path, what: str) -> InvalidInput:
    """The refusal of a file that is not a whole backup."""
    return InvalidInput(
        f"{path} is not a whole backup of a casebook: {what}.",
        "Nothing was restored.",
        "Take another copy of it, or another backup.",
    )


def _line(item: Item) -> bytes:
    return (compact(_value(item)) + "\n").encode()


def _value(item: Item) -> dict[str, Any]:
    match item:
        case Header():
            return {"format": FORMAT, "version": VERSION, "schema": item.schema}
        case Node():
            return {
                "record": item.id,
                "labels": sorted(item.labels),
                "properties": _held(item.properties),
            }
        case Change():
            return {
                "change": item.id,
                "user": item.user,
                "properties": _held(item.properties),
                "content": None if item.content is None else _held(item.content),
                "records": sorted(([i, _held(c)] for i, c in item.records), key=compact),
            }
        case Tie():
            carries = _held(item.carries)
            return {"tie": item.type, "from": item.start, "to": item.end, "carries": carries}


def _held(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is absent: an empty list is none, since an engine may keep either."""
    return {k: v for k, v in properties.items() if v is not None and v != [] and k != "_lock"}


def _parsed(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise damaged(path, f"line {number} cannot be read") from None
    if not isinstance(value, dict):
        raise damaged(path, f"line {number} cannot be read")
    return value


def _item(path: Path, number: int, value: dict[str, Any]) -> Item:
    if number == 1:
        return _header(path, value)
    try:
        match value:
            case {"record": str(id), "labels": list(labels), "properties": dict(held)}:
                _plain(held)
                return Node(id, tuple(sorted(map(str, labels))), held)
            case {"change": str(id), "user": str(user), "properties": dict(held)}:
                _plain(held)
                content = value["content"]
                _plain(content or {})
                records = tuple((str(i), dict(c)) for i, c in value["records"])
                return Change(id, user, held, content, records)
            case {"tie": str(type_), "from": str(start), "to": str(end), "carries": dict(carries)}:
                _plain(carries)
                return Tie(type_, start, end, carries)
    except (KeyError, TypeError, ValueError):
        pass
    raise damaged(path, f"line {number} is neither record, change nor relationship")


def _plain(held: Mapping[str, Any]) -> None:
    for value in held.values():
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, str | int | float | bool):
                raise TypeError


def _header(path: Path, value: dict[str, Any]) -> Header:
    if value.get("format") != FORMAT or not isinstance(value.get("version"), int):
        raise InvalidInput(
            f"{path} is not a backup of a casebook.",
            "Nothing was restored.",
            "Name a file that `cmo backup` wrote.",
        )
    if value["version"] > VERSION:
        raise InvalidInput(
            f"{path} comes from a newer version of the program (format {value['version']}; this "
            f"one reads up to {VERSION}).",
            "Nothing was restored.",
            "Install the newer version of cmo-casebook.",
        )
    try:
        return Header(tuple((int(v), str(n), str(c)) for v, n, c in value["schema"]))
    except (KeyError, TypeError, ValueError):
        raise damaged(path, "its first line cannot be read") from None


def _lines(path: Path, file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            long = len(line) >= LONGEST_LINE
            raise damaged(path, "a line has no end" if long else "it ends in the middle")
        yield line


@contextmanager
def _packed(path: Path, raw: IO[bytes]) -> Iterator[IO[bytes]]:
    if path.suffix != ".gz":
        yield raw
        return
    with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        yield file  # type: ignore[misc]  # typeshed does not call it an IO


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    if not path.is_file():
        raise NotFound(
            f"There is no file {path}.", "Nothing was restored.", "Check its name and its folder."
        )
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if not packed:
            yield raw
            return
        try:
            with gzip.GzipFile(fileobj=raw) as file:
                yield io.BufferedReader(file)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise damaged(path, "it is cut off or not what its name says") from error
