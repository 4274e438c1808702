"""Interview cards: whom they are for, what is on them, and what is taken along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cmo.domain.case import Programme, Stakeholder
from cmo.domain.evidence import Informant
from cmo.domain.fields import Tie
from cmo.domain.people import User
from cmo.domain.theory import ProgrammeTheory
from cmo.domain.vocabulary import StakeholderKind
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.interview_cards import COLUMNS, FICTION
from cmo.services.naming import find_programme
from components.downloads import file_name
from tests.app.page import Page

Open = Callable[..., Page]


def items(tree: Any, name: str) -> Iterator[Any]:
    """The elements of a class, in order."""
    if isinstance(tree, str):
        return
    if name in tree[1].get("class", "").split():
        yield tree
    for child in tree[2]:
        yield from items(child, name)


def saved(shown: Page, key: str) -> Any:
    """The button that saves what is taken along."""
    (button,) = (b for b in shown.app.get("download_button") if b.proto.id.endswith(f"-{key}"))
    return button.proto


def test_the_cards_are_those_of_the_group_in_the_address(page: Open, demo: Casebook) -> None:
    shown = page(demo, "cards", programme="Practice", role="general practice")

    cards = list(items(shown.trees["cards"], "icard"))
    assert len(cards) == 12
    assert shown.text("mast").startswith("Practice · general practice")
    assert "15 cards 13 contested 0 heard from nobody 2 unheard from them" in shown.text("mast")
    said = shown.text("cards")
    within, across = said.index("Contested within this group."), said.index("across groups.")
    assert within < across
    assert said.count(FICTION) == 12
    assert "1 to 12 of 15 cards" in said


def test_without_a_group_in_the_address_the_first_is_taken_and_the_address_says_so(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "cards", programme="Practice")

    assert shown.app.query_params["role"] == "commissioner"
    assert shown.text("mast").startswith("Practice · commissioner")


def test_more_cards_follow_on_the_next_page(page: Open, demo: Casebook) -> None:
    shown = page(demo, "cards", programme="Practice", role="general practice")
    (more,) = (go for go in shown.goes("cards") if go.startswith("cards?"))

    nexts = shown.click("cards", more)

    assert len(list(items(nexts.trees["cards"], "icard"))) == 3
    assert "13 to 15 of 15 cards" in nexts.text("cards")
    assert nexts.text("mast").startswith("Practice · general practice")


def test_what_the_group_was_heard_on_is_shown_where_it_is_asked_for(
    page: Open, demo: Casebook
) -> None:
    left = page(demo, "cards", programme="Practice", role="link worker")
    assert "14 cards" in left.text("mast")
    assert "1 on which they were heard, uncontested, is left out." in left.text("cards")

    shown = page(demo, "cards", programme="Practice", role="link worker", heard="too", after="12")
    assert "15 cards" in shown.text("mast")
    assert "Heard from this group." in shown.text("cards")


def test_a_card_opens_the_passages_for_and_against(page: Open, demo: Casebook) -> None:
    shown = page(demo, "cards", programme="Practice", role="general practice")
    theory = next(go for go in shown.goes("cards") if go.startswith("theory?id="))
    configuration = next(go for go in shown.goes("cards") if go.startswith("configuration?id="))

    assert "theory" in theory
    assert shown.text("cards").count("What was said") == 12
    opened = shown.click("cards", configuration)
    assert "Word back" in opened.text()


def test_a_project_narrows_whose_voices_are_the_groups(page: Open, demo: Casebook) -> None:
    home = find_programme(demo.graph, demo.actor("ann"), "Practice")
    shown = page(demo, "cards", programme="Practice", role="general practice")
    (box,) = (b for b in shown.app.selectbox if b.label == "Project")
    first = box.options[0]

    box.select_index(0)
    shown.run()

    assert f"{home['name']} · {first} · general practice" in shown.text("mast")
    assert "on this project" in shown.text("cards")


def test_a_role_that_nobody_was_interviewed_from_has_cards_too(page: Open, demo: Casebook) -> None:
    shown = page(demo, "cards", programme="HIPP")

    assert "30 cards" in shown.text("mast")
    assert "nobody of this group was heard." in page(
        demo, "cards", programme="HIPP", after="12"
    ).text("cards")
    assert FICTION not in shown.text("cards")


def test_the_cards_can_be_taken_along_to_print_and_as_a_table(page: Open, demo: Casebook) -> None:
    shown = page(demo, "cards", programme="Practice", role="general practice")

    assert saved(shown, "print").label == "Print the cards"
    assert saved(shown, "save_cards").label == "Save as CSV"
    assert {"why", "questions", "standing", "fiction"} <= set(COLUMNS)


def test_a_file_says_in_its_name_what_it_holds_however_long_or_odd_other_names_are() -> None:
    assert file_name("Café Müller", "evidence") == "cafe-muller-evidence"
    assert file_name("n" * 200, "../../x\r\nSet-Cookie: a", "cards") == f"{'n' * 54}-cards"
    assert file_name('\u202e=1;"/\\', "مرحبا", "framework matrix") == "1-framework-matrix"
    assert file_name("مرحبا") == "casebook"
    assert len(file_name("n" * 200, "m" * 200)) <= 60


def test_a_group_that_is_not_there_is_said_to_be_unknown(page: Open, demo: Casebook) -> None:
    shown = page(demo, "cards", programme="Practice", role="sailors")

    assert "No role group sailors is named here. Choose one above." in shown.text("stranger")


@pytest.fixture(scope="module")
def small(expendable: Casebook) -> str:
    """A programme with a theory, one host, and somebody who leads it and reads no words."""
    ann = expendable.actor("ann")
    graph = expendable.graph
    home = recording.record(graph, ann, Programme(name="Small groups")).id
    recording.record(
        graph,
        expendable.actor("ann"),
        Informant(pseudonym="Una", programme=home, role_group="hosts"),
        Stakeholder(name="Bus driver", programme=home, kind=StakeholderKind.ROLE),
        User(subject="lea", display_name="Lea", roles=(Tie(home, (("role", "programme_lead"),)),)),
    )
    return home


def test_an_empty_programme_with_a_group_says_to_record_a_theory(
    page: Open, expendable: Casebook, small: str
) -> None:
    shown = page(expendable, "cards", programme="Small groups", role="hosts")

    assert "No theory and no configuration is recorded yet" in shown.text("bare")
    recording.record(
        expendable.graph,
        expendable.actor("ann"),
        ProgrammeTheory(statement="<b>People</b> stay.", programme=small),
    )
    shown.run()
    assert "<b>People</b> stay." in shown.text("cards")


def test_a_lead_is_offered_no_small_group(page: Open, expendable: Casebook, small: str) -> None:
    shown = page(expendable, "cards", user="lea", programme="Small groups", role="hosts")

    assert small
    assert "No role group hosts is named here." in shown.text("stranger")
    (box,) = (b for b in shown.app.selectbox if b.label == "Role group")
    assert box.options == ["Bus driver · nobody interviewed"]
