"""One factor: its family, where it was assessed, what holds it, and its reasoning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cmo.domain.theory import Factor
from cmo.domain.vocabulary import FactorRole
from cmo.errors import NotFound
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.naming import find_programme, find_record
from cmo.services.reading import get_record, read
from tests.app.page import Page

Open = Callable[..., Page]


def factor(casebook: Casebook, code: str) -> str:
    return str(find_record(casebook.graph, casebook.actor("ann"), code)["id"])


def mine(casebook: Casebook, label: str) -> str:
    """A mechanism of Ann's own in Practice."""
    ann = casebook.actor("ann")
    programme = find_programme(casebook.graph, ann, "Practice")["id"]
    made = Factor(label=label, programme=programme, roles=(FactorRole.MECHANISM,))
    return recording.record(casebook.graph, ann, made).id


def submit(shown: Page, label: str) -> None:
    next(b for b in shown.app.button if b.label == label).click()
    shown.run()


def test_a_factor_says_which_configurations_and_links_hold_it(page: Open, demo: Casebook) -> None:
    shown = page(demo, "factor", id=factor(demo, "Practice/F-13"))

    assert "F-13 · mechanism · fiction" in shown.text("head").replace("  ", " ")
    beside = shown.text("beside")
    assert "Held by mechanism C-2 Word back" in beside
    assert "L-3 in C-2: Link worker can write in the practice record →" in beside
    assert any(go.startswith("configuration?id=") and "&link=" in go for go in shown.goes("beside"))


def test_where_a_factor_was_absent_comes_first_and_opens_its_project(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "factor", id=factor(demo, "Practice/F-13"))
    said = shown.text("factor")

    assert "Where it was assessed 10 assessments" in said
    assert said.index("absent") < said.index("present")
    assert said.index("Against 3 passages of 3 places") < said.index("For 7 passages")
    assert any(go.startswith("project?id=") and "&open=" in go for go in shown.goes("factor"))


def test_a_label_that_is_merged_says_which_one_stands_for_it(page: Open, demo: Casebook) -> None:
    graph, ann = demo.graph, demo.actor("ann")
    kept = next(
        f
        for code in (f"Practice/F-{n}" for n in range(1, 40))
        if (f := page_of(demo, code)) and f["stands_for"]
    )
    shown = page(demo, "factor", id=kept["id"])

    assert f"Stands for {kept['stands_for'][0]['code']}" in shown.text("beside")
    other = page(demo, "factor", id=kept["stands_for"][0]["id"])
    assert f"Stands under {kept['code']}" in other.text("beside")
    assert get_record(graph, ann, kept["id"]).retired_at is None


def page_of(casebook: Casebook, code: str) -> dict[str, Any] | None:
    ann = casebook.actor("ann")
    try:
        found = find_record(casebook.graph, ann, code)["id"]
    except NotFound:
        return None
    return read(casebook.graph, "theory/factor", ann, id=found)[0]


def test_the_factors_of_hipp_are_told_apart_from_our_readings(page: Open, demo: Casebook) -> None:
    said = page(demo, "factor", id=factor(demo, "HIPP/F-58")).text("factor")

    assert "locality team 2 ours absent absent" in said
    assert "paraphrase, section The five demonstration projects" in said


def test_a_mechanisms_reasoning_is_recorded_and_undone_in_place(
    page: Open, expendable: Casebook
) -> None:
    made = mine(expendable, "Being asked twice")
    shown = page(expendable, "factor", id=made, do="edit")
    shown.app.text_area(key=f"edit-{made}-reasoning").set_value("They think it is meant.")
    shown.app.selectbox(key=f"edit-{made}-reasoning_known").set_value(True)
    submit(shown, "Save")
    assert "Reasoning They think it is meant. Is it known known" in shown.text("factor")

    shown.app.button(key="undo").click()
    assert "Reasoning not stated" in shown.run().text("factor")


def test_a_refused_edit_of_a_factor_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "Being asked thrice")
    shown = page(expendable, "factor", id=made, do="edit")
    shown.app.text_input(key=f"edit-{made}-label").set_value("x" * 201)
    submit(shown, "Save")

    assert "label has 201 characters" in shown.text()
    assert shown.app.text_input(key=f"edit-{made}-label").value == "x" * 201


def test_an_edit_of_a_factor_that_lost_a_race_shows_both_versions(
    page: Open, expendable: Casebook
) -> None:
    made, ann = mine(expendable, "Being asked again"), expendable.actor("ann")
    shown = page(expendable, "factor", id=made, do="edit")
    recording.edit(expendable.graph, ann, made, 1, {"resource": "Theirs", "level": "project"})
    shown.app.text_area(key=f"edit-{made}-resource").set_value("Mine")
    submit(shown, "Save")

    both = shown.text()
    assert "Yours Mine Stored now Theirs" in both
    assert "nothing was overwritten" in both
    submit(shown, "Save what is chosen")
    fields = get_record(expendable.graph, ann, made).fields
    assert (fields["resource"], fields["level"]) == ("Mine", "project")


def test_a_factor_that_is_not_there_is_refused_with_what_to_do(page: Open, demo: Casebook) -> None:
    assert "answers to nobody." in page(demo, "factor", id="nobody").text()
    assert "The address names no factor." in page(demo, "factor").text()


def test_an_empty_casebook_offers_the_demo_instead_of_a_factor(
    page: Open, nothing: Casebook
) -> None:
    assert "This casebook is empty" in page(nothing, "factor").text("mast")
