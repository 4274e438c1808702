"""WebVTT and SubRip: what is said, speaker by speaker, without the times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from cmo.domain.spans import read_text
from cmo.exchange.documents.decoding import decode
from cmo.exchange.documents.document import Document, Writer, one_line, unreadable

_TIMES = re.compile(
    r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}(?:\s.*)?$"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[A-Za-z0-9:.][^<>]*>|</>")
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
    return _written(_cues(text), read_as)


def read_srt(data: bytes, encoding: str | None = None) -> Document:
    """The cues of a SubRip file; raises InvalidInput for one without any."""
    text, read_as = decode(data, encoding)
    return _written(_cues(read_text(text)), read_as)


def _cues(text: str) -> Iterator[str]:
    """What stands in each cue, in the order of the file: the lines after its times."""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:3]) if _TIMES.match(line)), None)
        if at is not None and not lines[0].startswith(("NOTE", "STYLE", "REGION")):
            yield "\n".join(lines[at + 1 :])


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
