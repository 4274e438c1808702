"""Configurations as they stand, drafted with elements by label, and what would disprove them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from cmo.domain.case import Project, Theme
from cmo.domain.vocabulary import ThemeScheme
from cmo.errors import AlreadyThere, EditConflict, InvalidInput, NotFound, Refused
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.configurations import configuration, configurations
from cmo.services.configuring import (
    codebook,
    edit_configuration,
    record_configuration,
    record_link,
)
from cmo.services.next_steps import disproofs, lacking
from cmo.services.reading import get_record, read
from cmo.services.undoing import undo
from tests.graph.fieldwork import Fieldwork

NOTHING: dict[str, Any] = {
    "nickname": "",
    "sentence": "",
    "because": "",
    "status": "conjectured",
    "contexts": (),
    "mechanisms": (),
    "outcomes": (),
}


def draft(**fields: Any) -> dict[str, Any]:
    return NOTHING | fields


@pytest.fixture
def graph(casebook: Casebook) -> Any:
    return casebook.graph


def test_what_is_typed_takes_the_factor_of_that_label_whatever_its_case(
    graph: Any, ann: Actor, programme: str
) -> None:
    record_configuration(graph, ann, programme, draft(contexts=["Local champions"]))
    record_configuration(graph, ann, programme, draft(contexts=["  local   CHAMPIONS "]))

    assert [(c.label, c.roles) for c in codebook(graph, ann, programme)] == [
        ("Local champions", ("Context",))
    ]


def test_a_label_in_two_sets_is_one_factor_with_both_roles(
    graph: Any, ann: Actor, programme: str
) -> None:
    record_configuration(graph, ann, programme, draft(contexts=["Trust"], outcomes=["trust"]))
    record_configuration(graph, ann, programme, draft(mechanisms=["Trust"]))

    (trust,) = codebook(graph, ann, programme)
    assert trust.roles == ("Context", "Mechanism", "Outcome")


def test_a_refused_record_makes_no_factor_either(graph: Any, ann: Actor, programme: str) -> None:
    with pytest.raises(InvalidInput, match="nickname has 201 characters"):
        record_configuration(graph, ann, programme, draft(nickname="x" * 201, contexts=["New"]))

    assert codebook(graph, ann, programme) == []


def test_an_edit_changes_only_what_differs_and_refuses_what_is_out_of_date(
    graph: Any, ann: Actor, programme: str
) -> None:
    made = record_configuration(graph, ann, programme, draft(nickname="One", contexts=["C"])).id
    held = get_record(graph, ann, made)
    same = draft(nickname="One", contexts=list(held.fields["contexts"]))
    with pytest.raises(InvalidInput, match="Nothing differs"):
        edit_configuration(graph, ann, held, same)

    edit_configuration(graph, ann, held, same | {"nickname": "Two", "outcomes": ["O"]})
    with pytest.raises(EditConflict) as refused:
        edit_configuration(graph, ann, held, same | {"nickname": "Three", "mechanisms": ["M"]})
    assert refused.value.current["nickname"] == "Two"
    assert [c.label for c in codebook(graph, ann, programme)] == ["C", "O"]


def test_a_link_joins_two_parts_once_and_can_be_taken_back(
    graph: Any, ann: Actor, programme: str
) -> None:
    made = record_configuration(graph, ann, programme, draft(contexts=["C"], outcomes=["O"])).id
    row = configuration(graph, ann, made).row
    start, end = ("contexts", row["contexts"][0]["id"]), ("outcomes", row["outcomes"][0]["id"])
    with pytest.raises(InvalidInput, match="does not go from outcomes to contexts"):
        record_link(graph, ann, made, end, start)

    record_link(graph, ann, made, start, end, why="said twice")
    with pytest.raises(AlreadyThere, match="asserted already, as L-1"):
        record_link(graph, ann, made, start, end)
    undo(graph, ann)
    assert configuration(graph, ann, made).links == ()


def test_a_configuration_that_gave_a_factor_another_role_can_be_undone_with_the_role(
    graph: Any, ann: Actor, programme: str
) -> None:
    record_configuration(graph, ann, programme, draft(contexts=["Trust"]))
    made = record_configuration(graph, ann, programme, draft(outcomes=["trust"])).id

    undo(graph, ann)

    (trust,) = codebook(graph, ann, programme)
    assert trust.roles == ("Context",)
    with pytest.raises(InvalidInput, match="“Trust” is not typed as outcome"):
        recording.reinstate(graph, ann, made)


def test_a_configuration_with_a_link_is_not_undone_under_it(
    graph: Any, ann: Actor, programme: str
) -> None:
    done = record_configuration(graph, ann, programme, draft(contexts=["C"], outcomes=["O"]))
    row = configuration(graph, ann, done.id).row
    start, end = ("contexts", row["contexts"][0]["id"]), ("outcomes", row["outcomes"][0]["id"])
    record_link(graph, ann, done.id, start, end)

    with pytest.raises(Refused, match="A CmoLink L-1 refers to what that change recorded"):
        undo(graph, ann, done.change)


def test_a_list_is_paged_by_code_and_narrowed_by_theme_words_and_support(
    graph: Any, ann: Actor, programme: str, field: Fieldwork
) -> None:
    theme = recording.record(
        graph, ann, Theme(name="T", programme=programme, scheme=ThemeScheme.ANALYSIS)
    ).id
    made = [
        record_configuration(graph, ann, programme, draft(nickname=f"N{i}", contexts=[f"C{i}"])).id
        for i in range(12)
    ]
    recording.edit(graph, ann, made[3], 1, {"about": (theme,)})
    field.said(field.project("Harbour"), made[11], "refutes")

    def codes(**asked: Any) -> tuple[list[str], str | None]:
        found, after = configurations(graph, ann, programme, **asked)
        return [s.row["code"] for s in found], after

    assert codes(limit=5) == (["C-1", "C-2", "C-3", "C-4", "C-5"], "C-5")
    assert codes(limit=5, after="C-10") == (["C-11", "C-12"], None)
    assert codes(limit=12) == ([f"C-{n}" for n in range(1, 13)], None)
    assert codes(theme_id=theme) == (["C-4"], None)
    assert codes(find="c1") == (["C-2", "C-11", "C-12"], None)
    assert codes(support="refuted_only", limit=5) == (["C-12"], None)
    assert codes(support="contested") == ([], None)


def test_a_sub_case_is_named_with_its_project(graph: Any, ann: Actor, programme: str) -> None:
    top = recording.record(graph, ann, Project(name="Harbour", part_of=programme)).id
    team = recording.record(graph, ann, Project(name="team 1", part_of=top, kind="team")).id
    made = record_configuration(graph, ann, programme, draft(contexts=["C"])).id

    assert configuration(graph, ann, made).places[team] == "Harbour, team 1"


def test_a_configuration_that_is_not_there_is_refused(graph: Any, ann: Actor) -> None:
    nowhere = str(uuid.UUID(int=1))
    with pytest.raises(NotFound, match=f"There is no configuration {nowhere}"):
        configuration(graph, ann, nowhere)


def test_what_asserts_no_link_can_be_disproved_by_nothing_and_lacks_one(
    graph: Any, ann: Actor, programme: str
) -> None:
    made = record_configuration(graph, ann, programme, draft(contexts=["C"], outcomes=["O"])).id
    standing = configuration(graph, ann, made)
    found = lacking(graph, ann, standing, read(graph, "evidence/passages", ann, target=made))

    assert disproofs(graph, ann, standing) == ()
    assert not found.links
    assert found.parts == ("mechanisms",)
    assert [e["label"] for _, e in found.unlinked] == ["C", "O"]
