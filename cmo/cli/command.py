"""What every command shares: which casebook, who, which programme, which format.

A command is a function whose first parameter is a `Call`; `add` gives it the four shared options,
and they may also stand before the command's name.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmo.cli.output import Format, print_object, print_rows, write
from cmo.cli.terminal import progress, visible
from cmo.errors import CmoError, InvalidInput, NotFound

if TYPE_CHECKING:
    from cmo.domain.record import Record
    from cmo.graph.address import Address
    from cmo.graph.graph import Graph, Row
    from cmo.services.actor import Actor
    from cmo.services.acts import Done

CasebookOption = Annotated[
    str | None,
    typer.Option(
        "--casebook",
        metavar="FOLDER|ADDRESS",
        help="The casebook; else CMO_CASEBOOK, else the default folder.",
    ),
]
AsOption = Annotated[
    str | None,
    typer.Option("--as", metavar="USER", help="Who works; else CMO_USER, else your login name."),
]
ProgrammeOption = Annotated[
    str | None,
    typer.Option(
        "--programme", metavar="NAME", help="The programme meant, where a casebook has several."
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="Table for people; JSON is exact and stable; CSV keeps spreadsheets from running "
        "text as formulas.",
        show_default="table",
        case_sensitive=False,
    ),
]
SHARED: dict[str, Any] = {
    "casebook": CasebookOption,
    "as_user": AsOption,
    "programme": ProgrammeOption,
    "as_format": FormatOption,
}

before_the_command: ContextVar[dict[str, Any]] = ContextVar("before_the_command")
"""The shared options that stood before the command's name."""


@dataclass(frozen=True)
class Call:
    """The shared options of one call of the program."""

    casebook: str | None
    as_user: str | None
    programme: str | None
    as_format: Format

    @contextmanager
    def open(self, place: Address | None = None, *, make: bool = False) -> Iterator[Open]:
        """The casebook, open, with whoever works in it.

        Without `make` a folder that holds no casebook is refused: a mistyped one must not become a
        new, empty casebook.
        """
        from cmo.services.casebook import open_casebook, require_casebook

        address = place or self.address()
        if not make:
            require_casebook(address)
        with open_casebook(address, progress=progress, make=make) as casebook:
            yield Open(casebook.graph, casebook.actor(self.as_user), self)

    def address(self) -> Address:
        """Where the casebook stands that is meant."""
        from cmo.graph.address import find_address

        return find_address(self.casebook)

    def print_rows(
        self, rows: Any, *, columns: Sequence[str] = (), nothing: str = "Nothing to show."
    ) -> None:
        """The rows on standard output, in the format asked for; `columns` are known beforehand."""
        print_rows(rows, self.as_format, columns=columns, nothing=nothing)

    def print_object(self, value: Any) -> None:
        """The object on standard output, in the format asked for."""
        print_object(value, self.as_format)

    def tell(self, verb: str, done: Done, kind: type[Record]) -> None:
        """What was stored: its first record, and the change for `cmo undo`."""
        called = f"{kind.node_label} {done.code or done.id}"
        told = {
            "done": verb.lower(),
            "kind": kind.node_label,
            "code": done.code,
            "id": done.id,
            "change": done.change,
        }
        self.print_done(f"{verb} {called}.", told)

    def print_done(self, sentence: str, told: Mapping[str, Any]) -> None:
        """What was done: a sentence for people, an object for programs."""
        if self.as_format is Format.TABLE:
            write(visible(sentence) + "\n")
        else:
            self.print_object(told)


@dataclass(frozen=True)
class Open:
    """An open casebook and who works in it."""

    graph: Graph
    actor: Actor
    call: Call

    def find(self, reference: str, *kinds: str, retired: bool = False) -> Row:
        """The record that the reference means, within --programme if that was given."""
        from cmo.services.naming import find_record

        within = self.home()["id"] if self.call.programme else None
        return find_record(
            self.graph, self.actor, reference, *kinds, programme=within, retired=retired
        )

    def home(self) -> Row:
        """The programme that --programme names, else the only one (the only real one).

        What ships with the program also answers to the name by which it is loaded.
        """
        from cmo.services import seeding
        from cmo.services.naming import find_programme

        wanted = self.call.programme
        try:
            return find_programme(self.graph, self.actor, wanted)
        except NotFound:
            name = (wanted or "").casefold()
            if name not in seeding.seed_names():
                raise
            return find_programme(self.graph, self.actor, seeding.programme_of(name))


def add(app: typer.Typer, name: str, function: Callable[..., None]) -> None:
    """Adds a command; besides its own parameters it takes the shared options, which its parameter
    `call` then holds. Its docstring is its help, the first paragraph its line in the list."""
    own = inspect.signature(function, eval_str=True).parameters
    told = inspect.cleandoc(function.__doc__ or "")
    made = with_options(function, {n: p for n, p in own.items() if n != "call"})
    app.command(name, help=told, short_help=" ".join(told.split("\n\n")[0].split()))(made)


def with_options(
    function: Callable[..., None], own: dict[str, inspect.Parameter]
) -> Callable[..., None]:
    """A command of these parameters and the shared ones, which calls the function with both."""

    @functools.wraps(function)
    def run(**given: Any) -> None:
        shared = {name: given.pop(name) for name in SHARED}
        earlier = before_the_command.get({})
        held: dict[str, Any] = {n: earlier.get(n) if v is None else v for n, v in shared.items()}
        function(Call(**held | {"as_format": held["as_format"] or Format.TABLE}), **given)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own.values()]
    parameters += [
        inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=a)
        for n, a in SHARED.items()
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def read_file(path: str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    from pathlib import Path

    try:
        return Path(path).expanduser().read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CmoError(
            f"{path} cannot be read: {error.strerror}.", "Nothing was recorded.", "Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{path} is not UTF-8 text (byte {error.start}).",
            "Nothing was recorded.",
            "Save it as UTF-8 and try again.",
        ) from error
