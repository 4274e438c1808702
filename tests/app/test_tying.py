"""Recording, editing and retiring stakeholders and relations on the page of the map."""

from __future__ import annotations

from collections.abc import Callable

from cmo.domain.case import Programme, Stakeholder
from cmo.domain.vocabulary import Role, StakeholderKind
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.naming import find_record
from cmo.services.reading import get_record, read
from cmo.services.seeding import seed_id
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configurations import submit

Open = Callable[..., Page]
PRACTICE = seed_id("practice", "programme/wexmere")


def party(casebook: Casebook, name: str) -> str:
    """A stakeholder of Practice of its own, for a test that writes."""
    made = Stakeholder(name=name, kind=StakeholderKind.GROUP, programme=PRACTICE)
    return recording.record(casebook.graph, casebook.actor("ann"), made).id


def tie(page: Open, casebook: Casebook, first: str, second: str, state: str = "holds") -> Page:
    """The form of a relation from one party to another, filled in and sent."""
    shown = page(casebook, "stakeholders", programme="Practice", do="relation", party=first)
    shown.app.selectbox(key="new-relation-kind").set_value("supports")
    shown.app.selectbox(key="new-relation-to_party").set_value(second)
    shown.app.selectbox(key="new-relation-state").set_value(state)
    return submit(shown, "Record it")


def test_a_stakeholder_is_recorded_opened_and_taken_back(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "stakeholders", programme="Practice", do="stakeholder")
    shown.app.text_input(key="new-stakeholder-name").set_value("Allotment society")
    shown.app.selectbox(key="new-stakeholder-kind").set_value("group")
    submit(shown, "Record it")

    said = shown.text("beside")
    assert "a group Allotment society" in said
    assert "0 relations" in said
    shown.app.button(key="undo").click()
    shown.run()
    assert "Allotment society" not in shown.text()


def test_a_refused_stakeholder_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "stakeholders", programme="Practice", do="stakeholder")
    shown.app.text_input(key="new-stakeholder-name").set_value("Bell ringers")
    submit(shown, "Record it")
    assert "kind" in shown.text()
    assert shown.app.text_input(key="new-stakeholder-name").value == "Bell ringers"

    shown.app.selectbox(key="new-stakeholder-kind").set_value("group")
    shown.app.text_input(key="new-stakeholder-name").set_value("b" * 201)
    submit(shown, "Record it")
    assert "name has 201 characters" in shown.text()
    assert shown.app.text_input(key="new-stakeholder-name").value == "b" * 201


def test_a_party_without_a_relation_is_opened_from_the_questions(
    page: Open, expendable: Casebook
) -> None:
    made = party(expendable, "Chess club")
    shown = page(expendable, "stakeholders", programme="Practice")
    shown.click("beside", f"party={made}")

    assert "Chess club" in shown.text("beside")


def test_a_relation_is_recorded_from_a_party_and_opened(page: Open, expendable: Casebook) -> None:
    first, second = party(expendable, "Dance hall"), party(expendable, "Evening school")
    shown = tie(page, expendable, first, second)

    assert "Dance hall supports Evening school" in shown.text("beside")
    assert "Dance hall" in list(shown.app.dataframe[0].value["from"])
    shown.app.button(key="undo").click()
    shown.run()
    assert "Dance hall supports" not in shown.text("beside")


