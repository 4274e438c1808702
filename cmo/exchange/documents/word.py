"""Word documents (.docx): paragraphs, headings, rows of tables, footnotes.

Read as a stream, without python-docx: that makes an object of every run, and cannot be bounded.
Office Open XML is ECMA-376; the names of elements are those of its part 1, section 17.
"""

from __future__ import annotations

from cmo.exchange.documents.document import Document, Writer
from cmo.exchange.documents.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_SKIPPED = {"del": "deleted text", "moveFrom": "moved text", "instrText": None, "tabs": None}
_LEFT_OUT = {"drawing": "pictures", "pict": "pictures", "sym": "symbols"}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def read_docx(data: bytes, encoding: str | None = None) -> Document:
    """The text of a .docx; footnotes and endnotes stand at the end, numbered as they are called.

    What was deleted with changes tracked or is hidden, comments, formulas, headers and footers are
    left out; the numbers of lists are not part of their text. Raises InvalidInput for a file that
    is no .docx.
    """
    del encoding  # XML says it itself
    package = Package(data)
    root = _Root()
    if "_rels/.rels" in package:
        package.parse("_rels/.rels", root)
    body = root.part or "word/document.xml"
    folder = body.rpartition("/")[0]
    styles = _Styles()
    if f"{folder}/styles.xml" in package:
        package.parse(f"{folder}/styles.xml", styles)
    writer = Writer()
    story = _Story(writer, styles.ranks())
    package.parse(body, story)
    _notes(package, folder, story, writer)
    if f"{folder}/comments.xml" in package:
        writer.left_out["comments"] = None
    return writer.document()


def _notes(package: Package, folder: str, story: _Story, writer: Writer) -> None:
    for kind in ("footnote", "endnote"):
        part = f"{folder}/{kind}s.xml"
        called = {ident: n for (what, ident), n in story.called.items() if what == kind}
        if called and part in package:
            notes = _Notes(kind)
            package.parse(part, notes)
            for ident, number in called.items():
                words = " ".join(notes.texts.get(ident, "").split("\n")).strip()
                writer.line(f"[{number}] {words}", apart=number == 1)


def _local(tag: str) -> str:
    """The name of an element of WordprocessingML; that of any other is empty."""
    return tag.removeprefix(_W).removeprefix(_STRICT) if tag.startswith((_W, _STRICT)) else ""


def _value(attributes: dict[str, str], name: str) -> str | None:
    return attributes.get(_W + name) or attributes.get(_STRICT + name)


class _Root:
    """Which part of the package is the document."""

    part: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _RELATION and attributes.get("Type", "").endswith("/officeDocument"):
            self.part = attributes.get("Target", "").lstrip("/") or None

    def end(self, tag: str) -> None:
        pass

    def data(self, words: str) -> None:
        pass


class _Styles:
    """The styles of paragraphs, and which of them are headings."""

    def __init__(self) -> None:
        self._rank: dict[str, int] = {}
        self._based: dict[str, str] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = _value(attributes, "val") or ""
        match _local(tag):
            case "style":
                self._style = _value(attributes, "styleId") or ""
            case "name":
                words = value.casefold().split()
                if len(words) == 2 and words[0] == "heading" and words[1].isdecimal():
                    self._rank[self._style] = max(1, int(words[1]))
                elif words == ["title"]:
                    self._rank[self._style] = 1
            case "basedOn":
                self._based[self._style] = value
            case "outlineLvl" if value in set("012345678"):
                self._rank[self._style] = int(value) + 1

    def end(self, tag: str) -> None:
        pass

    def data(self, words: str) -> None:
        pass

    def ranks(self) -> dict[str, int]:
        """The rank of each style that is a heading, or is based on one."""
        found = dict(self._rank)
        for style in self._based:
            seen, at = {style}, style
            while at not in self._rank and (before := self._based.get(at)) not in seen:
                if before is None:
                    break
                seen.add(before)
                at = before
            if at in self._rank:
                found[style] = self._rank[at]
        return found


class _Story:
    """The body of a document, block by block."""

    def __init__(self, writer: Writer, ranks: dict[str, int]) -> None:
        self.called: dict[tuple[str, str], int] = {}
        self._writer, self._ranks = writer, ranks
        self._paragraphs: list[list[str]] = []
        self._rank: list[int | None] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._skipping = 0
        self._text = False
        self._hidden: list[bool] = []  # of each run that is open

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._skipping or name in _SKIPPED or tag == _FALLBACK:
            self._skip(name)
            return
        told = "formulas" if tag == _FORMULA else _LEFT_OUT.get(name)
        if told:
            self._writer.left_out[told] = None
        match name:
            case "p":
                self._paragraphs.append([])
                self._rank.append(None)
            case "r" | "vanish":
                self._begin_run(name, attributes)
            case "t":
                self._text = True
            case "tr":
                self._rows.append([])
            case "tc":
                self._cells.append([])
            case "pStyle" | "outlineLvl" if self._rank:
                self._rank[-1] = self._ranked(name, _value(attributes, "val") or "")
            case "footnoteReference" | "endnoteReference" if self._paragraphs:
                key = (name.removesuffix("Reference"), _value(attributes, "id") or "")
                number = self.called.setdefault(key, len(self.called) + 1)
                self._paragraphs[-1].append(f"[{number}]")
            case _ if name in _CHARACTERS and self._paragraphs:
                self._add(_CHARACTERS[name])

    def _begin_run(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._hidden.append(False)
        elif self._hidden:  # that of a paragraph hides its mark alone
            self._hidden[-1] = _value(attributes, "val") not in ("0", "false", "off")

    def _ranked(self, name: str, value: str) -> int | None:
        if name == "pStyle":
            return self._ranks.get(value)
        return int(value) + 1 if value in set("012345678") else self._rank[-1]

    def _skip(self, name: str) -> None:
        if not self._skipping and _SKIPPED.get(name):
            self._writer.left_out[str(_SKIPPED[name])] = None
        self._skipping += 1

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        match _local(tag):
            case "t":
                self._text = False
            case "r" if self._hidden:
                self._hidden.pop()
            case "p" if self._paragraphs:
                self._block("".join(self._paragraphs.pop()), self._rank.pop())
            case "tc" if self._cells:
                self._rows[-1].append("\n".join(self._cells.pop()))
            case "tr" if self._rows:
                self._block("\t".join(self._rows.pop()), None)

    def _block(self, words: str, rank: int | None) -> None:
        if self._cells:
            self._cells[-1].append(words)
        else:
            self._writer.line(words, rank)

    def data(self, words: str) -> None:
        if self._text and not self._skipping and self._paragraphs:
            self._add(words)

    def _add(self, words: str) -> None:
        if self._hidden and self._hidden[-1]:
            self._writer.left_out["hidden text"] = None
        else:
            self._paragraphs[-1].append(words)


class _Notes:
    """The texts of footnotes or endnotes by their ids."""

    def __init__(self, kind: str) -> None:
        self.texts: dict[str, str] = {}
        self._kind, self._id, self._text = kind, "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == self._kind:
            self._id = _value(attributes, "id") or ""
            self.texts[self._id] = ""
        elif name in ("p", "tab", "br", "cr") and self.texts.get(self._id):
            self.texts[self._id] += "\n"
        self._text = name == "t"

    def end(self, tag: str) -> None:  # noqa: ARG002  # as every sink
        self._text = False

    def data(self, words: str) -> None:
        if self._text and self._id:
            self.texts[self._id] += words
