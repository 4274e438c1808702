"""The demo's tour: what comes out of queries over the shipped casebooks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cmo.errors import NotFound
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.mentioning import mention, mentions
from cmo.services.seeding import seed_id
from cmo.services.tour import tour
from tests.graph.fieldwork import Fieldwork

PROJECTS = ["Northumberland", "Nottingham", "Sandwell", "Tameside and Glossop", "Telford & Wrekin"]


@pytest.fixture(scope="module")
def shown(demo: tuple[Casebook, Actor]) -> dict[str, Any]:
    return tour(demo[0].graph, demo[1])


def test_it_counts_hipp_alone(shown: dict[str, Any]) -> None:
    assert shown["projects"] == 5
    assert shown["relations"] == 67
    assert shown["links"] >= 12
    assert shown["configurations"] >= 5
    assert shown["codings"] > 200


def test_table_4_is_entries_in_sets_observed_in_no_project(shown: dict[str, Any]) -> None:
    table = dict(shown["table4"])

    assert len(table.pop("codes")) == 4
    assert table == {
        "contexts": 9,
        "mechanisms": 11,
        "outcomes": 8,
        "distinct_mechanisms": 10,
        "recurring_mechanisms": ["Local champions"],
        "observed_in": [],
    }


def test_consultancy_was_offered_to_five_and_named_by_three(shown: dict[str, Any]) -> None:
    held = shown["consultancy"]

    assert held["offered"] == PROJECTS
    assert held["named_enabling"] == ["Nottingham", "Sandwell", "Telford & Wrekin"]
    assert held["silent"] == ["Northumberland", "Tameside and Glossop"]
    assert held["contradicted"] == []
    assert held["on_mention"] is True
    assert list(held["assessments"]) == PROJECTS


def test_national_policy_enables_in_one_project_and_hinders_in_another(
    shown: dict[str, Any],
) -> None:
    held = shown["national_policy"]

    assert held["enabling"] == ["Telford & Wrekin"]
    assert held["hindering"] == ["Sandwell"]
    assert held["family_origin"] == "ours"


def test_the_section_on_the_projects_names_eight_enabling_factors_and_six_obstacles(
    shown: dict[str, Any],
) -> None:
    enabling, obstacles = shown["enabling_namings"], shown["obstacle_namings"]

    assert len({(n["project"], n["factor"]) for n in enabling}) == len(enabling) == 8
    assert len({(n["project"], n["factor"]) for n in obstacles}) == len(obstacles) == 6
    assert len({n["factor"] for n in enabling}) == 6
    assert all(
        n["locator"].startswith("The five demonstration projects") for n in (*enabling, *obstacles)
    )
    assert "Northumberland" not in {n["project"] for n in (*enabling, *obstacles)}


def test_accountability_to_local_communities_is_denied_three_times(
    shown: dict[str, Any],
) -> None:
    denied = shown["accountability_denied"]

    assert [(d["party"], d["party_type"]) for d in denied] == [
        ("Nottingham", "project"),
        ("Sandwell", "project"),
        ("HIPP", "programme"),
    ]
    assert all(d["locator"] for d in denied)


def test_health_outcomes_could_not_be_assessed_anywhere(shown: dict[str, Any]) -> None:
    assert shown["health_outcomes"]["not_assessable"] == PROJECTS


def test_the_grid_has_six_themes_for_two_projects_each_cell_with_its_place(
    shown: dict[str, Any],
) -> None:
    grid = shown["grid"]

    assert len(grid) == 6
    for cells in grid.values():
        assert list(cells) == ["Nottingham", "Sandwell"]
        for findings in cells.values():
            assert findings
            assert all(
                f["statement"] and f["direction"] in ("enabling", "hindering", "neither")
                for f in findings
            )
            assert all(f["locator"] for f in findings)


def test_the_contrast_of_the_two_teams_is_one_context_and_one_outcome(
    shown: dict[str, Any],
) -> None:
    held = shown["contrast"]

    assert held["same"] == ["Locality commissioning"]
    assert held["differs"] == ["Wide inter-agency partnerships"]
    assert held["outcome"] == ["Smooth transition to a primary care group"]
    assert list(held["left"]["values"].values()) == ["present", "present", "absent"]
    assert list(held["right"]["values"].values()) == ["present", "absent", "present"]
    assert held["locators"]


def test_the_theory_was_moved_by_a_book(shown: dict[str, Any]) -> None:
    assert "Pawson" in shown["theory_move"]["why"]
    (mover,) = shown["theory_move"]["moved_by"]
    assert "Realistic Evaluation" in mover


def test_practice_finds_what_was_planted(shown: dict[str, Any]) -> None:
    assert len(shown["practice"]) == 10
    for item in shown["practice"]:
        assert item["found"] == item["planted"], item["configuration"]


def test_it_is_plain_json(shown: dict[str, Any]) -> None:
    assert json.loads(json.dumps(shown)) == shown


def test_retiring_an_assessment_changes_the_tour_and_reinstating_it_brings_it_back(
    demo: tuple[Casebook, Actor], shown: dict[str, Any]
) -> None:
    casebook, ann = demo
    assessment = shown["consultancy"]["assessments"]["Telford & Wrekin"]

    recording.retire(casebook.graph, ann, assessment, why="to see what rests on it")
    without = tour(casebook.graph, ann)["consultancy"]
    recording.reinstate(casebook.graph, ann, assessment)

    assert [len(without[k]) for k in ("offered", "named_enabling", "silent", "contradicted")] == [
        4,
        2,
        3,
        0,
    ]
    assert "Telford & Wrekin" in without["silent"]
    assert tour(casebook.graph, ann) == shown


def test_consultancy_is_read_from_mentions_and_practices_factors_are_not(
    demo: tuple[Casebook, Actor],
) -> None:
    casebook, ann = demo
    consultancy = mention(casebook.graph, ann, seed_id("hipp", "factor/consultancy-support"))
    practice = mentions(casebook.graph, ann, seed_id("practice", "programme/wexmere"))

    assert consultancy.on_mention
    assert len(practice) == 8
    assert not any(m.on_mention for m in practice)
    assert all(len(m.projects) == 12 for m in practice)


def test_a_factor_without_assessments_leaves_every_project_silent(
    demo: tuple[Casebook, Actor],
) -> None:
    casebook, ann = demo
    table_only = mention(casebook.graph, ann, seed_id("hipp", "factor/stakeholder-events"))

    assert [case.name for case in table_only.silent] == PROJECTS
    assert table_only.offered == ()


def test_without_the_shipped_casebooks_it_says_how_to_load_them(field: Fieldwork) -> None:
    with pytest.raises(NotFound, match="cmo seed hipp"):
        tour(field.graph, field.actor)
