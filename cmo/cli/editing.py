"""Editing, retiring and reinstating records."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cmo.cli.command import Call, add
from cmo.cli.fields import MADE_OTHERWISE, from_words, option_name, settable
from cmo.domain.record import Record, specs
from cmo.errors import InvalidInput

ReferenceArgument = Annotated[
    str, typer.Argument(metavar="REF", help="A code (P-1, HIPP/P-1), a name that fits one, an id.")
]
WhyOption = Annotated[str, typer.Option("--why", help="The reason; it stands in the history.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="A new value; again for more fields, or for more values of a list. Nothing after = "
        "empties the field.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "edit", edit)
    add(app, "retire", retire)
    add(app, "reinstate", reinstate)


def edit(
    call: Call,
    reference: ReferenceArgument,
    rev: Annotated[
        int,
        typer.Option(
            "--rev",
            min=1,
            help="The revision that you read (`cmo show` prints it); if somebody has changed the "
            "record since, nothing is overwritten.",
        ),
    ],
    set_: SetOption = None,
    add_: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="FIELD=VALUE", help="One more value of a list."),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="FIELD=VALUE", help="One value of a list less."),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help="The reason.")] = None,
) -> None:
    """Change fields of a record, on top of the revision that you read.

    \b
    Example: cmo edit Harbour --rev 1 --set area="The docks and the quay" --why "as they call it"
    """
    from cmo.services import recording
    from cmo.services.reading import get_record

    with call.open() as book:
        held = get_record(book.graph, book.actor, book.find(reference)["id"])
        changes = {
            name: from_words(book, held.kind, name, words)
            for name, words in assignments(held.kind, set_ or []).items()
        }
        for sign, pairs in (("+", add_ or []), ("-", drop or [])):
            for name, words in assignments(held.kind, pairs).items():
                some = from_words(book, held.kind, name, words)
                if not isinstance(some, tuple):
                    raise InvalidInput(
                        f"{name} is no list.", "Nothing was changed.", f"Use --set {name}=..."
                    )
                old = changes.get(name, held.fields[name])
                changes[name] = _changed(old, some, sign)
        if not changes:
            raise InvalidInput(
                "No new value was given.", "Nothing was changed.", "Use --set FIELD=VALUE."
            )
        done = recording.edit(book.graph, book.actor, held.id, rev, changes, why=why)
    call.tell("Edited", done, held.kind)


def _changed(old: tuple[Any, ...], some: tuple[Any, ...], sign: str) -> tuple[Any, ...]:
    meant = {getattr(item, "to", item) for item in some}
    kept = tuple(item for item in old if getattr(item, "to", item) not in meant)
    return kept if sign == "-" else (*kept, *some)


def assignments(kind: type[Record], pairs: list[str]) -> dict[str, list[str]]:
    """The words for each field of FIELD=VALUE pairs; raises InvalidInput for one that is no field,
    or that is not set by hand."""
    fields = {option_name(name): name for name in specs(kind)} | {n: n for n in specs(kind)}
    held: dict[str, list[str]] = {}
    for pair in pairs:
        typed, sign, words = pair.partition("=")
        name = fields.get(typed.strip().removeprefix("--"))
        if not sign or name is None:
            wrong = f"{typed} is not a field of a {kind.node_label}"
            raise InvalidInput(
                f"{wrong}." if sign else f"{pair} is not FIELD=VALUE.",
                "Nothing was changed.",
                f"Its fields are {', '.join(settable(kind))}.",
                field_name=typed,
            )
        reason = MADE_OTHERWISE.get((kind.node_label, name))
        if reason:
            raise InvalidInput(
                f"{name} is not set by hand: {reason}.", "Nothing was changed.", "", field_name=name
            )
        held.setdefault(name, []).append(words)
    return held


def retire(
    call: Call,
    reference: ReferenceArgument,
    why: WhyOption,
) -> None:
    """Take a record out of use, with the reason; it is kept and can be reinstated.

    \b
    Example: cmo retire "The depot closed" --why "it was the other depot"
    """
    from cmo.domain.stored import kind_of
    from cmo.services import recording

    with call.open() as book:
        row = book.find(reference)
        done = recording.retire(book.graph, book.actor, row["id"], why=why)
    call.tell("Retired", done, kind_of(row["labels"]))


def reinstate(
    call: Call,
    reference: ReferenceArgument,
    why: Annotated[str | None, typer.Option("--why", help="The reason.")] = None,
) -> None:
    """Take a retired record back into use.

    \b
    Example: cmo reinstate "The depot closed" --why "it was this one after all"
    """
    from cmo.domain.stored import kind_of
    from cmo.services import recording

    with call.open() as book:
        row = book.find(reference, retired=True)
        done = recording.reinstate(book.graph, book.actor, row["id"], why=why)
    call.tell("Reinstated", done, kind_of(row["labels"]))
