"""Writing where one works: fields that keep what was typed, two versions side by side, undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from cmo.domain.fields import LINE, PASSAGE, SHORT
from cmo.domain.vocabulary import ConfigurationStatus
from cmo.errors import CmoError
from cmo.services.acts import Done
from cmo.services.configurations import SETS
from cmo.services.configuring import FIELDS, LISTS, Choice
from cmo.services.undoing import undo
from components.drawing import draw, follow, h
from components.faults import show_refusal
from components.page import crumb, section
from components.session import actor, casebook_to_change

STATUSES = tuple(str(status) for status in ConfigurationStatus)
TITLES = {
    "nickname": "Nickname",
    "sentence": "As one plain sentence",
    "because": "Because (why the mechanism fires)",
    "status": "Status",
    "contexts": "In context",
    "mechanisms": "This mechanism fires",
    "outcomes": "And leads to",
    "for_whom": "In which settings, and for whom",
    "intervention": "The part of the intervention that it is about",
    "tests": "It tests these theories",
    "about": "Themes (a mapping made here is marked as ours)",
}
MOST_CHOICES = 2_000
"""How many factors a field offers; any other is taken by typing its whole label."""


def spoken(word: str) -> str:
    """A word of a vocabulary as people write it: under_test is under test."""
    return word.replace("_", " ")


@dataclass(frozen=True)
class Offered:
    """What a form of configurations lets one choose from: factors, and the names of theories and
    themes by their ids."""

    codebook: Sequence[Choice]
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """What each id is called."""
        named = {choice.id: f"{choice.code} {choice.label}" for choice in self.codebook}
        for names in self.lists.values():
            named |= names
        return named


def head(key: str, title: str, note: str) -> None:
    """The head of the form of that key. It gets the focus when it was not there a moment ago: what
    was pressed may be gone, and the fields come next."""
    if f"{key}-h" not in st.session_state:
        st.session_state[f"{key}-opened"] = uuid.uuid4().hex
    draw(section(title, note, st.session_state[f"{key}-opened"]), key=f"{key}-h")


def configuration_fields(key: str, held: Mapping[str, Any], offered: Offered) -> None:
    """The fields of a configuration; what is typed stays under `key` until `forget` is called."""
    first, second = st.columns([0.72, 0.28])
    with first:
        _text(key, "nickname", held, SHORT, placeholder="What you call it among yourselves")
    with second:
        st.selectbox(
            TITLES["status"],
            STATUSES,
            index=STATUSES.index(held["status"]),
            format_func=spoken,
            key=f"{key}-status",
        )
    for column, part in zip(st.columns(3), SETS, strict=True):
        with column:
            _elements(key, part, held, offered.codebook)
    hint = "Where …, … comes to …, and …"
    _text(key, "sentence", held, PASSAGE, height=80, placeholder=hint)
    hint = "What people were offered, and how they reasoned about it"
    _text(key, "because", held, PASSAGE, height=80, placeholder=hint)
    for column, name in zip(st.columns(2), ("for_whom", "intervention"), strict=True):
        with column:
            _text(key, name, held, LINE)
    for column, name in zip(st.columns(2), LISTS, strict=True):
        with column:
            _listed(key, name, held, offered.lists.get(name, {}))


def _text(
    key: str, name: str, held: Mapping[str, Any], bound: int, height: int = 0, placeholder: str = ""
) -> None:
    more: dict[str, Any] = {"key": f"{key}-{name}", "value": held[name], "placeholder": placeholder}
    # No max_chars: what is over the bound is refused with the bound named, not cut off.
    title = f"{TITLES[name]} (at most {bound:,} characters)" if bound < PASSAGE else TITLES[name]
    if height:
        st.text_area(title, height=height, **more)
    else:
        st.text_input(title, **more)


def _elements(key: str, part: str, held: Mapping[str, Any], codebook: Sequence[Choice]) -> None:
    labels = {choice.id: f"{choice.label} · {choice.code}" for choice in codebook}
    fitting = [c.id for c in codebook if SETS[part] in c.roles][:MOST_CHOICES]
    st.multiselect(
        TITLES[part],
        list(dict.fromkeys([*held[part], *fitting])),
        default=list(held[part]),
        format_func=lambda item: labels.get(item, item),
        accept_new_options=True,
        select_all=False,  # Enter would take all that fits
        key=f"{key}-{part}",
        placeholder="Find one, or type a new one",
    )


def _listed(key: str, name: str, held: Mapping[str, Any], names: Mapping[str, str]) -> None:
    st.multiselect(
        TITLES[name],
        list(dict.fromkeys([*held[name], *names])),
        default=list(held[name]),
        format_func=lambda item: names.get(item, item),
        select_all=False,
        key=f"{key}-{name}",
        placeholder="none",
    )


def typed(key: str) -> dict[str, Any]:
    """What stands in the fields of a configuration now."""
    return {name: st.session_state[f"{key}-{name}"] for name in FIELDS}


def forget(key: str) -> None:
    """Lets go of everything kept under a form's key."""
    for name in [n for n in st.session_state if str(n).startswith(f"{key}-")]:
        del st.session_state[name]


