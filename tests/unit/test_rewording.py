"""What changed between two versions of a statement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cmo.analysis.rewording import rewording


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(r.kind, "".join(p.words for p in r.pieces).strip()) for r in rewording(before, after)]


def test_a_sentence_that_stayed_is_kept_and_one_that_came_is_new() -> None:
    assert told("People stay.", "People stay. They feel known.") == [
        ("kept", "People stay."),
        ("new", "They feel known."),
    ]


def test_what_was_dropped_comes_before_what_is_new_in_its_place() -> None:
    assert told("Matching matters most.", "Somebody must know you.") == [
        ("dropped", "Matching matters most."),
        ("new", "Somebody must know you."),
    ]


def test_a_reworded_sentence_shows_which_words_moved() -> None:
    (changed,) = rewording(
        "A person will go to the right activity.", "A person will go to a known activity."
    )

    assert changed.kind == "reworded"
    assert [(p.kind, p.words.strip()) for p in changed.pieces] == [
        ("kept", "A person will go to"),
        ("dropped", "the right"),
        ("new", "a known"),
        ("kept", "activity."),
    ]


def test_two_empty_statements_do_not_differ() -> None:
    assert rewording("", "") == ()


@given(st.text(), st.text())
def test_the_later_statement_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    words = "".join(
        p.words for r in rewording(before, after) for p in r.pieces if p.kind != "dropped"
    )

    kept = [c for c in after if not c.isspace() and c not in ".;:!?"]
    assert [c for c in words if not c.isspace() and c not in ".;:!?"] == kept
