"""People: users and their roles, the withdrawal of informants."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format
from cmo.cli.terminal import say
from cmo.domain.evidence import Informant
from cmo.domain.people import User
from cmo.domain.vocabulary import Role

UserArgument = Annotated[
    str, typer.Argument(metavar="USER", help="What they sign in with, their name, or their id.")
]
RoleArgument = Annotated[
    Role,
    typer.Argument(
        metavar="ROLE", case_sensitive=False, help="docs/roles.md says who may do what."
    ),
]
PlaceArgument = Annotated[
    str, typer.Argument(metavar="PLACE", help="A programme or project, by name, code or id.")
]
ReasonOption = Annotated[str | None, typer.Option("--why", help="The reason.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "withdraw", withdraw)
    users = typer.Typer(help="Add users, list them, give and take their roles.")
    add(users, "add", add_user)
    add(users, "list", list_users)
    add(users, "give", give)
    add(users, "take", take)
    short = "Add users, list them, give and take their roles."
    app.add_typer(users, name="user", no_args_is_help=True, short_help=short)


def withdraw(
    call: Call,
    informant: Annotated[str, typer.Argument(metavar="INFORMANT", help="By pseudonym or id.")],
    why: Annotated[
        str | None, typer.Option("--why", help="The reason; do not name the person.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only say what would stop counting.")
    ] = False,
) -> None:
    """Mark an informant as withdrawn: nothing that they said counts or is shown any more.

    \b
    Example: cmo withdraw Wren --preview
    Example: cmo withdraw Wren --why "consent withdrawn by letter"
    """
    from cmo.services import withdrawal

    if not preview and not (why or "").strip():
        raise typer.BadParameter("Say --why, or look first with --preview.")
    with call.open() as book:
        who = book.find(informant, "Informant")["id"]
        stops = withdrawal.preview_withdrawal(book.graph, book.actor, who)
        if preview:
            call.print_done(_would_stop("would stop", stops), dataclasses.asdict(stops))
            return
        done = withdrawal.withdraw(book.graph, book.actor, who, why)
    say(_would_stop("stopped", stops))
    call.tell("Withdrew", done, Informant)


def _would_stop(verb: str, stops: Any) -> str:
    number = len(stops.codings) + stops.elsewhere
    named = ", ".join(f"{a.code or a.name} ({a.left} of {a.counted} left)" for a in stops.affected)
    return (
        f"{number} {'coding' if number == 1 else 'codings'} of {stops.informant} {verb} counting"
        + (f" in {', '.join(stops.projects)}" if stops.projects else "")
        + (f". Counted codings of {named}." if named else ".")
    )


def add_user(
    call: Call,
    subject: Annotated[str, typer.Argument(metavar="USER", help="What they sign in with.")],
    name: Annotated[str | None, typer.Option("--name", help="How they are shown.")] = None,
    why: ReasonOption = None,
) -> None:
    """Add somebody who works on the casebook; a role says what they may do.

    \b
    Example: cmo user add bea --name "Bea Moss"
    """
    from cmo.services import users

    with call.open() as book:
        done = users.add_user(book.graph, book.actor, subject, name, why=why)
    call.tell("Added", done, User)
    if call.as_format is Format.TABLE:
        say(f"Next: `cmo user give {subject} ROLE PLACE`.")


def list_users(call: Call) -> None:
    """List who works on the casebook, with their roles.

    \b
    Example: cmo user list
    """
    from cmo.services import users

    with call.open() as book:
        rows = users.list_users(book.graph, book.actor)
    if call.as_format is Format.TABLE:
        for row in rows:
            row["roles"] = [f"{r['role'].replace('_', ' ')} in {r['place']}" for r in row["roles"]]
    call.print_rows(rows)


def give(
    call: Call,
    user: UserArgument,
    role: RoleArgument,
    place: PlaceArgument,
    why: ReasonOption = None,
) -> None:
    """Give a user a role in a programme or project.

    \b
    Example: cmo user give bea researcher "Healthy Streets"
    """
    from cmo.services import users

    with call.open() as book:
        who, where = (
            users.find_user(book.graph, book.actor, user),
            book.find(place, "Programme", "Project")["id"],
        )
        done = users.give_role(book.graph, book.actor, who, role, where, why=why)
    call.tell("Gave a role to", done, User)


def take(
    call: Call,
    user: UserArgument,
    role: RoleArgument,
    place: PlaceArgument,
    why: ReasonOption = None,
) -> None:
    """Take a role in a programme or project from a user.

    \b
    Example: cmo user take bea researcher "Healthy Streets" --why "moved on"
    """
    from cmo.services import users

    with call.open() as book:
        who, where = (
            users.find_user(book.graph, book.actor, user),
            book.find(place, "Programme", "Project")["id"],
        )
        done = users.take_role(book.graph, book.actor, who, role, where, why=why)
    call.tell("Took a role from", done, User)
