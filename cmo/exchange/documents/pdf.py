"""PDF: the text of its pages, line by line as they are set."""

from __future__ import annotations

import re

from cmo.domain.spans import read_text
from cmo.errors import InvalidInput
from cmo.exchange.documents.document import Document, Writer, unreadable
from cmo.exchange.documents.packages import locked

_HYPHEN = re.compile("[\x02\ufffe]\n?")
"""What the library writes for a hyphen at the end of a line: the word goes on in the next."""


def read_pdf(data: bytes, encoding: str | None = None) -> Document:
    """The text of a PDF, a page after the other with an empty line between; lines are as they are
    set, and words that were divided at their ends are whole.

    Raises InvalidInput for one that is damaged, locked, or made of pictures alone.
    """
    del encoding  # each font says its own
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refused(error) from error
    writer, silent = Writer(), 0
    with document:
        for number in range(len(document)):
            try:
                page = document[number]
                words = page.get_textpage().get_text_range()
            except pdfium.PdfiumError as error:
                raise _refused(error) from error
            text = _HYPHEN.sub("", read_text(words)).strip()
            if text:
                writer.line(text, apart=True)
            else:
                silent += 1
            page.close()
    if silent:
        some = "1 page that holds" if silent == 1 else f"{silent:,} pages that hold"
        writer.left_out[f"{some} no text, perhaps a picture of it"] = None
    read = writer.document()
    if not read.text.strip():
        raise unreadable(
            "It holds no text: its pages are pictures.",
            "Have its text recognised (OCR) and saved, then import that.",
        )
    return read


def _refused(error: Exception) -> InvalidInput:
    if "password" in str(error).casefold() or "security" in str(error).casefold():
        return locked()
    return unreadable(
        "It is damaged: no page can be read.",
        "Copy or export it again; opening and printing it to a PDF may mend it.",
    )
