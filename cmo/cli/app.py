"""The program `cmo`: its commands, and the options that may stand before them."""

from __future__ import annotations

from typing import Annotated

import typer

from cmo import __version__
from cmo.cli import (
    asking,
    books,
    cards,
    coding,
    editing,
    exporting,
    importing,
    matrix,
    merging,
    people,
    recording,
    recurring,
    refining,
    searching,
    starting,
    wellbeing,
)
from cmo.cli.command import (
    AsOption,
    CasebookOption,
    FormatOption,
    ProgrammeOption,
    before_the_command,
)

app = typer.Typer(
    help="Record context-mechanism-outcome configurations with their evidence, and ask what "
    "recurs.\n\nBegin with `cmo demo`. Every command explains itself: `cmo COMMAND --help`.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"cmo {__version__}")
        raise typer.Exit


@app.callback()
def shared(
    casebook: CasebookOption = None,
    as_user: AsOption = None,
    programme: ProgrammeOption = None,
    as_format: FormatOption = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which this is."),
    ] = False,
) -> None:
    """The options that every command takes, for those who write them first."""
    before_the_command.set(
        {"casebook": casebook, "as_user": as_user, "programme": programme, "as_format": as_format}
    )


for part in (
    starting,
    recording,
    importing,
    matrix,
    editing,
    coding,
    merging,
    refining,
    asking,
    searching,
    recurring,
    cards,
    people,
    books,
    exporting,
    wellbeing,
):
    part.add_to(app)
