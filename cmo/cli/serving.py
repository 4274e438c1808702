"""Opening the app: a server on this computer, its address, and a browser if there is one."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
LIFELINE = "CMO_APP_LIFELINE"
"""Tells the server that its standard input ends when whoever started it does (app/serve.py)."""
ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""What ends the app besides Ctrl-C: being told to, and a terminal that is closed."""


class Server:
    """The app's server: a process that ends with this one, however this one ends.

    It begins to start when it is made, and its pages wait until `open_casebook` says that the
    casebook is ready: the two, and the browser, can be made ready side by side.
    """

    def __init__(self, casebook: str | None, user: str | None, port: int | None) -> None:
        self._environment = _environment(casebook, user)
        self._first = port or FIRST_PORT
        self._ended = False
        self._begin()

    def _begin(self) -> None:
        self.port = free_port(self._first)
        own_group = {"start_new_session": True} if os.name == "posix" else {}
        self._process: subprocess.Popen[bytes] = subprocess.Popen(
            _command(self.port),
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            **own_group,  # type: ignore[call-overload]  # two forms of one call
        )

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def open_casebook(self) -> None:
        """Lets it open the casebook, for the pages that wait for it and ahead of others."""
        with contextlib.suppress(OSError):  # one that has ended is noticed when it is served
            assert self._process.stdin is not None
            self._process.stdin.write(b"open\n")
            self._process.stdin.flush()

    def open_page(self, announce: Callable[[str], None], *, browser: bool) -> None:
        """Announces the address once it answers, and opens a browser there if wanted.

        A port that is taken is passed over, and that is said. Raises EngineFailed where it does not
        start.
        """
        self.answer()
        if self.port != self._first:
            say(f"Port {self._first} is taken; using {self.port}.")
        announce(self.address)
        if browser and not open_browser(self.address):
            say("There is no browser here: open that address in one.")

    @contextmanager
    def opening_page(self, announce: Callable[[str], None], *, browser: bool) -> Iterator[None]:
        """Opens the page as `open_page` does while the block makes the casebook ready; leaves the
        block when both are done. Raises EngineFailed."""
        with ThreadPoolExecutor(1) as beside:
            opened = beside.submit(self.open_page, announce, browser=browser)
            try:
                yield
            except BaseException:
                self.end()  # and whoever waits for its answer
                raise
            opened.result()

    def serve(self, say_so: Callable[[], None]) -> int:
        """Says so and serves until it is ended; its exit status, 0 after Ctrl-C."""
        try:
            say_so()
            return self._process.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(OSError):  # the terminal that was closed hears nothing
                say("Ending the app.")
            return 0

    def end(self) -> None:
        """Ends it and waits until it is gone."""
        self._ended = True
        self._stop()

    def _stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                self._process.kill()
                self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def answer(self) -> str:
        """Its address, once it answers there. Raises EngineFailed where it does not start."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                if self._ended or free_port(self.port) == self.port:
                    raise EngineFailed(
                        f"The app ended while it was starting (status {self._process.returncode}).",
                        "Nothing is served.",
                        "What it said stands above.",
                    )
                self._stop()
                self._begin()  # somebody else took its port since it was found free
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):  # noqa: S310  # our own address
                    return self.address
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise EngineFailed(
            f"The app has not answered for {PATIENCE:.0f} seconds.",
            "Nothing is served.",
            "Try again; if that does not help, start it with `python -m streamlit run` to see why.",
        )


@contextmanager
def started(casebook: str | None, user: str | None, port: int | None) -> Iterator[Server]:
    """The server for a casebook (its folder or address), which begins to start at once; gone when
    the block is left, however that comes about.

    Within the block SIGTERM and the end of the terminal interrupt as Ctrl-C does. Raises CmoError
    where no port is free.
    """

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in ENDINGS}
    for number, what in before.items():
        if what is not signal.SIG_IGN:  # whoever started it with nohup wants it to stay
            signal.signal(number, interrupted)
    try:
        server = Server(casebook, user, port)
        try:
            yield server
        finally:
            server.end()
    finally:
        for number, what in before.items():
            signal.signal(number, what)


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
    except (webbrowser.Error, OSError):
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
    held = dict(os.environ) | {LIFELINE: "stdin"}
    if casebook:
        folder = Path(casebook).expanduser()
        held["CMO_CASEBOOK"] = casebook if "://" in casebook else str(folder.absolute())
    if user:
        held["CMO_USER"] = user
    root = str(Path(shipped.__file__).resolve().parents[1])
    held["PYTHONPATH"] = os.pathsep.join(filter(None, (root, held.get("PYTHONPATH"))))
    return held
