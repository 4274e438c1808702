"""The read queries behind lists: order, paging, and what is left out for whom."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cmo.domain.evidence import Assessment, Finding, Informant
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import AssessmentValue, Basis, FindingTopic
from cmo.graph.queries import get_query, names
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.reading import read
from cmo.services.seeding import planted, seed_id
from tests.graph.fieldwork import TEXT, Fieldwork

HIPP = seed_id("hipp", "programme/hipp")
PRACTICE = seed_id("practice", "programme/wexmere")
AREAS = ("case", "theory", "evidence", "patterns", "compare")
NEEDS: dict[str, Any] = {
    "case/counts": {"programme_id": HIPP},
    "compare/assessments": {"project_ids": [seed_id("hipp", "project/sandwell")]},
    "compare/grid": {"project_ids": [seed_id("hipp", "project/sandwell")]},
    "evidence/excerpts": {"source_id": seed_id("practice", "source/inchmallow-2")},
    "evidence/passages": {"target": seed_id("practice", "configuration/known-by-name")},
    "evidence/source": {"source_id": seed_id("practice", "source/eskerby-1")},
    "evidence/source_text": {"source_id": seed_id("practice", "source/eskerby-1")},
    "evidence/speakers": {"source": seed_id("practice", "source/eskerby-1")},
    "evidence/role_groups": {"programme_id": PRACTICE},
    "patterns/assessed": {"programme_id": PRACTICE},
    "patterns/assessed_in": {"id": seed_id("practice", "configuration/known-by-name")},
    "patterns/heard_on": {
        "programme_id": PRACTICE,
        "ids": [seed_id("practice", "configuration/known-by-name")],
    },
    "patterns/namings": {"programme_id": HIPP},
    "patterns/recorded": {"programme_id": PRACTICE},
    "patterns/support_of": {"target": seed_id("practice", "configuration/known-by-name")},
    "patterns/support_of_all": {"programme_id": PRACTICE},
    "theory/codebook": {"programme_id": PRACTICE},
    "theory/configuration": {"id": seed_id("practice", "configuration/known-by-name")},
    "theory/configuration_list": {"programme_id": PRACTICE, "limit": 50},
}
EMPTY_IN_THE_DEMO = {"evidence/carried"}
"""Nobody has refined anything in what ships."""
LISTS = [
    name
    for name in names()
    if name.partition("/")[0] in AREAS
    and name not in EMPTY_IN_THE_DEMO
    and get_query(name).mode == "read"
    and get_query(name).scope == "projects"
    and (name in NEEDS or all(p.optional for p in get_query(name).parameters))
]
CODED = [
    "case/relations",
    "evidence/findings",
    "evidence/sources",
    "theory/configurations",
    "theory/factors",
    "theory/links",
]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_returns_something_of_the_demo(demo: tuple[Casebook, Actor], name: str) -> None:
    rows = read(demo[0].graph, name, demo[1], **NEEDS.get(name, {}))

    assert rows
    assert all(column == column.lower() for column in rows[0])


@pytest.mark.parametrize("name", LISTS)
def test_somebody_without_a_role_gets_nothing(demo: tuple[Casebook, Actor], name: str) -> None:
    nobody = Actor("nobody", "nobody", "Nobody", ())

    assert read(demo[0].graph, name, nobody, **NEEDS.get(name, {})) in ([], [{"codings": []}])


@pytest.mark.parametrize("name", CODED)
def test_codes_are_put_in_order_by_their_number(demo: tuple[Casebook, Actor], name: str) -> None:
    rows = read(demo[0].graph, name, demo[1], programme_id=HIPP)
    numbers = [int(row["code"].split("-")[1]) for row in rows]

    assert numbers == sorted(numbers)
    assert numbers[-1] > 9 or len(numbers) == 1


@pytest.mark.parametrize("name", ["case/relations", "theory/factors", "evidence/codings"])
def test_pages_of_a_list_are_the_whole_list(demo: tuple[Casebook, Actor], name: str) -> None:
    casebook, ann = demo
    whole = read(casebook.graph, name, ann, programme_id=HIPP)
    key = "key" if "key" in whole[0] else "code"
    pages, after = [], None
    while page := read(casebook.graph, name, ann, programme_id=HIPP, after=after, limit=30):
        assert len(page) <= 30
        pages.extend(page)
        after = page[-1][key]

    assert [row["id"] for row in pages] == [row["id"] for row in whole]


def test_contradictions_stand_before_support(demo: tuple[Casebook, Actor]) -> None:
    rows = read(demo[0].graph, "evidence/passages", demo[1], **NEEDS["evidence/passages"])
    stances = [row["stance"] for row in rows]

    assert stances == sorted(
        stances, key=["refutes", "supports", "refines", "contextualises"].index
    )
    assert "refutes" in stances


def test_the_words_of_who_withdrew_are_in_no_list(demo: tuple[Casebook, Actor]) -> None:
    casebook, ann = demo
    gone = {seed_id("practice", key) for key in planted("practice")["withdrawn"]["codings"]}
    said = json.dumps([read(casebook.graph, name, ann, **NEEDS.get(name, {})) for name in LISTS])
    mine = read(
        casebook.graph,
        "evidence/source_text",
        ann,
        source_id=seed_id("practice", "source/inchmallow-2"),
    )

    assert not any(coding in said for coding in gone)
    assert mine[0]["withheld"] is True
    assert "(withdrawn)" in mine[0]["turn_speakers"]


@pytest.fixture
def talk(field: Fieldwork, project: str) -> dict[str, str]:
    """A source of two voices, a factor they bear on, and what rests on their codings."""
    source, factor = field.source(project, text=TEXT), field.factor("f", "Context")
    rosa = field.informant("Rosa", source, may_quote=True)
    fergus = field.informant("Fergus", source)
    open_to_all = field.code(
        field.passage(source, "They came back because I knew them.", rosa), factor, memo="mine"
    )
    private = field.code(field.passage(source, "Nobody came back to me.", fergus), factor)
    finding = field.add(
        Finding(
            statement="Some came back",
            within=project,
            topic=FindingTopic.RESULT,
            about=(Tie(factor),),
            rests_on=(open_to_all, private),
        )
    )
    assessment = field.add(
        Assessment(
            factor=factor,
            project=project,
            value=AssessmentValue.MIXED,
            basis=Basis.CODING,
            rests_on=(open_to_all, private),
        )
    )
    return {
        "source": source,
        "factor": factor,
        "fergus": fergus,
        "open": open_to_all,
        "private": private,
        "finding": finding,
        "assessment": assessment,
    }


def quotes(rows: list[dict[str, Any]]) -> set[str | None]:
    return {row["quote"] for row in rows}


def test_who_reads_texts_reads_every_quote(field: Fieldwork, talk: dict[str, str]) -> None:
    for name, given in (
        ("evidence/passages", {"target": talk["factor"]}),
        ("evidence/codings", {}),
        ("evidence/excerpts", {"source_id": talk["source"]}),
    ):
        rows = read(field.graph, name, field.actor, **given)
        assert quotes(rows) == {"They came back because I knew them.", "Nobody came back to me."}


def test_a_programme_lead_reads_only_quotes_that_may_be_quoted_and_no_memo(
    field: Fieldwork, talk: dict[str, str]
) -> None:
    lead = field.colleague("lead", field.programme, "programme_lead")

    for name, given in (
        ("evidence/passages", {"target": talk["factor"]}),
        ("evidence/codings", {}),
        ("evidence/excerpts", {"source_id": talk["source"]}),
    ):
        rows = read(field.graph, name, lead, **given)
        assert len(rows) == 2
        assert quotes(rows) == {"They came back because I knew them.", None}
        assert "mine" not in json.dumps(rows)
    assert read(field.graph, "evidence/source_text", lead, source_id=talk["source"]) == []


def test_passages_open_what_rests_on_them(field: Fieldwork, talk: dict[str, str]) -> None:
    for target in (talk["finding"], talk["assessment"]):
        rows = read(field.graph, "evidence/passages", field.actor, target=target)
        assert {row["id"] for row in rows} == {talk["open"], talk["private"]}


def test_a_withdrawal_blanks_the_turns_and_keeps_every_position(
    field: Fieldwork, talk: dict[str, str]
) -> None:
    field.withdraw(talk["fergus"])

    (row,) = read(field.graph, "evidence/source_text", field.actor, source_id=talk["source"])

    assert row["withheld"] is True
    assert len(row["text"]) == len(TEXT)
    assert "Nobody" not in row["text"]
    assert row["text"].index("So it goes.") == TEXT.index("So it goes.")
    assert row["turn_speakers"] == ["Rosa", "(withdrawn)", "Rosa"]
    everything = [
        read(field.graph, "evidence/passages", field.actor, target=talk["factor"]),
        read(field.graph, "evidence/codings", field.actor),
        read(field.graph, "evidence/excerpts", field.actor, source_id=talk["source"]),
        read(field.graph, "evidence/findings", field.actor),
        read(field.graph, "evidence/assessments", field.actor),
        read(field.graph, "theory/revisions", field.actor),
    ]
    assert talk["private"] not in json.dumps(everything)
    assert "Nobody" not in json.dumps(everything)


def test_a_text_whose_turns_cannot_be_told_apart_is_withheld_whole(
    field: Fieldwork, project: str
) -> None:
    source = field.source(project, text=TEXT)
    somebody = field.add(
        Informant(pseudonym="Somebody", programme=field.programme, speaks_in=(Tie(source),))
    )

    field.withdraw(somebody)

    (row,) = read(field.graph, "evidence/source_text", field.actor, source_id=source)
    assert row["text"] is None
    assert row["withheld"] is True


def test_positions_beyond_the_basic_plane_are_never_guessed(field: Fieldwork, project: str) -> None:
    source = field.source(project, text=TEXT.replace("So", "😀 So"))
    fergus = field.informant("Fergus", source)

    field.withdraw(fergus)

    (row,) = read(field.graph, "evidence/source_text", field.actor, source_id=source)
    assert row["text"] is None


def test_an_unplaced_coding_is_listed_until_it_is_placed(field: Fieldwork, project: str) -> None:
    coding = field.code(field.passage(field.source(project)), None)
    listed = read(field.graph, "evidence/unplaced", field.actor)

    recording.edit(field.graph, field.actor, coding, 1, {"bears_on": field.factor("f", "Context")})

    assert [row["id"] for row in listed] == [coding]
    assert read(field.graph, "evidence/unplaced", field.actor) == []


def test_retired_records_are_in_no_list(field: Fieldwork, talk: dict[str, str]) -> None:
    recording.retire(
        field.graph, field.actor, talk["open"], talk["finding"], talk["assessment"], why="test"
    )

    codings = read(field.graph, "evidence/codings", field.actor)
    assert [row["id"] for row in codings] == [talk["private"]]
    assert read(field.graph, "evidence/findings", field.actor) == []
    assert read(field.graph, "evidence/assessments", field.actor) == []


def test_who_works_in_one_project_gets_nothing_of_another(
    field: Fieldwork, talk: dict[str, str]
) -> None:
    bo = field.colleague("bo", field.project("Moor"), "researcher")

    for name in ("evidence/codings", "evidence/sources", "evidence/informants"):
        assert read(field.graph, name, bo) == []
    assert read(field.graph, "evidence/passages", bo, target=talk["factor"]) == []
    assert read(field.graph, "evidence/source_text", bo, source_id=talk["source"]) == []
    assert read(field.graph, "evidence/findings", bo) == []
    assert read(field.graph, "evidence/assessments", bo) == []
