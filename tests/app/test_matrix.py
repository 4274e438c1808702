"""The framework matrix: its three kinds, a cell that opens, and writing what sums it up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1.element_tree import Block

from cmo.domain.vocabulary import Role
from cmo.services.casebook import Casebook
from cmo.services.naming import find_record
from cmo.services.seeding import seed_id
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configurations import submit

Open = Callable[..., Page]
KEPT = "The words are kept from your role."
PRACTICE = seed_id("practice", "programme/wexmere")


def theme_of(casebook: Casebook, name: str) -> str:
    found = find_record(casebook.graph, casebook.actor("ann"), name, "Theme")
    return str(found["id"])


def silent_cell(casebook: Casebook, project: str) -> dict[str, str]:
    """The address of a cell of Practice's first theme."""
    return {
        "programme": "Practice",
        "cell": f"{theme_of(casebook, 'Keeping people coming')}~{project}",
    }


def of_class(tree: Any, name: str) -> Iterator[Any]:
    """The elements of a drawn tree that have this class."""
    if isinstance(tree, str):
        return
    if name in tree[1].get("class", "").split():
        yield tree
    for child in tree[2]:
        yield from of_class(child, name)


def words(tree: Any) -> Iterator[str]:
    """The words of a drawn tree."""
    if isinstance(tree, str):
        yield tree
    else:
        for child in tree[2]:
            yield from words(child)


def test_a_sentence_stands_before_the_passages_and_silence_says_whether_it_was_asked(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "matrix", programme="HIPP").text("matrix")

    row = said[said.index("Shared strategic vision") : said.index("Leadership and management")]
    assert row.index("Strategists valued the general aim, but few") < row.index(
        "A vision in common"
    )
    assert "3 passages" in row
    hints = page(demo, "matrix", programme="HIPP").said("matrix")
    assert "Shared strategic vision, Northumberland: silent; not asked" in hints
    asked = page(demo, "matrix", programme="Practice").said("matrix")
    assert "Keeping people coming, Brackenholt: silent, though asked" in asked


def test_six_projects_stand_on_a_page_and_the_others_are_a_click_away(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "matrix", programme="Practice", of="factor")
    assert "1 to 6 of 13 columns." in shown.text("matrix")
    (more,) = (go for go in shown.goes("matrix") if "column=6" in go)

    shown.click("matrix", more)

    assert "7 to 12 of 13 columns." in shown.text("matrix")
    assert "Lorrimoss" in shown.text("matrix")


def test_a_project_that_seldom_speaks_has_a_narrower_column(page: Open, demo: Casebook) -> None:
    shown = page(demo, "matrix", programme="HIPP")
    seldom = [" ".join(words(head)) for head in of_class(shown.trees["matrix"], "seldom")]

    assert {"Northumberland", "Tameside and Glossop"} <= set(seldom)
    assert not {"Nottingham", "Sandwell", "HIPP as a whole"} & set(seldom)


def test_a_theme_that_only_the_programme_as_a_whole_speaks_of_stands_apart_and_leads_to_projects(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "matrix", programme="HIPP")
    said = shown.text("matrix")
    beneath = said.index("Said of HIPP as a whole only")
    assert said.index("The five demonstration projects") < beneath < said.index("Introduction by")
    assert not [hint for hint in shown.said("matrix") if hint.startswith("Introduction, Sandwell")]

    shown.click("matrix", next(go for go in shown.goes("matrix") if "rows=" in go))

    assert "Said of HIPP as a whole only" not in shown.text("matrix")
    assert "Introduction, Sandwell: silent; not asked" in shown.said("matrix")


def test_an_open_cell_of_a_silent_project_keeps_its_row_among_the_others(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "matrix", programme="HIPP")
    go = next(go for go in shown.goes("matrix") if "rows=" in go)
    theme = parse_qs(go.partition("?")[2])["rows"][0]
    shown = page(demo, "matrix", programme="HIPP", cell=f"{theme}~P-3")

    said = shown.text("matrix")
    assert "Introduction, Sandwell: silent; not asked" in shown.said("matrix")
    assert said.index("Introduction") < said.index("Said of HIPP as a whole only")


