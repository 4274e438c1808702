"""A backup that was written waits on disk, without a name, and is handed out in pieces."""

from __future__ import annotations

import asyncio
import gc
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from cmo.services.casebook import Casebook
from components.backups import PIECE, Kept, route  # type: ignore[import-not-found,unused-ignore]
from tests.app.page import Page

Open = Callable[..., Page]


def saved(address: str) -> tuple[int, dict[str, str], bytes]:
    """What the server answers at an address: status, headers and body."""
    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            await asyncio.sleep(3600)  # the browser stays until it is answered
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        scope = {
            "type": "http",
            "method": "GET",
            "path": address,
            "root_path": "",
            "query_string": b"",
            "headers": [],
        }
        await Starlette(routes=[route()])(scope, receive, send)

    asyncio.run(ask())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:])


def test_what_is_kept_is_handed_out_whole_and_leaves_no_file(tmp_path: Path) -> None:
    content = bytes(range(256)) * (3 * PIECE // 256) + b"the end"
    written = tmp_path / "casebook.jsonl.gz"
    written.write_bytes(content)
    kept = Kept(written, "casebook.jsonl.gz")
    written.unlink()

    status, headers, body = saved(kept.address)

    assert status == 200
    assert body == content
    assert headers["content-length"] == str(len(content))
    assert headers["content-disposition"] == 'attachment; filename="casebook.jsonl.gz"'
    assert headers["cache-control"] == "no-store"
    assert not list(tmp_path.iterdir())
    assert max(len(piece) for piece in kept.pieces()) == PIECE


def test_what_nobody_refers_to_any_more_is_gone(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"words")
    kept = Kept(tmp_path / "one", "one")
    address = kept.address
    del kept
    gc.collect()

    status, _, body = saved(address)

    assert status == 404
    assert b"Write it again" in body


def test_a_backup_written_under_about_is_saved_from_the_address_of_its_button(
    page: Open, demo: Casebook
) -> None:
    about = page(demo, "about")
    about.app.button(key="write").click()
    about.run()

    (button,) = about.app.get("link_button")
    status, _, body = saved(button.proto.url)

    assert status == 200
    assert len(gzip.decompress(body).splitlines()) > 1_000
    assert f"({len(body) / 2**20:.1f} MiB)" in button.proto.label
