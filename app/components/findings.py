"""Findings as a project's page shows them: by theme, each of which opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cmo.services.case import Themed, WholeCase
from components.drawing import Node, h
from components.marks import glyph
from components.one_finding import opens
from components.page import crumb, section

PLACES = 4
"""How many of the places in the texts on which a finding rests are named beside it."""


def themes(
    whole: WholeCase,
    opened: str | None,
    marked: str | None = None,
    *,
    records: bool = False,
) -> Node:
    """Findings by theme; a theme without one is silent, and stands there. The theme `marked` (an
    id), for which somebody came, stands first. Whoever `records` findings is led from a silent one
    to where one is recorded."""
    here = whole.row["id"]
    silent = sum(not t.findings for t in whole.themes)
    note = f"{silent} of {len(whole.themes)} themes are silent" if silent else ""
    listed = sorted(whole.themes, key=lambda t: t.id != marked)
    parts = [_theme(t, here, opened, t.id == marked, records) for t in listed]
    return h("div", section("Findings by theme", note), *parts)


def _theme(theme: Themed, here: str, opened: str | None, marked: bool, records: bool) -> Node:
    held = [finding(f, here, opened) for f in theme.findings]
    led = crumb("record a finding", f"project?id={here}&theme={theme.id}&do=finding")
    said = h("span", "nothing found", *([". ", led] if records else []), cls="mute")
    none = h("div", glyph("silent"), said, cls="find")
    return h(
        "div",
        h("b", theme.name),
        h("div", *(held or [none])),
        cls="theme marked" if marked else "theme",
    )


def finding(row: Mapping[str, Any], here: str, opened: str | None) -> Node:
    """One finding of the project `here` with its direction; it opens. `opened` is the id of the one
    that stands open."""
    place = row.get("place")
    inside = row.get("place_id") not in (None, here)
    stands = list(dict.fromkeys(p["locator"] or p["source"] for p in row["passages"]))
    notes = [
        f"in {place}" if inside else None,
        row["wave"].replace("_", " ") if row["wave"] else None,
        *stands[:PLACES],
        f"{len(stands) - PLACES} more" if len(stands) > PLACES else None,
    ]
    return h(
        "div",
        glyph(row["direction"]),
        h(
            "span",
            row["statement"],
            h("span", " ", h("span", "ours", cls="ours")) if row["origin"] == "ours" else None,
            h("small", " · ".join(filter(None, (row["code"], *notes))), cls="mute"),
        ),
        cls="find open" if row["id"] == opened else "find",
        data_go=opens(row["id"]),
        tabindex=0,
        role="link",
        aria_current="true" if row["id"] == opened else None,
    )
