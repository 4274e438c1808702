"""Refining configurations, and affirming what was carried to their new versions."""

from __future__ import annotations

from typing import Annotated

import typer

from cmo.cli.command import Call, add
from cmo.cli.editing import SetOption, assignments
from cmo.cli.fields import from_words


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "refine", refine)
    add(app, "affirm", affirm)


def refine(
    call: Call,
    configuration: Annotated[
        str, typer.Argument(metavar="CONFIGURATION", help="By code, nickname or id.")
    ],
    why: Annotated[str, typer.Option("--why", help="Why; it stands in the theory's history.")],
    set_: SetOption = None,
    moved_by: Annotated[
        list[str] | None,
        typer.Option(
            "--moved-by", metavar="REF", help="A coding or event that moved it; again for more."
        ),
    ] = None,
) -> None:
    """Record a new version of a configuration; its links and codings are carried, and the codings
    wait to be affirmed.

    What is not set stays as it was. Codings that do not hold for the new version are dropped with
    `cmo retire`.

    \b
    Example: cmo refine Benches --set nickname="Benches in the shade" --set "for_whom=older people"\
 --why "the sunny ones stood empty" --moved-by "The depot closed"
    """
    from cmo.domain.theory import Configuration
    from cmo.services.refining import refine as refined

    with call.open() as book:
        found = book.find(configuration, "Configuration")["id"]
        changes = {
            name: from_words(book, Configuration, name, words)
            for name, words in assignments(Configuration, set_ or []).items()
        }
        moved = tuple(book.find(ref, "Coding", "Event")["id"] for ref in moved_by or ())
        told = refined(book.graph, book.actor, found, changes, why, moved)
    links, codings = _counted(len(told.links), "link"), _counted(len(told.codings), "coding")
    said = f"Refined as Configuration {told.done.code}. Carried: {links} and {codings}."
    if told.codings:
        said += " The codings wait to be affirmed: `cmo query evidence/carried`."
    if told.left:
        said += f" Not carried, as an end is no longer in the sets: {', '.join(told.left)}."
    call.print_done(
        said,
        {
            "done": "refined",
            "kind": "Configuration",
            "code": told.done.code,
            "id": told.done.id,
            "change": told.done.change,
            "revision": told.revision,
            "links": [{"from": old, "to": new} for old, new in told.links],
            "left": list(told.left),
            "codings": list(told.codings),
        },
    )


def affirm(
    call: Call,
    references: Annotated[
        list[str],
        typer.Argument(
            metavar="CODING...",
            help="Carried codings by id; a configuration or link stands for all that wait on it.",
        ),
    ],
    why: Annotated[str | None, typer.Option("--why", help="The reason.")] = None,
) -> None:
    """Affirm codings that were carried to a new version: from now on they count.

    \b
    Example: cmo affirm "Benches in the shade" --why "each speaks of shade"
    """
    from cmo.services.refining import affirm as affirmed
    from cmo.services.refining import waiting

    with call.open() as book:
        codings: list[str] = []
        for reference in references:
            row = book.find(reference, "Coding", "Configuration", "CmoLink")
            if "Coding" in row["labels"]:
                codings.append(row["id"])
            else:
                codings += [k["id"] for k in waiting(book.graph, book.actor, row["id"])]
        done = affirmed(book.graph, book.actor, *codings, why=why)
    call.print_done(
        f"Affirmed {_counted(len(done.ids), 'coding')}.",
        {"done": "affirmed", "codings": list(done.ids), "change": done.change},
    )


def _counted(many: int, one: str) -> str:
    return f"{many} {one}{'' if many == 1 else 's'}"
