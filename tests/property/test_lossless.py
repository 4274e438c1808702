"""The lossless file: whatever a casebook holds comes back, and nothing that is broken does."""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmo.errors import InvalidInput
from cmo.exchange.lossless import Change, Header, Item, Node, Tie, load, save

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUE = st.one_of(
    TEXT, st.integers(-(2**53), 2**53), st.booleans(), st.lists(TEXT, min_size=1, max_size=4)
)
KEY = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
HELD = st.dictionaries(KEY, VALUE, max_size=6)
NODE = st.builds(Node, TEXT, st.lists(KEY, max_size=3).map(lambda x: tuple(sorted(x))), HELD)
TOUCHED = st.lists(st.tuples(TEXT, HELD), max_size=3)
CHANGE = st.builds(
    Change,
    TEXT,
    TEXT,
    HELD,
    st.none() | HELD,
    TOUCHED.map(tuple),
)
TIE = st.builds(Tie, KEY, TEXT, TEXT, HELD)
SCHEMA = st.lists(st.tuples(st.integers(1, 99), KEY, KEY), max_size=3).map(tuple)
ITEMS = st.tuples(
    st.builds(Header, SCHEMA),
    st.lists(NODE, max_size=5),
    st.lists(CHANGE, max_size=4),
    st.lists(TIE, max_size=5),
).map(lambda parts: [parts[0], *parts[1], *parts[2], *parts[3]])


def same(item: Item) -> Any:
    """An item without the order of what a change touched, which is none."""
    if isinstance(item, Change):
        touched = sorted(repr((i, sorted(c.items()))) for i, c in item.records)
        return item.id, item.user, item.properties, item.content, touched
    return item


@given(ITEMS)
def test_what_was_saved_is_loaded(items: list[Item]) -> None:
    with TemporaryDirectory() as folder:
        for name in ("a.jsonl", "a.jsonl.gz"):
            path = Path(folder) / name
            counts = save(path, items)
            found = list(load(path))
            assert [same(i) for i in found] == [same(i) for i in items]
            assert counts.records == sum(isinstance(i, Node) for i in items)


@given(ITEMS)
def test_what_was_loaded_is_saved_to_the_same_bytes(items: list[Item]) -> None:
    with TemporaryDirectory() as folder:
        first, second = Path(folder) / "a.jsonl", Path(folder) / "b.jsonl"
        save(first, items)
        save(second, load(first))
        assert first.read_bytes() == second.read_bytes()
        packed = Path(folder) / "a.gz"
        save(packed, items)
        assert gzip.decompress(packed.read_bytes()) == first.read_bytes()


@given(ITEMS, st.data())
def test_a_changed_byte_is_noticed(items: list[Item], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        save(path, items)
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda b: b != whole[at]))
        path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
        with pytest.raises(InvalidInput):
            list(load(path))


@given(ITEMS, st.data())
def test_a_file_that_was_cut_is_noticed(items: list[Item], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        save(path, items)
        whole = path.read_bytes()
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        with pytest.raises(InvalidInput):
            list(load(path))


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(content)
        with pytest.raises(InvalidInput):
            list(load(path))
