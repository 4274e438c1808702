"""Two projects side by side."""

from __future__ import annotations

import pytest

from cmo.domain.case import Theme
from cmo.domain.evidence import Finding
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import AssessmentValue, Direction, FindingTopic, ThemeScheme
from cmo.errors import InvalidInput, NotFound
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.assessing import Verdict, assess
from cmo.services.casebook import Casebook
from cmo.services.comparing import Comparison, compare
from cmo.services.seeding import seed_id
from tests.graph.fieldwork import Fieldwork

PRESENT, ABSENT = AssessmentValue.PRESENT, AssessmentValue.ABSENT


@pytest.fixture
def theme(field: Fieldwork) -> str:
    return field.add(
        Theme(name="Vision", programme=field.programme, scheme=ThemeScheme.ANALYSIS, position=0)
    )


def found(field: Fieldwork, place: str, theme: str, direction: str, *rests_on: str) -> str:
    return field.add(
        Finding(
            statement=f"It was {direction}",
            within=place,
            topic=FindingTopic.GRID,
            direction=Direction(direction),
            about=(Tie(theme),),
            rests_on=rests_on,
        )
    )


def seen(field: Fieldwork, factor: str, place: str, value: AssessmentValue) -> str:
    verdict = Verdict(value, why="we saw it", settled=True)
    return assess(field.graph, field.actor, factor, place, verdict).id


def compared(field: Fieldwork, left: str, right: str) -> Comparison:
    return compare(field.graph, field.actor, left, right)


def test_projects_differ_in_a_theme_where_their_directions_differ(
    field: Fieldwork, project: str, theme: str
) -> None:
    other = field.project("Moor")
    found(field, project, theme, "enabling")
    found(field, project, theme, "hindering")
    found(field, other, theme, "enabling")

    (row,) = compared(field, project, other).themes

    assert row.words == ("mixed", "enabling")
    assert row.differ is True


def test_projects_with_the_same_directions_do_not_differ(
    field: Fieldwork, project: str, theme: str
) -> None:
    other = field.project("Moor")
    found(field, project, theme, "enabling")
    found(field, other, theme, "enabling")

    (row,) = compared(field, project, other).themes

    assert row.differ is False


def test_a_silent_project_neither_differs_nor_agrees(
    field: Fieldwork, project: str, theme: str
) -> None:
    other = field.project("Moor")
    found(field, project, theme, "neither")

    (row,) = compared(field, project, other).themes

    assert row.words == ("neither", "silent")
    assert row.differ is None


def test_a_theme_without_findings_is_shown_as_silent(
    field: Fieldwork, project: str, theme: str
) -> None:
    (row,) = compared(field, project, field.project("Moor")).themes

    assert row.theme_id == theme
    assert row.words == ("silent", "silent")


def test_what_was_found_in_a_sub_case_counts_for_its_project_and_names_it(
    field: Fieldwork, project: str, theme: str
) -> None:
    team = field.project("upper team", part_of=project)
    found(field, team, theme, "enabling")

    (row,) = compared(field, project, field.project("Moor")).themes

    assert [finding.place for finding in row.left] == ["upper team"]


def test_a_finding_opens_to_its_passages_and_forgets_retired_ones(
    field: Fieldwork, project: str, theme: str
) -> None:
    coding, gone = field.said(project, theme), field.said(project, theme)
    found(field, project, theme, "enabling", coding, gone)
    recording.retire(field.graph, field.actor, gone, why="misread")

    (row,) = compared(field, project, field.project("Moor")).themes

    assert [p.coding_id for p in row.left[0].passages] == [coding]
    assert row.left[0].locator == "p. 1"


def test_a_retired_finding_is_not_in_the_grid(field: Fieldwork, project: str, theme: str) -> None:
    finding = found(field, project, theme, "enabling")
    recording.retire(field.graph, field.actor, finding, why="misread")

    (row,) = compared(field, project, field.project("Moor")).themes

    assert row.left == ()


