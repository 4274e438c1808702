"""What the pages of one factor and of one theory share: passages on both sides, and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.drawing import Node, h
from components.marks import glyph
from components.said import once, passage
from components.words import counted

MOST = 30
"""How many passages a side shows before it asks whether to show them all."""
SIDES = (
    ("refutes", "Against", "None found. That nobody said so does not make it true."),
    ("supports", "For", "No passage supports it."),
)


def sides(rows: Sequence[Mapping[str, Any]], here: str, *, whole: bool) -> Node:
    """Passages against and for, those against first, then those that count for neither; `here` is
    the page's address, at which `whole` shows long sides to their end."""
    columns = [_side(rows, stance, title, none, here, whole) for stance, title, none in SIDES]
    other = [r for r in once(rows) if r["stance"] not in ("refutes", "supports")]
    parts = [h("div", *columns, cls="cols")]
    if other:
        head = h("h2", "Refining, and setting the scene", cls="sidehead")
        parts.append(h("div", head, *(passage(r) for r in other), cls="third"))
    return h("div", *parts)


def _side(
    rows: Sequence[Mapping[str, Any]], stance: str, title: str, none: str, here: str, whole: bool
) -> Node:
    held = once(r for r in rows if r["stance"] == stance)
    shown = held if whole else held[:MOST]
    places = len({r["concerns_id"] for r in held if r["counted"]})
    note = counted(len(held), "passage") if held else ""
    note += f" of {counted(places, 'place')}" if places else ", not counted" if held else ""
    head = h("h2", glyph(stance), " ", title, h("small", f" {note}"), cls="sidehead")
    body = [passage(r) for r in shown] or [h("p", none, cls="mute")]
    if len(shown) < len(held):
        said = f"Show all {len(held)}"
        body.append(h("p", h("span", said, cls="crumb", data_go=f"{here}&all=1", tabindex=0)))
    return h("div", head, *body)


def linked(items: Iterable[tuple[str, Node, str]], nothing: str) -> Node:
    """A list of records, each as (address, mark or None, words)."""
    lines = [
        h("li", mark, h("span", words), data_go=go, tabindex=0, role="link")
        for go, mark, words in items
    ]
    return h("ul", *lines, cls="list tight") if lines else h("p", nothing, cls="mute")


def panel(title: str, *parts: Node | None) -> Node:
    """A panel beside the page."""
    return h("div", h("h2", title), *parts, cls="panel")


def defs(pairs: Iterable[tuple[str, Any]]) -> Node:
    """What is recorded, by name; what is not stated says so."""
    shown = [
        part
        for name, value in pairs
        for part in (h("b", name), h("span", value or "not stated", cls="" if value else "mute"))
    ]
    return h("div", *shown, cls="defs")
