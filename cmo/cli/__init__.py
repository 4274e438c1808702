"""The command line: `cmo`.

Nothing heavy is imported before it is needed, so that help and errors come at once.
"""

from __future__ import annotations

import sys
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a program that was stopped with Ctrl-C."""


def main() -> NoReturn:
    """Runs the command that was typed and exits: 0, 1 (refused), 2 (wrong usage), 130 (Ctrl-C)."""
    try:
        from cmo.cli.run import run

        code = run()
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted. What was confirmed is kept; nothing is half-written.\n")
        code = INTERRUPTED
    sys.exit(code)


__all__ = ["main"]
