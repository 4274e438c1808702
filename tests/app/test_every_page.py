"""What holds on every page: a bare programme says what to do first, an empty casebook how to begin,
and a single record that the address does not name is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.domain.case import Programme
from cmo.services import recording
from cmo.services.casebook import Casebook
from components.sidebar import GROUPS, PAGES  # type: ignore[import-not-found,unused-ignore]
from tests.app.page import Page

Open = Callable[..., Page]
FIRST = {
    "home": "No project yet. Record one under Projects.",
    "search": "Nothing is looked for yet.",
    "configurations": "Two of context, mechanism and outcome are enough to begin.",
    "theory": "Record one (N): how is the programme thought to work",
    "sources": "Import files, or record one: paste a transcript",
    "evidence": "Open a source under Sources and code what it says.",
    "regularities": "Record one under Configurations",
    "compare": "Record projects under Projects and themes under Theory timeline",
    "matrix": "Record projects under Projects and themes under Theory timeline; then code.",
    "stakeholders": "No stakeholder is recorded.",
    "cards": "Say whose role it is that speaks in a source",
    "projects": "No project",
    "history": "Today",
    "about": "Stored in",
}
"""What each page of the sidebar says of a programme in which nothing is recorded."""


@pytest.fixture(scope="session")
def bare(expendable: Casebook) -> str:
    """The name of a programme without anything in it."""
    ann = expendable.actor("ann")
    recording.record(expendable.graph, ann, Programme(name="Bare of everything"))
    return "Bare of everything"


def test_every_page_of_the_sidebar_is_looked_at_here() -> None:
    assert set(FIRST) == {name for names in GROUPS.values() for name in names}


@pytest.mark.parametrize("name", list(FIRST))
def test_a_bare_programme_says_what_to_do_first(
    page: Open, expendable: Casebook, bare: str, name: str
) -> None:
    assert FIRST[name] in page(expendable, name, programme=bare).text()


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"history", "about"}))
def test_an_empty_casebook_offers_two_ways_to_begin(
    page: Open, nothing: Casebook, name: str
) -> None:
    shown = page(nothing, name)

    assert "This casebook is empty" in shown.text("mast")
    assert [b.label for b in shown.app.button if b.key == "load"] == ["Load the demo"]


def test_about_says_where_the_casebook_stands_and_lists_the_keys(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "about").text()

    assert str(demo.place) in said
    assert "HIPP" in said
    assert "Everywhere ? this list" in said
