"""Nobody is told what they may not see: every read query, every role, every kind of record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cmo.domain.case import Project
from cmo.domain.vocabulary import Role
from cmo.errors import CmoError
from cmo.graph.graph import Row, Transaction
from cmo.graph.queries import Query, get_query, names
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.history import as_it_was, history
from cmo.services.naming import find_record
from cmo.services.reading import bind, get_record
from cmo.services.showing import show
from cmo.services.users import add_user
from cmo.services.withdrawal import withdraw
from tests.fixtures.asking import RECORDS, required
from tests.fixtures.casebooks import WIPE
from tests.fixtures.forbidden import in_programme, in_project, withdrawn
from tests.fixtures.planted import PLANTED
from tests.fixtures.rich import JON, TEXT, Builder, Rich, build
from tests.fixtures.rolled_back import rolled_back

SCOPED = sorted(
    n for n in names() if get_query(n).mode == "read" and get_query(n).scope == "projects"
)
MARKS = {
    "another project": "Zebrawood",
    "a retired record": "Yellowhammer",
    "a retired project": "Xanthophyll",
    "somebody who withdrew": "Wolframite",
    "another programme": "Vermiculite",
}


@pytest.fixture(scope="module", name="laid")
def _laid(engine_casebook: Casebook) -> tuple[Casebook, Rich, dict[str, dict[str, str]]]:
    """The rich casebook, and beside it the records that must not be seen, by why."""
    graph = engine_casebook.graph
    graph.write(lambda tx: tx.run_statement(WIPE))
    ann = engine_casebook.actor("ann")
    rich = build(graph, ann)
    rich.ids["ann"] = rich.ids["change"] = ann.id
    put = Builder(graph, ann)
    laid: dict[str, dict[str, str]] = {}

    laid["another project"] = {
        "project": rich["other_project"],
        **in_project(put, MARKS["another project"], rich["other_project"], rich.ids),
    }
    for role in Role:
        add_user(graph, ann, f"one {role}", roles=[(role, rich["project"])])

    mark = MARKS["a retired record"]
    of_project = in_project(put, mark, rich["project"], rich.ids)
    of_programme = in_programme(put, mark, rich["programme"])
    for record in reversed([*of_project.values(), *of_programme.values()]):
        recording.retire(graph, ann, record, why="planted")
    laid["a retired record"] = {**of_project, **of_programme}

    mark = MARKS["a retired project"]
    gone = recording.record(graph, ann, Project(name=mark, part_of=rich["programme"])).id
    laid["a retired project"] = {"project": gone, **in_project(put, mark, gone, rich.ids)}
    recording.retire(graph, ann, gone, why="planted")

    said = withdrawn(put, MARKS["somebody who withdrew"], rich.ids)
    laid["somebody who withdrew"] = said
    withdraw(graph, ann, said["Uma"], "asked to")

    mark = MARKS["another programme"]
    other = build(graph, engine_casebook.actor("ann"), name=mark)
    laid["another programme"] = {
        **in_programme(put, mark, other["programme"]),
        **in_project(put, mark, other["project"], other.ids),
        "programme": other["programme"],
    }
    return engine_casebook, rich, laid


EITHER = {"before", "change", "informant", "link_id", "record", "target", "target_id", "theory_id"}
"""Parameters that are tried with every sort of forbidden record."""

STANDS_FOR = {
    "id": (
        *("project", "relation", "configuration", "link", "factor", "theory", "theme"),
        *("source", "excerpt", "finding", "assessment", "revision", "on_factor"),
    ),
    "broader_id": ("broad",),
    "coder_id": ("user",),
    "configuration_id": ("configuration",),
    "excerpt": ("excerpt", "located", "words of Uma"),
    "factor_id": ("factor", "kept"),
    "party_id": ("stakeholder",),
    "programme": ("programme",),
    "programme_id": ("programme",),
    "source": ("source",),
    "source_id": ("source",),
    "target_id": ("relation", "configuration", "link", "factor", "theory", "theme"),
    "theme_id": ("theme",),
    "coding_id": ("on_configuration", "on_factor"),
    "revision_id": ("revision",),
    "user": ("user",),
    "user_id": ("user",),
    "version_id": ("theory", "configuration"),
    **dict.fromkeys(
        ("concerns_id", "place_id", "project_id", "within_id"), ("project", "sub_case")
    ),
}
"""The forbidden records that are put in place of the record that a parameter names."""


def asked(query: Query, rich: Rich, forbidden: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The query as it is asked, and with forbidden records in place of those it is about."""
    usual = dict(required(query, rich))
    yield usual
    for parameter in (p.name for p in query.parameters):
        if parameter in RECORDS:
            kinds = STANDS_FOR["id" if parameter in EITHER else parameter]
            yield from ({**usual, parameter: forbidden[k]} for k in kinds if k in forbidden)
        if parameter.endswith("ids"):
            yield {**usual, parameter: list(forbidden.values())}
        if parameter == "reference":
            yield from ({**usual, parameter: record} for record in forbidden.values())


def says_otherwise(
    query: Query, params: dict[str, Any], rich: Rich, forbidden: dict[str, str]
) -> bool:
    """Whether the query is about one record, retired or not, as its first lines say."""
    is_retired = "on_configuration" in forbidden and "project" not in forbidden
    return (
        is_retired and "retired or not" in query.purpose and params != dict(required(query, rich))
    )


