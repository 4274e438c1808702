"""Positions in texts: the one place that does arithmetic with them.

A position counts Unicode code points of the text as stored; a span is half-open, [start, end).
Newlines are made one character at import; nothing else of a text is changed (no normalisation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

AROUND = 32
"""Code points of context that are kept before and after a quote."""

_TURN = re.compile(r"(?m)^([^\n:]{1,60}):[ \t]+(?=\S)")


@dataclass(frozen=True)
class Span:
    """A passage of a text with what stands around it."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


def read_text(raw: str) -> str:
    """The text as it is stored: every kind of line end becomes one newline."""
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def quote_at(text: str | None, start: int | None, end: int | None) -> str | None:
    """What stands at [start, end), or None where that is no passage of the text."""
    if text is None or start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return text[start:end]


def span_at(text: str, start: int, end: int) -> Span | None:
    """The passage at [start, end), or None where that is no passage of the text."""
    quote = quote_at(text, start, end)
    if quote is None:
        return None
    return Span(start, end, quote, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def find_quote(text: str, quote: str, occurrence: int | None = None) -> Span | None:
    """Where the quote stands: at its only place, or at the given one (1 is the first).

    None where it does not stand there, or stands in several places and none was given.
    """
    if not quote:
        return None
    starts = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
    if occurrence is None:
        if len(starts) != 1:
            return None
        occurrence = 1
    if not 1 <= occurrence <= len(starts):
        return None
    start = starts[occurrence - 1]
    return span_at(text, start, start + len(quote))


def turns(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where speaker turns begin, ascending, and who speaks: lines of the form 'Name: words'. Empty
    where there are none."""
    found = list(_TURN.finditer(text))
    return tuple(m.start() for m in found), tuple(m[1].strip() for m in found)


def speaker_at(starts: tuple[int, ...], speakers: tuple[str, ...], position: int) -> str | None:
    """Who speaks at a position: the label of the last turn that begins at or before it."""
    held = None
    for start, speaker in zip(starts, speakers, strict=True):
        if start > position:
            break
        held = speaker
    return held


def speakers_in(
    starts: tuple[int, ...], speakers: tuple[str, ...], start: int, quote: str
) -> tuple[str, ...]:
    """Who says something in the passage that begins at `start`: labels, each once, in the order in
    which they speak.

    A turn counts from which the passage holds more than blanks and the label or its beginning.
    Empty before the first turn, and where a passage holds only labels.
    """
    heard: dict[str, None] = {}
    ends = (*starts[1:], start + len(quote))
    for begin, end, speaker in zip(starts, ends, speakers, strict=False):
        words = quote[max(0, begin - start) : max(0, end - start)]
        label = f"{speaker}:"[max(0, start - begin) :]
        if not label.startswith(words) and words.removeprefix(label).strip():
            heard[speaker] = None
    return tuple(heard)


def blank_turns(
    text: str, starts: tuple[int, ...], speakers: tuple[str, ...], labels: list[str | None]
) -> str | None:
    """The text with every character of these speakers' turns but line ends as a blank, so that all
    other positions stay; None where a speaker's turns cannot be told from the others'."""
    if any(label not in speakers for label in labels):
        return None
    if not starts:
        return text
    ends = (*starts[1:], len(text))
    parts = [text[: starts[0]]]
    for start, end, speaker in zip(starts, ends, speakers, strict=True):
        turn = text[start:end]
        parts.append(re.sub(r"[^\n]", " ", turn) if speaker in labels else turn)
    return "".join(parts)
