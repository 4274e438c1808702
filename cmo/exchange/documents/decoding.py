"""From bytes to text: which encoding a file is written in."""

from __future__ import annotations

import codecs
import re

from cmo.exchange.documents.document import unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536
WESTERN = "cp1252"
"""What most files are in that are not Unicode."""
_MAC = ("mac_latin2", "mac_iceland", "mac_turkish")
"""What the library takes for one another, and for Mac Roman."""
_OF_UTF8 = re.compile(b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(b"[\x80-\xff]+")
_NOT_WESTERN = re.compile(
    "[\u00c0-\u00ff]{3}|[^\\W\\d_][þðýÞÐÝŸ³¹²¢£¥¦¯ªº¸µ÷×¤¬¿¡]|[þðýÞÐÝŸ³¹²¢£¥¦¯ªº¸µ÷×¤¬][^\\W\\d_]"
)
"""What Western texts hardly hold, and others do when they are taken for one."""


def decode(data: bytes, wanted: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding: the one that is wanted, else that of the mark at its
    beginning, else UTF-8, else UTF-16, else the one that fits best.

    Nothing is replaced: bytes that an encoding does not have refuse it. Raises InvalidInput where
    none fits, or where what comes out is no text.
    """
    text, name = _decoded(data, wanted)
    controls = len(_CONTROLS.findall(text))
    if controls > 8 and controls * 10 > len(text):
        raise unreadable(
            "It is no text: too much of it is control characters.",
            "Check that the file is what its name says.",
        )
    return text, name


def _decoded(data: bytes, wanted: str | None) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark) and (not wanted or _is_of(wanted, mark)):
            return _strictly(data, name)
    if wanted:
        return _strictly(data, wanted)
    wide = _without_mark(data[:_SAMPLE])
    if wide:
        return _strictly(data, wide)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(data, error)
        return _best(data)


def _is_of(wanted: str, mark: bytes) -> bool:
    """Whether the mark is one of the encoding that is wanted, and so no part of the text."""
    try:
        return "\ufeff".encode(codecs.lookup(wanted).name).endswith(mark)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return False  # said where it is decoded


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Raises InvalidInput for UTF-8 that is damaged somewhere: in any other encoding its letters
    would be two or three wrong ones each."""
    fitting = sum(map(len, _OF_UTF8.findall(data)))
    if fitting and fitting >= 0.8 * sum(map(len, _HIGH.findall(data))):
        line = data.count(b"\n", 0, error.start) + 1
        raise unreadable(
            f"It is written in UTF-8, but for line {line:,}, or it ends in the middle there.",
            "Copy it again, or save it as UTF-8; or name its encoding with --encoding.",
        ) from error


def _strictly(data: bytes, name: str) -> tuple[str, str]:
    try:
        found = codecs.lookup(name)
        if found.name in ("utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"):
            raise LookupError(name)
        return data.decode(found.name), found.name
    except (UnicodeDecodeError, TypeError, ValueError) as error:
        raise unreadable(
            f"It is not written in {name} throughout.",
            "Save it as UTF-8, or name its encoding with --encoding.",
        ) from error
    except LookupError as error:
        raise unreadable(
            f"There is no encoding called {name}.", "Name one such as utf-8, cp1252 or utf-16."
        ) from error


def _western(data: bytes) -> str | None:
    """The text as Western, where it reads like one."""
    try:
        text = data.decode(WESTERN)
    except UnicodeDecodeError:
        return None
    return None if _NOT_WESTERN.search(text) else text


def _without_mark(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is nothing."""
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _best(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" not in data:
        # Among near relatives the library's choice is accidental: it takes French for Baltic.
        western = _western(data)
        if western is not None:
            return western, WESTERN
        best = from_bytes(data).best()
        if best is not None:
            roman = data.decode("mac_roman") if best.encoding in _MAC else ""
            is_roman = roman and not _NOT_WESTERN.search(roman)
            return (roman, "mac-roman") if is_roman else _strictly(data, best.encoding)
    raise unreadable(
        "It is written in no encoding that can be told.",
        "Save it as UTF-8, or name its encoding with --encoding.",
    )
