"""What a judgement rests on: what is withdrawn, retired or fictional carries none, and what is
settled is changed by evaluators alone."""

from __future__ import annotations

from typing import Any

import pytest

from cmo.domain.case import Programme, Theme
from cmo.domain.evidence import Assessment, Finding
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import (
    AssessmentValue,
    Basis,
    Coverage,
    FindingTopic,
    ThemeScheme,
    Valence,
)
from cmo.errors import InvalidInput, NotAllowed, NotFound, Refused
from cmo.services import recording
from cmo.services.assessing import Verdict, assess
from cmo.services.comparing import compare
from cmo.services.mentioning import family, mention
from cmo.services.reading import get_record, read
from cmo.services.recording import reinstate, retire
from cmo.services.withdrawal import withdraw
from tests.graph.at_once import at_once
from tests.graph.fieldwork import TEXT, Fieldwork

PRESENT = Verdict(AssessmentValue.PRESENT, valence=Valence.ENABLES, settled=True)


class Ground:
    """A factor that is assessed in a project on Fergus's words, in another on a judgement; and a
    finding that rests on the same words."""

    def __init__(self, field: Fieldwork, project: str) -> None:
        self.field, self.project = field, project
        self.other = field.project("Hillside")
        self.factor = field.factor("Known by name", "Context")
        self.source = field.source(project, text=TEXT, coverage=Coverage.ASKED)
        self.fergus = field.informant("Fergus", self.source)
        self.passage = field.passage(self.source, "Nobody came back")
        self.assessment = assess(
            field.graph, field.actor, self.factor, project, PRESENT, passages=(self.passage,)
        ).id
        held = get_record(field.graph, field.actor, self.assessment)
        (self.coding,) = held.fields["rests_on"]
        judged = Verdict(AssessmentValue.ABSENT, why="seen on both visits", settled=True)
        assess(field.graph, field.actor, self.factor, self.other, judged)
        theme = field.add(
            Theme(name="Vision", programme=field.programme, scheme=ThemeScheme.ANALYSIS)
        )
        self.finding = field.add(
            Finding(
                statement="They did not return.",
                within=project,
                topic=FindingTopic.GRID,
                about=(Tie(theme),),
                rests_on=(self.coding,),
            )
        )

    def told(self) -> dict[str, Any]:
        """What each figure makes of it."""
        graph, actor, programme = self.field.graph, self.field.actor, self.field.programme
        found = mention(graph, actor, self.factor)
        (counts,) = read(graph, "case/counts", actor, programme_id=programme)
        (needs,) = read(graph, "case/needs", actor, programme_id=programme)
        compared = compare(graph, actor, self.project, self.other)
        listed = read(graph, "evidence/assessments", actor, programme_id=programme)
        return {
            "offered": [case.id for case in found.offered],
            "contradicted": [case.id for case in found.contradicted],
            "counts": (counts["assessments"], counts["findings"]),
            "listed": len(listed),
            "unassessed": [row[0] for row in needs["unassessed"]],
            "heard": [row[2] for row in needs["themes"]],
            "compared": [row.left is not None for row in compared.factors],
            "grid": [len(row.left) for row in compared.themes],
            "namings": len(read(graph, "patterns/namings", actor, programme_id=programme)),
            "findings": len(read(graph, "evidence/findings", actor, programme_id=programme)),
        }


@pytest.fixture(name="ground")
def _ground(field: Fieldwork, project: str) -> Ground:
    return Ground(field, project)


def test_a_passage_is_coded_on_the_factor_with_the_assessment(ground: Ground) -> None:
    coding = get_record(ground.field.graph, ground.field.actor, ground.coding).fields

    assert coding["excerpt"] == ground.passage
    assert (coding["bears_on"], coding["stance"]) == (ground.factor, "supports")
    assert coding["concerns"] == ground.project
    assert ground.told() == {
        "offered": [ground.project],
        "contradicted": [ground.other],
        "counts": (2, 1),
        "listed": 2,
        "unassessed": [],
        "heard": [1],
        "compared": [True],
        "grid": [1],
        "namings": 1,
        "findings": 1,
    }


@pytest.mark.parametrize("gone", ["fergus", "coding", "passage", "source"])
def test_what_rests_on_words_that_are_gone_counts_in_no_figure_until_they_are_back(
    ground: Ground, gone: str
) -> None:
    field, before = ground.field, ground.told()
    if gone == "fergus":
        withdraw(field.graph, field.actor, ground.fergus)
    else:
        retire(field.graph, field.actor, getattr(ground, gone), why="a slip")

    assert ground.told() == {
        "offered": [],
        "contradicted": [ground.other],
        "counts": (1, 0),
        "listed": 1,
        "unassessed": [ground.project],
        "heard": [0],
        "compared": [False],
        "grid": [0],
        "namings": 0,
        "findings": 0,
    }
    if gone == "fergus":
        changes = {"withdrawn_at": None}
        recording.edit(field.graph, field.actor, ground.fergus, 2, changes)
    else:
        reinstate(field.graph, field.actor, getattr(ground, gone))
    assert ground.told() == before


