"""The engine's side of the control port: who holds a lease, and who asks for the engine's end."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable

from cmo.graph.local.handshake import NotOurs, hear, reply


class Leases:
    """Counts the programs that use the engine; each holds a connection to `port` open.

    `wake` is called when something happened that the engine's main loop may want to know.
    """

    def __init__(self, password: str, wake: Callable[[], None]) -> None:
        self._password = password
        self._wake = wake
        self._guard = threading.Lock()
        self._held = 0
        self._idle_since = time.monotonic()
        self._closed = False
        self.stop_asked = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]

    def start(self) -> None:
        """Begin to answer."""
        threading.Thread(target=self._accept, name="leases", daemon=True).start()

    def idle_seconds(self) -> float:
        """Seconds since the last lease ended; 0 while one is held."""
        with self._guard:
            return 0.0 if self._held else time.monotonic() - self._idle_since

    def close(self, *, only_if_idle_for: float = 0.0, whatever_is_held: bool = False) -> bool:
        """Give no more leases; False if it stays open because a lease came in between.

        A client that comes from now on is refused, and starts an engine after this one.
        """
        with self._guard:
            idle = not self._held and time.monotonic() - self._idle_since >= only_if_idle_for
            if not (idle or whatever_is_held):
                return False
            self._closed = True
        # Shut down first: closing alone leaves the waiting accept and its port alive.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        return True

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._closed:
                    return
                time.sleep(0.05)  # out of file descriptors, say: others keep their leases
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, NotOurs):
            question = hear(connection, self._password)
            if question == "lease":
                self._lease(connection)
            elif question in {"status", "stop"}:
                with self._guard:
                    held = self._held
                reply(connection, {"pid": os.getpid(), "leases": held})
                if question == "stop":
                    self.stop_asked = True
                    self._wake()

    def _lease(self, connection: socket.socket) -> None:
        with self._guard:
            if self._closed or self.stop_asked:
                return
            self._held += 1
            held = self._held
        try:
            reply(connection, {"pid": os.getpid(), "leases": held})
            connection.settimeout(None)
            # Nothing more is said: this returns when the program lets go or is gone.
            while connection.recv(64):
                pass
        finally:
            with self._guard:
                self._held -= 1
                self._idle_since = time.monotonic()
            self._wake()
