"""Addresses that people type: a record by its id, its code, or a name that fits one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.services.casebook import Casebook
from cmo.services.reading import get_record
from cmo.services.seeding import seed_id
from tests.app.page import Page

Open = Callable[..., Page]
TABLE_3 = seed_id("hipp", "configuration/table-3")


@pytest.mark.parametrize("page_name", ["configuration", "project", "source"])
def test_an_address_names_a_record_by_programme_and_code_as_by_its_id(
    page: Open, demo: Casebook, page_name: str
) -> None:
    key = {"configuration": "configuration/table-3", "project": "project/nottingham"}.get(
        page_name, "source/paper"
    )
    ann = demo.actor("ann")
    held = get_record(demo.graph, ann, seed_id("hipp", key))

    by_id = page(demo, page_name, id=held.id)
    by_code = page(demo, page_name, id=f"HIPP/{held.code}")
    within = page(demo, page_name, id=str(held.code), programme="HIPP")

    assert by_code.text() == within.text() == by_id.text()
    assert by_code.app.query_params["id"] == held.id


def test_a_name_that_fits_one_record_is_enough(page: Open, demo: Casebook) -> None:
    shown = page(demo, "project", id="nottingham")

    assert shown.app.query_params["id"] == seed_id("hipp", "project/nottingham")


def test_a_code_that_two_programmes_gave_means_the_one_looked_at_last(
    page: Open, demo: Casebook
) -> None:
    held = get_record(demo.graph, demo.actor("ann"), TABLE_3)
    shown = page(demo, "configurations", programme="HIPP")

    shown.go("configuration", {"id": str(held.code)})

    assert shown.app.query_params["id"] == TABLE_3


def test_what_answers_to_nothing_is_said_where_the_page_would_be(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "configuration", id="HIPP/C-9999")

    assert "answers to C-9999" in shown.text()
