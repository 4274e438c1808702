"""Whether a casebook keeps its rules, and whether this computer can work with it."""

from __future__ import annotations

import dataclasses
import getpass
import os
from typing import Annotated

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, write
from cmo.cli.terminal import progress, say


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "check", check)
    add(app, "doctor", doctor)


def check(
    call: Call,
    mend: Annotated[
        bool, typer.Option("--mend", help="First set the marks of counted codings anew.")
    ] = False,
) -> None:
    """Check that the casebook keeps the rules of the graph model; ends with 1 if it does not.

    \b
    Example: cmo check
    """
    from cmo.services import checking, counting

    with call.open() as book:
        if mend:
            wrong = book.graph.write(lambda tx: counting.mend(tx, None))
            say(f"{wrong} marks were wrong and are right now.")
        faults = checking.check(book.graph, book.actor, progress=progress)
    if not faults and call.as_format is Format.TABLE:
        write("No fault was found.\n")
        return
    call.print_rows([dataclasses.asdict(fault) for fault in faults])
    if faults:
        say(f"{len(faults)} faults. Nothing was changed. Each says what to do.")
        raise typer.Exit(1)


def doctor(call: Call) -> None:
    """Say where the casebook stands, what serves it, who you are in it, and what is wrong; ends
    with 1 if something is.

    \b
    Example: cmo doctor
    """
    from cmo.services.health import health

    found = health(call.address(), user=call.as_user or _login())
    told = {
        "place": found.place,
        "engine": found.engine,
        "engine_version": found.engine_version,
        "answers": found.answers,
        "schema": found.schema,
        "schema_here": found.schema_here,
        "records": found.counts,
        "users": list(found.users),
        "user": found.actor,
        "roles": [{"role": role, "place": place} for role, place in found.roles],
        "free_bytes": found.free_bytes,
        "well": found.well,
        "problems": [dataclasses.asdict(problem) for problem in found.problems],
    }
    if call.as_format is Format.TABLE:
        told["roles"] = [f"{role.replace('_', ' ')} in {place}" for role, place in found.roles]
        told["problems"] = [f"{p.wrong} {p.next_step}" for p in found.problems]
        if found.answers is None:
            there = found.local_engine is not None
            told["answers"] = (
                "not running; the next command starts it" if there else "nothing there"
            )
    call.print_object(told)
    if not found.well:
        raise typer.Exit(1)


def _login() -> str | None:
    if os.environ.get("CMO_USER"):
        return os.environ["CMO_USER"]
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
