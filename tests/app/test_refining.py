"""A new version of a configuration, what is carried to it, and its support as somebody decided."""

from __future__ import annotations

from collections.abc import Callable

from cmo.domain.vocabulary import Role
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.configurations import configuration
from cmo.services.configuring import record_link
from cmo.services.reading import get_record, read
from cmo.services.refining import waiting
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configuration import KNOWN, PRACTICE, mine
from tests.app.test_configurations import submit

Open = Callable[..., Page]


def refined(page: Open, casebook: Casebook, nickname: str) -> Page:
    """Known by name, refined under another nickname in the form."""
    shown = page(casebook, "configuration", id=KNOWN, do="refine")
    shown.app.text_input(key=f"refine-{KNOWN}-nickname").set_value(nickname)
    shown.app.text_area(key=f"refine-{KNOWN}-why").set_value("Time was not what counted.")
    return submit(shown, "Record the new version")


def test_a_new_version_opens_and_says_what_was_carried(page: Open, expendable: Casebook) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    before = read(graph, "evidence/passages", ann, target=KNOWN)
    shown = refined(page, expendable, "Known by face")
    made = shown.app.query_params["id"]

    assert made != KNOWN
    assert "Known by face" in shown.text("head")
    assert f"Carried: 2 links and {len(before)} codings." in shown.text("done")
    said = shown.text("configuration")
    assert f"{len(before)} passages carried here, to affirm" in said
    assert "C-1: Time was not what counted." in said
    assert "Against in 0, for in 0, both in 0" in said

    shown.app.button(key="undo").click()
    assert "Retired on" in shown.run().text("configuration")


def test_carried_passages_are_affirmed_one_by_one_and_all(page: Open, expendable: Casebook) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    shown = refined(page, expendable, "Known by voice")
    made = shown.app.query_params["id"]
    waits = waiting(graph, ann, made)

    first = next(go for go in shown.goes("configuration") if go.startswith("affirm?coding="))
    shown.click("configuration", first)
    assert "1 passage affirmed: it counts from now on." in shown.text("done")
    left = waiting(graph, ann, made)
    assert {w["id"] for w in waits} - {w["id"] for w in left} == {first.partition("=")[2]}

    shown.click("configuration", "affirm?all=1")
    assert f"{len(left)} passages affirmed" in shown.text("done")
    assert waiting(graph, ann, made) == []
    assert "to affirm" not in shown.text("configuration")

    shown.app.button(key="undo").click()
    assert f"{len(left)} passages carried here" in shown.run().text("configuration")


def test_what_does_not_hold_for_the_new_version_is_dropped_with_the_reason(
    page: Open, expendable: Casebook
) -> None:
    shown = refined(page, expendable, "Known by gait")
    made = shown.app.query_params["id"]
    go = next(go for go in shown.goes("configuration") if "&do=drop&coding=" in go)
    coding = go.rpartition("=")[2]
    shown.click("configuration", go)
    submit(shown, "Drop it")
    assert "A retirement needs its reason." in shown.text()

    shown.app.text_input(key=f"retire-{coding}-why").set_value("it speaks of time")
    submit(shown, "Drop it")
    ann = expendable.actor("ann")
    assert coding not in {row["id"] for row in waiting(expendable.graph, ann, made)}
    assert get_record(expendable.graph, ann, coding).retired_at


def test_a_refused_version_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "configuration", id=KNOWN, do="refine")
    shown.app.text_area(key=f"refine-{KNOWN}-why").set_value("No reason to.")
    submit(shown, "Record the new version")

    assert "Nothing differs from what C-1 says." in shown.text()
    assert shown.app.text_area(key=f"refine-{KNOWN}-why").value == "No reason to."

    shown.app.text_input(key=f"refine-{KNOWN}-nickname").set_value("Known otherwise")
    shown.app.text_area(key=f"refine-{KNOWN}-why").set_value("")
    submit(shown, "Record the new version")
    assert "why" in shown.text()
    assert shown.app.text_input(key=f"refine-{KNOWN}-nickname").value == "Known otherwise"


def test_a_new_version_takes_a_new_factor_along(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "sorrel")
    shown = page(expendable, "configuration", id=made, do="refine")
    field = shown.app.multiselect(key=f"refine-{made}-mechanisms")
    field.set_value(["Sorrel is sour"])
    shown.app.text_area(key=f"refine-{made}-why").set_value("Something fires.")
    submit(shown, "Record the new version")

    version = shown.app.query_params["id"]
    stands = configuration(expendable.graph, expendable.actor("ann"), version)
    assert [e["label"] for e in stands.row["mechanisms"]] == ["Sorrel is sour"]
    old = configuration(expendable.graph, expendable.actor("ann"), made)
    assert old.row["mechanisms"] == []


