"""HTML: what a browser would show as text, block by block."""

from __future__ import annotations

import re

from lxml import etree

from cmo.exchange.documents.decoding import decode
from cmo.exchange.documents.document import Document, Writer, one_line, unreadable

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_APART = frozenset(
    {"p", "blockquote", "ul", "ol", "dl", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
)
_BLOCKS = _APART | {
    *("html", "body", "div", "li", "tr", "dt", "dd", "article", "aside", "section", "header"),
    *("footer", "main", "nav", "address", "figure", "figcaption", "form", "fieldset", "legend"),
    *("caption", "thead", "tbody", "tfoot", "details", "summary", "option", "center"),
}
_SKIPPED = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "title"}
)
_PICTURES = frozenset({"img", "picture", "video", "audio", "canvas"})
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""The parser drops what stands after them; browsers show it (WHATWG HTML, “after body”)."""
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def read_html(data: bytes, encoding: str | None = None) -> Document:
    """The text that the page shows; scripts and styles are not run, and nothing is fetched.

    Its encoding is the one wanted, else the mark's, else the one that it declares, else what fits
    best. Raises InvalidInput for a page that is nested without measure.
    """
    text, read_as = decode(data, encoding or _declared(data))
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        whole = _ENDS.sub("", text.replace("\0", "\ufffd"))
        root = etree.fromstring(whole.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise unreadable("It holds no HTML.", "Check that the file is what its name says.") from (
            error
        )
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise unreadable(
            "Its elements are nested too deep to be read.",
            "Save its text alone, as .txt, and check where it comes from.",
        )
    page = _Page()
    if root is not None:
        page.walk(root)
    return page.document(read_as)


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares, if it is one that the page can be in."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    found = _DECLARED.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    if not name or name.startswith("utf"):
        return None
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"):
        name = "cp1252"  # as browsers do (WHATWG Encoding, 4.2)
    try:
        data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return name


class _Page:
    """The blocks of a page while its elements are walked."""

    def __init__(self) -> None:
        self._writer = Writer()
        self._inline: list[str] = []
        self._rank: int | None = None
        self._apart = False
        self._pre = 0

    def document(self, read_as: str) -> Document:
        """All that was walked."""
        self._flush()
        return self._writer.document(read_as)

    def walk(self, root: etree._Element) -> None:
        """Goes through the elements in their order, without recursion."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                self._end(tag, element)
            elif tag in _SKIPPED or not tag or self._is_hidden(element):
                steps.skip_subtree()
            else:
                self._start(tag, element)

    def _is_hidden(self, element: etree._Element) -> bool:
        """Whether the element itself says that it is not shown; noted where it has words."""
        hidden = element.get("hidden") is not None or _UNSEEN.search(element.get("style", ""))
        if hidden and any(words.strip() for words in element.itertext()):
            self._writer.left_out["hidden text"] = None
        return bool(hidden)

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag in _PICTURES:
            self._writer.left_out["pictures"] = None
        if tag in _BLOCKS:
            self._flush()
            self._apart = self._apart or tag in _APART
            if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self._rank = int(tag[1])
        elif tag == "br":
            self._inline.append("\n")
        elif tag in ("td", "th") and any(part.strip() for part in self._inline):
            self._inline.append("\t")
        if tag in ("pre", "textarea"):
            self._pre += 1
        self._add(element.text)

    def _end(self, tag: str, element: etree._Element) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._rank = None
            self._apart = self._apart or tag in _APART
        if tag in ("pre", "textarea"):
            self._pre -= 1
        self._add(element.tail)

    def _add(self, words: str | None) -> None:
        if words:
            self._inline.append(words if self._pre else one_line(words))

    def _flush(self) -> None:
        words = "".join(self._inline)
        self._inline.clear()
        if not self._pre:
            words = re.sub(r" *([\n\t]) *", r"\1", re.sub(" {2,}", " ", words)).strip(" \n\t")
        if words.strip():
            self._writer.line(words.strip("\n"), self._rank, self._apart)
            self._apart = False
