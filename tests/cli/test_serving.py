"""Serving the app: the port, the address, and that nothing is left running."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import IO

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from cmo.cli import serving
from cmo.cli.serving import HOST, free_port, open_browser
from cmo.errors import CmoError
from cmo.graph.local import stop
from tests.cli.program import Program, program

LONG = 240
POSIX = pytest.mark.skipif(os.name != "posix", reason="it is ended by signals")


@contextmanager
def taken() -> Iterator[int]:
    """A port that somebody listens to."""
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        holder.listen()
        yield holder.getsockname()[1]


class Running:
    """A `cmo` that serves: what it says line by line, and every process that came of it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.out: list[str] = []
        self.err: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._readers = [
            threading.Thread(target=self._read, args=(stream, held), daemon=True)
            for stream, held in ((process.stdout, self.out), (process.stderr, self.err))
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: IO[bytes], held: list[str]) -> None:
        with stream:
            for line in stream:
                held.append(line.decode())
                self._lines.put(held[-1])
        self._lines.put(None)

    def end(self) -> int:
        """Ends it, if it has not ended, and hears it out; its exit status."""
        self.process.kill()
        code = self.process.wait()
        for reader in self._readers:
            reader.join(LONG)
        return code

    def until_it_says(self, words: str) -> str:
        """The first line with these words on either stream."""
        for said in [*self.out, *self.err]:
            if words in said:
                return said
        ended = 0
        while ended < 2:
            line = self._lines.get(timeout=LONG)
            ended += line is None
            if line and words in line:
                return line
        raise AssertionError(f"never said {words!r}: {self.out} {self.err}")

    @property
    def address(self) -> str:
        return self.until_it_says("The app is at ").split()[4]

    def everything(self) -> list[psutil.Process]:
        return [
            psutil.Process(self.process.pid),
            *psutil.Process(self.process.pid).children(recursive=True),
        ]


@contextmanager
def served(cmo: Program, *words: str) -> Iterator[Running]:
    running = Running(cmo.start(*words))
    try:
        yield running
    finally:
        running.end()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program without a display, on a demo casebook whose engine soon ends when it is left."""
    folder = tmp_path_factory.mktemp("served")
    place = folder / "casebook"
    made = program(folder, str(place), CMO_LEASE_SECONDS="1")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        made.environment.pop(name, None)
    made.ok("demo", "--no-serve")
    yield made
    stop(place)


def all_gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """What is still there of these, after they had time to end."""
    until = time.monotonic() + 60
    left = processes
    while left and time.monotonic() < until:
        time.sleep(0.1)
        left = [p for p in left if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    return left


def asked(address: str) -> Message:
    """The headers with which the app answers."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # the test's own server
        assert answer.status == 200
        headers: Message = answer.headers
        return headers


def test_a_port_that_is_taken_is_passed_over() -> None:
    with taken() as port:
        assert free_port(port) > port


def test_without_a_free_port_it_says_which_were_tried() -> None:
    with pytest.raises(CmoError, match="No port from 65536"):
        free_port(65536)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a display is always there")
def test_without_a_display_no_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert not open_browser("http://127.0.0.1:1")


def test_a_port_that_is_lost_before_the_server_has_it_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with taken() as port:
        beyond = free_port(port + 1)
        found = iter([port])
        monkeypatch.setattr(serving, "free_port", lambda _: next(found, None) or beyond)
        said: list[str] = []

        def announced(address: str) -> None:
            said.append(address)
            raise KeyboardInterrupt

        with (
            pytest.raises(KeyboardInterrupt),
            serving.started(str(tmp_path / "nothing"), "ann", port) as server,
        ):
            server.open_page(announced, browser=False)

    assert said == [f"http://{HOST}:{beyond}"]


def test_ctrl_c_while_the_address_is_said_ends_it_as_later(tmp_path: Path) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with serving.started(str(tmp_path / "nothing"), "ann", None) as server:
        assert server.serve(interrupted) == 0


