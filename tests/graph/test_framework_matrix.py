"""The framework matrix: who says what of a theme, a factor or a theory, and what sums it up."""

from __future__ import annotations

import csv
import io

import pytest

from cmo.analysis.framework import ASKED, MENTIONED, NO_SOURCE, NOT_NAMED, Cell
from cmo.domain.case import Theme
from cmo.domain.evidence import Assessment, Finding
from cmo.domain.fields import Tie
from cmo.domain.theory import ProgrammeTheory
from cmo.domain.vocabulary import (
    AssessmentValue,
    Claim,
    Direction,
    FindingTopic,
    ThemeScheme,
    Valence,
)
from cmo.errors import InvalidInput, NotFound
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.framework_axes import Of, axes, of_kind
from cmo.services.framework_files import KEPT, as_bytes, lines, table_of
from cmo.services.framework_matrix import Matrix, matrix, words_of
from cmo.services.reading import read
from cmo.services.theme_grid import theme_grid
from tests.graph.fieldwork import TEXT, Fieldwork

OURS = (("origin", "ours"),)
PROGRAMME = {"name": "One", "synthetic": False}


@pytest.fixture
def theme(field: Fieldwork) -> str:
    return field.add(
        Theme(name="Vision", programme=field.programme, scheme=ThemeScheme.ANALYSIS, position=0)
    )


def filled(field: Fieldwork, of: Of, actor: Actor | None = None) -> Matrix:
    who = actor or field.actor
    return matrix(field.graph, who, axes(field.graph, who, field.programme, of))


def cell(found: Matrix, row: str, column: str) -> Cell:
    """The cell of the row and column with these ids or names."""
    (r,) = (head for head in found.axes.rows if row in (head.id, head.name))
    (c,) = (head for head in found.axes.columns if column in (head.id, head.name))
    return found.at(r, c)


def summed_up(field: Fieldwork, about: str, within: str, *rests_on: str, **more: object) -> str:
    given = {"topic": FindingTopic.GRID, "statement": "So it is.", "origin": "ours"} | more
    return field.add(
        Finding(within=within, about=(Tie(about, OURS),), rests_on=rests_on, **given)  # type: ignore[arg-type]  # fields by name
    )


def test_what_speaks_against_a_theme_comes_first_and_voices_are_counted_once(
    field: Fieldwork, theme: str
) -> None:
    harbour = field.project("Harbour")
    talk = field.source(harbour, text=TEXT)
    rosa = field.informant("Rosa", talk)
    for quote in ("I knew them", "So it goes"):
        field.code(field.passage(talk, quote, rosa), theme)
    against = field.said(harbour, theme, "refutes")

    held = cell(filled(field, Of.THEME), theme, harbour)

    assert held.heard[0].id == against
    assert (held.voices("supports"), held.voices("refutes")) == (1, 1)
    assert held.passages == 3


def test_a_sub_case_counts_for_its_project_and_the_whole_programme_for_none(
    field: Fieldwork, theme: str
) -> None:
    harbour, hillside = field.project("Harbour"), field.project("Hillside")
    team = field.project("North team", harbour)
    field.said(team, theme)
    field.said(field.programme, theme, "refutes")

    found = filled(field, Of.THEME)

    assert cell(found, theme, harbour).voices("supports") == 1
    assert cell(found, theme, hillside).is_silent
    assert cell(found, theme, field.programme).voices("refutes") == 1
    assert "North team" not in {head.name for head in found.axes.columns}


def test_a_project_is_counted_once_whatever_its_sub_cases_say_and_the_whole_is_none(
    field: Fieldwork, theme: str
) -> None:
    harbour = field.project("Harbour")
    for name in ("North team", "South team"):
        field.said(field.project(name, harbour), theme)
    field.said(harbour, theme, "refutes")
    field.said(field.programme, theme, "refutes")

    wanted = axes(field.graph, field.actor, field.programme, Of.THEME)
    told = lines(table_of(field.graph, field.actor, PROGRAMME, wanted))

    assert [(line["column"], line["supports"]) for line in told] == [
        ("P-1 Harbour", 2),
        (told[1]["column"], 0),
    ]
    assert [(line["projects_against"], line["projects_for"]) for line in told] == [(1, 1), (0, 0)]
    assert told[1]["refutes"] == 1


