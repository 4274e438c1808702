"""How a casebook is: told without starting or changing anything, also where it cannot be opened."""

from __future__ import annotations

import os
from pathlib import Path

from cmo.graph.address import Folder, Server
from cmo.graph.local import status, stop
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.health import Health, health
from tests.fixtures.planted import PLANTED
from tests.fixtures.rich import build


def look(casebook: Casebook, user: str | None = None) -> Health:
    auth = casebook.graph.connection.auth
    return health(casebook.place, user=user, password=auth[1] if auth else None)


def test_a_casebook_in_good_health_says_what_it_holds(
    casebook: Casebook, ann: Actor, engine: str
) -> None:
    build(casebook.graph, ann)

    found = look(casebook, "ann")

    assert found.problems == []
    assert found.well
    assert found.answers is True
    assert found.engine == {"local": "local engine", "neo4j": "Neo4j"}[engine]
    assert found.engine_version
    assert found.schema == found.schema_here
    assert (found.counts["Project"], found.counts["User"]) == (3, 8)
    assert found.counts["Change"] > 40
    assert found.actor == "ann"
    assert set(found.roles) == {
        ("evaluator", "Healthy Streets"),
        ("data_steward", "Healthy Streets"),
    }
    assert "Researcher" in found.users
    assert (found.local_engine is not None) == (engine == "local")


def test_nothing_is_changed_by_looking(casebook: Casebook) -> None:
    look(casebook, "nobody yet")

    (extent,) = casebook.graph.read(lambda tx: tx.run("export/extent"))
    assert (extent["records"], extent["changes"]) == (0, 0)


def test_a_restore_that_was_broken_off_is_a_problem(casebook: Casebook) -> None:
    casebook.graph.write(lambda tx: tx.run_statement(PLANTED["restoring"]))

    (problem,) = look(casebook).problems

    assert "a.jsonl" in problem.wrong
    assert "cmo restore" in problem.next_step


def test_a_schema_that_is_not_known_is_a_problem(casebook: Casebook) -> None:
    casebook.graph.write(lambda tx: tx.run_statement(PLANTED["newer"]))
    try:
        found = look(casebook)
    finally:
        casebook.graph.write(lambda tx: tx.run_statement(PLANTED["forget"]))

    assert any("V9001" in problem.wrong for problem in found.problems)


def test_a_casebook_that_is_not_there_is_a_problem_and_not_made(tmp_path: Path) -> None:
    found = health(Folder(tmp_path / "new"))

    (problem,) = found.problems
    assert "no casebook" in problem.wrong
    assert "cmo init" in problem.next_step
    assert found.answers is None
    assert found.free_bytes
    assert not (tmp_path / "new").exists()


def test_an_empty_folder_holds_no_casebook(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir(mode=0o700)

    (problem,) = health(Folder(tmp_path / "empty")).problems

    assert "empty" in problem.wrong
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_folder_of_something_else_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")

    (problem,) = health(Folder(tmp_path)).problems

    assert "not a casebook" in problem.wrong


def test_a_part_of_the_path_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")

    assert not health(Folder(tmp_path / "letter.txt" / "casebook")).well


def test_an_engine_that_does_not_run_is_not_started(tmp_path: Path) -> None:
    folder = tmp_path / "casebook"
    open_casebook(Folder(folder)).close()
    stop(folder)

    found = health(Folder(folder))

    assert found.well
    assert found.answers is None
    assert found.local_engine is not None
    assert not found.local_engine.running
    assert found.local_engine.data_bytes
    assert not status(folder).running


def test_a_folder_that_others_can_look_into_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "casebook"
    folder.mkdir()
    folder.chmod(0o755)

    found = health(Folder(folder))

    assert any(f"chmod 700 {folder}" == p.next_step for p in found.problems) or os.name != "posix"


def test_a_file_in_its_place_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "casebook"
    path.write_text("a letter")

    found = health(Folder(path))

    assert found.answers is False
    assert any("is a file" in problem.wrong for problem in found.problems)


def test_a_server_that_does_not_answer_is_a_problem() -> None:
    found = health(Server("bolt://127.0.0.1:9"), password="x")

    assert found.answers is False
    (problem,) = found.problems
    assert "No Neo4j answers" in problem.wrong
    assert problem.next_step


def test_a_wrong_password_is_a_problem(casebook: Casebook) -> None:
    if isinstance(casebook.place, Server):
        (problem,) = health(casebook.place, password="wrong").problems
        assert "password" in problem.wrong
