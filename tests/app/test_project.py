"""Projects: the list, and one case whole."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services.casebook import Casebook
from cmo.services.naming import find_record
from tests.app.page import Page

Open = Callable[..., Page]


def id_of(casebook: Casebook, reference: str) -> str:
    found: str = find_record(casebook.graph, casebook.actor("ann"), reference)["id"]
    return found


def test_obstacles_stand_against_what_enabled(page: Open, demo: Casebook) -> None:
    sandwell = page(demo, "project", id=id_of(demo, "HIPP/P-3"))

    case = sandwell.text("case")
    assert "Obstacles, 1" in case
    assert "National policy turbulence" in case
    assert "Enabling, 3" in case
    assert case.index("Obstacles") < case.index("Enabling")


def test_sub_cases_stand_side_by_side_and_differ_where_the_teams_did(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "project", id=id_of(demo, "HIPP/P-3")).said("case")

    assert "locality team 1, Wide inter-agency partnerships: present" in said
    assert "locality team 2, Wide inter-agency partnerships: absent" in said
    assert "locality team 1, Smooth transition to a primary care group: absent" in said
    assert "locality team 2, Smooth transition to a primary care group: present" in said


def test_what_could_not_be_known_is_neither_absent_nor_left_out(page: Open, demo: Casebook) -> None:
    side = page(demo, "project", id=id_of(demo, "HIPP/P-3")).text("side")

    assert "Health outcomes F-56 could not be known" in side


def test_a_naming_opens_to_its_passages(page: Open, demo: Casebook) -> None:
    sandwell = page(demo, "project", id=id_of(demo, "HIPP/P-3"))
    go = next(go for go in sandwell.goes("case") if "&open=" in go)

    sandwell.click("case", go)

    assert "paraphrase, section The five demonstration projects" in sandwell.text("case")
    assert any(go.startswith("source?id=") for go in sandwell.goes("case"))


def test_a_theme_without_a_finding_is_silent_and_stands_there(page: Open, demo: Casebook) -> None:
    case = page(demo, "project", id=id_of(demo, "HIPP/P-1")).text("case")

    assert "6 of 6 themes are silent" in case
    assert "Accountability" in case
    assert "None is named." in case


def test_a_record_page_finds_its_programme_by_the_record(page: Open, demo: Casebook) -> None:
    quernmouth = page(demo, "project", id=id_of(demo, "Practice/P-12"))

    assert "fiction" in quernmouth.text("mast")
    assert "Quernmouth, Old Town" in quernmouth.text("case")


def test_every_sub_case_has_a_row_of_its_own(page: Open, demo: Casebook) -> None:
    listed = page(demo, "projects", programme="HIPP").text("projects")

    assert "P-6 pilot team" in listed
    assert "5 projects, 7 sub-cases." in listed


def test_the_list_finds_by_words(page: Open, demo: Casebook) -> None:
    projects = page(demo, "projects", programme="HIPP")

    projects.app.text_input(key="find").input("Tynedale")
    projects.run()

    assert "Northumberland" in projects.text("projects")
    assert "Sandwell" not in projects.text("projects")


def test_a_project_that_is_not_there_is_refused_with_what_to_do(page: Open, demo: Casebook) -> None:
    gone = page(demo, "project", id="no-such-id", programme="HIPP")

    assert "No record that you may see answers to no-such-id." in gone.text()
