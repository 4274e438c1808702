"""Somebody who researches one project and leads the programme: of other projects they are told no
group of fewer than three informants (docs/decisions/0019)."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cmo.domain.case import Stakeholder
from cmo.domain.evidence import Informant
from cmo.domain.fields import Tie
from cmo.domain.people import User
from cmo.domain.vocabulary import StakeholderKind
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.evidence_export import groups_named
from cmo.services.interview_cards import role_groups
from cmo.services.reading import read
from tests.graph.fieldwork import Fieldwork


class Two(NamedTuple):
    """Two projects; in the other one are two clerks, an informant of both is a nurse."""

    field: Fieldwork
    own: str
    other: str
    mixed: Actor


@pytest.fixture(name="two")
def _two(field: Fieldwork, project: str) -> Two:
    other = field.project("Hillside")
    here, there = field.source(project), field.source(other, title="Other talk")
    for name in ("Cleo", "Cara"):
        field.informant(name, there, role_group="clerks")
    for name, source in (("Nan", here), ("Ned", there)):
        field.informant(name, source, role_group="nurses")
    for name in ("Una", "Ugo", "Ulf"):
        field.informant(name, there, role_group="hosts")
    field.add(Informant(pseudonym="Ida", programme=field.programme, role_group="cooks"))
    roles = (
        Tie(project, (("role", "researcher"),)),
        Tie(field.programme, (("role", "programme_lead"),)),
    )
    field.add(User(subject="mia", display_name="Mia", roles=roles))
    return Two(field, project, other, field.casebook.actor("mia"))


def test_a_small_group_is_named_to_who_reads_the_texts_of_one_of_it(two: Two) -> None:
    field = two.field

    named = groups_named(field.graph, two.mixed, field.programme)
    told = read(field.graph, "evidence/role_groups", two.mixed, programme_id=field.programme)
    carded = [r.name for r in role_groups(field.graph, two.mixed, field.programme)]

    # Nobody is heard among the cooks: who researches a project sees the register of those.
    assert named == [row["role_group"] for row in told] == carded == ["cooks", "hosts", "nurses"]
    assert {row["role_group"]: row["informants"] for row in told}["nurses"] == 2
    assert "clerks" in groups_named(field.graph, field.actor, field.programme)


def test_who_only_leads_or_only_researches_is_told_as_before(two: Two) -> None:
    field = two.field
    lead = field.colleague("lea", field.programme, "programme_lead")
    rita = field.colleague("rita", two.own, "researcher")

    assert groups_named(field.graph, lead, field.programme) == ["hosts"]
    assert groups_named(field.graph, rita, field.programme) == ["cooks", "nurses"]


def test_cards_for_a_project_name_no_small_group_of_another(two: Two) -> None:
    field = two.field

    there = {r.name for r in role_groups(field.graph, two.mixed, field.programme, two.other)}

    assert there == {"cooks", "hosts", "nurses"}


def test_whether_a_stakeholder_is_spoken_for_elsewhere_is_not_told(two: Two) -> None:
    field = two.field
    driver, _ = (
        field.add(Stakeholder(name=name, programme=field.programme, kind=StakeholderKind.ROLE))
        for name in ("Bus driver", "Gardener")
    )

    def offered() -> set[str]:
        found = role_groups(field.graph, two.mixed, field.programme)
        return {r.name for r in found if r.known_by == "stakeholder"}

    assert offered() == {"Bus driver", "Gardener"}
    cleo = next(
        row["id"]
        for row in read(field.graph, "evidence/informants", field.actor)
        if row["pseudonym"] == "Cleo"
    )
    recording.edit(field.graph, field.actor, cleo, 1, {"speaks_for": (driver,)})
    assert offered() == set()
