"""The evidence grid in groups: every coding once, each group with its count, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from cmo.domain.vocabulary import Role
from cmo.errors import InvalidInput
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.evidence_export import groups_named
from cmo.services.evidence_grid import STANCES, Wanted, passages, role_of
from cmo.services.evidence_order import ORDERS, Ordered, ordered_passages
from cmo.services.reading import get_record
from cmo.services.seeding import programme_of
from cmo.services.undoing import undo
from cmo.services.users import add_user

Demo = tuple[Casebook, Actor]
PRACTICE = programme_of("practice")
SIZE = 37


def pages(
    demo: Demo, wanted: Wanted, by: str, size: int = SIZE, actor: Actor | None = None
) -> list[Ordered]:
    casebook, ann = demo
    who = actor or ann
    groups = groups_named(casebook.graph, who, PRACTICE)
    found: list[Ordered] = []
    while not found or found[-1].first + size < found[-1].total:
        first = len(found) * size
        found.append(
            ordered_passages(
                casebook.graph, who, PRACTICE, wanted, by, groups, first=first, limit=size
            )
        )
    return found


def whole(demo: Demo, wanted: Wanted, actor: Actor | None = None) -> list[dict[str, Any]]:
    casebook, ann = demo
    return passages(casebook.graph, actor or ann, PRACTICE, wanted, None, 100_000).rows


def shared(by: str, row: dict[str, Any], groups: list[str]) -> Any:
    """What the rows of a group have in common."""
    return {
        "target": row["target_id"],
        "project": row["concerns"],
        "role": role_of(row, groups),
        "coder": row["judged_by"],
        "date": row["created_at"][:10],
    }.get(by, row.get(by))


@pytest.mark.parametrize("by", ORDERS)
def test_every_coding_stands_once_in_its_group_and_each_group_tells_its_count(
    demo: Demo, by: str
) -> None:
    groups = groups_named(demo[0].graph, demo[1], PRACTICE)
    there = {row["id"]: row for row in whole(demo, Wanted())}
    told = pages(demo, Wanted(), by)
    rows = [row for page in told for row in page.rows]

    assert sorted(row["id"] for row in rows) == sorted(there)
    for row in rows:
        same = {name: value for name, value in row.items() if name != "target"}
        held = there[row["id"]]
        assert same == {name: held[name] for name in same}
        assert row["target"] == held["target"]
    common = [shared(by, row, groups) for row in rows]
    begins = [n for n in range(len(rows)) if n == 0 or common[n] != common[n - 1]]
    assert len(begins) == len(set(common)), "a group stands in one place"
    heads = {page.first + at: group for page in told for at, group in page.heads.items()}
    assert sorted(heads) == sorted({*begins, *(page.first for page in told)})
    for at in begins:
        assert heads[at].many == common.count(common[at])
    assert all(page.total == len(there) for page in told)
    for at, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        stances = [STANCES.index(row["stance"]) for row in rows[at:end]]
        assert stances == sorted(stances)


def test_the_youngest_come_first_and_the_best_rated(demo: Demo) -> None:
    dates = [row["created_at"][:10] for page in pages(demo, Wanted(), "date") for row in page.rows]
    assert dates == sorted(dates, reverse=True)
    rated = [row["rigour"] for page in pages(demo, Wanted(), "rigour") for row in page.rows]
    order = ["high", "medium", "low", None]
    assert rated == sorted(rated, key=order.index)


@pytest.mark.parametrize("by", ["target", "role"])
def test_groups_are_narrowed_as_the_grid_is(demo: Demo, by: str) -> None:
    placed = next(row for row in whole(demo, Wanted()) if row["target_id"])
    for wanted in (
        Wanted(stance="refutes"),
        Wanted(kind="CmoLink", wave="final"),
        Wanted(target=placed["target_id"]),
        Wanted(place=placed["concerns_id"], kind="Factor"),
        Wanted(source=placed["source_id"], wave="interim"),
    ):
        rows = [row["id"] for page in pages(demo, wanted, by) for row in page.rows]
        assert sorted(rows) == sorted(row["id"] for row in whole(demo, wanted))


@pytest.mark.parametrize("role", sorted(Role))
def test_each_role_is_told_in_groups_what_the_grid_tells_it(demo: Demo, role: Role) -> None:
    casebook, ann = demo
    name = f"order {role}"
    add_user(casebook.graph, ann, name, roles=[(role, PRACTICE)])
    reader = casebook.actor(name)
    there = {row["id"]: row for row in whole(demo, Wanted(), reader)}
    for by in ("role", "coder"):
        rows = [row for page in pages(demo, Wanted(), by, 1000, reader) for row in page.rows]
        assert sorted(row["id"] for row in rows) == sorted(there)
        for row in rows:
            assert (row["memo"], row["quote"], sorted(row["role_groups"])) == (
                *(there[row["id"]]["memo"], there[row["id"]]["quote"]),
                sorted(there[row["id"]]["role_groups"]),
            )


def test_a_coding_that_is_edited_stands_in_its_new_group_at_once(demo: Demo) -> None:
    casebook, ann = demo
    first = pages(demo, Wanted(), "rigour", 10)[0]
    row = first.rows[0]
    held = get_record(casebook.graph, ann, row["id"])
    done = recording.edit(casebook.graph, ann, row["id"], held.rev, {"rigour": "low"})
    moved = pages(demo, Wanted(), "rigour", 10)[0]

    assert first.heads[0].name == "rigour high"
    assert moved.heads[0].many == first.heads[0].many - 1
    assert row["id"] not in [r["id"] for r in moved.rows if r["rigour"] == "high"]
    undo(casebook.graph, ann, done.change)
    assert pages(demo, Wanted(), "rigour", 10)[0].heads[0].many == first.heads[0].many


def test_nothing_that_matches_is_an_empty_page_and_an_unknown_order_is_refused(demo: Demo) -> None:
    (page,) = pages(demo, Wanted(stance="refutes", wave="interim", kind="none"), "target")
    assert (page.rows, dict(page.heads), page.total) == ([], {}, 0)
    with pytest.raises(InvalidInput, match="no order by colour"):
        pages(demo, Wanted(), "colour")
