"""The list of sources, and the grid of evidence."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.evidence_table import COLUMNS, every_row
from cmo.services.reading import read
from cmo.services.seeding import seed_id
from tests.app.page import Page

PRACTICE = seed_id("practice", "programme/wexmere")
ROSA = seed_id("practice", "source/brackenholt-1")
Opened = Callable[..., Page]


def rows_of(page: Page, key: str) -> int:
    return len([go for go in page.goes(key) if go.startswith("source?")])


def test_every_source_is_listed_with_its_counts(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "sources", programme="Practice")

    assert rows_of(seen, "sources") == 24
    assert "24 sources" in seen.text("mast")
    assert "Rosa, link worker" in seen.text("sources")
    assert "withdrawn" in seen.text("sources")
    assert "Fergus" not in seen.text("sources").replace("and Fergus, former client", "")


def test_filters_of_sources_stand_in_the_address(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "sources", programme="Practice", wave="baseline")
    baseline = rows_of(seen, "sources")
    assert 0 < baseline < 24

    seen.app.pills(key="filter_kind").select("document")
    seen.run()

    assert "No source matches." in seen.text()
    assert seen.app.query_params["kind"] == "document"


def test_the_paper_is_told_as_not_held(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "sources", programme="HIPP")

    assert "1 source" in seen.text("mast")
    assert "text not held" in seen.text("sources")
    assert "mentions" in seen.text("sources")


def test_a_source_without_a_title_is_refused_and_its_text_stays(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "sources", programme="Practice")
    seen.app.text_area(key="source_text").input("Q: Well?")
    seen.app.button(key="source_record").click()
    seen.run()

    assert "Source: title is empty." in seen.text()
    assert seen.app.text_area(key="source_text").value == "Q: Well?"


def test_a_source_is_recorded_with_its_turns_and_opened(page: Opened, expendable: Casebook) -> None:
    seen = page(expendable, "sources", programme="Practice")
    seen.app.text_input(key="source_title").input("Pasted talk")
    seen.app.text_area(key="source_text").input("Q: Well?\nA: Yes 😀 indeed.")
    seen.app.button(key="source_record").click()
    seen.run()
    graph, ann = expendable.graph, expendable.actor("ann")
    (made,) = [s for s in read(graph, "evidence/sources", ann) if s["title"] == "Pasted talk"]
    recording.retire(graph, ann, made["id"], why="only a test")

    assert made["text_held"]
    assert "Pasted talk" in seen.text("mast")
    assert "0 of 1 answers coded" in seen.text("mast")


def test_the_grid_puts_what_speaks_against_first(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "evidence", programme="Practice")
    marks = [said for said in seen.said("grid") if said in ("refutes", "supports")]

    assert rows_of(seen, "grid") == 50
    assert marks[0] == "refutes"
    assert "supports" not in marks[: marks.count("refutes")]


def test_the_grid_turns_its_pages_by_key(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "evidence", programme="Practice", stance="supports")
    first = seen.goes("grid")
    seen.app.button(key="next").click()
    seen.run()
    second = seen.goes("grid")

    assert not {go for go in first if "coding=" in go} & {go for go in second if "coding=" in go}
    assert seen.app.query_params["after"].startswith("supports ")


def test_a_filter_that_nothing_matches_says_to_clear_it(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "evidence", programme="Practice", wave="interim")

    assert "No coding matches. Clear a filter." in seen.text("none")


def test_the_grid_of_one_source_says_so_and_holds_its_codings(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "evidence", source=ROSA, programme="Practice")

    assert "In S-1" in seen.text("said_source")
    assert rows_of(seen, "grid") == 16


def test_paraphrases_are_told_as_such(page: Opened, demo: Casebook) -> None:
    assert "paraphrase, section" in page(demo, "evidence", programme="HIPP").text("grid")


def test_every_page_of_the_grid_together_is_the_whole_and_what_is_counted(demo: Casebook) -> None:
    graph, ann = demo.graph, demo.actor("ann")
    whole = list(every_row(graph, ann, PRACTICE, Wanted(), ()))
    ids, after = [], None
    while True:
        page = passages(graph, ann, PRACTICE, Wanted(), after, 37)
        ids += [row["id"] for row in page.rows]
        after = page.after
        if after is None:
            break

    assert [row[COLUMNS.index("coding_id")] for row in whole] == ids
    assert len(set(ids)) == len(ids)
    assert len(whole[0]) == len(COLUMNS)


def test_the_count_of_codings_is_the_rows_that_it_opens(page: Opened, demo: Casebook) -> None:
    rows = list(every_row(demo.graph, demo.actor("ann"), PRACTICE, Wanted(), ()))

    assert f"{len(rows)} codings" in page(demo, "evidence", programme="Practice").text("mast")


def test_an_empty_casebook_says_how_to_begin(page: Opened, nothing: Casebook) -> None:
    for name in ("sources", "evidence", "source"):
        assert page(nothing, name).app is not None
