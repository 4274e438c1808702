"""Passages in lists: what speaks against first, under the link that each bears on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cmo.graph.graph import Row
from cmo.services.configurations import Asserted, Standing
from components.drawing import Node, h
from components.marks import glyph
from components.page import section
from components.said import opens, where
from components.sentences import MARKS

MOST = 30
"""How many passages a side shows before it asks whether to show them all."""


def passage(row: Mapping[str, Any], places: Mapping[str, str]) -> Node:
    """One passage with its stance, whose words it holds, and who coded it when; it opens in its
    source. `places` names projects and sub-cases by id. A quote that the reader may not see is
    told by its paraphrase, or said to be kept."""
    if row["quote"]:
        words = h("q", row["quote"])
    elif row["paraphrase"]:
        words = h("p", row["paraphrase"], cls="said")
    else:
        words = h("p", "The words are kept from your role.", cls="said mute")
    groups = dict.fromkeys(s["role_group"] for s in row["speakers"] if s["role_group"])
    concerns = places.get(row["concerns_id"], row["concerns"])
    notes = [concerns, ", ".join(groups), row["wave"], where(row)]
    if row["claim"] != "observed":
        notes.append(row["claim"] if row["counted"] else f"{row['claim']}, so not counted")
    elif not row["counted"] and not row["carried"]:
        notes.append("not counted")
    if row["carried"]:
        notes.append("carried, not yet affirmed")
    notes += [row["judged_by"], (row["created_at"] or "")[:10]]
    return h(
        "div",
        glyph(row["stance"]),
        words,
        h("p", " · ".join(filter(None, notes)), cls="by"),
        cls="pass",
        data_go=opens(row),
        tabindex=0,
        role="link",
    )


def link_head(link: Asserted, standing: Standing) -> Node:
    """The two ends of a link, as the head of its passages."""
    names = {e["id"]: e["label"] for part in MARKS for e in standing.row[part]}
    first, last = (MARKS[part] for part in link.roles)
    return h(
        "h3",
        h("span", glyph(first, 11), names[link.start]),
        " → ",
        h("span", glyph(last, 11), names[link.end]),
        cls="onlink",
    )


def under_links(rows: Sequence[Row], standing: Standing) -> list[Node]:
    """Passages in their order, those of each link under its ends; first those of the whole."""
    own = [row for row in rows if row["target_id"] == standing.id]
    found: list[Node] = []
    if own and standing.links:
        found.append(h("h3", "The configuration as a whole", cls="onlink"))
    found += [passage(row, standing.places) for row in own]
    for link in standing.links:
        mine = [row for row in rows if row["target_id"] == link.id]
        if mine:
            found += [link_head(link, standing), *(passage(row, standing.places) for row in mine)]
    return found


def side(
    title: str,
    rows: Sequence[Row],
    standing: Standing,
    *,
    note: str,
    none: str,
    projects: int | None = None,
    go: str | None = None,
    heads: bool = True,
) -> Node:
    """One side, for or against: counted passages and projects, then the passages under their links.

    `none` is what an empty side says; `go` is where all of a long one are shown (None: they are);
    without `heads` the link is not named above each group.
    """
    shown = list(rows if go is None else rows[:MOST])
    said = f"{title}: {_number([r for r in rows if r['counted']], 'passage')}"
    if projects is not None:
        said += f", {projects} project{'' if projects == 1 else 's'}"
    parts: list[Node] = [section(said, note)]
    plain = [passage(row, standing.places) for row in shown]
    parts += (under_links(shown, standing) if heads else plain) or [
        h("p", none, cls="mute nothing")
    ]
    if len(shown) < len(rows):
        left = f"Show the other {len(rows) - len(shown)} passages"
        parts.append(h("p", left, cls="crumb", data_go=go, tabindex=0, role="link"))
    return h("div", *parts, cls="side")


def _number(rows: Sequence[Row], what: str) -> str:
    return f"{len(rows)} {what}{'' if len(rows) == 1 else 's'}"
