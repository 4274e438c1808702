"""Nobody is told what they may not see: every read query, every role, every kind of record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cmo.domain.vocabulary import Role
from cmo.errors import CmoError
from cmo.graph.queries import Query, get_query, names
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.history import as_it_was, history
from cmo.services.naming import find_record
from cmo.services.reading import get_record, read
from cmo.services.showing import show
from cmo.services.users import add_user
from cmo.services.withdrawal import withdraw
from tests.fixtures.asking import RECORDS, required
from tests.fixtures.casebooks import WIPE
from tests.fixtures.forbidden import in_programme, in_project, withdrawn
from tests.fixtures.rich import JON, TEXT, Builder, Rich, build

SCOPED = sorted(
    n for n in names() if get_query(n).mode == "read" and get_query(n).scope == "projects"
)
MARKS = {
    "another project": "Zebrawood",
    "a retired record": "Yellowhammer",
    "a retired project": "Xanthophyll",
    "somebody who withdrew": "Wolframite",
    "another programme": "Vermiculite",
    "a synthetic source": "Umbrageous",
}
READERS = ("evaluator", "researcher", "programme_lead", "data_steward")
SYNTHETIC = Path(__file__).parent.parent / "fixtures" / "synthetic.cypher"


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

    laid["another project"] = in_project(
        put, MARKS["another project"], rich["other_project"], rich.ids
    )
    of_one = [(role, rich["project"]) for role in Role]
    for role, place in of_one:
        add_user(graph, ann, f"one {role}", roles=[(role, place)])

    mark = MARKS["a retired record"]
    laid["a retired record"] = {
        **in_project(put, mark, rich["project"], rich.ids),
        **in_programme(put, mark, rich["programme"]),
    }
    for record in reversed(list(dict.fromkeys(laid["a retired record"].values()))):
        recording.retire(graph, ann, record, why="planted")

    from cmo.domain.case import Project

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
    graph.write(lambda tx: tx.run_statement(SYNTHETIC.read_text(encoding="utf-8")))
    laid["a synthetic source"] = {"source": "synthetic-source", "excerpt": "synthetic-excerpt"}
    return engine_casebook, rich, laid


def asked(query: Query, rich: Rich, forbidden: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The query as it is asked, and with every forbidden record in place of every record."""
    usual = dict(required(query, rich))
    yield usual
    for parameter in (p.name for p in query.parameters):
        if parameter in RECORDS:
            for record in forbidden.values():
                yield {**usual, parameter: record}
        if parameter.endswith("ids"):
            yield {**usual, parameter: list(forbidden.values())}


def leaks(
    casebook: Casebook, actor: Actor, rich: Rich, forbidden: dict[str, str], mark: str
) -> list[str]:
    """The queries that tell this actor of a record with the mark."""
    found = []
    for name in SCOPED:
        for params in asked(get_query(name), rich, forbidden):
            rows = read(casebook.graph, name, actor, **params)
            if mark in json.dumps(rows, default=str):
                found.append(f"{name} {params}")
                break
    return found


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

    assert leaks(casebook, actor, rich, forbidden[why], MARKS[why]) == []


def user_of(casebook: Casebook, rich: Rich, role: Role) -> Actor:
    """The user who has this role in the rich programme alone."""
    return casebook.actor(rich[str(role)])


@pytest.mark.parametrize("role", ["validator", "auditor"])
def test_no_query_tells_a_validator_or_auditor_of_any_record(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], role: str
) -> None:
    casebook, rich, _ = laid
    actor = user_of(casebook, rich, Role(role))

    for mark in ("Harbour", "Own budget", "Healthy Streets", "Council", "Interview 1", JON):
        assert leaks(casebook, actor, rich, rich.ids, mark) == []


@pytest.mark.parametrize("role", ["programme_lead", "data_steward"])
def test_no_query_tells_words_to_those_who_do_not_read_them(
    laid: tuple[Casebook, Rich, dict[str, dict[str, str]]], role: str
) -> None:
    casebook, rich, _ = laid
    actor = user_of(casebook, rich, Role(role))

    for words in (JON, TEXT[:30], "the surgery joined"):
        assert leaks(casebook, actor, rich, rich.ids, words) == []


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
