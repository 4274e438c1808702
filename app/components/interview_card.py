"""Interview cards as they are drawn on the page; on paper they are services.printed_cards."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.services.interview_cards import (
    FICTION,
    IN_WORDS,
    NOTHING_STATED,
    Card,
    InterviewCards,
    RoleGroup,
)
from components.drawing import Node, h
from components.marks import glyph
from components.page import crumb
from components.sentences import MARKS

NAMES = {"contexts": "context", "mechanisms": "mechanism", "outcomes": "outcome"}
MOST_ELEMENTS = 6
"""How many elements of a set a card names; the others are counted."""


def told(group: RoleGroup) -> str:
    """A role as the choice shows it: its name, and how many of it were heard."""
    if group.known_by == "informants":
        many = group.informants
        return f"{group.name} · {many or 'no'} informant{'' if many == 1 else 's'}"
    return f"{group.name} · nobody interviewed"


def drawn(held: InterviewCards, cards: Sequence[Card]) -> Node:
    """These cards, in their order."""
    return h("ol", [_card(held, card) for card in cards], cls="icards")


def _card(held: InterviewCards, card: Card) -> Node:
    go = f"{card.kind}?id={card.id}"
    title = "Opens it with the passages for and against"
    code = h("span", h("b", card.code), data_go=go, tabindex=0, title=title)
    about = " · ".join(filter(None, (card.name, card.status)))
    tests = f"tested by {', '.join(card.tested_by)}" if card.tested_by else None
    contested = "contested" if card.standing.name.startswith("CONTESTED") else ""
    how = IN_WORDS[card.standing]
    said = crumb("What was said", go) if card.group.heard or card.others.heard else None
    return h(
        "li",
        h("div", h("span", code, f" · {about}"), h("span", tests) if tests else None, cls="top"),
        h("h2", card.says),
        _sets(card),
        h("ol", [h("li", one) for one in card.questions], cls="asked"),
        h(
            "div",
            h("span", h("b", f"{how[0].upper()}{how[1:]}.", cls=contested), f" {card.why} ", said),
            h("b", FICTION) if held.synthetic else None,
            cls="foot",
        ),
        cls="icard",
    )


def _sets(card: Card) -> Node:
    if not any(card.elements.values()):
        return h("p", NOTHING_STATED[card.kind], cls="mute")
    return h("div", [cell for part in NAMES for cell in _set(card, part)], cls="sets")


def _set(card: Card, part: str) -> list[Node]:
    labels = [element["label"] for element in card.elements[part]]
    shown = labels[:MOST_ELEMENTS]
    if len(labels) > MOST_ELEMENTS:
        shown.append(f"and {len(labels) - MOST_ELEMENTS} more")
    said = "; ".join(shown) or "none is stated"
    return [h("span", glyph(MARKS[part], 11), NAMES[part]), h("span", said)]
