"""Serving the app: the port, the address, and that nothing is left running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from cmo.cli.serving import HOST, free_port, open_browser
from cmo.errors import CmoError
from cmo.graph.local import stop

ROOT = Path(__file__).resolve().parents[2]
START = (
    "from cmo.cli.serving import serve; import sys; "
    "sys.exit(serve(sys.argv[1], 'ann', int(sys.argv[2]), True))"
)


@contextmanager
def taken() -> Iterator[int]:
    """A port that somebody listens to."""
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        holder.listen()
        yield holder.getsockname()[1]


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


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_it_says_the_address_answers_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-c", START, str(tmp_path / "casebook")]
    with (
        taken() as port,
        subprocess.Popen(
            [*command, str(port)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as program,
    ):
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(3)]
        children = psutil.Process(program.pid).children(recursive=True)
        with urllib.request.urlopen(f"http://{HOST}:{port_in(said[1])}") as answer:
            policy = answer.headers["Content-Security-Policy"]
        program.send_signal(signal.SIGINT)
        rest = program.stdout.read()
    stop(tmp_path / "casebook")

    assert f"Port {port} is taken" in said[0]
    assert "frame-ancestors 'none'" in policy
    assert "There is no browser here" in said[2]
    assert "Ending the app." in rest
    assert program.returncode == 0
    assert children
    until = time.monotonic() + 10
    while any(c.is_running() for c in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [c for c in children if c.is_running()]


def port_in(said: str) -> str:
    """The port of the address in what it said."""
    return said.split(f"{HOST}:")[1].split(maxsplit=1)[0]
