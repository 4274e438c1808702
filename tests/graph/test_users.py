"""Users and roles: data stewards keep them, and nobody gives what they do not keep."""

from __future__ import annotations

import pytest

from cmo.domain.case import Programme, Project
from cmo.domain.vocabulary import Role
from cmo.errors import AlreadyThere, InvalidInput, NotAllowed, NotFound, Refused
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.undoing import undo
from cmo.services.users import add_user, give_role, list_users, take_role
from tests.graph.at_once import at_once


def test_a_steward_adds_somebody_with_a_role(
    casebook: Casebook, ann: Actor, programme: str, project: str
) -> None:
    add_user(casebook.graph, ann, "bo@example.org", "Bo", roles=[(Role.RESEARCHER, project)])

    bo = casebook.actor("Bo")
    assert [grant.role for grant in bo.grants] == [Role.RESEARCHER]
    assert set(bo.visible_places) == {programme, project}
    assert [u["display_name"] for u in list_users(casebook.graph, bo)] == ["ann", "Bo"]


@pytest.mark.usefixtures("programme")
def test_a_subject_is_given_once(casebook: Casebook, ann: Actor) -> None:
    bo = add_user(casebook.graph, ann, "bo", "Bo").id
    with pytest.raises(AlreadyThere):
        add_user(casebook.graph, ann, "bo", "Another Bo")
    recording.retire(casebook.graph, ann, bo, why="left")

    with pytest.raises(AlreadyThere):
        add_user(casebook.graph, ann, "bo", "Bo again")
    with pytest.raises(NotFound):
        casebook.actor("bo")


@pytest.mark.usefixtures("programme")
def test_two_stewards_who_add_the_same_person_at_once_add_one(
    casebook: Casebook, ann: Actor
) -> None:
    outcomes = at_once(6, lambda _: add_user(casebook.graph, ann, "bo", "Bo"))

    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert all(isinstance(o, AlreadyThere) for o in outcomes if isinstance(o, Exception))
    assert len(list_users(casebook.graph, ann)) == 2


def test_roles_are_given_and_taken(casebook: Casebook, ann: Actor, programme: str) -> None:
    bo = add_user(casebook.graph, ann, "bo").id
    give_role(casebook.graph, ann, bo, Role.AUDITOR, programme)
    with pytest.raises(AlreadyThere):
        give_role(casebook.graph, ann, bo, Role.AUDITOR, programme)
    give_role(casebook.graph, ann, bo, Role.RESEARCHER, programme)
    assert {g.role for g in casebook.actor("bo").grants} == {Role.AUDITOR, Role.RESEARCHER}

    take_role(casebook.graph, ann, bo, Role.AUDITOR, programme)
    with pytest.raises(NotFound):
        take_role(casebook.graph, ann, bo, Role.AUDITOR, programme)
    assert {g.role for g in casebook.actor("bo").grants} == {Role.RESEARCHER}


def test_only_data_stewards_keep_users(casebook: Casebook, ann: Actor, programme: str) -> None:
    for role in set(Role) - {Role.DATA_STEWARD}:
        user = add_user(casebook.graph, ann, str(role), roles=[(role, programme)]).id
        actor = casebook.actor(str(role))
        with pytest.raises(NotAllowed):
            add_user(casebook.graph, actor, "somebody")
        with pytest.raises((NotAllowed, NotFound)):
            give_role(casebook.graph, actor, user, Role.DATA_STEWARD, programme)


def test_a_steward_of_one_project_gives_no_role_in_the_programme_or_elsewhere(
    casebook: Casebook, ann: Actor, programme: str, project: str
) -> None:
    other = recording.record(casebook.graph, ann, Project(name="Hill", part_of=programme)).id
    bo = add_user(casebook.graph, ann, "bo", roles=[(Role.DATA_STEWARD, project)]).id
    steward = casebook.actor("bo")

    for place in (programme, other):
        with pytest.raises((NotAllowed, NotFound)):
            give_role(casebook.graph, steward, bo, Role.EVALUATOR, place)
    give_role(casebook.graph, steward, bo, Role.RESEARCHER, project)


def test_the_last_data_steward_of_a_programme_stays(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    with pytest.raises(Refused, match="only data steward"):
        take_role(casebook.graph, ann, ann.id, Role.DATA_STEWARD, programme)
    add_user(casebook.graph, ann, "bo", roles=[(Role.DATA_STEWARD, programme)])

    take_role(casebook.graph, ann, ann.id, Role.DATA_STEWARD, programme)

    assert {g.role for g in casebook.actor("ann").grants} == {Role.EVALUATOR}


def test_a_role_is_given_to_users_only(casebook: Casebook, ann: Actor, programme: str) -> None:
    with pytest.raises(InvalidInput, match="not a user"):
        give_role(casebook.graph, ann, programme, Role.AUDITOR, programme)


def test_a_given_role_can_be_taken_back(casebook: Casebook, ann: Actor, programme: str) -> None:
    bo = add_user(casebook.graph, ann, "bo").id
    give_role(casebook.graph, ann, bo, Role.AUDITOR, programme)

    undo(casebook.graph, ann)

    assert casebook.actor("bo").grants == ()


def test_programmes_recorded_at_once_all_have_their_founder(casebook: Casebook, ann: Actor) -> None:
    def found(number: int) -> str:
        return recording.record(casebook.graph, ann, Programme(name=f"Programme {number}")).id

    programmes = at_once(4, found)

    assert not [p for p in programmes if isinstance(p, Exception)]
    assert {g.place for g in casebook.actor("ann").grants} == set(programmes)


def test_the_first_user_is_one_however_many_come_at_once(casebook: Casebook) -> None:
    names = ["ann", "bo", "cy", "di"]

    outcomes = at_once(len(names), lambda number: casebook.actor(names[number]))

    assert sum(isinstance(outcome, Actor) for outcome in outcomes) == 1
    assert all(isinstance(o, NotFound) for o in outcomes if isinstance(o, Exception))
