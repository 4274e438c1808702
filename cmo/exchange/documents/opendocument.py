"""OpenDocument texts (.odt): paragraphs, headings, rows of tables, notes.

OpenDocument is ISO/IEC 26300; the names of elements are those of its part 1.
"""

from __future__ import annotations

from cmo.exchange.documents.document import Document, Writer
from cmo.exchange.documents.packages import Package, locked

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE = (_NAMESPACE % name for name in ("text", "table", "office"))
_DRAW, _SVG = (_NAMESPACE % name for name in ("drawing", "svg-compatible"))
_LOCKED = _NAMESPACE % "manifest" + "encryption-data"
_SKIPPED = {
    _TEXT + "tracked-changes": "deleted text",
    _OFFICE + "annotation": "comments",
    _OFFICE + "forms": None,
    _SVG + "title": None,  # of a picture, for those who do not see it
    _SVG + "desc": None,
    _TEXT + "hidden-text": "hidden text",
}
_MOST_SPACES = 1_000


def read_odt(data: bytes, encoding: str | None = None) -> Document:
    """The text of an .odt; notes stand at the end, numbered as they are called.

    What was deleted with changes tracked or is hidden, comments, headers and footers are left out.
    Raises InvalidInput for a file that is no .odt.
    """
    del encoding  # XML says it itself
    package = Package(data)
    manifest = _Manifest()
    if "META-INF/manifest.xml" in package:
        package.parse("META-INF/manifest.xml", manifest)
    if manifest.locked:
        raise locked()
    writer = Writer()
    story = _Story(writer)
    package.parse("content.xml", story)
    for number, note in enumerate(story.notes, 1):
        writer.line(f"[{number}] {' '.join(note.split())}", apart=number == 1)
    return writer.document()


class _Manifest:
    """Whether a part of the package is encrypted."""

    locked = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # as every sink
        self.locked = self.locked or tag == _LOCKED

    def end(self, tag: str) -> None:
        pass

    def data(self, words: str) -> None:
        pass


class _Story:
    """The body of a document, block by block."""

    def __init__(self, writer: Writer) -> None:
        self.notes: list[str] = []
        self._writer = writer
        self._paragraphs: list[tuple[list[str], int | None]] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._within: list[tuple[list[str], list[tuple[list[str], int | None]]]] = []
        self._skipping = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            if not self._skipping and _SKIPPED[tag]:
                self._writer.left_out[str(_SKIPPED[tag])] = None
            self._skipping += 1
        elif tag == _TEXT + "section" and attributes.get(_TEXT + "display") == "none":
            self._writer.left_out["hidden text"] = None
            self._skipping += 1
        elif tag == _TEXT + "h":
            rank = attributes.get(_TEXT + "outline-level", "1")
            self._paragraphs.append(([], max(1, int(rank)) if rank.isdecimal() else 1))
        elif tag == _TEXT + "p":
            self._paragraphs.append(([], None))
        elif tag == _TABLE + "table-row":
            self._rows.append([])
        elif tag == _TABLE + "table-cell":
            self._cells.append([])
        elif tag == _TEXT + "note":
            self._add(f"[{len(self.notes) + 1}]")
            self.notes.append("")
        elif tag == _TEXT + "note-citation":
            self._skipping += 1
        elif tag == _TEXT + "note-body":
            self._within.append(([], self._paragraphs))
            self._paragraphs = []
        elif tag == _DRAW + "image":
            self._writer.left_out["pictures"] = None
        else:
            self._character(tag, attributes)

    def _character(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _TEXT + "s":
            many = attributes.get(_TEXT + "c", "1")
            self._add(" " * (min(int(many), _MOST_SPACES) if many.isdecimal() else 1))
        elif tag == _TEXT + "tab":
            self._add("\t")
        elif tag == _TEXT + "line-break":
            self._add("\n")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag in (_TEXT + "p", _TEXT + "h") and self._paragraphs:
            words, rank = self._paragraphs.pop()
            self._block("".join(words), rank)
        elif tag == _TABLE + "table-cell" and self._cells:
            self._rows[-1].append("\n".join(self._cells.pop()))
        elif tag == _TABLE + "table-row" and self._rows:
            self._block("\t".join(self._rows.pop()), None)
        elif tag == _TEXT + "note-body" and self._within:
            said, self._paragraphs = self._within.pop()
            self.notes[-1] = "\n".join(said)

    def _block(self, words: str, rank: int | None) -> None:
        if self._within:
            self._within[-1][0].append(words)
        elif self._cells:
            self._cells[-1].append(words)
        else:
            self._writer.line(words, rank)

    def _add(self, words: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1][0].append(words)

    def data(self, words: str) -> None:
        if not self._skipping:
            # White space of the XML is one space (part 1, 6.1.2); real ones are elements.
            self._add(_collapsed(words))


def _collapsed(words: str) -> str:
    held = " ".join(part for part in words.replace("\t", " ").replace("\n", " ").split(" ") if part)
    if not held:
        return " " if words else ""
    return (" " if words[0] in " \t\n\r" else "") + held + (" " if words[-1] in " \t\n\r" else "")
