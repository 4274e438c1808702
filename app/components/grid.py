"""The parts of the evidence grid: its filters and its rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.evidence_export import FORMS, groups_named, write_evidence
from cmo.services.evidence_grid import Page, Wanted, role_of
from cmo.services.reading import get_record
from components.coded_list import bears_on
from components.downloads import file_name
from components.drawing import Node, draw, h
from components.filters import clear
from components.marks import glyph
from components.said import opens, where
from components.session import actor, casebook

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
HEADS = (
    ("", ("", "stance")),
    ("", ("Passage", "words")),
    ("", ("Bears on", "target")),
    ("", ("Project", "where")),
    ("wave", ("Wave", "wave")),
    ("", ("Role", "role")),
    ("rated", ("Rated", "rated")),
    ("", ("Coded", "coded")),
)
"""What stands above the columns, and their class; those with a key are there where they say
something."""
SAME = ("stance", "source_id", "start", "end", "section", "locator", "paraphrase", "quote")
"""Two rows alike in these are of one passage, coded twice."""
RATED = ("relevance", "richness", "rigour")


def role_groups(programme_id: str) -> list[str]:
    """The role groups that whoever looks may see named, in the order of the alphabet."""
    return groups_named(casebook().graph, actor(), programme_id)


def take_along(programme: Mapping[str, Any], wanted: Wanted) -> None:
    """The buttons that save all that match, made when they are pressed."""
    for form, media_type in FORMS.items():
        st.download_button(
            form.upper(),
            partial(_file, programme, wanted, form),
            f"{file_name(programme['name'], 'evidence')}.{form}",
            media_type,
            key=f"save_{form}",
            type="tertiary",
            on_click="ignore",
            help="Save all that match, not only this page",
        )


def _file(programme: Mapping[str, Any], wanted: Wanted, form: str) -> bytes:
    held = io.BytesIO()
    write_evidence(casebook().graph, actor(), programme, wanted, form, held)
    return held.getvalue()


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
    """The rows of a page; each opens its source at the words. Only these role groups are named.

    A column that says nothing in any of the rows is left out, and a passage that was coded several
    times in a row stands there once.
    """
    rows = page.rows
    keys = [
        key
        for key, said in {
            "wave": any(row["wave"] for row in rows),
            "rated": any(row[name] for row in rows for name in RATED),
        }.items()
        if said
    ]
    heads = [head for key, head in HEADS if key in ("", *keys)]
    body: list[Node] = []
    before: Row | None = None
    for row in rows:
        again = before is not None and all(before[n] == row[n] for n in SAME)
        body.append(_row(row, groups, keys, again=again))
        before = row
    return h(
        "table",
        h("thead", h("tr", *(h("th", head, scope="col", cls=cls) for head, cls in heads))),
        h("tbody", *body),
        cls="grid",
    )


def _row(row: Row, groups: Sequence[str], keys: Sequence[str], *, again: bool) -> Node:
    by = row["judged_by"] or "–"
    cells = [
        h("td", glyph(row["stance"]), cls="stance"),
        _passage(row, again=again),
        h("td", h("div", bears_on(row["target"]), cls="three-lines"), cls="target"),
        h("td", row["concerns"], cls="where"),
    ]
    if "wave" in keys:
        cells.append(h("td", row["wave"] or "–", cls="wave"))
    cells.append(h("td", role_of(row, groups), cls="role"))
    if "rated" in keys:
        cells.append(h("td", *_rated(row), cls="rated"))
    cells.append(h("td", h("div", by, title=by, cls="by"), h("small", row["created_at"][:10])))
    cls = "again" if again else ""
    return h("tr", *cells, data_go=opens(row), tabindex=0, cls=cls)


def _passage(row: Row, *, again: bool) -> Node:
    quote, paraphrase = row["quote"], row["paraphrase"]
    words = quote or paraphrase or "The words are kept from your role."
    place = where(row) if row["anchor"] == "located" else row["source_code"]
    notes = ["the same passage" if again else place]
    notes.append(row["claim"] if row["claim"] != "observed" else None)
    notes.append(None if row["counted"] else "not counted")
    said = h("small", " · ".join(filter(None, notes)))
    if again:
        return h("td", said, title=words, cls="words")
    told = h("q", words) if quote else h("span", words, cls="serif" if paraphrase else "mute")
    return h("td", h("div", told, cls="two-lines", title=words), said, cls="words")


def _rated(row: Row) -> list[Node]:
    said = ", ".join(f"{name} {row[name]}" for name in RATED if row[name])
    if not said:
        return ["–"]
    short = " ".join((row[name] or "–")[:1].upper() for name in RATED)
    return [h("span", short, title=said, aria_label=said, role="img")]
