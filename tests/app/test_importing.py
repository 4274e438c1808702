"""Files dropped on Sources: a plan, who speaks, and all of it stored or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cmo.domain.case import Programme, Project
from cmo.domain.vocabulary import Role
from cmo.graph.address import Folder
from cmo.graph.graph import Graph
from cmo.graph.local import stop
from cmo.services import importing, recording
from cmo.services.actor import Actor
from cmo.services.acts import Done
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import get_record, read
from cmo.services.users import add_user
from cmo.services.writing import commit
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


def drop_instead(seen: Page, *files: tuple[str, bytes]) -> Page:
    """Other files on the form that is open."""
    turn = seen.app.session_state["import-turn"]
    seen.app.file_uploader(key=f"import-files-{turn}").set_value(
        [(name, data, "text/plain") for name, data in files]
    )
    return seen.run()


def talk(number: int) -> tuple[str, bytes]:
    """An interview whose speakers are somebody else in each file."""
    words = f"Speaker 1: I am {number}.\nSpeaker 2: So?\nSpeaker 1: Yes.\nSpeaker 2: Well.\n"
    return f"talk {number}.txt", words.encode()


def asked(seen: Page) -> list[str]:
    """The titles of the fields that ask who speaks."""
    return [f.label for f in seen.app.text_input if (f.key or "").startswith("import-who")]


def test_who_was_named_in_a_file_that_is_taken_away_again_hinders_no_other(
    page: Opened, harbour: Casebook
) -> None:
    seen = dropped(page, harbour, ("Mara.txt", MARA), talk(1))
    seen.app.text_input(key="import-who-None-Mara").set_value("Marigold")
    press(seen, "Say so in the plan")

    drop_instead(seen, talk(1))

    assert "1 new" in seen.text("import-plan")
    press(seen, "Import 1 file")
    assert titles(harbour) == ["talk 1"]


def test_who_speaks_can_be_said_anew_with_what_was_said_in_the_fields(
    page: Opened, harbour: Casebook
) -> None:
    seen = dropped(page, harbour, talk(1))
    for label in ("Speaker 1", "Speaker 2"):
        seen.app.text_input(key=f"import-whose-{label}-talk 1.txt").set_value("Rose")
    press(seen, "Say so in the plan")
    assert "Rose would speak in it under two labels" in seen.text("import-plan")
    assert asked(seen) == []

    press(seen, "Say anew who speaks")

    (first, second) = (f for f in seen.app.text_input if (f.key or "").startswith("import-who"))
    assert (first.value, second.value) == ("Rose", "Rose")
    second.set_value("Sage")
    press(seen, "Import 1 file")
    assert titles(harbour) == ["talk 1"]
    assert "Sage" in seen.text("sources")


def test_of_many_speakers_some_are_asked_for_at_a_time_and_all_in_turn(
    page: Opened, harbour: Casebook
) -> None:
    seen = dropped(page, harbour, *(talk(number) for number in range(20)))
    first = asked(seen)
    assert len(first) == 30
    assert "then asks for the other 10" in seen.text("import-who")

    seen.app.text_input(key="import-whose-Speaker 1-talk 0.txt").set_value("Sage")
    press(seen, "Say so in the plan")
    second = asked(seen)
    press(seen, "Say so in the plan")

    assert len(set(first) | set(second)) == 40, "those that were left empty come after the others"
    assert len(asked(seen)) == 30, "and are asked for again"
    assert "then asks for the other 9" in seen.text("import-who")


def test_no_name_of_a_file_or_of_a_speaker_is_taken_for_anything_else(
    page: Opened, harbour: Casebook
) -> None:
    names = [
        *("a/b/c.txt", "..\\..\\x.txt", "\u202egnp.exe\u202c.txt", "\u202etxt.never closed.txt"),
        *("x" * 900 + ".txt", "<b>&amp;.txt", "None-a.txt", " .txt", "UPPER.TXT"),
        *("line\nfeed.txt", "👩‍🚒.txt", "$x$ {0} **b** :smile: ![x](http:__x_y.png).txt"),
    ]
    files = [(name, talk(number)[1]) for number, name in enumerate(names)]
    pairs = b"a.txt-Speaker 1: well\n*Bo* $x$: x\na.txt-Speaker 1: y\n*Bo* $x$: z\n"
    seen = dropped(page, harbour, *files, ("pairs.txt", pairs), ("empty.txt", b""), talk(99))

    counted = seen.text("import-plan").partition(" File ")[0]
    assert counted == f"{len(files) + 2} new, 1 refused"
    assert {"Speaker 1 in None-a.txt", r"\*Bo\* \$x\$"} <= {*asked(seen)}
    press(seen, f"Import {len(files) + 2} files")
    assert len(titles(harbour)) == len(files) + 2


def test_what_was_stored_before_it_could_be_stopped_is_told_with_its_undo(
    page: Opened, harbour: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped_when_stored(*given: Any) -> Done:
        done = commit(*given)
        context = get_script_run_ctx()
        assert context
        assert context.script_requests
        context.script_requests.request_stop()  # as a click does: the run ends at its next word
        return done

    seen = dropped(page, harbour, ("b.md", b"# Notes\n\nOne."))
    monkeypatch.setattr("cmo.services.importing.commit", stopped_when_stored)
    press(seen, "Import 1 file")
    seen.app.session_state["_stopped"] = "import-store"
    seen.run()

    assert titles(harbour) == ["b"]
    assert "Imported 1 file, before it could be stopped." in seen.text("done")
    assert "import-plan" not in seen.trees
    seen.app.button(key="undo").click()
    seen.run()
    assert titles(harbour) == []


@pytest.mark.parametrize("part", ["records", "what joins them", "the rules", "the books"])
def test_an_import_that_is_stopped_stores_nothing_and_the_plan_is_still_there(
    page: Opened, harbour: Casebook, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def stopped_at(words: str) -> None:
        if part in words:
            context = get_script_run_ctx()
            assert context
            assert context.script_requests
            context.script_requests.request_stop()
        st.status("Storing …")

    def wrapped(graph: Graph, who: Actor, plan: importing.Look, _: Any) -> importing.Imported:
        return importing.import_sources(graph, who, plan, stopped_at)

    seen = dropped(page, harbour, ("b.md", b"# Notes\n\nOne."))
    monkeypatch.setattr("components.importing.import_sources", wrapped)
    press(seen, "Import 1 file")
    opened = [one for one in seen.app.status if one.proto.expanded]
    assert "Cancel" in [b.label for one in opened for b in one.button], "it is in sight"
    seen.app.session_state["_stopped"] = "import-store"
    seen.run()

    assert titles(harbour) == []
    assert "1 new" in seen.text("import-plan")
    assert "stopped before anything was stored" in seen.text()
    monkeypatch.undo()
    monkeypatch.setenv("CMO_CASEBOOK", str(harbour.place))
    monkeypatch.setenv("CMO_USER", "ann")
    press(seen, "Import 1 file")
    assert titles(harbour) == ["b"]


def test_an_engine_that_goes_away_between_plan_and_import_or_while_it_stores_costs_nothing(
    page: Opened, harbour: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = harbour.graph.place
    assert isinstance(place, Folder)
    seen = dropped(page, harbour, ("a.txt", MARA))
    stop(place.path)
    press(seen, "Import 1 file")
    assert titles(harbour) == ["a"]

    lost: list[str] = []

    def lose(graph: Graph, who: Actor, plan: importing.Look, told: Any) -> importing.Imported:
        def between(words: str) -> None:
            told(words)
            if "the rules" in words and not lost:
                lost.append(words)
                stop(place.path)

        return importing.import_sources(graph, who, plan, between)

    seen = dropped(page, harbour, ("b.md", b"# Notes\n\nOne."))
    monkeypatch.setattr("components.importing.import_sources", lose)
    press(seen, "Import 1 file")
    assert lost
    assert sorted(titles(harbour)) == ["a", "b"], "it is stored once, on the engine that came back"
    assert "Imported 1 file." in seen.text("done")
