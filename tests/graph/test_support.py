"""Support of one thing and of everything, from the counted codings."""

from __future__ import annotations

import pytest

from cmo.domain.theory import CmoLink, ProgrammeTheory
from cmo.domain.vocabulary import LinkKind, Support
from cmo.errors import NotFound
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.seeding import seed_id
from cmo.services.supporting import support_of, support_of_all
from tests.graph.fieldwork import TEXT, Fieldwork

PRACTICE = seed_id("practice", "programme/wexmere")
HIPP = seed_id("hipp", "programme/hipp")


def word(field: Fieldwork, target: str) -> Support:
    return support_of(field.graph, field.actor, target).support


def test_a_thing_that_nobody_spoke_of_has_no_support(field: Fieldwork) -> None:
    held = support_of(field.graph, field.actor, field.factor("f", "Context"))

    assert held.support is Support.NONE
    assert held.codings == ()


def test_one_informant_in_several_passages_is_a_single_voice(
    field: Fieldwork, project: str
) -> None:
    factor, source = field.factor("f", "Context"), field.source(project, text=TEXT)
    rosa = field.informant("Rosa", source)
    for quote in ("They came back because I knew them.", "So it goes."):
        field.code(field.passage(source, quote, rosa), factor)

    held = support_of(field.graph, field.actor, factor)

    assert held.support is Support.SINGLE_VOICE
    assert held.voices_for == (rosa,)
    assert len(held.codings) == 2


def test_a_source_is_a_voice_where_no_speaker_is_known(field: Fieldwork, project: str) -> None:
    factor = field.factor("f", "Context")
    field.said(project, factor)
    field.said(project, factor)

    assert word(field, factor) is Support.CORROBORATED


def test_two_kinds_of_source_triangulate(field: Fieldwork, project: str) -> None:
    factor = field.factor("f", "Context")
    field.said(project, factor)
    field.code(field.passage(field.source(project, kind="observation")), factor)

    assert word(field, factor) is Support.TRIANGULATED


def test_a_configuration_is_supported_through_its_links_and_a_theory_through_both(
    field: Fieldwork, project: str
) -> None:
    theory = field.add(ProgrammeTheory(statement="They stay", programme=field.programme))
    context, outcome = field.factor("c", "Context"), field.factor("o", "Outcome")
    configuration = field.configuration(
        "Known", contexts=(context,), outcomes=(outcome,), tests=(theory,)
    )
    link = field.add(
        CmoLink(
            kind=LinkKind.CONTEXT_OUTCOME,
            configuration=configuration,
            starts_at=context,
            ends_at=outcome,
        )
    )
    through_link = field.said(project, link)
    refuting = field.said(project, configuration, "refutes")

    assert word(field, link) is Support.SINGLE_VOICE
    assert word(field, configuration) is Support.CONTESTED
    assert word(field, context) is Support.NONE
    held = support_of(field.graph, field.actor, theory)
    assert held.support is Support.CONTESTED
    assert {coding.id for coding in held.codings} == {through_link, refuting}


def test_support_falls_when_a_coding_is_retired(field: Fieldwork, project: str) -> None:
    factor = field.factor("f", "Context")
    coding = field.said(project, factor)
    field.said(project, factor, "refutes")

    recording.retire(field.graph, field.actor, coding, why="misread")

    assert word(field, factor) is Support.REFUTED_ONLY


def test_who_works_in_one_project_hears_no_voices_of_another(
    field: Fieldwork, project: str
) -> None:
    factor, other = field.factor("f", "Context"), field.project("Moor")
    field.said(project, factor)
    field.said(other, factor)
    field.said(other, factor, concerns=project)
    bo = field.colleague("bo", project, "programme_lead")

    assert support_of(field.graph, bo, factor).support is Support.SINGLE_VOICE
    assert support_of_all(field.graph, bo, field.programme)[factor] is Support.SINGLE_VOICE


def test_the_support_of_what_one_may_not_see_is_not_there(field: Fieldwork, project: str) -> None:
    other = field.project("Moor")
    bo = field.colleague("bo", project, "researcher")

    with pytest.raises(NotFound):
        support_of(field.graph, bo, other)


@pytest.mark.parametrize("programme_id", [HIPP, PRACTICE])
def test_support_of_everything_is_the_support_of_each(
    demo: tuple[Casebook, Actor], programme_id: str
) -> None:
    casebook, ann = demo
    everything = support_of_all(casebook.graph, ann, programme_id)

    sampled = sorted(everything)[::7]
    assert len(sampled) > 10
    for target in sampled:
        assert support_of(casebook.graph, ann, target).support is everything[target]


def test_the_configuration_that_many_spoke_of_on_both_sides_is_contested(
    demo: tuple[Casebook, Actor],
) -> None:
    casebook, ann = demo
    known = seed_id("practice", "configuration/known-by-name")

    held = support_of(casebook.graph, ann, known)

    assert support_of_all(casebook.graph, ann, PRACTICE)[known] is held.support
    assert held.support is Support.CONTESTED
    assert seed_id("practice", "informant/rosa") in held.voices_for
    assert seed_id("practice", "informant/fergus") not in held.voices_for
