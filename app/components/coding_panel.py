"""The panel beside a text: what is selected, what it bears on, and how; one key codes it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from cmo.domain.vocabulary import Claim, Rating, Stance
from cmo.errors import InvalidInput
from cmo.services.acts import Done
from cmo.services.coding import Judgement, Location, Made, Position, code_passage
from cmo.services.reading import one_look
from cmo.services.texts import MOST_TARGETS, Target, targets
from components import doing, on_the_spot
from components.desk import (
    RATINGS,
    Desk,
    attempt,
    done_at,
    label,
    recent,
    stance_pills,
    turn,
    used,
)
from components.drawing import Node, draw, h
from components.marks import glyph
from components.session import actor, casebook, casebook_to_change

KEYS = (
    ("1–6", "code to a recent target"),
    ("0", "code, still to place"),
    ("/", "find a target, or name one"),
    ("N", "a new one"),
    ("X", "against"),
    ("Enter", "code as set"),
    ("J", "next uncoded"),
    ("C", "next contested"),
    ("U", "next to place"),
    ("G", "next coding"),
    ("A", "move its edges"),
    ("P", "part it at the caret"),
    ("Delete", "take it out"),
    ("[ ]", "move the end"),
    ("{ }", "move the start"),
    ("Shift+arrows", "select"),
)
KEPT, OFFERED = "_panel_kept", "_offered_targets"
FINDER = "code_finder"
"""The list in which a target is found."""
DEFAULTS: dict[str, str] = {"code_stance": "supports", "code_claim": "observed", "code_memo": ""}
"""How a passage is judged unless one says otherwise."""


def code(
    desk: Desk,
    passage: Position | Location | None,
    n: int | None,
    target: str | None,
    make: Callable[[], Made] | None = None,
) -> bool:
    """Stores what is in the panel as bearing on the target, or on what `make` makes; whether it
    was. On a refusal everything stays as it was typed."""
    state = st.session_state
    judged = Judgement(
        stance=Stance(as_set("code_stance") or "supports"),
        claim=Claim(as_set("code_claim") or "observed"),
        memo=as_set("code_memo") or None,
        concerns=as_set("code_concerns"),
        **{name: _rating(as_set(f"code_{name}")) for name in RATINGS},
    )
    on: list[str | None] = [target]

    def work() -> Done:
        if passage is None:
            raise InvalidInput(
                "No words are selected.", "Nothing was coded.", "Select some in the text first."
            )
        graph = casebook_to_change().graph
        made = make() if make else None
        on[0] = made.target if made else target
        with one_look():
            return code_passage(graph, actor(), desk.source, passage, target, judged, made=made)

    stored = attempt(desk, "coded a passage", work)
    if stored is None:
        return False
    at_once = bool(state.get("code_at_once"))
    opened = None if at_once else stored.id
    done_at(desk).update(open=opened, at=None, n=n, made=make is not None)
    if make is None:
        done_at(desk)["coding"] = stored.id
    used(desk, on[0])
    # Nothing stays set unseen; what it bore on is one key away.
    if at_once:
        state["code_memo"] = ""
    else:
        # Let go of, not set: a field that is not drawn now would be drawn empty the next time.
        first = fresh(desk)
        for name in first:
            state.pop(name, None)
        state[KEPT] = first
    keep_set()
    return True


def fresh(desk: Desk) -> dict[str, Any]:
    """The panel as it is at first."""
    ratings = dict.fromkeys(f"code_{name}" for name in RATINGS)
    return {**DEFAULTS, **ratings, "code_target": None, "code_concerns": next(iter(desk.places))}


def as_set(name: str) -> Any:
    """What the panel says under that key, also while it is not drawn."""
    return st.session_state.get(name, st.session_state.get(KEPT, {}).get(name))


def keep_set() -> None:
    """Keeps what the panel says: what is not drawn for a while is forgotten with its widget."""
    names = ("code_target", "code_concerns", *DEFAULTS, *(f"code_{name}" for name in RATINGS))
    st.session_state[KEPT] = {name: as_set(name) for name in names}


def _rating(word: str | None) -> Rating | None:
    return Rating(word) if word else None


def targets_near(desk: Desk, on_pick: Callable[[int], None], said: str) -> None:
    """The targets that are one key away; a click takes one."""
    near = recent(desk)
    st.session_state[OFFERED] = [target.id for target in near]
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
        for n, target in enumerate(near, 1)
    ]
    if not items:
        return
    tree = h("div", h("p", said, cls="mute by"), h("ul", *items, cls="list tight recents"))
    draw(tree, "recent", lambda: on_pick(int(st.session_state["recent"]["go"])))


def offered(n: int) -> str | None:
    """The target of that key (from 1) as it was drawn last; None for 0, or where there is none."""
    held: list[str] = st.session_state.get(OFFERED, [])
    return held[n - 1] if 1 <= n <= len(held) else None


def panel(
    desk: Desk,
    code_it: Callable[[str | None], bool],
    make_it: Callable[[Callable[[], Made]], bool],
    *,
    ready: bool,
) -> None:
    """Draws the panel beneath what is selected. `code_it` stores it on a target, `make_it` on what
    is made for it; `ready`: there is something to code."""
    state = st.session_state
    for name, value in (fresh(desk) | state.get(KEPT, {})).items():
        if name != "code_concerns" or value in desk.places:
            state.setdefault(name, value)

    def chosen() -> None:
        if ready and state.get("code_target"):
            code_it(state["code_target"])

    def store() -> None:
        code_it(state.get("code_target"))

    def picked(n: int) -> None:
        state["code_target"] = offered(n)
        chosen()

    _target(desk, chosen)
    stance_pills("code_stance")
    new = on_the_spot.is_open(desk)
    if new:
        on_the_spot.offer(desk, make_it)
    targets_near(desk, picked, "one key, or a click, codes it" if ready else "one key away")
    if not new:
        on_the_spot.offer(desk, make_it)
    with st.popover("Claim, memo, ratings, project", width="stretch"):
        st.pills("Claim", [c.value for c in Claim], required=True, wrap=True, key="code_claim")
        st.text_area("Memo", placeholder="Why, in a line", height=68, key="code_memo")
        st.selectbox(
            "It concerns",
            list(desk.places),
            format_func=desk.places.__getitem__,
            key="code_concerns",
        )
        for name in RATINGS:
            st.pills(name.capitalize(), [r.value for r in Rating], key=f"code_{name}")
    if not new:  # else what is new is made and coded to, by the same key
        st.button(
            "Code it",
            type="primary",
            shortcut="Ctrl+Enter",
            width="stretch",
            on_click=store,
            key="code_it",
            help="Without anything that it bears on, the passage is kept as still to place.",
        )
    keep_set()


def steps(desk: Desk) -> None:
    """The buttons that take the last step back and do it again."""
    back, again = doing.last_done(), doing.last_undone()
    with st.container(horizontal=True, gap="small", key="steps"):
        st.button(
            "Undo",
            shortcut="Ctrl+Z",
            key="code_undo",
            disabled=not back,
            on_click=lambda: turn(desk, back=True),
            help=f"Take back: {back}" if back else "Nothing was done yet.",
        )
        st.button(
            "Redo",
            shortcut="Ctrl+Shift+Z",
            key="code_redo",
            disabled=not again,
            on_click=lambda: turn(desk, back=False),
            help=f"Do again: {again}" if again else "Nothing was taken back.",
        )


def _target(desk: Desk, chosen: Callable[[], None]) -> None:
    state, words = st.session_state, None
    if len(desk.found) >= MOST_TARGETS:
        words = st.text_input(
            "Narrow by a word",
            key="code_find",
            placeholder="Narrow the search by a word",
            label_visibility="collapsed",
        )
    found = list(desk.found)
    if words:
        found = targets(casebook().graph, actor(), desk.programme, words, MOST_TARGETS)
    known = {t.id: t for t in [*recent(desk), *found]}
    held = state.get("code_target")
    if held and held not in known:
        known |= {t.id: t for t in desk.found if t.id == held}
    if held not in known:
        held = state["code_target"] = None
    makes = on_the_spot.may_make(desk)

    def taken() -> None:
        on_the_spot.only_last(FINDER)
        (name,) = state[FINDER] or [None]
        if name is not None and name not in known:
            name = _called(desk, known, name)
        state["code_target"] = name
        chosen()
        if name and not done_at(desk).get("open"):
            done_at(desk)["taken"] = uuid.uuid4().hex

    shown = [held] if held else []
    if state.get(FINDER) != shown:
        state[FINDER] = shown
    # A list of many, of which the last is kept: among them a new word stands behind what fits.
    st.multiselect(
        "Bears on",
        list(known),
        select_all=False,
        accept_new_options=makes,
        placeholder="What it bears on, or a new name" if makes else "Find what it bears on",
        key=FINDER,
        format_func=lambda id: label(known[id]) if id in known else id,
        label_visibility="collapsed",
        on_change=taken,
    )


def _called(desk: Desk, known: Mapping[str | None, Target], name: str) -> str | None:
    """The target of that name, in any case; else None, and what else it may be is asked for: where
    there are more than are offered, those that hold it, else what it is that is new."""
    graph, who = casebook().graph, actor()
    found: Sequence[Target] = list(known.values())
    beyond = len(desk.found) >= MOST_TARGETS and st.session_state.get("code_find") != name
    if beyond:
        found = targets(graph, who, desk.programme, name, MOST_TARGETS)
    same = [t for t in found if t.name.casefold() == name.casefold()]
    if len(same) == 1:
        return same[0].id
    if beyond and found:
        st.session_state["code_find"] = name
    else:
        on_the_spot.begin(name)
    return None


def keys() -> Node:
    """The keys that work in the text."""
    return h(
        "div",
        *(h("span", h("span", key, cls="key"), said) for key, said in KEYS),
        cls="legend keys",
    )
