"""The framework matrix: shown, and taken along as a spreadsheet or a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, write
from cmo.cli.terminal import say, visible

if TYPE_CHECKING:
    from cmo.exchange.matrix_table import Table


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "matrix", matrix)


def matrix(
    call: Call,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="It ends in .xlsx, .docx or .csv; none: show the matrix."
        ),
    ] = None,
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="theme|factor|role",
            help="Themes by projects, factors by projects, or informants' roles by theories.",
        ),
    ] = "theme",
    rows: Annotated[
        list[str] | None,
        typer.Option("--row", metavar="REF", help="Only this row, by code or name; repeat it."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column", metavar="REF", help="Only this column, by code or name; repeat it."
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Show the framework matrix, or write it to a file: themes by projects, say.

    Each cell holds the sentence that sums it up and the passages behind it, those against first.
    One in which nothing was said is silent, which is not a no; it tells whether a source asked.

    \b
    Example: cmo matrix matrix.docx --programme Practice
    Example: cmo matrix --of role --programme Practice --format json
    """
    from cmo.services.framework_axes import axes, of_kind
    from cmo.services.framework_files import table_of, write_matrix

    with call.open() as book:
        programme = book.home()
        wanted = axes(book.graph, book.actor, programme["id"], of_kind(of))
        wanted = wanted.narrowed(rows or (), columns or ())
        if file is None:
            table = table_of(book.graph, book.actor, programme, wanted)
            _print(call, of, table, wanted.left_out)
            return
        done = write_matrix(book.graph, book.actor, programme, wanted, file, overwrite=overwrite)
    call.print_done(
        f"Wrote {done.rows:,} rows and {done.columns:,} columns to {done.path} "
        f"({done.size:,} bytes).",
        {
            "done": "written",
            "file": str(done.path),
            "of": of,
            "rows": done.rows,
            "columns": done.columns,
            "bytes": done.size,
        },
    )


def _print(call: Call, of: str, table: Table, left_out: str) -> None:
    from cmo.services.framework_files import COLUMNS, NEEDED, lines, lines_to_take_along

    told = lines(table)
    if call.as_format is Format.JSON:
        head = {"programme": table.programme, "synthetic": table.synthetic, "of": of}
        call.print_object(
            {
                **head,
                "rows": list(table.rows),
                "rows_left_out": table.rows_left_out,
                "columns": list(table.columns),
                "cells": told,
            }
        )
    elif call.as_format is Format.CSV:
        call.print_rows(lines_to_take_along(table), columns=COLUMNS)
    else:
        fiction = " (fictional)" if table.synthetic else ""
        write(f"{visible(table.heading)}{fiction}\n\n")
        spoken = [line for line in told if not line["silence"]]
        call.print_rows(
            [{k: v for k, v in line.items() if v not in (None, [], 0)} for line in spoken],
            nothing=f"{table.missing} {NEEDED}" if table.missing else "Every cell is silent.",
        )
        if silent := len(told) - len(spoken):
            say(f"{silent} cells are silent: nothing was said there, which is not a no.")
        if left_out:
            say(f"{left_out} --row names one.")
