"""The keys, one key away."""

from __future__ import annotations

import streamlit as st

from components.drawing import Node, draw, h

KEYS = {
    "Everywhere": (
        ("?", "this list"),
        ("S", "search"),
        ("Tab", "to the next thing that opens; Enter opens it"),
        ("Esc", "close what is open"),
    ),
    "Lists": (
        ("N", "record a new one, where there is a button for it"),
        ("I", "import files as sources"),
        ("↓ ↑", "from row to row; Home and End to the first and the last"),
        ("→ ←", "from a row to the marks of its projects; Enter opens their passages"),
    ),
    "The evidence grid": (
        ("Enter", "open the row in its text"),
        ("E", "edit the row where it stands; U undoes it"),
    ),
    "A text": (
        ("Arrows", "move; with Shift select, with Ctrl by words"),
        ("1 to 6", "code what is selected to a recent target; 0 to none yet"),
        ("/", "find a target; N makes a new one; X turns the stance round"),
        ("Enter", "code what is selected as the panel says"),
        ("Ctrl+Z", "take back the last step; Ctrl+Shift+Z does it again"),
        ("J C U G", "to the next uncoded, contested, unplaced, any coding; with Shift back"),
        ("A P Delete", "of the open coding: move its edges, part it, take it out"),
        ("[ ]", "move the end of what is selected by a word; { } its start"),
        ("Ctrl+Enter", "code, also from the fields beside the text"),
    ),
    "A configuration": (
        ("K", "code a passage on it"),
        ("L", "assert a link"),
        ("V", "refine it into a new version"),
    ),
    "A record": (
        ("E", "edit"),
        ("A", "assess: a factor in a project"),
        ("U", "undo what was just done"),
    ),
    "The map": (
        ("Arrows", "to the next party; T along its ties, Esc back; Enter opens"),
        ("+ - 0", "nearer, further, all of it"),
        ("L", "record a relation"),
    ),
}
"""What each key does, by where it does it."""


def key_list() -> Node:
    """The list as it is drawn."""
    parts = []
    for where, keys in KEYS.items():
        lines = (h("li", h("span", k, cls="key"), h("span", said)) for k, said in keys)
        parts.append(h("div", h("h3", where, cls="mute"), h("ul", *lines, cls="list tight")))
    return h("div", *parts, cls="keylist")


@st.dialog("Keys", width="large")
def show_keys() -> None:
    """Opens the list."""
    draw(key_list(), key="keylist-open")
