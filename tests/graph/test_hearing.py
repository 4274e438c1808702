"""Who is heard in a passage: everybody of whom it holds words, and no withdrawal misses one."""

from __future__ import annotations

import pytest

from cmo.domain.evidence import Excerpt, Informant
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import Anchor, Support
from cmo.services import recording
from cmo.services.checking import check
from cmo.services.coding import Location, Position, code_passage
from cmo.services.reading import get_record, read
from cmo.services.supporting import support_of
from cmo.services.undoing import undo
from cmo.services.withdrawal import preview_withdrawal, withdraw
from tests.graph.at_once import at_once
from tests.graph.fieldwork import Fieldwork

TEXT = (
    "Interviewer: What was it like?\n"
    "Rosa: They came back because I knew them.\n"
    "Fergus: Nobody came back to me.\n"
    "Rosa: So it goes.\n"
)


class Talk:
    """Rosa and Fergus in one interview, and a theory on which it is coded."""

    def __init__(self, field: Fieldwork, project: str) -> None:
        self.field = field
        self.source = field.source(project, text=TEXT)
        self.target = field.factor("Known by name", "Context")
        self.rosa = field.informant("Rosa", self.source, role_group="volunteers")
        self.fergus = field.informant("Fergus", self.source, role_group="visitors")

    def code(self, first: str, last: str) -> tuple[str, str]:
        """Codes from the first words to the last; answers with the coding and the passage."""
        start, end = TEXT.index(first), TEXT.index(last) + len(last)
        done = code_passage(
            self.field.graph, self.field.actor, self.source, Position(start, end), self.target
        )
        return done.ids[0], done.ids[1]

    def speakers(self, excerpt: str) -> set[str]:
        """Whom the passage names."""
        return set(get_record(self.field.graph, self.field.actor, excerpt).fields["spoken_by"])

    def counts(self, coding: str) -> bool:
        """Whether the coding counts."""
        rows = self.field.graph.read(lambda tx: tx.run("evidence/countable", ids=[coding]))
        assert [row["counts"] for row in rows] == [row["counted"] for row in rows]
        return bool(rows[0]["counted"])


@pytest.fixture(name="talk")
def _talk(field: Fieldwork, project: str) -> Talk:
    return Talk(field, project)


def test_a_passage_across_turns_names_all_who_speak_in_it_and_nobody_else(talk: Talk) -> None:
    _, both = talk.code("I knew them", "Nobody came back")
    _, asked = talk.code("What was it like", "They came back")
    _, one = talk.code("Nobody came", "back to me")

    assert talk.speakers(both) == {talk.rosa, talk.fergus}
    assert talk.speakers(asked) == {talk.rosa}
    assert talk.speakers(one) == {talk.fergus}
    support = support_of(talk.field.graph, talk.field.actor, talk.target)
    assert support.voices_for == tuple(sorted((talk.rosa, talk.fergus)))
    assert support.support == Support.TRIANGULATED


def test_a_passage_that_is_recorded_as_it_is_names_them_too(talk: Talk) -> None:
    start, end = TEXT.index("I knew them"), TEXT.index(" back to me")
    excerpt = talk.field.add(
        Excerpt(
            source=talk.source,
            anchor=Anchor.EXACT,
            start=start,
            end=end,
            spoken_by=(talk.fergus,),
        )
    )

    assert talk.speakers(excerpt) == {talk.rosa, talk.fergus}


@pytest.mark.parametrize("who", ["rosa", "fergus"])
def test_the_withdrawal_of_anybody_who_speaks_in_it_stops_a_passage_counting(
    talk: Talk, who: str
) -> None:
    graph, actor = talk.field.graph, talk.field.actor
    both, _ = talk.code("I knew them", "Nobody came back")
    own = {"rosa": talk.code("So it", "goes")[0], "fergus": talk.code("Nobody", "back to me")[0]}
    gone = getattr(talk, who)
    assert set(preview_withdrawal(graph, actor, gone).codings) == {both, own[who]}

    done = withdraw(graph, actor, gone, "asked to")

    assert not talk.counts(both)
    assert {name for name, coding in own.items() if talk.counts(coding)} == set(own) - {who}
    assert check(graph, actor) == []
    undo(graph, actor, done.change)
    assert talk.counts(both)


