"""Something new to code to, made with the coding: a link of two elements, a factor, a theory, a
theme."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import streamlit as st

from cmo.services import made_on_the_spot as spot
from cmo.services.coding import Made
from cmo.services.configurations import SETS
from cmo.services.configuring import codebook
from cmo.services.reading import read
from components.desk import Desk
from components.drawing import draw, h
from components.sentences import called
from components.session import actor, casebook, casebook_to_change
from components.words import cut

KINDS = ("link", "factor", "theory", "theme")
PARTS = {"contexts": "■ Context", "mechanisms": "◆ Mechanism", "outcomes": "● Outcome"}
PAGE = 400
"""How many configurations a new link may be asserted in are offered."""


def is_open(desk: Desk) -> bool:
    """Whether the form is open, for somebody who may make what it makes."""
    return bool(st.session_state.get("spot_open")) and may_make(desk)


def begin(word: str) -> None:
    """Opens the form for what was looked for under a name that nothing has: that name stands in it.
    One name is one thing, so it begins with a factor; what is chosen else takes the name along."""
    state = st.session_state
    if not state.get("spot_open"):
        state["spot_kind"] = "factor"
    for name in (*(f"spot_{part}" for part in PARTS), "spot_theory", "spot_theme"):
        if not state.get(name):
            state.pop(name, None)
    state.update(spot_open=True, spot_word=word, spot_asks=uuid.uuid4().hex)


def offer(desk: Desk, make_it: Callable[[Callable[[], Made]], bool]) -> None:
    """A button that opens the form, or the form. `make_it` codes what is selected on what is made,
    and says whether it was stored."""
    state = st.session_state
    if not may_make(desk):
        return
    if not state.get("spot_open"):
        st.button(
            "Something new",
            icon=":material/add:",
            key="code_new",
            type="tertiary",
            on_click=lambda: state.update(spot_open=True),
            help="A link, a factor, a theory or a theme that is not there yet (N)",
        )
        return
    state.setdefault("spot_kind", "link")
    word = state.get("spot_word")
    if word:
        said = f"Nothing here is called “{cut(word, 60)}” yet. Say what it is."
        asks = {"data_focus": state["spot_asks"], "tabindex": -1}
        draw(h("p", said, cls="mute by", role="status", **asks), "spot_said")
    kind = st.segmented_control("What is new", KINDS, required=True, key="spot_kind")
    if kind in ("link", "factor"):
        _elements(desk, kind)
    else:
        title = "The theory in a sentence" if kind == "theory" else "The theme"
        state.setdefault(f"spot_{kind}", word or "")
        st.text_area(title, height=68, key=f"spot_{kind}")

    def store() -> None:
        if make_it(lambda: _made(desk)):
            close()

    def close() -> None:
        for name in [n for n in state if str(n).startswith("spot_")]:
            del state[name]

    with st.container(horizontal=True, gap="small"):
        st.button(
            "Make it and code",
            type="primary",
            shortcut="Ctrl+Enter",
            key="spot_make",
            on_click=store,
        )
        st.button("Close", key="spot_close", type="tertiary", on_click=close)


def only_last(key: str) -> None:
    """Keeps what was chosen last in a list of choices where one is meant. A list that takes one new
    word or none puts that word first: Enter would make it in place of what was found."""
    st.session_state[key] = st.session_state[key][-1:]


def may_make(desk: Desk) -> bool:
    """Whether whoever looks may make something new to code to."""
    return actor().may_write("Factor", frozenset({desk.programme}))


def _elements(desk: Desk, kind: str) -> None:
    known = codebook(casebook().graph, actor(), desk.programme)
    labels = {choice.id: f"{choice.label} · {choice.code}" for choice in known}
    parts = list(PARTS)
    if kind == "factor":
        part = st.segmented_control(
            "As",
            parts,
            default=parts[0],
            required=True,
            format_func=PARTS.__getitem__,
            key="spot_part",
        )
        parts = [part]
    word, wanted = st.session_state.get("spot_word"), st.session_state.get("spot_part", parts[0])
    for part in parts:
        if word and part == wanted:
            st.session_state.setdefault(f"spot_{part}", [word])
        # Those of this role first; another may get it.
        mine = sorted(known, key=lambda c: SETS[part] not in c.roles)
        st.multiselect(
            PARTS[part],
            [choice.id for choice in mine],
            select_all=False,
            placeholder="find one, or type a new one",
            accept_new_options=True,
            format_func=lambda id: labels.get(id, id),
            key=f"spot_{part}",
            on_change=only_last,
            args=(f"spot_{part}",),
        )
    if kind == "link":
        rows = read(
            casebook().graph,
            "theory/configuration_list",
            actor(),
            programme_id=desk.programme,
            limit=PAGE,
        )
        names = {row["id"]: f"{row['code']} {called(row)}" for row in rows}
        st.selectbox(
            "In the configuration",
            list(names),
            index=None,
            placeholder="a new one of these two",
            format_func=lambda id: names[id],
            key="spot_in",
        )


def _made(desk: Desk) -> Made:
    """What the form says as it is at this moment."""
    graph, who, place = casebook_to_change().graph, actor(), desk.programme
    typed = st.session_state.get
    ends = {part: next(iter(typed(f"spot_{part}") or ()), "") for part in SETS}
    match typed("spot_kind"):
        case "factor":
            part = typed("spot_part") or "contexts"
            return spot.factor(graph, who, place, ends[part], part)
        case "theory":
            return spot.theory(place, typed("spot_theory") or "")
        case "theme":
            return spot.theme(graph, who, place, typed("spot_theme") or "")
        case _:
            return spot.link(graph, who, place, ends, typed("spot_in"))
