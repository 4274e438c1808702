"""Lists that page: whoever turns all pages sees every row once, in order, and none is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cmo.domain.evidence import Coding, Excerpt, Source
from cmo.domain.theory import Configuration
from cmo.domain.vocabulary import Anchor, SourceKind
from cmo.services.configurations import configurations
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.journal import journal
from cmo.services.overview import MOST_ROWS, board
from cmo.services.reading import read
from tests.graph.fieldwork import Fieldwork

MANY = 61
"""Not a number of whole pages, and more than one page at the size in which the app turns them."""
SIZE = 7

Turn = Callable[[Fieldwork], Iterator[list[str]]]


def made(field: Fieldwork, project: str) -> dict[str, list[str]]:
    """Many of each kind, in the order in which they were recorded."""
    sources = [
        Source(id=new(), title=f"Talk {n}", kind=SourceKind.INTERVIEW, collected_in=project)
        for n in range(MANY)
    ]
    shapes = [
        Configuration(id=new(), nickname=f"Shape {n}", programme=field.programme)
        for n in range(MANY)
    ]
    field.add(*sources)
    field.add(*shapes)
    taken = [
        Excerpt(
            id=new(),
            source=str(sources[n % 3].id),
            anchor=Anchor.LOCATED,
            section="One",
            locator=f"p. {n}",
            paraphrase=f"Said {n}",
        )
        for n in range(MANY)
    ]
    codings = [Coding(id=new(), excerpt=str(x.id), bears_on=shapes[0].id) for x in taken]
    field.add(*taken, *codings)
    return {
        "sources": [str(s.id) for s in sources],
        "configurations": [str(c.id) for c in shapes],
        "codings": [str(k.id) for k in codings],
    }


def new() -> str:
    return str(uuid.uuid4())


def by_key(name: str, key: str) -> Turn:
    """Turning the pages of a named query, each after the last row of the one before."""

    def turn(field: Fieldwork) -> Iterator[list[str]]:
        after = None
        while rows := read(
            field.graph, name, field.actor, programme_id=field.programme, after=after, limit=SIZE
        ):
            yield [row["id"] for row in rows]
            after = rows[-1][key]

    return turn


def shapes_in_turn(field: Fieldwork) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        found, after = configurations(
            field.graph, field.actor, field.programme, after=after, limit=SIZE
        )
        yield [standing.id for standing in found]
        if after is None:
            return


def passages_in_turn(field: Fieldwork) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        page = passages(field.graph, field.actor, field.programme, Wanted(), after, SIZE)
        yield [row["id"] for row in page.rows]
        after = page.after
        if after is None:
            return


def acts_in_turn(field: Fieldwork) -> Iterator[list[str]]:
    before: str | None = None
    while deeds := journal(field.graph, field.actor, limit=SIZE, before=before):
        yield [deed.entry.change for deed in deeds]
        before = deeds[-1].entry.change


LISTS: dict[str, tuple[Turn, str]] = {
    "theory/configuration_list": (by_key("theory/configuration_list", "code"), "configurations"),
    "theory/configurations": (by_key("theory/configurations", "code"), "configurations"),
    "the list of configurations": (shapes_in_turn, "configurations"),
    "evidence/reading_list": (by_key("evidence/reading_list", "code"), "sources"),
    "evidence/codings": (by_key("evidence/codings", "key"), "codings"),
    "the grid of passages": (passages_in_turn, "codings"),
}


def test_whoever_turns_all_pages_sees_every_row_once_and_in_order(
    field: Fieldwork, project: str
) -> None:
    there = made(field, project)
    for name, (turn, kind) in LISTS.items():
        pages = list(turn(field))
        seen = [row for page in pages for row in page]

        assert all(len(page) <= SIZE for page in pages), name
        assert len(pages) > 1, name
        assert sorted(seen) == sorted(there[kind]), name
        if kind != "codings":  # in the order of what they were taken from
            assert seen == there[kind], name
    grid = [row for page in passages_in_turn(field) for row in page]
    (whole,) = [passages(field.graph, field.actor, field.programme, Wanted(), None, 2 * MANY)]
    assert grid == [row["id"] for row in whole.rows]


def test_what_is_recorded_while_pages_are_turned_puts_no_row_on_two_of_them(
    field: Fieldwork, project: str
) -> None:
    there = made(field, project)["configurations"]
    seen: list[str] = []
    for page in shapes_in_turn(field):
        field.configuration("in between")
        seen += page
        if len(seen) > len(there):
            break

    assert seen[: len(there)] == there
    assert len(set(seen)) == len(seen)


def test_all_acts_are_told_once_newest_first_however_they_are_turned(field: Fieldwork) -> None:
    for n in range(2 * SIZE + 3):
        field.project(f"Place {n}")
        journal(field.graph, field.actor, limit=SIZE)
    in_turn = [change for page in acts_in_turn(field) for change in page]
    at_once = journal(field.graph, field.actor, limit=1000)

    assert in_turn == [deed.entry.change for deed in at_once]
    assert len(set(in_turn)) == len(in_turn) >= 2 * SIZE + 3
    times = [deed.entry.at for deed in at_once]
    assert times == sorted(times, reverse=True)


def test_the_board_shows_every_project_on_one_of_its_pages(field: Fieldwork) -> None:
    for n in range(MOST_ROWS + 4):
        field.project(f"Place {n}")
    whole = [
        row["id"]
        for row in read(field.graph, "case/projects", field.actor, programme_id=field.programme)
    ]
    shown: list[Any] = []
    for first in range(0, len(whole), MOST_ROWS):
        found = board(field.graph, field.actor, field.programme, first=first)
        assert (found.first, found.total) == (first, len(whole))
        shown += [row.id for row in found.projects]

    assert shown == whole


@pytest.mark.parametrize("at_first", ["more", "fewer"])
def test_a_page_of_acts_that_was_remembered_takes_in_what_was_done_since(
    field: Fieldwork, at_first: str
) -> None:
    for n in range(SIZE + 2 if at_first == "more" else 2):
        field.project(f"Before {n}")
    journal(field.graph, field.actor, limit=SIZE)
    made_since = [field.project(f"After {n}") for n in range(3)]

    told = journal(field.graph, field.actor, limit=SIZE)

    assert [part.id for deed in told[:3] for part in deed.entry.touched] == made_since[::-1]