def test_assessments_stand_side_by_side_as_same_differing_or_not_assessed(
    field: Fieldwork, project: str
) -> None:
    other = field.project("Moor")
    same, context = field.factor("same", "Mechanism"), field.factor("context", "Context")
    outcome, alone = field.factor("outcome", "Outcome"), field.factor("alone", "Context")
    for factor, left, right in (
        (same, PRESENT, PRESENT),
        (context, PRESENT, ABSENT),
        (outcome, ABSENT, PRESENT),
        (alone, PRESENT, None),
    ):
        seen(field, factor, project, left)
        if right is not None:
            seen(field, factor, other, right)

    comparison = compared(field, project, other)

    assert [row.label for row in comparison.factors] == ["same", "context", "outcome", "alone"]
    assert [row.label for row in comparison.same] == ["same"]
    assert [row.label for row in comparison.differing_contexts] == ["context"]
    assert [row.label for row in comparison.differing_outcomes] == ["outcome"]
    assert comparison.differing_mechanisms == ()
    assert [row.same for row in comparison.factors] == [True, False, False, None]


def test_an_assessment_that_is_not_settled_is_not_compared(field: Fieldwork, project: str) -> None:
    factor = field.factor("f", "Context")
    assess(field.graph, field.actor, factor, project, Verdict(PRESENT, why="perhaps"))

    assert compared(field, project, field.project("Moor")).factors == ()


def test_a_project_is_not_compared_with_itself_or_with_a_factor(
    field: Fieldwork, project: str
) -> None:
    with pytest.raises(InvalidInput, match="same one"):
        compared(field, project, project)
    with pytest.raises(InvalidInput, match="Factor"):
        compared(field, project, field.factor("f", "Context"))


def test_a_project_that_one_may_not_see_is_not_compared(field: Fieldwork, project: str) -> None:
    other = field.project("Moor")
    bo = field.colleague("bo", project, "researcher")

    with pytest.raises(NotFound):
        compare(field.graph, bo, project, other)


# -- HIPP


def hipp(key: str) -> str:
    return seed_id("hipp", key)


def test_nottingham_and_sandwell_have_findings_in_all_six_themes(
    demo: tuple[Casebook, Actor],
) -> None:
    comparison = compare(
        demo[0].graph, demo[1], hipp("project/nottingham"), hipp("project/sandwell")
    )

    assert [row.theme for row in comparison.themes] == [
        "Shared strategic vision",
        "Leadership and management",
        "Relations and local ownership",
        "Accountability",
        "Organizational readiness",
        "Responsiveness to a changing environment",
    ]
    assert all(row.left and row.right for row in comparison.themes)
    assert all(f.locator for row in comparison.themes for f in (*row.left, *row.right))
    assert comparison.themes[0].words == ("hindering", "enabling")
    assert comparison.themes[0].differ is True
    assert comparison.themes[2].words[0] == "mixed"


def test_sandwells_two_teams_share_a_mechanism_and_differ_in_context_and_outcome(
    demo: tuple[Casebook, Actor],
) -> None:
    comparison = compare(
        demo[0].graph, demo[1], hipp("project/sandwell-team-1"), hipp("project/sandwell-team-2")
    )

    assert [row.factor_id for row in comparison.same] == [hipp("factor/locality-commissioning")]
    assert [row.factor_id for row in comparison.differing_contexts] == [
        hipp("factor/wide-inter-agency-partnerships")
    ]
    (outcome,) = comparison.differing_outcomes
    assert outcome.factor_id == hipp("factor/smooth-transition")
    assert outcome.left is not None
    assert outcome.right is not None
    assert (outcome.left.value, outcome.right.value) == ("absent", "present")
    assert {a.origin for a in (*outcome.left.assessments, *outcome.right.assessments)} == {"ours"}
    assert outcome.passages