@POSIX
def test_the_demo_opens_the_app_and_leaves_nothing_after_ctrl_c(alone: Program) -> None:
    stop(Path(alone.environment["CMO_CASEBOOK"]))
    with taken() as port, served(alone, "demo", "--port", str(port)) as running:
        running.until_it_says("There is no browser here")
        policy = asked(running.address)["Content-Security-Policy"]
        came_of_it = running.everything()
        running.process.send_signal(signal.SIGINT)
        running.process.wait(LONG)

        assert not all_gone(came_of_it)

    assert running.process.returncode == 0, running.err
    assert "frame-ancestors 'none'" in policy
    assert f"Port {port} is taken" in "".join(running.err)
    assert "Consultancy" in "".join(running.out)
    assert running.out[-1].startswith("The app is at ")
    opened = next(i for i, said in enumerate(running.err) if "The app opens at" in said)
    assert "There is no browser here" in running.err[opened + 1]
    assert "Ending the app." in running.err[-1]
    assert len(came_of_it) >= 3  # the program, the server and the engine


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_however_the_program_ends(alone: Program, number: signal.Signals) -> None:
    with served(alone, "serve", "--no-browser") as running:
        assert running.address
        came_of_it = running.everything()
        running.process.send_signal(number)
        running.process.wait(LONG)

        assert not all_gone(came_of_it)

    assert len(came_of_it) >= 2
    assert not any("Traceback" in line for line in running.err)


@POSIX
def test_make_demo_hands_its_arguments_on_and_ends_with_its_group(
    alone: Program, tmp_path: Path
) -> None:
    root = Path(__file__).resolve().parents[2]
    (tmp_path / "Makefile").write_text((root / "Makefile").read_text(encoding="utf-8"))
    (tmp_path / "pyproject.toml").touch()
    bin_ = tmp_path / ".venv/bin"
    bin_.mkdir(parents=True)
    (bin_ / "cmo").write_text(f'#!/bin/sh\nexec {sys.executable} -m cmo "$@"\n')
    (bin_ / "cmo").chmod(0o755)
    (tmp_path / ".venv/.ready-to-run").touch()
    make = subprocess.Popen(
        ["make", "demo", "ARGS=--no-browser --port 8650"],
        cwd=tmp_path,
        env=alone.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    running = Running(make)
    try:
        assert int(running.address.rpartition(":")[2]) >= 8650
        came_of_it = running.everything()
        os.killpg(make.pid, signal.SIGINT)
        make.wait(LONG)

        assert not all_gone(came_of_it)
        assert len(came_of_it) >= 3
    finally:
        left = [p for p in psutil.process_iter() if p.pid != make.pid and of(p, make.pid)]
        for process in left:
            process.kill()
        running.end()


def of(process: psutil.Process, session: int) -> bool:
    """Whether a process belongs to a session."""
    try:
        return os.getsid(process.pid) == session
    except OSError:
        return False


def test_the_demo_as_json_is_one_document_and_serves_nothing(alone: Program) -> None:
    said = alone.ok("demo", "--format", "json")

    assert json.loads(said.out)["projects"] == 5
    assert "The app is at" not in said.err


@POSIX
def test_the_demo_as_json_serves_where_it_is_asked_to(alone: Program) -> None:
    with served(alone, "demo", "--format", "json", "--serve", "--no-browser") as running:
        asked(running.until_it_says("http://").strip())
        running.until_it_says('"theory_move"')
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(LONG)

    assert json.loads("".join(running.out))["projects"] == 5
    assert not any("The app is at" in line for line in running.out)


@POSIX
def test_serving_as_json_says_the_address_in_one_document(alone: Program) -> None:
    with served(alone, "serve", "--format", "json", "--no-browser") as running:
        asked(running.until_it_says("address").split('"')[3])
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(LONG)

    assert json.loads("".join(running.out))["address"].startswith(f"http://{HOST}:")


def test_a_casebook_that_is_not_there_is_refused_and_no_server_stays(tmp_path: Path) -> None:
    place = tmp_path / "casebook"
    said = program(tmp_path, str(place))("serve", "--no-browser")

    assert (said.code, said.out) == (1, "")
    assert "There is no casebook at" in said.err
    assert not place.exists()
