"""The parts of the evidence grid: its filters and its rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import streamlit as st

from cmo.errors import InvalidInput
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.evidence_export import FORMS, groups_named, write_evidence
from cmo.services.evidence_grid import Wanted, passages, role_of
from cmo.services.evidence_order import Group, ordered_passages
from cmo.services.reading import get_record
from components.coded_list import bears_on
from components.downloads import file_name
from components.drawing import Node, draw, h
from components.filters import clear
from components.marks import glyph
from components.page import beginning
from components.said import opens, where
from components.session import actor, casebook
from components.words import counted

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
    ("", "", "stance", None),
    ("", "Passage", "words", None),
    ("", "Bears on", "target", "target"),
    ("", "Project", "where", "project"),
    ("wave", "Wave", "wave", None),
    ("", "Role", "role", "role"),
    ("rated", "Rated", "rated", "relevance"),
    ("", "Coded", "coded", "date"),
)
"""What stands above the columns, their class, and by which of ORDERS a click sorts; those with
a key in front are there where they say something."""
ORDERS = {
    "target": "what they bear on",
    "project": "project",
    "role": "role",
    "coder": "coder",
    "date": "date coded",
    "relevance": "relevance",
    "richness": "richness",
    "rigour": "rigour",
}
"""By what the rows may stand in groups."""
Heads = Mapping[int, tuple[str, str]]
"""Headings of groups: the name, and how many there are, by the place of a row."""
NO_HEADS: Heads = MappingProxyType({})
SAME = ("stance", "source_id", "start", "end", "section", "locator", "paraphrase", "quote")
"""Two rows alike in these are of one passage, coded twice."""
RATED = ("relevance", "richness", "rigour")


def role_groups(programme_id: str) -> list[str]:
    """The role groups that whoever looks may see named, in the order of the alphabet."""
    return groups_named(casebook().graph, actor(), programme_id)


def take_along(programme: Mapping[str, Any], wanted: Wanted) -> None:
    """The buttons that save all that match, made when they are pressed: outside of this run and its
    session, so that who looks, and at what, goes along."""
    graph, who = casebook().graph, actor()
    for form, media_type in FORMS.items():
        st.download_button(
            form.upper(),
            partial(_file, graph, who, programme, wanted, form),
            f"{file_name(programme['name'], 'evidence')}.{form}",
            media_type,
            key=f"save_{form}",
            type="tertiary",
            on_click="ignore",
            help="Save all that match, not only this page",
        )


def _file(
    graph: Graph, who: Actor, programme: Mapping[str, Any], wanted: Wanted, form: str
) -> bytes:
    held = io.BytesIO()
    write_evidence(graph, who, programme, wanted, form, held)
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


@dataclass(frozen=True)
class Shown:
    """A page of rows with the headings of its groups; `after` leads to the next, None at the
    end."""

    rows: Sequence[Row]
    heads: Heads
    after: str | None


def looked_up(programme_id: str, wanted: Wanted, by: str | None, groups: Sequence[str]) -> Shown:
    """The page that the address asks for: in the order of the texts, or in groups; without rows
    where it asks for one that there is not."""
    graph, who, after = casebook().graph, actor(), st.query_params.get("after")
    if by is None:
        try:
            page = passages(graph, who, programme_id, wanted, after, PAGE)
        except InvalidInput:
            if after is None:
                raise
            return Shown((), NO_HEADS, None)
        return Shown(page.rows, NO_HEADS, page.after)
    first = beginning("after")
    found = ordered_passages(graph, who, programme_id, wanted, by, groups, first=first, limit=PAGE)
    heads = {
        at: (_group_name(group, found.rows[at]), counted(group.many, "coding"))
        for at, group in found.heads.items()
    }
    more = str(first + PAGE) if found.total > first + PAGE else None
    return Shown(found.rows, heads, more)


def _group_name(group: Group, row: Row) -> str:
    """How a group is called; one of what the codings bear on, by any of its rows."""
    target = row["target"]
    return group.name or f"{target.name} · {target.kind}"


@dataclass(frozen=True)
class Columns:
    """How rows are drawn: the role groups that are named, the columns that say something in any of
    the rows of the page, whether a row may be edited, and which row gets the focus back, with a
    word for each time that one does."""

    groups: Sequence[str]
    keys: Sequence[str]
    edits: bool
    back: tuple[str, str] | None = None


def columns(
    rows: Sequence[Row], groups: Sequence[str], *, edits: bool, back: tuple[str, str] | None = None
) -> Columns:
    """The columns of a page with these rows; one that says nothing in any of them is left out."""
    said = {
        "wave": any(row["wave"] for row in rows),
        "rated": any(row[name] for row in rows for name in RATED),
    }
    return Columns(groups, [key for key, is_said in said.items() if is_said], edits, back)


def table(
    rows: Sequence[Row], held: Columns, before: Row | None = None, *, heads: Heads = NO_HEADS
) -> Node:
    """These rows; each opens its source at the words. A passage that was coded several times in a
    row stands there once; `before` is the row above, in a table that was begun before. `heads` are
    the headings of groups, by the place of the row that each stands above."""
    body: list[Node] = []
    for number, row in enumerate(rows):
        if number in heads:
            name, many = heads[number]
            said = h("span", " · ", many, cls="mute")
            body.append(h("tr", h("th", name, said, colspan=3, scope="rowgroup"), cls="group"))
        again = before is not None and all(before[n] == row[n] for n in SAME)
        body.append(_row(row, held, again=again and number not in heads))
        before = row
    by = st.query_params.get("by")
    shown = (head for head in HEADS if head[0] in ("", *held.keys))
    drawn = h("tr", *(_head(name, cls, order, by) for _, name, cls, order in shown))
    return h("table", h("thead", drawn), h("tbody", *body), cls="grid")


def _head(name: str, cls: str, order: str | None, by: str | None) -> Node:
    """What stands above a column; it sorts by it, and where it does takes the order back."""
    if order is None:
        return h("th", name, scope="col", cls=cls)
    sorts = order == by
    said = h(
        "span",
        name,
        " ↓" if sorts else None,
        cls="crumb",
        data_go=f"sort?{'' if sorts else order}",
        tabindex=0,
        role="button",
        title="Back to the order of the texts" if sorts else f"Sort by {ORDERS[order]}",
    )
    arranged = "ascending" if sorts else None
    return h("th", said, scope="col", cls=cls, aria_sort=arranged)


def sort_by(order: str) -> None:
    """Shows the rows in this order, from its first page; an empty one is that of the texts."""
    clear("by")
    if order:
        st.query_params["by"] = order
    st.rerun()


def _row(row: Row, held: Columns, *, again: bool) -> Node:
    by = row["judged_by"] or "–"
    cells = [
        h("td", glyph(row["stance"]), cls="stance"),
        _passage(row, again=again, edits=held.edits),
        h("td", h("div", bears_on(row["target"]), cls="three-lines"), cls="target"),
        h("td", row["concerns"], cls="where"),
    ]
    if "wave" in held.keys:
        cells.append(h("td", row["wave"] or "–", cls="wave"))
    cells.append(h("td", role_of(row, held.groups), cls="role"))
    if "rated" in held.keys:
        cells.append(h("td", *_rated(row), cls="rated"))
    cells.append(h("td", h("div", by, title=by, cls="by"), h("small", row["created_at"][:10])))
    cls = "again" if again else ""
    back = held.back[1] if held.back and held.back[0] == row["id"] else None
    return h("tr", *cells, data_go=opens(row), tabindex=0, cls=cls, data_focus=back)


def _passage(row: Row, *, again: bool, edits: bool) -> Node:
    quote, paraphrase = row["quote"], row["paraphrase"]
    words = quote or paraphrase or "The words are kept from your role."
    place = where(row) if row["anchor"] == "located" else row["source_code"]
    notes = ["the same passage" if again else place]
    notes.append(row["claim"] if row["claim"] != "observed" else None)
    notes.append(None if row["counted"] else "not counted")
    edit = h(
        "span",
        "edit",
        cls="crumb",
        data_go=f"edit?{row['id']}",
        data_key="e",
        tabindex=0,
        role="button",
        aria_label="Edit this coding",
    )
    said = h("small", " · ".join(filter(None, notes)), *([" · ", edit] if edits else []))
    if again:
        return h("td", *_memo(row), said, title=words, cls="words")
    told = h("q", words) if quote else h("span", words, cls="serif" if paraphrase else "mute")
    return h("td", h("div", told, cls="two-lines", title=words), *_memo(row), said, cls="words")


def _memo(row: Row) -> list[Node]:
    """The coder's note, where there is one that may be read."""
    memo = row["memo"]
    return [h("div", memo, cls="memo two-lines", title=memo)] if memo else []


def _rated(row: Row) -> list[Node]:
    said = ", ".join(f"{name} {row[name]}" for name in RATED if row[name])
    if not said:
        return ["–"]
    short = " ".join((row[name] or "–")[:1].upper() for name in RATED)
    return [h("span", short, title=said, aria_label=said, role="img")]
