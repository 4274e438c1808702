"""The books: what was changed, taking it back, backup and restore."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format
from cmo.cli.terminal import progress, say

if TYPE_CHECKING:
    from cmo.services.history import Entry

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="Compressed if it ends in .gz.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "history", history)
    add(app, "undo", undo)
    add(app, "backup", backup)
    add(app, "restore", restore)


def history(
    call: Call,
    reference: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="One record; none: the whole casebook.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many changes.")] = 50,
    before: Annotated[
        str | None, typer.Option("--before", metavar="CHANGE", help="Only what is older than it.")
    ] = None,
) -> None:
    """Show what was changed, by whom, when and why, the newest first.

    \b
    Example: cmo history Harbour
    Example: cmo history --limit 10 --format csv
    """
    from cmo.services.history import history as told

    with call.open() as book:
        record = book.find(reference, retired=True)["id"] if reference else None
        entries = told(book.graph, book.actor, record, limit=limit, before=before)
    if call.as_format is Format.JSON:
        call.print_rows([dataclasses.asdict(entry) for entry in entries])
        return
    call.print_rows([_line(entry) for entry in entries], nothing="Nothing was changed yet.")
    if len(entries) == limit:
        say(f"These are the newest {limit}; older ones: --before {entries[-1].change}")


def _records(entry: Entry) -> str:
    """What a change touched: its first record by kind, code and name, and how many more."""
    first, *more = entry.touched
    called = " ".join(part for part in (first.code, first.name) if part) or first.id
    kind = "Link" if first.kind == "CmoLink" else first.kind
    detail = f" ({first.detail})" if first.detail else ""
    return f"{kind} {called}{detail}" + (f" and {len(more)} more" if more else "")


def _line(entry: Entry) -> dict[str, Any]:
    first = entry.touched[0]
    fields = sorted({name for part in entry.touched for name in part.fields})
    return {
        "at": entry.at,
        "who": entry.who,
        "action": entry.action + (" (taken back)" if entry.undone else ""),
        "records": _records(entry),
        "fields": fields if first.before is not None else [],
        "why": entry.why,
        "change": entry.change,
    }


def undo(
    call: Call,
    change: Annotated[
        str | None,
        typer.Argument(metavar="[CHANGE]", help="The id of a change; none: your latest."),
    ] = None,
) -> None:
    """Take back a change of your own: new records are retired, edited fields get back what they
    held.

    \b
    Example: cmo undo
    """
    from cmo.services.history import history as told
    from cmo.services.undoing import undo as take_back

    with call.open() as book:
        done = take_back(book.graph, book.actor, change)
        entries = told(book.graph, book.actor, done.id, limit=10)
    records = [{"code": code, "id": id} for id, code in zip(done.ids, done.codes, strict=True)]
    undone = next(
        (mine.undoes for mine in entries if mine.change == done.change),
        None,
    )
    what = next((f"{e.action} {_records(e)}" for e in entries if e.change == undone), done.id)
    call.print_done(
        f"Taken back: {what}.", {"done": "undone", "change": done.change, "records": records}
    )


def backup(
    call: Call,
    file: FileArgument,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Write the whole casebook to a file: everything, with its history; the same on either engine.

    \b
    Example: cmo backup casebook.cmo
    """
    from cmo.services.backup import backup as save

    with call.open() as book:
        saved = save(book.graph, book.actor, file, overwrite=overwrite, progress=progress)
    call.print_done(
        f"Wrote {saved.records:,} records and {saved.changes:,} changes to {saved.path} "
        f"({saved.size:,} bytes). It holds everything that people said: keep it safe.",
        {
            "done": "backed up",
            "file": str(saved.path),
            "records": saved.records,
            "changes": saved.changes,
            "relationships": saved.ties,
            "bytes": saved.size,
        },
    )


def restore(call: Call, file: FileArgument) -> None:
    """Restore a backup into an empty casebook, on either engine: all of it, or nothing.

    \b
    Example: cmo restore casebook.cmo --casebook restored
    """
    from cmo.services.casebook import open_casebook
    from cmo.services.examining import examine
    from cmo.services.restoring import restore as take_in

    # A casebook is made only for a file that can be restored.
    examine(file.expanduser().absolute())
    # Nobody acts in it before it is restored: whoever did would become its first user.
    with open_casebook(call.address(), progress=progress) as casebook:
        done = take_in(casebook.graph, file, progress=progress)
        place = str(casebook.place)
    call.print_done(
        f"Restored {done.records:,} records and {done.changes:,} changes into {place}.",
        {
            "done": "restored",
            "casebook": place,
            "records": done.records,
            "changes": done.changes,
            "relationships": done.ties,
        },
    )
