"""A file that appears when it is whole: a failure leaves none, and an earlier one as it was."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from cmo.errors import AlreadyThere, StorageFailed


@contextmanager
def whole_file(path: Path, command: str, *, overwrite: bool = False) -> Iterator[IO[bytes]]:
    """A file to write into, which takes its place at `path` when the block ends, readable by its
    owner only; where the block raises, nothing is there.

    Raises AlreadyThere unless `overwrite`, before anything is written and again at the end, where
    `command` is named as what would replace it, and StorageFailed.
    """
    with storage(path):
        _refuse_existing(path, command, overwrite=overwrite)
        # Not by its own name, which may be as long as names can be.
        handle, name = tempfile.mkstemp(prefix=".cmo-", dir=path.parent)
        held = Path(name)
        try:
            with os.fdopen(handle, "wb") as raw:
                yield raw
                raw.flush()
                os.fsync(raw.fileno())
            _refuse_existing(path, command, overwrite=overwrite)
            held.replace(path)
        finally:
            with suppress(OSError):
                held.unlink(missing_ok=True)


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Says what a failed file operation means."""
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            f"{path}: {(error.strerror or type(error).__name__).lower()}.",
            "No file was left there; the casebook is as it was.",
            "Make room, or name another file, in a folder that you may write to.",
        ) from error


def _refuse_existing(path: Path, command: str, *, overwrite: bool) -> None:
    if path.exists() and not (overwrite and path.is_file()):
        raise AlreadyThere(
            f"{path} is there already.",
            "Nothing was written.",
            f"Name another file, or let it be replaced (`{command} --overwrite`).",
        )