def leaks(
    casebook: Casebook, actor: Actor, rich: Rich, forbidden: dict[str, str], *marks: str
) -> list[str]:
    """The queries that tell this actor of a record with one of the marks."""

    def look(tx: Transaction) -> list[str]:
        found = []
        for name in SCOPED:
            query = get_query(name)
            for params in asked(query, rich, forbidden):
                if says_otherwise(query, params, rich, forbidden):
                    continue
                rows = tx.run_query(query, bind(query, actor, params))
                said = json.dumps(rows, default=str, ensure_ascii=False)
                if any(mark in said for mark in marks):
                    found.append(f"{name} {params}")
                    break
        return found

    return casebook.graph.read(look)


@pytest.mark.parametrize("role", sorted(Role))
def test_no_query_tells_of_another_project(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], role: Role
) -> None:
    casebook, rich, forbidden = laid
    why = "another project"
    actor = casebook.actor(f"one {role}")

    assert leaks(casebook, actor, rich, forbidden[why], MARKS[why]) == []


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("why", sorted(set(MARKS) - {"another project"}))
def test_no_query_tells_of(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], why: str, role: Role
) -> None:
    casebook, rich, forbidden = laid
    actor = user_of(casebook, rich, role)

    assert not leaks(casebook, actor, rich, forbidden[why], MARKS[why])


def apart_from(value: Any, marks: tuple[str, ...]) -> Any:
    """An answer without the records that carry one of the marks, wherever it lists them."""

    def marked(item: Any) -> bool:
        held = item.values() if isinstance(item, dict) else item
        direct = held if isinstance(item, dict | list) else [item]
        return any(isinstance(v, str) and any(m in v for m in marks) for v in direct)

    if isinstance(value, dict):
        return {name: apart_from(held, marks) for name, held in value.items()}
    if isinstance(value, list):
        return [apart_from(item, marks) for item in value if not marked(item)]
    return value


def test_no_figure_counts_a_synthetic_source_in_a_real_programme(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]],
) -> None:
    """Services refuse such a source, so one is planted, with an informant, codings, a settled
    assessment and a finding. Lists of evidence show it and flag it; apart from that no query
    answers otherwise than before."""
    casebook, rich, _ = laid
    actor = user_of(casebook, rich, Role.EVALUATOR)

    def ask(tx: Transaction) -> dict[str, list[Row]]:
        return {
            name: tx.run_query(query, bind(query, actor, required(query, rich)))
            for name, query in ((n, get_query(n)) for n in SCOPED)
        }

    def plant(tx: Transaction) -> dict[str, list[Row]]:
        tx.run_statement(PLANTED["synthetic"])
        planted = tx.run("record/get", ids=["synthetic-assessment", "synthetic-finding"])
        assert len(planted) == 2
        return ask(tx)

    before = casebook.graph.read(ask)
    after = rolled_back(casebook.graph, plant)

    marks = ("Umbrageous", "synthetic-")
    assert {n: apart_from(after[n], marks) for n in SCOPED} == before
    changed = {name for name in SCOPED if before[name] != after[name]}
    assert "evidence/sources" in changed
    assert {name for name in changed if not name.startswith("evidence/")} == set()
    for name in changed:
        told = [row for row in after[name] if "Umbrageous" in json.dumps(row, default=str)]
        assert all(row.get("synthetic", not row.get("counted")) for row in told), name


def user_of(casebook: Casebook, rich: Rich, role: Role) -> Actor:
    """The user who has this role in the rich programme alone."""
    return casebook.actor(rich[str(role)])


@pytest.mark.parametrize("role", ["validator", "auditor"])
def test_no_query_tells_a_validator_or_auditor_of_any_record(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], role: str
) -> None:
    casebook, rich, _ = laid
    actor = user_of(casebook, rich, Role(role))

    marks = ("Harbour", "Own budget", "Healthy Streets", "Council", "Interview 1", JON)
    assert leaks(casebook, actor, rich, rich.ids, *marks) == []


@pytest.mark.parametrize("role", ["programme_lead", "data_steward"])
def test_no_query_tells_words_to_those_who_do_not_read_them(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], role: str
) -> None:
    casebook, rich, _ = laid
    actor = user_of(casebook, rich, Role(role))

    assert leaks(casebook, actor, rich, rich.ids, JON, TEXT[:30], "the surgery joined") == []


def test_those_who_may_see_them_are_told(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]],
) -> None:
    casebook, rich, forbidden = laid
    ann = casebook.actor("ann")
    for why in ("another project", "another programme"):
        ids = forbidden[why]
        assert len(leaks(casebook, ann, rich, ids, MARKS[why])) > 10
    assert leaks(casebook, ann, rich, rich.ids, JON)
    lead = user_of(casebook, rich, Role.PROGRAMME_LEAD)
    assert leaks(casebook, lead, rich, rich.ids, "we were given our own budget")


@pytest.mark.parametrize("role", sorted(Role))
def test_no_service_tells_of_a_forbidden_record(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], role: Role
) -> None:
    casebook, rich, forbidden = laid
    told = []
    for why in ("another project", "another programme", "somebody who withdrew"):
        name = f"one {role}" if why == "another project" else rich[str(role)]
        actor = casebook.actor(name)
        for kind, record in forbidden[why].items():
            for ask in (get_record, show, history, find_record):
                answer = answered(ask, casebook, actor, record)
                if MARKS[why] in answer:
                    told.append((why, kind, ask.__name__))
            was = answered(lambda g, a, r: as_it_was(g, a, r, 1), casebook, actor, record)
            if MARKS[why] in was:
                told.append((why, kind, "as_it_was"))

    assert not told


def answered(ask: Any, casebook: Casebook, actor: Actor, record: str) -> str:
    """What the service says, or how it refuses; both may give something away."""
    try:
        return repr(ask(casebook.graph, actor, record))
    except CmoError as error:
        return repr(vars(error))
