"""Whatever is typed is words; what is found stands where it says, and is all that was sought."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cmo.analysis.sought import MOST_WORDS, places, sought
from cmo.domain.stems import common, stem, words_of

LUCENE = "+-&|!(){}[]^~*?:\\/\"“”„«»' \t\nAND OR NOT TO"
TYPED = st.text(st.sampled_from(LUCENE) | st.characters(), max_size=200)
WORDS = "budget budgets team teams own the of waiting list clinic trust"
WORD = st.sampled_from(WORDS.split())
SAID = st.lists(WORD, min_size=1, max_size=60)


@given(TYPED)
@example("*" * 10_000)
@example('"' * 10_001)
@example("\ud83d")
def test_nothing_that_is_typed_fails_or_is_more_than_words(typed: str) -> None:
    wanted = sought(typed)

    for word in (*wanted.stems, *wanted.typed):
        assert [w.end - w.start for w in words_of(word)] == [len(word)]
        assert word == word.lower()
    assert len(wanted.stems) <= MOST_WORDS
    assert wanted.typed or not wanted
    assert wanted or wanted.notes or not any(words_of(typed))


@given(SAID, SAID)
def test_a_text_is_found_exactly_where_it_holds_every_word(
    said: list[str], typed: list[str]
) -> None:
    text, wanted = " ".join(said), sought(" ".join(typed))
    stems = {stem(word) for word in said}

    found = places(text, wanted)

    assert bool(found) == (bool(wanted) and set(wanted.words) <= stems)
    for place in found:
        marked = [part.text for part in place.parts if part.found]
        assert {stem(word) for word in marked} <= set(wanted.words)
        assert text[place.start : place.end].startswith(marked[0])
        assert text[place.start : place.end].endswith(marked[-1])
        whole = "".join(part.text for part in place.parts).strip("…")
        assert whole in text


@given(SAID, st.lists(WORD, min_size=2, max_size=4))
def test_a_phrase_is_its_words_in_their_order(said: list[str], typed: list[str]) -> None:
    phrase, stems = [stem(word) for word in typed], [stem(word) for word in said]
    in_order = any(stems[at : at + len(phrase)] == phrase for at in range(len(stems)))
    telling = any(word not in common() for word in phrase)

    found = places(" ".join(said), sought(f'"{" ".join(typed)}"'))

    assert bool(found) == (in_order and telling)


@given(SAID, st.integers(0, 200), st.integers(0, 200))
def test_what_is_found_lies_where_it_was_looked_for(said: list[str], one: int, other: int) -> None:
    text, start, end = " ".join(said), min(one, other), max(one, other)

    for place in places(text, sought("budget"), [(start, end)]):
        assert start <= place.start < place.end <= end
