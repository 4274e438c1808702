"""Backups that were written and wait to be saved: on disk without a name, handed out in pieces."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakValueDictionary, finalize

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

PIECE = 2**18
"""Bytes that are held in memory at a time."""


class Kept:
    """A file as it was, for as long as something refers to this; it leaves nothing on the disk,
    even if the server is killed."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.token = secrets.token_urlsafe(24)
        self._reading = threading.Lock()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed when nothing refers to this
        finalize(self, self._file.close)
        with path.open("rb") as written:
            shutil.copyfileobj(written, self._file, PIECE)
        self.size = self._file.tell()
        _kept[self.token] = self

    @property
    def address(self) -> str:
        """Where it is saved from; whoever has no session with it cannot guess it."""
        return f"/backup/{self.token}"

    def pieces(self) -> Iterator[bytes]:
        """Its bytes; any number of readers at once."""
        for start in range(0, self.size, PIECE):
            with self._reading:
                self._file.seek(start)
                piece = self._file.read(PIECE)
            yield piece


_kept: WeakValueDictionary[str, Kept] = WeakValueDictionary()


def route() -> Route:
    """Where the server hands them out."""
    return Route("/backup/{token}", _save, methods=["GET"])


async def _save(request: Request) -> Response:
    held = _kept.get(request.path_params["token"])
    if held is None:
        said = "This backup is no longer here. Write it again under About, and save it there."
        return PlainTextResponse(said, status_code=404)
    headers = {
        "Content-Disposition": f'attachment; filename="{held.name}"',
        "Content-Length": str(held.size),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(held.pieces(), media_type="application/gzip", headers=headers)
