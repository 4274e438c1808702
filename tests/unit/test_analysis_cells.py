"""Assessments read by project: waves, sub-cases, families, and selection on mention."""

from __future__ import annotations

from typing import Any

import pytest

from cmo.analysis.cases import Cases
from cmo.analysis.cells import Assessed, family_value, one_value, read_cell
from cmo.analysis.on_mention import Mention, Named, read_family, read_mentions

CASES = Cases(
    [
        ("p1", "P-1", "Harbour", "g"),
        ("p2", "P-2", "Moor", "g"),
        ("p2a", "P-4", "upper team", "p2"),
        ("p2b", "P-5", "lower team", "p2"),
        ("p3", "P-3", "Valley", "g"),
    ]
)
FACTOR = Named("f", "F-1", "Consultancy", "stated", ("Mechanism",))
NARROW = Named("n", "F-2", "Coaching", "stated", ("Mechanism",))


def assessed(
    place: str, value: str = "present", valence: str = "not_stated", **more: Any
) -> Assessed:
    given: dict[str, Any] = {
        "id": f"{place}-{value}-{valence}-{more.get('wave')}",
        "factor": "f",
        "wave": None,
        "on_mention": False,
        "origin": "stated",
        "codings": (),
    } | more
    return Assessed(place=place, value=value, valence=valence, **given)


def mention(*listed: Assessed) -> Mention:
    (found,) = read_mentions(CASES, [FACTOR], listed)
    return found


def names(cases: tuple[Any, ...]) -> list[str]:
    return [case.name for case in cases]


@pytest.mark.parametrize(
    ("values", "together"),
    [
        (["present", "present"], "present"),
        (["present", "absent"], "mixed"),
        (["mixed", "present"], "mixed"),
        (["present", "not_assessable"], "present"),
        (["not_assessable"], "not_assessable"),
    ],
)
def test_values_together_are_the_same_or_mixed(values: list[str], together: str) -> None:
    assert one_value(values) == together


def test_a_project_without_assessments_is_not_assessed() -> None:
    assert read_cell("p1", []) is None


def test_a_projects_own_assessment_wins_over_its_sub_cases() -> None:
    reading = read_cell("p2", [assessed("p2a", "absent"), assessed("p2", "present")])

    assert reading is not None
    assert reading.value == "present"
    assert [a.place for a in reading.assessments] == ["p2"]


def test_sub_cases_that_agree_give_their_value_and_others_make_no_difference() -> None:
    reading = read_cell("p2", [assessed("p2a", "absent")])

    assert reading is not None
    assert reading.value == "absent"


def test_sub_cases_that_differ_make_a_project_mixed() -> None:
    reading = read_cell("p2", [assessed("p2a", "absent"), assessed("p2b", "present")])

    assert reading is not None
    assert reading.value == "mixed"
    assert [a.place for a in reading.assessments] == ["p2a", "p2b"]


def test_waves_that_differ_make_a_project_mixed() -> None:
    reading = read_cell(
        "p1", [assessed("p1", "present", wave="baseline"), assessed("p1", "absent", wave="final")]
    )

    assert reading is not None
    assert reading.value == "mixed"


def test_a_factor_is_offered_named_contradicted_or_silent() -> None:
    found = mention(
        assessed("p1", "present", "enables"),
        assessed("p2", "present", "hinders"),
        assessed("p3", "present"),
    )

    assert names(found.offered) == ["Harbour", "Moor", "Valley"]
    assert names(found.named) == ["Harbour"]
    assert names(found.contradicted) == ["Moor"]
    assert names(found.silent) == ["Valley"]


def test_an_absent_factor_is_contradicted_and_an_unassessed_project_silent() -> None:
    found = mention(assessed("p1", "absent"))

    assert names(found.contradicted) == ["Harbour"]
    assert names(found.silent) == ["Moor", "Valley"]
    assert found.offered == ()


def test_a_project_that_enables_in_one_wave_and_hinders_in_another_is_in_both() -> None:
    found = mention(
        assessed("p1", "present", "enables", wave="baseline"),
        assessed("p1", "present", "hinders", wave="final"),
    )

    assert found.named == found.contradicted
    assert names(found.named) == ["Harbour"]


def test_sub_cases_are_read_for_their_project() -> None:
    found = mention(assessed("p2a", "present", "enables"))

    assert names(found.named) == ["Moor"]


def test_what_could_not_be_known_is_neither_offered_nor_contradicted() -> None:
    found = mention(assessed("p1", "not_assessable"))

    assert names(found.not_assessable) == ["Harbour"]
    assert names(found.silent) == ["Harbour", "Moor", "Valley"]
    assert found.contradicted == ()


def test_one_assessment_on_mention_takes_the_rate_from_a_factor() -> None:
    assert not mention(assessed("p1")).on_mention
    assert mention(assessed("p1"), assessed("p2", on_mention=True)).on_mention


@pytest.mark.parametrize(
    ("own", "narrower", "value"),
    [
        (None, ["present", "absent"], "present"),
        ("absent", ["present"], "present"),
        ("absent", [None], "absent"),
        (None, ["absent", "absent"], "absent"),
        (None, ["absent", None], None),
        (None, [None, None], None),
        (None, [], None),
        ("present", [], "present"),
        (None, ["mixed", "absent"], "mixed"),
        (None, ["not_assessable", None], "not_assessable"),
        (None, ["not_assessable", "absent"], None),
    ],
)
def test_a_family_is_present_if_any_is_and_absent_only_if_all_are(
    own: str | None, narrower: list[str | None], value: str | None
) -> None:
    assert family_value(own, narrower) == value


def test_a_family_names_projects_that_any_of_its_kinds_names() -> None:
    listed = [
        assessed("p1", "present", "enables", factor="n"),
        assessed("p3", "present", "hinders", factor="f"),
    ]
    mentions = {m.factor.id: m for m in read_mentions(CASES, [FACTOR, NARROW], listed)}

    family = read_family(CASES, FACTOR, (NARROW,), mentions, "ours", {"f": ["n"]})

    assert names(family.enabling) == ["Harbour"]
    assert names(family.hindering) == ["Valley"]
    assert family.values == {"p1": "present", "p2": None, "p3": "present"}


def test_a_kind_with_kinds_is_read_as_a_family_first() -> None:
    """The middle one was not assessed, and is absent all the same: each of its kinds is."""
    named = {id: Named(id, id, id, "stated", ("Context",)) for id in ("top", "mid", "a", "b")}
    listed = [assessed("p1", "absent", factor=leaf) for leaf in ("a", "b")]
    listed.append(assessed("p2", "absent", factor="a"))
    mentions = {m.factor.id: m for m in read_mentions(CASES, named.values(), listed)}
    kinds = {"top": ["mid"], "mid": ["a", "b", "top"]}
    below = tuple(named[id] for id in ("mid", "a", "b"))

    family = read_family(CASES, named["top"], below, mentions, "stated", kinds)

    assert family.values == {"p1": "absent", "p2": None, "p3": None}
