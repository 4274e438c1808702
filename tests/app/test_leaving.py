"""A click that leads to another page: the page that is left is not worked out once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from cmo.graph.graph import Row, Transaction
from cmo.graph.queries import Query
from cmo.services.casebook import Casebook
from tests.app.page import Page

Open = Callable[..., Page]
WAYS = {
    "configurations": ("list", "configuration?", "theory/configuration_list"),
    "evidence": ("grid", "source?", "evidence/grid"),
}
"""Pages: under which key they draw what leads to which other page, and a query that only they
ask."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the queries that are run, in their order."""
    names: list[str] = []
    runs = Transaction.run_query

    def told(self: Transaction, query: Query, params: Mapping[str, Any]) -> list[Row]:
        names.append(query.name)
        return runs(self, query, params)

    monkeypatch.setattr(Transaction, "run_query", told)
    return names


@pytest.mark.parametrize("name", WAYS)
def test_a_click_to_another_page_asks_nothing_for_the_one_that_is_left(
    page: Open, demo: Casebook, asked: list[str], name: str
) -> None:
    key, there, own = WAYS[name]
    seen = page(demo, name, programme="Practice")
    assert own in asked, f"{name} asks {sorted(set(asked))}"
    go = next(go for go in seen.goes(key) if go.startswith(there))
    asked.clear()
    seen.click(key, go)

    assert "id" in seen.app.query_params
    assert key not in seen.trees
    assert asked
    assert own not in asked


def test_a_click_is_followed_once(page: Open, demo: Casebook) -> None:
    seen = page(demo, "configurations", programme="Practice")
    go = next(go for go in seen.goes("list") if go.startswith("configuration?"))
    seen.click("list", go)
    seen.go("configurations", {"programme": "Practice"})

    assert "list" in seen.trees
    assert "id" not in seen.app.query_params
