"""Whether a casebook is well: each invariant is broken on purpose and found."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmo.errors import NotAllowed
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.checking import check, mend_marks
from tests.fixtures.rich import Rich, build

BREAKS = Path(__file__).parent.parent / "fixtures" / "breaks"
"""Statements that break one invariant each, past the services; the file's name says which."""


@pytest.fixture(name="rich")
def _rich(casebook: Casebook, ann: Actor) -> Rich:
    return build(casebook.graph, ann)


def test_a_casebook_made_through_the_services_is_well(casebook: Casebook, ann: Actor) -> None:
    build(casebook.graph, ann)
    build(casebook.graph, ann, name="A second programme")

    assert check(casebook.graph, ann) == []


@pytest.mark.parametrize("broken", sorted(BREAKS.glob("*.cypher")), ids=lambda p: p.stem)
def test_what_breaks_an_invariant_is_found_and_named(
    casebook: Casebook, ann: Actor, rich: Rich, broken: Path
) -> None:
    invariant, _, record = broken.stem.split("__")
    if invariant == "8":
        build(casebook.graph, ann, name="A second programme")
    casebook.graph.write(lambda tx: tx.run_statement(broken.read_text(encoding="utf-8")))

    faults = [f for f in check(casebook.graph, ann) if f.invariant == invariant]

    assert faults
    if record != "none":
        assert rich[record] in {fault.record for fault in faults}
    assert all(fault.wrong and fault.next_step for fault in faults)


@pytest.mark.usefixtures("rich")
def test_marks_are_set_anew_by_somebody_who_may(casebook: Casebook) -> None:
    broken = (BREAKS / "9__marked__coding_anticipated.cypher").read_text(encoding="utf-8")
    casebook.graph.write(lambda tx: tx.run_statement(broken))
    with pytest.raises(NotAllowed):
        mend_marks(casebook.graph, casebook.actor("Researcher"))

    assert mend_marks(casebook.graph, casebook.actor("Data Steward")) == 1
    assert mend_marks(casebook.graph, casebook.actor("Data Steward")) == 0
    assert check(casebook.graph, casebook.actor("ann")) == []
