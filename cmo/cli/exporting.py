"""`cmo export`: tables to take along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmo.cli.command import Call, add
from cmo.domain.vocabulary import Stance, Wave
from cmo.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from cmo.cli.command import Open

KINDS = {
    "factor": "Factor",
    "link": "CmoLink",
    "configuration": "Configuration",
    "theory": "ProgrammeTheory",
    "relation": "Relation",
    "theme": "Theme",
    "none": "none",
}
"""What a coding may bear on, as one types it."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    made = typer.Typer(help="Write tables for other programs: the codings as CSV or XLSX.")
    add(made, "evidence", evidence)
    app.add_typer(made, name="export", no_args_is_help=True)


def evidence(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its name ends in .csv or .xlsx.")],
    stance: Annotated[Stance | None, typer.Option("--stance", case_sensitive=False)] = None,
    wave: Annotated[Wave | None, typer.Option("--wave", case_sensitive=False)] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help=f"What they bear on: {', '.join(KINDS)}."),
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", metavar="REF", help="What they concern.")
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="GROUP", help="The role group that speaks.")
    ] = None,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="USER", help="Who judged.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="REF", help="One source.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="REF", help="What they bear on: one record.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
) -> None:
    """Write the codings of a programme to a file: a row each, those against first.

    XLSX has typed cells and a sheet that says what it holds; CSV keeps spreadsheets from running
    text as formulas.

    \b
    Example: cmo export evidence evidence.xlsx --programme Practice
    Example: cmo export evidence against.csv --programme Practice --stance refutes
    """
    from cmo.services.evidence_export import export_evidence
    from cmo.services.evidence_grid import Wanted

    with call.open() as book:
        home = book.home()
        wanted = Wanted(
            stance=stance,
            wave=wave,
            kind=_kind(kind),
            place=book.find(project, "Project", "Programme")["id"] if project else None,
            role_group=_role(book, home["id"], role) if role else None,
            coder=_coder(book, home["id"], coder) if coder else None,
            source=book.find(source, "Source")["id"] if source else None,
            target=book.find(target)["id"] if target else None,
        )
        done = export_evidence(book.graph, book.actor, home, wanted, file, overwrite=overwrite)
    call.print_done(
        f"Wrote {done.rows:,} codings to {done.path} ({done.size:,} bytes). "
        "It holds what people said: keep it safe.",
        {"done": "exported", "file": str(done.path), "rows": done.rows, "bytes": done.size},
    )


def _kind(word: str | None) -> str | None:
    if word is None:
        return None
    if word.lower() not in KINDS:
        raise InvalidInput(
            f"{word} is not a kind of record that codings bear on.",
            "Nothing was written.",
            f"It is one of {', '.join(KINDS)}.",
            field_name="kind",
        )
    return KINDS[word.lower()]


def _role(book: Open, programme_id: str, name: str) -> str:
    from cmo.services.evidence_export import groups_named

    groups = groups_named(book.graph, book.actor, programme_id)
    alike = [group for group in groups if group.casefold() == name.casefold()]
    if name in alike:
        return name
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise NotFound(
            f"{len(alike)} role groups are called {name}, but for capitals.",
            "Nothing was written.",
            f"Name one as it is written: {', '.join(alike)}.",
            candidates=tuple((group, group) for group in alike),
        )
    more = f" and {len(groups) - 12} more" if len(groups) > 12 else ""
    raise NotFound(
        f"There is no role group {name} that you may see.",
        "Nothing was written.",
        f"Those that may be named: {', '.join(groups[:12]) or 'none'}{more}.",
        candidates=tuple((group, group) for group in groups),
    )


def _coder(book: Open, programme_id: str, name: str) -> str:
    from cmo.services.reading import read

    coders = read(book.graph, "evidence/coders", book.actor, programme_id=programme_id)
    found = [c for c in coders if name.casefold() in (c["id"], c["name"].casefold())]
    if len(found) == 1:
        return str(found[0]["id"])
    if found:
        raise NotFound(
            f"{len(found)} who coded there are called {name}.",
            "Nothing was written.",
            f"Give the id of one: {', '.join(str(c['id']) for c in found)}.",
            candidates=tuple((str(c["id"]), c["name"]) for c in found),
        )
    raise NotFound(
        f"Nobody who coded there is called {name}.",
        "Nothing was written.",
        f"Those who coded: {', '.join(c['name'] for c in coders) or 'nobody yet'}.",
    )
