"""The frame: which programme, who looks, the keys, and About."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.services.casebook import Casebook
from components.sidebar import GROUPS
from tests.app.page import Page

Open = Callable[..., Page]
LISTS = ("configurations", "theory", "sources", "regularities", "compare", "projects", "history")


@pytest.mark.parametrize("name", LISTS)
def test_the_synthetic_programme_is_called_fiction_on_every_page(
    page: Open, demo: Casebook, name: str
) -> None:
    assert "fiction" in page(demo, name, programme="Practice").text("mast")


def test_every_link_of_the_sidebar_carries_the_programme(page: Open, demo: Casebook) -> None:
    opened = page(demo, "projects", programme="Practice")

    links = [link.proto.query_string for link in opened.app.get("page_link")]

    assert len(links) == sum(map(len, GROUPS.values()))
    assert set(links) == {"programme=Practice"}


def test_another_programme_opens_on_the_same_page(page: Open, demo: Casebook) -> None:
    projects = page(demo, "projects", programme="HIPP")

    projects.app.selectbox(key="programme").select("Practice")
    projects.run()

    assert projects.app.query_params["programme"] == "Practice"
    assert "Brackenholt" in projects.text("projects")


def test_an_unknown_programme_is_refused_with_those_that_there_are(
    page: Open, demo: Casebook
) -> None:
    refused = page(demo, "home", programme="Nowhere")

    assert "No programme of this casebook answers to Nowhere." in refused.text()
    assert "There are HIPP, Practice." in refused.text()


def test_somebody_unknown_is_asked_who_they_are(page: Open, demo: Casebook) -> None:
    stranger = page(demo, "home", user="nobody")

    assert "No user of this casebook is called nobody." in stranger.text()
    stranger.app.selectbox(key="who").select("ann")
    stranger.run()
    assert "HIPP" in stranger.text("mast")


def test_who_looks_is_picked_and_never_stands_in_the_address(page: Open, demo: Casebook) -> None:
    home = page(demo, "home")

    home.app.selectbox(key="who").select("hester@practice.invalid")
    home.run()

    assert "Practice" in home.text("mast")
    assert not any("hester" in str(v) for v in home.app.query_params.values())


def test_about_says_where_the_casebook_stands_and_what_it_holds(page: Open, demo: Casebook) -> None:
    about = page(demo, "about")

    assert str(demo.place) in about.text("where")
    assert "611 codings" in about.text("where")
    assert "Nothing is wrong with where it stands." in about.text("health")
    assert "this list" in about.text("keylist")


def test_about_checks_every_record_on_demand(page: Open, demo: Casebook) -> None:
    about = page(demo, "about")

    about.app.button(key="check").click()
    about.run()

    assert "Every rule of the graph model holds." in about.text("faults")


def test_about_and_history_open_in_an_empty_casebook(page: Open, nothing: Casebook) -> None:
    assert "You ann: no role yet" in page(nothing, "about").text("where")
    assert "ann recorded user ann" in page(nothing, "history").text("history")
