"""The folder of a casebook: what lies where, and whether a folder is one."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cmo.errors import CasebookUnusable
from cmo.graph.local.failures import NOT_OPENED, storage_error
from cmo.graph.local.settings import DATABASE

FORMAT = 1
_MARKER_KIND = "CMO Casebook"
# What a file browser leaves in a folder does not make it somebody's.
_BENIGN = {".DS_Store", ".localized", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class CasebookFolder:
    """The paths of one casebook."""

    root: Path

    @property
    def marker(self) -> Path:
        """Says that this is a casebook, and in which format."""
        return self.root / "casebook.json"

    @property
    def engine(self) -> Path:
        """What the engine keeps, the graph among it."""
        return self.root / "engine"

    @property
    def password(self) -> Path:
        """The engine's password, made at the first start and fixed from then on."""
        return self.root / "engine.password"

    @property
    def run_file(self) -> Path:
        """Where the running engine is found; made by the engine, worthless without it."""
        return self.root / "engine.run.json"

    @property
    def lock(self) -> Path:
        """Held by the engine process for its life; the system frees it however that ends."""
        return self.root / "engine.lock"

    @property
    def logs(self) -> Path:
        """The engine's log, and Java's report should it crash."""
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """What the engine had to say."""
        return self.logs / "engine.log"

    def is_marked(self) -> bool:
        """Whether a casebook of a format that we know stands here; nothing is written.

        Raises CasebookUnusable if the path is a file, or the casebook is of a newer format.
        """
        try:
            text = self.marker.read_text(encoding="utf-8")
        except FileNotFoundError:
            return False
        except NotADirectoryError:
            raise self._unusable(f"{self.root} is a file, not a folder.") from None
        except UnicodeDecodeError:
            text = ""
        except OSError as error:
            raise storage_error(error, self.root) from error
        made_in = _find_format(text)
        if made_in is None:
            raise self._unusable(
                f"{self.marker} is not the mark of a casebook.",
                f"If {self.engine} holds one, write this into the mark: {_mark()}",
            )
        if made_in > FORMAT:
            raise self._unusable(
                f"The casebook in {self.root} was made by a newer version of CMO Casebook.",
                "Install the newest version: pip install --upgrade cmo-casebook",
            )
        return True

    def prepare(self) -> None:
        """Make the folder a casebook, unless it is one.

        Only a new or an empty folder becomes one: raises CasebookUnusable for a folder with other
        things in it, StorageFailed if it cannot be written.
        """
        if self.is_marked():
            return
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.require_nothing_else()
            self.root.chmod(0o700)
            write_privately(self.marker, _mark())
        except FileExistsError:
            raise self._unusable(f"{self.root} is a file, not a folder.") from None
        except NotADirectoryError:
            raise self._unusable(f"A part of {self.root} is a file, not a folder.") from None
        except OSError as error:
            raise storage_error(error, self.root) from error

    def require_nothing_else(self) -> None:
        """Raises CasebookUnusable for a folder with other things in it than a casebook; OSError."""
        strangers = [p for p in self.root.iterdir() if not self._may_lie_here(p.name)]
        # Somebody who made the same casebook meanwhile is no stranger.
        if strangers and not self.is_marked():
            lost = f"If {self.marker.name} was lost, put it back with this text: {_mark()}"
            raise self._unusable(
                f"{self.root} is not a casebook, and it is not empty.",
                lost if self.engine.is_dir() else "",
            )

    def mark_served(self) -> None:
        """Notes that the graph of this casebook exists, once the engine has opened it."""
        if not self._was_served():
            try:
                write_privately(self.marker, _mark(served=True))
            except OSError as error:
                raise storage_error(error, self.root) from error

    def require_whole(self) -> None:
        """Raises CasebookUnusable where the engine would begin with an empty graph because the one
        that it had is gone, and where it could not say where it is found."""
        graph = self.engine / "databases" / DATABASE
        if self._was_served() and not (graph.is_dir() and any(graph.iterdir())):
            raise CasebookUnusable(
                f"The casebook's records are gone: {graph} is missing or empty.",
                "Nothing was opened, and no empty casebook was made in its place.",
                "Put that folder back, or restore a backup into a new casebook: "
                "`cmo restore FILE --casebook FOLDER`.",
            )
        if self.run_file.exists() and not self.run_file.is_file():
            raise CasebookUnusable(
                f"{self.run_file} is not a file.",
                NOT_OPENED,
                "Take it away: the engine makes it anew.",
            )

    def _was_served(self) -> bool:
        try:
            content = json.loads(self.marker.read_text(encoding="utf-8"))
            return bool(content.get("served"))
        except (OSError, ValueError, AttributeError, RecursionError):
            return False

    def _may_lie_here(self, name: str) -> bool:
        return name in _BENIGN or name.startswith(f"{self.marker.name}.")

    def read_password(self) -> str | None:
        """The engine's password; None if there is none yet. Raises StorageFailed."""
        try:
            return self.password.read_text(encoding="ascii").strip() or None
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        except OSError as error:
            raise storage_error(error, self.root) from error

    def make_password(self) -> str:
        """The engine's password, made now if the engine has none; for the holder of the lock.

        Raises CasebookUnusable if the engine was given one earlier and it is lost.
        """
        known = self.read_password()
        if known is not None:
            return known
        accounts = self.engine / "config" / "server-users.jsonl"
        if accounts.exists():
            raise CasebookUnusable(
                f"{self.password} is missing or empty, and the engine was given its password.",
                "The casebook was not opened; its records are untouched.",
                f"Put the file back from a backup, or delete {accounts}: "
                "the next start then makes a new password.",
            )
        made = secrets.token_urlsafe(32)
        write_privately(self.password, made)
        return made

    def _unusable(self, wrong: str, next_step: str = "") -> CasebookUnusable:
        way_out = "Name a new or an empty folder, or one that CMO Casebook made."
        return CasebookUnusable(wrong, NOT_OPENED, next_step or way_out)


def _mark(*, served: bool = False) -> str:
    content = {"kind": _MARKER_KIND, "format": FORMAT}
    return json.dumps(content | {"served": True} if served else content)


def _find_format(marker: str) -> int | None:
    try:
        content = json.loads(marker)
        if content["kind"] == _MARKER_KIND:
            return int(content["format"])
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all, also if power fails."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
