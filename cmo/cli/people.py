"""People: users and their roles, withdrawal of informants, and merging of factors."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
