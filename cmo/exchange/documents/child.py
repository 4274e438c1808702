"""The process that reads untrusted files: its memory is bounded, and it writes nothing.

It is asked on standard input and answers on standard output. A question is a line of JSON (name,
path or None, encoding, size) and, without a path, so many bytes; an answer is its length in eight
bytes and JSON.
"""

from __future__ import annotations

import json
import os
import stat
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from cmo.errors import InvalidInput

MOST_MEMORY = 700_000_000
"""Most bytes of address space, where the system can bound it (not on Windows or a Mac)."""
LENGTH = struct.Struct(">Q")


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answers until nobody asks any more."""
    while line := asked.readline():
        question = json.loads(line)
        if question["path"] is None:
            data = asked.read(question["size"])
            answer = _answer(question, data)
            del data
        else:
            answer = _answer(question, None)
        body = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
        answered.write(LENGTH.pack(len(body)))
        answered.write(body)
        answered.flush()


def _answer(question: dict[str, Any], data: bytes | None) -> dict[str, Any]:
    try:
        return _read(question, data)
    except InvalidInput as error:
        return {"refused": [error.wrong, error.next_step]}
    except MemoryError:
        return {
            "refused": [
                "It takes more memory to read than a document should.",
                "Save its text alone, as .txt or .docx, and check where it comes from.",
            ]
        }
    except OSError as error:
        return {"refused": [f"It cannot be read: {error.strerror}.", "Check the file."]}
    except Exception as error:  # noqa: BLE001  # whatever a library trips over, the file is named
        return {
            "refused": [
                f"It is damaged, or not what its name says ({type(error).__name__}).",
                "Open it in the program that it was written with, and save it again.",
            ]
        }


def _read(question: dict[str, Any], data: bytes | None) -> dict[str, Any]:
    from cmo.exchange.documents.formats import read_document, refuse_too_big

    if data is None:
        path = Path(question["path"])
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            raise InvalidInput(
                "It is no file: a device or a pipe.", "It was not imported.", "Give a file."
            )
        with path.open("rb") as file:
            refuse_too_big(question["name"], os.fstat(file.fileno()).st_size)
            data = file.read()
    read = read_document(question["name"], data, question["encoding"])
    return {
        "text": read.text,
        "headings": read.headings,
        "read_as": read.read_as,
        "left_out": read.left_out,
    }


def main() -> None:
    """Bounds this process, then serves whoever started it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked, answered = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not garble an answer
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(asked, answered)


if __name__ == "__main__":
    main()
