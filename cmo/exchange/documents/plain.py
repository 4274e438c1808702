"""Plain text and Markdown: kept as they are, with Markdown's headings known."""

from __future__ import annotations

import re

from cmo.domain.spans import read_text
from cmo.exchange.documents.decoding import decode
from cmo.exchange.documents.document import Document

_HEADING = re.compile(r"(?m)^ {0,3}(#{1,6})[ \t]+(?=\S)")
_UNDERLINED = re.compile(r"(?m)^(?=[^\n]*\S)(?![ \t]*[-=#>*+])[^\n]+\n {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"(?ms)^ {0,3}(```+|~~~+)[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)")


def read_plain(data: bytes, encoding: str | None = None) -> Document:
    """The text as it stands, without structure."""
    text, read_as = decode(data, encoding)
    return Document(read_text(text), (), read_as)


def read_markdown(data: bytes, encoding: str | None = None) -> Document:
    """The text as it stands, marks of Markdown included, so that positions are those of the file;
    headings are those outside fenced code."""
    plain = read_plain(data, encoding)
    fenced = [match.span() for match in _FENCE.finditer(plain.text)]
    found = [(m.start(), len(m[1])) for m in _HEADING.finditer(plain.text)]
    found += [(m.start(), 1 if m[1][0] == "=" else 2) for m in _UNDERLINED.finditer(plain.text)]
    headings = [h for h in sorted(found) if not any(a <= h[0] < b for a, b in fenced)]
    return Document(plain.text, tuple(headings), plain.read_as)
