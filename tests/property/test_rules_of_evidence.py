"""The rules of evidence on cases that no shipped casebook has, against a plain telling of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cmo.analysis.cases import Cases
from cmo.analysis.cells import Assessed, read_cell
from cmo.analysis.patterns import Judged, Link, Stated, configuration_patterns, link_patterns
from cmo.analysis.support import Voice
from cmo.domain.vocabulary import AssessmentValue, Claim, Stance, Support

TOPS = ("p1", "p2", "p3")
PARTS = {"p1a": "p1", "p1b": "p1", "p2a": "p2"}
PLACES = [
    *((id, f"P-{n}", id, "g") for n, id in enumerate(TOPS, 1)),
    *((id, f"P-{n}", id, above) for n, (id, above) in enumerate(PARTS.items(), 4)),
]
CASES = Cases(PLACES)
STANCES = [str(stance) for stance in Stance]
CLAIMS = [str(Claim.OBSERVED), str(Claim.IMPLIED)]
VALUES = [str(value) for value in AssessmentValue]


def link(id: str, start: str, kept: str) -> Link:
    kind = "context_outcome"
    return Link(id, f"L-{id[1:]}", kind, "c1", start, start, "z", "z", kept, kept, "z", "z")


LINKS = [link("l1", "a", "a"), link("l2", "b", "a"), link("l3", "c", "c")]
"""Two that a merge makes one, and one apart."""
CODINGS = st.lists(
    st.tuples(
        st.sampled_from(["c1", "l1", "l2", "l3"]),
        st.sampled_from([*TOPS, *PARTS, "g"]),
        st.sampled_from(STANCES),
        st.sampled_from(CLAIMS),
        st.lists(st.sampled_from(["Ann", "Ben", "Cy"]), min_size=1, unique=True),
    ),
    max_size=12,
).map(
    lambda rows: [
        Judged(
            str(n),
            target,
            stance,
            claim,
            place,
            tuple(Voice(who, stance, "interview") for who in voices),
        )
        for n, (target, place, stance, claim, voices) in enumerate(rows)
    ]
)


def top(place: str) -> str | None:
    """The project that a place counts for; None for the programme."""
    found = PARTS.get(place, place)
    return found if found in TOPS else None


def told(codings: list[Judged], targets: set[str], stance: Stance) -> set[str]:
    """The projects that take this side, by the letter of the rule."""
    sides = {top(c.concerns) for c in codings if c.target in targets and c.stance == stance}
    return {project for project in sides if project}


@given(CODINGS, st.randoms())
def test_a_configuration_counts_where_it_or_a_link_of_it_is_spoken_of(
    codings: list[Judged], random: object
) -> None:
    stated = [Stated("c1", "C-1", "Known by name", None, "under_test")]
    everything = {"c1", "l1", "l2", "l3"}

    (pattern,) = configuration_patterns(CASES, stated, LINKS, codings)

    for_, against = (told(codings, everything, s) for s in (Stance.SUPPORTS, Stance.REFUTES))
    assert {case.id for case in pattern.projects_for} == for_
    assert {case.id for case in pattern.projects_against} == against
    assert {case.id for case in pattern.projects_both} == for_ & against
    assert {case.id for case in pattern.projects_silent} == set(TOPS) - for_ - against
    shuffled = list(codings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert configuration_patterns(CASES, stated, LINKS, [*shuffled]) == (pattern,)


@given(CODINGS)
def test_merged_links_are_one_pattern_and_say_what_each_would_be(codings: list[Judged]) -> None:
    found = {pattern.id: pattern for pattern in link_patterns(CASES, LINKS, codings)}

    assert set(found) == {"l1", "l3"}
    assert found["l1"].through_merge
    assert not found["l3"].through_merge
    for id, targets in (("l1", {"l1", "l2"}), ("l3", {"l3"})):
        seen = {case.id for case in found[id].projects_for}
        assert seen == told(codings, targets, Stance.SUPPORTS)
        parts = [{case.id for case in part.projects_for} for part in found[id].parts]
        assert set().union(*parts) == seen


@given(CODINGS)
def test_support_takes_each_voice_once_and_nothing_but_sides(codings: list[Judged]) -> None:
    stated = [Stated("c1", "C-1", "Known by name", None, "under_test")]
    (pattern,) = configuration_patterns(CASES, stated, LINKS, codings)
    voices = {v.id for c in codings if c.stance == Stance.SUPPORTS for v in c.voices}
    refuted = any(c.stance == Stance.REFUTES for c in codings)

    if refuted:
        expected = Support.CONTESTED if voices else Support.REFUTED_ONLY
    else:
        expected = (Support.NONE, Support.SINGLE_VOICE, Support.CORROBORATED)[min(len(voices), 2)]
    assert pattern.support is expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p1", "p1a", "p1b"]),
            st.sampled_from(VALUES),
            st.sampled_from([None, "baseline", "final"]),
        ),
        unique_by=lambda row: (row[0], row[2]),
        max_size=6,
    )
)
def test_a_project_is_what_it_or_else_its_sub_cases_come_to(
    rows: list[tuple[str, str, str | None]],
) -> None:
    listed = [
        Assessed(str(n), "f", place, value, "not_stated", wave, False, "stated", ())
        for n, (place, value, wave) in enumerate(rows)
    ]

    reading = read_cell("p1", listed)

    own = [value for place, value, _ in rows if place == "p1"]
    used = own or [value for _, value, _ in rows]
    known = set(used) - {"not_assessable"}
    if not used:
        assert reading is None
    elif not known:
        assert reading is not None
        assert reading.value == "not_assessable"
    else:
        assert reading is not None
        assert reading.value == (known.pop() if len(known) == 1 else "mixed")
        assert len(reading.assessments) == len(used)
