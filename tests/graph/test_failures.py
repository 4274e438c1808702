"""What may go wrong outside the program: each is told in one line with what to do, and nothing is
lost."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from cmo.domain.case import Programme, Stakeholder
from cmo.domain.vocabulary import StakeholderKind
from cmo.errors import CmoError, EngineFailed, ServerUnreachable, SignInFailed, StorageFailed
from cmo.graph.address import Server
from cmo.graph.graph import Graph
from cmo.graph.local import status, stop
from cmo.services.actor import Actor
from cmo.services.casebook import open_casebook
from cmo.services.recording import record
from tests.cli.program import Program, Said, program
from tests.fixtures.neo4j_server import Neo4jAddress, Neo4jServer
from tests.trials.clients import wait_until, written
from tests.trials.expendable import is_gone

NO_ROOT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
"""Root may write anywhere; a root that gave up that right may not."""

PROGRESS = re.compile(r"Starting the local engine|\d+ of \d+ records$")


class Kept:
    """A local casebook with three parties in it, and a way to see that they are still there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with open_casebook(str(folder)) as casebook:
            ann = casebook.actor("ann")
            self.programme = record(casebook.graph, ann, Programme(name="Kept")).id
            for name in ("one", "two", "three"):
                record(casebook.graph, ann, party(self.programme, name))

    def names(self) -> set[str]:
        with open_casebook(str(self.folder)) as casebook:
            return {row["name"] for row in written(casebook.graph, self.programme)}

    def kill_engine(self) -> None:
        pid = status(self.folder).pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: is_gone(pid))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """A local casebook of this test's own, with something in it."""
    folder = tmp_path / "casebook"
    try:
        yield Kept(folder)
    finally:
        stop(folder)


@pytest.fixture
def cmo(kept: Kept, tmp_path: Path) -> Program:
    """The command line on that casebook."""
    return program(tmp_path, str(kept.folder))


def party(programme: str, name: str) -> Stakeholder:
    return Stakeholder(name=name, programme=programme, kind=StakeholderKind.GROUP)


def assert_told(error: CmoError, *named: str) -> None:
    """It says in a line each what was wrong, what was not done and what to do, and names it."""
    for part in (error.wrong, error.not_done, error.next_step):
        assert part
        assert "\n" not in part
    for name in named:
        assert name in str(error)


def assert_one_line(said: Said, *named: str) -> None:
    """The command line refused in one line, and said what and where."""
    assert said.code == 1, said
    assert said.out == ""
    assert said.err.endswith("\n")
    lines = [line for line in said.err.splitlines() if not PROGRESS.match(line)]
    assert len(lines) == 1, said.err
    for name in named:
        assert name in lines[0]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# -- the network and the server


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_address_where_nothing_answers_is_named(scheme: str, tmp_path: Path) -> None:
    address = f"{scheme}://127.0.0.1:{closed_port()}"
    with pytest.raises(ServerUnreachable) as caught:
        open_casebook(address, password="any")
    assert_told(caught.value, address, "Nothing was opened", "network")
    said = program(tmp_path, address, CMO_NEO4J_PASSWORD="any")("query", "case/programmes")
    assert_one_line(said, address, "Nothing was opened", "Check that the server runs")


def test_a_server_that_goes_away_under_an_open_casebook_is_told_and_found_again(
    expendable_neo4j: Neo4jServer, tmp_path: Path
) -> None:
    server = expendable_neo4j
    cmo = program(tmp_path, server.uri, CMO_NEO4J_PASSWORD=server.password)
    names = {"before"}
    with open_casebook(server.uri, password=server.password) as casebook:
        ann = casebook.actor("ann")
        graph = casebook.graph
        programme = record(graph, ann, Programme(name="Away")).id
        record(graph, ann, party(programme, "before"))
        for go_away in (server.stop, server.kill):
            go_away()
            with pytest.raises(ServerUnreachable) as caught:
                written(graph, programme)
            assert_told(caught.value, server.uri, "Nothing was read")
            with pytest.raises(ServerUnreachable) as caught:
                record(graph, ann, party(programme, "meanwhile"))
            assert_told(caught.value, server.uri, "The last change was not made")
            assert_one_line(cmo("query", "case/programmes"), server.uri)
            server.start()
            name = f"after {go_away.__name__}"
            record(graph, ann, party(programme, name))
            names.add(name)
            assert {row["name"] for row in written(graph, programme)} == names
    assert "Away" in cmo.ok("query", "case/programmes").out


