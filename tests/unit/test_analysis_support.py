"""Support by independent voices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmo.analysis.support import Voice, support
from cmo.domain.vocabulary import Stance, Support

STANCES = [str(stance) for stance in Stance]


def voice(
    id: str, stance: str = "supports", kind: str = "interview", group: str | None = None
) -> Voice:
    return Voice(id, stance, kind, group)


def test_without_voices_there_is_no_support() -> None:
    assert support([]) is Support.NONE


@pytest.mark.parametrize("stance", ["refines", "contextualises"])
def test_refining_and_contextualising_are_no_support(stance: str) -> None:
    assert support([voice("a", stance), voice("b", stance)]) is Support.NONE


def test_a_talkative_informant_is_a_single_voice() -> None:
    assert support([voice("rosa")] * 5) is Support.SINGLE_VOICE


def test_an_informant_heard_in_two_kinds_of_source_is_still_a_single_voice() -> None:
    assert support([voice("a"), voice("a", kind="observation")]) is Support.SINGLE_VOICE


def test_two_voices_of_one_kind_corroborate() -> None:
    assert support([voice("a", group="nurse"), voice("b", group="nurse")]) is Support.CORROBORATED


def test_two_voices_of_unknown_groups_corroborate() -> None:
    assert support([voice("a"), voice("b", group="nurse")]) is Support.CORROBORATED


def test_two_voices_from_two_kinds_of_source_triangulate() -> None:
    assert support([voice("a"), voice("b", kind="document")]) is Support.TRIANGULATED


def test_two_voices_of_two_role_groups_triangulate() -> None:
    assert support([voice("a", group="nurse"), voice("b", group="tenant")]) is Support.TRIANGULATED


def test_the_kind_of_a_source_that_only_refines_does_not_triangulate() -> None:
    heard = [voice("a"), voice("b"), voice("c", "refines", kind="document")]

    assert support(heard) is Support.CORROBORATED


def test_one_refutation_among_many_supports_makes_it_contested() -> None:
    assert support([voice(x) for x in "abcdef"] + [voice("g", "refutes")]) is Support.CONTESTED


def test_a_voice_that_supports_and_refutes_makes_it_contested() -> None:
    assert support([voice("a"), voice("a", "refutes")]) is Support.CONTESTED


def test_refutation_alone_is_said_so() -> None:
    assert support([voice("a", "refutes"), voice("b", "refines")]) is Support.REFUTED_ONLY


@given(
    st.lists(
        st.builds(
            Voice,
            st.sampled_from("abc"),
            st.sampled_from(STANCES),
            st.sampled_from(["interview", "document"]),
            st.sampled_from([None, "nurse", "tenant"]),
        )
    )
)
def test_order_and_repetition_change_nothing(heard: list[Voice]) -> None:
    assert support(heard) is support([*reversed(heard), *heard])
