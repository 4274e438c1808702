"""Who reads no words learns of no small group, and of nobody by pseudonym: method.md, roles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cmo.domain.evidence import Finding, Informant
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import FindingTopic, Role
from cmo.errors import CmoError
from cmo.graph.graph import Transaction
from cmo.graph.queries import get_query, names
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.history import as_it_was, history
from cmo.services.naming import find_record
from cmo.services.reading import bind, get_record, read
from cmo.services.showing import show
from cmo.services.supporting import support_of, support_of_all
from cmo.services.withdrawal import preview_withdrawal
from tests.fixtures.asking import required
from tests.fixtures.casebooks import WIPE
from tests.fixtures.rich import Builder, Rich, build

SCOPED = sorted(
    n for n in names() if get_query(n).mode == "read" and get_query(n).scope == "projects"
)
SMALL = ("managers", "residents")
"""Groups of one informant each in the rich casebook."""
LARGE = "volunteers"
PSEUDONYMS = ("Mara", "Jon", "Vera")
REGISTERS = {"evidence/informants", "evidence/speakers", "record/by_reference"}
"""Where a data steward, who keeps consent, finds informants by their pseudonyms."""


@pytest.fixture(scope="module", name="laid")
def _laid(engine_casebook: Casebook) -> tuple[Casebook, Rich]:
    """The rich casebook, with a group of three beside the small ones, and findings by group."""
    graph = engine_casebook.graph
    graph.write(lambda tx: tx.run_statement(WIPE))
    rich = build(graph, engine_casebook.actor("ann"))
    put = Builder(graph, engine_casebook.actor("ann"))
    for name in ("Vera", "Vito", "Viv"):
        heard = Tie(rich["interview"])
        put(
            name,
            Informant(
                pseudonym=name,
                programme=rich["programme"],
                role_group=LARGE,
                speaks_in=() if name == "Viv" else (heard,),
            ),
        )
    for group in (*SMALL, LARGE, "clerics"):
        put(
            f"of {group}",
            Finding(
                statement=f"Said by {len(group)}",
                within=rich["project"],
                topic=FindingTopic.GRID,
                about=(Tie(rich["theme"]),),
                role_group=group,
            ),
        )
    rich.ids.update(put.ids)
    rich.ids["ann"] = rich.ids["change"] = put.actor.id
    return engine_casebook, rich


def asked(casebook: Casebook, rich: Rich, actor: Actor) -> Iterator[tuple[str, str]]:
    """What each query tells the actor, as text, by the query's name."""

    def look(tx: Transaction) -> list[tuple[str, str]]:
        found = []
        for name in SCOPED:
            query = get_query(name)
            usual: dict[str, Any] = dict(required(query, rich))
            tries = [usual, usual | {"programme_id": rich["programme"]}]
            tries += [usual | {"source_id": rich["interview"]}, usual | {"reference": "Mara"}]
            tries += [usual | {"reference": rich["mara"]}]
            known = {p.name for p in query.parameters}
            for params in (t for t in tries if set(t) <= known):
                rows = tx.run_query(query, bind(query, actor, params))
                found.append((name, json.dumps(rows, default=str, ensure_ascii=False)))
        return found

    yield from casebook.graph.read(look)


def telling(casebook: Casebook, rich: Rich, role: Role, *words: str) -> set[str]:
    """The queries that say one of these words to somebody of that role."""
    actor = casebook.actor(rich[str(role)])
    # As a value of its own: a title or a memo may hold the word by chance.
    return {
        name
        for name, said in asked(casebook, rich, actor)
        if any(f'"{word}"' in said for word in words)
    }


@pytest.mark.parametrize("role", sorted(Role))
def test_no_query_names_a_small_group_to_who_reads_no_words(
    laid: tuple[Casebook, Rich], role: Role
) -> None:
    casebook, rich = laid
    named = telling(casebook, rich, role, *SMALL)

    if role in (Role.EVALUATOR, Role.RESEARCHER):
        assert {"evidence/role_groups", "evidence/codings", "evidence/findings"} <= named
    elif role is Role.DATA_STEWARD:
        assert named == {"evidence/informants", "evidence/speakers"}
    else:
        assert named == set()


