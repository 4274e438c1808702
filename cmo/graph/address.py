"""Which casebook is meant: a folder for the local engine, or the address of a Neo4j server."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from cmo.errors import InvalidInput

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
    text = given or environment.get("CMO_CASEBOOK") or ""
    if not text:
        return Folder(default_folder())
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text):
        return Folder(Path(text).expanduser().absolute())
    parts = urlsplit(text)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise InvalidInput(
            f"{parts.scheme}:// is not an address of a casebook.",
            "Nothing was opened.",
            "Give a folder, or an address that begins with bolt://, neo4j:// or neo4j+s://.",
        )
    if parts.password is not None:
        raise InvalidInput(
            "The address holds a password.",
            "Nothing was opened.",
            "Leave it out and set CMO_NEO4J_PASSWORD, so that it is not kept in your history.",
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
