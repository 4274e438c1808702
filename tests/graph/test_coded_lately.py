"""What somebody coded to last stands first among what a passage may bear on."""

from __future__ import annotations

from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.reading import read
from cmo.services.seeding import programme_of
from cmo.services.texts import targets
from tests.graph.fieldwork import Fieldwork


def test_what_one_coded_to_oneself_comes_first(field: Fieldwork) -> None:
    others = [field.factor(f"Factor {n}", "Context") for n in range(3)]
    source = field.source(field.project("Harbour"))
    field.code(field.passage(source), others[2])

    found = targets(field.graph, field.actor, field.programme)
    assert [target.id for target in found] == [others[2], others[0], others[1]]


def test_what_was_loaded_with_the_program_nobody_coded_to_lately(
    demo: tuple[Casebook, Actor],
) -> None:
    casebook, who = demo
    place = programme_of("practice")
    asked = {"programme_id": place, "user_id": who.id}

    assert read(casebook.graph, "evidence/coded_lately", who, **asked) == []
    first = targets(casebook.graph, who, place)[:3]
    assert [target.kind.split()[-1] for target in first] == ["F-1", "F-2", "F-3"]