def test_what_is_denied_needs_a_passage_that_is_then_coded_on_it(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    first, second = party(expendable, "Film club"), party(expendable, "Garden club")
    shown = tie(page, expendable, first, second, "denied")
    assert "passage" in shown.text().lower()
    assert shown.app.selectbox(key="new-relation-to_party").value == second

    field = shown.app.multiselect(key="new-relation-passages")
    passages = read(expendable.graph, "evidence/codings", ann, programme_id=PRACTICE, limit=1)
    field.set_value([passages[0]["excerpt_id"]])
    submit(shown, "Record it")
    assert "Film club does not support Garden club" in shown.text("beside")
    made = shown.app.query_params["relation"]
    (stated,) = read(expendable.graph, "evidence/passages", ann, target=made)
    assert stated["excerpt_id"] == passages[0]["excerpt_id"]


def test_a_relation_without_its_ends_is_not_recorded(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "stakeholders", programme="Practice", do="relation")
    shown.app.text_input(key="new-relation-for_what").set_value("bread")
    submit(shown, "Record it")

    assert "kind is empty" in shown.text()
    assert shown.app.text_input(key="new-relation-for_what").value == "bread"


def test_a_relation_is_edited_and_a_choice_is_left_open_again(
    page: Open, expendable: Casebook
) -> None:
    first, second = party(expendable, "Hockey club"), party(expendable, "Ice rink")
    shown = tie(page, expendable, first, second)
    made = shown.app.query_params["relation"]
    for chosen, value in (("final", "final"), ("not stated", None)):
        shown.app.button(key="edit").click()
        shown.run()
        field = shown.app.selectbox(key=f"edit-{made}-wave")
        field.select_index(field.options.index(chosen))
        submit(shown, "Save")
        held = get_record(expendable.graph, expendable.actor("ann"), made)
        assert held.fields["wave"] == value


def test_an_end_that_was_retired_keeps_its_name_in_the_form(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    first, second = party(expendable, "Judo club"), party(expendable, "Kite club")
    made = tie(page, expendable, first, second).app.query_params["relation"]
    recording.retire(expendable.graph, ann, second, why="closed")
    shown = page(expendable, "stakeholders", programme="Practice", relation=made, do="edit")

    field = shown.app.selectbox(key=f"edit-{made}-to_party")
    assert field.value == second
    code = get_record(expendable.graph, ann, second).code
    assert f"{code} Kite club" in field.options
    assert second not in field.options


def test_a_stakeholder_that_two_people_rename_shows_both_names(
    page: Open, expendable: Casebook
) -> None:
    made, ann = party(expendable, "Lido"), expendable.actor("ann")
    shown = page(expendable, "stakeholders", programme="Practice", party=made, do="edit")
    recording.edit(expendable.graph, ann, made, 1, {"name": "Lido of theirs"})
    shown.app.text_input(key=f"edit-{made}-name").set_value("Lido of mine")
    submit(shown, "Save")
    assert "Yours Lido of mine Stored now Lido of theirs" in shown.text()

    submit(shown, "Save what is chosen")
    assert get_record(expendable.graph, ann, made).fields["name"] == "Lido of mine"
    assert "Lido of mine" in shown.text("beside")


def test_both_kinds_are_retired_with_the_reason_and_taken_back(
    page: Open, expendable: Casebook
) -> None:
    first, second = party(expendable, "Museum"), party(expendable, "Netball club")
    made = tie(page, expendable, first, second).app.query_params["relation"]
    for asked, record in (({"relation": made}, made), ({"party": first}, first)):
        shown = page(expendable, "stakeholders", programme="Practice", do="retire", **asked)
        submit(shown, "Retire it")
        assert "A retirement needs its reason." in shown.text()
        shown.app.text_input(key=f"retire-{record}-why").set_value("said twice")
        submit(shown, "Retire it")
        ann = expendable.actor("ann")
        assert get_record(expendable.graph, ann, record).retired_at
        shown.app.button(key="undo").click()
        shown.run()
        assert get_record(expendable.graph, ann, record).retired_at is None


def test_a_lead_records_ties_but_codes_no_passage_and_a_validator_sees_no_form(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    add_user(expendable.graph, ann, "ties", roles=[(Role.PROGRAMME_LEAD, PRACTICE)])
    add_user(expendable.graph, ann, "keeps", roles=[(Role.DATA_STEWARD, PRACTICE)])
    asked = {"programme": "Practice", "do": "relation"}
    lead = page(expendable, "stakeholders", user="ties", **asked)
    steward = page(expendable, "stakeholders", user="keeps", **asked)

    assert any(b.label == "Record it" for b in lead.app.button)
    assert not [m for m in lead.app.multiselect if m.key == "new-relation-passages"]
    labels = {b.label for b in steward.app.button}
    assert labels & {"Record it", "Record a stakeholder", "Record a relation"} == set()


def test_a_project_is_no_stakeholder_to_edit_here(page: Open, demo: Casebook) -> None:
    project = find_record(demo.graph, demo.actor("ann"), "Practice/P-6")["id"]
    shown = page(demo, "stakeholders", programme="Practice", party=project)

    labels = {b.label for b in shown.app.button}
    assert "Relation from here" in labels
    assert not labels & {"Edit", "Retire"}


def test_an_empty_programme_says_what_to_record_first(page: Open, expendable: Casebook) -> None:
    made = Programme(name="Nobody yet")
    recording.record(expendable.graph, expendable.actor("ann"), made)
    shown = page(expendable, "stakeholders", programme="Nobody yet")

    assert "Record one (N)" in shown.text("none")
    assert any(b.label == "Record a stakeholder" for b in shown.app.button)
