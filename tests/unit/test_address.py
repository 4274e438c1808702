"""Which casebook is meant: what is typed for a folder or a server, well or wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmo.errors import InvalidInput
from cmo.graph.address import Folder, Server, default_folder, find_address

WRONG = [
    "",
    "  ",
    "~nobody-of-that-name/casebook",
    "x" * 300,
    "half\udcff",
    "nul\0",
    "bolt://[::1",
    "bolt://host/database",
    "bolt://host?policy=x",
    "bolt://host:99999",
    "bolt://me:secret@host",
    "blot://host",
    "bolt:host",
    "bolt//host:7687",
    "neo4j+s:/host",
    "localhost:7687",
    "127.0.0.1:7687",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_names_no_casebook_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        find_address(text, {})

    assert refused.value.not_done == "Nothing was opened."
    assert refused.value.next_step
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("said", ["", "   "])
def test_an_empty_environment_names_none(said: str) -> None:
    assert find_address(None, {"CMO_CASEBOOK": said}) == Folder(default_folder())


def test_a_folder_that_looks_like_an_address_is_taken_if_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bolt:one").mkdir()

    assert find_address("bolt:one", {}) == Folder(tmp_path / "bolt:one")
    assert find_address("./bolt:two", {}) == Folder(tmp_path / "bolt:two")


def test_an_address_keeps_what_it_may_say() -> None:
    assert find_address("neo4j://me@host:1?policy=x", {}) == Server("neo4j://host:1?policy=x", "me")
    assert find_address("bolt://[::1]:7687/", {}) == Server("bolt://[::1]:7687")
