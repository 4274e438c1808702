"""History: who did what, how it was before, and taking back one's own."""

from __future__ import annotations

from collections.abc import Callable

from cmo.domain.vocabulary import Role
from cmo.services import users
from cmo.services.casebook import Casebook
from cmo.services.coding import Position, code_passage
from cmo.services.naming import find_record
from cmo.services.reading import get_record
from cmo.services.recording import edit
from cmo.services.texts import text_of
from tests.app.page import Page

Open = Callable[..., Page]


def edited(casebook: Casebook, name: str, reference: str, **changes: object) -> tuple[str, str]:
    """Edits a record as that user; returns the ids of the record and of the change."""
    graph, actor = casebook.graph, casebook.actor(name)
    record = find_record(graph, actor, reference)["id"]
    rev = get_record(graph, actor, record).rev
    return record, edit(graph, actor, record, rev, changes, why="because it was so").change


def test_what_was_loaded_in_one_go_is_one_line(page: Open, demo: Casebook) -> None:
    told = page(demo, "history").text("history")

    assert "ann: loaded with the program: practice , 851 changes in one go" in told
    assert told.count("loaded with the program") == 2
    assert "fiction" in told


def test_an_edit_stands_with_its_reason_before_and_after(page: Open, expendable: Casebook) -> None:
    record, _ = edited(expendable, "ann", "HIPP/P-2", area="Inner city")

    told = page(expendable, "history", record=record).text("history")

    assert "ann edited project P-2 Nottingham" in told
    assert "because it was so" in told
    assert "area Nottingham → Inner city" in told


def test_one_takes_back_ones_own_in_place(page: Open, expendable: Casebook) -> None:
    record, change = edited(expendable, "ann", "HIPP/P-4", area="Elsewhere")
    history = page(expendable, "history", record=record)

    history.click("history", f"undo?{change}")

    ann = expendable.actor("ann")
    assert get_record(expendable.graph, ann, record).fields["area"] != "Elsewhere"
    assert "Taken back" in history.text()
    assert f"undo?{change}" not in history.goes("history")


def test_what_was_changed_since_is_not_taken_back_and_the_reason_is_given(
    page: Open, expendable: Casebook
) -> None:
    record, change = edited(expendable, "ann", "HIPP/P-5", area="First")
    edited(expendable, "ann", "HIPP/P-5", area="Second")
    history = page(expendable, "history", record=record)

    history.click("history", f"undo?{change}")

    assert "has since changed area of that record" in history.text()
    ann = expendable.actor("ann")
    assert get_record(expendable.graph, ann, record).fields["area"] == "Second"


def test_what_somebody_else_did_cannot_be_taken_back(page: Open, expendable: Casebook) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    programme = find_record(graph, ann, "HIPP", "Programme")["id"]
    users.add_user(graph, ann, "bo", roles=[(Role.EVALUATOR, programme)])
    record, change = edited(expendable, "bo", "HIPP/P-6", area="By Bo")

    told = page(expendable, "history", record=record)

    assert "bo edited project P-6" in told.text("history")
    assert f"undo?{change}" not in told.goes("history")


def test_the_filter_by_person_leaves_out_the_others(page: Open, expendable: Casebook) -> None:
    edited(expendable, "ann", "HIPP/P-7", area="By Ann")

    told = page(expendable, "history", by="Hester Quill (fictional coder)")

    assert "Nothing has changed yet." in told.text()


def test_a_record_that_is_not_there_is_said_to_be_unknown(page: Open, demo: Casebook) -> None:
    said = page(demo, "history", record="X-99").text()
    assert "No record that you may see answers to X-99." in said


def test_a_new_passage_is_told_by_its_words_and_not_by_how_they_are_found_again(
    page: Open, expendable: Casebook
) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    source = find_record(graph, ann, "Practice/S-1")["id"]
    words = "The surgery had no room"
    start = str(text_of(graph, ann, source).text).index(words)
    done = code_passage(graph, ann, source, Position(start, start + len(words)), None)

    told = page(expendable, "history", record=done.id).text("history")

    assert "ann recorded coding still to place in Brackenholt and 1 more" in told
    assert {"quote", "start", "end", "source", "stance"} <= set(told.split())
    assert not {"anchor", "prefix", "suffix", "excerpt"} & set(told.split())


def test_what_a_passage_was_coded_to_is_called_by_its_ends(
    page: Open, expendable: Casebook
) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    source = find_record(graph, ann, "Practice/S-1")["id"]
    link = find_record(graph, ann, "Practice/L-2")["id"]
    done = code_passage(graph, ann, source, Position(0, 11), link)

    told = page(expendable, "history", record=done.id).text("history")

    assert "L-2 People feel known → People keep going to what they were linked to" in told
    assert "mechanism_outcome" not in told
