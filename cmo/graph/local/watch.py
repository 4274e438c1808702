"""What the engine's process does while the engine works: see whether it is still wanted."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import threading
from datetime import datetime

from cmo.graph.local.folder import CasebookFolder
from cmo.graph.local.launch import FAILED
from cmo.graph.local.leases import Leases
from cmo.graph.local.runfile import RunFile, find_run_file

_LOOK_SECONDS = 0.5
_LARGEST_LOG = 5_000_000


class Watch:
    """Listens for the signal to end from the moment it is made; for the main thread only."""

    def __init__(self, folder: CasebookFolder) -> None:
        self._folder = folder
        self._told_to_end = False
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        # A signal may reach any thread, and its handler waits for the main one, which sleeps in
        # select: only a byte wakes it.
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wake(self) -> None:
        """Have the loop look now; from any thread."""
        with contextlib.suppress(BlockingIOError):  # so full of wishes that it is awake
            self._waker.send(b"!")

    def until_it_is_time_to_stop(self, run: RunFile, leases: Leases, patience: float) -> None:
        """Return, with no more leases given, when the engine is no longer wanted.

        That is `patience` seconds after the last lease, or at once when a client or a signal asks
        for the end or the folder is gone.
        """
        while True:
            select.select([self._woken], [], [], _LOOK_SECONDS)
            with contextlib.suppress(BlockingIOError):
                self._woken.recv(4096)
            if self._told_to_end or leases.stop_asked or not self._folder.marker.exists():
                leases.close(whatever_is_held=True)
                return
            if leases.idle_seconds() >= patience and leases.close(only_if_idle_for=patience):
                return
            self._be_found(run)
            self._keep_the_log_small()

    def _be_found(self, run: RunFile) -> None:
        """Whatever happened to the run file, the next program must find this engine."""
        if find_run_file(self._folder.run_file) != run:
            try:
                run.write(self._folder.run_file)
            except OSError as error:  # a full disk: programs that hold a lease can still read
                say(f"the run file could not be written: {error}")

    def _keep_the_log_small(self) -> None:
        """Every refused query leaves 3 kB in the log: keep the last 5 to 10 MB of it."""
        log = self._folder.log
        with contextlib.suppress(OSError):
            if log.stat().st_size < _LARGEST_LOG:
                return
            with contextlib.suppress(OSError):  # on a full disk the older part is given up
                shutil.copyfile(log, log.with_name(f"{log.name}.1"))
            os.truncate(log, 0)  # it is open for appending: what comes next begins at 0

    def _end(self, *_: object) -> None:
        self._told_to_end = True


def end_unless_done(seconds: float) -> threading.Timer:
    """End the process hard after so many seconds unless cancelled; what was committed is safe."""
    timer = threading.Timer(seconds, os._exit, (FAILED,))
    timer.daemon = True
    timer.start()
    return timer


def say(text: str) -> None:
    """Write a line into the log, in the form of the engine's own."""
    now = datetime.now().isoformat(sep=" ", timespec="milliseconds")  # noqa: DTZ005  # as Java's
    # The engine ends its lines at the beginning of the next.
    sys.stderr.write(f"\n{now} INFO  [casebook] {text}\n")
    sys.stderr.flush()
