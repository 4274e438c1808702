"""Checking a record's fields against their declaration, before anything is written."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from cmo.domain.fields import LINE, Labels, Property, Reference, Spec, Tie
from cmo.domain.record import Record, specs
from cmo.errors import InvalidInput

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_SURROGATE = re.compile("[\ud800-\udfff]")


def refuse(kind: str, name: str, what: str, next_step: str) -> InvalidInput:
    """The refusal of one field of one kind of record."""
    return InvalidInput(
        f"{kind}: {name} {what}.", "Nothing was recorded.", next_step, field_name=name
    )


def check_fields(kind: type[Record], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they will be stored; raises InvalidInput for the first that breaks its rule.

    Surrounding white space of texts is taken off (not of a source's text, a quote, or what stands
    around it); an empty text that is not required becomes None, and None what the field holds
    when nobody says anything.
    """
    unsaid = {
        f.name: None if f.default is dataclasses.MISSING else f.default
        for f in dataclasses.fields(kind)
    }
    declared = specs(kind)
    label = kind.node_label
    for name in fields:
        if name not in declared:
            raise refuse(label, name, "is not a field", f"Its fields are {', '.join(declared)}.")
    given = {name: unsaid[name] if value is None else value for name, value in fields.items()}
    return {name: _check(label, name, declared[name], value) for name, value in given.items()}


def check_reason(why: str | None) -> str | None:
    """The reason of a change as it will be stored, None for an empty one; raises InvalidInput."""
    stripped = (why or "").strip()
    return _text("Change", "why", LINE, stripped) if stripped else None


def _check(kind: str, name: str, spec: Spec, value: Any) -> Any:
    if isinstance(spec, Property):
        return _property(kind, name, spec, value)
    if isinstance(spec, Labels):
        if not value:
            raise refuse(kind, name, "is empty", f"Give one or more of {_words(spec.choices)}.")
        return tuple(dict.fromkeys(_word(kind, name, spec.choices, v) for v in value))
    return _reference(kind, name, spec, value)


def _property(kind: str, name: str, spec: Property, value: Any) -> Any:
    if isinstance(value, str) and spec.kind == "text" and not verbatim(name):
        value = value.strip()
    if value is None or value == "":
        if spec.required:
            raise refuse(kind, name, "is empty", "Give it and try again.")
        return () if spec.kind in ("texts", "numbers") else None
    match spec.kind:
        case "text":
            return _text(kind, name, spec.bound, value)
        case "texts":
            return tuple(_text(kind, name, spec.bound, v) for v in value)
        case "choice":
            assert spec.choices is not None
            return _word(kind, name, spec.choices, value)
        case "flag":
            return _flag(kind, name, value)
        case "number":
            return _number(kind, name, spec, value)
        case "numbers":
            return tuple(_number(kind, name, spec, v) for v in value)
        case "date":
            return _matching(kind, name, _DATE, value, "YYYY, YYYY-MM or YYYY-MM-DD")
        case "moment":
            return _matching(
                kind, name, _MOMENT, value, "a UTC time such as 2026-01-31T09:30:00.000000Z"
            )


def _flag(kind: str, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise refuse(kind, name, "is neither true nor false", "Give true, false or nothing.")
    return value


def verbatim(name: str) -> bool:
    """Whether a text field keeps its white space: it holds somebody's words."""
    return name in ("text", "quote", "prefix", "suffix")


def _text(kind: str, name: str, bound: int, value: Any) -> str:
    if not isinstance(value, str):
        raise refuse(kind, name, "is not a text", "Write it as text.")
    if len(value) > bound:
        raise refuse(kind, name, f"has {len(value):,} characters", f"It may have {bound:,}.")
    if _SURROGATE.search(value):
        raise refuse(
            kind, name, "holds half a character (a lone surrogate)", "Type or paste it again."
        )
    return value


def _word(kind: str, name: str, choices: Any, value: Any) -> str:
    try:
        return str(choices(value))
    except ValueError:
        shown = str(value)[:80]
        raise refuse(
            kind, name, f"cannot be {shown!r}", f"Choose one of {_words(choices)}."
        ) from None


def _words(choices: Any) -> str:
    return ", ".join(choices)


def _number(kind: str, name: str, spec: Property, value: Any) -> int:
    lowest = spec.lowest or 0
    highest = 2**53 if spec.highest is None else spec.highest
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise refuse(
            kind,
            name,
            f"is not a whole number from {lowest} to {highest}",
            "Write it in digits.",
        )
    return value


def _matching(kind: str, name: str, pattern: re.Pattern[str], value: Any, form: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise refuse(kind, name, "is not a time that can be read", f"Write {form}.")
    return value


def _reference(kind: str, name: str, spec: Reference, value: Any) -> Any:
    if not spec.many:
        if value is None and spec.required:
            raise refuse(kind, name, "is missing", f"Name a {' or '.join(spec.targets)}.")
        if value is not None and not isinstance(value, str):
            raise refuse(kind, name, "is not the id of a record", "Give its id as text.")
        return value
    ties = []
    for item in value or ():
        tie = item if isinstance(item, Tie) else Tie(item)
        if not isinstance(tie.to, str):
            raise refuse(
                kind, name, "holds something that is not the id of a record", "Give ids as text."
            )
        allowed = dict(spec.carries)
        carries = tuple(
            (key, _property(kind, f"{name}.{key}", allowed[key], held))
            for key, held in tie.carries
            if key in allowed and held is not None
        )
        ties.append(Tie(tie.to, carries) if spec.carries else tie.to)
    if len({_once(tie) for tie in ties}) != len(ties):
        raise refuse(kind, name, "names the same record twice", "Name each once.")
    return tuple(ties)


def _once(tie: Tie | str) -> object:
    """What may stand only once in a list of references; a merge may be undone and made again."""
    return tie if isinstance(tie, str) else (tie.to, tie.get("role"), tie.get("undone_at"))