@pytest.mark.parametrize("role", sorted(Role))
def test_no_query_tells_a_pseudonym_to_who_reads_no_words_and_keeps_no_consent(
    laid: tuple[Casebook, Rich], role: Role
) -> None:
    casebook, rich = laid
    named = telling(casebook, rich, role, *PSEUDONYMS)

    if role in (Role.EVALUATOR, Role.RESEARCHER):
        assert {"evidence/passages", "evidence/reading_list", *REGISTERS} <= named
    elif role is Role.DATA_STEWARD:
        assert named == REGISTERS
    else:
        assert named == set()


def test_a_lead_is_told_of_groups_of_three_and_of_groups_that_only_documents_name(
    laid: tuple[Casebook, Rich],
) -> None:
    casebook, rich = laid
    lead = casebook.actor(rich["programme_lead"])

    groups = read(casebook.graph, "evidence/role_groups", lead, programme_id=rich["programme"])
    findings = read(casebook.graph, "evidence/findings", lead, programme_id=rich["programme"])

    assert groups == [{"role_group": LARGE, "informants": 3}]
    assert {row["role_group"] for row in findings} == {None, LARGE, "clerics"}
    (heard,) = (
        row["speakers"]
        for row in read(casebook.graph, "evidence/reading_list", lead)
        if row["id"] == rich["interview"]
    )
    assert heard == [{"pseudonym": None, "role_group": LARGE}] * 2


def test_a_lead_cannot_narrow_the_grid_to_a_small_group(laid: tuple[Casebook, Rich]) -> None:
    casebook, rich = laid
    wanted = {
        "source_ids": [rich["interview"]],
        "stance": "supports",
        "limit": 50,
        "role_group": "managers",
    }
    ann, lead = casebook.actor("ann"), casebook.actor(rich["programme_lead"])

    assert read(casebook.graph, "evidence/grid", ann, **wanted)
    assert read(casebook.graph, "evidence/grid", lead, **wanted) == []


def test_support_is_the_same_for_a_lead_though_groups_are_not_named(
    laid: tuple[Casebook, Rich],
) -> None:
    casebook, rich = laid
    ann, lead = casebook.actor("ann"), casebook.actor(rich["programme_lead"])
    graph, programme = casebook.graph, rich["programme"]

    assert support_of_all(graph, lead, programme) == support_of_all(graph, ann, programme)
    for target in ("configuration", "theory", "budget"):
        told = support_of(graph, lead, rich[target])
        known = support_of(graph, ann, rich[target])
        assert (told.support, told.voices_for, told.voices_against) == (
            known.support,
            known.voices_for,
            known.voices_against,
        )


def test_no_service_tells_a_lead_of_an_informant(laid: tuple[Casebook, Rich]) -> None:
    casebook, rich = laid
    lead = casebook.actor(rich["programme_lead"])
    told = []
    for name, record in rich.ids.items():
        for ask in (get_record, show, history, find_record, preview_withdrawal, first):
            try:
                answer = repr(ask(casebook.graph, lead, record))
            except CmoError as error:
                answer = repr(vars(error))
            if any(f"'{word}'" in answer for word in (*PSEUDONYMS, *SMALL)):
                told.append((name, ask.__name__))

    assert told == []
    assert show(casebook.graph, lead, rich[f"of {LARGE}"])["fields"]["role_group"] == LARGE


def first(graph: Any, actor: Actor, record: str) -> Any:
    """The record as it was first."""
    return as_it_was(graph, actor, record, 1)


def test_a_data_steward_still_finds_who_withdraws(laid: tuple[Casebook, Rich]) -> None:
    casebook, rich = laid
    steward = casebook.actor(rich["data_steward"])

    found = find_record(casebook.graph, steward, "Jon", "Informant")

    assert found["id"] == rich["jon"]
    assert preview_withdrawal(casebook.graph, steward, found["id"]).informant == "Jon"


def test_a_group_becomes_small_when_one_of_three_withdraws(laid: tuple[Casebook, Rich]) -> None:
    casebook, rich = laid
    lead, ann = casebook.actor(rich["programme_lead"]), casebook.actor("ann")
    viv = get_record(casebook.graph, ann, rich["Viv"])
    at = "2026-01-01T00:00:00.000000Z"

    recording.edit(casebook.graph, ann, viv.id, viv.rev, {"withdrawn_at": at})
    try:
        groups = read(casebook.graph, "evidence/role_groups", lead, programme_id=rich["programme"])
        assert groups == []
    finally:
        recording.edit(casebook.graph, ann, viv.id, viv.rev + 1, {"withdrawn_at": None})
