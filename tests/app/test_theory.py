"""The genesis of the theory: turns, what moved them, and theories that never moved."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services.casebook import Casebook
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
