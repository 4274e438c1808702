"""Which formats are read, by the ending of a file's name and by what the file begins with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from cmo.domain.fields import DOCUMENT
from cmo.exchange.documents.document import Document, too_long, unreadable
from cmo.exchange.documents.packages import locked

MOST_BYTES = 100_000_000
"""Most bytes of a file."""
MOST_PLAIN = 60_000_000
"""Most bytes of a file that is text throughout."""

Read = Callable[[bytes, str | None], Document]


def _plain(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.plain import read_plain

    return read_plain(data, encoding)


def _markdown(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.plain import read_markdown

    return read_markdown(data, encoding)


def _vtt(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.subtitles import read_vtt

    return read_vtt(data, encoding)


def _srt(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.subtitles import read_srt

    return read_srt(data, encoding)


def _html(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.hypertext import read_html

    return read_html(data, encoding)


def _docx(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.word import read_docx

    return read_docx(data, encoding)


def _odt(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.opendocument import read_odt

    return read_odt(data, encoding)


def _rtf(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.richtext import read_rtf

    return read_rtf(data, encoding)


def _pdf(data: bytes, encoding: str | None) -> Document:
    from cmo.exchange.documents.pdf import read_pdf

    return read_pdf(data, encoding)


FORMATS: dict[str, Read] = {
    ".txt": _plain,
    ".md": _markdown,
    ".docx": _docx,
    ".odt": _odt,
    ".pdf": _pdf,
    ".rtf": _rtf,
    ".html": _html,
    ".htm": _html,
    ".vtt": _vtt,
    ".srt": _srt,
}
"""What reads each format, by the ending in small letters. Each is loaded when it is first used."""
PLAIN = frozenset({".txt", ".md", ".html", ".htm", ".vtt", ".srt", ".rtf"})
"""Formats that are text throughout."""

_SIGNS = (
    (b"PK\x03\x04", "a zip archive (.docx and .odt are)", frozenset({".docx", ".odt"})),
    (b"%PDF-", "a PDF", frozenset({".pdf"})),
    (b"{\\rtf", "rich text (.rtf)", frozenset({".rtf"})),
    (b"\x89PNG", "a picture", frozenset[str]()),
    (b"\xff\xd8\xff", "a picture", frozenset[str]()),
    (b"GIF8", "a picture", frozenset[str]()),
    (b"ID3", "a sound recording", frozenset[str]()),
    (b"\x1f\x8b", "a compressed archive (.gz)", frozenset[str]()),
)
_SEEN = re.compile("[^\\s\x00\xad\u200b-\u200f\u2060\ufeff]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def ending(name: str) -> str:
    """The ending of a file's name in small letters, with its dot."""
    return PurePath(name).suffix.casefold()


def read_document(name: str, data: bytes, encoding: str | None = None) -> Document:
    """The document of that name, as its ending says; raises InvalidInput for what cannot be read,
    or holds no text.

    This runs on untrusted bytes without any bound on memory and time: see `readers`.
    """
    reads = FORMATS.get(ending(name))
    if reads is None:
        raise unreadable(
            f"Files that end in {ending(name) or 'nothing'} are not read.",
            f"Save it as one of {', '.join(FORMATS)}.",
        )
    refuse_too_big(name, len(data))
    _refuse_misnamed(ending(name), data)
    read = reads(data, encoding)
    if len(read.text) > DOCUMENT:
        raise too_long()
    if not _SEEN.search(read.text):
        raise unreadable("It holds no text.", "Check that the file is the one that you mean.")
    return read


def refuse_too_big(name: str, size: int) -> None:
    """Raises InvalidInput for a file of more bytes than are read."""
    most = MOST_PLAIN if ending(name) in PLAIN else MOST_BYTES
    if size > most:
        raise unreadable(
            f"It has {size / 1e6:,.0f} MB; at most {most // 1_000_000} MB are read.",
            "Divide it, or save it without its pictures.",
        )


def _refuse_misnamed(end: str, data: bytes) -> None:
    begins = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise locked()
        raise unreadable(
            "It is a document of an old Office (.doc), whatever its name says.",
            "Open it, save it as .docx, and import that.",
        )
    for sign, what, ends in _SIGNS:
        if begins.startswith(sign):
            if end not in ends:
                raise unreadable(
                    f"It is {what}, whatever its name says.", "Give it the ending of what it is."
                )
            return
    needed = next((sign for sign, _, ends in _SIGNS if end in ends), None)
    if needed and needed not in data[:2048]:
        raise unreadable(
            f"It is no {end} file, whatever its name says.",
            "Give it the ending of what it is, or save it again.",
        )
