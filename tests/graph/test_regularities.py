"""What recurs: recorded patterns over a graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from cmo.analysis.cases import Case
from cmo.analysis.patterns import Pattern
from cmo.domain.case import Programme
from cmo.domain.fields import Tie
from cmo.errors import NotFound
from cmo.services import recording, undoing
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.reading import get_record
from cmo.services.regularities import Regularities, regularities
from cmo.services.seeding import planted, seed_id
from tests.graph.fieldwork import TEXT, Fieldwork

HIPP = seed_id("hipp", "programme/hipp")
PRACTICE = seed_id("practice", "programme/wexmere")


def of(key: str) -> str:
    return seed_id("practice", key)


def ids(cases: Iterable[Case]) -> set[str]:
    return {case.id for case in cases}


def keyed(keys: Iterable[str]) -> set[str]:
    return {of(key) for key in keys}


def counts(found: Regularities) -> dict[str, tuple[int, int]]:
    """Projects for and against of every configuration, and of every link apart from merges."""
    return {p.id: (len(p.projects_for), len(p.projects_against)) for p in found.configurations}


# -- small casebooks


def test_a_programme_without_evidence_shows_every_project_silent(
    field: Fieldwork, project: str
) -> None:
    configuration = field.configuration("Known by name")

    found = regularities(field.graph, field.actor, field.programme)

    (pattern,) = found.configurations
    assert pattern.id == configuration
    assert ids(pattern.projects_silent) == ids(found.projects) == {project}


def test_projects_stand_in_order_of_their_codes(field: Fieldwork, project: str) -> None:
    later = [field.project(f"Project {n}") for n in range(11)]

    found = regularities(field.graph, field.actor, field.programme)

    assert [case.id for case in found.projects] == [project, *later]


def test_a_sub_cases_coding_counts_for_its_project_and_a_general_one_for_none(
    field: Fieldwork, project: str
) -> None:
    configuration = field.configuration("Known by name")
    team = field.project("upper team", part_of=project)
    field.said(team, configuration)
    general = field.said(field.programme, configuration, "refutes")

    pattern = regularities(field.graph, field.actor, field.programme).get(configuration)

    assert ids(pattern.projects_for) == {project}
    assert pattern.projects_against == ()
    assert pattern.general_refuting == (general,)


def test_a_coding_concerns_the_project_it_names_not_where_it_was_collected(
    field: Fieldwork, project: str
) -> None:
    configuration, other = field.configuration("Known by name"), field.project("Moor")
    field.said(project, configuration, concerns=other)

    pattern = regularities(field.graph, field.actor, field.programme).get(configuration)

    assert ids(pattern.projects_for) == {other}


def test_an_anticipated_claim_counts_nowhere_and_an_implied_one_is_marked(
    field: Fieldwork, project: str
) -> None:
    configuration, other = field.configuration("Known by name"), field.project("Moor")
    field.said(project, configuration, claim="anticipated")
    implied = field.said(other, configuration, claim="implied")

    pattern = regularities(field.graph, field.actor, field.programme).get(configuration)

    assert ids(pattern.projects_for) == {other}
    assert pattern.implied == (implied,)


def test_words_that_are_withdrawn_count_no_more(field: Fieldwork, project: str) -> None:
    configuration = field.configuration("Known by name")
    source = field.source(project, text=TEXT)
    fergus = field.informant("Fergus", source)
    field.code(
        field.passage(source, "Nobody came back to me.", fergus), configuration, stance="refutes"
    )
    before = regularities(field.graph, field.actor, field.programme).get(configuration)

    field.withdraw(fergus)

    after = regularities(field.graph, field.actor, field.programme).get(configuration)
    assert ids(before.projects_against) == {project}
    assert after.cells == ()


def test_retiring_a_coding_a_link_or_a_project_takes_it_out_of_the_count(
    field: Fieldwork, project: str
) -> None:
    context, outcome = field.factor("c", "Context"), field.factor("o", "Outcome")
    link, other = field.link(context, outcome), field.project("Moor")
    coding = field.said(project, link)
    field.said(other, link)

    recording.retire(field.graph, field.actor, coding, why="misread")
    recording.retire(field.graph, field.actor, other, why="left the programme")

    found = regularities(field.graph, field.actor, field.programme)
    assert ids(found.projects) == {project}
    assert found.get(link).cells == ()
    recording.retire(field.graph, field.actor, link, why="not a link")
    assert regularities(field.graph, field.actor, field.programme).links == ()


def test_a_merge_joins_links_and_undoing_it_parts_them(field: Fieldwork, project: str) -> None:
    alongside, buddy = field.factor("alongside", "Context"), field.factor("buddy", "Context")
    outcome, other = field.factor("o", "Outcome"), field.project("Moor")
    one, two = field.link(alongside, outcome), field.link(buddy, outcome)
    field.said(project, one)
    field.said(other, two)
    apart = regularities(field.graph, field.actor, field.programme).links

    tie = Tie(alongside, (("at", "2026-01-01T00:00:00.000000Z"), ("why", "the same")))
    recording.edit(field.graph, field.actor, buddy, 1, {"same_as": (tie,)})

    (pattern,) = regularities(field.graph, field.actor, field.programme).links
    assert len(apart) == 2
    assert not any(held.through_merge for held in apart)
    assert pattern.through_merge
    assert pattern.merged == (("buddy", "alongside"),)
    assert {link.id for link in pattern.links} == {one, two}
    assert ids(pattern.projects_for) == {project, other}
    undoing.undo(field.graph, field.actor)
    assert len(regularities(field.graph, field.actor, field.programme).links) == 2


def test_a_merge_that_was_taken_back_but_kept_on_record_joins_nothing(field: Fieldwork) -> None:
    alongside, outcome = field.factor("alongside", "Context"), field.factor("o", "Outcome")
    back = (("at", "2026-01-01T00:00:00.000000Z"), ("undone_at", "2026-01-02T00:00:00.000000Z"))
    buddy = field.factor("buddy", "Context", same_as=(Tie(alongside, back),))
    field.link(alongside, outcome)
    field.link(buddy, outcome)

    assert len(regularities(field.graph, field.actor, field.programme).links) == 2


def test_who_works_in_one_project_sees_no_evidence_of_another(
    field: Fieldwork, project: str
) -> None:
    configuration, other = field.configuration("Known by name"), field.project("Moor")
    field.said(project, configuration)
    field.said(other, configuration)
    field.said(other, configuration, concerns=project)
    bo = field.colleague("bo", project, "researcher")

    pattern = regularities(field.graph, bo, field.programme).get(configuration)

    assert ids(pattern.projects) == {project}
    assert len(pattern.cells[0].supporting) == 1


def test_a_programme_that_one_may_not_see_is_not_there(field: Fieldwork) -> None:
    elsewhere = field.add(Programme(name="Elsewhere"))
    bo = field.colleague("bo", field.programme, "evaluator")

    with pytest.raises(NotFound):
        regularities(field.graph, bo, elsewhere)


# -- the shipped casebooks


def planted_patterns() -> dict[str, Any]:
    held: dict[str, Any] = planted("practice")["recorded"]
    return held


def test_practices_configurations_are_those_planted(demo: tuple[Casebook, Actor]) -> None:
    found = regularities(demo[0].graph, demo[1], PRACTICE)

    assert len(found.configurations) == len(planted_patterns()["configurations"])
    for item in planted_patterns()["configurations"]:
        pattern = found.get(of(item["configuration"]))
        assert ids(pattern.projects_for) == keyed(item["for"]), item["name"]
        assert ids(pattern.projects_against) == keyed(item["against"]), item["name"]
        assert ids(pattern.projects_both) == keyed(item["both"]), item["name"]
        assert ids(pattern.projects_silent) == keyed(item["silent"]), item["name"]


def test_practices_links_are_those_planted_but_for_the_one_merge(
    demo: tuple[Casebook, Actor],
) -> None:
    found = regularities(demo[0].graph, demo[1], PRACTICE)
    merge = planted("practice")["merge"]
    joined = {item["link"] for item in merge["links"]}

    for item in planted_patterns()["links"]:
        if item["link"] not in joined:
            pattern = found.get(of(item["link"]))
            assert [link.id for link in pattern.links] == [of(item["link"])]
            assert ids(pattern.projects_for) == keyed(item["for"]), item["link"]
            assert ids(pattern.projects_against) == keyed(item["against"]), item["link"]
            assert ids(pattern.projects_both) == keyed(item["both"]), item["link"]
            assert ids(pattern.projects_silent) == keyed(item["silent"]), item["link"]


def test_the_pattern_that_only_a_merge_makes_is_named_as_such(
    demo: tuple[Casebook, Actor],
) -> None:
    found = regularities(demo[0].graph, demo[1], PRACTICE)
    merge = planted("practice")["merge"]

    pattern = found.get(of(merge["links"][1]["link"]))

    assert [p for p in found.links if p.through_merge] == [pattern]
    assert {link.id for link in pattern.links} == keyed(item["link"] for item in merge["links"])
    assert ids(pattern.projects_for) == keyed(merge["merged"]["for"])
    assert ids(pattern.projects_against) == keyed(merge["merged"]["against"])
    assert len(pattern.projects_for) >= merge["needs"]
    assert max(len(part.projects_for) for part in pattern.parts) < merge["needs"]
    apart = {part.links: ids(part.projects_for) for part in pattern.parts}
    assert apart == {(of(item["link"]),): keyed(item["for"]) for item in merge["links"]}


def test_what_was_planted_not_to_count_counts_nowhere(demo: tuple[Casebook, Actor]) -> None:
    found = regularities(demo[0].graph, demo[1], PRACTICE)
    hidden = planted("practice")["not_counted"]
    shown = behind_cells(found)

    assert not shown & keyed([*hidden["anticipated"], *hidden["general"], *hidden["to_place"]])
    assert not shown & keyed(planted("practice")["withdrawn"]["codings"])
    general = {i for p in found.configurations for i in p.general_supporting}
    assert general == keyed(hidden["general"])


def behind_cells(found: Regularities) -> set[str]:
    return {
        coding
        for pattern in (*found.configurations, *found.links)
        for cell in pattern.cells
        for coding in (*cell.supporting, *cell.refuting)
    }


def test_a_talkative_informant_makes_one_project_and_one_voice(
    demo: tuple[Casebook, Actor],
) -> None:
    talkative = planted("practice")["talkative"]
    pattern = regularities(demo[0].graph, demo[1], PRACTICE).get(of(talkative["configuration"]))

    (cell,) = (c for c in pattern.cells if c.project.id == of(talkative["project"]))
    assert len(cell.supporting) >= talkative["codings_for"]


def test_what_is_said_in_one_project_about_another_counts_there(
    demo: tuple[Casebook, Actor],
) -> None:
    elsewhere = planted("practice")["elsewhere"]
    found = regularities(demo[0].graph, demo[1], PRACTICE)
    cells = [
        cell
        for pattern in found.links
        for cell in pattern.cells
        if of(elsewhere["coding"]) in cell.supporting
    ]

    assert [cell.project.id for cell in cells] == [of(elsewhere["concerns"])]


def test_a_withdrawal_changes_the_counts_that_it_should_and_no_other(
    demo: tuple[Casebook, Actor],
) -> None:
    casebook, ann = demo
    leaving = planted("practice")["will_withdraw"]
    before = regularities(casebook.graph, ann, PRACTICE)
    informant = of(leaving["informant"])
    rev = get_record(casebook.graph, ann, informant).rev

    recording.edit(
        casebook.graph, ann, informant, rev, {"withdrawn_at": "2026-01-01T00:00:00.000000Z"}
    )
    after = regularities(casebook.graph, ann, PRACTICE)
    undoing.undo(casebook.graph, ann)

    for kind in ("configurations", "links"):
        expected = leaving[kind]
        for old in getattr(before, kind):
            new = after.get(old.id)
            wanted = expected.get(key_of(old, expected))
            if wanted is None:
                assert sides(new) == sides(old), old.name
            else:
                assert sides(old) == (wanted["for_before"], wanted["against_before"]), old.name
                assert sides(new) == (wanted["for_after"], wanted["against_after"]), old.name
    back = regularities(casebook.graph, ann, PRACTICE)
    assert counts(back) == counts(before)


def key_of(pattern: Pattern, keys: Iterable[str]) -> str | None:
    return next((key for key in keys if of(key) == pattern.id), None)


def sides(pattern: Pattern) -> tuple[int, int]:
    return len(pattern.projects_for), len(pattern.projects_against)


def test_hipps_patterns_hold_nothing_of_practice(demo: tuple[Casebook, Actor]) -> None:
    hipp = regularities(demo[0].graph, demo[1], HIPP)
    practice = regularities(demo[0].graph, demo[1], PRACTICE)

    assert len(hipp.projects) == 5
    assert len(practice.projects) == 12
    assert not behind_cells(hipp) & behind_cells(practice)


def test_the_tables_of_the_paper_assert_no_link_and_the_prose_at_least_twelve(
    demo: tuple[Casebook, Actor],
) -> None:
    found = regularities(demo[0].graph, demo[1], HIPP)
    tables = [p for p in found.configurations if p.id in TABLES]

    assert len(tables) == 5
    assert [len(p.links) for p in tables] == [0] * 5
    assert [p.projects_for for p in tables] == [()] * 5
    assert sum(len(p.links) for p in found.links) >= 12


TABLES = {
    seed_id("hipp", f"configuration/table-{name}")
    for name in ("3", "4-vision", "4-leadership", "4-relations", "4-accountability")
}
