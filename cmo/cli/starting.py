"""Making casebooks: an empty one, the ones that ship, and the demo."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmo.cli.command import Call, Open, add
from cmo.cli.output import Format, write
from cmo.cli.terminal import progress, say

if TYPE_CHECKING:
    from cmo.cli.serving import Server
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


PortOption = Annotated[
    int | None, typer.Option(min=1, max=65535, help="Where to listen; 8501 or the next free.")
]
NoBrowserOption = Annotated[
    bool, typer.Option("--no-browser", help="Say the address and open no browser.")
]


def demo(
    call: Call,
    served: Annotated[
        bool | None,
        typer.Option(
            "--serve/--no-serve",
            help="Open the app and print the tour, or print the tour and stop. It opens unless "
            "--format asks for JSON or CSV.",
            show_default=False,
        ),
    ] = None,
    port: PortOption = None,
    no_browser: NoBrowserOption = False,
) -> None:
    """Open the demo casebook, making it if need be, show what its queries answer, and open the app.

    It stands in a folder of its own beside the default casebook, unless --casebook or CMO_CASEBOOK
    names another. Ctrl-C ends the app.

    \b
    Example: cmo demo --no-serve
    """
    place = _demo_place(call) or call.address()
    for_people = call.as_format is Format.TABLE
    if not (served or (served is None and for_people)):
        _print_tour(call, place, _tour(call, place))
        return

    def announce(address: str) -> None:
        # A program reads one document and nothing else from standard output.
        say(f"The app opens at {address}; the tour follows." if for_people else address)

    with _app(call, place, port) as app:
        with app.opening_page(announce, browser=not no_browser):
            told = _tour(call, place, app.open_casebook)
        _print_tour(call, place, told)
        code = app.serve(lambda: _announce(app.address) if for_people else None)
    raise typer.Exit(code)


def _tour(call: Call, place: Address, ready: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """What the tour tells, after the demo is loaded.

    `ready` is told, once or more, that there is something to look at: a demo that was loaded before
    is looked at while it is compared with the one that ships.
    """
    from cmo.services.reading import read
    from cmo.services.tour import tour

    with call.open(place, make=True) as book:
        if len(read(book.graph, "case/programmes", book.actor)) >= len(DEMO):
            ready()
            if hasattr(os, "nice"):
                os.nice(10)  # whoever waits for the page comes first
        for name in DEMO:
            _tell_kept(_seed(book, name))
        ready()
        return tour(book.graph, book.actor)


def _print_tour(call: Call, place: Address, told: dict[str, Any]) -> None:
    if call.as_format is not Format.TABLE:
        call.print_object(told)
        return
    from cmo.cli.tour import print_tour

    print_tour(told)
    say(f"To open a code: `cmo show HIPP/C-10 --casebook {shlex.quote(_text(place))}`.")


def serve(
    call: Call,
    port: PortOption = None,
    no_browser: NoBrowserOption = False,
) -> None:
    """Open the app on a casebook, on this computer only; Ctrl-C ends it.

    \b
    Example: cmo serve --no-browser
    """
    place = call.address()

    def announce(address: str) -> None:
        say(f"The app opens at {address}.")

    with _app(call, place, port) as app:
        with app.opening_page(announce, browser=not no_browser), call.open(place):
            app.open_casebook()
        code = app.serve(lambda: _say_address(call, app.address))
    raise typer.Exit(code)


def _app(call: Call, place: Address, port: int | None) -> AbstractContextManager[Server]:
    """The app's server, beginning to start while this program looks at the casebook."""
    from cmo.cli import serving
    from cmo.graph.address import Server as Neo4j

    if isinstance(place, Neo4j):
        from cmo.graph.connect import find_password

        os.environ["CMO_NEO4J_USER"] = place.user
        password = find_password(place)
        if password is not None:
            # Asked for once, here: the server has no terminal to ask at.
            os.environ["CMO_NEO4J_PASSWORD"] = password
    return serving.started(_text(place), call.as_user, port)


def _say_address(call: Call, address: str) -> None:
    if call.as_format is Format.TABLE:
        _announce(address)
    else:
        call.print_object({"address": address})


def _announce(address: str) -> None:
    write(f"The app is at {address} (Ctrl-C ends it).\n")


def _text(place: Address) -> str:
    return str(getattr(place, "path", None) or getattr(place, "uri", ""))


def _demo_place(call: Call) -> Address | None:
    from cmo.graph.address import Folder, default_folder

    if call.casebook or os.environ.get("CMO_CASEBOOK"):
        return None
    return Folder(default_folder().parent / "demo")


def init(call: Call) -> None:
    """Make an empty casebook at the place meant; one that is there already is left as it is.

    \b
    Example: cmo init
    """
    from cmo.services.naming import is_new
    from cmo.services.reading import read

    with call.open(make=True) as book:
        new = is_new(book.graph)
        held = read(book.graph, "case/programmes", book.actor)
        told = {
            "casebook": str(book.graph.place),
            "user": book.actor.subject,
            "programmes": [row["name"] for row in held],
        }
    names = ", ".join(row["name"] for row in held)
    there = f"It holds {names}." if held else "It holds no programme that you may see."
    there = "It is new and empty." if new else there
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
        are = "record is" if report.added == 1 else "records are"
        return f"Loaded {report.name}: {report.added:,} {are} new."
    return f"{report.name} was loaded before: nothing was changed."


def _records(number: int, name: str) -> str:
    return f"{number} {'record' if number == 1 else 'records'} of {name} " + (
        "was" if number == 1 else "were"
    )


def _tell_kept(report: SeedReport) -> None:
    if report.kept:
        shown = ", ".join(f"{ref} ({called})" for ref, called in report.kept[:5])
        more = len(report.kept) - 5
        say(
            f"{_records(len(report.kept), report.name)} edited or retired here, and left as "
            f"found: {shown}{f' and {more} more' if more > 0 else ''}."
        )
