"""Findings as a project's page shows them: by theme, each opening to its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cmo.services.case import Themed, WholeCase
from components.drawing import Node, h
from components.marks import glyph
from components.page import crumb, section
from components.said import passage


def themes(
    whole: WholeCase,
    opened: str | None,
    rows: Sequence[Mapping[str, Any]],
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
    parts = [_theme(t, here, opened, rows, t.id == marked, records) for t in listed]
    return h("div", section("Findings by theme", note), *parts)


def _theme(
    theme: Themed,
    here: str,
    opened: str | None,
    rows: Sequence[Mapping[str, Any]],
    marked: bool,
    records: bool,
) -> Node:
    held = [finding(f, here, opened, rows) for f in theme.findings]
    led = crumb("record a finding", f"project?id={here}&theme={theme.id}&do=finding")
    said = h("span", "nothing found", *([". ", led] if records else []), cls="mute")
    none = h("div", glyph("silent"), said, cls="find")
    return h(
        "div",
        h("b", theme.name),
        h("div", *(held or [none])),
        cls="theme marked" if marked else "theme",
    )


def finding(
    row: Mapping[str, Any], here: str, opened: str | None, rows: Sequence[Mapping[str, Any]]
) -> Node:
    """One finding with its direction; it opens to its passages."""
    is_open = row["id"] == opened
    place = row.get("place")
    inside = row.get("place_id") not in (None, here)
    notes = [
        f"in {place}" if inside else None,
        row["wave"].replace("_", " ") if row["wave"] else None,
        " · ".join(dict.fromkeys(p["locator"] or p["source"] for p in row["passages"])),
    ]
    go = f"project?id={here}" + ("" if is_open else f"&open={row['id']}")
    head = h(
        "div",
        glyph(row["direction"]),
        h(
            "span",
            row["statement"],
            h("span", " ", h("span", "ours", cls="ours")) if row["origin"] == "ours" else None,
            h("small", " · ".join(filter(None, (row["code"], *notes))), cls="mute"),
        ),
        cls="find",
        data_go=go,
        tabindex=0,
        role="button",
        aria_expanded="true" if is_open else "false",
    )
    if not is_open:
        return head
    held = [passage(r, place=False) for r in rows] or [
        h("p", "It rests on no passage.", cls="mute")
    ]
    return h("div", head, h("div", *held, cls="inside"))
