"""Importing files as sources: all or nothing, the same twice is nothing, a changed file is a new
version to which codings are carried."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmo.domain.evidence import Assessment, Excerpt, Source
from cmo.domain.fields import Tie
from cmo.domain.spans import find_quote, quote_at, read_text
from cmo.domain.vocabulary import Anchor, AssessmentValue, SourceKind, Wave
from cmo.errors import InvalidInput, NotAllowed, Refused
from cmo.exchange.documents.pseudonyms import Table
from cmo.services import importing, recording
from cmo.services.actor import Actor
from cmo.services.checking import check
from cmo.services.history import history
from cmo.services.importing import File, Imported, Look, Wanted
from cmo.services.reading import get_record, read
from cmo.services.refining import affirm, waiting
from cmo.services.texts import text_of
from cmo.services.undoing import undo
from cmo.services.withdrawal import withdraw
from tests.fixtures.hostile import HOSTILE
from tests.graph.at_once import at_once
from tests.graph.fieldwork import Fieldwork

KNEW = "They came back because I knew them."
GOES = "So it goes, year after year, on this street of ours."
TALK = (
    "Interviewer: How was it?\nIris: " + KNEW + " And more.\nFergus: Nobody came back to me.\n"
    "Iris: " + GOES + "\nInterviewer: Thank you.\n"
)
IRIS = {(None, "Iris"): "Iris"}


class Desk:
    """Somebody who imports into one project."""

    def __init__(self, field: Fieldwork, project: str, actor: Actor | None = None) -> None:
        self.field, self.project = field, project
        self.graph, self.actor = field.graph, actor or field.actor

    def look(self, files: dict[str, str], **wanted: Any) -> Look:
        given = [File(name, None, text.encode()) for name, text in files.items()]
        asked = Wanted(**({"place": self.project} | wanted))
        return importing.look(self.graph, self.actor, given, asked)

    def take_in(self, files: dict[str, str], **wanted: Any) -> Imported:
        return importing.import_sources(self.graph, self.actor, self.look(files, **wanted))

    def one(self, name: str, text: str, **wanted: Any) -> str:
        """Imports a file and answers with the source's id."""
        ((_, source, _),) = self.take_in({name: text}, **wanted).sources
        return source

    def fields(self, record: str) -> dict[str, Any]:
        return get_record(self.graph, self.actor, record).fields

    def code(self, source: str, quote: str, target: str | None, **more: Any) -> str:
        """A coding of those words, in the source's own text."""
        span = find_quote(self.fields(source)["text"], quote)
        assert span is not None
        excerpt = Excerpt(source=source, anchor=Anchor.EXACT, start=span.start, end=span.end)
        return self.field.code(self.field.add(excerpt), target, **more)

    def sources(self) -> list[str]:
        rows = read(self.graph, "evidence/sources", self.actor)
        return [f"{row['code']} {row['title']}" for row in rows]

    def counted(self, coding: str) -> bool:
        (row,) = self.graph.read(lambda tx: tx.run("evidence/countable", ids=[coding]))
        assert row["counts"] == row["counted"]
        return bool(row["counted"])

    def carried(self, coding: str) -> str | None:
        """The coding of a new version that was carried from this one."""
        rows = read(self.graph, "evidence/codings", self.actor)
        ids = [row["id"] for row in rows]
        found = [i for i in ids if self.fields(i)["carried_from"] == coding]
        return found[0] if found else None

    def well(self) -> bool:
        return check(self.graph, self.actor) == []


@pytest.fixture(name="desk")
def _desk(field: Fieldwork, project: str) -> Desk:
    return Desk(field, project)


