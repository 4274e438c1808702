"""Text on its way to a terminal: what is in the data is shown, never obeyed."""

from __future__ import annotations

import re
import shutil
import sys
from contextlib import suppress

_NOT_PRINTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls (newline apart), what turns the direction of writing round, and halves of characters."""

_BEGIN_LINE = "\r\x1b[2K"
_unfinished: list[str] = []


def visible(text: str) -> str:
    """The text with every control character made visible; newlines stay.

    ESC becomes ␛, and so on; a terminal would act on the character itself.
    """
    return _NOT_PRINTED.sub(_picture, text.replace("\r\n", "\n").replace("\t", "    "))


def one_line(text: str) -> str:
    """The text on one line, control characters visible."""
    return visible(text).replace("\n", " ")


def say(message: str) -> None:
    """One line on standard error: advice, refusals."""
    end_progress()
    _tell(one_line(message) + "\n")


def progress(message: str) -> None:
    """How far a long work is, on standard error: at a terminal each in place of the one before."""
    if not sys.stderr.isatty():
        say(message)
        return
    width = shutil.get_terminal_size().columns
    _tell(_BEGIN_LINE + one_line(message)[: width - 1])
    _unfinished.append(message)


def end_progress() -> None:
    """Takes the line of progress off the terminal, if one stands there."""
    if _unfinished:
        _unfinished.clear()
        _tell(_BEGIN_LINE)


def _tell(text: str) -> None:
    with suppress(OSError):  # where nobody listens the work goes on all the same
        sys.stderr.write(text)
        sys.stderr.flush()


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{code:04x}"
