"""Starting the engine of a casebook as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

from cmo.errors import CmoError
from cmo.graph.local.failures import (
    NOT_OPENED,
    disk_full,
    engine_failed,
    engine_missing,
    find_storage_fault,
    log_tail,
    storage_error,
)
from cmo.graph.local.folder import CasebookFolder
from cmo.graph.local.settings import heap, lease_seconds

# How the engine's process ends when it could not serve; the log has the words.
FAILED = 1
SOMEBODY_ELSE_SERVES = 75


class Starting:
    """A process that was started to serve the casebook; it outlives this program."""

    def __init__(self, folder: CasebookFolder) -> None:
        """Start it. Raises EngineFailed, StorageFailed, InvalidInput."""
        require_what_a_start_needs()
        self._folder = folder
        try:
            descriptor = _open_log(folder)
        except OSError as error:
            raise storage_error(error, folder.root) from error
        try:
            self._log_since = os.fstat(descriptor).st_size
            self._process = _spawn(folder.root, descriptor)
        except OSError as error:
            wrong = f"The local engine did not start: {error}."
            raise engine_failed(wrong, folder.log, "") from error
        finally:
            os.close(descriptor)
        # Waited for, so that an engine that ends before this program leaves no zombie behind.
        threading.Thread(target=self._process.wait, name="engine", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process as the system counts it."""
        return self._process.pid

    def has_yielded(self) -> bool:
        """Whether the process ended because another one serves the casebook already."""
        return self._process.poll() == SOMEBODY_ELSE_SERVES

    def find_failure(self) -> CmoError | None:
        """Why the process ended without serving; None while it runs and if it yielded."""
        code = self._process.poll()
        if code is None or code == SOMEBODY_ELSE_SERVES:
            return None
        text = log_tail(self._folder.log, self._log_since)
        fault = find_storage_fault(text, self._folder.root, NOT_OPENED)
        if fault is None and not text and _is_full(self._folder.root):
            fault = disk_full(self._folder.root, NOT_OPENED)  # not even the log found room
        return fault or engine_failed("The local engine did not start.", self._folder.log, text)


def require_what_a_start_needs() -> None:
    """Refuse here, where a person reads it, what would fail in the engine's own process.

    Raises EngineFailed if the engine is not installed, InvalidInput for a setting without sense.
    """
    if find_spec("arcadedb_embedded") is None:
        raise engine_missing()
    lease_seconds()
    heap()


def _open_log(folder: CasebookFolder) -> int:
    folder.logs.mkdir(mode=0o700, exist_ok=True)
    return os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _spawn(root: Path, log: int) -> subprocess.Popen[bytes]:
    environment = dict(os.environ)
    # The same code as this program's, wherever that came from.
    package_parent = str(Path(__file__).resolve().parents[3])
    inherited = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [package_parent, inherited]))
    environment["ARCADEDB_JVM_ERROR_FILE"] = str(root / "logs" / "java-crash-%p.log")
    # Options meant for another Java program of this account could stop this one.
    for name in ("ARCADEDB_JVM_ARGS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"):
        environment.pop(name, None)
    detached = 0
    if sys.platform == "win32":
        detached = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    # -P: a file called json.py in the folder must not be taken for the library's.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "cmo.graph.local.serve", str(root)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=root / "logs",
        env=environment,
        start_new_session=True,  # the interrupt key of a terminal is not meant for the engine
        creationflags=detached,
    )


def _is_full(root: Path) -> bool:
    probe = root / "casebook.json.room"
    try:
        probe.write_bytes(b"\0" * 65_536)
    except OSError:
        return True
    finally:
        probe.unlink(missing_ok=True)
    return False