def attempt_elsewhere(work: Callable[[], Done], said: str, here: str) -> None:
    """As `attempt`, for what is done from beneath the place where the page says so: it is drawn
    anew, and says so there."""
    try:
        done = work()
    except CmoError as error:
        st.session_state["_refused"] = {"error": error, "here": here}
    else:
        st.session_state["_done"] = {"said": said, "change": done.change, "here": here}
    st.rerun()


def attempt(work: Callable[[], Done], said: str, here: str) -> Done | None:
    """Does it and remembers what to say and to undo on the page `here`; a refusal is shown where
    one works, and None comes back."""
    try:
        done = work()
    except CmoError as error:
        show_refusal(error)
        return None
    st.session_state["_done"] = {"said": said, "change": done.change, "here": here}
    return done


def show_done(here: str) -> None:
    """Says what was just done on the page `here`, with its undo, or why it was refused; nothing
    after another page."""
    refused = st.session_state.pop("_refused", None)
    if refused is not None and refused["here"] == here:
        show_refusal(refused["error"])
    done = st.session_state.get("_done")
    if done is None or done["here"] != here:
        st.session_state.pop("_done", None)
        return
    words, button = st.columns([0.8, 0.2], vertical_alignment="center")
    with words:
        opens = [part for name, go in done.get("opens", ()) for part in (" ", crumb(name, go))]
        first = {"tabindex": -1, "data_focus": done["change"]} if opens else {}
        told = h("p", done["said"], *opens, cls="done", role="status", **first)
        follow(draw(told, key="done"))
    with button:
        pressed = done["change"] and st.button("Undo", key="undo", shortcut="u", width="stretch")
    if pressed:
        try:
            undo(casebook_to_change().graph, actor(), done["change"])
        except CmoError as error:
            show_refusal(error)
            return
        st.session_state["_done"] = {
            **done,
            "said": "Taken back.",
            "change": None,
            "opens": (),
        }
        st.rerun()


def side_by_side(
    key: str, mine: Mapping[str, Any], now: Mapping[str, Any], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Two versions that differ, field by field, and for each a choice; the draft that is chosen.
    `labels` names by their ids the records to which they refer."""
    chosen = dict(now)
    for name in FIELDS:
        if _same(mine[name], now[name]):
            continue
        draw(
            h(
                "div",
                h("h3", TITLES[name]),
                h("div", h("p", "Yours", cls="kicker"), h("p", _shown(mine[name], labels))),
                h("div", h("p", "Stored now", cls="kicker"), h("p", _shown(now[name], labels))),
                cls="clash",
            ),
            key=f"{key}-clash-{name}",
        )
        take = st.radio(
            f"Which to keep: {TITLES[name].lower()}",
            ("yours", "stored now"),
            horizontal=True,
            label_visibility="collapsed",
            key=f"{key}-take-{name}",
        )
        chosen[name] = mine[name] if take == "yours" else now[name]
    return chosen


def differing(mine: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The fields in which two versions differ, in the order of the form."""
    return [name for name in FIELDS if not _same(mine[name], now[name])]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return list(one) == list(other)


def _shown(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return spoken(value) if value in STATUSES else value or "nothing"
    return "\n".join(labels.get(item, item) for item in value) or "nothing"


def reason(key: str, title: str) -> str:
    """One line that says why; at most 500 characters are stored."""
    return st.text_input(f"{title} (at most {LINE} characters)", key=f"{key}-why")
