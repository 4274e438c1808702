"""Interview cards: what is contested or unheard from a role group, by counted codings alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cmo.analysis.cards import Standing
from cmo.domain.case import Stakeholder
from cmo.domain.evidence import Finding
from cmo.domain.theory import CmoLink, ProgrammeTheory
from cmo.domain.vocabulary import Claim, FindingTopic, LinkKind, StakeholderKind, Support
from cmo.errors import NotFound
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.interview_cards import InterviewCards, interview_cards, role_groups
from cmo.services.naming import find_programme
from cmo.services.printed_cards import as_page
from cmo.services.recording import reinstate, retire
from cmo.services.supporting import support_of, support_of_all
from cmo.services.undoing import undo
from cmo.services.withdrawal import withdraw
from tests.graph.fieldwork import TEXT, Fieldwork

HOSTS, NURSES = "hosts", "nurses"
ROSA, FERGUS = "They came back because I knew them", "Nobody came back to me"


class Ground:
    """A configuration with a link that tests a theory, and a theory that nothing tests; Rosa is a
    host and Fergus a nurse, and nothing is coded yet."""

    def __init__(self, field: Fieldwork, project: str) -> None:
        self.field, self.project = field, project
        self.source = field.source(project, text=TEXT)
        self.rosa = field.informant("Rosa", self.source, role_group=HOSTS)
        self.fergus = field.informant("Fergus", self.source, role_group=NURSES)
        known, back = (
            field.factor("Known by name", "Context"),
            field.factor("They come back", "Outcome"),
        )
        self.theory, self.maps = (
            field.add(ProgrammeTheory(statement=said, programme=field.programme))
            for said in ("People stay with those they know.", "Maps bring people.")
        )
        self.whole = field.configuration(
            "Known", contexts=(known,), outcomes=(back,), tests=(self.theory,)
        )
        self.link = field.add(
            CmoLink(
                kind=LinkKind.CONTEXT_OUTCOME,
                configuration=self.whole,
                starts_at=known,
                ends_at=back,
            )
        )

    def cards(
        self, role: str = HOSTS, project: str | None = None, *, heard: bool = False
    ) -> InterviewCards:
        field = self.field
        return interview_cards(
            field.graph, field.actor, field.programme, role, project_id=project, heard=heard
        )

    def standings(self, role: str = HOSTS, project: str | None = None) -> dict[str, Standing]:
        """How each thing stands, by its id, in the order of the cards."""
        return {card.id: card.standing for card in self.cards(role, project, heard=True).cards}

    def says(self, quote: str, target: str, stance: str = "supports", **more: Any) -> str:
        return self.field.code(
            self.field.passage(self.source, quote), target, stance=stance, **more
        )


@pytest.fixture(name="ground")
def _ground(field: Fieldwork, project: str) -> Ground:
    return Ground(field, project)


def test_what_nobody_was_heard_on_is_on_a_card_for_everybody(ground: Ground) -> None:
    found = ground.cards()

    assert {card.standing for card in found.cards} == {Standing.HEARD_FROM_NOBODY}
    assert [card.code for card in found.cards] == ["T-1", "T-2", "C-1"]
    assert (found.left, found.looked_at) == (0, 3)
    (held,) = (card for card in found.cards if card.id == ground.whole)
    assert [e["label"] for e in held.elements["contexts"]] == ["Known by name"]
    assert "“Known by name”" in held.questions[1]


def test_a_coding_from_the_role_takes_the_card_away_and_its_withdrawal_brings_it_back(
    ground: Ground,
) -> None:
    field = ground.field
    ground.says(ROSA, ground.link)

    # The link's coding counts for its configuration, and that for the theory which it tests.
    assert ground.standings() == {
        ground.maps: Standing.HEARD_FROM_NOBODY,
        ground.theory: Standing.HEARD,
        ground.whole: Standing.HEARD,
    }
    assert [card.id for card in ground.cards().cards] == [ground.maps]
    assert ground.cards().left == 2
    assert ground.standings(NURSES)[ground.whole] is Standing.UNHEARD

    done = withdraw(field.graph, field.actor, ground.rosa, "asked to")
    assert set(ground.standings().values()) == {Standing.HEARD_FROM_NOBODY}
    assert ground.cards().role.informants == 0
    undo(field.graph, field.actor, done.change)
    assert ground.standings()[ground.whole] is Standing.HEARD


def test_contested_is_support_and_refutation_and_whose_they_are_decides_the_place(
    ground: Ground,
) -> None:
    for_it = ground.says(ROSA, ground.whole)
    ground.says(FERGUS, ground.whole, "refutes")
    assert ground.standings()[ground.whole] is Standing.CONTESTED_BETWEEN
    assert ground.standings(NURSES)[ground.whole] is Standing.CONTESTED_BETWEEN

    against = ground.says("So it goes", ground.whole, "refutes")
    assert ground.standings()[ground.whole] is Standing.CONTESTED_WITHIN
    assert list(ground.standings())[:2] == [ground.theory, ground.whole]
    (held,) = (card for card in ground.cards().cards if card.id == ground.whole)
    assert (held.group.supporting, held.group.refuting, held.others.refuting) == (1, 1, 1)
    assert held.why == "This group 1 against, 1 for; elsewhere 1 against."

    field = ground.field
    for coding in (for_it, against):
        retire(field.graph, field.actor, coding, why="a slip")
    field.said(ground.project, ground.whole)
    assert ground.standings()[ground.whole] is Standing.CONTESTED_ELSEWHERE
    assert ground.standings()[ground.maps] is Standing.HEARD_FROM_NOBODY
    assert list(ground.standings()) == [ground.theory, ground.whole, ground.maps]


def test_the_voices_on_a_card_are_those_that_support_counts(ground: Ground) -> None:
    field = ground.field
    ground.says(ROSA, ground.whole)
    ground.says("So it goes", ground.link)
    field.said(ground.project, ground.link, "refutes")
    field.said(ground.project, ground.theory, "refines")

    for thing in (ground.whole, ground.theory):
        held = next(card for card in ground.cards(NURSES).cards if card.id == thing)
        told = support_of(field.graph, field.actor, thing)
        assert held.group.supporting + held.others.supporting == len(told.voices_for) == 1
        assert held.group.refuting + held.others.refuting == len(told.voices_against) == 1
    (theory,) = (card for card in ground.cards(NURSES).cards if card.id == ground.theory)
    assert theory.others.besides == 1


def test_only_counted_codings_are_heard(ground: Ground) -> None:
    field = ground.field
    ground.says(ROSA, ground.whole, claim=Claim.ANTICIPATED)
    coding = ground.says("So it goes", ground.maps)
    assert ground.standings()[ground.whole] is Standing.HEARD_FROM_NOBODY
    assert ground.standings()[ground.maps] is Standing.HEARD

    retire(field.graph, field.actor, coding, why="a slip")
    assert ground.standings()[ground.maps] is Standing.HEARD_FROM_NOBODY


def test_a_group_that_only_refines_is_heard(ground: Ground) -> None:
    ground.says(ROSA, ground.maps, "refines")

    assert ground.standings()[ground.maps] is Standing.HEARD


def test_what_is_retired_is_on_no_card_and_counts_on_none(ground: Ground) -> None:
    field = ground.field
    ground.says(ROSA, ground.link)
    retire(field.graph, field.actor, ground.whole, why="never was one")

    assert ground.standings() == {
        ground.theory: Standing.HEARD_FROM_NOBODY,
        ground.maps: Standing.HEARD_FROM_NOBODY,
    }
    reinstate(field.graph, field.actor, ground.whole)
    assert ground.standings()[ground.theory] is Standing.HEARD


def test_in_a_project_only_what_was_said_of_it_and_its_sub_cases_is_the_groups(
    ground: Ground,
) -> None:
    field = ground.field
    hill = field.project("Hillside")
    team = field.project("Hill team", hill)
    ground.says(ROSA, ground.whole)
    assert ground.standings(project=ground.project)[ground.whole] is Standing.HEARD
    assert ground.standings(project=hill)[ground.whole] is Standing.UNHEARD
    (held,) = (c for c in ground.cards(project=hill).cards if c.id == ground.whole)
    assert held.why == "Elsewhere 1 for; nobody of this group was heard on this project."
    assert ground.cards(project=hill).project == "Hillside"

    ground.says("So it goes", ground.whole, concerns=team)
    assert ground.standings(project=hill)[ground.whole] is Standing.HEARD


def test_rivals_are_asked_about_by_what_they_say(ground: Ground) -> None:
    field = ground.field
    recording.edit(field.graph, field.actor, ground.theory, 1, {"rivals": (ground.maps,)})

    asked = {card.id: card.questions[4] for card in ground.cards().cards}
    assert "“Maps bring people”" in asked[ground.theory]
    assert "“People stay with those they know”" in asked[ground.maps]
    retire(field.graph, field.actor, ground.maps, why="dropped")
    (theory, _) = ground.cards().cards
    assert theory.questions[4] == "How else could one explain what you have seen?"


def test_roles_that_nobody_was_interviewed_from_can_be_chosen_too(ground: Ground) -> None:
    field = ground.field
    driver, council = (
        field.add(Stakeholder(name=name, programme=field.programme, kind=kind))
        for name, kind in (
            ("Bus driver", StakeholderKind.ROLE),
            ("Council", StakeholderKind.ORGANISATION),
        )
    )
    field.add(
        Finding(
            statement="They wait.",
            within=ground.project,
            topic=FindingTopic.RESULT,
            role_group="clerics",
        )
    )
    offered = role_groups(field.graph, field.actor, field.programme)

    assert [(r.name, r.known_by, r.informants) for r in offered] == [
        (HOSTS, "informants", 1),
        (NURSES, "informants", 1),
        ("Bus driver", "stakeholder", 0),
        ("clerics", "finding", 0),
    ]
    ground.says(ROSA, ground.whole)
    assert ground.standings("bus  DRIVER")[ground.whole] is Standing.UNHEARD
    recording.edit(field.graph, field.actor, ground.fergus, 1, {"speaks_for": (driver, council)})
    assert "Bus driver" not in {
        r.name for r in role_groups(field.graph, field.actor, field.programme)
    }


def test_a_group_that_was_interviewed_elsewhere_is_not_offered_as_one_that_was_not(
    ground: Ground,
) -> None:
    field = ground.field
    hill = field.project("Hillside")
    there = field.source(hill, title="Other talk")
    for name in ("Una", "Ugo"):
        field.informant(name, there, role_group=HOSTS)
    here = field.source(ground.project, title="Third talk")
    for name in ("Ulf", "Ute"):
        field.informant(name, here, role_group=HOSTS)
    for name in ("Hosts", "Bus driver"):
        field.add(Stakeholder(name=name, programme=field.programme, kind=StakeholderKind.ROLE))
    for name in (HOSTS, "HOSTS", "clerics"):
        field.add(
            Finding(
                statement=f"They wait, {name} say.",
                within=hill,
                topic=FindingTopic.RESULT,
                role_group=name,
            )
        )
    lead = field.colleague("lea", field.programme, "programme_lead")

    def offered(who: Actor, place: str | None) -> list[tuple[str, str, int]]:
        found = role_groups(field.graph, who, field.programme, place)
        return [(r.name, r.known_by, r.informants) for r in found]

    others = [("Bus driver", "stakeholder", 0), ("clerics", "finding", 0)]
    assert offered(lead, hill) == others
    assert offered(lead, None) == [(HOSTS, "informants", 5), *others]
    assert offered(field.actor, hill) == [
        (HOSTS, "informants", 2),
        (NURSES, "informants", 0),
        *others,
    ]
    # That one of the stakeholders is a group too small to be named is not to be told from a gap.
    field.add(Stakeholder(name="Nurses", programme=field.programme, kind=StakeholderKind.ROLE))
    assert offered(lead, hill) == [("clerics", "finding", 0)]


def test_groups_that_differ_in_capitals_alone_are_two_groups(ground: Ground) -> None:
    field = ground.field
    field.informant("Una", field.source(ground.project), role_group="Hosts")
    ground.says(ROSA, ground.whole)

    offered = [r.name for r in role_groups(field.graph, field.actor, field.programme)]
    assert sorted(offered) == ["Hosts", HOSTS, NURSES]
    assert ground.standings(HOSTS)[ground.whole] is Standing.HEARD
    assert ground.standings("Hosts")[ground.whole] is Standing.UNHEARD
    assert ground.cards("Nurses").role.name == NURSES
    with pytest.raises(NotFound) as refusal:
        ground.cards("HOSTS")
    assert {name for _, name in refusal.value.candidates} == {"Hosts", HOSTS}


def test_an_unknown_role_project_or_programme_is_refused_by_name(ground: Ground) -> None:
    field = ground.field
    with pytest.raises(NotFound, match="role group sailors"):
        ground.cards("sailors")
    with pytest.raises(NotFound, match="project"):
        ground.cards(project=ground.whole)
    with pytest.raises(NotFound, match="programme"):
        interview_cards(field.graph, field.actor, ground.project, HOSTS)


def three_hosts(ground: Ground) -> None:
    """Makes the hosts a group of three, of whom two speak of nothing yet."""
    for name in ("Una", "Ugo"):
        ground.field.informant(name, ground.field.source(ground.project), role_group=HOSTS)


def told(found: InterviewCards) -> str:
    """Everything that is shown, printed or saved of the cards."""
    return as_page(found) + json.dumps(found.rows(), ensure_ascii=False)


def test_who_reads_no_words_is_told_of_no_small_group(ground: Ground) -> None:
    field = ground.field
    ground.says(ROSA, ground.whole)
    ground.says(FERGUS, ground.whole, "refutes")
    three_hosts(ground)
    lead = field.colleague("lea", field.programme, "programme_lead")

    assert [r.name for r in role_groups(field.graph, lead, field.programme)] == [HOSTS]
    found = interview_cards(field.graph, lead, field.programme, HOSTS)
    assert NURSES not in told(found)
    assert [(c.id, c.why) for c in found.cards] == [(c.id, c.why) for c in ground.cards().cards]
    with pytest.raises(NotFound) as refusal:
        interview_cards(field.graph, lead, field.programme, NURSES)
    assert "hosts" in str(refusal.value.next_step)

    hill = field.project("Hillside")
    assert role_groups(field.graph, lead, field.programme, hill) == ()
    with pytest.raises(NotFound):
        interview_cards(field.graph, lead, field.programme, HOSTS, project_id=hill)


def test_whose_role_nobody_speaks_for_is_told_to_a_lead_only_where_none_is_spoken_for(
    ground: Ground,
) -> None:
    field = ground.field
    lead = field.colleague("lea", field.programme, "programme_lead")
    driver, cook = (
        field.add(Stakeholder(name=name, programme=field.programme, kind=StakeholderKind.ROLE))
        for name in ("Bus driver", "Cook")
    )
    offered = {r.name for r in role_groups(field.graph, lead, field.programme)}
    assert offered == {"Bus driver", "Cook"}

    recording.edit(field.graph, field.actor, ground.fergus, 1, {"speaks_for": (driver,)})
    assert role_groups(field.graph, lead, field.programme) == ()
    assert cook


def test_a_project_that_somebody_may_not_see_is_heard_in_none_of_their_figures(
    ground: Ground,
) -> None:
    field = ground.field
    hill = field.project("Hillside")
    rita = field.colleague("rita", hill, "researcher")
    ground.says(ROSA, ground.whole)

    assert role_groups(field.graph, rita, field.programme) == ()
    field.informant("Ida", field.source(hill, title="Other talk"), role_group="cooks")
    found = interview_cards(field.graph, rita, field.programme, "cooks")
    assert {c.standing for c in found.cards} == {Standing.HEARD_FROM_NOBODY}
    with pytest.raises(NotFound):
        interview_cards(field.graph, rita, field.programme, "cooks", project_id=ground.project)


def test_nobodys_words_are_on_a_card_whoever_asks(ground: Ground) -> None:
    ground.says(ROSA, ground.whole)
    ground.says(FERGUS, ground.whole, "refutes")

    said = told(ground.cards(heard=True))

    assert not [words for words in (ROSA, FERGUS, "Rosa", "Fergus") if words in said]


@pytest.mark.parametrize("name", ["HIPP", "Practice"])
def test_what_is_contested_on_the_cards_is_what_support_says(
    demo: tuple[Casebook, Actor], name: str
) -> None:
    casebook, ann = demo
    programme = find_programme(casebook.graph, ann, name)
    supported = support_of_all(casebook.graph, ann, programme["id"])

    for group in role_groups(casebook.graph, ann, programme["id"])[:6]:
        found = interview_cards(casebook.graph, ann, programme["id"], group.name, heard=True)
        assert found.synthetic == (name == "Practice")
        assert found.looked_at == len(found.cards) == {"HIPP": 30, "Practice": 15}[name]
        for card in found.cards:
            contested = card.standing.name.startswith("CONTESTED")
            assert contested == (supported.get(card.id) == Support.CONTESTED), card.code
            if not group.informants:
                assert not card.group.heard