def test_somebody_who_is_recorded_after_their_words_were_coded_is_named_in_them(
    field: Fieldwork, project: str
) -> None:
    talk = Talk.__new__(Talk)
    talk.field, talk.target = field, field.factor("Known by name", "Context")
    talk.source = field.source(project, text=TEXT)
    (both, passage), (alone, single) = (
        talk.code("I knew them", "Nobody came back"),
        talk.code("So it", "goes"),
    )
    assert talk.speakers(passage) == set()

    fergus = field.informant("Fergus", talk.source)
    rosa = field.add(Informant(pseudonym="Rosa", programme=field.programme))
    ties = (Tie(talk.source, (("label", "Rosa"),)),)
    named = recording.edit(field.graph, field.actor, rosa, 1, {"speaks_in": ties})

    assert talk.speakers(passage) == {rosa, fergus}
    assert talk.speakers(single) == {rosa}
    gone = withdraw(field.graph, field.actor, rosa)
    assert not talk.counts(both)
    assert not talk.counts(alone)
    assert check(field.graph, field.actor) == []
    undo(field.graph, field.actor, gone.change)
    undo(field.graph, field.actor, named.change)
    assert talk.speakers(passage) == {fergus}
    assert talk.counts(alone)


def test_a_turn_that_was_given_to_the_wrong_speaker_names_the_right_one_once_it_is_mended(
    talk: Talk,
) -> None:
    graph, actor = talk.field.graph, talk.field.actor
    _, passage = talk.code("So it", "goes")
    labels = ("Interviewer", "Rosa", "Fergus", "Fergus")

    recording.edit(graph, actor, talk.source, 1, {"turn_speakers": labels}, why="misheard")

    assert talk.speakers(passage) == {talk.rosa, talk.fergus}


def test_a_passage_that_is_moved_names_who_is_heard_where_it_stands_now(talk: Talk) -> None:
    graph, actor = talk.field.graph, talk.field.actor
    coding, passage = talk.code("They came", "back")
    before = get_record(graph, actor, passage).rev
    start = TEXT.index("Nobody came back")
    moved = {"start": start, "end": start + 16, "quote": "Nobody came back"}

    recording.edit(graph, actor, passage, before, moved, why="the wrong turn")

    assert talk.speakers(passage) == {talk.fergus}
    withdraw(graph, actor, talk.rosa)
    assert talk.counts(coding)
    withdraw(graph, actor, talk.fergus)
    assert not talk.counts(coding)


def test_a_passage_that_is_moved_keeps_whom_somebody_named_by_hand(talk: Talk) -> None:
    graph, actor = talk.field.graph, talk.field.actor
    _, passage = talk.code("They came", "back")
    aside = talk.field.add(Informant(pseudonym="Ivy", programme=talk.field.programme))
    by_hand = {"spoken_by": (talk.rosa, aside)}
    recording.edit(graph, actor, passage, 1, by_hand, why="she was there")
    start = TEXT.index("Nobody came back")

    recording.edit(graph, actor, passage, 2, {"start": start, "end": start + 6, "quote": "Nobody"})

    assert talk.speakers(passage) == {talk.fergus, aside}


def test_two_who_code_the_same_passage_at_once_share_it(talk: Talk) -> None:
    def work(_: int) -> str:
        return talk.code("Nobody came", "back to me")[1]

    found = at_once(4, work)

    assert len(set(map(str, found))) == 1, found
    rows = read(talk.field.graph, "evidence/excerpts", talk.field.actor, source_id=talk.source)
    assert [row["codings"] for row in rows] == [4]


def test_the_same_located_passage_is_coded_again_and_not_doubled(
    field: Fieldwork, project: str
) -> None:
    source, target = field.source(project), field.factor("Known by name", "Context")
    place = Location("Spring", "page 2", "Strangers talked")

    first = code_passage(field.graph, field.actor, source, place, target)
    again = code_passage(field.graph, field.actor, source, place, target)

    assert first.ids[0] != again.ids[0]
    assert first.ids[1] == again.ids[1]
