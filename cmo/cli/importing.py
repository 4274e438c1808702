"""`cmo import`: documents of people's own become sources."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format
from cmo.cli.terminal import end_progress, progress, say
from cmo.domain.vocabulary import Coverage, SourceKind, Wave
from cmo.errors import CmoError, InvalidInput, Refused

if TYPE_CHECKING:
    from cmo.cli.command import Open
    from cmo.exchange.documents.plan import Planned
    from cmo.services.importing import Imported, Look, Table

PSEUDONYMS = "CMO_PSEUDONYMS"
"""Names the table of pseudonyms where no option does."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    made = typer.Typer(help="Import documents: transcripts, notes, reports.")
    add(made, "sources", sources)
    app.add_typer(made, name="import", no_args_is_help=True)


def sources(
    call: Call,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Files or folders: .txt .md .docx .odt .pdf .rtf .html .vtt .srt.",
        ),
    ],
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="PLACE",
            help="The project (or programme) where they were collected; else the programme.",
        ),
    ] = None,
    kind: Annotated[
        SourceKind | None,
        typer.Option(
            "--kind",
            case_sensitive=False,
            help="Of all of them; else interview where two or more speak by turns, or document.",
        ),
    ] = None,
    coverage: Annotated[
        Coverage, typer.Option("--coverage", case_sensitive=False, show_default="mentioned")
    ] = Coverage.MENTIONED,
    wave: Annotated[Wave | None, typer.Option("--wave", case_sensitive=False)] = None,
    language: Annotated[str | None, typer.Option("--language", help="Such as en or de.")] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Made up; only for a programme that is, too.")
    ] = False,
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            "--speaker",
            metavar="[FILE:]LABEL=PSEUDONYM",
            help="Who speaks under a label, in all files or in one; nothing after = for nobody. "
            "Again for more. It is remembered for the same place.",
        ),
    ] = None,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(
            "--pseudonyms",
            metavar="FILE",
            help="A CSV file with the columns name,pseudonym; each name is replaced before "
            "anything is stored. Else CMO_PSEUDONYMS, else pseudonyms.csv beside the default "
            "casebook, if it is there. Keep it outside the casebook.",
        ),
    ] = None,
    no_pseudonyms: Annotated[
        bool, typer.Option("--no-pseudonyms", help="Replace nothing.")
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", help="Of all text files; else it is found for each."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the plan and import nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
) -> None:
    """Import files as sources: a plan is shown, and on your yes all of it is stored, or nothing.

    The same files twice change nothing. A changed file becomes a new version of its source, and
    what was coded is carried to it where its words are found. `cmo undo` takes an import back.

    \b
    Example: cmo import sources transcripts --into Harbour --wave final --dry-run
    Example: cmo import sources transcripts --into Harbour --speaker "Iris=Iris" --yes
    """
    from cmo.services import importing
    from cmo.services.import_words import warnings

    said = _said(speaker or [])
    files = importing.find_files(path.expanduser() for path in paths)
    table = None if no_pseudonyms else _table(call, pseudonyms)
    with call.open() as book:
        place = book.find(into, "Project", "Programme")["id"] if into else book.home()["id"]
        wanted = importing.Wanted(
            place, kind, coverage, wave, language, synthetic, said, encoding, table
        )
        seen = importing.look(book.graph, book.actor, files, wanted, progress)
        end_progress()
        for_people = call.as_format is Format.TABLE
        if for_people or call.as_format is Format.CSV:
            call.print_rows([_row(one, seen) for one in seen.files], nothing="There is no file.")
        for warning in warnings(seen):
            say(warning)
        done = importing.Imported()
        if seen.to_import and not dry_run and (yes or _agreed(book)):
            done = importing.import_sources(book.graph, book.actor, seen, progress)
    _answer(call, seen, done, dry_run)


def _said(pairs: list[str]) -> dict[tuple[str | None, str], str]:
    said: dict[tuple[str | None, str], str] = {}
    for pair in pairs:
        who, sign, pseudonym = pair.partition("=")
        file, _, label = who.rpartition(":")
        if not sign or not label.strip():
            raise typer.BadParameter(f"{pair} is not LABEL=PSEUDONYM or FILE:LABEL=PSEUDONYM.")
        said[(file or None, label.strip())] = pseudonym.strip()
    return said


