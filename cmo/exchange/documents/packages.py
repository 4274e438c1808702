"""Documents that are XML in a zip: opened with bounds, and read as a stream of elements."""

from __future__ import annotations

import io
import zipfile
from typing import Protocol

from lxml import etree

from cmo.errors import InvalidInput
from cmo.exchange.documents.document import unreadable

MOST_UNPACKED = 120_000_000
"""Most bytes that one part of a package may unpack to."""
_CHUNK = 1 << 16


class Sink(Protocol):
    """Takes the elements of a part in their order."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; `tag` is its name, with its namespace in braces."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, words: str) -> None:
        """Text stands there."""


class Package:
    """A zip archive whose parts are read one at a time; raises InvalidInput for one that is broken,
    or locked with a password."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise _damaged() from error
        if any(info.flag_bits & 0x1 for info in self._zip.infolist()):
            raise locked()

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def parse(self, part: str, sink: Sink) -> None:
        """Feeds the part to the sink, chunk by chunk; raises InvalidInput where it is not there, is
        broken, unpacks to more than MOST_UNPACKED bytes, or declares a document type."""
        if part not in self._names:
            raise unreadable(
                f"It holds no {part}: it is not the kind of document that its name says.",
                "Give it the ending of what it is, or save it again.",
            )
        parser = etree.XMLParser(
            target=_Target(sink),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
        try:
            self._feed(part, parser)
            parser.close()
        except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, OSError) as error:
            raise _damaged() from error
        except (NotImplementedError, RuntimeError) as error:
            raise locked() if "password" in str(error) else _damaged() from error
        except Exception as error:
            if isinstance(error, (InvalidInput, MemoryError)):
                raise
            raise _damaged() from error  # zlib's own error is no OSError

    def _feed(self, part: str, parser: etree.XMLParser) -> None:
        unpacked = 0
        with self._zip.open(part) as file:
            while chunk := file.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise unreadable(
                        f"It unpacks to more than {MOST_UNPACKED // 1_000_000} MB.",
                        "Save its text alone, as .txt or .docx, and check where it comes from.",
                    )
                parser.feed(chunk)


class _Target:
    """Between lxml and a sink."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._sink.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._sink.end(tag)

    def data(self, words: str) -> None:
        self._sink.data(words)

    def doctype(self, *_: object) -> None:
        raise unreadable(
            "Its XML declares a document type, which could make it unpack without end.",
            "Open it in the program that it was written with, and save it again.",
        )

    def close(self) -> None:
        """The part has ended."""


def locked() -> InvalidInput:
    """The refusal of a file that wants a password."""
    return unreadable(
        "It is locked with a password.", "Open it, save it without a password, and try again."
    )


def _damaged() -> InvalidInput:
    return unreadable(
        "It is damaged: its parts cannot be unpacked, or are not whole.",
        "Copy or export it again; opening and saving it may mend it.",
    )
