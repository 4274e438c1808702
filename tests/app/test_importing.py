"""Files dropped on Sources: a plan, who speaks, and all of it stored or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cmo.domain.case import Programme, Project
from cmo.domain.vocabulary import Role
from cmo.graph.address import Folder
from cmo.graph.local import stop
from cmo.services import recording
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import get_record, read
from cmo.services.users import add_user
from tests.app.page import Page, close_apps_casebooks

Opened = Callable[..., Page]
MARA = b"""Interviewer: How did it start?
Mara: We met every week.
Interviewer: And?
Mara: Yes.
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Casebook]:
    """A casebook of one programme with one project."""
    place = tmp_path / "casebook"
    with open_casebook(Folder(place)) as opened:
        ann = opened.actor("ann")
        home = recording.record(opened.graph, ann, Programme(name="Healthy Streets")).id
        recording.record(opened.graph, opened.actor("ann"), Project(name="Harbour", part_of=home))
        yield opened
    close_apps_casebooks()
    stop(place)


def dropped(page: Opened, casebook: Casebook, *files: tuple[str, bytes]) -> Page:
    """The form with these files dropped on it."""
    seen = page(casebook, "sources", do="import")
    seen.app.file_uploader(key="import-files-0").set_value(
        [(name, data, "text/plain") for name, data in files]
    )
    return seen.run()


def titles(casebook: Casebook) -> list[str]:
    (home,) = read(casebook.graph, "case/programmes", casebook.actor("ann"))
    rows = read(
        casebook.graph,
        "evidence/reading_list",
        casebook.actor("ann"),
        programme_id=home["id"],
        limit=50,
    )
    return [row["title"] for row in rows]


def press(page: Page, label: str) -> Page:
    (button,) = (b for b in page.app.button if b.label == label)
    button.click()
    return page.run()


def test_the_plan_comes_first_and_what_is_refused_is_named(page: Opened, harbour: Casebook) -> None:
    seen = dropped(page, harbour, ("Mara final.txt", MARA), ("broken.docx", b"no archive"))

    plan = seen.text("import-plan")
    assert "1 new, 1 refused" in plan
    assert "broken.docx refused" in plan
    assert "It is no .docx file" in plan
    assert "Mara (not said)" in plan
    assert titles(harbour) == []


def test_who_speaks_is_said_once_and_remembered(page: Opened, harbour: Casebook) -> None:
    seen = dropped(page, harbour, ("Mara final.txt", MARA))
    seen.app.text_input(key="import-who-None-Mara").set_value("Marigold")
    press(seen, "Say so in the plan")
    assert "Mara is Marigold (said now)" in seen.text("import-plan")

    press(seen, "Import 1 file")

    assert titles(harbour) == ["Mara final"]
    assert "Imported 1 file." in seen.text("done")
    assert "Marigold" in seen.text("sources")
    again = dropped(page, harbour, ("Mara again.txt", MARA + b"Mara: More.\r\n"))
    assert "Mara is Marigold (as before)" in again.text("import-plan")


def test_names_that_were_typed_are_taken_along_by_the_click_that_imports(
    page: Opened, harbour: Casebook
) -> None:
    seen = dropped(page, harbour, ("Mara final.txt", MARA))
    seen.app.text_input(key="import-who-None-Mara").set_value("Marigold")

    press(seen, "Import 1 file")

    assert titles(harbour) == ["Mara final"]
    assert "Marigold" in seen.text("sources")


def test_the_same_file_again_changes_nothing_and_says_so(page: Opened, harbour: Casebook) -> None:
    press(dropped(page, harbour, ("Mara final.txt", MARA)), "Import 1 file")

    again = dropped(page, harbour, ("Mara final.txt", MARA))

    assert "same as S-1" in again.text("import-plan")
    assert not [b for b in again.app.button if b.label.startswith("Import 1")]


def test_an_import_is_taken_back_in_place(page: Opened, harbour: Casebook) -> None:
    seen = press(
        dropped(page, harbour, ("a.txt", MARA), ("b.md", b"# Notes\n\nOne.")), "Import 2 files"
    )
    assert len(titles(harbour)) == 2

    seen.app.button(key="undo").click()
    seen.run()

    assert titles(harbour) == []


def test_names_are_replaced_by_a_table_that_is_not_kept(page: Opened, harbour: Casebook) -> None:
    seen = dropped(page, harbour, ("talk.txt", b"Iris Vance opened the door. Iris stayed."))
    seen.app.file_uploader(key="import-table-0").set_value(
        ("names.csv", b"name,pseudonym\nIris Vance,Rose\nIris,Rose\n", "text/csv")
    )
    seen.run()
    assert "2 names replaced" in seen.text("import-plan")

    press(seen, "Import 1 file")

    ann = harbour.actor("ann")
    (row,) = read(harbour.graph, "evidence/sources", ann)
    held = get_record(harbour.graph, ann, row["id"])
    assert held.fields["text"] == "Rose opened the door. Rose stayed."
    assert held.fields["title"] == "talk"


def test_whoever_may_not_record_sources_is_offered_nothing(page: Opened, harbour: Casebook) -> None:
    ann = harbour.actor("ann")
    (home,) = read(harbour.graph, "case/programmes", ann)
    add_user(harbour.graph, ann, "lead", roles=[(Role.PROGRAMME_LEAD, home["id"])])

    seen = page(harbour, "sources", user="lead", do="import")

    assert "Sources" in seen.text("mast")
    assert not [b for b in seen.app.button if b.label == "Import files"]
    assert not seen.app.file_uploader
