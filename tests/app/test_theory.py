"""The genesis of the theory: turns, what moved them, and theories that never moved."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services.casebook import Casebook
from cmo.services.naming import find_programme, find_record
from cmo.services.reading import read
from tests.app.page import Page

Open = Callable[..., Page]
PRACTICE = "Practice"


def test_hipps_turn_was_moved_by_a_book(page: Open, demo: Casebook) -> None:
    said = page(demo, "theory", programme="HIPP").text("genesis")

    assert "T-1 turned into T-2" in said
    assert (
        "What moved it contextualises Appearance of Pawson & Tilley's Realistic Evaluation" in said
    )
    assert said.index("Dropped") < said.index("New")


def test_what_speaks_against_moved_practices_theory(page: Open, demo: Casebook) -> None:
    shown = page(demo, "theory", programme=PRACTICE)
    said = shown.text("genesis")

    moved = said[said.index("What moved it") :]
    assert "The route 41 bus" in moved
    assert "liking me doesn't get you across seven miles of marsh" in moved
    assert any(go.startswith("source?id=") for go in shown.goes("genesis"))


def test_theories_without_a_revision_are_listed_with_what_tests_them(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "theory", programme=PRACTICE).text("genesis")

    assert "Theories without a revision 3 as first stated" in said
    assert "T-3 interim Doctors and nurses go on referring" in said
    assert "a rival of T-4" in said
    assert "C-2 Word back contested" in said


def test_a_mapping_to_themes_that_is_ours_says_so(page: Open, demo: Casebook) -> None:
    said = page(demo, "theory", programme="HIPP").text("genesis")

    assert "Relations and local ownership ours Accountability ours" in said
    assert said.count("no configuration") == 6


def submit(shown: Page, label: str) -> None:
    next(b for b in shown.app.button if b.label == label).click()
    shown.run()


def test_one_theory_shows_what_speaks_against_it_before_what_speaks_for_it(
    page: Open, demo: Casebook
) -> None:
    theory = find_record(demo.graph, demo.actor("ann"), "Practice/T-2")["id"]
    shown = page(demo, "theory", id=theory)

    assert "T-2 · refined · contested" in " ".join(shown.text("head").split())
    said = shown.text("theory")
    assert said.index("Against 7 passages of 4 places") < said.index("For 30 passages")
    beside = shown.text("beside")
    assert "Tested by C-1 Known by name C-4 Borrowed trust C-6 In company" in beside
    assert "It came from: Matching was not what people spoke of." in beside


def test_the_timeline_is_there_as_one_picture_to_save(page: Open, demo: Casebook) -> None:
    shown = page(demo, "theory", programme=PRACTICE)

    (name,) = drawn(shown.trees["genesis"], "data-name")
    assert name == "practice-theory-timeline"
    assert drawn(shown.trees["genesis"], "data-save") == ["svg", "png"]
    assert shown.text("genesis").count("February 2024") == 2


def drawn(tree: object, attribute: str) -> list[str]:
    from tests.app.page import _attribute

    return list(_attribute(tree, attribute))


def test_a_theory_is_recorded_with_its_themes_as_ours_and_taken_back(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    programme = find_programme(expendable.graph, ann, PRACTICE)["id"]
    themes = read(expendable.graph, "case/themes", ann, programme_id=programme)
    shown = page(expendable, "theory", programme=PRACTICE, do="theory")
    shown.app.text_area(key="new-theory-statement").set_value("Tea brings people back.")
    shown.app.multiselect(key="new-theory-about").set_value([themes[0]["id"]])
    submit(shown, "Record it")

    said = shown.text("genesis")
    assert "initial Tea brings people back." in said
    assert f"Tea brings people back. {themes[0]['name']} ours" in said
    shown.app.button(key="undo").click()
    assert "Tea brings people back." not in shown.run().text("genesis")


def test_a_refused_theory_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "theory", programme=PRACTICE, do="theory")
    shown.app.text_area(key="new-theory-statement").set_value("z" * 4001)
    submit(shown, "Record it")

    assert "statement has 4,001 characters" in shown.text()
    assert shown.app.text_area(key="new-theory-statement").value == "z" * 4001


def test_a_theme_is_recorded_and_without_a_name_refused(page: Open, expendable: Casebook) -> None:
    shown = page(expendable, "theory", programme=PRACTICE, do="theme")
    submit(shown, "Record it")
    assert "name" in shown.text()
    assert shown.app.text_input(key="new-theme-name").value == ""

    shown.app.text_input(key="new-theme-name").set_value("Getting there and back")
    submit(shown, "Record it")
    ann = expendable.actor("ann")
    programme = find_programme(expendable.graph, ann, PRACTICE)["id"]
    rows = read(expendable.graph, "case/themes", ann, programme_id=programme, scheme="analysis")
    assert rows[-1]["name"] == "Getting there and back"


def test_a_theory_that_is_not_there_is_refused_with_what_to_do(page: Open, demo: Casebook) -> None:
    assert "answers to nobody." in page(demo, "theory", id="nobody").text()


def test_an_empty_casebook_offers_the_demo_instead_of_a_timeline(
    page: Open, nothing: Casebook
) -> None:
    assert "This casebook is empty" in page(nothing, "theory").text("mast")


def test_the_support_of_a_theory_is_decided_with_its_reason(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    theory = find_record(expendable.graph, ann, "Practice/T-2")["id"]
    shown = page(expendable, "theory", id=theory, do="decide")
    assert "computed: contested" in shown.text(f"decide-{theory}-h")
    shown.app.selectbox(key=f"decide-{theory}-support_decided").set_value("triangulated")
    shown.app.text_input(key=f"decide-{theory}-support_why").set_value("one voice was mistaken")
    submit(shown, "Save")

    assert "decided: triangulated" in shown.text("head")
    shown.app.button(key="undo").click()
    assert "decided" not in shown.run().text("head")
