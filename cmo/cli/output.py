"""Results on standard output: as a table for people, as JSON or CSV for programs."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cmo.cli.terminal import end_progress, say, visible
from cmo.errors import StorageFailed
from cmo.exchange.spreadsheet import as_csv

if TYPE_CHECKING:
    from rich.console import Console

Rows = Sequence[Mapping[str, Any]]

PLAIN_WIDTH = 100
"""Columns of output that goes to no terminal, unless COLUMNS says otherwise."""

COLUMN_WIDTH = 24
"""Columns of the terminal that a long value needs at least, to be read in a table."""

_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Format(StrEnum):
    """How results are written: for people, or for programs."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class ReaderGone(Exception):
    """Whoever read standard output has had enough (`cmo query | head`)."""


def write(text: str) -> None:
    """Text to standard output in UTF-8, whatever the system's own encoding."""
    end_progress()
    try:
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(text)
        else:
            buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise answer_lost(error) from error


def answer_lost(error: OSError) -> StorageFailed:
    """Standard output took no more: the disk of the file behind it is full, say."""
    reason = (error.strerror or type(error).__name__).lower()
    return StorageFailed(
        f"The answer could not be written to standard output: {reason}.",
        "What the command did in the casebook is kept; only its answer was lost.",
        "Make room, or send it elsewhere; `cmo history` shows what was changed.",
    )


def as_json(value: Any) -> str:
    """JSON in declared order, with characters as they are but for those a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return _TO_ESCAPE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def _write_csv(rows: Rows, columns: Sequence[str]) -> None:
    text = as_csv(rows, columns)
    write(visible(text) if sys.stdout.isatty() else text)


def cell(value: Any) -> str:
    """A value as people read it in a table; a short dash stands for what is not there."""
    if value is None or value in ("", [], ()):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {cell(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(cell(v) for v in value)
    return visible(str(value))


def columns_of(rows: Rows) -> list[str]:
    """The names that occur in the rows, in the order in which they first do."""
    return list(dict.fromkeys(name for row in rows for name in row))


def print_rows(
    rows: Iterable[Mapping[str, Any]],
    form: Format,
    *,
    columns: Sequence[str] = (),
    nothing: str = "Nothing to show.",
) -> None:
    """The rows in that format, with these columns or those that they have; an empty table says so
    on standard error."""
    held = list(rows)
    columns = columns or columns_of(held)
    if form is Format.JSON:
        write(as_json(held))
    elif form is Format.CSV:
        _write_csv(held, columns)
    elif not held:
        say(nothing)
    elif _fits(held, columns):
        print_table(held, columns)
    else:
        _print_blocks(held, columns)


def _fits(rows: Rows, columns: Sequence[str]) -> bool:
    """Whether a table of these columns would leave each of them room enough to be read."""
    longest = [max(len(c), *(len(cell(r.get(c))) for r in rows)) for c in columns]
    return sum(min(length, COLUMN_WIDTH) + 2 for length in longest) <= console().width


def _print_blocks(rows: Rows, columns: Sequence[str]) -> None:
    """Each row as a block of lines, for what is too wide for a table."""
    for number, row in enumerate(rows):
        if number:
            write("\n")
        lines = [{"": name.replace("_", " "), " ": row.get(name)} for name in columns]
        print_table(lines, ["", " "], header=False)


def print_object(value: Mapping[str, Any], form: Format) -> None:
    """One object in that format; as a table it has a line a member."""
    if form is Format.JSON:
        write(as_json(value))
    elif form is Format.CSV:
        _write_csv([value], list(value))
    else:
        rows = [{"": name.replace("_", " "), " ": held} for name, held in value.items()]
        print_table(rows, ["", " "], header=False)


def print_table(
    rows: Rows, columns: Sequence[str], *, header: bool = True, width: int | None = None
) -> None:
    """A table for a person, at most `width` columns wide; without lines and colours where no
    terminal reads it."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    table = Table(
        box=box.SIMPLE_HEAD if out.is_terminal and header else None,
        show_header=header,
        pad_edge=False,
        header_style="bold",
    )
    for name in columns:
        table.add_column(Text(visible(name.replace("_", " "))), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(row.get(name))) for name in columns))
    if out.is_terminal:
        end_progress()
        try:
            out.print(table, width=width and min(width, out.width))
        except BrokenPipeError as error:
            raise ReaderGone from error
        except OSError as error:
            raise answer_lost(error) from error
        return
    with out.capture() as held:
        out.print(table)
    write("".join(f"{line.rstrip()}\n" for line in held.get().splitlines()))


def console() -> Console:
    """Standard output as rich writes to it: markup in data is text, and nothing is cut off."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PLAIN_WIDTH
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return Console(
        file=sys.stdout, markup=False, emoji=False, highlight=False, width=width, soft_wrap=False
    )
