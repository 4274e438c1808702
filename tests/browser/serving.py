"""The app as a user starts it: the program, its address, and its end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

from cmo.graph.local import stop

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE = 180.0
"""Seconds to the address."""


@contextmanager
def started(*command: str, casebook: Path) -> Iterator[str]:
    """Runs `cmo` with these words on a casebook; yields the app's address when it is said, and
    ends the program and its engine."""
    words = [sys.executable, "-m", "cmo", *command, "--casebook", str(casebook)]
    with subprocess.Popen(
        words,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as program:
        try:
            yield _address(program)
        finally:
            program.terminate()  # Ctrl-C is ignored by what a script started in the background
            try:
                program.wait(timeout=30)
            except subprocess.TimeoutExpired:
                program.kill()
            stop(casebook)


def run(*command: str, casebook: Path) -> None:
    """Runs `cmo` with these words to its end; fails with what it said."""
    words = [sys.executable, "-m", "cmo", *command, "--casebook", str(casebook)]
    done = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr


def _address(program: subprocess.Popen[str]) -> str:
    """The address in what the program says; what it says later is read too, so that it never waits
    for a reader."""
    lines: Queue[str | None] = Queue()

    def read() -> None:
        assert program.stdout is not None
        for line in program.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    said: list[str] = []
    while True:
        try:
            line = lines.get(timeout=PATIENCE)
        except Empty:
            line = None
        if line is None:
            raise AssertionError(f"The app gave no address: {''.join(said)}")
        said.append(line)
        if "The app is at" in line and (found := ADDRESS.search(line)):
            return found[0]
