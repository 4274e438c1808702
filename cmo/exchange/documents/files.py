"""Which files are meant by the paths that somebody gave."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from cmo.errors import NotFound
from cmo.exchange.documents.readers import File

MOST_FILES = 5_000
"""Most files of one import."""
_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini"})


def find_files(paths: Iterable[Path]) -> list[File]:
    """The files at these paths, in the order given; those of a folder by name, with the folders in
    it.

    A file's name begins below the folder that was given. Hidden files, and those that office
    programs keep while a document is open, are passed over. Each is taken once. Raises NotFound for
    a path where nothing is, and for too many files.
    """
    found: dict[Path, File] = {}
    for path in paths:
        if path.is_dir():
            for one in _within(path):
                found.setdefault(one.resolve(), File(one.relative_to(path).as_posix(), one))
        elif path.exists():
            found.setdefault(path.resolve(), File(path.name, path))
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


def _within(folder: Path) -> list[Path]:
    files: list[Path] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        files += [
            Path(where) / name
            for name in sorted(names)
            if not name.startswith((".", "~$")) and name.casefold() not in _NOT_DOCUMENTS
        ]
    return files
