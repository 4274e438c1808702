"""What an import would do with each file, and who is said to speak in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from cmo.domain.anchoring import Tier, find_again
from cmo.domain.spans import Span, span_at
from cmo.errors import InvalidInput, NotFound
from cmo.exchange.documents import plan as planning
from cmo.exchange.documents.document import Document, unreadable
from cmo.exchange.documents.files import find_files
from cmo.exchange.documents.plan import (
    Held,
    Known,
    Person,
    Planned,
    Speaking,
    Standing,
    checksum,
    plan,
)
from cmo.exchange.documents.pseudonyms import Table
from cmo.exchange.documents.readers import File, Outcome, read_files
from cmo.services.import_words import notes
from cmo.services.importing import Look, Wanted
from cmo.services.texts import asks

TALK = "Interviewer: How was it?\nIris: So it goes.\nParticipant: Yes.\nIris: No."
IRIS, ROSA = Person("i-1", "Iris"), Person("i-2", "Rosa")
GONE = Person("i-3", "Fergus", withdrawn=True)


def held(name: str, text: str, code: str = "S-1", place: str = "here") -> Held:
    return Held(f"id-{code}", code, name, place, name, checksum(text))


def planned(
    files: dict[str, str],
    *known: Held,
    speaking: Speaking | None = None,
    table: Table | None = None,
) -> list[Planned]:
    given = [File(name) for name in files]
    outcomes = [Document(text) for text in files.values()]
    return list(plan(given, outcomes, known, "here", speaking or Speaking(asks=asks), table))


def test_a_file_is_new_the_same_or_changed() -> None:
    one, two, three, four = planned(
        {"new.txt": "a", "other name.txt": "b", "notes.txt": "c", "moved.txt": "d"},
        held("same.txt", "b", "S-1"),
        held("notes.txt", "before", "S-2"),
        held("moved.txt", "before", "S-3", place="elsewhere"),
    )

    assert [o.standing for o in (one, two, three, four)] == ["new", "same", "changed", "new"]
    assert [two.held and two.held.code, three.held and three.held.code] == ["S-1", "S-2"]
    assert (one.title, one.name) == ("new", "new.txt")


def test_a_file_of_which_two_sources_have_the_name_is_new() -> None:
    (one,) = planned({"a.txt": "c"}, held("a.txt", "a", "S-1"), held("a.txt", "b", "S-2"))

    assert one.standing is Standing.NEW


@pytest.mark.parametrize("turned", [False, True])
def test_a_file_is_no_version_of_a_source_whose_own_file_is_there_unchanged(turned: bool) -> None:
    files = [(File("notes.txt"), Document("a")), (File("notes.txt"), Document("b"))]
    files = files[::-1] if turned else files

    made = plan(
        [file for file, _ in files],
        [text for _, text in files],
        [held("notes.txt", "a")],
        "here",
        Speaking(),
    )

    (other,) = (one for one in made if one.text == "b")
    assert {one.standing for one in made} == {Standing.SAME, Standing.REFUSED}
    assert other.refusal is not None
    assert "another name" in other.refusal.next_step


def test_a_copy_of_the_earlier_text_under_another_name_hinders_no_new_version() -> None:
    copy, changed = planned({"before.txt": "a", "notes.txt": "b"}, held("notes.txt", "a"))

    assert (copy.standing, changed.standing) == (Standing.SAME, Standing.CHANGED)


def test_two_files_of_one_text_are_imported_once() -> None:
    first, second = planned({"a/one.txt": "so", "b/one.txt": "so"})

    assert (first.standing, second.standing) == (Standing.NEW, Standing.SAME)
    assert second.same_as == "a/one.txt"


def test_what_cannot_be_read_is_refused_and_the_rest_is_not() -> None:
    outcomes: list[Outcome] = [unreadable("It is damaged.", "Mend it."), Document("words")]

    bad, good = plan([File("a.pdf"), File("b.txt")], outcomes, [], "here", Speaking())

    assert (bad.standing, bad.refusal) == (Standing.REFUSED, outcomes[0])
    assert good.standing is Standing.NEW


def test_a_guess_of_the_encoding_is_shown_where_it_can_be_judged() -> None:
    text = "So it goes, year after year. " * 20 + "Then we had a café in the street. " * 20
    (one,) = plan([File("a.txt")], [Document(text, read_as="cp1252")], [], "here", Speaking())

    (said,) = notes(one, Look(Wanted("here"), "p", (one,), {}, frozenset()))

    assert "café" in said
    assert len(said) < 200


def test_names_are_replaced_in_file_names_too_and_then_must_differ() -> None:
    table = Table([("Anna", "Wren"), ("Bob", "Wren")])

    one, two = planned({"Anna.txt": "Anna: x", "Bob.txt": "Bob: y"}, table=table)

    assert (one.name, one.title, one.text) == ("Wren.txt", "Wren", "Wren: x")
    assert two.refusal is not None
    assert "same name" in two.refusal.wrong


def test_a_file_whose_name_is_no_text_is_refused() -> None:
    name = b"caf\xe9.txt".decode(errors="surrogateescape")

    (one,) = planned({name: TALK})

    assert one.refusal is not None
    assert "another name" in one.refusal.next_step


def test_nobody_is_taken_to_be_somebody_without_being_told() -> None:
    (one,) = planned({"a.txt": TALK})

    assert [(s.label, s.turns, s.known, s.pseudonym) for s in one.speakers] == [
        ("Interviewer", 1, Known.ASKS, None),
        ("Iris", 2, Known.OPEN, None),
        ("Participant", 1, Known.OPEN, None),
    ]


def test_who_speaks_is_said_for_all_files_or_for_one() -> None:
    speaking = Speaking(
        said={(None, "Iris"): "Iris", ("b.txt", "Iris"): "Rosa", (None, "Participant"): ""},
        people={"Iris": IRIS},
    )

    one, two = planned({"a.txt": TALK, "b.txt": TALK + "!"}, speaking=speaking)

    assert [(s.pseudonym, s.informant) for s in one.speakers] == [
        (None, None),
        ("Iris", "i-1"),
        (None, None),
    ]
    assert [(s.pseudonym, s.informant) for s in two.speakers][1] == ("Rosa", None)


def test_a_label_is_remembered_where_it_has_always_been_one_person() -> None:
    here = {
        "Iris": frozenset({IRIS}),
        "Participant": frozenset({ROSA}),
        "Interviewer": frozenset({IRIS, ROSA}),
    }

    (one,) = planned({"a.txt": TALK}, speaking=Speaking(in_place={"here": here}, asks=asks))

    assert [(s.known, s.pseudonym) for s in one.speakers] == [
        (Known.ASKS, None),
        (Known.REMEMBERED, "Iris"),
        (Known.OPEN, None),
    ]


def test_a_new_version_remembers_every_label_of_the_earlier_one() -> None:
    before = held("a.txt", "before")
    speaking = Speaking(in_source={before.id: {"Participant": ROSA}}, asks=asks)

    (one,) = planned({"a.txt": TALK}, before, speaking=speaking)

    assert one.standing is Standing.CHANGED
    assert one.speakers[2].informant == ROSA.id


def test_words_of_somebody_who_has_withdrawn_are_not_imported() -> None:
    said = Speaking(said={(None, "Iris"): "Fergus"}, people={"Fergus": GONE})
    here = Speaking(in_place={"here": {"Iris": frozenset({GONE})}})

    for speaking in (said, here):
        (one,) = planned({"a.txt": TALK}, speaking=speaking)
        assert one.refusal is not None
        assert "withdrawn" in one.refusal.wrong


def test_words_of_somebody_who_has_withdrawn_stay_left_out_of_a_new_version() -> None:
    before = held("a.txt", "before")
    speaking = Speaking(
        said={(None, "Iris"): "Rosa"},
        people={"Rosa": ROSA},
        in_source={before.id: {"Iris": GONE}},
    )

    (one,) = planned({"a.txt": TALK}, before, speaking=speaking)
    (lost,) = planned({"a.txt": "Somebody: So it goes."}, before, speaking=speaking)

    assert (one.standing, one.speakers[1].informant) == (Standing.CHANGED, GONE.id)
    assert lost.refusal is not None
    assert "withdrawn" in lost.refusal.wrong


def test_nobody_speaks_under_two_labels_of_one_file() -> None:
    said: dict[tuple[str | None, str], str] = {
        (None, "Iris"): "Iris",
        (None, "Participant"): "Iris",
    }

    (one,) = planned({"a.txt": TALK}, speaking=Speaking(said=said))

    assert one.refusal is not None
    assert "two labels" in one.refusal.wrong


def test_an_import_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "MOST_TEXT", 10)

    one, two, three = planned({"a.txt": "123456", "b.txt": "12345", "c.txt": "123456"})

    assert [o.standing for o in (one, two, three)] == ["new", "refused", "same"]
    assert isinstance(two.refusal, InvalidInput)
    assert "Import it next" in two.refusal.next_step


@pytest.mark.parametrize("text", ["彼" * 5_000_001, "a: b\n" * 900_000])
def test_a_text_that_no_message_to_the_engine_holds_is_refused(text: str) -> None:
    (one,) = planned({"a.txt": text})

    assert one.refusal is not None
    assert "Divide it" in one.refusal.next_step


def test_files_are_found_in_folders_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.md", ".hidden", "a/.git/x.txt", "~$b.docx", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")

    found = find_files([tmp_path / "b.txt", tmp_path])

    assert [file.name for file in found] == ["b.txt", "a/c.md", "a/z.txt"]
    with pytest.raises(NotFound, match=r"nothing\.txt"):
        find_files([tmp_path / "nothing.txt"])


def test_links_that_lead_in_circles_or_nowhere_are_refused_as_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("so", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "lost.txt").symlink_to("nothing.txt")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "back").symlink_to(tmp_path)

    found = find_files([tmp_path])

    assert [file.name for file in found] == ["a.txt", "loop.txt", "lost.txt"]
    assert [isinstance(one, Document) for one in read_files(found)] == [True, False, False]


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "noise.txt").symlink_to("/dev/urandom")

    outcomes = read_files(find_files([tmp_path]))

    assert ["no file" in one.wrong for one in outcomes if isinstance(one, InvalidInput)] == [
        True,
        True,
    ]


def test_a_folder_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    listed = os.scandir

    def scandir(path: str) -> Any:
        if Path(path).name == "shut":  # as for whoever may not: root may
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)

    with pytest.raises(NotFound, match="shut cannot be opened: Permission denied"):
        find_files([tmp_path])


QUOTE = "They came back because I knew them."


def passage(text: str) -> Span:
    start = text.index(QUOTE)
    found = span_at(text, start, start + len(QUOTE))
    assert found is not None
    return found


BEFORE = f"Interviewer: And then?\nIris: {QUOTE} So it goes, year after year.\nFergus: No."


@pytest.mark.parametrize(
    ("after", "tier"),
    [
        (BEFORE + "\nIris: And on.", Tier.EXACT_POSITION),
        ("A heading\n" + BEFORE, Tier.IN_CONTEXT),
        (f"Interviewer: And then?\nIris: {QUOTE} It went on.", Tier.IN_CONTEXT),
        (f"Other words: {QUOTE} So it goes, year after year.\nFergus: No.", Tier.IN_CONTEXT),
        (f"Somebody else: {QUOTE}", Tier.QUOTE_ALONE),
        (f"A: {QUOTE} B: {QUOTE}", None),
        (BEFORE.replace("knew", "know"), None),
    ],
)
def test_a_passage_is_found_again_as_surely_as_its_words_allow(
    after: str, tier: Tier | None
) -> None:
    found = find_again(after, passage(BEFORE))

    assert (found[1] if found else None) == tier
    if found:
        assert after[found[0].start : found[0].end] == QUOTE == found[0].quote


def test_among_repetitions_the_one_in_its_context_is_found() -> None:
    text = f"A: {QUOTE} So.\n" + BEFORE + f"\nB: {QUOTE} Well."

    found = find_again("More.\n" + text, passage(BEFORE))

    assert found is not None
    assert found[0].start == len("More.\n") + text.index(BEFORE) + BEFORE.index(QUOTE)


def test_a_speakers_label_is_no_context_that_makes_a_passage_the_same() -> None:
    before = "A: Yes.\nB: And was it ever dangerous?\nA: No."
    span = span_at(before, 3, 7)
    assert span is not None

    found = find_again("B: Do you like tea?\nA: Yes.\nB: Good.", span)

    assert found is not None
    assert found[1] is Tier.QUOTE_ALONE
