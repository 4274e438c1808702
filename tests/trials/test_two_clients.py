"""Trial: clients share one casebook; killing the one that started the engine leaves the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmo.domain.case import Programme
from cmo.graph.local import status, stop
from cmo.services.casebook import open_casebook
from cmo.services.recording import record
from tests.cli.program import program
from tests.trials.clients import Client, balance, written
from tests.trials.expendable import LocalEngine

pytestmark = pytest.mark.trial


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A local casebook whose engine does not run."""
    path = tmp_path / "casebook"
    yield path
    stop(path)


@pytest.fixture
def programme(folder: Path) -> str:
    """A programme in it."""
    with open_casebook(str(folder)) as casebook:
        made = record(casebook.graph, casebook.actor("ann"), Programme(name="Shared")).id
    stop(folder)
    return made


def test_killing_the_client_that_started_the_engine_leaves_the_other_writing(
    folder: Path, programme: str
) -> None:
    starter = Client.start(str(folder), None, programme, "starter")
    starter.wait_for(5)
    other = Client.start(str(folder), None, programme, "other")
    try:
        other.wait_for(5)
        assert starter.engine == other.engine == str(status(folder).pid)
        starter.kill()
        other.wait_for(len(other.told) + 20)
        assert str(status(folder).pid) == other.engine
        assert other.failed == []
    finally:
        starter.kill()
        other.kill()
    with open_casebook(str(folder)) as casebook:
        account = balance(written(casebook.graph, programme), [starter, other])
    assert account.lost == []
    assert account.doubled == []


def test_killing_a_client_leaves_the_command_line_working_on_the_same_engine(
    folder: Path, programme: str, tmp_path: Path
) -> None:
    cmo = program(tmp_path, str(folder))
    starter = Client.start(str(folder), None, programme, "starter")
    try:
        starter.wait_for(5)
        pid = status(folder).pid
        cmo.ok("record", "stakeholder", "while it lives", "--kind", "group")
    finally:
        starter.kill()
    cmo.ok("record", "stakeholder", "after it died", "--kind", "group")
    assert status(folder).pid == pid
    with open_casebook(str(folder)) as casebook:
        names = {row["name"] for row in written(casebook.graph, programme)}
    assert {"while it lives", "after it died"} <= names


def test_killing_the_command_that_started_the_engine_leaves_a_client_working(
    folder: Path, programme: str, tmp_path: Path
) -> None:
    command = program(tmp_path, str(folder)).start("query", "case/programmes")
    try:
        other = Client.start(str(folder), None, programme, "other")
        try:
            other.wait_for(1)
            command.kill()
            command.communicate()
            other.wait_for(len(other.told) + 20)
            assert other.failed == []
            assert str(status(folder).pid) == other.engine
        finally:
            other.kill()
    finally:
        command.kill()
        command.communicate()


def test_a_client_goes_on_with_a_new_engine_when_the_old_one_is_killed(
    folder: Path, programme: str
) -> None:
    client = Client.start(str(folder), None, programme, "client")
    try:
        client.wait_for(5)
        LocalEngine(folder).kill()
        client.wait_for(len(client.told) + 20)
        assert client.failed == []  # not even the write that it was about
        assert str(status(folder).pid) != client.engine
    finally:
        client.kill()
    with open_casebook(str(folder)) as casebook:
        account = balance(written(casebook.graph, programme), [client])
    assert account.lost == []
    assert account.doubled == []
