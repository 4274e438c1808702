"""A whole casebook into one file and back, on either engine."""

from __future__ import annotations

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cmo.domain.case import Programme, Project
from cmo.domain.clock import now, text_of
from cmo.errors import (
    AlreadyThere,
    CasebookUnusable,
    InvalidInput,
    NotAllowed,
    NotFound,
    Refused,
    SchemaMismatch,
    StorageFailed,
)
from cmo.exchange.lossless import Change, Header, Item, Node, Tie, load, save
from cmo.graph.address import Folder, Server
from cmo.graph.local import stop
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.backup import backup, restore
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import read
from cmo.services.searching import search
from cmo.services.undoing import undo
from tests.fixtures.casebooks import WIPE
from tests.fixtures.neo4j_server import Neo4jAddress
from tests.fixtures.rich import build


@pytest.fixture
def saved(casebook: Casebook, ann: Actor, tmp_path: Path) -> Path:
    """A backup of a casebook with everything in it, edits and a retired record included."""
    rich = build(casebook.graph, ann)
    recording.edit(casebook.graph, ann, rich["budget"], 1, {"label": "Budget “ours”\u2028\n\t"})
    recording.retire(casebook.graph, ann, rich["coding_jon"], why="heard wrongly")
    recording.edit(casebook.graph, ann, rich["council"], 1, {"sector": "public"})
    undo(casebook.graph, ann)
    path = tmp_path / "first.jsonl"
    backup(casebook.graph, ann, path)
    return path


def wipe(casebook: Casebook) -> None:
    casebook.graph.write(lambda tx: tx.run_statement(WIPE))


def records(casebook: Casebook) -> int:
    (row,) = casebook.graph.read(lambda tx: tx.run("export/extent"))
    return int(row["records"])


def test_backup_restore_backup_gives_the_same_bytes(casebook: Casebook, saved: Path) -> None:
    wipe(casebook)

    restore(casebook.graph, saved)
    again = saved.with_name("again.jsonl")
    backup(casebook.graph, casebook.actor("ann"), again)

    assert again.read_bytes() == saved.read_bytes()


def test_moving_to_neo4j_and_back_gives_the_same_bytes(
    tmp_path: Path, neo4j_server: Neo4jAddress
) -> None:
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    server = Server(neo4j_server.uri, neo4j_server.user)
    folder = tmp_path / "casebook"
    with (
        open_casebook(Folder(folder)) as local,
        open_casebook(server, password=neo4j_server.password) as remote,
    ):
        wipe(remote)
        build(local.graph, local.actor("ann"))
        backup(local.graph, local.actor("ann"), here)

        restore(remote.graph, here)
        backup(remote.graph, remote.actor("ann"), there)
        wipe(local)
        restore(local.graph, there)
        backup(local.graph, local.actor("ann"), tmp_path / "back.jsonl")

    stop(folder)
    assert there.read_bytes() == here.read_bytes()
    assert (tmp_path / "back.jsonl").read_bytes() == here.read_bytes()


def test_a_backup_of_the_schema_before_is_restored_and_its_texts_are_found(
    casebook: Casebook, saved: Path
) -> None:
    items = list(load(saved))
    header = items[0]
    assert isinstance(header, Header)
    assert [version for version, *_ in header.schema][:4] == [1, 2, 3, 4]
    before = saved.with_name("before.jsonl")
    save(before, iter([Header(header.schema[:3]), *items[1:]]))
    wipe(casebook)

    restore(casebook.graph, before)

    found = search(casebook.graph, casebook.actor("ann"), '"our own budget"')
    assert [hit.kind for hit in found.hits] == ["Source"]
    noted = search(casebook.graph, casebook.actor("ann"), "helped teams")
    assert [hit.kind for hit in noted.hits] == ["Excerpt"]


def test_a_restored_casebook_is_worked_on_as_before(casebook: Casebook, saved: Path) -> None:
    wipe(casebook)

    restore(casebook.graph, saved)

    ann = casebook.actor("ann")
    (programme,) = [p["id"] for p in read(casebook.graph, "case/programmes", ann)]
    made = recording.record(casebook.graph, ann, Project(name="Later", part_of=programme))
    assert made.code == "P-4"
    assert undo(casebook.graph, ann).id == made.id


def test_a_compressed_backup_is_the_same_each_time_and_restores(
    casebook: Casebook, ann: Actor, saved: Path
) -> None:
    packed, again = saved.with_name("a.jsonl.gz"), saved.with_name("b.jsonl.gz")

    backup(casebook.graph, ann, packed)
    backup(casebook.graph, ann, again)
    wipe(casebook)
    restore(casebook.graph, packed)

    assert packed.read_bytes() == again.read_bytes()
    assert gzip.decompress(packed.read_bytes()) == saved.read_bytes()
    assert records(casebook)


