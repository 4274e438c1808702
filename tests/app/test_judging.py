"""Assessing factors, settling assessments, and recording findings where a theme is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cmo.domain.theory import Factor
from cmo.domain.vocabulary import FactorRole, Role
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.reading import read
from cmo.services.seeding import seed_id
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configurations import submit

Open = Callable[..., Page]
PRACTICE = seed_id("practice", "programme/wexmere")
HALLOWDYKE = seed_id("practice", "project/hallowdyke")


def mechanism(casebook: Casebook, label: str) -> str:
    """A mechanism of Practice of its own, for a test that writes."""
    made = Factor(label=label, programme=PRACTICE, roles=(FactorRole.MECHANISM,))
    return recording.record(casebook.graph, casebook.actor("ann"), made).id


def passage(casebook: Casebook) -> str:
    """A passage (excerpt) that speaks of Hallowdyke."""
    ann = casebook.actor("ann")
    rows = read(casebook.graph, "evidence/codings", ann, concerns_id=HALLOWDYKE, limit=1)
    return str(rows[0]["excerpt_id"])


def assess(shown: Page, value: str, **more: Any) -> Page:
    """The form of an assessment, filled in and sent."""
    shown.app.selectbox(key="assess-value").set_value(value)
    for name in ("valence", "settled"):
        if name in more:
            shown.app.selectbox(key=f"assess-{name}").set_value(more[name])
    if "why" in more:
        shown.app.text_area(key="assess-why").set_value(more["why"])
    return submit(shown, "Record it")


def test_a_factor_is_assessed_from_its_page_and_taken_back(
    page: Open, expendable: Casebook
) -> None:
    made = mechanism(expendable, "Anise is sweet")
    shown = page(expendable, "factor", id=made, do="assess")
    shown.app.selectbox(key="assess-first").set_value(HALLOWDYKE)
    shown.run()
    assess(shown, "present", valence="enables", settled=True, why="we were there")

    said = shown.text("factor")
    assert "Where it was assessed Project There Way Why Hallowdyke" in said
    assert "we were there" in said
    shown.app.button(key="undo").click()
    assert "Assessed nowhere" in shown.run().text("factor")


def test_a_judgement_without_a_reason_is_refused_and_stays(
    page: Open, expendable: Casebook
) -> None:
    made = mechanism(expendable, "Basil is green")
    shown = page(expendable, "factor", id=made, do="assess")
    shown.app.selectbox(key="assess-first").set_value(HALLOWDYKE)
    shown.run()
    submit(shown, "Record it")
    assert "It is not said whether the factor was there." in shown.text()
    assess(shown, "absent", valence="hinders")

    assert "a judgement needs its reason" in shown.text()
    assert shown.app.selectbox(key="assess-value").value == "absent"
    assert shown.app.selectbox(key="assess-valence").value == "hinders"


def test_an_assessment_rests_on_a_passage_that_is_coded_with_it(
    page: Open, expendable: Casebook
) -> None:
    made, ann = mechanism(expendable, "Cumin is warm"), expendable.actor("ann")
    held = passage(expendable)
    shown = page(expendable, "project", id=HALLOWDYKE, do="assess")
    shown.app.selectbox(key="assess-first").set_value(made)
    shown.run()
    shown.app.multiselect(key="assess-passages").set_value([held])
    assess(shown, "present", valence="enables", settled=True)

    assert "Assessed." in shown.text("done")
    assert "Cumin is warm" in shown.text("case")
    (row,) = read(expendable.graph, "evidence/assessments", ann, factor_id=made)
    assert [p["excerpt_id"] for p in row["passages"]] == [held]
    coded = read(expendable.graph, "evidence/passages", ann, target=made)
    assert [(k["excerpt_id"], k["stance"]) for k in coded] == [(held, "supports")]

    again = page(expendable, "factor", id=made, do="assess")
    again.app.selectbox(key="assess-first").set_value(HALLOWDYKE)
    again.run()
    again.app.multiselect(key="assess-passages").set_value([held])
    assess(again, "absent", settled=False)
    assert len(read(expendable.graph, "evidence/passages", ann, target=made)) == 1


def test_what_a_researcher_assessed_waits_until_an_evaluator_settles_it(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    add_user(expendable.graph, ann, "sees", roles=[(Role.RESEARCHER, PRACTICE)])
    made = mechanism(expendable, "Dill is fine")
    theirs = page(expendable, "factor", user="sees", id=made, do="assess")
    theirs.app.selectbox(key="assess-first").set_value(HALLOWDYKE)
    theirs.run()
    assert not [s for s in theirs.app.selectbox if s.key == "assess-settled"]
    assess(theirs, "present", why="as I saw it")
    assert "does not count until an evaluator settles it" in theirs.text("done")
    assert "Not settled" in theirs.text("factor")
    assert not [go for go in theirs.goes("factor") if go.startswith("settle?")]

    shown = page(expendable, "factor", id=made)
    (go,) = [go for go in shown.goes("factor") if go.startswith("settle?")]
    shown.click("factor", go)
    assert "Settled: it counts from now on." in shown.text("done")
    assert "Not settled" not in shown.text("factor")
    assert "Where it was assessed Project There Way Why Hallowdyke" in shown.text("factor")


def test_a_second_settled_assessment_is_refused_where_it_was_settled(
    page: Open, expendable: Casebook
) -> None:
    made = mechanism(expendable, "Endive is bitter")
    shown = page(expendable, "factor", id=made)
    for value, settled in (("present", True), ("absent", False)):
        shown.app.button(key="assess").click()
        shown.run()
        shown.app.selectbox(key="assess-first").set_value(HALLOWDYKE)
        shown.run()
        assess(shown, value, settled=settled, why="seen")
    (go,) = [go for go in shown.goes("factor") if go.startswith("settle?")]
    shown.click("factor", go)

    assert "already has a settled assessment in Hallowdyke" in shown.text()
    assert "Not settled" in shown.text("factor")


def test_who_may_not_assess_sees_no_form(page: Open, expendable: Casebook) -> None:
    role = [(Role.PROGRAMME_LEAD, PRACTICE)]
    add_user(expendable.graph, expendable.actor("ann"), "reads", roles=role)
    for name, record in (("project", HALLOWDYKE), ("factor", mechanism(expendable, "Fennel"))):
        shown = page(expendable, name, user="reads", id=record, do="assess")
        labels = {b.label for b in shown.app.button}
        assert not labels & {"Assess", "Assess a factor", "Record a finding", "Record it"}
        assert not [s for s in shown.app.selectbox if s.key == "assess-first"]


def test_a_silent_cell_of_compare_leads_to_the_finding_that_ends_the_silence(
    page: Open, expendable: Casebook
) -> None:
    shown = page(expendable, "compare", programme="Practice", left="Hallowdyke", right="Lorrimoss")
    begins = f"project?id={HALLOWDYKE}&theme="
    go = next(g for g in shown.goes("grid") if g.startswith(begins) and g.endswith("&do=finding"))
    theme = go.removeprefix(begins).removesuffix("&do=finding")
    shown = page(expendable, "project", id=HALLOWDYKE, theme=theme, do="finding")
    assert shown.app.multiselect(key="new-finding-about").value == [theme]
    shown.app.text_area(key="new-finding-statement").set_value("People came by boat.")
    shown.app.multiselect(key="new-finding-passages").set_value([passage(expendable)])
    shown.app.selectbox(key="new-finding-direction").set_value("enabling")
    submit(shown, "Record it")

    assert "People came by boat." in shown.text("case")
    again = page(expendable, "compare", programme="Practice", left="Hallowdyke", right="Lorrimoss")
    assert "People came by boat." in again.text("grid")
    assert go not in again.goes("grid")
    shown.app.button(key="undo").click()
    assert "People came by boat." not in shown.run().text("case")


def test_a_refused_finding_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "project", id=HALLOWDYKE, do="finding")
    shown.app.text_area(key="new-finding-statement").set_value("w" * 4001)
    submit(shown, "Record it")

    assert "statement has 4,001 characters" in shown.text()
    assert shown.app.text_area(key="new-finding-statement").value == "w" * 4001


def test_a_finding_that_fills_no_cell_stands_with_the_others(
    page: Open, expendable: Casebook
) -> None:
    shown = page(expendable, "project", id=HALLOWDYKE, do="finding")
    shown.app.text_area(key="new-finding-statement").set_value("They wish for a ferry.")
    shown.app.selectbox(key="new-finding-topic").set_value("wish")
    submit(shown, "Record it")

    assert "Other findings" in shown.text("case")
    assert "They wish for a ferry." in shown.text("case")


def test_whoever_may_not_record_findings_is_led_from_no_silent_cell(
    page: Open, expendable: Casebook
) -> None:
    role = [(Role.PROGRAMME_LEAD, PRACTICE)]
    add_user(expendable.graph, expendable.actor("ann"), "looks", roles=role)
    shown = page(expendable, "compare", user="looks", programme="Practice")
    case = page(expendable, "project", user="looks", id=HALLOWDYKE)

    assert not [go for go in shown.goes("grid") if "do=finding" in go]
    assert not [go for go in case.goes("case") if "do=finding" in go]
