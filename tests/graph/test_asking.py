"""Asking by name: a slip is refused, so that it never reads as silence."""

from __future__ import annotations

import pytest

from cmo.errors import InvalidInput, NotFound
from cmo.graph.queries import Query, get_query, names
from cmo.services.actor import Actor
from cmo.services.asking import ask
from cmo.services.casebook import Casebook
from cmo.services.frames import frame
from cmo.services.naming import find_record
from cmo.services.reading import bind, read
from tests.fixtures.asking import required
from tests.fixtures.rich import Rich, build

pytestmark = pytest.mark.usefixtures("rich")


@pytest.fixture(name="rich")
def _rich(casebook: Casebook, ann: Actor) -> Rich:
    return build(casebook.graph, ann)


def test_a_record_may_be_named_by_code_name_or_id(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    for name in ("C-2", "Healthy Streets/C-2", rich["configuration"]):
        assert ask(casebook.graph, ann, "evidence/passages", {"target": name}).rows
    rows = ask(casebook.graph, ann, "evidence/sources", {"programme_id": "healthy streets"}).rows
    assert {row["code"] for row in rows} == {"S-1", "S-2"}
    rows = ask(casebook.graph, ann, "compare/grid", {"project_ids": "P-1,P-2"}).rows
    assert {row["project_id"] for row in rows} <= {rich["project"], rich["other_project"]}


def test_what_is_no_record_is_refused_and_not_answered_with_silence(
    casebook: Casebook, ann: Actor
) -> None:
    with pytest.raises(NotFound, match="C-99"):
        ask(casebook.graph, ann, "evidence/passages", {"target": "C-99"})
    with pytest.raises(InvalidInput, match="target"):
        ask(casebook.graph, ann, "evidence/passages", {"target": 5})
    with pytest.raises(InvalidInput, match="target"):
        read(casebook.graph, "evidence/passages", ann, target="C-1")
    with pytest.raises(InvalidInput, match="project_ids"):
        read(casebook.graph, "compare/grid", ann, project_ids=["P-1"])


def test_a_programme_limits_what_is_asked(casebook: Casebook, ann: Actor) -> None:
    build(casebook.graph, ann, name="Other")

    def sources(programme: str | None) -> int:
        return len(ask(casebook.graph, ann, "evidence/sources", {}, programme).rows)

    assert sources("Other") == sources("Healthy Streets") == sources(None) / 2
    with pytest.raises(NotFound, match="2 records answer to C-2"):
        ask(casebook.graph, ann, "evidence/passages", {"target": "C-2"})
    assert ask(casebook.graph, ann, "evidence/passages", {"target": "C-2"}, "Other").rows
    with pytest.raises(InvalidInput, match="not asked of one programme"):
        ask(casebook.graph, ann, "case/programmes", {}, "Other")


def test_an_empty_answer_has_its_columns(casebook: Casebook, ann: Actor) -> None:
    held = frame(casebook, ann, "evidence/codings", stance="no such stance")

    assert list(held.columns)[:2] == ["id", "stance"]
    assert held["stance"].tolist() == []


def test_a_query_returns_the_columns_that_it_names(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    def columns(query: Query) -> list[str]:
        bound = bind(query, casebook.actor("ann"), dict(required(query, rich)))
        rows = casebook.graph.read(lambda tx: tx.run_query(query, bound))
        return list(rows[0]) if rows else list(query.columns)

    rich.ids.update(ann=ann.id)
    scoped = [q for q in map(get_query, names()) if q.mode == "read" and q.scope == "projects"]
    for query in scoped:
        assert columns(query) == list(query.columns), query.name


def test_a_misspelt_name_brings_the_near_ones(casebook: Casebook, ann: Actor) -> None:
    with pytest.raises(NotFound) as caught:
        find_record(casebook.graph, ann, "Harbor of Healthy Street")
    assert ("Healthy Streets/P-1", "Harbour of Healthy Streets") in caught.value.candidates

    with pytest.raises(NotFound, match="No programme"):
        find_record(casebook.graph, ann, "Heathy Streets/C-1")


@pytest.mark.parametrize("reference", ["", " ", "Healthy Streets/", "\u00a0"])
def test_an_empty_name_is_no_name(casebook: Casebook, ann: Actor, reference: str) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        find_record(casebook.graph, ann, reference)
