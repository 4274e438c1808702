"""The parts of a project's page: for and against face to face, sub-cases, findings by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cmo.services.case import Named, WholeCase
from components.drawing import Node, h
from components.marks import NAMES, glyph
from components.page import section
from components.said import passage
from components.timeline import Happening, timeline

MOST_COLUMNS = 6
"""How many factors stand as columns over the sub-cases."""


def identity(whole: WholeCase) -> Node:
    """Aim, partners and dates; what the source does not say is said to be not stated."""
    row = whole.row
    dates = " to ".join(filter(None, (row["began"], row["ended"])))
    pairs = (
        ("Aim", row["aim"]),
        ("Where", row["area"]),
        ("When", dates),
        ("Partners", row["partnership_model"]),
    )
    shown = [
        part
        for name, value in pairs
        if value or row["part_of_id"] is None
        for part in (h("b", name), h("span", value or "not stated", cls="" if value else "mute"))
    ]
    return h("div", *shown, cls="defs")


def relations(whole: WholeCase) -> Node | None:
    """Who is tied to whom here, in sentences; what a passage denies first."""
    if not whole.relations:
        return None
    rows = sorted(whole.relations, key=lambda r: r["state"] != "denied")
    lines = [
        h(
            "li",
            glyph("refutes" if r["state"] == "denied" else "supports", 12),
            h(
                "span",
                _tie(r),
                h("span", f"{len(r['passages'])} passages", cls="hint")
                if len(r["passages"]) > 1
                else None,
            ),
            data_go=f"stakeholders?relation={r['id']}",
            tabindex=0,
            role="link",
        )
        for r in rows
    ]
    return h("ul", *lines, cls="list tight")


def _tie(row: Mapping[str, Any]) -> str:
    kind = str(row["kind"]).replace("_", " ")
    denied = "said not to hold: " if row["state"] == "denied" else ""
    unclear = " (unclear)" if row["state"] == "unclear" else ""
    what = f", {row['for_what']}" if row["for_what"] else ""
    ours = " · ours" if row["origin"] == "ours" else ""
    return f"{denied}{row['from_party']} {kind} {row['to_party']}{what}{unclear}{ours}"


def face_to_face(whole: WholeCase, opened: str | None, rows: Sequence[Mapping[str, Any]]) -> Node:
    """Obstacles against what enabled, each opening to its passages."""
    here = whole.row["id"]
    sides = (
        ("refutes", "Obstacles", whole.obstacles),
        ("supports", "Enabling", whole.enabling),
    )
    columns = [
        h(
            "div",
            h("h2", glyph(kind), f"{title}, {len(held)}"),
            *(_named(n, here, opened, rows) for n in held),
            h("p", "None is named.", cls="mute") if not held else None,
            cls="face",
        )
        for kind, title, held in sides
    ]
    return h("div", *columns, cls="cols")


def assessed(whole: WholeCase, opened: str | None, rows: Sequence[Mapping[str, Any]]) -> Node:
    """What was assessed without being named as enabling or an obstacle."""
    here = whole.row["id"]
    return h("div", *(_named(n, here, opened, rows, value=True) for n in whole.assessed))


def _named(
    named: Named,
    here: str,
    opened: str | None,
    rows: Sequence[Mapping[str, Any]],
    *,
    value: bool = False,
) -> Node:
    is_open = named.id == opened
    place = f"in {named.place}" if named.place_id != here else None
    wave = named.wave.replace("_", " ") if named.wave else None
    where = " · ".join(dict.fromkeys(p["locator"] or p["source"] for p in named.passages))
    notes = " · ".join(filter(None, (place, wave, where)))
    go = f"project?id={here}" + ("" if is_open else f"&open={named.id}")
    head = h(
        "div",
        h("span", glyph(named.value), " ") if value else None,
        h("b", named.factor),
        h("span", " ", named.factor_code, cls="mute"),
        h("span", " ", h("span", "ours", cls="ours")) if named.origin == "ours" else None,
        h("small", NAMES[named.value] + ": " if value else "", notes or "no passage"),
        cls="fact2 open" if is_open else "fact2",
        data_go=go,
        tabindex=0,
        role="button",
        aria_expanded="true" if is_open else "false",
    )
    if not is_open:
        return head
    held = [passage(row, place=False) for row in rows] or [h("p", "No passage.", cls="mute")]
    why = h("p", named.why, cls="mute") if named.why else None
    return h("div", head, h("div", why, *held, cls="inside"))


def sub_cases(whole: WholeCase) -> Node:
    """One row a sub-case: what was assessed in it, side by side, where they differ first."""
    here, held = whole.row["id"], whole.row["sub_cases"]
    factors = sorted(whole.contrasts, key=lambda c: len({value for value, _ in c[1].values()}) == 1)
    shown, more = factors[:MOST_COLUMNS], len(factors) - MOST_COLUMNS
    columns = [h("th", factor, scope="col", cls="mid") for factor, _ in shown]
    head = [h("th", "Sub-case", scope="col"), *columns]
    found = [f["place_id"] for t in whole.themes for f in t.findings]
    body = [
        h(
            "tr",
            h(
                "th",
                h("b", q["name"]),
                h("small", q["code"], " ", q["kind"] or ""),
                scope="row",
                data_go=f"project?id={q['id']}",
                tabindex=0,
                role="link",
            ),
            *(_contrast(here, q, factor, values.get(q["id"])) for factor, values in shown),
            h("td", found.count(q["id"]) or h("small", "none"), cls="num"),
        )
        for q in held
    ]
    head.append(h("th", "Findings", scope="col", cls="num"))
    return h(
        "div",
        section("Sub-cases side by side", "where they differ first" if factors else ""),
        h("table", h("thead", h("tr", *head)), h("tbody", *body), cls="board"),
        h("p", f"{more} more factors were assessed in them.", cls="quiet") if more > 0 else None,
    )


def _contrast(
    here: str, sub_case: Mapping[str, Any], factor: str, held: tuple[str, str] | None
) -> Node:
    value, assessment = held or ("silent", "")
    link = {"data_go": f"project?id={here}&open={assessment}", "tabindex": 0, "role": "link"}
    said = f"{sub_case['name']}, {factor}: {NAMES[value]}"
    return h("td", glyph(value), cls="mid", title=said, **(link if held else {}))


def events(whole: WholeCase) -> Node | None:
    """What happened: dated events on a line, the others in a list."""
    if not whole.events:
        return None
    dated = [
        Happening(
            e["title"], e["earliest"], e["latest"] or e["earliest"], e["when_text"] or e["earliest"]
        )
        for e in whole.events
        if e["earliest"]
    ]
    undated = [e for e in whole.events if not e["earliest"]]
    listed = h(
        "ul",
        *(
            h(
                "li",
                h("span", "·", cls="mute"),
                h(
                    "span",
                    e["title"],
                    h("span", e["when_text"], cls="hint") if e["when_text"] else None,
                ),
            )
            for e in undated
        ),
        cls="list tight",
    )
    return h(
        "div",
        section("What happened", f"{len(undated)} without a date" if undated else ""),
        timeline([], dated, "Dated events"),
        listed if undated else None,
    )
