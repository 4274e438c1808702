"""Has files read in child processes, two at a time, with bounds on memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, cast

from cmo.errors import InvalidInput
from cmo.exchange.documents.child import LENGTH
from cmo.exchange.documents.document import Document, unreadable

AT_ONCE = 2
"""How many files are read at the same time."""
SECONDS = 60.0
"""How long reading one file may take."""
LARGE = 8_000_000
"""Bytes from which on files are read one after the other, so that their memory does not add up."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class File:
    """A file as somebody gave it: its name, with the folders below the one that was given, and
    where it lies or what it holds."""

    name: str
    path: Path | None = None
    data: bytes = b""

    @property
    def size(self) -> int:
        """Its bytes; none where it cannot be looked at."""
        if self.path is None:
            return len(self.data)
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


Outcome = Document | InvalidInput


def read_files(
    files: Sequence[File],
    encoding: str | None = None,
    progress: Progress | None = None,
    *,
    seconds: float = SECONDS,
) -> list[Outcome]:
    """What each file holds, or why it was refused, in their order.

    `progress` is told after each how many are read, and how many there are; whatever it raises ends
    the reading at once, as Ctrl-C does.
    """
    outcomes: list[Outcome | None] = [None] * len(files)
    if not files:
        return []
    one_at_a_time = threading.Lock()
    with ExitStack() as stack:
        children: SimpleQueue[_Child] = SimpleQueue()
        every = [_Child(seconds) for _ in range(min(AT_ONCE, len(files)))]
        for child in every:
            children.put(child)
        for child in every:
            stack.callback(child.close)
        pool = ThreadPoolExecutor(len(every), thread_name_prefix="reading")
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        for child in every:
            stack.callback(child.end)  # before the pool: what waits for an answer gets none

        def read(file: File) -> Outcome:
            child = children.get()
            try:
                if file.size < LARGE:
                    return child.read(file, encoding)
                with one_at_a_time:
                    return child.read(file, encoding)
            finally:
                children.put(child)

        for at, outcome in _as_they_come(pool, read, files):
            outcomes[at] = outcome
            if progress:
                progress(sum(o is not None for o in outcomes), len(files))
    return [outcome for outcome in outcomes if outcome is not None]


def _as_they_come(
    pool: ThreadPoolExecutor, read: Callable[[File], Outcome], files: Sequence[File]
) -> Iterator[tuple[int, Outcome]]:
    waiting: dict[Future[Outcome], int] = {pool.submit(read, f): at for at, f in enumerate(files)}
    while waiting:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield waiting.pop(future), future.result()


class _Child:
    """One process that reads; it is started when it is first asked, and anew after it broke."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._lock = threading.Lock()

    def read(self, file: File, encoding: str | None) -> Outcome:
        """What the file holds, or its refusal; also where reading it takes too long."""
        too_late = threading.Event()
        process = self._started()
        if process is None:
            return _not_read()

        def stop() -> None:
            too_late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            return _asked(process, file, encoding)
        except (OSError, EOFError, ValueError):
            _put_down(process)
            self._process = None
            if too_late.is_set():
                return unreadable(
                    f"It takes longer than {self._seconds:.0f} seconds to read.",
                    "Save its text alone, as .txt or .docx, and check where it comes from.",
                )
            return unreadable(
                "It is damaged: what reads such files broke on it.",
                "Open it in the program that it was written with, and save it again.",
            )
        finally:
            timer.cancel()

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended:
                return None
            if self._process is None or self._process.poll() is not None:
                self._process = _start()
            return self._process

    def end(self) -> None:
        """Ends the process, also in the middle of a file."""
        with self._lock:
            self._ended = True
            process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def close(self) -> None:
        """Closes what led to the process, once nobody waits for its answer any more."""
        if self._process is not None:
            _put_down(self._process)


def _put_down(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _not_read() -> InvalidInput:
    return unreadable("Reading was ended before it.", "Import it again.")


def _start() -> subprocess.Popen[bytes]:
    # Without the folder of whoever works: a file there could pose as a module.
    root = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([root, *([known] if known else [])])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "cmo.exchange.documents.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ, PYTHONPATH=path),
        start_new_session=True,  # Ctrl-C is for the program that asked
    )


def _asked(process: subprocess.Popen[bytes], file: File, encoding: str | None) -> Outcome:
    asks, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    path = None if file.path is None else str(file.path.absolute())
    size = len(file.data)
    question = {"name": file.name, "path": path, "encoding": encoding, "size": size}
    asks.write(json.dumps(question).encode("ascii") + b"\n")
    if path is None:
        asks.write(file.data)
    asks.flush()
    (length,) = LENGTH.unpack(_exactly(answers, LENGTH.size))
    answer = json.loads(_exactly(answers, length))
    if "refused" in answer:
        return unreadable(*answer["refused"])
    headings = tuple((start, rank) for start, rank in answer["headings"])
    return Document(answer["text"], headings, answer["read_as"], tuple(answer["left_out"]))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