def test_a_sentence_sums_a_cell_up_and_brings_the_passages_that_it_rests_on(
    field: Fieldwork, theme: str
) -> None:
    harbour = field.project("Harbour")
    trust = field.factor("Trust", "Mechanism")
    elsewhere = field.said(harbour, trust, "refutes")
    summed_up(field, theme, harbour, elsewhere)

    held = cell(filled(field, Of.THEME), theme, harbour)

    assert [s.statement for s in held.sentences] == ["So it is."]
    assert held.sentences[0].is_ours
    assert [item.id for item in held.heard] == [elsewhere]
    # It refutes something else: that is no voice against the theme.
    assert (held.voices("refutes"), held.behind) == (0, 1)


def test_a_wish_sums_nothing_up(field: Fieldwork, theme: str) -> None:
    harbour = field.project("Harbour")
    summed_up(field, theme, harbour, field.said(harbour, theme), topic=FindingTopic.WISH)

    assert cell(filled(field, Of.THEME), theme, harbour).sentences == ()


def test_silence_tells_whether_a_source_asked(field: Fieldwork, theme: str) -> None:
    names = {name: field.project(name) for name in ("Asked", "Mentioned", "Bare")}
    field.source(names["Asked"], coverage="asked")
    field.source(names["Mentioned"], coverage="mentioned")

    found = filled(field, Of.THEME)

    assert {n: cell(found, theme, place).silence for n, place in names.items()} == {
        "Asked": ASKED,
        "Mentioned": MENTIONED,
        "Bare": NO_SOURCE,
    }
    assert cell(found, theme, field.programme).silence == ASKED


def test_what_is_expected_only_is_shown_and_not_counted(field: Fieldwork, theme: str) -> None:
    harbour = field.project("Harbour")
    field.said(harbour, theme, claim=Claim.ANTICIPATED)

    held = cell(filled(field, Of.THEME), theme, harbour)

    assert not held.is_silent
    assert (held.voices("supports"), held.uncounted) == (0, 1)


def test_a_merged_factor_is_heard_and_summed_up_in_the_one_that_is_kept(field: Fieldwork) -> None:
    harbour = field.project("Harbour")
    kept = field.factor("Own budget", "Mechanism")
    same = Tie(kept, (("at", "2026-01-01T00:00:00.000000Z"), ("why", "one thing")))
    alias = field.factor("Devolved budget", "Mechanism", same_as=(same,))
    field.said(harbour, alias, "refutes")
    summed_up(field, alias, harbour)

    found = filled(field, Of.FACTOR)

    assert [head.name for head in found.axes.rows] == ["Own budget"]
    held = cell(found, kept, harbour)
    assert (held.voices("refutes"), len(held.sentences)) == (1, 1)


def test_an_assessment_is_read_in_its_cell_with_its_passages(field: Fieldwork) -> None:
    harbour, hillside = field.project("Harbour"), field.project("Hillside")
    trust = field.factor("Trust", "Mechanism")
    told = field.said(harbour, trust)
    field.add(
        Assessment(
            factor=trust,
            project=harbour,
            value=AssessmentValue.PRESENT,
            valence=Valence.ENABLES,
            settled=True,
            rests_on=(told,),
        )
    )

    found = filled(field, Of.FACTOR)

    held = cell(found, trust, harbour)
    assert held.reading is not None
    assert (held.reading.value, held.reading.enables, held.passages) == ("present", True, 1)
    assert cell(found, trust, hillside).is_silent


