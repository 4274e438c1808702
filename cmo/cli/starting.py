"""Making casebooks: an empty one, the ones that ship, and the demo."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from cmo.cli.command import Call, Open, add
from cmo.cli.output import Format
from cmo.cli.terminal import progress, say

if TYPE_CHECKING:
    from cmo.graph.address import Address
    from cmo.services.seeding import SeedReport

DEMO = ("hipp", "practice")
"""What the demo casebook holds."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "demo", demo)
    add(app, "init", init)
    add(app, "seed", seed)
    add(app, "serve", serve)


def demo(
    call: Call,
    no_serve: Annotated[  # noqa: ARG001  # the demo serves nothing until the app is more than a preview
        bool,
        typer.Option(
            "--no-serve",
            help="Print the tour and stop. So far that happens anyway; `cmo serve` opens the app.",
        ),
    ] = False,
) -> None:
    """Open the demo casebook, making it if need be, and show what its queries answer.

    It stands in a folder of its own beside the default casebook, unless --casebook or CMO_CASEBOOK
    names another.

    \b
    Example: cmo demo --no-serve
    """
    from cmo.services.tour import tour

    with call.open(_demo_place(call), make=True) as book:
        for name in DEMO:
            _tell_kept(_seed(book, name))
        told = tour(book.graph, book.actor)
        place = book.graph.place
    if call.as_format is Format.TABLE:
        from cmo.cli.tour import print_tour

        print_tour(told)
        say(f"To open a code: `cmo show HIPP/C-10 --casebook {shlex.quote(str(place))}`.")
    else:
        call.print_object(told)


def serve(
    call: Call,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where to listen; 8501 or the next free.")
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Say the address and open no browser.")
    ] = False,
) -> None:
    """Open the app on a casebook, on this computer only; Ctrl-C ends it. The app is a preview.

    \b
    Example: cmo serve --no-browser
    """
    from cmo.cli import serving

    with call.open() as book:
        place, user = book.graph.place, book.actor.subject
    address = str(getattr(place, "path", None) or getattr(place, "uri", ""))
    raise typer.Exit(serving.serve(address, user, port, browser=not no_browser))


def _demo_place(call: Call) -> Address | None:
    import os

    from cmo.graph.address import Folder, default_folder

    if call.casebook or os.environ.get("CMO_CASEBOOK"):
        return None
    return Folder(default_folder().parent / "demo")


def init(call: Call) -> None:
    """Make an empty casebook at the place meant; one that is there already is left as it is.

    \b
    Example: cmo init
    """
    from cmo.services.reading import read

    with call.open(make=True) as book:
        held = read(book.graph, "case/programmes", book.actor)
        told = {
            "casebook": str(book.graph.place),
            "user": book.actor.subject,
            "programmes": [row["name"] for row in held],
        }
    names = ", ".join(row["name"] for row in held)
    there = f"It holds {names}." if held else "It holds no programme that you may see."
    ready = f"The casebook at {told['casebook']} is ready for {told['user']}."
    call.print_done(f"{ready} {there}", told)
    if not held:
        say('Next: `cmo record programme "NAME"`, or `cmo seed hipp` for a real evaluation.')


def seed(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="hipp|practice", help="Which casebook to load.")],
) -> None:
    """Load a casebook that ships: hipp (a real evaluation) or practice (wholly fictional).

    What is there already stays as it is, edits of yours above all.

    \b
    Example: cmo seed hipp
    Example: cmo seed practice
    """
    with call.open(make=True) as book:
        report = _seed(book, name.lower())
    told = {
        "name": report.name,
        "added": report.added,
        "unchanged": report.unchanged,
        "kept": [{"record": ref, "name": called} for ref, called in report.kept],
    }
    call.print_done(_sentence(report), told)
    _tell_kept(report)


def _seed(book: Open, name: str) -> SeedReport:
    from cmo.services import seeding

    return seeding.seed(book.graph, book.actor, name, progress=progress)


def _sentence(report: SeedReport) -> str:
    if report.added:
        return f"Loaded {report.name}: {report.added} records are new."
    return f"{report.name} was loaded before: nothing was changed."


def _tell_kept(report: SeedReport) -> None:
    if report.kept:
        shown = ", ".join(f"{ref} ({called})" for ref, called in report.kept[:5])
        more = len(report.kept) - 5
        say(
            f"{len(report.kept)} records of {report.name} were edited or retired here; they were "
            f"left as they are: {shown}{f' and {more} more' if more > 0 else ''}."
        )