def test_a_wrong_password_is_told_with_where_it_is_set(
    neo4j_server: Neo4jAddress, tmp_path: Path
) -> None:
    place = Server(neo4j_server.uri, neo4j_server.user)
    with pytest.raises(SignInFailed) as caught:
        open_casebook(place, password="wrong")
    assert_told(caught.value, neo4j_server.uri, "Nothing was opened", "CMO_NEO4J_PASSWORD")
    for given in ({"CMO_NEO4J_PASSWORD": "wrong"}, {}):
        said = program(tmp_path, neo4j_server.uri, **given)("query", "case/programmes")
        assert_one_line(said, neo4j_server.uri, "CMO_NEO4J_PASSWORD")
        assert "wrong" not in said.err.replace("CMO_NEO4J_PASSWORD", "")


def test_a_database_that_does_not_exist_is_named(
    neo4j_server: Neo4jAddress, tmp_path: Path
) -> None:
    place = Server(neo4j_server.uri, neo4j_server.user, "nowhere")
    with pytest.raises(ServerUnreachable) as caught:
        open_casebook(place, password=neo4j_server.password)
    assert_told(caught.value, "nowhere", "CMO_NEO4J_DATABASE")
    cmo = program(
        tmp_path,
        neo4j_server.uri,
        CMO_NEO4J_USER=neo4j_server.user,
        CMO_NEO4J_PASSWORD=neo4j_server.password,
        CMO_NEO4J_DATABASE="nowhere",
    )
    assert_one_line(cmo("query", "case/programmes"), "nowhere", "CMO_NEO4J_DATABASE")


# -- the disk


def record_until_it_fails(graph: Graph, actor: Actor, programme: str) -> tuple[int, CmoError]:
    """How many parties, named by their number, were acknowledged, and what came then."""
    for number in range(5_000):
        try:
            record(graph, actor, party(programme, f"{number:04} {'x' * 190}"))
        except CmoError as error:
            return number, error
    raise AssertionError("the limit was never reached")


def limit_files(pid: int, size: int) -> None:
    """No file of the process may grow beyond this, as on a full disk."""
    psutil.Process(pid).rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))


def test_a_full_disk_under_the_local_engine_is_told_and_loses_nothing(
    kept: Kept, cmo: Program
) -> None:
    with open_casebook(str(kept.folder)) as casebook:
        ann = casebook.actor("ann")
        pid = status(kept.folder).pid
        assert pid is not None
        limit_files(pid, 500_000)
        acknowledged, error = record_until_it_fails(casebook.graph, ann, kept.programme)
        assert isinstance(error, StorageFailed)
        assert_told(error, str(kept.folder), "There is no room left", "Make room and try again")
        said = cmo("record", "stakeholder", "no room for it", "--kind", "group")
        assert_one_line(said, str(kept.folder), "There is no room left", "Make room and try again")
        limit_files(pid, psutil.RLIM_INFINITY)
        record(casebook.graph, ann, party(kept.programme, "there is room again"))
    numbered = {f"{number:04} {'x' * 190}" for number in range(acknowledged)}
    assert kept.names() == {"one", "two", "three", "there is room again"} | numbered
    kept.kill_engine()
    assert kept.names() == {"one", "two", "three", "there is room again"} | numbered


def test_a_full_disk_under_neo4j_is_told_and_loses_nothing(
    expendable_neo4j: Neo4jServer,
) -> None:
    server = expendable_neo4j
    with open_casebook(server.uri, password=server.password) as casebook:
        ann = casebook.actor("ann")
        programme = record(casebook.graph, ann, Programme(name="Full")).id
        limit_files(server.pid, 800_000)
        acknowledged, error = record_until_it_fails(casebook.graph, ann, programme)
        assert isinstance(error, StorageFailed)
        assert_told(error, server.uri, "Its disk may be full", "start the server again")
        server.kill()
        server.start()
        record(casebook.graph, ann, party(programme, "there is room again"))
        stored = {row["name"] for row in written(casebook.graph, programme)}
    numbered = {f"{number:04} {'x' * 190}" for number in range(acknowledged)}
    assert stored - {f"{acknowledged:04} {'x' * 190}"} == {"there is room again"} | numbered


