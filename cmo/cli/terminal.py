"""Text on its way to a terminal: what is in the data is shown, never obeyed."""

from __future__ import annotations

import re
import sys

_NOT_PRINTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls (newline apart), what turns the direction of writing round, and halves of characters."""


def visible(text: str) -> str:
    """The text with every control character made visible; newlines stay.

    ESC becomes ␛, and so on; a terminal would act on the character itself.
    """
    return _NOT_PRINTED.sub(_picture, text.replace("\r\n", "\n").replace("\t", "    "))


def one_line(text: str) -> str:
    """The text on one line, control characters visible."""
    return visible(text).replace("\n", " ")


def say(message: str) -> None:
    """One line on standard error: progress, advice, refusals."""
    sys.stderr.write(one_line(message) + "\n")
    sys.stderr.flush()


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{code:04x}"
