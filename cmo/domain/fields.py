"""How a record's fields are declared: properties with bounds, and references to other records.

A record class is a frozen dataclass whose fields are made with the functions below. The
declaration is the one place that says what a field may hold; validation, the graph mapping, the
command line, the documentation and the hostile-text tests all read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

SHORT = 200
"""Most code points in a name, label or title."""
LINE = 500
"""Most code points in a locator, a reason or another single line."""
PASSAGE = 4_000
"""Most code points in a statement, sentence, paraphrase or memo."""
QUOTE = 50_000
"""Most code points in a quoted passage."""
DOCUMENT = 20_000_000
"""Most code points in the text of one source."""

PropertyKind = Literal["text", "texts", "choice", "flag", "number", "numbers", "date", "moment"]


@dataclass(frozen=True)
class Property:
    """A value kept on the node itself.

    `bound` is the most code points of a text (of each text in a list), `lowest` and `highest` the
    inclusive range of a number. `date` is an ISO 8601 day, month or year; `moment` is a UTC
    date-time in ISO 8601 text. `fixed` values cannot be edited once recorded.
    """

    kind: PropertyKind
    required: bool = False
    bound: int = SHORT
    choices: type[StrEnum] | None = None
    lowest: int | None = None
    highest: int | None = None
    fixed: bool = False
    long: bool = False


@dataclass(frozen=True)
class Reference:
    """One or many relationships to other records.

    `type` is the relationship's name, `targets` the kinds of record it may reach. `incoming`
    means that the relationship is read from the other record to this one. With `ordered`, the
    order of the values is kept as `position` (0, 1, ...). `carries` declares further properties
    of the relationship; such a field holds `Tie` values instead of ids.
    """

    type: str
    targets: tuple[str, ...]
    many: bool = False
    required: bool = False
    incoming: bool = False
    ordered: bool = False
    carries: tuple[tuple[str, Property], ...] = ()
    fixed: bool = False


@dataclass(frozen=True)
class Labels:
    """A field that is kept as labels of the node (a factor's roles)."""

    choices: type[StrEnum]


@dataclass(frozen=True)
class Tie:
    """A reference that carries something: `to` is the other record's id."""

    to: str
    carries: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str) -> Any:
        """What the tie carries under that name, or None."""
        return dict(self.carries).get(name)


Spec = Property | Reference | Labels


def _declare(spec: Spec, default: Any) -> Any:
    metadata = {"spec": spec}
    if isinstance(spec, Labels) or spec.required:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def text(
    bound: int = SHORT, *, required: bool = False, fixed: bool = False, long: bool = False
) -> Any:
    """A text of at most `bound` code points; `long` ones are written in a box, not on a line."""
    spec = Property("text", bound=bound, required=required, fixed=fixed, long=long)
    return _declare(spec, None)


def texts(bound: int = SHORT) -> Any:
    """A list of texts, each of at most `bound` code points, in order."""
    return _declare(Property("texts", bound=bound), ())


def choice(
    choices: type[StrEnum], *, required: bool = False, default: StrEnum | None = None
) -> Any:
    """One word of a vocabulary."""
    return _declare(Property("choice", choices=choices, required=required), default)


def flag(*, default: bool | None = None) -> Any:
    """Yes, no, or not stated (None)."""
    return _declare(Property("flag"), default)


def number(lowest: int, highest: int, *, fixed: bool = False) -> Any:
    """A whole number from `lowest` to `highest`, both included."""
    return _declare(Property("number", lowest=lowest, highest=highest, fixed=fixed), None)


def numbers() -> Any:
    """A list of whole numbers from 0, in order; fixed."""
    return _declare(Property("numbers", lowest=0, fixed=True), ())


def date() -> Any:
    """A day, month or year as the source gives it: YYYY, YYYY-MM or YYYY-MM-DD."""
    return _declare(Property("date", bound=10), None)


def moment() -> Any:
    """A UTC date-time."""
    return _declare(Property("moment", bound=40), None)


def one(
    relationship: str,
    *targets: str,
    required: bool = False,
    incoming: bool = False,
    fixed: bool = False,
) -> Any:
    """A reference to one record."""
    spec = Reference(relationship, targets, required=required, incoming=incoming, fixed=fixed)
    return _declare(spec, None)


def many(
    relationship: str,
    *targets: str,
    ordered: bool = False,
    carries: tuple[tuple[str, Property], ...] = (),
) -> Any:
    """References to any number of records."""
    return _declare(
        Reference(relationship, targets, many=True, ordered=ordered, carries=carries), ()
    )


def labels(choices: type[StrEnum]) -> Any:
    """One or more words kept as labels of the node."""
    return _declare(Labels(choices), ())
