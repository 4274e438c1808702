"""Running one command, and telling a person or a program how it ended."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from cmo.cli.output import ReaderGone, answer_lost
from cmo.cli.terminal import say
from cmo.errors import CmoError, EditConflict, NotFound

REFUSED = 1
READER_GONE = 141
"""As the shell counts a program whose reader went away (128 + SIGPIPE)."""


def run() -> int:
    """Runs what is in sys.argv; returns the exit code."""
    from cmo.cli.app import app

    try:
        app(prog_name="cmo")
    except CmoError as error:
        tell(error)
        return REFUSED
    except (ReaderGone, BrokenPipeError):
        _give_up_output()
        return READER_GONE
    except SystemExit as end:
        if end.code == 130:
            raise KeyboardInterrupt from end
        return end.code if isinstance(end.code, int) else 0
    except Exception as error:
        if os.environ.get("CMO_TRACEBACK"):
            raise
        tell(_fault(error))
        _give_up_output()
        return REFUSED
    return 0


def _fault(error: Exception) -> CmoError:
    """What none of the parts below has put into words."""
    if isinstance(error, OSError) and error.filename is None:
        return answer_lost(error)  # help and usage are not written by us
    return CmoError(
        f"A fault that was not foreseen: {type(error).__name__}: {error}.",
        "The command was broken off; what was confirmed before is kept.",
        "Please report it; with CMO_TRACEBACK=1 the same command says where it happened.",
    )


def _give_up_output() -> None:
    """What is still in the buffer would be written, and fail, when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(error: CmoError) -> None:
    """The refusal in one line on standard error; after an edit that lost a race both versions."""
    line = str(error)
    if isinstance(error, NotFound) and error.candidates:
        missing = [f"{code} {name or ''}".strip() for code, name in error.candidates]
        if not any(name and name in line for _, name in error.candidates):
            line += f" Near it: {'; '.join(dict.fromkeys(missing))}."
    say(line)
    if isinstance(error, EditConflict):
        for name in sorted({*error.asked, *error.changed_fields}):
            read, current = error.read.get(name), error.current.get(name)
            wanted = f"; you wanted {error.asked[name]!r}" if name in error.asked else ""
            if name in error.changed_fields:
                say(f"  {name}: you read {read!r}; it is now {current!r}{wanted}")
            else:
                say(f"  {name}: nobody else changed it; it is {current!r}{wanted}")
