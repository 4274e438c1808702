"""What every page begins with: a kicker, a title, at most four facts; what an empty one says."""

from __future__ import annotations

from typing import Any

from components.drawing import draw, follow, h
from components.session import programme


def fact(value: object, name: str, go: str | None = None) -> list[Any]:
    """A figure and what it counts; with `go` it opens the records that it counts."""
    return h(
        "div",
        h("b", value),
        h("span", name),
        cls="fact",
        data_go=go,
        tabindex=0 if go else None,
        role="link" if go else None,
    )


def masthead(kicker: Any, title: str, lede: Any = None, *facts: Any) -> None:
    """Draws the head of a page; a fictional programme says so there."""
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


def section(title: str, note: str = "") -> list[Any]:
    """The head of a part of a page."""
    return h("div", h("h2", title), h("span", note) if note else None, cls="sec")


def empty(key: str, said: str, first: str) -> None:
    """What a page says when there is nothing: that, and what to do first."""
    draw(h("div", h("p", said), h("p", first, cls="mute"), cls="panel"), key=key)
