"""Merging factors reversibly."""

from __future__ import annotations

import pytest

from cmo.domain.fields import Tie
from cmo.domain.theory import Factor
from cmo.domain.vocabulary import FactorRole
from cmo.errors import AlreadyThere, InvalidInput, NotAllowed, NotFound
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.checking import check
from cmo.services.history import history
from cmo.services.merging import merge, unmerge
from cmo.services.reading import get_record
from cmo.services.recording import record
from cmo.services.undoing import undo
from tests.fixtures.rich import Rich, build


@pytest.fixture(name="rich")
def _rich(casebook: Casebook, ann: Actor) -> Rich:
    return build(casebook.graph, ann)


@pytest.fixture
def freedom(casebook: Casebook, ann: Actor, rich: Rich) -> str:
    """Another mechanism, which own budget and what stands for it could be."""
    made = Factor(label="Freedom", programme=rich["programme"], roles=(FactorRole.MECHANISM,))
    return record(casebook.graph, ann, made).id


def active(casebook: Casebook, ann: Actor, factor: str) -> list[str]:
    held: tuple[Tie, ...] = get_record(casebook.graph, ann, factor).fields["same_as"]
    return [tie.to for tie in held if tie.get("undone_at") is None]


def test_a_merge_keeps_its_time_and_reason_and_both_factors(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    merge(casebook.graph, ann, rich["continuity"], rich["turbulence"], "one thing")

    (tie,) = get_record(casebook.graph, ann, rich["continuity"]).fields["same_as"]
    assert tie.to == rich["turbulence"]
    assert (tie.get("why"), tie.get("origin"), tie.get("undone_at")) == ("one thing", "ours", None)
    assert tie.get("at")
    assert get_record(casebook.graph, ann, rich["continuity"]).retired_at is None
    assert check(casebook.graph, ann) == []


def test_an_unmerged_factor_stands_for_itself_and_the_merge_is_remembered(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    unmerge(casebook.graph, ann, rich["alias"], "two things after all")
    with pytest.raises(NotFound, match="stands for no other"):
        unmerge(casebook.graph, ann, rich["alias"])

    (tie,) = get_record(casebook.graph, ann, rich["alias"]).fields["same_as"]
    assert tie.get("undone_at")
    merge(casebook.graph, ann, rich["alias"], rich["budget"], "one thing after all")
    unmerge(casebook.graph, ann, rich["alias"])
    merge(casebook.graph, ann, rich["alias"], rich["budget"], "one thing for good")

    ties = get_record(casebook.graph, ann, rich["alias"]).fields["same_as"]
    assert [tie.to for tie in ties] == [rich["budget"]] * 3
    assert active(casebook, ann, rich["alias"]) == [rich["budget"]]
    assert check(casebook.graph, ann) == []


def test_a_second_merge_points_everything_to_the_factor_that_is_kept(
    casebook: Casebook, ann: Actor, rich: Rich, freedom: str
) -> None:
    done = merge(casebook.graph, ann, rich["budget"], freedom, "one thing")

    assert active(casebook, ann, rich["budget"]) == [freedom]
    assert active(casebook, ann, rich["alias"]) == [freedom]
    (entry,) = [e for e in history(casebook.graph, ann) if e.change == done.change]
    assert {t.id for t in entry.touched} == {rich["budget"], rich["alias"]}
    assert check(casebook.graph, ann) == []

    undo(casebook.graph, ann)
    assert active(casebook, ann, rich["alias"]) == [rich["budget"]]
    assert active(casebook, ann, rich["budget"]) == []
    assert check(casebook.graph, ann) == []


def test_an_alias_can_be_pointed_to_another_factor(
    casebook: Casebook, ann: Actor, rich: Rich, freedom: str
) -> None:
    merge(casebook.graph, ann, rich["alias"], freedom, "closer to that")

    assert active(casebook, ann, rich["alias"]) == [freedom]
    assert check(casebook.graph, ann) == []


def test_merges_that_make_no_sense_are_refused(
    casebook: Casebook, ann: Actor, rich: Rich, freedom: str
) -> None:
    with pytest.raises(InvalidInput, match="F-3 instead"):
        merge(casebook.graph, ann, freedom, rich["alias"], "x")
    with pytest.raises(AlreadyThere):
        merge(casebook.graph, ann, rich["alias"], rich["budget"], "x")
    with pytest.raises(InvalidInput, match="itself"):
        merge(casebook.graph, ann, rich["policy"], rich["policy"], "x")
    with pytest.raises(InvalidInput, match="reason"):
        merge(casebook.graph, ann, rich["policy"], rich["budget"], " ")
    with pytest.raises(InvalidInput, match="not a factor"):
        merge(casebook.graph, ann, rich["policy"], rich["council"], "x")
    with pytest.raises(InvalidInput, match="not one thing"):
        merge(casebook.graph, ann, rich["policy"], rich["continuity"], "x")
    other = build(casebook.graph, ann, name="Other")
    with pytest.raises(InvalidInput, match="another programme"):
        merge(casebook.graph, ann, rich["policy"], other["policy"], "x")
    assert check(casebook.graph, ann) == []


def test_evaluators_merge_and_nobody_else(casebook: Casebook, rich: Rich, freedom: str) -> None:
    for name in ("Researcher", "Programme Lead", "Data Steward"):
        with pytest.raises(NotAllowed):
            merge(casebook.graph, casebook.actor(name), freedom, rich["budget"], "x")
        with pytest.raises(NotAllowed):
            unmerge(casebook.graph, casebook.actor(name), rich["alias"])
    merge(casebook.graph, casebook.actor("Evaluator"), freedom, rich["budget"], "x")
