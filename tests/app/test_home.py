"""Home: what is here, what to look at first, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services.casebook import Casebook
from cmo.services.naming import find_record
from cmo.services.reading import get_record
from cmo.services.recording import edit
from tests.app.page import Page

Open = Callable[..., Page]


def test_the_facts_of_hipp_stand_at_its_head_and_open_to_their_records(
    page: Open, demo: Casebook
) -> None:
    home = page(demo, "home", programme="HIPP")

    head = home.text("mast")
    assert "HIPP" in head
    assert "5 projects" in head
    assert "22 configurations" in head
    assert {"projects", "configurations", "evidence", "regularities?least=2"} <= set(
        home.goes("mast")
    )
    assert "fiction" not in head


def test_the_board_says_which_way_the_findings_of_a_cell_point_and_draws_silence(
    page: Open, demo: Casebook
) -> None:
    home = page(demo, "home", programme="HIPP")

    assert "12 of 30 cells have a finding; 18 are silent" in home.text("board")
    said = home.said("board")
    assert "Nottingham, Accountability: 3 findings, hindering" in said
    assert "Sandwell, Shared strategic vision: 3 findings, enabling" in said
    assert "Northumberland, Accountability: silent: nothing was said" in said
    assert "locality team 2, Accountability: 1 finding, hindering" in said


def test_namings_stand_beside_each_project(page: Open, demo: Casebook) -> None:
    said = page(demo, "home", programme="HIPP").said("board")

    assert (
        "enabling: Consultancy support; Shared strategic vision; Budgets devolved to localities"
        in said
    )
    assert "obstacles: National policy turbulence" in said


def test_dated_events_stand_on_the_line_of_time(page: Open, demo: Casebook) -> None:
    home = page(demo, "home", programme="HIPP")

    assert "Election of a Labour government" in home.text("time")
    told = home.text("undated")
    assert "9 events without a date" in told
    assert told.index("Health action zones, health improvement plans") < told.index(
        "Changes in Nottingham's management arrangements"
    )
    assert "the programme; after the election of May 1997" in told
    practice = page(demo, "home", programme="Practice")
    assert "baseline" in practice.text("time")
    assert any(go.startswith("project?id=") for go in practice.goes("time"))


def test_contested_configurations_of_practice_come_first_and_it_is_called_fiction(
    page: Open, demo: Casebook
) -> None:
    home = page(demo, "home", programme="Practice")

    assert "fiction : no real people or places" in home.text("mast")
    assert home.text("panels").startswith("Look here first")
    assert "9 contested" in home.text("panels")
    assert "configurations?support=contested" in home.goes("panels")


def test_what_is_missing_says_what_to_do(page: Open, demo: Casebook) -> None:
    panels = page(demo, "home", programme="HIPP").text("panels")

    assert "1 without evidence" in panels
    assert "5 configurations without a link" in panels
    assert "Whose reasoning did they change?" in panels


def test_a_change_stands_among_the_last_ones_with_who_made_it(
    page: Open, expendable: Casebook
) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    project = find_record(graph, ann, "HIPP/P-1")["id"]
    edit(graph, ann, project, get_record(graph, ann, project).rev, {"area": "Tynedale"}, why="x")

    home = page(expendable, "home", programme="HIPP")

    assert "ann edited project P-1 Northumberland" in home.text("panels")
    assert f"project?id={project}" in home.goes("panels")


def test_a_click_on_a_project_opens_it_with_the_programme_in_the_address(
    page: Open, demo: Casebook
) -> None:
    home = page(demo, "home", programme="HIPP")
    go = next(go for go in home.goes("board") if go.startswith("project?"))

    home.click("board", go)

    assert home.app.query_params["programme"] == "HIPP"
    assert "Northumberland" in home.text("mast")


def test_an_empty_casebook_says_on_every_page_what_to_do_first(
    page: Open, nothing: Casebook
) -> None:
    for name in ("home", "configurations", "regularities", "projects", "project", "stakeholders"):
        empty = page(nothing, name)
        assert "This casebook is empty" in empty.text("mast")
        assert [b.label for b in empty.app.button if b.key == "load"] == ["Load the demo"]


def test_a_cell_opens_the_project_at_that_theme(page: Open, demo: Casebook) -> None:
    home = page(demo, "home", programme="HIPP")
    go = next(go for go in home.goes("board") if "&theme=" in go)

    home.click("board", go)

    case = home.text("case")
    assert case.index("Shared strategic vision") < case.index("Obstacles")


def test_a_programme_heard_on_configurations_shows_where_each_held_exceptions_first(
    page: Open, demo: Casebook
) -> None:
    home = page(demo, "home", programme="Practice")

    said = home.text("heard")
    assert "9 of 10 configurations contradicted somewhere" in said
    assert said.index("C-1 Known by name") < said.index("C-7 First-day buddy")
    assert "against in 2 projects" in home.said("heard")
    assert any("regularities?id=" in go and "&project=" in go for go in home.goes("heard"))
    assert "heard" not in page(demo, "home", programme="HIPP").trees


def test_a_theme_of_the_board_opens_the_comparison_at_it(page: Open, demo: Casebook) -> None:
    home = page(demo, "home", programme="HIPP")
    go = next(go for go in home.goes("board") if go.startswith("compare?theme="))

    home.click("board", go)

    assert home.app.query_params["theme"] == go.partition("=")[2]
    assert "Nottingham and Sandwell differ in 3 of 6 themes" in home.text("grid")
