"""Opening the app: a server on this computer, its address, and a browser if there is one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from cmo import shipped
from cmo.cli.terminal import say
from cmo.errors import CmoError, EngineFailed

HOST = "127.0.0.1"
FIRST_PORT = 8501
"""Where the search for a free port begins."""
PORTS = 50
"""How many ports are tried."""
PATIENCE = 90.0
"""Seconds that the server may take to answer."""


def serve(casebook: str | None, user: str | None, port: int | None, browser: bool) -> int:
    """Serves the app for a casebook (its folder or address) until it is ended, as `user`.

    Returns the exit status of the server, 0 after Ctrl-C. A port that is taken is passed over, and
    that is said. Raises CmoError where no port is free or the server does not start.
    """
    first = port or FIRST_PORT
    chosen = free_port(first)
    if chosen != first:
        say(f"Port {first} is taken; using {chosen}.")
    with _running(_command(chosen), _environment(casebook, user)) as server:
        address = f"http://{HOST}:{chosen}"
        _await(server, address)
        say(f"The app is at {address} (Ctrl-C ends it).")
        if browser and not open_browser(address):
            say("There is no browser here: open that address in one.")
        try:
            return server.wait()
        except KeyboardInterrupt:
            say("Ending the app.")
            return 0


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens to. Raises CmoError where there is none
    among the next PORTS."""
    for port in range(first, min(first + PORTS, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                # As the server itself does it: a port that was left a moment ago is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return port
    raise CmoError(
        f"No port from {first} to {first + PORTS - 1} is free.",
        "The app was not started.",
        "Name another with --port.",
    )


def open_browser(address: str) -> bool:
    """Opens the address in a browser; False where there is none, or no display to show it on."""
    if sys.platform not in ("win32", "darwin") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def _command(port: int) -> list[str]:
    app = shipped.folder("app") / "serve.py"
    options = {
        "server.port": port,
        "server.address": HOST,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", str(app), *given]


def _environment(casebook: str | None, user: str | None) -> dict[str, str]:
    held = dict(os.environ)
    if casebook:
        folder = Path(casebook).expanduser()
        held["CMO_CASEBOOK"] = casebook if "://" in casebook else str(folder.absolute())
    if user:
        held["CMO_USER"] = user
    root = str(Path(shipped.__file__).resolve().parents[1])
    held["PYTHONPATH"] = os.pathsep.join(filter(None, (root, held.get("PYTHONPATH"))))
    return held


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The server as a child in a group of its own, which has ended when the block is left, however
    that comes about."""

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupted)
    own_group = {"start_new_session": True} if os.name == "posix" else {}
    server = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **own_group,  # type: ignore[call-overload]  # two forms of one call
    )
    try:
        yield server
    finally:
        _end(server)
        signal.signal(signal.SIGTERM, before)


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(timeout=10)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()


def _await(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise EngineFailed(
                f"The app ended while it was starting (status {server.returncode}).",
                "Nothing is served.",
                "What it said stands above.",
            )
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310  # our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise EngineFailed(
        f"The app has not answered for {PATIENCE:.0f} seconds.",
        "Nothing is served.",
        "Try again; if that does not help, start it with `python -m streamlit run` to see why.",
    )
