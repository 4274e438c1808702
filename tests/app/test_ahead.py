"""What was worked out ahead is what the pages ask for: none has to count a programme anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import pytest

from cmo.services import remembering
from cmo.services.casebook import Casebook
from cmo.services.reading import read
from components import lifeline
from components.session import casebook as apps_casebook
from tests.app.page import Page

PAGES = (
    "home",
    "configurations",
    "regularities",
    "compare",
    "stakeholders",
    "theory",
    "sources",
    "evidence",
    "projects",
    "cards",
)


@pytest.mark.parametrize("name", ["HIPP", "Practice"])
def test_pages_find_worked_out_what_they_tell_of_the_whole(
    demo: Casebook, page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    page(demo, "home", programme=name)
    book = apps_casebook()
    remembering._held.pop(book.graph, None)
    monkeypatch.setattr(lifeline, "FIRST_PAGE_SECONDS", 0.0)
    lifeline._open()
    ahead = _answers(book)
    assert ahead

    late = {}
    for shown in PAGES:
        page(demo, shown, programme=name)
        late[shown] = _answers(book) - ahead
    page(demo, "source", id=_a_source(book, name))
    late["source"] = _answers(book) - ahead
    assert not any(late.values()), {one: sorted(map(str, new)) for one, new in late.items() if new}


def _a_source(book: Casebook, name: str) -> str:
    """The id of the source of this programme with the most codings."""
    who = book.actor("ann")
    (programme,) = (p for p in read(book.graph, "case/programmes", who) if p["name"] == name)
    rows = read(book.graph, "evidence/reading_list", who, programme_id=programme["id"])
    found: str = max(rows, key=lambda row: int(row["codings"]))["id"]
    return found


def _answers(book: Casebook) -> set[Hashable]:
    return set(remembering._held[book.graph].answers)
