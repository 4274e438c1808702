"""Which casebook is meant: a folder for the local engine, or the address of a Neo4j server."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from cmo.errors import InvalidInput

_WANTED = "Give a folder, or an address that begins with bolt://, neo4j:// or neo4j+s://."
_LIKE_AN_ADDRESS = re.compile(
    r"(?i)(bolt|neo4j)(\+s|\+ssc)?(:|//).*|(localhost|[\w.-]+\.[\w-]+):\d+"
)
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True)
class Folder:
    """A casebook that the local engine keeps in a folder."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True)
class Server:
    """A casebook on a Neo4j server; the password is never part of it."""

    uri: str
    user: str = "neo4j"
    database: str | None = None

    def __str__(self) -> str:
        return self.uri if self.database is None else f"{self.uri} ({self.database})"


Address = Folder | Server


def default_folder() -> Path:
    """Where the local casebook stands if nobody says otherwise: the platform's user data folder."""
    return user_data_path("cmo-casebook", appauthor=False) / "casebook"


def find_address(given: str | None, environment: Mapping[str, str] = os.environ) -> Address:
    """The casebook that is meant: the given text, else CMO_CASEBOOK, else the default folder.

    For a server CMO_NEO4J_USER and CMO_NEO4J_DATABASE apply. Raises InvalidInput for an address of
    another kind, and for one that holds a password.
    """
    if given is not None and not given.strip():
        raise InvalidInput(
            "The name of the casebook is empty.",
            "Nothing was opened.",
            "Name a folder or an address, or leave the option out.",
        )
    text = given or environment.get("CMO_CASEBOOK") or ""
    if not text.strip():
        return Folder(default_folder())
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text):
        return _folder(text)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise InvalidInput(
            f"{text} is not an address of a casebook.", "Nothing was opened.", _WANTED
        ) from None
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise InvalidInput(
            f"{parts.scheme}:// is not an address of a casebook.",
            "Nothing was opened.",
            _WANTED,
        )
    if parts.password is not None:
        raise InvalidInput(
            "The address holds a password.",
            "Nothing was opened.",
            "Leave it out and set CMO_NEO4J_PASSWORD, so that it is not kept in your history.",
        )
    if parts.path.strip("/") or (parts.query and parts.scheme.startswith("bolt")):
        raise InvalidInput(
            f"{text} says more than a {parts.scheme}:// address can.",
            "Nothing was opened.",
            "End it after the port; CMO_NEO4J_DATABASE names a database.",
        )
    user = parts.username or environment.get("CMO_NEO4J_USER") or "neo4j"
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise InvalidInput(
            f"The port in {text} is not a number from 1 to 65535.",
            "Nothing was opened.",
            "Neo4j listens on 7687 unless it is told otherwise.",
        ) from None
    query = f"?{parts.query}" if parts.query else ""
    database = environment.get("CMO_NEO4J_DATABASE") or None
    return Server(f"{parts.scheme}://{host}{port}{query}", user, database)


def _folder(text: str) -> Folder:
    """The folder of that name; refuses what no folder can be called, and a mistyped address."""
    try:
        path = Path(text).expanduser().absolute()
        text.encode()
        if "\0" in text:
            raise ValueError(text)
        known = _stands(path)
    except RuntimeError:
        raise InvalidInput(
            f"{text}: this computer knows no such home folder.",
            "Nothing was opened.",
            "Write the folder's path in full.",
        ) from None
    except ValueError:
        raise InvalidInput(
            f"{text} cannot be the name of a casebook's folder: it is too long or not UTF-8.",
            "Nothing was opened.",
            "Name another folder.",
        ) from None
    if _LIKE_AN_ADDRESS.fullmatch(text) and not known:
        raise InvalidInput(
            f"{text} looks like an address, and is none.",
            "Nothing was opened.",
            f"Write bolt://HOST:PORT; if a folder is meant, write ./{text}.",
        )
    return Folder(path)


def _stands(path: Path) -> bool:
    """Whether something is there or may be; raises ValueError for a name that nothing can have."""
    try:
        return path.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise ValueError(path) from None
        return True
