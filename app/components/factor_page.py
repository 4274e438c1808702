"""One factor as a page: what it is, its family, where it was assessed, what holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cmo.domain.fields import LINE, SHORT
from cmo.domain.vocabulary import FactorLevel
from components.drawing import Node, h
from components.editing import Field
from components.marks import NAMES, ROLES, glyph
from components.one_of_theory import defs, linked, panel
from components.page import crumb, section

PARTS = {"IN_CONTEXT": "c", "FIRES": "m", "LEADS_TO": "o"}
"""The mark of a factor's part in a configuration."""
KNOWN = {True: "known", False: "not known: an activity as yet"}
VALENCES = {"enables": "supports", "hinders": "refutes"}


def fields(row: Mapping[str, Any]) -> list[Field]:
    """What of a factor is edited; the reasoning only of a mechanism."""
    levels = {str(level): str(level) for level in FactorLevel}
    found = [
        Field("label", f"Label (at most {SHORT} characters)"),
        Field("level", "Level", "one", levels),
        Field("level_note", f"A note on the level (at most {LINE} characters)"),
    ]
    if "Mechanism" in row["roles"]:
        found += [
            Field("resource", "The resource that people were offered", "text"),
            Field("reasoning", "How they reasoned about it", "text"),
            Field("reasoning_known", "Is the reasoning known?", "one", KNOWN),
        ]
    return found


def head(row: Mapping[str, Any]) -> Node:
    """Where one is, and the label with the marks of its roles."""
    roles = [glyph(ROLES[role], 14) for role in row["roles"]]
    said: list[Any] = [crumb("Configurations", "configurations"), f"  ›  {row['code']}"]
    said.append(f"  ·  {', '.join(role.lower() for role in row['roles']) or 'no role yet'}")
    if row["origin"] == "ours":
        said.append(h("small", " (ours)"))
    if row["synthetic"]:
        said += ["  ·  ", h("b", "fiction"), ": no real people or places"]
    title = h("h1", *(part for mark in roles for part in (mark, " ")), row["label"])
    return h("div", h("p", *said, cls="kicker"), title, cls="one-head")


def about(row: Mapping[str, Any]) -> Node:
    """What is recorded of the factor itself."""
    pairs: list[tuple[str, Any]] = []
    if "Mechanism" in row["roles"]:
        known = KNOWN.get(row["reasoning_known"], "")
        pairs += [
            ("Resource", row["resource"]),
            ("Reasoning", row["reasoning"]),
            ("Is it known", known),
        ]
    level = " · ".join(filter(None, (row["level"], row["level_note"])))
    pairs.append(("Level", level))
    for name, value in (
        ("Also called", "; ".join(row["aliases"])),
        ("Category", row["category"]),
        ("Four I’s", row["four_i"]),
        ("Receptive factor", row["receptive_factor"]),
        ("Horizon", row["horizon"]),
        ("Measured by", row["measurable"]),
    ):
        if value:
            pairs.append((name, value))
    return defs(pairs)


def assessed(rows: Sequence[Mapping[str, Any]]) -> Node:
    """Where it was assessed: one row an assessment, absent and hindering first."""
    order = {"absent": 0, "mixed": 1, "not_assessable": 2, "present": 3}
    held = sorted(rows, key=lambda r: (r["valence"] != "hinders", order.get(r["value"], 4)))
    waves, whys = any(r["wave"] for r in rows), any(r["why"] for r in rows)
    body = [
        h(
            "tr",
            h("th", r["project"], _ours(r), scope="row"),
            h("td", glyph(r["value"]), " ", NAMES[r["value"]], cls="nw"),
            h("td", *_way(r["valence"]), cls="nw"),
            h("td", (r["wave"] or "–").replace("_", " "), cls="nw") if waves else None,
            h("td", r["why"] or "–") if whys else None,
            data_go=f"project?id={r['project_id']}&open={r['id']}",
            tabindex=0,
        )
        for r in held
    ]
    title = section("Where it was assessed", f"{len(rows)} assessments" if len(rows) > 1 else "")
    if not body:
        return h("div", title, h("p", "Assessed nowhere: nothing was said of it.", cls="mute"))
    names = ["Project", "There", "Way", *(["Wave"] if waves else []), *(["Why"] if whys else [])]
    heads = h("thead", h("tr", *(h("th", name, scope="col") for name in names)))
    return h("div", title, h("table", heads, h("tbody", *body), cls="assessed"))


def _ours(row: Mapping[str, Any]) -> Node | None:
    return h("small", " ours") if row["origin"] == "ours" else None


def _way(valence: str) -> list[Node]:
    if valence not in VALENCES:
        return [valence.replace("_", " ")]
    return [glyph(VALENCES[valence], 12), f" {valence}"]


def beside(row: Mapping[str, Any]) -> Node:
    """Which configurations and links hold it, and its family."""
    held = [
        (f"configuration?id={c['id']}", glyph(PARTS[c["part"]], 12), f"{c['code']} {c['name']}")
        for c in row["configurations"]
    ]
    links = [
        (
            f"configuration?id={x['configuration_id']}&link={x['id']}",
            None,
            f"{x['code']} in {x['configuration']}: {x['start']} → {x['end']}",
        )
        for x in row["links"]
    ]
    parts: list[Node | None] = [
        panel("Held by", linked(held, "No configuration holds it.")),
        panel("Links", linked(links, "")) if links else None,
        _family(row),
        h("p", crumb("What happened to this record", f"history?record={row['id']}"), cls="quiet"),
    ]
    return h("div", *(part for part in parts if part is not None))


def _family(row: Mapping[str, Any]) -> Node:
    parts: list[Node] = []
    for title, name in (
        ("A kind of", "kind_of"),
        ("Kinds of it", "kinds"),
        ("Stands under", "merged_into"),
        ("Stands for", "stands_for"),
    ):
        if row[name]:
            items = [
                (
                    f"factor?id={f['id']}",
                    None,
                    f"{f['code']} {f['label']}" + (", ours" if f.get("origin") == "ours" else ""),
                )
                for f in row[name]
            ]
            parts += [h("p", title, cls="mute"), linked(items, "")]
    return panel("Family", *(parts or [h("p", "It stands alone.", cls="mute")]))
