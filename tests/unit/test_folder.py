"""The folder of a casebook: what is missing in it is told, and never made anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cmo.errors import CasebookUnusable
from cmo.graph.local.folder import CasebookFolder
from cmo.graph.local.runfile import find_run_file


@pytest.fixture
def home(tmp_path: Path) -> CasebookFolder:
    """A casebook's folder before its engine has ever run."""
    made = CasebookFolder(tmp_path / "casebook")
    made.prepare()
    return made


def test_a_casebook_that_was_never_served_may_begin_empty(home: CasebookFolder) -> None:
    home.require_whole()


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_a_casebook_whose_records_are_gone_is_refused_by_name(
    home: CasebookFolder, left: str
) -> None:
    graph = home.engine / "databases" / "neo4j"
    graph.mkdir(parents=True)
    (graph / "schema.json").write_text("{}")
    home.mark_served()
    home.require_whole()
    assert home.is_marked()

    (graph / "schema.json").unlink()
    if left == "nothing":
        graph.rmdir()

    with pytest.raises(CasebookUnusable) as refused:
        home.require_whole()
    assert str(graph) in refused.value.wrong
    assert "cmo restore" in refused.value.next_step


def test_a_run_file_that_is_a_folder_is_told_by_its_name(home: CasebookFolder) -> None:
    home.run_file.mkdir()

    assert find_run_file(home.run_file) is None
    with pytest.raises(CasebookUnusable, match=r"engine\.run\.json"):
        home.require_whole()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_run_file_that_is_a_pipe_is_not_waited_for(home: CasebookFolder) -> None:
    os.mkfifo(home.run_file)

    assert find_run_file(home.run_file) is None
    with pytest.raises(CasebookUnusable, match=r"engine\.run\.json"):
        home.require_whole()


@pytest.mark.parametrize("mark", [None, "garbage", "[]"])
def test_a_casebook_without_its_mark_is_told_how_to_put_it_back(
    home: CasebookFolder, mark: str | None
) -> None:
    home.engine.mkdir()
    home.marker.unlink()
    if mark is not None:
        home.marker.write_text(mark)

    with pytest.raises(CasebookUnusable) as refused:
        home.prepare()

    _, _, text = refused.value.next_step.partition(": ")
    home.marker.write_text(text)
    assert home.is_marked()
