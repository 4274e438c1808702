"""The local engine: found, started, shared, killed, and in a folder that will not have it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j
import psutil  # type: ignore[import-untyped]
import pytest

from cmo.errors import CasebookUnusable, CmoError, EngineFailed, InvalidInput, StorageFailed
from cmo.graph.local import Attachment, attach, find_fault, is_transient, status, stop
from cmo.graph.local.folder import CasebookFolder

ROOT = Path(__file__).resolve().parents[2]

# Attaches, says so, and holds the lease until it is killed or its input ends.
HOLDER = """
import sys
from pathlib import Path
from cmo.graph.local import attach
held = attach(Path(sys.argv[1]))
print(held.pid, held.started_here, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where a casebook may stand; its engine, if any, is ended after the test."""
    path = tmp_path / "casebook"
    yield path
    stop(path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A casebook whose engine runs, for tests that leave it running."""
    path = tmp_path_factory.mktemp("shared") / "casebook"
    with attach(path):
        yield path
    stop(path)


@contextmanager
def client(folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds a lease, ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def what_it_attached_to(process: subprocess.Popen[str]) -> tuple[int, bool]:
    """The engine that the other program found or started, and whether it started it."""
    assert process.stdout is not None
    pid, started = process.stdout.readline().split()
    return int(pid), started == "True"


def ask(held: Attachment, query: str, **parameters: Any) -> list[dict[str, Any]]:
    with neo4j.GraphDatabase.driver(held.bolt_uri, auth=(held.user, held.password)) as driver:
        answer = driver.execute_query(query, parameters, database_=held.database)
        return [record.data() for record in answer.records]


def wait_until(what: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def kill_engine(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: is_gone(pid))


def listening_ports(pid: int) -> set[tuple[str, int]]:
    return {
        (connection.laddr.ip.removeprefix("::ffff:"), connection.laddr.port)
        for connection in psutil.Process(pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def assert_a_person_can_act_on(error: CmoError) -> None:
    assert error.wrong
    assert error.not_done
    assert error.next_step


def test_a_query_works_as_soon_as_attach_returns(folder: Path) -> None:
    told: list[str] = []
    with attach(folder, progress=told.append) as held:
        assert held.started_here
        assert ask(held, "RETURN 1 AS one") == [{"one": 1}]
    assert len(told) == 1


def test_records_that_are_gone_are_missed_and_no_empty_casebook_takes_their_place(
    folder: Path,
) -> None:
    attach(folder).close()
    stop(folder)
    kept = (folder / "engine").rename(folder / "elsewhere")

    for look in (attach, status):
        with pytest.raises(CasebookUnusable, match="records are gone"):
            look(folder)

    assert not (folder / "engine").exists()
    kept.rename(folder / "engine")
    attach(folder).close()


def test_two_clients_share_one_engine(shared: Path) -> None:
    told: list[str] = []
    with attach(shared, progress=told.append) as one, attach(shared) as other:
        assert one.pid == other.pid
        assert not one.started_here
        assert status(shared).leases == 3  # the fixture holds one
        ask(one, "CREATE (:Shared {by: 'one'})")
        assert ask(other, "MATCH (n:Shared) RETURN n.by AS by") == [{"by": "one"}]
    assert told == []


def test_a_lease_is_given_back_once(shared: Path) -> None:
    held = attach(shared)
    before = status(shared).leases
    assert held.alive()
    held.close()
    held.close()
    assert not held.alive()
    wait_until(lambda: status(shared).leases == before - 1)


def test_status_says_what_runs_and_starts_nothing(shared: Path, tmp_path: Path) -> None:
    here = status(shared)
    assert here.running
    assert here.pid is not None
    assert here.engine_version is not None
    assert here.data_bytes > 0
    assert here.log_file.is_file()
    nowhere = status(tmp_path / "nothing")
    assert not nowhere.running
    assert nowhere.pid is None
    assert not (tmp_path / "nothing").exists()


def test_the_engine_listens_for_bolt_and_leases_on_loopback_and_for_nothing_else(
    shared: Path,
) -> None:
    with attach(shared) as held:
        ports = listening_ports(held.pid)
    assert {ip for ip, _ in ports} == {"127.0.0.1"}
    assert len(ports) == 2


def test_a_query_can_read_neither_files_nor_addresses(shared: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, attach(shared) as held:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.csv"
        for url in ("file:///etc/passwd", "/etc/passwd", address):
            with pytest.raises(neo4j.exceptions.Neo4jError):
                ask(held, "LOAD CSV FROM $url AS line RETURN line", url=url)


def test_only_its_owner_can_read_a_casebook(shared: Path) -> None:
    for path in [shared, *shared.rglob("*")]:
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == allowed, path


def test_the_password_is_in_its_file_alone(shared: Path) -> None:
    with attach(shared) as held:
        assert held.password not in repr(held)
        assert held.password not in " ".join(psutil.Process(held.pid).cmdline())
        for path in shared.rglob("*"):
            if path.is_file() and path.name != "engine.password":
                assert held.password.encode() not in path.read_bytes(), path


def test_a_stranger_gets_no_lease_and_no_end(shared: Path) -> None:
    before = status(shared)
    port = json.loads((shared / "engine.run.json").read_text())["control_port"]
    for words in (
        b"",
        b"\xff\x00\n",
        b"[]\n",
        b'{"challenge": "x"}\n{"answer": "y", "ask": "stop"}\n',
    ):
        with socket.create_connection(("127.0.0.1", port), 10) as stranger:
            stranger.sendall(words)
            stranger.shutdown(socket.SHUT_WR)
            while stranger.recv(4096):
                pass
    assert status(shared) == before


def test_killing_the_program_that_started_it_leaves_the_others_working(folder: Path) -> None:
    with client(folder) as starter:
        pid, started = what_it_attached_to(starter)
        assert started
        with attach(folder) as held:
            starter.kill()
            starter.wait()
            assert held.pid == pid
            assert held.alive()
            assert ask(held, "RETURN 1 AS one") == [{"one": 1}]


def test_the_interrupt_key_of_a_terminal_does_not_reach_the_engine(shared: Path) -> None:
    with attach(shared) as held:
        assert os.getsid(held.pid) == held.pid
        os.kill(held.pid, signal.SIGINT)
        assert ask(held, "RETURN 1 AS one") == [{"one": 1}]


def test_after_kill_9_of_the_engine_the_next_start_finds_what_was_acknowledged(
    folder: Path,
) -> None:
    with attach(folder) as first:
        ask(first, "CREATE (:Kept {name: 'acknowledged'})")
        kill_engine(first.pid)
        wait_until(lambda: not first.alive())
        assert (folder / "engine.run.json").exists()
        assert not status(folder).running
        with attach(folder) as second:
            assert second.started_here
            assert second.pid != first.pid
            found = ask(second, "MATCH (n:Kept) RETURN n.name AS name")
            assert found == [{"name": "acknowledged"}]


def test_a_run_file_that_says_nothing_true_is_replaced(folder: Path) -> None:
    run_file = folder / "engine.run.json"
    with attach(folder) as held:
        told = json.loads(run_file.read_text())
        kill_engine(held.pid)
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        threading.Thread(target=_answer_like_a_web_server, args=(stranger,), daemon=True).start()
        lies = [
            b"",
            b"\x00\xff garbage {",
            b"[" * 3000,
            b'{"pid": 1}',
            json.dumps({**told, "control_port": 0}).encode(),
            json.dumps({**told, "pid": os.getpid()}).encode(),
            json.dumps({**told, "control_port": stranger.getsockname()[1]}).encode(),
        ]
        for lie in lies:
            run_file.write_bytes(lie)
            assert not status(folder).running
        with attach(folder) as held:
            assert held.started_here
            assert json.loads(run_file.read_text())["pid"] == held.pid


def _answer_like_a_web_server(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_a_running_engine_is_found_again_when_its_run_file_was_lost(shared: Path) -> None:
    pid = status(shared).pid
    for harm in (Path.unlink, lambda path: path.write_bytes(b"garbage")):
        harm(shared / "engine.run.json")
        with attach(shared) as held:
            assert held.pid == pid


def test_four_programs_that_start_at_once_share_one_engine(folder: Path) -> None:
    with client(folder) as a, client(folder) as b, client(folder) as c, client(folder) as d:
        found = [what_it_attached_to(process) for process in (a, b, c, d)]
        assert len({pid for pid, _ in found}) == 1
        assert sum(started for _, started in found) == 1
        assert status(folder).leases == 4


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_engine_ends_a_while_after_the_last_lease_however_that_ended(
    folder: Path, ending: signal.Signals
) -> None:
    with client(folder, CMO_LEASE_SECONDS="1") as holder:
        pid, _ = what_it_attached_to(holder)
        time.sleep(2)
        assert status(folder).running  # a lease is held
        holder.send_signal(ending)
        holder.wait()
        wait_until(lambda: is_gone(pid))
    assert not status(folder).running
    assert not (folder / "engine.run.json").exists()
    assert "stopped" in (folder / "logs" / "engine.log").read_text().splitlines()[-1]


def test_sigterm_stops_the_engine_cleanly(folder: Path) -> None:
    with attach(folder) as held:
        os.kill(held.pid, signal.SIGTERM)
        wait_until(lambda: is_gone(held.pid))
        wait_until(lambda: not held.alive())
    assert "stopped" in (folder / "logs" / "engine.log").read_text().splitlines()[-1]


def test_an_engine_whose_folder_is_gone_ends(folder: Path) -> None:
    with attach(folder) as held:
        shutil.rmtree(folder)
        wait_until(lambda: is_gone(held.pid))


def test_stop_says_whether_there_was_anything_to_stop(folder: Path) -> None:
    assert not stop(folder)
    with attach(folder) as held:
        assert stop(folder)
        assert is_gone(held.pid)
    assert not stop(folder)


def test_a_folder_with_other_things_in_it_does_not_become_a_casebook(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(CasebookUnusable, match="not a casebook") as caught:
        attach(tmp_path)
    assert_a_person_can_act_on(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_not_a_casebook(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for path in (file, file / "below"):
        with pytest.raises(CasebookUnusable, match="is a file") as caught:
            attach(path)
        assert_a_person_can_act_on(caught.value)


def test_a_casebook_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    CasebookFolder(tmp_path / "new").prepare()
    marker = tmp_path / "new" / "casebook.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text()), "format": 2}))
    for act in (attach, status, stop):
        with pytest.raises(CasebookUnusable, match="newer version") as caught:
            act(tmp_path / "new")
        assert_a_person_can_act_on(caught.value)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["casebook.json"]


def test_a_making_that_was_cut_short_is_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / "casebook.json.1a2b3c4d").write_text("{")
    (tmp_path / ".DS_Store").write_text("")
    CasebookFolder(tmp_path).prepare()
    assert CasebookFolder(tmp_path).is_marked()


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    said = _what_attach_says(tmp_path / "casebook", *_WITHOUT_THE_RIGHTS_OF_ROOT)
    tmp_path.chmod(0o700)
    assert said.startswith("StorageFailed: ")
    assert "cannot be read and written by this account" in said


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_casebook_that_became_read_only_is_refused_in_one_sentence(
    tmp_path: Path, mode: int
) -> None:
    folder = tmp_path / "casebook"
    CasebookFolder(folder).prepare()
    folder.chmod(mode)
    said = _what_attach_says(folder, *_WITHOUT_THE_RIGHTS_OF_ROOT)
    folder.chmod(0o700)
    assert said.startswith("StorageFailed: ")
    assert "cannot be read and written by this account" in said


# Root may write anywhere; a root that gave up that right may not, and still finds its Python.
_WITHOUT_THE_RIGHTS_OF_ROOT = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
)


def _what_attach_says(folder: Path, *runner: str, before: str = "pass") -> str:
    """The error that a program of its own gets when it attaches."""
    code = (
        "import sys; from pathlib import Path\n"
        "from cmo.graph.local import attach; from cmo.errors import CmoError\n"
        f"{before}\n"
        "try: attach(Path(sys.argv[1]))\n"
        "except CmoError as error: print(f'{type(error).__name__}: {error}')\n"
    )
    ran = subprocess.run(
        [*runner, sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return ran.stdout + ran.stderr


def test_an_engine_that_does_not_start_names_its_log_and_its_last_words(folder: Path) -> None:
    CasebookFolder(folder).prepare()
    database = folder / "engine" / "databases" / "neo4j"
    database.mkdir(parents=True)
    (database / "schema.json").write_text("this is no schema")
    (database / "configuration.json").write_text("{")
    (database / "dictionary.0.65536.v1.dict").write_bytes(b"\xff" * 10)
    with pytest.raises(EngineFailed) as caught:
        attach(folder)
    assert_a_person_can_act_on(caught.value)
    assert str(folder / "logs" / "engine.log") in caught.value.next_step
    assert "Its last words: " in caught.value.wrong
    wait_until(lambda: not status(folder).running)


def test_a_lost_password_is_told_with_its_way_out(folder: Path) -> None:
    with attach(folder) as held:
        ask(held, "CREATE (:Kept {name: 'mine'})")
    stop(folder)
    (folder / "engine.password").unlink()
    with pytest.raises(EngineFailed, match="password") as caught:
        attach(folder)
    assert_a_person_can_act_on(caught.value)
    (folder / "engine" / "config" / "server-users.jsonl").unlink()
    with attach(folder) as held:
        assert ask(held, "MATCH (n:Kept) RETURN n.name AS name") == [{"name": "mine"}]


def test_a_full_disk_at_the_start_is_told_as_such(folder: Path) -> None:
    CasebookFolder(folder).prepare()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))"
    said = _what_attach_says(folder, before=limit)
    assert said.startswith("StorageFailed: There is no room left")
    with attach(folder) as held:  # with room again it works, and nothing had to be removed
        assert ask(held, "RETURN 1 AS one") == [{"one": 1}]


def test_a_disk_that_fills_up_is_found_out_and_loses_nothing_acknowledged(folder: Path) -> None:
    with attach(folder) as held:
        assert find_fault(folder) is None
        psutil.Process(held.pid).rlimit(psutil.RLIMIT_FSIZE, (400_000, psutil.RLIM_INFINITY))
        acknowledged = _write_until_it_fails(held)
        fault = find_fault(folder)
        assert isinstance(fault, StorageFailed)
        assert_a_person_can_act_on(fault)
        kill_engine(held.pid)
        with attach(folder) as again:
            found = {row["n"] for row in ask(again, "MATCH (r:Row) RETURN r.number AS n")}
            assert set(range(acknowledged)) <= found


def _write_until_it_fails(held: Attachment) -> int:
    """How many rows were acknowledged, each with its number from 0 on."""
    for number in range(1000):
        try:
            ask(held, "CREATE (:Row {number: $n, text: $t})", n=number, t="x" * 5000)
        except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError):
            return number
    raise AssertionError("the limit was never reached")


@pytest.mark.parametrize(
    ("name", "value"), [("CMO_ENGINE_HEAP", "lots"), ("CMO_LEASE_SECONDS", "nan")]
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput, match=name) as caught:
        attach(folder)
    assert_a_person_can_act_on(caught.value)


def test_a_machine_without_the_engine_is_told_of_the_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    with pytest.raises(EngineFailed, match="not installed") as caught:
        attach(folder)
    assert_a_person_can_act_on(caught.value)
    assert "Neo4j" in caught.value.next_step
    assert not folder.exists()


def test_programs_that_merge_one_key_or_first_use_a_label_at_once_are_told_to_try_again(
    shared: Path,
) -> None:
    with attach(shared) as held:

        def driver() -> neo4j.Driver:
            return neo4j.GraphDatabase.driver(held.bolt_uri, auth=(held.user, held.password))

        with driver() as first:
            unique = "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Raced) REQUIRE n.id IS UNIQUE"
            first.execute_query(unique, database_=held.database)
        failed: list[Exception] = []
        given_up: list[int] = []
        at_once = threading.Barrier(8)

        def merge(transaction: neo4j.ManagedTransaction, number: int) -> None:
            query = f"MERGE (n:Raced:Round{number // 4} {{id: $id}}) RETURN n.id"
            transaction.run(query, id=str(number)).consume()

        def merge_each() -> None:
            # Each has a driver of its own, as programs have.
            with driver() as own, own.session(database=held.database) as session:
                for number in range(60):
                    at_once.wait(60)
                    for _ in range(10):
                        try:
                            session.execute_write(merge, number)
                        except neo4j.exceptions.Neo4jError as error:
                            failed.append(error)
                        else:
                            break
                    else:
                        given_up.append(number)

        threads = [threading.Thread(target=merge_each, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed, "nobody raced: the test proved nothing"
        assert [error for error in failed if not is_transient(error)] == []
        assert given_up == []
        assert ask(held, "MATCH (n:Raced) RETURN count(n) AS n") == [{"n": 60}]


def test_the_log_does_not_grow_without_end(shared: Path) -> None:
    log = shared / "logs" / "engine.log"
    with log.open("a", encoding="utf-8") as file:
        file.write("much was said\n" * 400_000)
    wait_until(lambda: log.stat().st_size < 1_000_000)
    assert (shared / "logs" / "engine.log.1").stat().st_size > 5_000_000


def test_a_query_that_is_wrong_is_not_tried_again(shared: Path) -> None:
    with attach(shared) as held, pytest.raises(neo4j.exceptions.Neo4jError) as caught:
        ask(held, "THIS IS NO QUERY")
    assert not is_transient(caught.value)
    assert not is_transient(ValueError("something else"))


def test_importing_the_engine_s_client_loads_neither_engine_nor_java() -> None:
    code = (
        "import sys, cmo.graph.local\n"
        "print(sorted({'arcadedb_embedded', 'jpype', 'neo4j', 'filelock'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert ran.stdout.strip() == "[]"
