"""Trees of whitelisted elements, drawn by one small component: no markup ever comes from data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

HERE = Path(__file__).parent
WENT = "_went"
"""What was clicked last, until `leave` has looked at it."""
Node = Any
"""A text, or [tag, attributes, children]."""


def h(tag: str, *children: Node, cls: str = "", **attributes: Any) -> list[Any]:
    """One element. Underscores in attribute names become hyphens; None children are left out, and
    lists of elements are taken one by one.

    An item of a list that leads somewhere holds a link, and is none: a list has items only. A word
    that can be reached and leads somewhere is a link unless it says what else it is; a head of a
    table without a word is a cell.
    """
    held: dict[str, Any] = {
        name.strip("_").replace("_", "-"): value if isinstance(value, dict) else str(value)
        for name, value in attributes.items()
        if value is not None
    }
    if cls:
        held["class"] = cls
    inside: list[Node] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, list) and (not child or isinstance(child[0], list)):
            inside.extend(child)
        elif isinstance(child, list | str):
            inside.append(child)
        else:
            inside.append(str(child))
    if tag in ("span", "p", "div") and "data-go" in held and "tabindex" in held:
        held.setdefault("role", "link")
    if tag == "li" and "data-go" in held:
        return [tag, {"class": "goes"}, [["div", held, inside]]]
    if tag == "th" and not any(inside):
        held.pop("scope", None)
        return ["td", held, inside]
    return [tag, held, inside]


def joined(*names: str) -> str:
    """The texts of these files of components/ as one: a component is sent as a single module."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


@st.cache_resource(show_spinner=False)
def _leaf() -> Any:
    return st.components.v2.component(
        "leaf",
        html='<div class="leaf"></div>',
        isolate_styles=True,
        css=joined("leaf.css", *sorted(path.name for path in HERE.glob("leaf-*.css"))),
        js=joined("make.js", "save.js", "leaf.js"),
    )


def draw(tree: list[Any], key: str, on_go: Callable[[], None] = lambda: None) -> str | None:
    """Draws the tree; returns what was clicked in this run (the element's data-go), or None.

    `on_go` runs before the page does; it finds the click in st.session_state[key]["go"].
    """

    def went() -> None:
        st.session_state[WENT] = st.session_state[key]["go"]
        on_go()

    rev = hashlib.blake2s(json.dumps(tree).encode()).hexdigest()
    clicked: str | None = _leaf()(key=key, data={"tree": tree, "rev": rev}, on_go_change=went).go
    return clicked


def leave(pages: Collection[str], here: str) -> None:
    """Goes where a click points, if that is another of these pages: the one that was clicked on
    need not be worked out once more. What a page does with its own is left to it."""
    go = st.session_state.pop(WENT, None)
    if go and (page := go.partition("?")[0]) != here and page in pages:
        follow(go)


def follow(go: str | None) -> None:
    """Goes where a click points: 'page?name=value'. The programme that is looked at goes along."""
    if go:
        page, _, query = go.partition("?")
        here = st.session_state.get("_programme")
        kept = {"programme": here["name"]} if here else {}
        st.switch_page(f"views/{page}.py", query_params=kept | dict(parse_qsl(query)))
