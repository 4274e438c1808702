"""The engine's own process: python -m cmo.graph.local.serve FOLDER.

Started by `attach`, never by a person. It holds the casebook's lock for as long as it lives,
serves Bolt on 127.0.0.1, and stops when nobody has held a lease for a while, when it is asked to,
when it is told to end (SIGTERM), or when the folder is gone.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import traceback
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from cmo.errors import CmoError
from cmo.graph.local.folder import CasebookFolder
from cmo.graph.local.full_text import make_full_text_indexes
from cmo.graph.local.launch import FAILED, SOMEBODY_ELSE_SERVES
from cmo.graph.local.leases import Leases
from cmo.graph.local.runfile import RunFile
from cmo.graph.local.settings import DATABASE, USER, heap, lease_seconds
from cmo.graph.local.watch import Watch, end_unless_done, say
from cmo.graph.queries import get_query

_START_SECONDS = 600.0  # recovering a large journal may take minutes, a deadlock forever
_STOP_SECONDS = 30.0
# Bolt's opening: its magic number and four versions; what comes back is the version chosen.
_BOLT_HELLO = bytes.fromhex("6060b017" + "00000404" + "00000304" + "00000004" + "00000000")


def serve(folder: CasebookFolder) -> int:
    """Serve the casebook until it is time to stop; the exit status of the process."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder.lock, timeout=1, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return SOMEBODY_ELSE_SERVES
    too_long = end_unless_done(_START_SECONDS)
    watch = Watch(folder)
    password = folder.make_password()
    server = _start_engine(folder, password)
    make_full_text_indexes(_java(server).getDatabase(DATABASE))
    bolt_port = _bolt_port(_java(server))
    _require_an_answer(bolt_port)
    folder.mark_served()
    leases = Leases(password, watch.wake)
    run = RunFile(
        pid=os.getpid(),
        bolt_port=bolt_port,
        control_port=leases.port,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=metadata.version("arcadedb-embedded"),
    )
    leases.start()
    run.write(folder.run_file)
    too_long.cancel()
    say(f"serving at 127.0.0.1:{bolt_port}, process {run.pid}")
    watch.until_it_is_time_to_stop(run, leases, lease_seconds())
    say("stopping")
    end_unless_done(_STOP_SECONDS)
    folder.run_file.unlink(missing_ok=True)
    server.stop()
    say("stopped")
    return 0


def _start_engine(folder: CasebookFolder, password: str) -> Any:
    """The engine, serving Bolt at a free port and nothing else."""
    from arcadedb_embedded.server import ArcadeDBServer

    wrapper = ArcadeDBServer(
        str(folder.engine),
        password,
        config={
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "host": "127.0.0.1",
            "bolt_port": 0,
            "http_port": 0,
            "mode": "production",
            "bolt_defaultDatabase": DATABASE,
            "server_defaultDatabases": f"{DATABASE}[]",
            # A query must not read what lies elsewhere; production mode forbids files only.
            "opencypher_loadCsv_allowRemoteUrls": False,
            # A password of 256 random bits gains nothing from slow hashing, a first query does.
            "server_saltIterations": 1000,
            "serverMetrics": False,
            "server_httpWorkerThreads": 1,
            "server_httpsIoThreads": 1,
        },
        jvm_kwargs={
            "heap_size": heap(),
            "jvm_args": [
                # Work only as arguments of Java: a limit for every query, and each commit on disk.
                "-Darcadedb.command.timeout=30000",
                "-Darcadedb.txWalFlush=2",
                f"-Djava.util.logging.config.file={Path(__file__).with_name('engine-log.properties')}",
                "-Xrs",  # leaves SIGTERM to us: Java would end without closing the graph first
                "-XX:+UseSerialGC",  # starts fastest, and takes least of a small machine
                # Ten times Java's own: only what is really hot is compiled a second time. Else
                # that takes half of a small machine in the first seconds, while somebody waits.
                "-XX:Tier4InvocationThreshold=50000",
                "-XX:Tier4MinInvocationThreshold=6000",
                "-XX:Tier4CompileThreshold=150000",
                "-XX:Tier4BackEdgeThreshold=400000",
                "-XX:-UsePerfData",  # leaves no file in /tmp
                "-XX:+ExitOnOutOfMemoryError",  # a new start is safe, half an engine is not
            ],
        },
    )
    wrapper.start()
    server = _java(wrapper)
    # It cannot be started without its web endpoints; nobody needs them.
    server.getHttpServer().stopService()
    # Also reads the account's password once, which the first query would have to wait for.
    server.getSecurity().authenticate(USER, password, DATABASE)
    threading.Thread(target=_warm_up, args=(server,), daemon=True).start()
    # Not its inner part alone: the engine stops as soon as nothing refers to the wrapper.
    return wrapper


def _java(wrapper: Any) -> Any:
    return wrapper._java_server  # noqa: SLF001  # the wrapper itself has no way to its parts


def _warm_up(server: Any) -> None:
    """Load what the first query needs while the program that waits for it gets ready."""
    server.getDatabase(DATABASE).query("opencypher", get_query("schema/nodes").text).close()


def _bolt_port(server: Any) -> int:
    """The port that the system gave: asked of the listener, for the setting still says 0."""
    for plugin in server.getPlugins():
        kind = plugin.getClass()
        if str(kind.getName()) == "com.arcadedb.bolt.BoltProtocolPlugin":
            listener = kind.getDeclaredField("listener")
            listener.setAccessible(True)
            return int(str(listener.get(plugin)).rpartition(":")[2])
    raise RuntimeError("The engine started without Bolt.")


def _require_an_answer(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(_BOLT_HELLO)
        if connection.recv(4)[-1:] != b"\x04":
            raise RuntimeError("The engine does not answer over Bolt.")


def main() -> None:
    """Run, and end without Java's own leave-taking, which waits for threads that never end."""
    os.umask(0o077)
    try:
        code = serve(CasebookFolder(Path(sys.argv[1])))
    except CmoError as error:
        say(f"error: {error}")
        code = FAILED
    except BaseException:  # noqa: BLE001  # the log is the only place where anybody can read it
        say(f"error: {traceback.format_exc()}")
        code = FAILED
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
