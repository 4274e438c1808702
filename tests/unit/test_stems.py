"""Stems: the examples of Porter's paper, and what counts as a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmo.domain.stems import (
    LONGEST,
    beginning,
    common,
    plain,
    porter,
    stem,
    vocabulary,
    words_of,
    words_with,
)

PAPER = """caresses caress ponies poni ties ti caress caress cats cat feed feed agreed agre
plastered plaster bled bled motoring motor sing sing conflated conflat troubled troubl sized size
hopping hop tanned tan falling fall hissing hiss fizzed fizz failing fail filing file happy happi
sky sky relational relat conditional condit rational ration valenci valenc digitizer digit
conformabli conform radicalli radic differentli differ vileli vile analogousli analog
vietnamization vietnam predication predic operator oper feudalism feudal decisiveness decis
hopefulness hope callousness callous formaliti formal sensitiviti sensit sensibiliti sensibl
triplicate triplic formative form formalize formal electriciti electr electrical electr hopeful hope
goodness good revival reviv allowance allow inference infer airliner airlin gyroscopic gyroscop
adjustable adjust defensible defens irritant irrit replacement replac adjustment adjust dependent
depend adoption adopt communism commun activate activ angulariti angular homologous homolog
effective effect bowdlerize bowdler probate probat rate rate cease ceas controll control roll roll
generalizations gener oscillators oscil"""
PAIRED = PAPER.split()


@pytest.mark.parametrize(("word", "expected"), list(zip(PAIRED[::2], PAIRED[1::2], strict=True)))
def test_a_stem_is_that_of_the_paper(word: str, expected: str) -> None:
    assert porter(word) == expected


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The councils' Budgets", ["the", "council", "budget"]),
        ("the council’s own", ["the", "council", "own"]),
        ("we don't", ["we", "don't"]),
        ("Mara:budget,team.Then", ["mara", "budget", "team", "then"]),
        ("naïve cafe\u0301", ["naïv", "café"]),
        ("😀 שָׁלוֹם हिन्दी", ["שָׁלוֹם", "हिन्दी"]),
        ("_a_b *!? \x00\u202e", ["a_b"]),
        (f"{'x' * (LONGEST + 1)} y", ["y"]),
    ],
)
def test_words_are_letters_and_digits_in_a_row(text: str, stems: list[str]) -> None:
    assert [word.stem for word in words_of(text)] == stems


def test_a_word_stands_where_it_says() -> None:
    text = "😀 Budgets, e\u0301té"

    assert [text[w.start : w.end] for w in words_of(text)] == ["Budgets", "e\u0301té"]


ENDINGS = (
    "s", "ies", "sses", "ed", "eed", "ing", "y", "ational", "ency", "ancy", "izer", "ization",
    "ably", "ability", "ibility", "alism", "iveness", "ivity", "ality", "ology", "icate", "iciti",
    "ful", "ness", "ance", "ement", "sion", "tion", "ive", "e", "ble", "bilities", "'s", "",
)  # fmt: skip


@given(
    st.text(st.sampled_from("abcdeilotuvyz'’é"), min_size=1, max_size=8), st.sampled_from(ENDINGS)
)
def test_a_word_begins_as_its_stem_says(first: str, ending: str) -> None:
    word = first + ending

    assert plain(word).startswith(beginning(stem(word)))


@given(
    st.lists(st.text(st.sampled_from("abilty _'’é\u0301İK-") | st.characters(), max_size=12)),
    st.text(st.sampled_from("abilty'é"), min_size=1, max_size=6),
)
def test_words_with_a_stem_are_those_of_all_words_that_have_it(
    said: list[str], wanted: str
) -> None:
    text = " ".join([*said, wanted, "ability", wanted.upper()])
    stems = {word.stem for word in words_of(f"{wanted} ability")}

    assert list(words_with(text, stems)) == [w for w in words_of(text) if w.stem in stems]


def test_a_text_is_found_by_each_of_its_uncommon_stems_once() -> None:
    assert vocabulary("This was the budget; budgets of their teams") == "budget team"


def test_common_words_are_known_in_whatever_form_they_are_stemmed() -> None:
    assert {stem(word) for word in ("this", "was", "they", "There")} <= common()
    assert stem("budget") not in common()
