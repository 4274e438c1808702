"""The page on which one searches: what it finds, where that leads, and what it says of nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from cmo.domain.vocabulary import Role
from cmo.services.casebook import Casebook
from cmo.services.reading import get_record
from cmo.services.seeding import seed_id
from cmo.services.users import add_user
from tests.app.page import Page

Opened = Callable[..., Page]


def test_what_is_typed_is_looked_for_everywhere_and_stands_in_the_address(
    page: Opened, demo: Casebook
) -> None:
    seen = page(demo, "search", programme="Practice")
    seen.app.text_input(key="words").input("trust")
    seen.run()

    assert seen.app.query_params["words"] == "trust"
    for title in ("In texts", "In memos", "In labels"):
        assert title in seen.text("hits")


def test_a_place_in_a_text_leads_to_its_words(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "search", programme="Practice", words='"waiting list"')
    (go,) = (g for g in seen.goes("hits") if "start=" in g)
    asked = {name: value for name, (value,) in parse_qs(go.partition("?")[2]).items()}
    text = get_record(demo.graph, demo.actor("ann"), asked["id"]).fields["text"]

    assert go.startswith("source?")
    assert text[int(asked["start"]) : int(asked["end"])].lower() == "waiting list"


def test_the_found_words_are_marked_in_what_stands_about_them(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "search", programme="Practice", words='"waiting list"')

    def marked(tree: object) -> list[str]:
        if not isinstance(tree, list):
            return []
        inside = [word for child in tree[2] for word in marked(child)]
        return tree[2] if tree[1].get("class") == "is" else inside

    assert marked(seen.trees["hits"]) == ["waiting list"]


def test_a_paraphrase_opens_at_its_coding(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "search", programme="HIPP", words="budgets", **{"in": "texts"})

    assert any("coding=" in go for go in seen.goes("hits"))
    assert "paraphrase" in seen.text("hits")


def test_one_place_is_shown_page_by_page(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "search", programme="Practice", words="people", **{"in": "texts"})
    first = seen.goes("hits")
    if not [b for b in seen.app.button if b.key == "next"]:
        pytest.fail("the demo holds too few hits to turn a page")
    seen.app.button(key="next").click()
    seen.run()

    assert not set(first) & set(seen.goes("hits"))


def test_filters_narrow_what_is_found(page: Opened, demo: Casebook) -> None:
    wide = page(demo, "search", programme="Practice", words="trust", **{"in": "memos"})
    narrow = page(
        demo, "search", programme="Practice", words="trust", stance="refutes", **{"in": "memos"}
    )

    assert set(narrow.goes("hits")) < set(wide.goes("hits"))
    assert "supports" not in narrow.said("hits")


@pytest.mark.parametrize("words", ["(", "*", '"', "😀"])
def test_what_holds_no_word_is_refused_and_stays(page: Opened, demo: Casebook, words: str) -> None:
    seen = page(demo, "search", programme="Practice", words=words)

    assert "no word in it" in seen.text()
    assert seen.app.text_input(key="words").value == words


def test_words_that_nobody_said_are_told_so_with_what_to_do(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "search", programme="Practice", words="quokka the")

    assert "Nothing that you may read holds all of these words." in seen.text("nothing")
    assert "Too common to look for alone: the." in seen.text("nothing")
    assert "Try fewer words" in seen.text("nothing")


def test_whoever_reads_no_texts_finds_none(page: Opened, expendable: Casebook) -> None:
    practice = seed_id("practice", "programme/wexmere")
    ann = expendable.actor("ann")
    add_user(expendable.graph, ann, "leads", roles=[(Role.PROGRAMME_LEAD, practice)])

    seen = page(expendable, "search", user="leads", programme="Practice", words='"waiting list"')
    named = page(expendable, "search", user="leads", programme="Practice", words="Brackenholt")

    assert "Nothing that you may read" in seen.text("nothing")
    assert "In labels" in named.text("hits")
    assert "In texts" not in named.text("hits")
