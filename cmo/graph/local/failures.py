"""What went wrong with the engine or its folder, as an error that a person can act on."""

from __future__ import annotations

import errno
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from cmo.errors import EngineFailed, StorageFailed

NOT_OPENED = "The casebook was not opened; nothing was changed."
NOT_STORED = "What was being written was not stored; earlier records are safe."
SERVER_INSTEAD = "use a Neo4j server: set CMO_CASEBOOK to its address, such as bolt://host:7687"

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_FULL_TEXT = re.compile(r"No space left on device|Disk quota exceeded|File too large|disk is full")
_READ_ONLY_TEXT = re.compile(r"Read-only file system|Permission denied|AccessDenied")
_ENOUGH_BYTES = 8 * 1024 * 1024
_TAIL_BYTES = 64 * 1024


def storage_error(error: OSError, folder: Path, not_done: str = NOT_OPENED) -> StorageFailed:
    """What a failed file operation in the folder means for a person."""
    if error.errno in _FULL:
        return disk_full(folder, not_done)
    if error.errno in _READ_ONLY:
        return StorageFailed(
            f"{folder} cannot be read and written by this account.",
            not_done,
            "Give yourself the right to write there, or name another folder.",
        )
    reason = error.strerror or type(error).__name__
    return StorageFailed(f"{folder}: {reason}.", not_done, "Look at the disk that it lies on.")


def disk_full(folder: Path, not_done: str = NOT_STORED) -> StorageFailed:
    """There is no room for what the engine writes."""
    return StorageFailed(
        f"There is no room left on the disk of {folder}.", not_done, "Make room and try again."
    )


def find_storage_fault(text: str, folder: Path, not_done: str) -> StorageFailed | None:
    """The fault of the disk that a text of the engine speaks of, if it speaks of one."""
    if _FULL_TEXT.search(text):
        return disk_full(folder, not_done)
    if _READ_ONLY_TEXT.search(text):
        return storage_error(OSError(errno.EACCES, "Permission denied"), folder, not_done)
    return None


def engine_failed(wrong: str, log: Path, text: str) -> EngineFailed:
    """An engine that did not start or stopped answering, with the last thing that it said."""
    said = last_words(text)
    return EngineFailed(
        f"{wrong} Its last words: {said}" if said else wrong,
        NOT_OPENED,
        f"The whole story is in {log}. Try again; if it fails again, {SERVER_INSTEAD}.",
    )


def engine_missing() -> EngineFailed:
    """The package of the engine is not installed; there is none for some platforms."""
    return EngineFailed(
        "The local engine (arcadedb-embedded) is not installed; it does not exist for every "
        "platform, Intel Macs among them.",
        NOT_OPENED,
        f"Install it with pip install arcadedb-embedded, or {SERVER_INSTEAD}.",
    )


def last_words(text: str) -> str:
    """The line of a log that says most about why it ended: the last error, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("at ", "... ", "WARNING: Using incub"))]
    telling = [line for line in said if re.search(r"SEVER|Exception|Error\b|error:", line)]
    return (telling or said or [""])[-1][:400]


def log_tail(log: Path, since: int = 0) -> str:
    """The end of the log, at most 64 kB, nothing before the byte `since`; empty without a log."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(since if since <= size else 0, size - _TAIL_BYTES))
            return file.read().decode("utf-8", errors="replace")
    except OSError:
        return ""


def find_fault(folder: Path) -> StorageFailed | None:
    """Why the engine may have refused a write just now: a full or a read-only disk, else None.

    The engine hides the texts of its errors from its clients, so this looks at the disk and at
    what the log says of the last minute. It starts nothing and never raises.
    """
    try:
        if shutil.disk_usage(folder).free < _ENOUGH_BYTES:
            return disk_full(folder)
    except OSError as error:
        return storage_error(error, folder, NOT_STORED)
    # The engine stamps its lines with local time and no zone, so that is what is compared.
    minute_ago = datetime.now() - timedelta(minutes=1)  # noqa: DTZ005
    recent = _since(log_tail(folder / "logs" / "engine.log"), minute_ago)
    return find_storage_fault(recent, folder, NOT_STORED)


def _since(text: str, moment: datetime) -> str:
    """The part of a log from the first line on that was written at the moment or later."""
    earliest = moment.isoformat(sep=" ", timespec="milliseconds")
    for line in re.finditer(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} ", text, re.MULTILINE):
        if line.group().rstrip() >= earliest:
            return text[line.start() :]
    return ""