def test_a_file_becomes_a_source_with_its_structure(desk: Desk) -> None:
    text = "# Talk\r\n\r\n" + TALK.replace("\n", "\r\n")

    source = desk.one("talks/one.md", text, wave=Wave.FINAL, said=IRIS)

    held = desk.fields(source)
    assert held["text"] == read_text(text)
    assert (held["title"], held["file_name"], held["kind"]) == ("one", "talks/one.md", "interview")
    assert (held["collected_in"], held["wave"]) == (desk.project, "final")
    assert held["turn_speakers"] == ("Interviewer", "Iris", "Fergus", "Iris", "Interviewer")
    assert (held["heading_starts"], held["heading_ranks"]) == ((0,), (1,))
    (row,) = read(desk.graph, "evidence/informants", desk.actor)
    assert (row["pseudonym"], row["sources"][0]["label"]) == ("Iris", "Iris")
    coding = desk.code(source, KNEW, None)
    assert desk.fields(desk.fields(coding)["excerpt"])["spoken_by"] == (row["id"],)
    assert desk.well()


def test_looking_writes_nothing(desk: Desk) -> None:
    before = history(desk.graph, desk.actor, limit=100)

    seen = desk.look({"a.txt": TALK}, said=IRIS)

    assert [one.standing for one in seen.files] == ["new"]
    assert history(desk.graph, desk.actor, limit=100) == before
    assert desk.sources() == []


class Stopped(BaseException):
    """As what ends a run of the page: no error that anybody catches."""


def test_an_import_that_is_stopped_at_any_step_leaves_nothing_and_can_be_made_again(
    desk: Desk,
) -> None:
    seen = desk.look({"a.txt": TALK, "b.txt": "Words of another kind."}, said=IRIS)
    before = history(desk.graph, desk.actor, limit=100)
    steps: list[str] = []

    for number in range(99):
        told: list[str] = []

        def stop(words: str, told: list[str] = told, number: int = number) -> None:
            told.append(words)
            if len(told) > number:
                raise Stopped

        try:
            importing.import_sources(desk.graph, desk.actor, seen, stop)
        except Stopped:
            assert history(desk.graph, desk.actor, limit=100) == before
            assert desk.sources() == []
        else:
            steps = told
            break

    assert steps[-1] == "Storing 2 sources: the books …"
    assert len(set(steps)) == 4
    assert desk.sources() == ["S-1 a", "S-2 b"]
    assert desk.well()


def test_the_same_files_twice_change_nothing(desk: Desk) -> None:
    files = {"a.txt": TALK, "b.txt": "Words of another kind."}
    desk.take_in(files, said=IRIS)
    before = history(desk.graph, desk.actor, limit=100)

    again = desk.take_in(files, said=IRIS)

    assert again == Imported()
    assert history(desk.graph, desk.actor, limit=100) == before


def test_an_import_is_one_change_and_is_taken_back_whole(desk: Desk) -> None:
    before = len(history(desk.graph, desk.actor, limit=100))
    done = desk.take_in({"a.txt": TALK, "b.txt": "Words."}, said=IRIS)
    assert len(history(desk.graph, desk.actor, limit=100)) == before + 1

    undo(desk.graph, desk.actor)

    assert desk.sources() == []
    assert read(desk.graph, "evidence/informants", desk.actor) == []
    assert len(done.sources) == 2
    assert [one.standing for one in desk.look({"a.txt": TALK}).files] == ["new"]
    assert desk.well()


def test_a_speaker_who_was_said_once_is_remembered_there_and_nowhere_else(
    desk: Desk, field: Fieldwork
) -> None:
    desk.one("a.txt", TALK, said=IRIS)

    (again,) = desk.look({"b.txt": TALK + "More."}).files
    elsewhere = Desk(field, field.project("Elsewhere"))
    (there,) = elsewhere.look({"b.txt": TALK + "More."}).files

    assert [s.pseudonym for s in again.speakers] == [None, "Iris", None]
    assert [s.pseudonym for s in there.speakers] == [None, None, None]
    desk.one("b.txt", TALK + "More.")
    (iris,) = read(desk.graph, "evidence/informants", desk.actor)
    assert [s["title"] for s in iris["sources"]] == ["a", "b"]


