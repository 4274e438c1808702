"""What was worked out ahead is what the pages ask for: none has to count a programme anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import pytest

from cmo.services import remembering
from cmo.services.ahead import work_ahead
from cmo.services.casebook import Casebook
from cmo.services.reading import read
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
)


@pytest.mark.parametrize("name", ["HIPP", "Practice"])
def test_pages_find_worked_out_what_they_tell_of_the_whole(
    demo: Casebook, page: Callable[..., Page], name: str
) -> None:
    page(demo, "home", programme=name)
    book = apps_casebook()
    who = book.actor("ann")
    remembering._held.pop(book.graph, None)
    for programme in read(book.graph, "case/programmes", who):
        work_ahead(book.graph, who, programme["id"])
    ahead = _answers(book)
    assert ahead

    late = {}
    for shown in PAGES:
        page(demo, shown, programme=name)
        late[shown] = _answers(book) - ahead
    assert not any(late.values()), {one: sorted(map(str, new)) for one, new in late.items() if new}


def _answers(book: Casebook) -> set[Hashable]:
    return set(remembering._held[book.graph].answers)