def test_roles_stand_against_theories_and_a_theory_is_heard_through_what_tests_it(
    field: Fieldwork,
) -> None:
    harbour = field.project("Harbour")
    talk = field.source(harbour, text=TEXT, coverage="asked")
    rosa = field.informant("Rosa", talk, role_group="link worker")
    fergus = field.informant("Fergus", talk, role_group="resident")
    theory = field.add(ProgrammeTheory(statement="People return.", programme=field.programme))
    rough = field.add(ProgrammeTheory(statement="Talk helps.", programme=field.programme))
    tested = field.configuration("Known", tests=(theory,))
    field.code(field.passage(talk, "I knew them", rosa), theory)
    field.code(field.passage(talk, "Nobody came back to me", fergus), tested, stance="refutes")
    field.code(field.passage(field.source(field.programme)), theory)
    summed_up(field, theory, field.programme, role_group="resident", direction=Direction.HINDERING)

    found = filled(field, Of.ROLE)

    worker, resident = (cell(found, r, theory) for r in ("link worker", "resident"))
    assert (worker.voices("supports"), worker.projects("supports")) == (1, 1)
    assert (resident.voices("refutes"), len(resident.sentences)) == (1, 1)
    assert not resident.heard[0].directly
    nobody = cell(found, NOT_NAMED, theory)
    assert (nobody.voices("supports"), nobody.projects("supports")) == (1, 0)
    assert cell(found, "resident", rough).silence == ASKED


def test_who_has_a_role_is_no_voice_where_no_role_is_named(field: Fieldwork) -> None:
    talk = field.source(field.project("Harbour"), text=TEXT)
    rosa = field.informant("Rosa", talk, role_group="nurse")
    fergus = field.informant("Fergus", talk)
    theory = field.add(ProgrammeTheory(statement="People return.", programme=field.programme))
    field.code(field.passage(talk, "I knew them", rosa, fergus), theory)

    found = filled(field, Of.ROLE)

    assert cell(found, "nurse", theory).voices("supports") == 1
    assert cell(found, NOT_NAMED, theory).voices("supports") == 1


def test_who_speaks_for_a_role_without_a_row_stands_where_no_role_is_named(
    field: Fieldwork,
) -> None:
    harbour = field.project("Harbour")
    talk = field.source(harbour, text=TEXT, coverage="asked")
    rosa = field.informant("Rosa", talk, role_group="nurse")
    fergus = field.informant("Fergus", talk, role_group="resident")
    theory = field.add(ProgrammeTheory(statement="People return.", programme=field.programme))
    field.code(field.passage(talk, "I knew them", rosa), theory)
    field.code(field.passage(talk, "Nobody came back to me", fergus), theory, stance="refutes")
    summed_up(field, theory, field.programme, role_group="GPs")
    recording.retire(field.graph, field.actor, rosa, why="Twice there")

    wanted = axes(field.graph, field.actor, field.programme, Of.ROLE)
    found = matrix(field.graph, field.actor, wanted.narrowed([NOT_NAMED], []))
    told = lines(table_of(field.graph, field.actor, PROGRAMME, wanted))

    assert [head.id for head in wanted.rows] == ["resident", NOT_NAMED]
    held = cell(found, NOT_NAMED, theory)
    assert (held.voices("supports"), held.voices("refutes")) == (1, 0)
    assert [s.statement for s in held.sentences] == ["So it is."]
    assert [(line["row"], line["silence"]) for line in told] == [
        ("resident", None),
        ("Role not named", None),
    ]
    assert "nurse" not in str(told)


def test_a_lead_is_told_of_no_group_that_became_small_when_a_project_was_retired(
    field: Fieldwork,
) -> None:
    harbour, moor = field.project("Harbour"), field.project("Moor")
    talk, other = field.source(harbour, text=TEXT), field.source(moor)
    rosa, fergus = (field.informant(n, talk, role_group="nurse") for n in ("Rosa", "Fergus"))
    field.informant("Ines", other, role_group="nurse")
    theory = field.add(ProgrammeTheory(statement="People return.", programme=field.programme))
    field.code(field.passage(talk, "I knew them", rosa, fergus), theory)
    recording.retire(field.graph, field.actor, moor, why="Never began")
    lead = field.colleague("Lee", field.programme, "programme_lead")

    wanted = axes(field.graph, lead, field.programme, Of.ROLE)
    told = lines(table_of(field.graph, lead, PROGRAMME, wanted))

    assert [(line["row"], line["supports"]) for line in told] == [("Role not named", 2)]
    assert "nurse" not in str(told)


