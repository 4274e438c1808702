"""A shipped casebook that several load at the same moment is loaded once."""

from __future__ import annotations

from cmo.services import checking, seeding
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.seeding import SeedReport
from tests.graph.at_once import at_once


def test_two_who_load_the_same_at_once_both_end_well(casebook: Casebook, ann: Actor) -> None:
    reports = at_once(2, lambda _: seeding.seed(casebook.graph, ann, "hipp"))

    told = [r for r in reports if isinstance(r, SeedReport)]
    assert len(told) == 2, reports
    first, second = sorted(told, key=lambda report: report.added)
    assert (first.added, first.unchanged) == (0, second.added)
    assert first.kept == ()
    assert checking.check(casebook.graph, casebook.actor("ann")) == []
