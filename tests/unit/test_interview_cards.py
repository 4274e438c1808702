"""How a theory stands with a group, what is asked about it, and the page to print."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from cmo.analysis.cards import Said, Standing, Tally, cut, plain, questions, standing, tally, why
from cmo.services.interview_cards import FICTION, IN_WORDS, Card, InterviewCards, RoleGroup
from cmo.services.printed_cards import as_page

FOR, AGAINST, BESIDES = Tally(supporting=1), Tally(refuting=1), Tally(besides=1)
NOBODY = Tally()
HOSTILE = "</h2></style><script src=https://x.test/a.js></script><img src=x onerror=alert(1)>' \" &"
LONG = "w" * 4000


@pytest.mark.parametrize(
    ("group", "others", "expected"),
    [
        (Tally(1, 1), NOBODY, Standing.CONTESTED_WITHIN),
        (Tally(1, 1), Tally(3, 0), Standing.CONTESTED_WITHIN),
        (FOR, AGAINST, Standing.CONTESTED_BETWEEN),
        (AGAINST, FOR, Standing.CONTESTED_BETWEEN),
        (BESIDES, Tally(1, 1), Standing.CONTESTED_BETWEEN),
        (NOBODY, Tally(1, 1), Standing.CONTESTED_ELSEWHERE),
        (NOBODY, NOBODY, Standing.HEARD_FROM_NOBODY),
        (NOBODY, FOR, Standing.UNHEARD),
        (NOBODY, BESIDES, Standing.UNHEARD),
        (FOR, FOR, Standing.HEARD),
        (AGAINST, NOBODY, Standing.HEARD),
        (BESIDES, FOR, Standing.HEARD),
    ],
)
def test_how_a_thing_stands_follows_from_who_was_heard(
    group: Tally, others: Tally, expected: Standing
) -> None:
    assert standing(group, others) is expected


def test_a_voice_is_taken_once_on_a_side_and_may_stand_on_both() -> None:
    said = [
        Said("a", True, "supports"),
        Said("a", True, "supports"),
        Said("a", True, "refutes"),
        Said("b", True, "refines"),
        Said("a", True, "contextualises"),
    ]

    assert tally(said) == Tally(supporting=1, refuting=1, besides=1)
    assert tally([]) == NOBODY


def test_why_says_the_figures_with_what_speaks_against_first() -> None:
    said = why(NOBODY, Tally(2, 1))
    assert said == "Elsewhere 1 against, 2 for; nobody of this group was heard."
    assert why(FOR, NOBODY) == "This group 1 for; nobody else was heard."
    assert why(NOBODY, NOBODY) == "No counted passage bears on it."
    here = why(Tally(0, 2), FOR, in_project=True)
    assert here == "This group on this project 2 against; elsewhere 1 for."


def element(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, **more}


def row(**given: Any) -> dict[str, Any]:
    held: dict[str, Any] = {"nickname": "Kettle", "sentence": None, "links": 1}
    return held | {"contexts": [], "mechanisms": [], "outcomes": []} | given


def test_an_activity_never_leads_the_sentence() -> None:
    mail = element("Letters to everybody", reasoning_known=False)
    stated = row(
        sentence="Letters to everybody brought people in.",
        mechanisms=[mail],
        outcomes=[element("People come")],
    )

    said = plain(stated)

    assert said.startswith("“People come” is said to follow “Letters to everybody”")
    assert plain(row(sentence="Where it rains, they come.")) == "Where it rains, they come."


@pytest.mark.parametrize("contexts", [0, 1, 2])
@pytest.mark.parametrize("mechanisms", [0, 1, 2])
@pytest.mark.parametrize("outcomes", [0, 1, 2])
def test_every_shape_of_configuration_is_one_sentence_that_names_all_it_states(
    contexts: int, mechanisms: int, outcomes: int
) -> None:
    sets = {
        part: [element(f"{part} {n}", reasoning_known=True) for n in range(many)]
        for part, many in (
            ("contexts", contexts),
            ("mechanisms", mechanisms),
            ("outcomes", outcomes),
        )
    }
    said = plain(row(**sets))

    assert all(f"“{e['label']}”" in said for held in sets.values() for e in held)
    assert said[0].isupper() or said[0] == "“" or said == "Kettle"
    assert said.endswith(".") or said == "Kettle"


def test_what_is_only_stated_together_says_so() -> None:
    stated = {"contexts": [element("Rain")], "outcomes": [element("Stay")]}

    assert "no link between them is asserted" in plain(row(links=0, **stated))
    assert "no link" not in plain(row(links=1, **stated))


def test_questions_are_open_and_of_context_mechanism_outcome_and_rivals() -> None:
    elements = {
        "contexts": [element("Rain"), element("Night"), element("Wind")],
        "mechanisms": [element("Being known", reasoning_known=True)],
        "outcomes": [element("They stay")],
    }

    asked = questions(elements, ["The bus left anyway."], Standing.CONTESTED_ELSEWHERE)

    assert all(one.rstrip().endswith("?") for one in asked)
    assert "“Rain”, “Night” and others" in asked[1]
    assert "Where would this not hold?" in asked[1]
    assert "“Being known”" in asked[2]
    assert "“They stay”" in asked[3]
    assert "“The bus left anyway”." in asked[4]
    assert asked[5].startswith("Accounts of this differ.")
    leading = ("don't you", "isn't", "agree", "why did it work", "surely")
    assert not [one for one in asked if any(word in one.lower() for word in leading)]


def test_a_question_about_a_long_label_is_still_asked_to_its_end() -> None:
    sets = {part: [element("Where the way is long " * 9)] for part in ("contexts", "outcomes")}

    asked = questions({**sets, "mechanisms": []}, ["They say so. " * 40], Standing.UNHEARD)

    assert all(one.endswith("?") and len(one) < 240 for one in asked)


def test_of_an_activity_it_is_asked_what_people_made_of_it() -> None:
    elements: dict[str, list[dict[str, Any]]] = {"contexts": [], "outcomes": []}
    done = [element("Letters to everybody", reasoning_known=False)]

    asked = questions({**elements, "mechanisms": done}, [], Standing.UNHEARD)

    assert "What did people make of “Letters to everybody”?" in asked[2]
    assert len(asked) == 5


def test_what_is_cut_ends_at_a_word() -> None:
    assert cut("short") == "short"
    assert cut("one two three", 9) == "one two …"
    assert len(cut(LONG, 50)) < 60


class Reader(HTMLParser):
    """What a browser makes of a page: its elements, in order, and whether they close as opened."""

    EMPTY = frozenset({"meta", "hr", "br", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open, "an element is not closed"
    return reader


def card(text: str, number: int = 1, **given: Any) -> Card:
    sets = {part: (element(text),) * 5 for part in ("contexts", "mechanisms", "outcomes")}
    held: dict[str, Any] = {
        "id": "x",
        "code": f"C-{number}",
        "kind": "configuration",
        "name": text,
        "says": text,
        "status": "under test",
        "standing": Standing.UNHEARD,
        "why": why(NOBODY, FOR),
        "group": NOBODY,
        "others": FOR,
        "elements": sets,
        "rivals": ({"id": "y", "code": "C-9", "name": text},),
        "tested_by": (),
        "questions": questions(sets, [text], Standing.UNHEARD),
    }
    return Card(**held | given)


def cards(text: str, *held: Card, synthetic: bool = False) -> InterviewCards:
    role = RoleGroup(text, "informants", 3)
    return InterviewCards(text, synthetic, role, text, held, 0, len(held), "2026-01-01")


def test_the_page_to_print_holds_every_card_once_with_room_for_notes() -> None:
    page = as_page(cards("Hosts", card("Kettle", 1), card("Bench", 2)))
    said = read(page)

    assert said.attributes.count(("class", "card")) == 2
    assert "1 of 2" in said.texts
    assert "2 of 2" in said.texts
    assert page.count("Notes<") == 2
    assert "break-inside:avoid" in page
    assert IN_WORDS[Standing.UNHEARD] in page.lower()


def test_hostile_text_is_text_in_the_page_to_print() -> None:
    said = read(as_page(cards(HOSTILE, card(HOSTILE))))
    harmless = read(as_page(cards("Hosts", card("Kettle"))))

    assert said.tags == harmless.tags
    assert {name for name, _ in said.attributes} == {name for name, _ in harmless.attributes}
    assert any("<script src=https://x.test/a.js>" in text for text in said.texts)


def test_no_name_turns_what_is_said_beside_it_and_none_holds_a_control() -> None:
    page = as_page(cards("\u202enever \u2069\u202eclosed\x00\x1b[2J", card("\u2066\u202ename")))
    for said in re.split("<[^>]*>", page):
        opened = sum(said.count(mark) for mark in "\u2066\u2067\u2068")
        assert opened == said.count("\u2069")
        assert not said.rpartition("\u2069")[2].count("\u202e")
    assert "\u2069 · 1 card · 2026-01-01" in page
    assert not re.search("[\x00-\x09\x0b-\x1f]", page)


def test_the_page_to_print_asks_for_nothing_and_runs_nothing() -> None:
    page = as_page(cards("Hosts", card("Kettle")))
    said = read(page)

    assert not {"script", "link", "img", "iframe", "a", "form"} & set(said.tags)
    assert not {"src", "href", "style", "onclick"} & {name for name, _ in said.attributes}
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_a_text_of_any_length_leaves_a_card_that_fits_a_page() -> None:
    said = read(as_page(cards("Hosts", card(LONG))))

    assert sum(len(text) for text in said.texts) < 3000


def test_fiction_stands_on_every_card_of_a_fictional_programme() -> None:
    two = (card("Kettle", 1), card("Bench", 2))

    assert as_page(cards("Hosts", *two, synthetic=True)).count(FICTION) == 3
    assert FICTION not in as_page(cards("Hosts", *two))


def test_without_a_card_the_page_says_why() -> None:
    assert "No theory and no configuration" in as_page(cards("Hosts"))
