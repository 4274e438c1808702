"""The parts of the evidence grid: its filters and its rows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.evidence_grid import Page, Wanted, role_of
from cmo.services.reading import get_record
from components.coded_list import bears_on
from components.drawing import Node, draw, h
from components.filters import clear
from components.marks import glyph
from components.said import opens, where
from components.session import actor, ask

PAGE = 50
"""How many rows a page has."""
STANCES = {
    "refutes": "✕ against",
    "refines": "∼ refines",
    "supports": "▲ for",
    "contextualises": "▭ frames",
}
KINDS = {
    "Factor": "factors",
    "CmoLink": "links",
    "Configuration": "configurations",
    "ProgrammeTheory": "theories",
    "Relation": "relations",
    "Theme": "themes",
    "none": "nothing yet",
}
HEADS = ("", "Passage", "Bears on", "Project", "Wave", "Role", "Rated", "Coder", "Date")
FEWEST = 3
"""A group of fewer informants could tell who somebody is."""
RATED = ("relevance", "richness", "rigour")


def role_groups(programme: str) -> list[str]:
    """The role groups that whoever looks may see, in the order of the alphabet: all for those who
    read texts, for others those of at least three informants."""
    least = 1 if programme in actor().quoted_places else FEWEST
    rows = ask("evidence/role_groups", programme_id=programme)
    return [row["role_group"] for row in rows if row["informants"] >= least]


def narrowed(graph: Graph, actor: Actor, wanted: Wanted) -> None:
    """Says what the address narrows the grid to, and lets that be taken off."""
    for name, id in (("source", wanted.source), ("target", wanted.target)):
        if not id:
            continue
        held = get_record(graph, actor, id)
        said = "In" if name == "source" else "Bearing on"
        with st.container(horizontal=True, vertical_alignment="center", key=f"only_{name}"):
            draw(
                h(
                    "p",
                    f"{said} ",
                    h("b", " ".join(filter(None, (held.code, held.name)))),
                    cls="mute",
                ),
                key=f"said_{name}",
            )
            st.button("Show all", key=f"all_{name}", type="tertiary", on_click=clear, args=(name,))


def table(page: Page, groups: Sequence[str]) -> Node:
    """The rows of a page; each opens its source at the words. Only these role groups are named."""
    return h(
        "table",
        h("thead", h("tr", *(h("th", head, scope="col") for head in HEADS))),
        h("tbody", *(_row(row, groups) for row in page.rows)),
        cls="grid",
    )


def _row(row: Row, groups: Sequence[str]) -> Node:
    quote, paraphrase = row["quote"], row["paraphrase"]
    words = quote or paraphrase or "The words are kept from your role."
    said = h("q", words) if quote else h("span", words, cls="serif" if paraphrase else "mute")
    place = where(row) if row["anchor"] == "located" else row["source_code"]
    notes = [place, row["claim"] if row["claim"] != "observed" else None]
    notes.append(None if row["counted"] else "not counted")
    return h(
        "tr",
        h("td", glyph(row["stance"])),
        h(
            "td",
            h("div", said, cls="two-lines", title=words),
            h("small", " · ".join(filter(None, notes))),
        ),
        h("td", h("div", bears_on(row["target"]), cls="three-lines")),
        h("td", row["concerns"]),
        h("td", row["wave"] or "–"),
        h("td", role_of(row, groups)),
        h("td", *_rated(row)),
        h("td", row["judged_by"] or "–"),
        h("td", row["created_at"][:10], cls="date"),
        data_go=opens(row),
        tabindex=0,
    )


def _rated(row: Row) -> list[Node]:
    said = ", ".join(f"{name} {row[name]}" for name in RATED if row[name])
    if not said:
        return ["–"]
    short = " ".join((row[name] or "–")[:1].upper() for name in RATED)
    return [h("span", short, title=said, aria_label=said, role="img")]
