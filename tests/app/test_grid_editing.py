"""The evidence grid as a place of work: a coding is changed beneath its row, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cmo.domain.evidence import Coding, Excerpt, Source
from cmo.domain.theory import Factor
from cmo.domain.vocabulary import Anchor, FactorRole, Role, SourceKind
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.reading import get_record, read
from cmo.services.seeding import programme_of, seed_id
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configurations import submit

Open = Callable[..., Page]
PRACTICE = seed_id("practice", "programme/wexmere")
HALLOWDYKE = seed_id("practice", "project/hallowdyke")


@pytest.fixture(name="codings")
def _codings(expendable: Casebook) -> Iterator[list[str]]:
    """A source of its own, and three codings of it; retired afterwards."""
    ann = expendable.actor("ann")
    source = Source(
        title="Notes of a walk", kind=SourceKind.DOCUMENT, collected_in=HALLOWDYKE, synthetic=True
    )
    held = recording.record(expendable.graph, ann, source).id
    made = []
    for n in range(3):
        passage = Excerpt(
            source=held,
            anchor=Anchor.LOCATED,
            section="One",
            locator=f"p. {n}",
            paraphrase=f"Walked {n} miles.",
        )
        taken = recording.record(expendable.graph, ann, passage).id
        made.append(recording.record(expendable.graph, ann, Coding(excerpt=taken, memo="why")).id)
    yield [held, *sorted(made)]
    recording.retire(expendable.graph, ann, held, why="the test is over")


def value(casebook: Casebook, coding: str, name: str) -> Any:
    return get_record(casebook.graph, casebook.actor("ann"), coding).fields[name]


def opened(page: Open, casebook: Casebook, codings: list[str], coding: str) -> Page:
    """The grid of that source, with the form beneath a row that was asked for by its 'edit'."""
    seen = page(casebook, "evidence", programme="Practice", source=codings[0])
    return seen.click("grid", f"edit?{coding}")


def put(seen: Page, coding: str, **values: Any) -> None:
    for name, chosen in values.items():
        kind = seen.app.text_area if name == "memo" else seen.app.selectbox
        kind(key=f"edit-{coding}-{name}").set_value(chosen)


def test_a_row_is_edited_beneath_itself_and_taken_back_there(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    label = "Walking is pleasant"
    factor = recording.record(
        expendable.graph,
        expendable.actor("ann"),
        Factor(label=label, programme=PRACTICE, roles=(FactorRole.MECHANISM,)),
    ).id
    first = page(expendable, "evidence", programme="Practice", source=codings[0])
    rows = [go for go in first.goes("grid") if go.startswith("edit?")]
    coding = rows[0].partition("?")[2]
    seen = opened(page, expendable, codings, coding)
    assert [go for go in seen.goes("grid") if go.startswith("edit?")] == rows[:1]
    assert [go for go in seen.goes("grid_below") if go.startswith("edit?")] == rows[1:]

    put(seen, coding, stance="supports", claim="implied", rigour="high", memo="seen twice")
    put(seen, coding, bears_on=factor, concerns=PRACTICE)
    submit(seen, "Save")
    assert "Saved." in seen.text("done")
    told = [value(expendable, coding, n) for n in ("claim", "rigour", "memo", "bears_on")]
    assert told == ["implied", "high", "seen twice", factor]
    assert value(expendable, coding, "concerns") == PRACTICE
    assert label in seen.text("grid")
    assert f"edit?{coding}" in seen.goes("grid")

    seen.app.button(key="undo").click()
    seen.run()
    assert "Taken back." in seen.text("done")
    assert [value(expendable, coding, n) for n in ("claim", "rigour", "memo")] == [
        *("observed", None),
        "why",
    ]


def test_an_edit_that_lost_a_race_shows_both_versions_and_keeps_what_was_typed(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    coding = codings[2]
    seen = opened(page, expendable, codings, coding)
    put(seen, coding, memo="mine", stance="refutes")
    ann = expendable.actor("ann")
    held = get_record(expendable.graph, ann, coding)
    recording.edit(expendable.graph, ann, coding, held.rev, {"memo": "theirs"})
    submit(seen, "Save")

    said = seen.text(f"edit-{coding}-two-h")
    assert re.search(r"Two versions.* changed it (today|yesterday) at \d\d:\d\d", said), said
    clash = seen.text(f"edit-{coding}-clash-memo")
    assert "mine" in clash
    assert "theirs" in clash
    assert value(expendable, coding, "memo") == "theirs"
    submit(seen, "Save what is chosen")
    assert [value(expendable, coding, n) for n in ("memo", "stance")] == ["mine", "refutes"]


def test_a_refusal_names_the_bound_and_leaves_what_was_typed(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    coding = codings[3]
    seen = opened(page, expendable, codings, coding)
    long = "m" * 4_001
    put(seen, coding, memo=long)
    submit(seen, "Save")

    assert "4,000" in seen.text() or "4000" in seen.text()
    assert seen.app.text_area(key=f"edit-{coding}-memo").value == long
    assert value(expendable, coding, "memo") == "why"


def test_a_coding_is_retired_from_its_row_with_a_reason(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    coding = codings[1]
    seen = opened(page, expendable, codings, coding)
    submit(seen, "Retire it")
    submit(seen, "Retire it")
    assert "needs its reason" in seen.text()
    seen.app.text_input(key=f"retire-{coding}-why").set_value("coded by mistake")
    submit(seen, "Retire it")

    assert "is retired: coded by mistake" in seen.text("done")
    assert f"edit?{coding}" not in seen.goes()
    seen.app.button(key="undo").click()
    assert f"edit?{coding}" in seen.run().goes()


def test_who_may_not_code_finds_no_way_to_edit(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    ann = expendable.actor("ann")
    for role in (Role.VALIDATOR, Role.PROGRAMME_LEAD, Role.AUDITOR):
        name = f"grid {role}"
        add_user(expendable.graph, ann, name, roles=[(role, PRACTICE)])
        seen = page(
            expendable,
            "evidence",
            user=name,
            programme="Practice",
            source=codings[0],
            coding=codings[1],
            do="edit",
        )
        assert not [go for go in seen.goes() if go.startswith("edit?")]
        assert not [b for b in seen.app.button if b.label in ("Save", "Retire it")]


def test_an_address_that_names_no_coding_of_here_opens_no_form(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    ann = expendable.actor("ann")
    (foreign,) = passages(expendable.graph, ann, programme_of("hipp"), Wanted(), None, 1).rows
    recording.retire(expendable.graph, ann, codings[1], why="a slip")
    for named in (codings[0], HALLOWDYKE, "nothing", foreign["id"], codings[1]):
        for doing in ("edit", "retire"):
            seen = page(expendable, "evidence", programme="Practice", coding=named, do=doing)
            assert "No such coding can be changed here." in seen.text("stranger")
            assert not [b for b in seen.app.button if b.label in ("Save", "Retire it")]
            assert seen.goes("grid")
    seen = page(expendable, "evidence", programme="Practice", coding=codings[2], do="edit")
    assert [b for b in seen.app.button if b.label == "Save"]


def test_a_page_on_which_nothing_is_left_leads_back_to_the_first(
    page: Open, expendable: Casebook, codings: list[str]
) -> None:
    gone: list[dict[str, str]] = [
        {"by": "role", "after": "9999"},
        {"after": "50"},
        {"after": "supports 99999999"},
    ]
    for query in gone:
        seen = page(expendable, "evidence", programme="Practice", source=codings[0], **query)
        assert "Nothing is left on this page." in seen.text("left")
        assert "No coding matches" not in seen.text()
        seen.app.button(key="first").click()
        assert seen.run().goes("grid")
        assert "after" not in seen.app.query_params


def test_both_tables_can_be_saved(page: Open, expendable: Casebook) -> None:
    seen = page(expendable, "evidence", programme="Practice")
    assert [b.proto.label for b in seen.app.get("download_button")] == ["CSV", "XLSX"]


def test_rows_stand_in_groups_with_their_counts_and_the_address_says_so(
    page: Open, expendable: Casebook
) -> None:
    seen = page(expendable, "evidence", programme="Practice")
    seen.app.selectbox(key="filter_by").set_value("project")
    seen.run()
    first = seen.text("grid")
    assert seen.app.query_params["by"] == "project"
    assert " codings " in first

    seen.app.button(key="next").click()
    seen.run()
    assert seen.app.query_params["after"] == "50"
    assert seen.text("grid") != first
    again = page(expendable, "evidence", programme="Practice", by="project", after="50")
    assert again.text("grid") == seen.text("grid")


def test_a_row_is_edited_among_groups(page: Open, expendable: Casebook, codings: list[str]) -> None:
    seen = page(expendable, "evidence", programme="Practice", source=codings[0], by="relevance")
    assert "not rated · 3 codings" in " ".join(seen.text("grid").split())
    coding = next(go for go in seen.goes("grid") if go.startswith("edit?")).partition("?")[2]
    seen.click("grid", f"edit?{coding}")
    put(seen, coding, relevance="high")
    submit(seen, "Save")

    assert "relevance high · 1 coding" in " ".join(seen.text("grid").split())
    assert "not rated · 2 codings" in " ".join(seen.text("grid_below").split())


def test_a_head_sorts_by_its_column_and_takes_the_order_back(demo: Casebook, page: Open) -> None:
    seen = page(demo, "evidence", programme="Practice", stance="supports")
    seen.click("grid", "sort?project")

    assert seen.app.query_params["by"] == "project"
    assert seen.app.query_params["stance"] == "supports"
    names = [
        row["name"]
        for row in read(demo.graph, "case/projects", demo.actor("ann"), programme_id=PRACTICE)
    ]
    assert min(names) in seen.text("grid")
    assert "sort?date" in seen.goes("grid")

    seen.click("grid", "sort?")

    assert "by" not in seen.app.query_params
