"""Rows as CSV for spreadsheets: safe to open, not exact (docs/decisions/0014)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

PORTION = 500
"""How many lines are handed on at a time."""


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """CSV after RFC 4180 with a header; nothing stands for what is not there."""
    return "".join(csv_portions((as_cells(map(row.get, columns)) for row in rows), columns))


def csv_portions(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> Iterator[str]:
    """The same in portions of some hundred lines, as the rows come: each made by `as_cells`."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(columns)
    left = iter(rows)
    while portion := list(islice(left, PORTION)):
        writer.writerows(portion)
        yield held.getvalue()
        held.seek(0)
        held.truncate()
    yield held.getvalue()


def as_cells(values: Iterable[Any]) -> list[Any]:
    """Values as cells of a line, of which a spreadsheet runs none."""
    return [
        v if (v[:1] not in _MAY_RUN if type(v) is str else type(v) in _AS_IT_IS) else _cell(v)
        for v in values
    ]


def plain(value: Any) -> Any:
    """A value as one cell of text: lists joined, other structures as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)) and all(isinstance(v, (str, int, float)) for v in value):
        return "; ".join(str(v) for v in value)
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


_RUN = "=+@＝＋－＠-"  # the wide ones run in East Asian editions
"""A spreadsheet runs a cell that begins with one of these as a formula: a passage or a label could
then read files or call out. An apostrophe makes it text again. Numbers are left alone; whoever
needs the exact characters takes JSON."""
_UNSEEN = "".join(
    chr(code)
    for first, last in (
        *((0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x200B, 0x200F), (0x2028, 0x202F)),
        *((0x2060, 0x2069), (0xFEFF, 0xFEFF)),
    )
    for code in range(first, last + 1)
)
"""What nobody sees, and some programs leave out when they read a file: blanks, controls, marks."""
_RUNS = re.compile(f"[\t\r\n]|[{re.escape(_UNSEEN)}]*[{_RUN}]")
_MAY_RUN = frozenset(_RUN + _UNSEEN)
"""With these begins whatever runs."""
_AS_IT_IS = frozenset({int, float, type(None)})


def _cell(value: Any) -> Any:
    text = plain(value)
    return "'" + text if isinstance(text, str) and _RUNS.match(text) else text