def test_an_assessment_stays_on_what_is_left_of_its_passages(ground: Ground) -> None:
    field = ground.field
    paper = field.source(field.programme, kind="document", coverage=Coverage.MENTIONED)
    named = field.code(field.passage(paper), ground.factor, concerns=ground.project)
    rests_on = (ground.coding, named)
    recording.edit(field.graph, field.actor, ground.assessment, 1, {"rests_on": rests_on})
    assert not mention(field.graph, field.actor, ground.factor).on_mention

    withdraw(field.graph, field.actor, ground.fergus)

    found = mention(field.graph, field.actor, ground.factor)
    assert [case.id for case in found.offered] == [ground.project]
    assert found.on_mention


def test_nobody_but_an_evaluator_changes_what_is_settled(ground: Ground) -> None:
    field = ground.field
    rita = field.colleague("rita", field.programme, "researcher")
    draft = Verdict(AssessmentValue.MIXED, why="as I see it")
    own = assess(field.graph, rita, ground.factor, ground.project, draft).id
    recording.edit(field.graph, rita, own, 1, {"value": "absent"})

    for record, rev, changes in (
        (own, 2, {"settled": True}),
        (ground.assessment, 1, {"value": "absent"}),
        (ground.assessment, 1, {"settled": False}),
    ):
        with pytest.raises(NotAllowed, match="settle"):
            recording.edit(field.graph, rita, record, rev, changes)
    with pytest.raises(NotAllowed, match="settle"):
        retire(field.graph, rita, ground.assessment, why="I disagree")
    assert ground.told()["offered"] == [ground.project]


def test_an_edit_takes_away_no_ground_and_no_reason(ground: Ground) -> None:
    field = ground.field
    located = field.passage(field.source(ground.project))
    judged = Assessment(
        factor=ground.factor,
        project=ground.project,
        value=AssessmentValue.MIXED,
        basis=Basis.JUDGEMENT,
        why="as I see it",
    )
    for record, changes in (
        (ground.assessment, {"rests_on": ()}),
        (ground.assessment, {"basis": "judgement"}),
        (field.add(judged), {"why": ""}),
        (located, {"locator": ""}),
        (located, {"anchor": "exact"}),
        (ground.source, {"turn_speakers": ("Rosa",)}),
        (field.configuration("Nothing but a name"), {"nickname": None}),
    ):
        with pytest.raises(InvalidInput):
            recording.edit(field.graph, field.actor, record, 1, changes)


def test_a_programme_with_a_synthetic_source_cannot_be_made_real(field: Fieldwork) -> None:
    made = recording.record(field.graph, field.actor, Programme(name="Fiction", synthetic=True)).id
    book = Fieldwork(field.casebook, field.casebook.actor("ann"), made)
    book.source(book.project("Somewhere"), synthetic=True)

    with pytest.raises(InvalidInput, match="synthetic source"):
        recording.edit(book.graph, book.actor, made, 1, {"synthetic": False})


def test_a_retired_programme_silences_the_parts_of_its_sub_cases_too(
    field: Fieldwork, project: str
) -> None:
    team = field.project("North team", project)
    strand = field.project("A strand of it", team)
    target = field.factor("Known by name", "Context")
    said = {place: field.said(place, target) for place in (project, team, strand)}

    def counted() -> set[str]:
        rows = field.graph.read(lambda tx: tx.run("evidence/countable", ids=list(said.values())))
        assert all(row["counts"] == row["counted"] for row in rows)
        return {row["id"] for row in rows if row["counted"]}

    assert counted() == set(said.values())
    retire(field.graph, field.actor, field.programme, why="over")
    assert counted() == set()
    reinstate(field.graph, field.actor, field.programme)
    retire(field.graph, field.actor, team, why="never was one")
    assert counted() == {said[project]}
    with pytest.raises(InvalidInput, match="part of a part"):
        field.project("Too deep", strand)


def test_one_of_two_who_retire_a_record_at_once_is_told_that_it_is_retired(
    ground: Ground,
) -> None:
    def work(number: int) -> str:
        return retire(ground.field.graph, ground.field.actor, ground.passage, why=f"{number}").id

    answers = at_once(2, work)

    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True]
    rev = get_record(ground.field.graph, ground.field.actor, ground.passage).rev
    assert rev == 2


def test_an_assessment_of_passages_that_are_not_there_is_not_stored(ground: Ground) -> None:
    field = ground.field
    before = ground.told()["counts"]

    with pytest.raises((InvalidInput, NotFound)):
        assess(
            field.graph,
            field.actor,
            ground.factor,
            ground.other,
            PRESENT,
            passages=(ground.passage, "no-such-passage"),
        )

    assert ground.told()["counts"] == before


def test_a_family_of_families_is_absent_where_every_kind_below_is(
    field: Fieldwork, project: str
) -> None:
    """The middle one was never assessed itself: it is absent because all its kinds are."""
    top = field.factor("Policy", "Context")
    middle = field.factor("Funding", "Context", kind_of=(Tie(top),))
    for label, above in (("Grants", middle), ("Loans", middle), ("Law", top)):
        leaf = field.factor(label, "Context", kind_of=(Tie(above),))
        verdict = Verdict(AssessmentValue.ABSENT, why="asked for", settled=True)
        assess(field.graph, field.actor, leaf, project, verdict)

    assert family(field.graph, field.actor, middle).values[project] == "absent"
    assert family(field.graph, field.actor, top).values[project] == "absent"