def test_an_existing_file_is_kept_unless_it_may_be_overwritten(
    casebook: Casebook, ann: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "backup.jsonl"
    path.write_text("mine")

    with pytest.raises(AlreadyThere):
        backup(casebook.graph, ann, path)
    assert path.read_text() == "mine"

    backup(casebook.graph, ann, path, overwrite=True)
    assert path.read_text() != "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["backup.jsonl"]


def test_a_backup_takes_the_data_steward_of_every_programme(
    casebook: Casebook, saved: Path
) -> None:
    for name in ("Evaluator", "Researcher", "Programme Lead", "Validator", "Auditor"):
        with pytest.raises(NotAllowed, match="steward"):
            backup(casebook.graph, casebook.actor(name), saved.with_name("no.jsonl"))
    steward = casebook.actor("Data Steward")
    backup(casebook.graph, steward, saved.with_name("yes.jsonl"))
    ann = casebook.actor("ann")
    recording.record(casebook.graph, ann, Programme(name="Another"))

    with pytest.raises(NotAllowed, match="1 of"):
        backup(casebook.graph, steward, saved.with_name("no.jsonl"))
    assert not saved.with_name("no.jsonl").exists()


def test_only_an_empty_casebook_is_restored_into(casebook: Casebook, saved: Path) -> None:
    before = records(casebook)

    with pytest.raises(AlreadyThere, match="records already"):
        restore(casebook.graph, saved)

    assert records(casebook) == before


def test_a_folder_that_is_not_there_is_named_and_leaves_nothing(
    casebook: Casebook, ann: Actor, tmp_path: Path
) -> None:
    with pytest.raises(StorageFailed, match="no such file"):
        backup(casebook.graph, ann, tmp_path / "missing" / "backup.jsonl")


def test_a_full_disk_leaves_neither_a_half_file_nor_a_changed_one(
    casebook: Casebook, ann: Actor, saved: Path
) -> None:
    kept = saved.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        with pytest.raises(StorageFailed, match="too large"):
            backup(casebook.graph, ann, saved, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)

    assert saved.read_bytes() == kept
    assert [p.name for p in saved.parent.iterdir()] == [saved.name]


def test_a_broken_file_is_refused_and_nothing_is_left(casebook: Casebook, saved: Path) -> None:
    wipe(casebook)
    lines = saved.read_bytes().splitlines(keepends=True)
    header = json.loads(lines[0])
    swapped = [lines[0], lines[2], lines[1], *lines[3:]]
    broken = {
        "empty": b"",
        "another format": b'{"format": "qdpx", "version": 1}\n',
        "not text": b"\xff\xfe\x00\n",
        "cut in a line": saved.read_bytes()[:-20],
        "cut at a line": b"".join(lines[:-1]),
        "a line left out": b"".join(lines[:5] + lines[6:]),
        "an altered word": saved.read_bytes().replace(b"harbour", b"harvest", 1),
        "more after the end": saved.read_bytes() + lines[1],
        "deep": lines[0] + b"[" * 100_000 + b"\n",
        "another order": b"".join(swapped),
    }
    path = saved.with_name("broken.jsonl")
    for name, content in broken.items():
        path.write_bytes(content)
        with pytest.raises(InvalidInput):
            restore(casebook.graph, path)
        assert records(casebook) == 0, name

    newer = json.dumps(header | {"version": 99}).encode() + b"\n" + b"".join(lines[1:])
    path.write_bytes(newer)
    with pytest.raises(InvalidInput, match="newer version"):
        restore(casebook.graph, path)
    schema = [*header["schema"], [999, "of_tomorrow", "abc"]]
    path.write_bytes(json.dumps(header | {"schema": schema}).encode() + b"\n" + b"".join(lines[1:]))
    with pytest.raises(SchemaMismatch, match="V0999__of_tomorrow"):
        restore(casebook.graph, path)
    with pytest.raises(NotFound):
        restore(casebook.graph, saved.with_name("none.jsonl"))
    packed = saved.with_name("cut.gz")
    packed.write_bytes(gzip.compress(saved.read_bytes())[:-30])
    with pytest.raises(InvalidInput):
        restore(casebook.graph, packed)
    assert records(casebook) == 0
    assert not casebook.graph.read(lambda tx: tx.run("export/restoring"))


def test_what_a_file_may_not_hold_is_refused_by_name(casebook: Casebook, saved: Path) -> None:
    wipe(casebook)
    items = list(load(saved))
    header, node = items[0], items[1]
    assert isinstance(node, Node)
    odd: dict[str, Item] = {
        "Spaceship": Node("x", ("Record", "Spaceship"), {"rev": 1}),
        "Factor, Record, Theme": Node("x", ("Record", "Theme", "Factor"), {"rev": 1}),
        "Counted": Node("x", ("Record", "Theme", "Counted"), {"rev": 1}),
        "twice": node,
        "not whole": Node("x", ("Record", "Theme"), {}),
        "OWNS": Tie("OWNS", node.id, node.id, {}),
        "does not hold": Tie("ABOUT", node.id, "nowhere", {}),
        "nobody's": Change("c", "nowhere", {}, None, ()),
    }
    for name, item in odd.items():
        path = saved.with_name("odd.jsonl")
        save(path, [header, node, item], overwrite=True)
        with pytest.raises(InvalidInput, match=name):
            restore(casebook.graph, path)


def test_nobody_acts_in_a_casebook_whose_restore_was_broken_off(
    casebook: Casebook, saved: Path
) -> None:
    wipe(casebook)
    broken_off = {"client": "gone", "now": "2026-01-01T00:00:00.000000Z", "stale": ""}
    casebook.graph.write(lambda tx: tx.run("export/begin_restore", file="x.jsonl", **broken_off))
    lines = [json.loads(line) for line in saved.read_bytes().splitlines()]
    users = [{**x["properties"], "id": x["record"]} for x in lines if "User" in x.get("labels", ())]
    casebook.graph.write(lambda tx: tx.run("create/user", rows=users))

    with pytest.raises(CasebookUnusable, match="restored"):
        casebook.actor("ann")

    restore(casebook.graph, saved)
    assert casebook.actor("ann").grants
    assert records(casebook) == sum("record" in x for x in lines)


def test_a_restore_that_shows_signs_of_life_is_not_disturbed(
    casebook: Casebook, saved: Path
) -> None:
    wipe(casebook)
    alive = {"client": "alive", "now": text_of(now()), "stale": ""}
    casebook.graph.write(lambda tx: tx.run("export/begin_restore", file="x.jsonl", **alive))

    with pytest.raises(Refused, match="going on"):
        restore(casebook.graph, saved)

    restore(casebook.graph, saved, stale=timedelta(0))
    assert records(casebook)


def test_a_restore_that_fails_in_the_middle_leaves_an_empty_casebook(
    casebook: Casebook, saved: Path
) -> None:
    wipe(casebook)

    def fail(_: str) -> None:
        assert records(casebook)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(casebook.graph, saved, progress=fail)

    assert records(casebook) == 0
    assert casebook.actor("bo").subject == "bo"


def test_a_killed_restore_is_begun_anew(casebook: Casebook, saved: Path) -> None:
    wipe(casebook)
    script = (
        "import os, signal, sys; from pathlib import Path; from datetime import timedelta\n"
        "from cmo.services.backup import restore; from cmo.services.casebook import open_casebook\n"
        "from cmo.graph.address import find_address\n"
        "opened = open_casebook(find_address(sys.argv[1]))\n"
        "kill = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "restore(opened.graph, Path(sys.argv[2]), progress=kill)\n"
    )
    place = casebook.place
    environment = dict(os.environ)
    auth = casebook.graph.connection.auth
    if isinstance(place, Server) and auth is not None:
        environment |= {"CMO_NEO4J_USER": auth[0], "CMO_NEO4J_PASSWORD": auth[1]}
    where = place.uri if isinstance(place, Server) else str(place)
    command = [sys.executable, "-c", script, where, str(saved)]
    ended = subprocess.run(command, env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr

    assert records(casebook)
    with pytest.raises(CasebookUnusable, match=saved.name):
        casebook.actor("ann")

    restore(casebook.graph, saved, stale=timedelta(0))
    again = saved.with_name("again.jsonl")
    backup(casebook.graph, casebook.actor("ann"), again)
    assert again.read_bytes() == saved.read_bytes()


def test_a_backup_begun_while_others_write_is_one_moment_of_the_casebook(
    casebook: Casebook, ann: Actor, saved: Path
) -> None:
    written: list[str] = []
    programme = read(casebook.graph, "case/programmes", ann)[0]["id"]

    def disturb(_: str) -> None:
        if not written:
            made = recording.record(casebook.graph, ann, Project(name="New", part_of=programme))
            written.append(made.id)

    path = saved.with_name("disturbed.jsonl")
    backup(casebook.graph, ann, path, progress=disturb)

    assert written
    held = list(load(path))
    assert {i.id for i in held if isinstance(i, Node)} >= set(written)
    assert any(isinstance(i, Tie) and i.start == written[0] for i in held)
