"""Cards to take into an interview."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, print_table, write
from cmo.cli.terminal import say, visible
from cmo.errors import AlreadyThere, StorageFailed


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "cards", cards)


def cards(
    call: Call,
    role: Annotated[
        str,
        typer.Option("--role", metavar="GROUP", help="The role group that will be interviewed."),
    ],
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            metavar="PROJECT",
            help="Only what the group said of this project is theirs. By code, name or id.",
        ),
    ] = None,
    heard: Annotated[
        bool, typer.Option("--heard", help="Also what the group was heard on, uncontested.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Write the cards as an HTML file to print instead."
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Make cards for interviews: what is contested, or unheard from a role group, and what to ask.

    Contested is what has voices for and against; unheard, what nobody of the group speaks of in a
    counted coding. Nobody's words are on a card.

    \b
    Example: cmo cards --programme Practice --role "link worker"
    Example: cmo cards --programme Practice --role resident --output cards.html
    """
    from cmo.services.interview_cards import IN_WORDS, interview_cards
    from cmo.services.printed_cards import as_page

    with call.open() as book:
        programme = book.home()
        place = book.find(project, "Project")["id"] if project else None
        found = interview_cards(
            book.graph, book.actor, programme["id"], role, project_id=place, heard=heard
        )
    if output is not None:
        _store(output.expanduser(), as_page(found), overwrite=overwrite)
        many = len(found.cards)
        told = {"file": str(output), "cards": many, "role": found.role.name}
        call.print_done(f"Wrote {many} card{'' if many == 1 else 's'} to {output}.", told)
        return
    if call.as_format is not Format.TABLE:
        call.print_rows(found.rows())
        return
    where = ", ".join(filter(None, (found.programme, found.project)))
    fiction = " (fictional)" if found.synthetic and "fictional" not in where else ""
    write(visible(f"{where}{fiction}: interview cards for {found.role.name}\n\n"))
    if found.cards:
        lines = [
            {"code": c.code, "standing": IN_WORDS[c.standing], "theory": c.says, "why": c.why}
            for c in found.cards
        ]
        print_table(lines, ["code", "standing", "theory", "why"])
    else:
        say("No card: nothing is contested or unheard from this group.")
    if found.left:
        say(f"{found.left} heard from this group are left out; --heard adds them.")


def _store(output: Path, page: str, *, overwrite: bool) -> None:
    try:
        with output.open("w" if overwrite else "x", encoding="utf-8", newline="\n") as file:
            file.write(page)
    except FileExistsError as error:
        raise AlreadyThere(
            f"{output} is there already.",
            "No card was written.",
            "Name another file, or let it be replaced with --overwrite.",
        ) from error
    except OSError as error:
        raise StorageFailed(
            f"{output} cannot be written: {(error.strerror or 'unknown').lower()}.",
            "No card was written.",
            "Name a file in a folder that is there and that you may write to.",
        ) from error
