"""Whatever people typed, as text that an office document can hold."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNS_THE_LINE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("([\n\u2029])")
"""Where what turns the direction ends by itself."""
_OPEN, _CLOSE = "\u2068", "\u2069"


def printable(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold (control characters, halves
    of pairs). One that turns the direction of writing cannot reach beyond its line: that is put
    between the marks of an isolate (Unicode annex 9)."""
    clean = _NOT_IN_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    if not _TURNS_THE_LINE.search(clean):
        return clean
    return "".join(map(_isolated, _LINE_ENDS.split(clean)))


def _isolated(line: str) -> str:
    """The line as an isolate, where it needs one: with as many marks more as it takes that none of
    its own opens or closes this one."""
    if not _TURNS_THE_LINE.search(line):
        return line
    depth = lowest = 0
    for char in line:
        if "\u2066" <= char <= _OPEN:
            depth += 1
        elif char == _CLOSE:
            depth -= 1
            lowest = min(lowest, depth)
    return f"{_OPEN * (1 - lowest)}{line}{_CLOSE * (1 + depth - lowest)}"


def cut_to(text: str, units: int) -> str:
    """The text, cut with an ellipsis to so many UTF-16 units, which is what spreadsheets count; a
    character is never halved."""
    if len(text) * 2 <= units or len(text.encode("utf-16-le")) // 2 <= units:
        return text
    held = text.encode("utf-16-le")[: (units - 2) * 2]
    return held.decode("utf-16-le", "ignore").rstrip() + "…"
