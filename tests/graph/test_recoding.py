"""Codings are changed where they stand: moved, split and doubled for something else, and all of it
can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.domain.evidence import Excerpt, Finding, Informant
from cmo.domain.vocabulary import Anchor, FindingTopic, Stance
from cmo.errors import AlreadyThere, InvalidInput, Refused
from cmo.services import recording
from cmo.services.checking import check
from cmo.services.coding import Judgement, Position, code_passage
from cmo.services.reading import get_record
from cmo.services.recoding import Shown, adjust, duplicate, split_coding
from cmo.services.supporting import support_of
from cmo.services.undoing import undo
from cmo.services.withdrawal import withdraw
from tests.graph.at_once import at_once
from tests.graph.fieldwork import Fieldwork
from tests.graph.test_hearing import TEXT, Talk


@pytest.fixture(name="talk")
def _talk(field: Fieldwork, project: str) -> Talk:
    return Talk(field, project)


def at(words: str) -> Position:
    """Where the words stand."""
    start = TEXT.index(words)
    return Position(start, start + len(words))


def quoted(field: Fieldwork, coding: str) -> str:
    """The words of a coding, which stand where it says."""
    held = get_record(field.graph, field.actor, coding)
    fields = get_record(field.graph, field.actor, held.fields["excerpt"]).fields
    assert TEXT[fields["start"] : fields["end"]] == fields["quote"]
    assert TEXT[: fields["start"]].endswith(fields["prefix"])
    assert TEXT[fields["end"] :].startswith(fields["suffix"])
    return str(fields["quote"])


def passage_of(field: Fieldwork, coding: str) -> str:
    return str(get_record(field.graph, field.actor, coding).fields["excerpt"])


def test_the_edges_of_a_coding_move_and_who_is_heard_is_named_anew(
    field: Fieldwork, talk: Talk
) -> None:
    coding, passage = talk.code("Nobody", "me.")
    wider = Position(at("I knew").start, at("to me.").end)

    done = adjust(field.graph, field.actor, coding, wider)

    assert quoted(field, coding) == TEXT[wider.start : wider.end]
    assert talk.speakers(passage_of(field, coding)) == {talk.rosa, talk.fergus}
    undo(field.graph, field.actor, done.change)
    assert quoted(field, coding) == "Nobody came back to me."
    assert passage_of(field, coding) == passage
    assert check(field.graph, field.actor) == []


def test_another_coding_of_the_same_passage_stays_where_it_is(field: Fieldwork, talk: Talk) -> None:
    mine, passage = talk.code("Nobody", "me.")
    other = field.code(passage, None)

    done = adjust(field.graph, field.actor, mine, at("Nobody came"))

    assert (quoted(field, mine), quoted(field, other)) == ("Nobody came", "Nobody came back to me.")
    again = undo(field.graph, field.actor, done.change)
    assert quoted(field, mine) == "Nobody came back to me."
    undo(field.graph, field.actor, again.change)
    assert quoted(field, mine) == "Nobody came"


def test_what_rests_on_a_coding_still_does_when_it_is_moved(
    field: Fieldwork, talk: Talk, project: str
) -> None:
    mine, passage = talk.code("Nobody", "me.")
    field.code(passage, None)
    finding = field.add(
        Finding(
            statement="Some were alone", within=project, topic=FindingTopic.RESULT, rests_on=(mine,)
        )
    )

    adjust(field.graph, field.actor, mine, at("Nobody came"))

    assert get_record(field.graph, field.actor, finding).fields["rests_on"] == (mine,)


def test_a_coding_moved_to_a_passage_that_was_taken_shares_it(field: Fieldwork, talk: Talk) -> None:
    mine, _ = talk.code("Nobody", "me.")
    _, there = talk.code("So it", "goes.")

    adjust(field.graph, field.actor, mine, Position(at("So it").start - 1, at("goes.").end + 1))

    assert get_record(field.graph, field.actor, mine).fields["excerpt"] == there
    assert talk.counts(mine)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (0, 10**6), (-3, 4)])
def test_edges_that_hold_no_words_are_refused(
    field: Fieldwork, talk: Talk, start: int, end: int
) -> None:
    coding, _ = talk.code("Nobody", "me.")

    with pytest.raises(InvalidInput, match="There is no passage"):
        adjust(field.graph, field.actor, coding, Position(start, end))

    assert quoted(field, coding) == "Nobody came back to me."


def test_a_coding_does_not_leave_its_source(field: Fieldwork, talk: Talk, project: str) -> None:
    coding, _ = talk.code("Nobody", "me.")
    elsewhere = field.passage(field.source(project, text=TEXT), "So it goes.")
    held = get_record(field.graph, field.actor, coding)

    with pytest.raises(InvalidInput, match="another source"):
        recording.edit(field.graph, field.actor, coding, held.rev, {"excerpt": elsewhere})


def test_a_coding_is_split_into_two_that_are_judged_alike(field: Fieldwork, talk: Talk) -> None:
    judged = Judgement(stance=Stance.REFUTES, memo="Twice")
    both = Position(at("Nobody").start, at("goes.").end)
    graph, actor = field.graph, field.actor
    coding = code_passage(graph, actor, talk.source, both, talk.target, judged).id

    done = split_coding(graph, actor, coding, at("Rosa: So").start)

    assert quoted(field, done.ids[0]) == "Nobody came back to me."
    assert quoted(field, done.ids[1]) == "Rosa: So it goes."
    first, second = (get_record(graph, actor, one).fields for one in done.ids)
    same = ("bears_on", "stance", "memo", "concerns", "claim")
    assert [first[name] for name in same] == [second[name] for name in same]
    assert len(support_of(graph, actor, talk.target).voices_against) == 2
    undo(graph, actor, done.change)
    assert quoted(field, coding) == TEXT[both.start : both.end]
    assert get_record(graph, actor, done.ids[1]).retired_at
    assert check(graph, actor) == []


def test_a_split_that_leaves_a_part_without_words_is_refused(field: Fieldwork, talk: Talk) -> None:
    coding, _ = talk.code("Nobody", "me.")

    for place in (at("Nobody").start, at("to me.").end, 0, len(TEXT)):
        with pytest.raises(InvalidInput, match="without words"):
            split_coding(field.graph, field.actor, coding, place)


def test_the_same_words_are_coded_to_something_else_once(field: Fieldwork, talk: Talk) -> None:
    coding, passage = talk.code("Nobody", "me.")
    target = field.factor("Alone", "Outcome")

    made = duplicate(field.graph, field.actor, coding, target).id

    fields = get_record(field.graph, field.actor, made).fields
    assert (fields["excerpt"], fields["bears_on"]) == (passage, target)
    for again in (target, talk.target):
        with pytest.raises(AlreadyThere, match="already"):
            duplicate(field.graph, field.actor, coding, again)


def test_a_retired_coding_of_the_passage_comes_back_where_it_stood(
    field: Fieldwork, talk: Talk
) -> None:
    mine, passage = talk.code("Nobody", "me.")
    other = field.code(passage, None)
    recording.retire(field.graph, field.actor, other, why="a slip")

    adjust(field.graph, field.actor, mine, at("Nobody came"))
    recording.reinstate(field.graph, field.actor, other)

    assert quoted(field, other) == "Nobody came back to me."


def test_who_was_named_by_hand_stays_named_when_a_coding_is_moved(
    field: Fieldwork, project: str
) -> None:
    source = field.source(project, text="They came back. Nobody knew them.")
    rosa = field.add(Informant(pseudonym="Rosa", programme=field.programme))
    passage = Excerpt(source=source, anchor=Anchor.EXACT, start=0, end=33, spoken_by=(rosa,))
    coding = field.code(field.add(passage), None)

    done = split_coding(field.graph, field.actor, coding, 15)

    for one in done.ids:
        held = get_record(field.graph, field.actor, passage_of(field, one))
        assert held.fields["spoken_by"] == (rosa,)


def test_what_somebody_has_changed_since_it_was_shown_is_not_moved_over(
    field: Fieldwork, talk: Talk
) -> None:
    coding, _ = talk.code("Nobody", "me.")
    shown = Shown(get_record(field.graph, field.actor, coding).rev, at("Nobody came back to me."))
    adjust(field.graph, field.actor, coding, at("Nobody came"), shown)

    with pytest.raises(Refused, match="since it was shown"):
        adjust(field.graph, field.actor, coding, at("back to me."), shown)
    with pytest.raises(Refused, match="since it was shown"):
        split_coding(field.graph, field.actor, coding, at("came").start, shown)
    assert quoted(field, coding) == "Nobody came"
    recording.retire(field.graph, field.actor, coding, why="a slip")
    with pytest.raises(Refused, match="taken out"):
        adjust(field.graph, field.actor, coding, at("Nobody"))


def test_two_who_move_and_code_one_passage_at_once_both_keep_their_words(
    field: Fieldwork, talk: Talk
) -> None:
    mine, _ = talk.code("Nobody", "me.")

    def work(number: int) -> str:
        if number:
            return talk.code("Nobody", "me.")[0]
        return adjust(field.graph, field.actor, mine, at("Nobody came")).id

    moved, coded = at_once(2, work)

    assert isinstance(moved, str)
    assert isinstance(coded, str)
    assert quoted(field, moved) == "Nobody came"
    assert quoted(field, coded) == "Nobody came back to me."


def test_what_holds_no_words_is_not_coded(field: Fieldwork, talk: Talk) -> None:
    blank = TEXT.index(" ")

    with pytest.raises(InvalidInput, match="No words"):
        code_passage(field.graph, field.actor, talk.source, Position(blank, blank + 1), None)


def test_in_a_source_that_was_retired_meanwhile_nothing_is_coded_or_moved(
    field: Fieldwork, talk: Talk
) -> None:
    coding, _ = talk.code("Nobody", "me.")
    talk.code("Nobody", "Nobody came back")
    recording.retire(field.graph, field.actor, talk.source, why="a newer version is held")

    graph, ann = field.graph, field.actor
    works: tuple[Callable[[], object], ...] = (
        lambda: code_passage(graph, ann, talk.source, at("Nobody came back"), None),
        lambda: adjust(graph, ann, coding, at("Nobody came back")),
        lambda: duplicate(graph, ann, coding, None),
    )
    for work in works:
        with pytest.raises(Refused, match="taken out of use") as refused:
            work()
        assert "newer version" in refused.value.next_step


def test_what_is_no_source_or_no_coding_is_refused_by_name(field: Fieldwork, talk: Talk) -> None:
    with pytest.raises(InvalidInput, match="is no source"):
        code_passage(field.graph, field.actor, talk.target, at("Nobody"), None)
    with pytest.raises(InvalidInput, match="is no coding"):
        adjust(field.graph, field.actor, talk.target, at("Nobody"))


def test_a_passage_that_takes_in_words_of_somebody_who_withdrew_says_why_it_cannot_be(
    field: Fieldwork, talk: Talk
) -> None:
    coding, passage = talk.code("They came", "knew them")
    withdraw(field.graph, field.actor, talk.fergus, "asked to")

    with pytest.raises(InvalidInput) as refused:
        adjust(field.graph, field.actor, coding, Position(0, len(TEXT)))

    assert "has withdrawn" in refused.value.next_step
    assert passage_of(field, coding) == passage
