"""What every page begins with: a kicker, a title, at most four facts; what an empty one says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.drawing import draw, follow, h
from components.session import programme


def fact(value: object, name: str, go: str | None = None, *, one: str = "") -> list[Any]:
    """A figure and what it counts, which is called `one` where that is another word; with `go` it
    opens the records that it counts."""
    return h(
        "div",
        h("b", value),
        h("span", one if one and value == 1 else name),
        cls="fact",
        data_go=go,
        tabindex=0 if go else None,
        role="link" if go else None,
    )


def masthead(kicker: Any, title: str, lede: Any = None, *facts: Any) -> None:
    """Draws the head of a page and names the browser's tab; a fictional programme says so."""
    st.set_page_config(page_title=f"{title[:80]} · CMO Casebook")
    here = programme()
    fiction = here and here["synthetic"]
    said = h(
        "p",
        kicker,
        h("span", " · ", h("b", "fiction"), ": no real people or places") if fiction else None,
        cls="kicker",
    )
    head = h("div", said, h("h1", title), h("p", lede, cls="lede") if lede else None)
    tree = h("div", head, h("div", *facts, cls="facts") if facts else None, cls="mast")
    follow(draw(tree, key="mast"))


def crumb(name: str, page: str) -> list[Any]:
    """A word of the kicker that leads back to a list."""
    return h("span", name, cls="crumb", data_go=page, tabindex=0, role="link")


def section(title: str, note: str = "", focus: str | None = None) -> list[Any]:
    """The head of a part of a page; with a word in `focus` it gets the focus, once for each."""
    head = h("h2", title, data_focus=focus, tabindex=-1 if focus else None)
    return h("div", head, h("span", note) if note else None, cls="sec")


def empty(key: str, said: str, first: str) -> None:
    """What a page says when there is nothing: that, and what to do first."""
    draw(h("div", h("p", said), h("p", first, cls="mute"), cls="panel"), key=key)


def beginning(name: str) -> int:
    """From which place of a long list the page begins, as the address says; 0 is the first."""
    held = st.query_params.get(name, "0")
    return int(held) if held.isdecimal() and len(held) < 9 else 0


def turn_pages(page: str, name: str, first: int, size: int, total: int, what: str) -> list[Any]:
    """Which part of a long list is shown, and the way to the parts before and after; nothing where
    all of it is. The filters in the address stay."""
    if total <= size and not first:
        return []
    kept = {k: v for k, v in st.query_params.items() if k not in (name, "id", "factor")}
    said = [f"{first + 1:,} to {min(first + size, total):,} of {total:,} {what}. "]
    parts: list[Any] = list(said)
    if first:
        earlier = urlencode({**kept, name: max(0, first - size)})
        parts += [crumb("earlier", f"{page}?{earlier}"), " "]
    if first + size < total:
        parts.append(crumb("more", f"{page}?{urlencode({**kept, name: first + size})}"))
    return [h("p", *parts, cls="mute")]
