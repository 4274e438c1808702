"""The command line: `cmo`.

Nothing heavy is imported before it is needed, so that help and errors come at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a program that was stopped with Ctrl-C."""


def main() -> NoReturn:
    """Runs the command that was typed and exits: 0, 1 (refused), 2 (wrong usage), 130 (Ctrl-C)."""
    _open_what_is_closed()
    try:
        from cmo.cli.run import run

        code = run()
    except KeyboardInterrupt:
        with suppress(OSError):
            sys.stderr.write(
                "\nInterrupted. What was confirmed is kept; nothing is half-written.\n"
            )
        code = INTERRUPTED
    sys.exit(code)


def _open_what_is_closed() -> None:
    """Whoever closed a standard stream (`>&-`) wants nothing of it: it leads nowhere then.

    Its number would else go to the next file or connection that is opened.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


__all__ = ["main"]