def test_roles_stand_against_theories_with_contradictions_first(page: Open, demo: Casebook) -> None:
    shown = page(demo, "matrix", programme="Practice", of="role")

    labels = [said for said in shown.said("matrix") if said.startswith("general practice, Doctors")]
    assert labels[0].endswith(": 1 voice against, 4 voices for, 7 passages; open")
    assert "Role not named" in shown.text("matrix")


def test_a_cell_opens_to_all_of_its_passages_and_each_to_its_text(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "matrix", programme="Practice", of="role")
    (go,) = (go for go in shown.goes("matrix") if "cell=general+practice~T-3" in go)

    shown.click("matrix", go)

    said = shown.text("opened")
    assert "general practice" in said
    assert "1 voice against in 1 project, 4 voices for in 4 projects" in said
    assert sum(go.startswith("source?id=") for go in shown.goes("opened")) == 7
    close = [go for go in shown.goes("opened") if go.startswith("matrix?") and "cell" not in go]
    shown.click("opened", close[0])
    assert "opened" not in shown.trees


def test_the_matrix_is_narrowed_by_the_address(page: Open, demo: Casebook) -> None:
    shown = page(demo, "matrix", programme="HIPP", columns="P-3~P-99")

    assert "Sandwell" in shown.text("matrix")
    assert "Nottingham" not in shown.text("matrix").partition("Shared")[0]
    assert shown.app.multiselect(key="matrix_columns").value == ["P-3"]


def test_a_summary_is_written_from_a_cell_stands_first_and_is_taken_back(
    page: Open, expendable: Casebook
) -> None:
    shown = page(
        expendable, "matrix", programme="Practice", of="factor", cell="F-2~P-1", do="summary"
    )
    offered = shown.app.multiselect(key="summary-rests_on")
    assert len(offered.options) == 1
    shown.app.text_area(key="summary-statement").set_value("The house was trusted <b>first</b>.")
    offered.select(offered.options[0])
    submit(shown, "Record it")

    said = shown.text("opened")
    assert "The house was trusted <b>first</b>. °" in said
    assert "rests on 1 passage" in said
    assert "The house was trusted" in shown.text("matrix")

    shown.app.button(key="undo").click()
    shown.run()
    assert "The house was trusted" not in shown.text()


def test_a_summary_without_words_is_refused_and_the_form_stays(
    page: Open, expendable: Casebook
) -> None:
    shown = page(expendable, "matrix", **silent_cell(expendable, "P-1"), do="summary")
    submit(shown, "Record it")

    assert "statement" in shown.text()
    assert shown.app.text_area(key="summary-statement").value == ""


def test_who_may_not_record_is_offered_no_form_and_no_words(
    page: Open, expendable: Casebook
) -> None:
    role = [(Role.PROGRAMME_LEAD, PRACTICE)]
    add_user(expendable.graph, expendable.actor("ann"), "leo", roles=role)

    asked = {"programme": "Practice", "of": "role", "cell": "general practice~T-3", "do": "summary"}
    whole = page(expendable, "matrix", **asked)
    assert whole.app.text_area
    assert KEPT not in whole.text("opened")
    shown = page(expendable, "matrix", user="leo", **asked)

    assert not [b for b in shown.app.button if b.key == "new_summary"]
    assert not shown.app.text_area
    assert shown.text("opened").count(KEPT) > 0


def test_what_the_address_names_and_is_not_there_is_passed_over(page: Open, demo: Casebook) -> None:
    shown = page(
        demo, "matrix", programme="HIPP", of="mood", cell="nothing~P-1", row="900", column="77",
        rows="~~",
    )  # fmt: skip

    assert "Theme" in shown.text("matrix")
    assert "opened" not in shown.trees


def test_it_is_saved_for_a_spreadsheet_for_word_and_as_csv(page: Open, demo: Casebook) -> None:
    shown = page(demo, "matrix", programme="HIPP")

    buttons = shown.app.get("download_button")
    names = [button.proto.label for button in buttons if not isinstance(button, Block)]
    assert names == ["Save as XLSX", "Save as DOCX", "Save as CSV"]