def test_whoever_has_withdrawn_is_heard_no_more(field: Fieldwork, theme: str) -> None:
    harbour = field.project("Harbour")
    talk = field.source(harbour, text=TEXT)
    rosa = field.informant("Rosa", talk)
    told = field.code(field.passage(talk, "I knew them", rosa), theme)
    summed_up(field, theme, harbour, told)
    field.withdraw(rosa)

    assert cell(filled(field, Of.THEME), theme, harbour).is_silent
    assert words_of(field.graph, field.actor, field.programme, [told]) == {}


def test_a_lead_reads_no_words_and_is_told_of_no_small_group(field: Fieldwork) -> None:
    harbour = field.project("Harbour")
    talk = field.source(harbour, text=TEXT)
    rosa = field.informant("Rosa", talk, role_group="commissioner")
    theory = field.add(ProgrammeTheory(statement="People return.", programme=field.programme))
    field.code(field.passage(talk, "I knew them", rosa), theory)
    lead = field.colleague("Lee", field.programme, "programme_lead")
    programme = {"name": "One", "synthetic": False}

    wanted = axes(field.graph, lead, field.programme, Of.ROLE)
    told = str(lines(table_of(field.graph, lead, programme, wanted)))

    assert [head.id for head in wanted.rows] == [NOT_NAMED]
    assert "I knew them" not in told
    assert "commissioner" not in told
    assert KEPT in told


def test_the_sentences_are_those_of_compare(demo: tuple[Casebook, Actor]) -> None:
    casebook, ann = demo
    for programme in read(casebook.graph, "case/programmes", ann):
        grid = theme_grid(casebook.graph, ann, programme["id"])
        found = matrix(casebook.graph, ann, axes(casebook.graph, ann, programme["id"], Of.THEME))
        compared = [theme for theme, _ in grid.themes]
        assert [head.id for head in found.axes.rows if head.id in compared] == compared
        for row in (head for head in found.axes.rows if head.id not in compared):
            there = [found.at(row, column) for column in found.axes.columns]
            assert not any(held.sentences for held in there)
            assert any(held.heard for held in there)
        for row in (head for head in found.axes.rows if head.id in compared):
            for column in (head for head in found.axes.columns if not head.is_general):
                held = {s.id for s in found.at(row, column).sentences}
                assert held == {f.id for f in grid.at(row.id, column.id)}


def test_a_matrix_is_narrowed_by_code_or_name_and_says_what_is_not_there(
    field: Fieldwork, theme: str
) -> None:
    field.project("Harbour")
    field.project("Hillside")
    everything = axes(field.graph, field.actor, field.programme, Of.THEME)

    narrow = everything.narrowed(["vision"], ["P-2"])

    assert [head.name for head in narrow.columns] == ["Hillside"]
    assert [head.id for head in narrow.rows] == [theme]
    with pytest.raises(NotFound, match="There is no Moor among the projects"):
        everything.narrowed([], ["Moor"])
    with pytest.raises(InvalidInput, match="There is no matrix of mood"):
        of_kind("mood")


def test_roles_that_differ_in_capitals_are_told_apart(field: Fieldwork) -> None:
    talk = field.source(field.project("Harbour"), text=TEXT)
    field.informant("Rosa", talk, role_group="Nurse")
    small = field.informant("Fergus", talk, role_group="nurse")
    theory = field.add(ProgrammeTheory(statement="People return.", programme=field.programme))
    field.code(field.passage(talk, "Nobody came back to me", small), theory)
    wanted = axes(field.graph, field.actor, field.programme, Of.ROLE)

    one = matrix(field.graph, field.actor, wanted.narrowed(["nurse"], []))

    assert [head.id for head in one.axes.rows] == ["nurse"]
    assert cell(one, "nurse", theory).voices("supports") == 1
    assert [head.id for head in wanted.narrowed(["Nurse"], []).rows] == ["Nurse"]
    with pytest.raises(NotFound, match="2 of the informants' roles answer to NURSE") as refused:
        wanted.narrowed(["NURSE"], [])
    assert sorted(refused.value.candidates) == [("Nurse", "Nurse"), ("nurse", "nurse")]


