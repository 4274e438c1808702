"""What the driver's exceptions mean to a person, and which of them are worth another try."""

from __future__ import annotations

from typing import Literal

from cmo.errors import (
    CmoError,
    EngineFailed,
    ServerUnreachable,
    SignInFailed,
    StorageFailed,
)
from cmo.graph import local
from cmo.graph.address import Address, Folder
from cmo.graph.driver import exceptions

GONE = (exceptions.ServiceUnavailable, exceptions.SessionExpired, ConnectionError, TimeoutError)
"""What is raised when the other end is not there, or went away in the middle."""


Doing = Literal["open", "read", "write", "commit"]
"""What was going on when it failed; `commit`: the engine was told to store, and never answered."""

NOT_DONE: dict[Doing, str] = {
    "open": "Nothing was opened.",
    "read": "Nothing was read, and nothing was changed.",
    "write": "The last change was not made; everything before it is kept.",
    "commit": "The last change may or may not have been stored; everything before it is kept.",
}


def explain(error: Exception, place: Address, doing: Doing) -> CmoError:
    """The error of ours that tells a person what an exception of the driver means here."""
    not_done = NOT_DONE[doing]
    if isinstance(error, exceptions.AuthError):
        return SignInFailed(
            f"{place} refused the user name or the password.",
            not_done,
            "Set CMO_NEO4J_PASSWORD (and CMO_NEO4J_USER, if it is not neo4j) and try again.",
        )
    if isinstance(error, (*GONE, exceptions.ConfigurationError)):
        return _unreachable(place, doing)
    if isinstance(place, Folder):
        return _engine_failed(error, place, not_done)
    if isinstance(error, exceptions.TransientError):
        return ServerUnreachable(
            f"{place} is too busy: {error.message}", not_done, "Try again in a moment."
        )
    if isinstance(error, exceptions.ClientError) and "DatabaseNotFound" in (error.code or ""):
        return ServerUnreachable(
            f"{place}: that database does not exist.",
            not_done,
            "Check CMO_NEO4J_DATABASE; leave it out for the server's default database.",
        )
    if isinstance(error, exceptions.Neo4jError) and "orbidden" in (error.code or ""):
        return SignInFailed(
            f"{place} does not let this user do that: {error.message}",
            not_done,
            "Use a Neo4j user that may read, write and make constraints.",
        )
    if isinstance(error, exceptions.Neo4jError) and "DatabaseError.Transaction" in (
        error.code or ""
    ):
        return StorageFailed(
            f"{place} cannot store anything ({error.code}).",
            NOT_DONE["commit"] if "TransactionLog" in (error.code or "") else not_done,
            "Its disk may be full or read-only: make room there, start the server again, and look "
            "what is there.",
        )
    text = error.message if isinstance(error, exceptions.Neo4jError) else str(error)
    return StorageFailed(f"{place} refused: {text}", not_done, "The server's log says more.")


def _unreachable(place: Address, doing: Doing) -> CmoError:
    look = "Look whether the change is there before you make it again. "
    first = look if doing == "commit" else ""
    if isinstance(place, Folder):
        return EngineFailed(
            "The local engine stopped answering.",
            NOT_DONE[doing],
            f"{first}Try again: the engine is started anew. `cmo doctor` says more.",
        )
    return ServerUnreachable(
        f"No Neo4j answers at {place}.",
        NOT_DONE[doing],
        f"{first}Check that the server runs, that the address is right and that the network is up.",
    )


def _engine_failed(error: Exception, place: Folder, not_done: str) -> CmoError:
    fault = local.find_fault(place.path)
    if fault is not None:
        return fault
    log = place.path / "logs" / "engine.log"
    kind = error.code if isinstance(error, exceptions.Neo4jError) else type(error).__name__
    return EngineFailed(
        f"The local engine refused a statement ({kind}).",
        not_done,
        f"Its log says why: {log}. If that happens again, the casebook's files may be damaged: "
        "restore a backup into a new one (`cmo restore FILE --casebook FOLDER`).",
    )


EXPLAINED = (exceptions.DriverError, exceptions.Neo4jError, OSError)
"""The exceptions that `explain` is for."""
