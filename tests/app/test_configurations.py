"""The list of configurations: filters, pictures, and recording one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.domain.case import Programme
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.configurations import SUPPORTS
from cmo.services.seeding import planted, seed_id
from tests.app.page import Page

Open = Callable[..., Page]


def opened(page: Page) -> list[str]:
    """The ids of the configurations that the list shows, in order."""
    return [go.partition("id=")[2] for go in page.goes("list") if go.startswith("configuration?")]


def test_the_list_shows_all_22_configurations_of_hipp(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="HIPP")

    assert len(opened(shown)) == 22
    assert opened(shown)[0] == seed_id("hipp", "configuration/table-3")
    assert "22 configurations" in shown.text("mast")


def test_table_3_is_shown_with_its_sizes_and_without_a_link(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="HIPP")
    row = shown.text("list").partition("A hypothesised HIPP configuration")[2].partition("C-2")[0]

    assert "7 · 9 · 7 0 " in row
    assert row.strip().endswith("none conjectured")
    assert "9 of 9 mechanisms: activities, reasoning not known" in row
    assert "23 elements stated without a link" in shown.said("list")


def test_the_marks_of_practice_are_what_was_planted(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="Practice")
    dots = [said for said in shown.said("list") if said.startswith("Brackenholt ")]

    for said, truth in zip(dots, planted("practice")["recorded"]["configurations"], strict=True):
        for kind, words in (("for", "for"), ("against", "against"), ("silent", "silent")):
            for key in set(truth[kind]) - set(truth["both"]):
                name = key.partition("/")[2].replace("-", " ").title()
                assert f"{name} {words}" in said
        assert said.count("for and against") == len(truth["both"])


def test_the_list_can_be_narrowed_to_what_is_contested(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="Practice", support="contested")

    assert shown.app.selectbox(key="support").value == "contested"
    assert len(opened(shown)) == 9
    assert "First-day buddy" not in shown.text("list")


def test_a_theme_and_words_narrow_it_further(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="Practice", theme="Keeping people coming")
    assert len(opened(shown)) == 4

    shown.app.text_input(key="find").set_value("STRANGER")
    assert opened(shown.run()) == [seed_id("practice", "configuration/borrowed-trust")]


@pytest.mark.parametrize("support", SUPPORTS)
def test_where_nothing_answers_the_list_says_so(page: Open, demo: Casebook, support: str) -> None:
    shown = page(demo, "configurations", programme="HIPP", support=support, find="no such words")

    assert "No configuration answers to these filters." in shown.text("none")


def test_no_sentence_is_led_by_an_activity(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="HIPP").text("list")

    assert "Consultancy from outside made project managers" not in shown
    assert (
        "Better leadership and management skills of project managers is said to follow "
        "Consultancy support (an activity: the reasoning is not known)." in shown
    )


def test_a_click_opens_the_configuration(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="Practice")
    wanted = seed_id("practice", "configuration/word-back")
    shown.click("list", f"configuration?id={wanted}")

    assert shown.app.query_params["id"] == wanted
    assert "Word back" in shown.text("head")


def test_without_a_programme_the_page_says_what_to_do_first(page: Open, nothing: Casebook) -> None:
    shown = page(nothing, "configurations")

    assert not shown.trees.get("list")


def test_a_programme_without_configurations_says_how_to_begin(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    recording.record(expendable.graph, ann, Programme(name="Fresh start"))
    shown = page(expendable, "configurations", programme="Fresh start")

    assert "Two of context, mechanism and outcome are enough to begin." in shown.text("none")


def test_what_is_recorded_opens_and_can_be_taken_back(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "configurations", programme="Practice", do="record")
    key = "new-configuration"
    shown.app.text_input(key=f"{key}-nickname").set_value("Tea first")
    shown.app.multiselect(key=f"{key}-contexts").set_value(["A kettle in the hall"])
    shown.app.multiselect(key=f"{key}-outcomes").set_value(["referrals KEEP coming"])
    submit(shown, "Record it")

    assert "Tea first" in shown.text("head")
    assert "A kettle in the hall" in shown.text("configuration")
    assert "Referrals keep coming" in shown.text("configuration")
    assert "Recorded." in shown.text("done")

    shown.go("configuration", {"id": shown.app.query_params["id"]})  # as the address has it
    shown.app.button(key="undo").click()
    shown.run()
    assert "Taken back." in shown.text("done")
    assert "Retired on" in shown.text("configuration")


def test_a_refused_record_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "configurations", programme="Practice", do="record")
    key = "new-configuration"
    shown.app.text_input(key=f"{key}-nickname").set_value("x" * 201)
    shown.app.multiselect(key=f"{key}-mechanisms").set_value(["Something new"])
    submit(shown, "Record it")

    assert "nickname has 201 characters" in shown.text()
    assert "It may have 200." in shown.text()
    assert shown.app.text_input(key=f"{key}-nickname").value == "x" * 201
    assert shown.app.multiselect(key=f"{key}-mechanisms").value == ["Something new"]


def submit(shown: Page, label: str) -> Page:
    """Presses the button of that name in the form."""
    (button,) = [b for b in shown.app.button if b.label == label]
    button.click()
    return shown.run()
