"""People who work on a casebook and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cmo.domain import fields as f
from cmo.domain.record import Record
from cmo.domain.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class User(Record):
    """Somebody who works on the casebook; `subject` is what they sign in with."""

    node_label: ClassVar[str] = "User"
    name_field: ClassVar[str] = "display_name"

    subject: str = f.text(required=True, fixed=True)
    display_name: str = f.text(required=True)
    synthetic: bool = f.flag(default=False)
    roles: tuple[f.Tie, ...] = f.many(
        "HAS_ROLE",
        "Programme",
        "Project",
        carries=(("role", f.Property("choice", choices=Role, required=True)),),
    )