def test_a_theme_of_a_document_has_a_row_once_something_is_coded_under_it(
    field: Fieldwork, theme: str
) -> None:
    harbour = field.project("Harbour")
    coded, *bare = (
        field.add(Theme(name=name, programme=field.programme, scheme=scheme))
        for name, scheme in (
            ("Money", ThemeScheme.PROGRAMME_KEY),
            ("Time", ThemeScheme.PROGRAMME_KEY),
            ("Chapter 1", ThemeScheme.CHAPTER),
        )
    )
    talk = field.source(harbour, text=TEXT)
    gone = field.informant("Rosa", talk)
    field.code(field.passage(talk, "I knew them", gone), bare[0])
    field.withdraw(gone)
    field.said(harbour, coded, "refutes", claim=Claim.ANTICIPATED)

    wanted = axes(field.graph, field.actor, field.programme, Of.THEME)
    table = table_of(field.graph, field.actor, PROGRAMME, wanted)

    assert {head.id for head in wanted.rows} == {theme, coded}
    assert {head.id for head in wanted.further} == set(bare)
    assert not cell(filled(field, Of.THEME), coded, harbour).is_silent
    said = "2 themes, under which nothing was coded or found, are left out."
    assert (table.rows_left_out, table.legend[-1]) == (2, said)
    assert wanted.narrowed(["Time"], []).left_out == ""


def test_the_programme_as_a_whole_that_is_asked_for_alone_is_told_though_silent(
    field: Fieldwork, theme: str
) -> None:
    field.project("Harbour")
    wanted = axes(field.graph, field.actor, field.programme, Of.THEME)

    alone = wanted.narrowed([theme], [field.programme])
    told = lines(table_of(field.graph, field.actor, PROGRAMME, alone))
    every = table_of(field.graph, field.actor, PROGRAMME, wanted)

    assert [line["silence"] for line in told] == ["silent; no source"]
    assert every.columns == ("P-1 Harbour",)


def test_two_themes_of_one_name_are_named_by_their_ids(field: Fieldwork, theme: str) -> None:
    field.project("Harbour")
    other = field.add(
        Theme(name="Vision", programme=field.programme, scheme=ThemeScheme.ANALYSIS, position=1)
    )
    wanted = axes(field.graph, field.actor, field.programme, Of.THEME)

    with pytest.raises(NotFound, match="2 of the themes answer to Vision") as refused:
        wanted.narrowed(["Vision"], [])

    assert {id for id, _ in refused.value.candidates} == {theme, other}
    assert [head.id for head in wanted.narrowed([other], []).rows] == [other]


def test_a_matrix_that_nobody_could_read_is_not_written(field: Fieldwork, theme: str) -> None:
    field.project("Harbour")
    wanted = axes(field.graph, field.actor, field.programme, Of.THEME)

    with pytest.raises(InvalidInput, match="Narrow it"):
        table_of(field.graph, field.actor, {"name": "One", "synthetic": False}, wanted, most=1)
    assert theme


@pytest.mark.parametrize(("synthetic", "said"), [(True, "true"), (False, "false")])
def test_a_list_of_cells_names_its_programme_and_whether_it_is_fiction(
    field: Fieldwork, theme: str, synthetic: bool, said: str
) -> None:
    field.said(field.project("Harbour"), theme)
    wanted = axes(field.graph, field.actor, field.programme, Of.THEME)
    programme = {"name": "Healthy Streets", "synthetic": synthetic}

    data = as_bytes(field.graph, field.actor, programme, wanted, "csv").decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(data))
    assert (row["programme"], row["fiction"].casefold()) == ("Healthy Streets", said)


def test_a_summary_that_is_recorded_stands_first_and_can_be_taken_back(
    field: Fieldwork, theme: str
) -> None:
    harbour = field.project("Harbour")
    told = field.said(harbour, theme)
    finding = summed_up(field, theme, harbour, told)
    assert cell(filled(field, Of.THEME), theme, harbour).sentences[0].id == finding

    recording.retire(field.graph, field.actor, finding, why="Not so")

    held = cell(filled(field, Of.THEME), theme, harbour)
    assert held.sentences == ()
    assert [item.id for item in held.heard] == [told]
