"""What a passage bears on is made while it is coded: all of it is stored, or nothing."""

from __future__ import annotations

import pytest

from cmo.errors import CmoError, InvalidInput
from cmo.services import made_on_the_spot as spot
from cmo.services.coding import Judgement, Made, Position, code_passage
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.evidence_order import ordered_passages
from cmo.services.evidence_table import COLUMNS, every_row
from cmo.services.reading import get_record, read
from cmo.services.texts import Target, codings_in, targets
from cmo.services.undoing import undo
from tests.graph.fieldwork import TEXT, Fieldwork


@pytest.fixture(name="source")
def _source(field: Fieldwork, project: str) -> str:
    return field.source(project, text=TEXT)


def code(field: Fieldwork, source: str, made: Made) -> tuple[str, str]:
    """Codes the first words to what is made; answers with the change and the coding."""
    done = code_passage(
        field.graph, field.actor, source, Position(0, 5), None, Judgement(), made=made
    )
    return done.change, done.id


def bears_on(field: Fieldwork, coding: str) -> str:
    return str(get_record(field.graph, field.actor, coding).fields["bears_on"])


def known(field: Fieldwork) -> list[str]:
    rows = read(field.graph, "theory/factors", field.actor, programme_id=field.programme)
    return [row["label"] for row in rows]


def test_a_link_and_its_ends_are_made_with_the_coding_and_taken_back_with_it(
    field: Fieldwork, source: str
) -> None:
    there = field.factor("Known by name", "Context")
    ends = {"contexts": "known  BY name", "mechanisms": "Trust"}

    change, coding = code(field, source, spot.link(field.graph, field.actor, field.programme, ends))

    link = get_record(field.graph, field.actor, bears_on(field, coding))
    assert (link.fields["kind"], link.fields["starts_at"]) == ("context_mechanism", there)
    held = get_record(field.graph, field.actor, link.fields["configuration"]).fields
    assert held["contexts"] == (there,)
    assert held["mechanisms"] == (link.fields["ends_at"],)
    assert held["outcomes"] == ()
    undo(field.graph, field.actor, change)
    assert known(field) == ["Known by name"]
    assert get_record(field.graph, field.actor, link.id).retired_at


def test_in_a_configuration_the_sets_get_what_they_lack_and_a_link_is_asserted_once(
    field: Fieldwork, source: str
) -> None:
    context = field.factor("Known by name", "Context")
    held = field.configuration("Trusted", contexts=(context,))
    ends = {"contexts": context, "outcomes": "They come back"}

    first = spot.link(field.graph, field.actor, field.programme, ends, held)
    code(field, source, first)
    again = spot.link(field.graph, field.actor, field.programme, ends, held)

    fields = get_record(field.graph, field.actor, held).fields
    assert fields["contexts"] == (context,)
    assert len(fields["outcomes"]) == 1
    assert again == Made(first.target)


def test_a_factor_that_is_there_is_taken_and_gets_the_role_that_it_lacks(
    field: Fieldwork, source: str
) -> None:
    there = field.factor("Trust", "Context")

    made = spot.factor(field.graph, field.actor, field.programme, "trust", "mechanisms")
    _, coding = code(field, source, made)

    assert bears_on(field, coding) == there
    roles = get_record(field.graph, field.actor, there).fields["roles"]
    assert set(roles) == {"Context", "Mechanism"}


def test_a_theory_and_a_theme_are_made_and_a_theme_is_not_made_twice(
    field: Fieldwork, source: str
) -> None:
    theory = spot.theory(field.programme, "People come back to those who know them")
    code(field, source, theory)
    theme = spot.theme(field.graph, field.actor, field.programme, " Coming  back ")
    code(field, source, theme)

    again = spot.theme(field.graph, field.actor, field.programme, "coming back")

    assert again == Made(theme.target)
    assert theory.target
    assert get_record(field.graph, field.actor, theory.target).name.startswith("People come back")


@pytest.mark.parametrize("ends", [{}, {"contexts": "One"}, {"contexts": "One", "mechanisms": " "}])
def test_a_link_without_two_ends_is_refused(field: Fieldwork, ends: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="two ends"):
        spot.link(field.graph, field.actor, field.programme, ends)


def test_where_the_passage_is_refused_nothing_is_made(field: Fieldwork, source: str) -> None:
    made = spot.factor(field.graph, field.actor, field.programme, "Trust", "mechanisms")

    with pytest.raises(CmoError):
        code_passage(field.graph, field.actor, source, Position(5, 5), None, made=made)

    assert known(field) == []


def test_a_configuration_without_a_name_is_offered_by_its_elements(
    field: Fieldwork, source: str
) -> None:
    ends = {"mechanisms": "Trust", "outcomes": "They stay"}
    code(field, source, spot.link(field.graph, field.actor, field.programme, ends))
    context = field.factor("Known by name", "Context")
    trust = next(t.id for t in offered(field) if t.name == "Trust")
    field.configuration(None, contexts=(context,), mechanisms=(trust,))
    field.configuration("Trusted", contexts=(context,))
    named = [t.name for t in offered(field) if t.type == "Configuration"]

    assert named == ["Trust + They stay", "Known by name + Trust", "Trusted"]
    assert [t.name for t in offered(field, "name + tr")] == ["Known by name + Trust"]


def test_a_coded_configuration_without_a_name_is_called_by_its_elements_wherever_it_is_told(
    field: Fieldwork, source: str
) -> None:
    context, trust = field.factor("Known by name", "Context"), field.factor("Trust", "Mechanism")
    unnamed = field.configuration(None, contexts=(context,), mechanisms=(trust,))
    named = field.configuration("Trusted", contexts=(context,))
    graph, ann, programme = field.graph, field.actor, field.programme
    for target in (unnamed, named):
        code_passage(graph, ann, source, Position(0, 5), target, Judgement())
    wanted = Wanted()

    told = {
        "its text": {row["target"].name for row in codings_in(graph, ann, source)},
        "the grid": {row["target"].name for row in passages(graph, ann, programme, wanted).rows},
        "the grid in groups": {
            row["target"].name
            for row in ordered_passages(graph, ann, programme, wanted, "target", ()).rows
        },
        "the table": {
            row[COLUMNS.index("bears_on")] for row in every_row(graph, ann, programme, wanted, ())
        },
    }

    assert all(names == {"Known by name + Trust", "Trusted"} for names in told.values()), told


def offered(field: Fieldwork, words: str | None = None) -> list[Target]:
    return targets(field.graph, field.actor, field.programme, words)
