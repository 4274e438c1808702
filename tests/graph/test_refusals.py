"""What cannot be recorded: denials without a passage, names taken, labels nobody speaks under."""

from __future__ import annotations

from typing import Any

import pytest

from cmo.domain.case import Programme, Project, Relation, Stakeholder
from cmo.domain.evidence import Coding, Informant, Source
from cmo.domain.fields import Tie
from cmo.domain.theory import CmoLink
from cmo.domain.vocabulary import (
    LinkKind,
    RelationKind,
    RelationState,
    Role,
    SourceKind,
    StakeholderKind,
)
from cmo.errors import AlreadyThere, CmoError, InvalidInput, Refused
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.checking import check
from cmo.services.reading import get_record, read
from cmo.services.undoing import undo
from cmo.services.withdrawal import withdraw
from tests.graph.at_once import at_once
from tests.graph.fieldwork import TEXT, Fieldwork

COMMUNITY = StakeholderKind.COMMUNITY


def relation(field: Fieldwork, project: str, **more: Any) -> Relation:
    """The project's tie to the residents, who are recorded for it."""
    party = field.add(Stakeholder(name="Residents", programme=field.programme, kind=COMMUNITY))
    return Relation(
        kind=RelationKind.ACCOUNTABLE_TO,
        from_party=project,
        to_party=party,
        within=project,
        **more,
    )


def denied(field: Fieldwork, project: str) -> tuple[str, str, str]:
    """A denial by Rosa alone: the ids of the relation, the coding and Rosa."""
    source = field.source(project, text=TEXT)
    rosa = field.informant("Rosa", source)
    passage = field.passage(source, "They came back")
    made = recording.record_relation(
        field.graph, field.actor, relation(field, project, state="denied"), (passage,)
    )
    return made.ids[0], made.ids[1], rosa


def told(field: Fieldwork) -> list[str]:
    """The states of the relations that the casebook tells of."""
    rows = read(field.graph, "case/relations", field.actor, programme_id=field.programme)
    (counts,) = read(field.graph, "case/counts", field.actor, programme_id=field.programme)
    parties = read(field.graph, "case/stakeholders", field.actor, programme_id=field.programme)
    assert counts["relations"] == len(rows) == sum(row["relations"] for row in parties)
    return [row["state"] for row in rows]


def test_nothing_is_denied_without_a_passage_that_says_so(field: Fieldwork, project: str) -> None:
    bare = relation(field, project, state=RelationState.DENIED)
    with pytest.raises(InvalidInput, match="no passage states that") as refused:
        field.add(bare)
    assert "--passage" in refused.value.next_step
    assert refused.value.field_name == "state"

    open_question = field.add(relation(field, project, state=RelationState.UNCLEAR))
    with pytest.raises(InvalidInput, match="R-1 would be denied"):
        recording.edit(field.graph, field.actor, open_question, 1, {"state": "denied"})
    field.said(project, open_question)
    recording.edit(field.graph, field.actor, open_question, 1, {"state": "denied"})

    assert told(field) == ["denied"]
    assert check(field.graph, field.actor) == []


def test_a_denial_is_recorded_with_its_passage_and_undone_with_it(
    field: Fieldwork, project: str
) -> None:
    made, coding, _ = denied(field, project)
    assert told(field) == ["denied"]
    assert get_record(field.graph, field.actor, coding).fields["concerns"] == project

    undo(field.graph, field.actor)

    assert get_record(field.graph, field.actor, made).retired_at is not None
    assert told(field) == []
    assert check(field.graph, field.actor) == []


def test_the_last_passage_of_a_denial_is_not_taken_away_from_under_it(
    field: Fieldwork, project: str
) -> None:
    made, coding, _ = denied(field, project)
    with pytest.raises(InvalidInput, match="no passage states that"):
        recording.retire(field.graph, field.actor, coding, why="misread")
    with pytest.raises(InvalidInput, match="no passage states that"):
        recording.edit(field.graph, field.actor, coding, 1, {"bears_on": None})

    recording.retire(field.graph, field.actor, made, coding, why="both misread")

    assert check(field.graph, field.actor) == []
    with pytest.raises(InvalidInput, match="no passage states that"):
        recording.reinstate(field.graph, field.actor, made)


def test_a_denial_whose_every_passage_was_withdrawn_is_silent(
    field: Fieldwork, project: str
) -> None:
    _, _, rosa = denied(field, project)

    withdraw(field.graph, field.actor, rosa)

    assert told(field) == []
    assert check(field.graph, field.actor) == []


def test_a_relation_that_nobody_has_coded_yet_is_told_unless_it_is_denied(
    field: Fieldwork, project: str
) -> None:
    held = field.add(relation(field, project))
    coding = field.said(project, held)
    recording.retire(field.graph, field.actor, coding, why="misread")

    assert told(field) == ["holds"]


def test_no_party_has_a_relation_to_itself(field: Fieldwork, project: str) -> None:
    with pytest.raises(InvalidInput, match="from a party to itself"):
        field.add(
            Relation(kind=RelationKind.LEADS, from_party=project, to_party=project, within=project)
        )