def test_a_backup_that_finds_no_room_is_told_and_leaves_no_half_of_it(
    kept: Kept, cmo: Program, tmp_path: Path
) -> None:
    with open_casebook(str(kept.folder)):  # so that only the backup is short of room
        said = run(cmo, "prlimit", "--fsize=1000", words=("backup", "kept.cmo"))
        assert_one_line(said, str(tmp_path / "kept.cmo"), "No file was left there", "Make room")
        assert [path.name for path in tmp_path.iterdir()] == ["casebook"]
        cmo.ok("backup", "kept.cmo")
    assert kept.names() == {"one", "two", "three"}


def run(cmo: Program, *runner: str, words: tuple[str, ...]) -> Said:
    """The command line, started by another program."""
    done = subprocess.run(
        [*runner, sys.executable, "-m", "cmo", *words],
        cwd=cmo.folder,
        env=cmo.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_casebook_that_became_read_only_is_told_and_loses_nothing(
    kept: Kept, cmo: Program, mode: int
) -> None:
    stop(kept.folder)
    kept.folder.chmod(mode)
    try:
        said = run(cmo, *NO_ROOT, words=("query", "case/programmes"))
    finally:
        kept.folder.chmod(0o700)
    assert_one_line(said, str(kept.folder), "cannot be read and written by this account")
    assert kept.names() == {"one", "two", "three"}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    cmo = program(tmp_path, str(tmp_path / "shut" / "casebook"))
    (tmp_path / "shut").mkdir(mode=0o500)
    said = run(cmo, *NO_ROOT, words=("init",))
    assert_one_line(said, str(tmp_path / "shut" / "casebook"), "name another folder")


# -- the local engine


@pytest.mark.parametrize("content", [b"", b"\x00\xff garbage {", b'{"pid": 1, "bolt_port": 0}'])
def test_a_corrupt_run_file_stops_nobody(kept: Kept, cmo: Program, content: bytes) -> None:
    run_file = kept.folder / "engine.run.json"
    with open_casebook(str(kept.folder)):
        run_file.write_bytes(content)  # while the engine runs
        assert "Kept" in cmo.ok("query", "case/programmes").out
    kept.kill_engine()
    run_file.write_bytes(content)  # and where none runs
    assert "Kept" in cmo.ok("query", "case/programmes").out
    assert kept.names() == {"one", "two", "three"}


def test_an_engine_that_will_not_start_is_told_with_its_log_and_loses_nothing(
    kept: Kept, cmo: Program
) -> None:
    stop(kept.folder)
    broken = kept.folder / "engine" / "databases" / "neo4j" / "configuration.json"
    was = broken.read_bytes()
    broken.write_text("{")
    log = str(kept.folder / "logs" / "engine.log")
    with pytest.raises(EngineFailed) as caught:
        open_casebook(str(kept.folder))
    assert_told(caught.value, log, "did not start", "nothing was changed")
    assert_one_line(cmo("query", "case/programmes"), log, "did not start")
    broken.write_bytes(was)
    assert kept.names() == {"one", "two", "three"}


def test_a_casebook_whose_files_are_damaged_is_not_taken_for_one(kept: Kept, cmo: Program) -> None:
    stop(kept.folder)
    (broken,) = (kept.folder / "engine" / "databases" / "neo4j").glob("dictionary.*.dict")
    broken.write_bytes(b"\xff" * 10)
    with pytest.raises(CmoError) as caught:
        open_casebook(str(kept.folder))
    assert_told(caught.value, str(kept.folder), "damaged", "Restore a backup")
    assert_one_line(cmo("query", "case/programmes"), str(kept.folder), "damaged")


def test_a_local_engine_killed_under_an_open_casebook_is_back_with_the_next_action(
    kept: Kept,
) -> None:
    with open_casebook(str(kept.folder)) as casebook:
        ann = casebook.actor("ann")
        kept.kill_engine()
        assert len(written(casebook.graph, kept.programme)) == 3
        kept.kill_engine()
        done = record(casebook.graph, ann, party(kept.programme, "four"))
        assert done.code == "K-4"
    assert kept.names() == {"one", "two", "three", "four"}
