"""The panels of Home: what to look at first, what changed, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cmo.services.journal import Deed
from cmo.services.overview import Item, Needs
from components import deeds
from components.drawing import Node, h
from components.marks import glyph
from components.page import section
from components.when import short
from components.words import counted, cut

NAMED = 3
"""How many records a line of a panel names."""


def line(kind: str, figure: str, said: str, go: str | None = None) -> Node:
    """One line of a panel: a mark, a figure with its noun, and what to know or do about it."""
    words = h("span", h("b", figure), h("span", said, cls="hint"))
    link: dict[str, Any] = {"data_go": go, "tabindex": 0, "role": "link"} if go else {}
    return h("li", glyph(kind), words, **link)


def first_looks(needs: Needs, projects: int) -> list[Node]:
    """What to look at first: what is contested, what has no evidence, what is hardly heard of."""
    found = []
    if needs.contested:
        found.append(
            line(
                "refutes",
                f"{len(needs.contested)} contested",
                names(needs.contested),
                _to(needs.contested, "contested"),
            )
        )
    if needs.refuted:
        found.append(
            line(
                "refutes",
                f"{len(needs.refuted)} refuted only",
                names(needs.refuted),
                _to(needs.refuted, "refuted_only"),
            )
        )
    if needs.unevidenced:
        found.append(
            line(
                "silent",
                f"{len(needs.unevidenced)} without evidence",
                names(needs.unevidenced),
                _to(needs.unevidenced, "none"),
            )
        )
    quiet = [t for t in needs.themes if 2 * t[2] < projects]
    if quiet:
        theme, name, heard = quiet[0]
        others = f" {len(quiet) - 1} more are heard in less than half." if len(quiet) > 1 else ""
        said = f"{name}: {heard} of {projects} projects; the rest are silent.{others}"
        found.append(
            line(
                "silent",
                f"{counted(len(quiet), 'theme')} hardly heard",
                said,
                f"compare?theme={theme}",
            )
        )
    return found


def _to(items: Sequence[Item], support: str) -> str:
    if len(items) == 1:
        return f"configuration?id={items[0].id}"
    return f"configurations?support={support.replace('_', '+')}"


def next_steps(needs: Needs) -> list[Node]:
    """What is missing, each with what to do about it."""
    found = []
    if needs.unplaced:
        found.append(
            line(
                "contextualises",
                f"{counted(needs.unplaced, 'coding')} to place",
                "They bear on nothing yet: say what each speaks for or against.",
                "evidence?kind=none",
            )
        )
    if needs.bare_sources:
        go = f"source?id={needs.bare_sources[0].id}"
        found.append(
            line(
                "silent",
                f"{counted(len(needs.bare_sources), 'source')} without a coding",
                f"Read {names(needs.bare_sources)}.",
                go,
            )
        )
    if needs.unlinked:
        found.append(
            line(
                "silent",
                f"{counted(len(needs.unlinked), 'configuration')} without a link",
                f"Sets that only stand together: {names(needs.unlinked)}.",
                f"configuration?id={needs.unlinked[0].id}",
            )
        )
    if needs.partial:
        found.append(
            line(
                "silent",
                f"{counted(len(needs.partial), 'configuration')} in part",
                f"Context, mechanism or outcome is to be found: {names(needs.partial)}.",
                f"configuration?id={needs.partial[0].id}",
            )
        )
    if needs.activities:
        found.append(
            line(
                "m",
                f"{counted(len(needs.activities), 'activity', 'activities')} as mechanism",
                f"Whose reasoning did they change? {names(needs.activities, code=False)}.",
                f"factor?id={needs.activities[0].id}",
            )
        )
    if needs.unassessed:
        found.append(
            line(
                "not_assessable",
                f"{counted(len(needs.unassessed), 'project')} not assessed",
                names(needs.unassessed),
                f"project?id={needs.unassessed[0].id}",
            )
        )
    return found


def undated(events: Sequence[Mapping[str, Any]], programme_id: str) -> Node:
    """What happened without a date, those of the whole programme first: what, where, and when as
    far as the source says it."""
    whole = [e for e in events if any(p["id"] == programme_id for p in e["affects"])]
    listed = [*whole, *(e for e in events if e not in whole)]
    told = [_undated(event, programme_id) for event in listed]
    head = section("What else happened", f"{counted(len(listed), 'event')} without a date")
    return h("div", head, h("ul", *told, cls="undated"), cls="others")


def _undated(event: Mapping[str, Any], programme_id: str) -> Node:
    places = [p for p in event["affects"] if p["id"] != programme_id]
    where = ", ".join(p["name"] for p in places) or "the programme"
    note = "; ".join(filter(None, (where, event["when_text"])))
    go = f"project?id={places[0]['id']}" if places else f"history?record={event['id']}"
    return h(
        "li",
        event["title"],
        h("small", f" {note}"),
        data_go=go,
        tabindex=0,
        role="link",
        title=f"{event['title']}: {note}",
    )


def names(items: Sequence[Item], *, code: bool = True) -> str:
    """The first of these records by code and name, and how many more there are."""
    shown = [f"{i.code} {cut(i.name)}" if code else cut(i.name) for i in items[:NAMED]]
    more = len(items) - NAMED
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def panel(title: str, lines: Iterable[Node], note: Node = "", nothing: str = "") -> Node:
    """A panel of lines; `nothing` stands where there is none."""
    held = list(lines)
    head = h("div", h("h2", title), h("span", note) if note else None, cls="sec")
    body = h("ul", *held, cls="list") if held else h("p", nothing, cls="mute")
    return h("div", head, body, cls="panel")


def change(deed: Deed) -> Node:
    """One act as a line; it opens the record."""
    many = deed.together > 1
    go = f"history?from={deed.entry.change}" if many else deeds.page_of(deed.entry.touched[0])
    return h(
        "li",
        h("span", short(deed.entry.at), cls="when"),
        h("span", *deeds.sentence(deed)),
        data_go="history" if many else go,
        tabindex=0,
        role="link",
    )
