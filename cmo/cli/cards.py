"""Cards to take into an interview."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, print_table, write
from cmo.cli.terminal import say, visible


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
    from cmo.services.interview_cards import COLUMNS, IN_WORDS, interview_cards
    from cmo.services.printed_cards import as_page

    with call.open() as book:
        programme = book.home()
        place = book.find(project, "Project")["id"] if project else None
        found = interview_cards(
            book.graph, book.actor, programme["id"], role, project_id=place, heard=heard
        )
    if output is not None:
        path = _store(output, as_page(found), overwrite=overwrite)
        many = len(found.cards)
        told = {"file": str(path), "cards": many, "role": found.role.name}
        call.print_done(f"Wrote {many} card{'' if many == 1 else 's'} to {path}.", told)
        return
    if call.as_format is not Format.TABLE:
        call.print_rows(found.rows(), columns=COLUMNS)
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
    elif found.looked_at:
        say("No card: nothing is contested or unheard from this group.")
    else:
        say(
            "No card: no theory and no configuration is recorded yet. `cmo record theory` and "
            "`cmo record configuration` record one."
        )
    if found.left:
        say(f"{found.left} heard from this group are left out; --heard adds them.")


def _store(output: Path, page: str, *, overwrite: bool) -> Path:
    from cmo.exchange.whole_file import whole_file

    target = output.expanduser().absolute()
    with whole_file(target, "cmo cards", overwrite=overwrite) as file:
        file.write(page.encode())
    return target
