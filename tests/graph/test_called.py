"""What records are called where they are shown, told of and looked for."""

from __future__ import annotations

import pytest

from cmo.domain.evidence import Informant
from cmo.domain.fields import Tie
from cmo.domain.people import User
from cmo.domain.vocabulary import AssessmentValue, Role
from cmo.errors import EditConflict, InvalidInput
from cmo.services import recording
from cmo.services.acts import Act, Edit
from cmo.services.assessing import Verdict, assess
from cmo.services.history import history
from cmo.services.merging import merge
from cmo.services.naming import find_record
from cmo.services.showing import show
from cmo.services.users import give_role, take_role
from cmo.services.withdrawal import withdraw
from cmo.services.writing import commit
from tests.graph.fieldwork import TEXT, Fieldwork


def test_a_link_is_called_by_its_ends_wherever_it_is_named(field: Fieldwork, project: str) -> None:
    waiting, talk = field.factor("Waiting together", "Context"), field.factor("Talk", "Outcome")
    link = field.link(waiting, talk)
    field.said(project, link)

    assert find_record(field.graph, field.actor, "L-1")["name"] == "Waiting together → Talk"
    shown = show(field.graph, field.actor, link)
    assert (shown["kind"], shown["name"]) == ("CmoLink", "Waiting together → Talk")
    around = show(field.graph, field.actor, waiting)["referred_by"]
    assert "Waiting together → Talk" in {row["name"] for row in around}
    newest, *_ = history(field.graph, field.actor)
    assert newest.touched[0].name == "supports Waiting together → Talk in Harbour"


def test_a_passage_is_called_by_its_first_words(field: Fieldwork, project: str) -> None:
    source = field.source(project, text=TEXT)
    field.passage(source, "They came back because I knew them")
    bare = field.source(project)
    field.passage(bare)

    (held,) = show(field.graph, field.actor, source)["referred_by"]
    (located,) = show(field.graph, field.actor, bare)["referred_by"]

    assert held["name"] == "They came back because I knew them"
    assert located["name"] == "So"


def test_what_is_retired_or_merged_is_named_so(field: Fieldwork) -> None:
    kept, alias = field.factor("Freedom", "Context"), field.factor("Liberty", "Context")
    held = field.configuration("Free", contexts=(kept, alias))
    merge(field.graph, field.actor, alias, kept, why="one thing")
    gone = field.factor("Slack", "Context")
    recording.edit(field.graph, field.actor, held, 1, {"contexts": (kept, alias, gone)})
    recording.retire(field.graph, field.actor, gone, why="not said")

    named = show(field.graph, field.actor, held)["fields"]["contexts"]
    assert [row.get("stands_for") for row in named] == [None, "F-1", None]
    assert [row.get("retired") for row in named] == [None, None, True]
    assert show(field.graph, field.actor, alias)["stands_for"] == "F-1"
    around = show(field.graph, field.actor, kept)["referred_by"]
    assert {row["name"] for row in around if row.get("stands_for") == "F-1"} == {"Liberty"}


def test_history_tells_what_an_assessment_is_of_and_which_role_was_given_where(
    field: Fieldwork, project: str
) -> None:
    factor = field.factor("Shared benches", "Mechanism")
    assess(
        field.graph,
        field.actor,
        factor,
        project,
        Verdict(value=AssessmentValue.PRESENT, why="seen"),
    )
    field.add(User(subject="bea", display_name="Bea Moss"))
    bea = field.casebook.actor("bea").id
    give_role(field.graph, field.actor, bea, Role.RESEARCHER, project)
    take_role(field.graph, field.actor, bea, Role.RESEARCHER, project)

    taken, given, _, assessed, *_ = history(field.graph, field.actor)

    assert assessed.touched[0].name == "Shared benches in Harbour: present"
    assert given.touched[0].detail == "given researcher in Harbour"
    assert taken.touched[0].detail == "no longer researcher in Harbour"
    assert given.touched[0].name == "Bea Moss"


def test_history_tells_who_withdrew_to_those_who_may_know(field: Fieldwork, project: str) -> None:
    wren = field.add(Informant(pseudonym="Wren", programme=field.programme))
    lead = field.colleague("Lea", field.programme, Role.PROGRAMME_LEAD)
    withdraw(field.graph, field.actor, wren, "asked to")

    (newest, *_) = history(field.graph, field.actor, limit=1)

    assert (newest.action, newest.touched[0].name) == ("withdraw", "Wren")
    told = repr(history(field.graph, lead))
    assert "Wren" not in told
    assert project in told


def test_a_conflict_names_only_what_somebody_changed_of_that_record(field: Fieldwork) -> None:
    one, two = field.factor("One", "Context"), field.factor("Two", "Context")
    edits = (Edit(one, {"label": "First"}, 1), Edit(two, {"category": "cultural"}, 1))
    commit(field.graph, field.actor, Act("edit", edits=edits))

    with pytest.raises(EditConflict) as refused:
        recording.edit(field.graph, field.actor, one, 1, {"label": "Uno", "level": "macro"})

    error = refused.value
    assert error.changed_fields == ("label",)
    assert (error.read["label"], error.current["label"]) == ("One", "First")


def test_an_edit_that_breaks_a_field_says_that_nothing_was_changed(field: Fieldwork) -> None:
    one = field.factor("One", "Context")
    with pytest.raises(InvalidInput) as refused:
        recording.edit(field.graph, field.actor, one, 1, {"label": ""})

    assert refused.value.not_done == "Nothing was changed."


def test_a_tie_names_what_it_carries_beside_the_record(field: Fieldwork, project: str) -> None:
    source = field.source(project)
    heard = (Tie(source, (("label", "Cyd"),)),)
    cyd = field.add(Informant(pseudonym="Cyd", programme=field.programme, speaks_in=heard))

    (told,) = show(field.graph, field.actor, cyd)["fields"]["speaks_in"]

    assert (told["name"], told["label"]) == ("Talk", "Cyd")