def test_support_is_decided_beside_what_is_computed_and_withdrawn(
    page: Open, expendable: Casebook
) -> None:
    made = mine(expendable, "chervil")
    shown = page(expendable, "configuration", id=made)
    shown.click("configuration", f"configuration?id={made}&do=decide")
    assert "computed: none" in shown.text(f"decide-{made}-h")
    shown.app.selectbox(key=f"decide-{made}-support_decided").set_value("corroborated")
    submit(shown, "Save")
    assert "a decision on its support needs its reason" in shown.text()
    assert shown.app.selectbox(key=f"decide-{made}-support_decided").value == "corroborated"

    shown.app.text_input(key=f"decide-{made}-support_why").set_value("seen, never written down")
    submit(shown, "Save")
    said = shown.text("configuration")
    assert "was decided to be “corroborated”: seen, never written down" in said

    shown.click("configuration", f"configuration?id={made}&do=decide")
    submit(shown, "Withdraw the decision")
    assert "was decided" not in shown.text("configuration")
    shown.app.button(key="undo").click()
    assert "was decided to be “corroborated”" in shown.run().text("configuration")


def test_the_support_of_one_link_is_decided_too(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "lovage")
    ann = expendable.actor("ann")
    row = configuration(expendable.graph, ann, made).row
    ends = [("contexts", row["contexts"][0]["id"]), ("outcomes", row["outcomes"][0]["id"])]
    link = record_link(expendable.graph, ann, made, *ends).id
    shown = page(expendable, "configuration", id=made, link=link, do="decide")
    shown.app.selectbox(key=f"decide-{link}-support_decided").set_value("single_voice")
    shown.app.text_input(key=f"decide-{link}-support_why").set_value("one voice, heard twice")
    submit(shown, "Save")

    assert "decided to be “single voice”: one voice, heard twice" in shown.text("configuration")
    assert get_record(expendable.graph, ann, made).fields["support_decided"] is None


def test_a_decision_that_lost_a_race_shows_both(page: Open, expendable: Casebook) -> None:
    made, ann = mine(expendable, "tansy"), expendable.actor("ann")
    shown = page(expendable, "configuration", id=made, do="decide")
    theirs = {"support_decided": "contested", "support_why": "theirs"}
    recording.edit(expendable.graph, ann, made, 1, theirs)
    shown.app.selectbox(key=f"decide-{made}-support_decided").set_value("corroborated")
    shown.app.text_input(key=f"decide-{made}-support_why").set_value("mine")
    submit(shown, "Save")

    said = shown.text()
    assert "Yours corroborated Stored now contested" in said
    assert "Yours mine Stored now theirs" in said


def test_only_an_evaluator_decides_and_a_lead_neither_refines_nor_affirms(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    add_user(expendable.graph, ann, "coder", roles=[(Role.RESEARCHER, PRACTICE)])
    add_user(expendable.graph, ann, "leader", roles=[(Role.PROGRAMME_LEAD, PRACTICE)])
    shown = refined(page, expendable, "Known by hat")
    made = shown.app.query_params["id"]
    decide = f"configuration?id={made}&do=decide"
    coder = page(expendable, "configuration", user="coder", id=made, do="decide")
    lead = page(expendable, "configuration", user="leader", id=made, do="refine")

    assert decide in shown.goes("configuration")
    assert decide not in coder.goes("configuration")
    assert not any(b.label == "Save" for b in coder.app.button)
    assert "affirm?all=1" in coder.goes("configuration")
    assert {"Refine", "Record the new version"} & {b.label for b in lead.app.button} == set()
    assert not any(go.startswith("affirm?") for go in lead.goes("configuration"))
    assert "passages carried here, to affirm" in lead.text("configuration")


def test_two_versions_name_factors_by_code_and_label_also_retired_ones(
    page: Open, expendable: Casebook
) -> None:
    made, ann = mine(expendable, "borage"), expendable.actor("ann")
    graph = expendable.graph
    (context,) = get_record(graph, ann, made).fields["contexts"]
    code = get_record(graph, ann, context).code
    shown = page(expendable, "configuration", id=made, do="edit")
    recording.edit(graph, ann, made, 1, {"contexts": (), "nickname": "Borage of theirs"})
    recording.retire(graph, ann, context, why="said otherwise")
    outcomes = shown.app.multiselect(key=f"edit-{made}-outcomes").value
    shown.app.multiselect(key=f"edit-{made}-mechanisms").set_value(outcomes)
    shown.app.multiselect(key=f"edit-{made}-contexts").set_value([context, *outcomes])
    submit(shown, "Save")

    said = shown.text()
    assert f"{code} Where borage is" in said
    assert context not in said
