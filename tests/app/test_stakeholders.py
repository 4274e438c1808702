"""The map of relations: what is drawn, what is denied, and the same facts in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cmo.services.casebook import Casebook
from tests.app.page import Page

Open = Callable[..., Page]
PRACTICE = "Practice"


def of_class(tree: Any, name: str) -> Iterator[dict[str, str]]:
    """The attributes of the elements that have a class."""
    if isinstance(tree, str):
        return
    if name in tree[1].get("class", "").split():
        yield tree[1]
    for child in tree[2]:
        yield from of_class(child, name)


def test_one_path_a_relation_and_one_group_a_party(page: Open, demo: Casebook) -> None:
    shown = page(demo, "stakeholders", programme="HIPP")
    drawn = shown.trees["map"]

    assert len(list(of_class(drawn, "tie"))) == 67
    assert len(list(of_class(drawn, "party"))) == 55
    assert len(shown.app.dataframe[0].value) == 67
    states = [tie["data-state"] for tie in of_class(drawn, "tie")]
    assert (states.count("denied"), states.count("unclear")) == (7, 3)


def test_the_map_is_the_same_at_every_look(page: Open, demo: Casebook) -> None:
    first = page(demo, "stakeholders", programme="HIPP").trees["map"]

    assert page(demo, "stakeholders", programme="HIPP").trees["map"] == first


def test_a_project_has_a_map_of_its_own(page: Open, demo: Casebook) -> None:
    shown = page(demo, "stakeholders", programme="HIPP", project="Sandwell")

    assert len(list(of_class(shown.trees["map"], "tie"))) == 25
    assert "Sandwell is not accountable to local communities" in shown.text("beside")
    assert "Nottingham" not in shown.text("beside")


def test_what_is_denied_is_asked_first(page: Open, demo: Casebook) -> None:
    said = page(demo, "stakeholders", programme="HIPP").text("beside")

    assert said.startswith("Which ties are denied?")
    assert "HIPP is not accountable to local communities" in said
    assert said.index("denied?") < said.index("unclear?") < said.index("Through whom alone")


def test_a_relation_opens_with_its_passages(page: Open, demo: Casebook) -> None:
    shown = page(demo, "stakeholders", programme="HIPP")
    tie = next(t for t in of_class(shown.trees["map"], "tie") if "locality team 2 is acc" in
               t["aria-label"])  # fmt: skip

    opened = shown.click("map", tie["data-go"])

    said = opened.text("beside")
    assert "is accountable to (unclear)" in said
    assert "arrangements never resolved" in said
    assert "paraphrase, section Accountability" in said
    assert any(go.startswith("source?id=") for go in opened.goes("beside"))


def test_a_party_opens_with_its_relations(page: Open, demo: Casebook) -> None:
    shown = page(demo, "stakeholders", programme="HIPP")
    party = next(p for p in of_class(shown.trees["map"], "party") if "Office for Public" in
                 p["aria-label"])  # fmt: skip

    said = shown.click("map", party["data-go"]).text("beside")

    assert "5 relations" in said
    assert "Office for Public Management supports Telford & Wrekin: consultancy" in said


def test_filters_reach_the_table_too(page: Open, demo: Casebook) -> None:
    shown = page(demo, "stakeholders", programme="HIPP", state="denied")

    assert len(shown.app.dataframe[0].value) == 7
    assert len(list(of_class(shown.trees["map"], "tie"))) == 67


def test_what_was_lost_between_waves_is_said(page: Open, demo: Casebook) -> None:
    said = page(demo, "stakeholders", programme=PRACTICE).text("beside")

    lost = said[said.index("lost between waves?") :]
    assert "Wexmere County Council does not commission Tidewater Buses" in lost
    assert "Cabinet member for communities champions Hallowdyke" in lost


def test_the_planted_broker_is_named_first(page: Open, demo: Casebook) -> None:
    said = page(demo, "stakeholders", programme=PRACTICE).text("beside")

    assert "do others touch? Partnership officer of Wexmere Voluntary Action ," in said