def test_a_speaker_whom_no_file_has_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="Nobody speaks as Irys") as refused:
        desk.look({"a.txt": TALK}, said={(None, "Irys"): "Iris"})

    assert "Iris" in refused.value.next_step


def test_names_never_reach_the_casebook(desk: Desk) -> None:
    table = Table([("Iris", "Wren"), ("Fergus", "Rook")])

    source = desk.one("Iris 1.txt", TALK, table=table, said={(None, "Wren"): "Wren"})

    held = desk.fields(source)
    everything = desk.graph.read(lambda tx: tx.run("record/get", ids=[source]))
    assert held["title"] == "Wren 1"
    assert "Iris" not in str(everything)
    assert "Fergus" not in str(everything)
    assert desk.look({"Iris 1.txt": TALK}, table=table).count(importing.Standing.SAME) == 1


@pytest.fixture(name="target")
def _target(field: Fieldwork) -> str:
    return field.factor("Known faces", "Mechanism")


def test_a_changed_file_is_a_new_version_and_what_is_surely_there_counts_on(
    desk: Desk, target: str
) -> None:
    old = desk.one("a.txt", TALK, said=IRIS, wave=Wave.FINAL)
    knew = desk.code(old, KNEW, target, memo="As she said.", richness="high")
    goes = desk.code(old, GOES, target)

    done = desk.take_in({"a.txt": "Recorded in spring.\n" + TALK.replace("And more", "So it was")})

    ((_, new, code),) = done.sources
    held, before = desk.fields(new), get_record(desk.graph, desk.actor, old)
    assert (code, held["version_of"], held["wave"]) == ("S-2", old, "final")
    assert before.retired_at is not None
    assert before.fields["text"] == TALK
    for coding in (knew, goes):
        carried = desk.carried(coding)
        assert carried is not None
        now, was = desk.fields(carried), desk.fields(coding)
        assert (now["affirmed"], desk.counted(carried), desk.counted(coding)) == (True, True, False)
        for name in ("stance", "memo", "richness", "bears_on", "judged_by", "concerns"):
            assert now[name] == was[name], name
        excerpt = desk.fields(now["excerpt"])
        assert excerpt["quote"] == quote_at(held["text"], excerpt["start"], excerpt["end"])
        assert excerpt["spoken_by"] == desk.fields(was["excerpt"])["spoken_by"] != ()
    assert desk.sources() == ["S-2 a"]
    assert desk.well()


def test_what_is_found_by_its_words_alone_waits_and_what_is_not_found_stays_behind(
    desk: Desk, target: str
) -> None:
    old = desk.one("a.txt", TALK, said=IRIS)
    knew, goes = desk.code(old, KNEW, target), desk.code(old, GOES, target)

    seen = desk.look({"a.txt": f"A summary by somebody else. “{KNEW}” was what they said."})
    tiers = [p.tier for p in seen.versions["a.txt"].passages]
    importing.import_sources(desk.graph, desk.actor, seen)

    assert tiers == ["quote alone", None]
    carried = desk.carried(knew)
    assert carried is not None
    assert desk.carried(goes) is None
    assert not desk.counted(carried)
    assert [row["id"] for row in waiting(desk.graph, desk.actor)] == [carried]
    affirm(desk.graph, desk.actor, carried)
    assert desk.counted(carried)
    assert get_record(desk.graph, desk.actor, goes).retired_at is None
    assert desk.well()


def test_what_rests_on_a_coding_rests_on_it_in_the_new_version_and_undo_leads_it_back(
    desk: Desk, target: str
) -> None:
    old = desk.one("a.txt", TALK, said=IRIS)
    knew = desk.code(old, KNEW, target)
    stated = desk.field.configuration(
        "Faces", mechanisms=(target,), stated_in=(Tie(old, (("locator", "l. 2"),)),)
    )
    assessed = desk.field.add(
        Assessment(
            factor=target,
            project=desk.project,
            value=AssessmentValue.PRESENT,
            rests_on=(knew,),
            settled=True,
        )
    )

    new = desk.one("a.txt", "First.\n" + TALK)

    assert desk.fields(assessed)["rests_on"] == (desk.carried(knew),)
    (tie,) = desk.fields(stated)["stated_in"]
    assert (tie.to, tie.get("locator")) == (new, "l. 2")
    undo(desk.graph, desk.actor)
    assert desk.fields(assessed)["rests_on"] == (knew,)
    assert desk.fields(stated)["stated_in"][0].to == old
    assert desk.counted(knew)
    assert desk.sources() == ["S-1 a"]
    assert desk.well()


