"""Positions count code points, whatever a text is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cmo.domain.spans import (
    AROUND,
    blank_turns,
    find_quote,
    quote_at,
    read_text,
    span_at,
    speaker_at,
    speakers_in,
    turns,
)

ODD = "aé𝄞👩‍👩‍👧e\u0301ﬁ \n\t“”\u2028\u200d\u202e"
TEXT = st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"]), max_size=120)
LABEL = st.from_regex(r"[A-Z][a-z]{0,8}", fullmatch=True)
SPOKEN = st.lists(st.tuples(LABEL, st.from_regex(r"[a-z][a-z ,.\n]{0,40}[a-z]", fullmatch=True)))


@given(TEXT, st.integers(-5, 130), st.integers(-5, 130))
def test_a_span_is_what_stands_there_with_what_stands_around(
    text: str, start: int, end: int
) -> None:
    span = span_at(text, start, end)

    if span is None:
        assert not 0 <= start < end <= len(text)
        assert quote_at(text, start, end) is None
        return
    assert span.quote == text[start:end] == quote_at(text, start, end)
    assert len(span.quote) == end - start
    assert text.startswith(span.prefix + span.quote + span.suffix, start - len(span.prefix))
    assert len(span.prefix) == min(AROUND, start)
    assert len(span.suffix) == min(AROUND, len(text) - end)


@given(TEXT, st.data())
def test_a_quote_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    if not text:
        assert find_quote(text, "") is None
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    places = [i for i in range(len(text)) if text.startswith(quote, i)]

    found = find_quote(text, quote, places.index(start) + 1)

    assert found == span_at(text, start, end)
    assert (find_quote(text, quote) is not None) == (len(places) == 1)
    assert find_quote(text, quote, len(places) + 1) is None
    assert find_quote(text, quote, 0) is None


@given(st.text(st.sampled_from("ab\r\n"), max_size=40))
def test_every_kind_of_line_end_becomes_one(raw: str) -> None:
    text = read_text(raw)

    assert "\r" not in text
    assert read_text(text) == text
    assert [x for x in text.split("\n") if x] == [x for x in raw.splitlines() if x]


@given(SPOKEN)
def test_turns_tell_who_speaks_at_every_position(spoken: list[tuple[str, str]]) -> None:
    text = "".join(f"{label}: {words}\n" for label, words in spoken)

    starts, speakers = turns(text)

    assert list(starts) == sorted(set(starts))
    assert [text[s : s + len(who)] for s, who in zip(starts, speakers, strict=True)] == list(
        speakers
    )
    position = 0
    for label, words in spoken:
        assert speaker_at(starts, speakers, position) == label
        position += len(f"{label}: {words}\n")


@given(SPOKEN, st.data())
def test_a_passage_names_everybody_of_whom_it_holds_words(
    spoken: list[tuple[str, str]], data: st.DataObject
) -> None:
    text, said = "", []
    for label, words in spoken:
        text += f"{label}: "
        said.append((label, len(text), len(text) + len(words)))
        text += f"{words}\n"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    heard = speakers_in(*turns(text), start, text[start:end])

    assert heard == tuple(
        dict.fromkeys(
            label
            for label, begin, stop in said
            if text[max(start, begin) : max(start, min(end, stop))].strip()
        )
    )


def test_labels_and_blanks_of_a_turn_name_nobody() -> None:
    text = "Ola: one\nUma: two\n"
    said = turns(text)

    assert speakers_in(*said, 0, text) == ("Ola", "Uma")
    assert speakers_in(*said, 5, text[5:12]) == ("Ola",)
    assert speakers_in(*said, 5, text[5:14]) == ("Ola",)
    assert speakers_in(*said, 5, text[5:15]) == ("Ola", "Uma")
    assert speakers_in(*said, 8, text[8:16]) == ("Uma",)
    assert speakers_in(*said, 0, text[:4]) == ()
    assert speakers_in((), (), 0, text) == ()


@given(SPOKEN, st.data())
def test_blanking_a_speaker_moves_nobody_elses_words(
    spoken: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(f"{label}: {words}\n" for label, words in spoken)
    starts, speakers = turns(text)
    gone = data.draw(st.lists(st.sampled_from(speakers), unique=True)) if speakers else []

    blank = blank_turns(text, starts, speakers, list(gone))

    assert blank is not None
    assert len(blank) == len(text)
    for at, (was, now) in enumerate(zip(text, blank, strict=True)):
        silent = speaker_at(starts, speakers, at) in gone
        assert now == ("\n" if was == "\n" else " ") if silent else now == was


def test_a_speaker_whose_turns_cannot_be_told_leaves_no_text() -> None:
    text = "Ola: one\nUma: two\n"
    starts, speakers = turns(text)

    assert blank_turns(text, starts, speakers, ["Ida"]) is None
    assert blank_turns(text, starts, speakers, [None]) is None
    assert blank_turns(text, starts, speakers, []) == text
