"""Recorded patterns: projects for, against, both and silent."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cmo.analysis.cases import Cases
from cmo.analysis.patterns import (
    Judged,
    Link,
    Pattern,
    Stated,
    configuration_patterns,
    link_patterns,
)
from cmo.analysis.support import Voice
from cmo.domain.vocabulary import Support

PLACES = [
    ("p1", "P-1", "Harbour", "g"),
    ("p2", "P-2", "Moor", "g"),
    ("p10", "P-10", "Valley", "g"),
    ("p11", "P-11", "Valley, upper", "p10"),
]
CASES = Cases(PLACES)
STATED = [Stated("c1", "C-1", "Known by name", None, "under_test")]


def link(id: str, start: str = "a", end: str = "z", kept: str | None = None) -> Link:
    stands = kept or start
    return Link(
        id, f"L-{id[1:]}", "context_outcome", "c1", start, start.upper(), end, end.upper(),
        stands, stands.upper(), end, end.upper(),
    )  # fmt: skip


def said(
    id: str, target: str, place: str, stance: str = "supports", claim: str = "observed",
    voice: str = "v",
) -> Judged:  # fmt: skip
    return Judged(id, target, stance, claim, place, (Voice(voice, stance, "interview"),))


def configuration(codings: Sequence[Judged], links: Sequence[Link] = ()) -> Pattern:
    (pattern,) = configuration_patterns(CASES, STATED, links, codings)
    return pattern


def names(cases: Sequence[object]) -> list[str]:
    return [case.name for case in cases]  # type: ignore[attr-defined]  # they are cases


def test_a_project_counts_once_however_many_excerpts_it_has() -> None:
    pattern = configuration([said(str(n), "c1", "p1") for n in range(5)])

    assert names(pattern.projects_for) == ["Harbour"]
    assert pattern.cells[0].supporting == ("0", "1", "2", "3", "4")
    assert pattern.support is Support.SINGLE_VOICE


def test_the_other_projects_are_silent() -> None:
    pattern = configuration([said("k", "c1", "p2", "refutes")])

    assert names(pattern.projects_silent) == ["Harbour", "Valley"]
    assert names(pattern.projects_against) == ["Moor"]
    assert pattern.total == 3


def test_a_project_counted_for_and_against_is_said_to_be_both() -> None:
    pattern = configuration([said("k", "c1", "p1"), said("m", "c1", "p1", "refutes")])

    assert names(pattern.projects_both) == ["Harbour"]
    assert pattern.projects_for == pattern.projects_against == pattern.projects_both
    assert pattern.cells[0].verdict == "both"


def test_a_configuration_counts_where_one_of_its_links_does() -> None:
    pattern = configuration([said("k", "l1", "p1")], [link("l1")])

    assert names(pattern.projects_for) == ["Harbour"]


def test_a_sub_case_counts_for_its_project() -> None:
    pattern = configuration([said("k", "c1", "p11"), said("m", "c1", "p10")])

    assert names(pattern.projects_for) == ["Valley"]
    assert pattern.cells[0].supporting == ("k", "m")


def test_what_is_said_of_the_programme_counts_in_no_project_and_is_kept_apart() -> None:
    pattern = configuration([said("k", "c1", "g"), said("m", "c1", "g", "refutes")])

    assert pattern.cells == ()
    assert pattern.general_supporting == ("k",)
    assert pattern.general_refuting == ("m",)
    assert pattern.support is Support.CONTESTED


def test_refining_leaves_a_project_silent() -> None:
    pattern = configuration(
        [said("k", "c1", "p1", "refines"), said("m", "c1", "p2", "contextualises")]
    )

    assert pattern.cells == ()
    assert names(pattern.projects_silent) == ["Harbour", "Moor", "Valley"]


def test_implied_claims_are_marked_where_they_count() -> None:
    pattern = configuration([said("k", "c1", "p1", claim="implied"), said("m", "c1", "p2")])

    assert pattern.implied == ("k",)
    assert [cell.implied for cell in pattern.cells] == [("k",), ()]


def test_exceptions_stand_before_support_in_a_pattern() -> None:
    pattern = configuration(
        [said("k", "c1", "p1"), said("m", "c1", "p2", "refutes"), said("n", "c1", "p10")]
    )

    assert [(c.project.name, c.verdict) for c in pattern.cells] == [
        ("Moor", "against"),
        ("Harbour", "for"),
        ("Valley", "for"),
    ]


def test_patterns_with_most_exceptions_come_first_and_then_those_seen_most() -> None:
    links = [link("l1", "a"), link("l2", "b"), link("l3", "c"), link("l10", "d")]
    codings = [
        said("k", "l1", "p1"),
        said("m", "l2", "p1", "refutes"),
        said("n", "l3", "p1"),
        said("o", "l3", "p2"),
    ]

    assert [p.code for p in link_patterns(CASES, links, codings)] == ["L-2", "L-3", "L-1", "L-10"]


def test_links_of_one_kind_between_the_same_factors_are_one_pattern() -> None:
    (pattern,) = link_patterns(
        CASES, [link("l2"), link("l1")], [said("k", "l1", "p1"), said("m", "l2", "p2")]
    )

    assert [held.code for held in pattern.links] == ["L-1", "L-2"]
    assert names(pattern.projects_for) == ["Harbour", "Moor"]
    assert not pattern.through_merge
    assert pattern.merged == ()


def test_links_of_two_kinds_stay_apart() -> None:
    other = Link(**{**vars(link("l2")), "kind": "context_mechanism"})

    assert len(link_patterns(CASES, [link("l1"), other], [])) == 2


def test_a_pattern_that_only_a_merge_makes_says_so_and_which_labels_were_merged() -> None:
    links = [link("l1", "alongside"), link("l2", "buddy", kept="alongside")]
    (pattern,) = link_patterns(
        CASES, links, [said("k", "l1", "p1"), said("m", "l2", "p2"), said("n", "l2", "p1")]
    )

    assert pattern.through_merge
    assert pattern.merged == (("BUDDY", "ALONGSIDE"),)
    assert [(p.start_label, names(p.projects_for)) for p in pattern.parts] == [
        ("ALONGSIDE", ["Harbour"]),
        ("BUDDY", ["Harbour", "Moor"]),
    ]


def test_a_link_whose_end_was_merged_does_not_need_the_merge_while_it_is_alone() -> None:
    (pattern,) = link_patterns(CASES, [link("l2", "buddy", kept="alongside")], [])

    assert not pattern.through_merge
    assert pattern.merged == (("BUDDY", "ALONGSIDE"),)
    assert pattern.name == "ALONGSIDE → Z"


def test_a_row_for_a_table_counts_and_names_exceptions_first() -> None:
    row = configuration([said("k", "c1", "p1"), said("m", "c1", "p1", "refutes")]).row()

    assert (row["against"], row["both"], row["for"], row["silent"], row["total"]) == (1, 1, 1, 2, 3)
    assert row["silent_projects"] == ["Moor", "Valley"]
    assert list(row).index("against") < list(row).index("for")


def test_a_sub_case_whose_project_is_not_to_be_seen_stands_for_itself() -> None:
    cases = Cases([("p11", "P-11", "Valley, upper", "p10")])

    assert names(cases.all) == ["Valley, upper"]
    assert cases.of("p11") == cases.all[0]
    assert cases.of("p10") is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p1", "p2", "p10", "p11", "g"]),
            st.sampled_from(["supports", "refutes", "refines", "contextualises"]),
        ),
        max_size=20,
    )
)
def test_every_project_is_for_against_or_silent_and_only_both_is_two(
    heard: list[tuple[str, str]],
) -> None:
    pattern = configuration(
        [said(str(n), "c1", place, stance) for n, (place, stance) in enumerate(heard)]
    )
    sides = [set(pattern.projects_for), set(pattern.projects_against), set(pattern.projects_silent)]

    assert set().union(*sides) == set(pattern.projects)
    assert sides[0] & sides[1] == set(pattern.projects_both)
    assert not sides[2] & (sides[0] | sides[1])
    assert sum(map(len, sides)) == pattern.total + len(pattern.projects_both)


def test_sub_cases_that_speak_for_and_against_make_their_project_both_and_once() -> None:
    cases = Cases([*PLACES, ("p12", "P-12", "Valley, lower", "p10")])
    codings = [said("k", "c1", "p11"), said("m", "c1", "p12", "refutes", voice="w")]

    (pattern,) = configuration_patterns(cases, STATED, [], codings)

    assert names(pattern.projects_both) == ["Valley"]
    assert len(pattern.cells) == 1
    assert pattern.support is Support.CONTESTED
