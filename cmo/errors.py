"""The errors of CMO Casebook.

CmoError
├── Refused             the request was understood and not carried out; nothing was changed
│   ├── InvalidInput    a value breaks a bound, a vocabulary or a rule of the graph model
│   ├── NotFound        no record answers to that id, code or name (candidates are named)
│   ├── NotAllowed      the actor's role does not include it
│   ├── EditConflict    the record changed since it was read; carries both versions
│   └── AlreadyThere    what was to be made exists already
├── CasebookUnusable    the casebook cannot be opened as it is
│   ├── EngineFailed    the local engine did not start or stopped answering
│   ├── ServerUnreachable  no Neo4j answers at the address
│   ├── SignInFailed    Neo4j refused the user name or password
│   └── SchemaMismatch  a migration was edited, is missing, or comes from a newer version
├── StorageFailed       the disk is full, read-only, or refused a write
└── QueryFileBroken     a file under cypher/ has a wrong header or is missing (a fault of ours)

Each error says what was wrong, what was not done and what to do next, as one line each;
`str(error)` joins the three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "AlreadyThere",
    "CasebookUnusable",
    "CmoError",
    "EditConflict",
    "EngineFailed",
    "InvalidInput",
    "NotAllowed",
    "NotFound",
    "QueryFileBroken",
    "Refused",
    "SchemaMismatch",
    "ServerUnreachable",
    "SignInFailed",
    "StorageFailed",
]


@dataclass(eq=False)
class CmoError(Exception):
    """Any failure that a person can be told about in three short sentences."""

    wrong: str
    not_done: str = "Nothing was changed."
    next_step: str = ""
    change: str | None = field(default=None, kw_only=True)
    """The id of a change that was being stored when the engine or its disk failed: look for it in
    the books before making it again."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.wrong, self.not_done, self.next_step) if part)


@dataclass(eq=False)
class Refused(CmoError):
    """The request was understood and not carried out."""


@dataclass(eq=False)
class InvalidInput(Refused):
    """A value breaks a bound, a vocabulary or a rule; `field_name` says which field, if one."""

    field_name: str | None = None


@dataclass(eq=False)
class NotFound(Refused):
    """No single record answers to the reference; `candidates` holds (code or id, name) pairs."""

    candidates: tuple[tuple[str, str], ...] = ()


@dataclass(eq=False)
class NotAllowed(Refused):
    """The actor's role does not include what was asked."""


@dataclass(eq=False)
class EditConflict(Refused):
    """The record changed since it was read; nothing was overwritten.

    `asked` maps the fields of the refused edit to the values that were wanted, `read` to what they
    were at the revision that the edit was based on, `current` to what they are now. `changed_by`,
    `changed_at` (ISO 8601, UTC) and `changed_fields` say what happened in between.
    """

    asked: Mapping[str, Any] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)
    current: Mapping[str, Any] = field(default_factory=dict)
    changed_by: str = ""
    changed_at: str = ""
    changed_fields: tuple[str, ...] = ()


@dataclass(eq=False)
class AlreadyThere(Refused):
    """What was to be made exists already."""


@dataclass(eq=False)
class CasebookUnusable(CmoError):
    """The casebook cannot be opened as it is."""


@dataclass(eq=False)
class EngineFailed(CasebookUnusable):
    """The local engine did not start, or stopped answering."""


@dataclass(eq=False)
class ServerUnreachable(CasebookUnusable):
    """No Neo4j answers at the address."""


@dataclass(eq=False)
class SignInFailed(CasebookUnusable):
    """Neo4j refused the user name or the password."""


@dataclass(eq=False)
class SchemaMismatch(CasebookUnusable):
    """A migration was edited, is missing, or comes from a newer version."""


@dataclass(eq=False)
class StorageFailed(CmoError):
    """The disk is full, read-only, or refused a write."""


@dataclass(eq=False)
class QueryFileBroken(CmoError):
    """A file under cypher/ is missing, or its header and its statement disagree."""
