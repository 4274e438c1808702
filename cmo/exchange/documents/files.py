"""Which files are meant by the paths that somebody gave."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from cmo.errors import NotFound
from cmo.exchange.documents.readers import File

MOST_FILES = 5_000
"""Most files of one import."""
_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini"})


def find_files(paths: Iterable[Path]) -> list[File]:
    """The files at these paths, in the order given; those of a folder by name, with the folders in
    it.

    A file's name begins below the folder that was given. Hidden files, those that office programs
    keep while a document is open, and links to folders are passed over. Each is taken once. Raises
    NotFound for a path where nothing is, a folder that cannot be opened, and too many files.
    """
    found: dict[Path, File] = {}
    for path in paths:
        if _is_folder(path):
            for one in _within(path):
                found.setdefault(_real(one), File(one.relative_to(path).as_posix(), one))
        elif path.exists():
            found.setdefault(_real(path), File(path.name, path))
        else:
            raise NotFound(
                f"There is no file or folder {path}.", "Nothing was imported.", "Check the path."
            )
        if len(found) > MOST_FILES:
            raise NotFound(
                f"There are more than {MOST_FILES:,} files.",
                "Nothing was imported.",
                "Import them folder by folder.",
            )
    return list(found.values())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:  # a folder above it is shut
        _refuse_shut(error)


def _real(path: Path) -> Path:
    """Where a path leads; a link that leads in a circle, to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _refuse_shut(error: OSError) -> NoReturn:
    raise NotFound(
        f"{error.filename} cannot be opened: {error.strerror}.",
        "Nothing was imported.",
        "Ask whoever owns it, or give the other folders one by one.",
    ) from error


def _within(folder: Path) -> list[Path]:
    files: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=_refuse_shut):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        files += [
            Path(where) / name
            for name in sorted(names)
            if not name.startswith((".", "~$")) and name.casefold() not in _NOT_DOCUMENTS
        ]
    return files
