"""What recurs: the patterns that were planted, exceptions first, and what is only mentioned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cmo.services.casebook import Casebook
from cmo.services.regularities import regularities
from cmo.services.seeding import planted, seed_id
from tests.app.page import Page

Open = Callable[..., Page]
PRACTICE = "Practice"
CONSULTANCY = seed_id("hipp", "factor/consultancy-support")


def counts(item: dict[str, list[str]]) -> tuple[str, str]:
    """What a row says of a planted pattern."""
    n = {side: len(item[side]) for side in ("for", "against", "both", "silent")}
    return (
        f"for in {n['for']}, against in {n['against']},",
        f"both in {n['both']}, silent in {n['silent']} of 12",
    )


def test_every_planted_configuration_is_a_row_with_its_counts(page: Open, demo: Casebook) -> None:
    said = page(demo, "regularities", programme=PRACTICE).text("rows")

    for item in planted("practice")["recorded"]["configurations"]:
        assert " ".join(counts(item)) in said, item["name"]


def test_links_are_the_other_half_and_say_when_only_a_merge_makes_them_one(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "regularities", programme=PRACTICE, of="links")

    assert "only through a merge of labels" in shown.text("rows")
    merged = next(
        p for p in regularities(demo.graph, demo.actor("ann"), seed_id("practice",
        "programme/wexmere")).links if p.through_merge
    )  # fmt: skip
    behind = shown.click("rows", f"pick?id={merged.id}").text("behind")
    assert "This is one pattern only because labels were joined" in behind
    assert "“First-day buddy” was merged into “Somebody alongside on the first visit”" in behind


def test_exceptions_stand_before_what_shows_the_pattern(page: Open, demo: Casebook) -> None:
    known = seed_id("practice", "configuration/known-by-name")
    shown = page(demo, "regularities", id=known)
    said = shown.text("behind")

    assert said.index("Why it might be so") < said.index("Exceptions")
    assert said.index("liking me doesn't get you across seven miles of marsh") < said.index(
        "Shows the pattern"
    )
    assert "Silent: Kelderwick , Marlhope" in said or "Silent: Kelderwick, Marlhope" in said


def test_a_mark_asks_for_one_project(page: Open, demo: Casebook) -> None:
    known = seed_id("practice", "configuration/known-by-name")
    hallowdyke = seed_id("practice", "project/hallowdyke")
    shown = page(demo, "regularities", id=known)

    only = shown.click("rows", f"pick?id={known}&project={hallowdyke}").text("behind")

    assert "Only Hallowdyke" in only
    assert "does not make you feel known" in only
    assert "seven miles of marsh" not in only


def test_five_cases_are_too_few_to_compare_with_chance(page: Open, demo: Casebook) -> None:
    shown = page(demo, "regularities", programme="HIPP")

    assert "Five purposive cases: too few to compare with chance." in shown.text("rows")
    assert "interval" not in shown.text()


def test_consultancy_is_offered_named_and_silent_but_never_a_rate(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "regularities", programme="HIPP")
    said = shown.text("mentions")

    row = said[said.index("Consultancy support F-15 offered to 5") :]
    assert row.index("contradicted in 0, named in 3, silent in 2 of 5") < row.index("F-17")
    assert "could not be known in 5 of 5" in said
    behind = shown.click("mentions", f"pick?factor={CONSULTANCY}").text("behind")
    assert behind.count("present, named as enabling") == 3
    assert behind.count("present, which way it worked is not stated") == 2


def test_filters_leave_out_and_say_how_many(page: Open, demo: Casebook) -> None:
    shown = page(demo, "regularities", programme="HIPP", least="2")

    assert shown.text("rows").count("single voice") == 2
    assert "20 of 22 configurations are left out by the filters above." in shown.text("rows")
    shown.app.text_input(key="find").set_value("accountability tensions").run()
    assert "C-13" in shown.text("rows")
    assert "C-10" not in shown.text("rows")


def test_a_filter_that_leaves_nothing_says_what_to_do(page: Open, demo: Casebook) -> None:
    shown = page(demo, "regularities", programme="HIPP")

    shown.app.text_input(key="find").set_value("no such word").run()

    assert "Lower the threshold" in shown.text("rows")


@pytest.mark.parametrize("name", ["regularities", "compare", "theory", "stakeholders"])
def test_an_empty_casebook_says_what_to_do_first(page: Open, nothing: Casebook, name: str) -> None:
    shown = page(nothing, name)

    assert not shown.app.exception
    assert shown.text()


def test_a_filter_of_another_page_is_not_carried_over(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configurations", programme="Practice")
    shown.app.selectbox(key="theme").select("Keeping people coming")
    shown.run()

    shown.go("regularities", {"programme": "Practice"})
    assert shown.app.selectbox(key="theme").value is None


def test_each_mark_of_a_project_is_reached_by_key_from_its_row(page: Open, demo: Casebook) -> None:
    shown = page(demo, "regularities", programme="Practice")
    marks = [m for m in of_tag(shown.trees["rows"], "g") if "data-go" in m]

    assert len(marks) > 30
    assert {m["role"] for m in marks} == {"link"}
    assert {m["tabindex"] for m in marks} == {"-1"}
    assert all(m["aria-label"] for m in marks)


def of_tag(tree: Any, tag: str) -> Iterator[dict[str, str]]:
    """The attributes of the elements of a kind."""
    if isinstance(tree, str):
        return
    if tree[0] == tag:
        yield tree[1]
    for child in tree[2]:
        yield from of_tag(child, tag)
