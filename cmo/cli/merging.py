"""Merging factors that mean one thing, and taking that back."""

from __future__ import annotations

from typing import Annotated

import typer

from cmo.cli.command import Call, add
from cmo.domain.theory import Factor
from cmo.domain.vocabulary import Origin

AliasArgument = Annotated[
    str,
    typer.Argument(metavar="ALIAS", help="The factor that stands for another, by code or label."),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "merge", merge)
    add(app, "unmerge", unmerge)


def merge(
    call: Call,
    alias: AliasArgument,
    kept: Annotated[str, typer.Argument(metavar="KEPT", help="The factor that it stands for.")],
    why: Annotated[str, typer.Option("--why", help="Why they mean one thing.")],
    origin: Annotated[
        Origin,
        typer.Option(
            "--origin", case_sensitive=False, show_default="ours", help="Does the source say so?"
        ),
    ] = Origin.OURS,
) -> None:
    """Make one factor stand for another, reversibly; both keep what rests on them.

    \b
    Example: cmo merge "Neighbours chat" "Neighbours talk" --why "two words for one thing"
    """
    from cmo.services.merging import merge as join

    with call.open() as book:
        named, target = (book.find(reference, "Factor")["id"] for reference in (alias, kept))
        done = join(book.graph, book.actor, named, target, why, origin=origin)
    call.tell("Merged", done, Factor)


def unmerge(
    call: Call,
    alias: AliasArgument,
    why: Annotated[str | None, typer.Option("--why", help="The reason.")] = None,
) -> None:
    """Take a merge back: the factor stands for itself again.

    \b
    Example: cmo unmerge "Neighbours chat" --why "a chat is less than a talk"
    """
    from cmo.services.merging import unmerge as part

    with call.open() as book:
        done = part(book.graph, book.actor, book.find(alias, "Factor")["id"], why)
    call.tell("Unmerged", done, Factor)
