"""Themes by projects, and two sub-cases face to face."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services.casebook import Casebook
from tests.app.page import Page

Open = Callable[..., Page]
PRACTICE = "Practice"


def plain(said: str) -> str:
    """The words without the names of the marks beside them."""
    for name in ("context", "mechanism", "outcome"):
        said = said.replace(f" {name} ", " ")
    return said.replace("present present", "present").replace("absent absent", "absent")


def test_the_answer_comes_before_the_table(page: Open, demo: Casebook) -> None:
    said = page(demo, "compare", programme="HIPP").text("grid")

    assert said.startswith("Nottingham and Sandwell differ in 3 of 6 themes")
    assert "Both hindered in Accountability." in said


def test_silence_is_drawn_for_every_project_and_theme(page: Open, demo: Casebook) -> None:
    shown = page(demo, "compare", programme="HIPP")

    silent = [s for s in shown.said("grid") if s.endswith(": nothing was said")]
    silent = [said for said in silent if not said.startswith("silent")]
    others = "Northumberland, Tameside and Glossop, Telford & Wrekin"
    assert set(silent) == {f"{others}: nothing was said"}
    assert len(silent) == 6


def test_every_statement_opens(page: Open, demo: Casebook) -> None:
    shown = page(demo, "compare", programme="HIPP")

    assert len([go for go in shown.goes("grid") if go.startswith("finding?")]) > 30
    assert [go for go in shown.goes("subcases") if go.startswith("finding?")]


def test_differences_leave_the_other_themes_out(page: Open, demo: Casebook) -> None:
    said = page(demo, "compare", programme="HIPP", show="differences").text("grid")

    assert "Strategists valued the general aim" in said
    assert "New policy quickly superseded the locality model" not in said


def test_sandwells_teams_stand_face_to_face_and_our_readings_say_so(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "compare", programme="HIPP").text("subcases")

    rows = plain(said)
    assert "The same Locality commissioning present present Differs" in rows
    assert "Wide inter-agency partnerships present our reading absent our reading" in rows
    assert (
        "And the outcome Smooth transition to a primary care group absent our reading present our "
        "reading" in rows
    )
    assert "Tameside and Glossop: nothing was recorded of" in said


def test_twelve_projects_fit_and_the_silent_ones_are_named(page: Open, demo: Casebook) -> None:
    shown = page(demo, "compare", programme=PRACTICE)
    said = shown.text("grid")

    assert "Hallowdyke and Lorrimoss differ in 2 of 2 themes" in said
    assert "2 more cannot be compared: silent in one or both." in said
    silent = said[said.index("Silent under every theme, which is not a no:") :]
    assert f"{silent.partition('.')[0].count(' , ') + 1} others silent" in said
    assert "Silent under every theme, which is not a no: Brackenholt , Dunmarrow" in said
    assert "fiction" in shown.text("mast")


def test_the_same_project_on_both_sides_is_no_comparison(page: Open, demo: Casebook) -> None:
    said = page(demo, "compare", programme="HIPP", left="Sandwell", right="Sandwell").text()

    assert "Sandwell stands on both sides." in said


def test_the_theme_in_the_address_comes_first_and_is_marked(page: Open, demo: Casebook) -> None:
    plain = page(demo, "compare", programme="HIPP")
    last = [go for go in plain.goes("grid") if go.startswith("compare?theme=")][-1]

    shown = page(demo, "compare", programme="HIPP", theme=last.partition("=")[2])

    assert next(go for go in shown.goes("grid") if go.startswith("compare?")) == last


def test_an_empty_casebook_has_nothing_to_compare(page: Open, nothing: Casebook) -> None:
    assert "This casebook is empty" in page(nothing, "compare").text("mast")