def test_a_version_of_a_version_carries_what_was_carried(desk: Desk, target: str) -> None:
    first = desk.one("a.txt", TALK, said=IRIS)
    coding = desk.code(first, KNEW, target)
    desk.one("a.txt", "Once.\n" + TALK)
    second = desk.carried(coding)
    assert second is not None

    desk.one("a.txt", "Twice.\n" + TALK)

    third = desk.carried(second)
    assert third is not None
    assert [desk.counted(k) for k in (coding, second, third)] == [False, False, True]
    (iris,) = read(desk.graph, "evidence/informants", desk.actor)
    assert [s["code"] for s in iris["sources"]] == ["S-3"]
    assert desk.well()


def test_a_corrected_speaker_is_heard_in_the_passage_instead(desk: Desk, target: str) -> None:
    said = {(None, "Iris"): "Iris", (None, "Fergus"): "Fergus"}
    old = desk.one("a.txt", TALK, said=said)
    coding = desk.code(old, KNEW, target)

    desk.one("a.txt", TALK.replace("Iris: " + KNEW, "Fergus: " + KNEW))

    carried = desk.carried(coding)
    assert carried is not None
    (heard,) = desk.fields(desk.fields(carried)["excerpt"])["spoken_by"]
    assert desk.fields(heard)["pseudonym"] == "Fergus"


def test_words_of_somebody_who_has_withdrawn_stay_left_out(desk: Desk, target: str) -> None:
    said = {(None, "Iris"): "Iris", (None, "Fergus"): "Fergus"}
    old = desk.one("a.txt", TALK, said=said)
    theirs = desk.code(old, "Nobody came back to me.", target)
    (fergus,) = [
        row
        for row in read(desk.graph, "evidence/informants", desk.actor)
        if row["pseudonym"] == "Fergus"
    ]
    withdraw(desk.graph, desk.actor, fergus["id"], "asked for it")

    new = desk.one("a.txt", "First.\n" + TALK)

    shown = text_of(desk.graph, desk.actor, new)
    assert shown.text is not None
    assert "Nobody came back" not in shown.text
    assert shown.withheld
    assert desk.carried(theirs) is None
    assert "withdrawn" in str(desk.look({"b.txt": TALK + "!"}).files[0].refusal)
    assert desk.well()


def test_two_who_import_the_same_at_once_import_it_once(desk: Desk, field: Fieldwork) -> None:
    colleague = Desk(field, desk.project, field.colleague("bea", field.programme, "researcher"))
    seen = [one.look({"a.txt": TALK}) for one in (desk, colleague)]

    desks = (desk, colleague)

    done = at_once(2, lambda n: importing.import_sources(desks[n].graph, desks[n].actor, seen[n]))

    assert len([one for one in done if isinstance(one, Imported)]) == 1
    assert len([one for one in done if isinstance(one, Refused)]) == 1
    assert desk.sources() == ["S-1 a"]


def test_a_plan_is_refused_when_what_it_replaces_has_been_coded_meanwhile(
    desk: Desk, target: str
) -> None:
    old = desk.one("a.txt", TALK, said=IRIS)
    seen = desk.look({"a.txt": "First.\n" + TALK, "b.txt": "New words."})
    desk.code(old, KNEW, target)

    with pytest.raises(Refused, match="would be carried"):
        importing.import_sources(desk.graph, desk.actor, seen)

    assert desk.sources() == ["S-1 a"]
    assert desk.well()