def test_two_parts_of_one_place_have_two_names(field: Fieldwork, project: str) -> None:
    with pytest.raises(
        AlreadyThere, match="Healthy Streets has a part called Harbour already: P-1"
    ):
        field.project("  harbour ")
    hill = field.project("Hill")
    with pytest.raises(AlreadyThere, match="P-1"):
        recording.edit(field.graph, field.actor, hill, 1, {"name": "HARBOUR"})
    field.project("Quay", project)
    field.project("Quay", hill)
    with pytest.raises(AlreadyThere, match="Harbour has a part called Quay"):
        field.project("Quay", project)

    recording.retire(field.graph, field.actor, project, why="ended")
    field.project("Harbour")
    with pytest.raises(AlreadyThere, match="P-5"):
        recording.reinstate(field.graph, field.actor, project)
    recording.edit(field.graph, field.actor, hill, 1, {"name": "HILL"})


def test_two_programmes_have_two_names_whoever_records_them(
    field: Fieldwork, casebook: Casebook
) -> None:
    other = field.colleague("Ben", field.programme, Role.RESEARCHER)
    with pytest.raises(AlreadyThere, match="a programme called Healthy Streets already"):
        recording.record(casebook.graph, other, Programme(name="healthy  streets"))
    made = recording.record(casebook.graph, other, Programme(name="Healthy Roads")).id
    with pytest.raises(AlreadyThere):
        recording.edit(casebook.graph, casebook.actor("Ben"), made, 1, {"name": "Healthy Streets"})


def test_of_two_who_give_one_name_at_once_one_is_told(field: Fieldwork, casebook: Casebook) -> None:
    field.colleague("Ben", field.programme, Role.EVALUATOR)
    actors: list[Actor] = [casebook.actor("ann"), casebook.actor("Ben")]

    def project(number: int) -> str:
        made = Project(name="Hill", part_of=field.programme)
        return recording.record(casebook.graph, actors[number], made).id

    def programme(number: int) -> str:
        made = Programme(name="Healthy Roads")
        return recording.record(casebook.graph, actors[number], made).id

    for work in (project, programme):
        answers = at_once(2, work)
        assert sorted(isinstance(a, CmoError) for a in answers) == [False, True], answers
        assert any(isinstance(a, AlreadyThere) for a in answers), answers


def test_an_informant_speaks_under_a_label_that_the_source_has(
    field: Fieldwork, project: str
) -> None:
    held, bare = field.source(project, text=TEXT), field.source(project)
    with pytest.raises(InvalidInput, match="nobody speaks as Rossa in S-1") as refused:
        field.add(
            Informant(
                pseudonym="Rosa",
                programme=field.programme,
                speaks_in=(Tie(held, (("label", "Rossa"),)),),
            )
        )
    assert "Rosa, Fergus" in refused.value.next_step
    anywhere = (Tie(bare, (("label", "Cyd"),)), Tie(held))
    cyd = field.add(Informant(pseudonym="Cyd", programme=field.programme, speaks_in=anywhere))
    with pytest.raises(InvalidInput, match="nobody speaks as Cyd in S-1"):
        recording.edit(
            field.graph,
            field.actor,
            cyd,
            1,
            {"speaks_in": (anywhere[0], Tie(held, (("label", "Cyd"),)))},
        )


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_source_has_words_or_no_text(field: Fieldwork, project: str, text: str) -> None:
    with pytest.raises(InvalidInput, match="text of the source is empty"):
        field.add(
            Source(title="Nothing", collected_in=project, kind=SourceKind.DOCUMENT, text=text)
        )


def test_of_two_who_assert_one_link_at_once_one_is_told(
    field: Fieldwork, casebook: Casebook
) -> None:
    context, outcome = field.factor("Trust", "Context"), field.factor("Talk", "Outcome")
    held = field.configuration("Trust", contexts=(context,), outcomes=(outcome,))
    made = CmoLink(
        kind=LinkKind.CONTEXT_OUTCOME, configuration=held, starts_at=context, ends_at=outcome
    )

    answers = at_once(3, lambda _: recording.record(casebook.graph, field.actor, made).id)

    refused = [a for a in answers if isinstance(a, CmoError)]
    assert [type(a) for a in refused] == [AlreadyThere, AlreadyThere], answers
    assert "asserted already, as L-1" in refused[0].wrong
    assert check(field.graph, field.actor) == []


def test_a_coding_of_a_denial_among_others_may_go(field: Fieldwork, project: str) -> None:
    made, first, _ = denied(field, project)
    second = field.said(project, made)

    recording.retire(field.graph, field.actor, first, why="the second says it better")

    assert told(field) == ["denied"]
    with pytest.raises(Refused):
        recording.retire(field.graph, field.actor, second, why="neither does")
    field.add(Coding(excerpt=field.passage(field.source(project)), bears_on=made))
    recording.retire(field.graph, field.actor, second, why="neither does")
