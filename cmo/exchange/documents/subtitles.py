"""WebVTT and SubRip: what is said, speaker by speaker, without the times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cmo.domain.spans import read_text
from cmo.exchange.documents.decoding import decode
from cmo.exchange.documents.document import Document, Writer, one_line, unreadable

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_NUMBER = re.compile(r"\s*[-+]?\d+\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|font|span|c|v|lang|ruby|rt|br|p)(?:[.\s/][^<>]*)?>|</>"
    rf"|<{_TIME}>|\{{\\[^{{}}]*\}}",
    re.IGNORECASE,
)
"""Marks of how words look or when they come; anything else in angle brackets is words."""
_SAID = re.compile(r"([^\n:]{1,60}):[ \t]+(?=\S)")


def read_vtt(data: bytes, encoding: str | None = None) -> Document:
    """The cues of a WebVTT file; raises InvalidInput for one that is not WebVTT."""
    text, read_as = decode(data, encoding or None)
    text = read_text(text).removeprefix("\ufeff")
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise unreadable(
            "It is no WebVTT: it does not begin with WEBVTT.",
            "Export the subtitles again, or give the file the ending of what it is.",
        )
    return _written(_cues(text, has_asides=True), read_as)


def read_srt(data: bytes, encoding: str | None = None) -> Document:
    """The cues of a SubRip file; raises InvalidInput for one without any."""
    text, read_as = decode(data, encoding)
    return _written(_cues(read_text(text), has_asides=False), read_as)


def _cues(text: str, *, has_asides: bool) -> Iterator[str]:
    """What stands in each cue, in the order of the file: the lines after its times.

    In WebVTT, which `has_asides` (notes, styles), a cue ends at an empty line. In SubRip it ends
    where the next one begins: programs that write it leave empty lines in what is said.
    """
    lines = text.split("\n")
    cue: list[str] | None = None
    is_open = is_aside = False
    for at, line in enumerate(lines):
        if has_asides:
            begins = _first_of_block(lines, at) and _ASIDE.match(line) is not None
            is_aside = bool(line.strip()) and (is_aside or begins)
        if is_aside:
            continue
        if _TIMES.match(line):
            if cue is not None:
                yield "\n".join(cue)
            cue, is_open = [], True
        elif not line.strip():
            is_open = is_open and not has_asides
        elif cue is not None and is_open and not _names_a_cue(lines, at):
            cue.append(line)
    if cue is not None:
        yield "\n".join(cue)


def _first_of_block(lines: list[str], at: int) -> bool:
    return at == 0 or not lines[at - 1].strip()


def _names_a_cue(lines: list[str], at: int) -> bool:
    """Whether the line is the number or name of the cue that comes next, and nothing said."""
    after = at + 1
    if _NUMBER.match(lines[at]) and _first_of_block(lines, at):
        while after < len(lines) and not lines[after].strip():
            after += 1
    if after >= len(lines) or not _TIMES.match(lines[after]):
        return False
    is_name = _first_of_block(lines, at) and len(lines[at].split()) == 1
    return is_name or _NUMBER.match(lines[at]) is not None


def _written(cues: Iterator[str], read_as: str) -> Document:
    """Consecutive words of one speaker are one paragraph; words of nobody in particular stand on a
    line for each cue."""
    writer, some = Writer(), False
    speaker, said = None, ""
    for cue in cues:
        some = True
        for who, words in _parts(cue):
            if who is not None and who == speaker:
                said = f"{said} {words}"
                continue
            _flush(writer, said)
            speaker, said = who, f"{who}: {words}" if who else words
            begins = _SAID.match(words) if who is None else None
            speaker = begins[1].strip() if begins else who
    _flush(writer, said)
    if not some:
        raise unreadable(
            "No subtitle stands in it: there are no times such as 00:00:01,000 --> 00:00:02,000.",
            "Give the file the ending of what it is.",
        )
    writer.left_out["times"] = None
    return writer.document(read_as)


def _flush(writer: Writer, said: str) -> None:
    if said:
        writer.line(said)


def _parts(cue: str) -> Iterator[tuple[str | None, str]]:
    """Who says what in a cue; None where it does not say who."""
    before, *voices = _VOICE.split(cue)
    pairs = [(None, before), *zip(voices[::2], voices[1::2], strict=True)]
    for who, words in pairs:
        plain = one_line(html.unescape(_TAG.sub("", words))).strip()
        if plain:
            yield (one_line(html.unescape(who)).strip() or None if who else None), plain
