"""The panel beside a text: what is selected, what it bears on, and how; 'Code it' stores that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cmo.domain.vocabulary import Claim, Rating, Stance
from cmo.errors import CmoError, InvalidInput
from cmo.services.coding import Judgement, Location, Position, code_passage
from cmo.services.supporting import support_of
from cmo.services.texts import Target, targets
from cmo.services.undoing import undo
from components.drawing import Node, draw, follow, h
from components.faults import show_refusal
from components.marks import glyph, level
from components.session import actor, casebook, casebook_to_change

MOST_TARGETS = 600
"""How many things the search offers at a time; beyond that one narrows it by a word first."""
STANCES = {
    "supports": "▲ for",
    "refutes": "✕ against",
    "refines": "∼ refines",
    "contextualises": "▭ frames",
}
RATINGS = ("relevance", "richness", "rigour")
SHAPES = {"c": "■", "m": "◆", "o": "●"}
KEYS = (
    ("1–4", "recent target"),
    ("/", "find"),
    ("X", "against"),
    ("Enter", "code it"),
    ("J", "next uncoded"),
    ("[ ]", "move the end"),
    ("{ }", "move the start"),
    ("Shift+arrows", "select"),
)


@dataclass(frozen=True)
class Desk:
    """What the panel works with: the source, the places a coding may concern (id: name; the one
    where the source was collected first), and what a passage may be coded to."""

    source: str
    programme: str
    places: dict[str, str]
    found: Sequence[Target]

    @property
    def key(self) -> str:
        """The name under which the session keeps what was done at this source."""
        return f"_coded_{self.source}"


def done_at(desk: Desk) -> dict[str, Any]:
    """What was coded last at this source in this session: `change`, `coding`, `target`, `n` (the
    number of the selection); or a `refusal`; empty at first."""
    held: dict[str, Any] = st.session_state.setdefault(desk.key, {})
    return held


def code(desk: Desk, passage: Position | Location | None, n: int | None) -> None:
    """Stores what is in the panel; on a refusal everything stays as it was typed."""
    state, done = st.session_state, done_at(desk)
    done.pop("refusal", None)
    done.pop("undone", None)
    judged = Judgement(
        stance=Stance(state.get("code_stance") or "supports"),
        claim=Claim(state.get("code_claim") or "observed"),
        memo=state.get("code_memo") or None,
        concerns=state.get("code_concerns"),
        **{name: _rating(state.get(f"code_{name}")) for name in RATINGS},
    )
    target = state.get("code_target")
    try:
        if passage is None:
            raise InvalidInput(
                "No words are selected.", "Nothing was coded.", "Select some in the text first."
            )
        stored = code_passage(
            casebook_to_change().graph, actor(), desk.source, passage, target, judged
        )
    except CmoError as error:
        done["refusal"] = error
        return
    done.update(change=stored.change, coding=stored.id, target=target, n=n)
    state["code_memo"] = ""
    if target:
        lately = [target, *(t for t in recent_ids() if t != target)]
        state["_recent_targets"] = lately[:4]


def _rating(word: str | None) -> Rating | None:
    return Rating(word) if word else None


def recent_ids() -> list[str]:
    """The ids of what was coded to last in this session, the latest first."""
    held: list[str] = st.session_state.get("_recent_targets", [])
    return held


def recent(desk: Desk) -> list[Target]:
    """Four targets that are one key away: those coded to last, then the first of the search."""
    by_id = {t.id: t for t in desk.found}
    first = [by_id[i] for i in recent_ids() if i in by_id]
    return [*first, *(t for t in desk.found if t not in first)][:4]


def pick(desk: Desk, n: int) -> None:
    """Takes one of the recent targets, counted from 1."""
    offered = recent(desk)
    if 1 <= n <= len(offered):
        st.session_state["code_target"] = offered[n - 1].id


def take_back(desk: Desk) -> None:
    """Takes back what was coded last here."""
    done = done_at(desk)
    done.pop("refusal", None)
    try:
        undo(casebook_to_change().graph, actor(), done["change"])
    except CmoError as error:
        done["refusal"] = error
        return
    done.clear()
    done["undone"] = True


def _on_recent(desk: Desk) -> None:
    pick(desk, int(st.session_state["recent"]["go"]))


def panel(desk: Desk, code_it: Callable[[], None]) -> None:
    """Draws the panel beneath what is selected; `code_it` runs when it is to be stored."""
    _target(desk)
    offered = recent(desk)
    if offered:
        items = [
            h(
                "li",
                h("span", n, cls="key"),
                *(glyph(part, 12) for part in target.parts),
                h("span", target.name, " ", h("span", target.kind, cls="mute")),
                data_go=n,
                tabindex=0,
                role="button",
            )
            for n, target in enumerate(offered, 1)
        ]
        draw(h("ul", *items, cls="list tight recents"), "recent", lambda: _on_recent(desk))
    st.session_state.setdefault("code_stance", "supports")
    st.session_state.setdefault("code_claim", "observed")
    st.pills(
        "Stance",
        list(STANCES),
        format_func=STANCES.__getitem__,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        key="code_stance",
    )
    st.pills(
        "Claim",
        [c.value for c in Claim],
        required=True,
        label_visibility="collapsed",
        wrap=True,
        key="code_claim",
    )
    st.text_area(
        "Memo",
        placeholder="Why, in a line",
        height=68,
        label_visibility="collapsed",
        key="code_memo",
    )
    with st.popover("Ratings, and which project", width="stretch"):
        st.selectbox(
            "It concerns",
            list(desk.places),
            format_func=desk.places.__getitem__,
            key="code_concerns",
        )
        for name in RATINGS:
            st.pills(name.capitalize(), [r.value for r in Rating], key=f"code_{name}")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Code it",
            type="primary",
            shortcut="Ctrl+Enter",
            width="stretch",
            on_click=code_it,
            key="code_it",
        )
        done = done_at(desk)
        st.button(
            "Undo",
            shortcut="Ctrl+Z",
            key="code_undo",
            disabled="change" not in done,
            on_click=take_back,
            args=(desk,),
        )
    if "refusal" in done:
        show_refusal(done["refusal"])
    elif "change" in done:
        follow(draw(_coded(done), "coded"))
    elif "undone" in done:
        draw(h("p", "Taken back. History keeps both.", cls="mute", role="status"), "coded")


def _target(desk: Desk) -> None:
    words = None
    if len(desk.found) >= MOST_TARGETS:
        words = st.text_input(
            "Narrow by a word",
            key="code_find",
            placeholder="Narrow the search by a word",
            label_visibility="collapsed",
        )
    found = list(desk.found)
    if words:
        graph = casebook().graph
        found = targets(graph, actor(), desk.programme, words, MOST_TARGETS)
    known = {t.id: t for t in [*recent(desk), *found]}
    held = st.session_state.get("code_target")
    if held and held not in known:
        known |= {t.id: t for t in desk.found if t.id == held}
    if held not in known:
        st.session_state["code_target"] = None
    st.selectbox(
        "Bears on",
        list(known),
        index=None,
        placeholder="Find what it bears on",
        key="code_target",
        format_func=lambda id: _label(known[id]),
        label_visibility="collapsed",
        help="Without one the passage is kept as still to place.",
    )


def _label(target: Target) -> str:
    shapes = "".join(SHAPES[part] for part in target.parts)
    return " ".join(filter(None, (shapes, target.name, f"· {target.kind}")))


def _coded(done: dict[str, Any]) -> Node:
    """What the coding did to what it bears on, counted anew."""
    if not done["target"]:
        return h("p", "Coded, still to place.", cls="mute", role="status")
    held = support_of(casebook().graph, actor(), done["target"])
    against = len(held.voices_against)
    return h(
        "p",
        h("span", "Coded. Now"),
        level(str(held.support)),
        h("span", f"voices: {len(held.voices_for)} for, {against} against"),
        cls="mute row tight",
        role="status",
        data_go=f"evidence?target={done['target']}",
        tabindex=0,
    )


def keys() -> Node:
    """The keys that work in the text."""
    return h(
        "div",
        *(h("span", h("span", key, cls="key"), said) for key, said in KEYS),
        cls="legend keys",
    )