def _table(call: Call, given: Path | None) -> Table | None:
    """The table of pseudonyms that is meant, if one is."""
    from cmo.graph.address import Folder, default_folder
    from cmo.services.importing import read_table

    named = given or (Path(os.environ[PSEUDONYMS]) if os.environ.get(PSEUDONYMS) else None)
    path = (named or default_folder().parent / "pseudonyms.csv").expanduser()
    if named is None and not path.is_file():
        return None
    try:
        table = read_table(path.read_bytes(), str(path))
    except OSError as error:
        raise CmoError(
            f"The table of pseudonyms {path} cannot be read: {error.strerror}.",
            "Nothing was imported.",
            "Check the path, or say --no-pseudonyms.",
        ) from error
    many = "name is" if len(table.names) == 1 else "names are"
    say(f"{len(table.names)} {many} replaced as {path} says.")
    home = call.address()
    if isinstance(home, Folder) and path.resolve().is_relative_to(home.path.resolve()):
        say(
            "That table lies in the casebook: whoever gets a copy has the names. Move it elsewhere."
        )
    if table.within:
        some = "; ".join(f"{short} in {long}" for long, short in table.within[:5])
        say(f"Names within names, of which the longer is replaced first: {some}.")
    return table


def _agreed(book: Open) -> bool:
    """Whether whoever is asked says yes; raises Refused where nobody can be asked."""
    if book.call.as_format is not Format.TABLE or not sys.stdin.isatty():
        raise Refused(
            "Nobody can be asked here whether to import them.",
            "Nothing was imported.",
            "Add --yes, or --dry-run for the plan alone.",
        )
    return typer.confirm("Import them?", default=False, err=True)


def _row(one: Planned, seen: Look) -> dict[str, Any]:
    """A file as the plan shows it to people."""
    from cmo.services.import_words import notes, speakers, standing

    return {
        "file": one.file,
        "plan": standing(one),
        "characters": len(one.text) if one.document else None,
        "headings": len(one.document.headings) if one.document else None,
        "speakers": speakers(one),
        "notes": "; ".join(notes(one, seen)) or None,
    }


def _answer(call: Call, seen: Look, done: Imported, dry_run: bool) -> None:
    refused = seen.count(_standing("refused"))
    if call.as_format is Format.JSON:
        call.print_object(_object(seen, done))
    elif call.as_format is Format.TABLE:
        call.print_done(_sentence(seen, done, dry_run), {})
    if refused and refused == len(seen.files):
        raise InvalidInput(
            "Every file was refused.", "Nothing was imported.", "The plan says why of each."
        )


def _standing(word: str) -> Any:
    from cmo.services.importing import Standing

    return Standing(word)


def _sentence(seen: Look, done: Imported, dry_run: bool) -> str:
    new, same = seen.count(_standing("new")), seen.count(_standing("same"))
    changed, refused = seen.count(_standing("changed")), seen.count(_standing("refused"))
    plan = f"{new} new, {same} the same, {changed} changed, {refused} refused."
    if done.sources:
        codes = [code for _, _, code in done.sources]
        which = codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}"
        people = f" New informants: {', '.join(done.informants)}." if done.informants else ""
        return f"Imported {_counted(len(codes), 'source')}: {which}. {plan}{people}"
    if not seen.to_import:
        return f"{plan} Nothing was imported: there is nothing new."
    return f"{plan} Nothing was imported{': that was the plan alone' if dry_run else ''}."


def _counted(many: int, one: str) -> str:
    return f"{many} {one}{'' if many == 1 else 's'}"


def _object(seen: Look, done: Imported) -> dict[str, Any]:
    made = {file: (id_, code) for file, id_, code in done.sources}
    return {
        "done": "imported" if done.done else "planned" if seen.to_import else "nothing to import",
        "change": done.done.change if done.done else None,
        "informants": list(done.informants),
        "files": [_told(one, seen, made.get(one.file, (None, None))) for one in seen.files],
    }


def _told(one: Planned, seen: Look, made: tuple[str | None, str | None]) -> dict[str, Any]:
    """A file as programs read it."""
    version, document = seen.versions.get(one.file), one.document
    return {
        "file": one.file,
        "plan": str(one.standing),
        "title": one.title,
        "held": one.held.code if one.held else None,
        "same_as": one.same_as,
        "wrong": one.refusal.wrong if one.refusal else None,
        "next_step": one.refusal.next_step if one.refusal else None,
        "characters": len(one.text) if document else None,
        "read_as": document.read_as if document else None,
        "left_out": list(document.left_out) if document else [],
        "headings": len(document.headings) if document else 0,
        "turns": len(one.turns[0]),
        "speakers": [
            {"label": s.label, "turns": s.turns, "known": str(s.known), "pseudonym": s.pseudonym}
            for s in one.speakers
        ],
        "names_replaced": one.replaced,
        "overlaps": [{"taken": a, "left": b} for a, b in one.overlaps],
        "leftovers": [{"word": word, "times": n} for word, n in one.leftovers],
        "passages": [
            {
                "quote": p.quote,
                "found": str(p.tier) if p.tier else None,
                "codings": [k.id for k in p.codings],
            }
            for p in (version.passages if version else ())
        ],
        "id": made[0],
        "code": made[1],
    }
