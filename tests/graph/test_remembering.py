"""What a whole programme comes to is remembered, and never shown when it is out of date."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.domain.case import Project
from cmo.domain.evidence import Source
from cmo.domain.vocabulary import Role, SourceKind
from cmo.errors import NotAllowed
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.reading import one_look, read
from cmo.services.remembering import remembered, whole
from cmo.services.users import take_role
from tests.graph.fieldwork import Fieldwork


def test_what_is_remembered_is_worked_out_once_while_nobody_writes(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    made: list[int] = []

    def work() -> int:
        made.append(1)
        return len(made)

    assert [remembered(casebook.graph, ann, programme, work) for _ in range(3)] == [1, 1, 1]
    recording.record(casebook.graph, ann, Project(name="Moor", part_of=programme))
    assert remembered(casebook.graph, ann, programme, work) == 2


def test_a_write_is_seen_by_the_next_who_asks(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    graph = casebook.graph
    before = whole(graph, "case/projects", ann, programme_id=programme)

    made = recording.record(graph, ann, Project(name="Moor", part_of=programme)).id

    assert [row["id"] for row in whole(graph, "case/projects", ann, programme_id=programme)] == [
        *(row["id"] for row in before),
        made,
    ]


def test_who_may_see_less_is_not_told_what_was_remembered_for_others(
    field: Fieldwork, project: str
) -> None:
    field.project("Moor")
    asked = {"programme_id": field.programme}
    everything = whole(field.graph, "case/projects", field.actor, **asked)
    bo = field.colleague("bo", project, "researcher")

    told = whole(field.graph, "case/projects", bo, **asked)

    assert told == read(field.graph, "case/projects", bo, **asked)
    assert [row["id"] for row in told] == [project]
    assert len(everything) == 2


def test_whoever_changes_the_list_that_they_got_changes_nobody_elses(
    casebook: Casebook, ann: Actor, project: str
) -> None:
    whole(casebook.graph, "case/projects", ann).clear()

    assert [row["id"] for row in whole(casebook.graph, "case/projects", ann)] == [project]


def test_a_refusal_is_not_remembered(casebook: Casebook, ann: Actor, programme: str) -> None:
    def refuse() -> None:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            remembered(casebook.graph, ann, ("refusal", programme), refuse)


def test_a_change_to_what_an_answer_does_not_depend_on_leaves_it(field: Fieldwork) -> None:
    made: list[int] = []

    def work() -> int:
        made.append(1)
        return len(made)

    def ask() -> int:
        return remembered(field.graph, field.actor, "of projects", work, of=("case/projects",))

    ask()
    field.factor("Known by name", "Context")
    assert ask() == 1
    field.project("Moor")
    assert ask() == 2


def test_roles_are_read_once_while_a_page_is_drawn_and_anew_for_the_next(
    field: Fieldwork, project: str, again: Callable[[], Casebook]
) -> None:
    bo = field.colleague("bo", project, "researcher")
    asked = {"programme_id": field.programme}
    with one_look():
        assert read(field.graph, "case/projects", bo, **asked)
        takes_away(again, bo.id, project)
        assert read(field.graph, "case/projects", bo, **asked)
        with one_look():
            assert read(field.graph, "case/projects", bo, **asked)
    with one_look():
        assert read(field.graph, "case/projects", bo, **asked) == []
    assert read(field.graph, "case/projects", bo, **asked) == []


def test_what_this_program_writes_while_a_page_is_drawn_is_seen_by_the_rest_of_it(
    field: Fieldwork, project: str
) -> None:
    bo = field.colleague("bo", project, "researcher")
    asked = {"programme_id": field.programme}
    with one_look():
        assert whole(field.graph, "case/projects", bo, **asked)
        take_role(field.graph, field.actor, bo.id, Role.RESEARCHER, project)
        assert whole(field.graph, "case/projects", bo, **asked) == []


def test_whoever_lost_their_role_writes_nothing_from_a_page_that_is_still_drawn(
    field: Fieldwork, project: str, again: Callable[[], Casebook]
) -> None:
    bo = field.colleague("bo", project, "researcher")
    with one_look():
        read(field.graph, "case/projects", bo)
        takes_away(again, bo.id, project)
        with pytest.raises(NotAllowed):
            recording.record(
                field.graph,
                bo,
                Source(title="Talk", kind=SourceKind.INTERVIEW, collected_in=project),
            )


def takes_away(again: Callable[[], Casebook], user: str, project: str) -> None:
    """Another program takes the role away."""
    with again() as other:
        take_role(other.graph, other.actor("ann"), user, Role.RESEARCHER, project)