def test_whoever_may_not_record_there_imports_nothing(desk: Desk, field: Fieldwork) -> None:
    lead = Desk(field, desk.project, field.colleague("lee", desk.project, "programme_lead"))

    with pytest.raises(NotAllowed):
        lead.take_in({"a.txt": TALK})

    assert desk.sources() == []


def test_whoever_does_not_see_every_coding_makes_no_new_version(
    desk: Desk, field: Fieldwork, target: str
) -> None:
    elsewhere = field.project("Elsewhere")
    old = desk.one("a.txt", TALK)
    desk.code(old, KNEW, target, concerns=elsewhere)
    narrow = Desk(field, desk.project, field.colleague("nor", desk.project, "researcher"))

    with pytest.raises(NotAllowed, match="does not see"):
        narrow.look({"a.txt": "First.\n" + TALK})


def test_a_text_that_cannot_be_stored_stops_the_whole_import(desk: Desk) -> None:
    seen = desk.look({"a.txt": TALK, "b.txt": "Other words."}, language="x" * 30)

    with pytest.raises(InvalidInput, match="language"):
        importing.import_sources(desk.graph, desk.actor, seen)

    assert desk.sources() == []
    assert read(desk.graph, "evidence/informants", desk.actor) == []


ODD = "aé𝄞👩‍👩‍👧e\u0301ﬁשם “”\u2028\u200d\u202e:\n\r\t\x00"
TALKS = count()
"""So that no text is like one of an earlier example."""
WORDS = st.text(
    st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=WORDS, data=st.data())
def test_whatever_a_text_is_made_of_a_quote_stands_where_it_was_taken(
    desk: Desk, words: str, data: st.DataObject
) -> None:
    talk = f"Talk {next(TALKS):08}, about this and that, on an afternoon in spring. "
    text = read_text(talk * 12 + words)
    start = data.draw(st.integers(len(text) - len(read_text(words)), len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    name = f"{talk[:13]}.txt"
    source = desk.one(name, text)

    excerpt = desk.field.add(Excerpt(source=source, anchor=Anchor.EXACT, start=start, end=end))

    held, taken = desk.fields(source)["text"], desk.fields(excerpt)
    assert held == text
    assert held[taken["start"] : taken["end"]] == taken["quote"] == text[start:end]
    later = desk.one(name, "Before it. " + text)
    assert desk.fields(later)["text"] == "Before it. " + text


def test_an_import_may_hold_more_than_one_message_to_the_engine(desk: Desk) -> None:
    texts = {f"{n}.txt": f"{n} " + "so it goes " * 600_000 for n in range(3)}

    done = desk.take_in(texts)

    assert len(done.sources) == 3
    assert desk.fields(done.sources[2][1])["text"] == texts["2.txt"]


def test_names_of_files_are_text_whatever_they_hold(desk: Desk) -> None:
    files = {f"{name} a.txt": f"{n} words" for n, name in enumerate(HOSTILE.values())}

    done = desk.take_in(files)

    assert [file for file, _, _ in done.sources] == list(files)
    for file, source, _ in done.sources:
        held = desk.fields(source)
        assert held["file_name"] == file.strip()
    assert desk.look(files).count(importing.Standing.SAME) == len(files)
    changed = {file: f"{text}, more" for file, text in files.items()}
    assert desk.look(changed).count(importing.Standing.CHANGED) == len(files)
    assert desk.well()


def test_the_records_are_those_that_anybody_could_record(desk: Desk) -> None:
    source = desk.one("a.txt", TALK, said=IRIS)
    held = desk.fields(source)

    by_hand = recording.record(
        desk.graph,
        desk.actor,
        Source(title="b", collected_in=desk.project, kind=SourceKind.INTERVIEW, text=TALK),
    )

    typed = desk.fields(by_hand.id)
    for name in ("text", "text_sha256", "turn_starts", "turn_speakers"):
        assert held[name] == typed[name], name
