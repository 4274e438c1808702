"""What stands beside the map: questions that its relations answer, one party, or one relation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cmo.graph.graph import Row
from cmo.services.relating import Party, Relations, sentence, verb, when
from components.drawing import Node, h
from components.marks import glyph
from components.said import once, passage

KINDS = {
    "organisation": "an organisation",
    "role": "a role",
    "group": "a group",
    "community": "a community",
    "project": "a project",
    "programme": "the programme",
}
STATES = {"denied": "refutes", "unclear": "not_assessable", "holds": "present"}
MOST = 6


def questions(held: Relations, *, wide: bool = False) -> Node:
    """What is asked first of a map: what is denied, what is unclear, who brokers; in
    three columns where there is room."""
    parts = [
        _question("Which ties are denied?", held.denied, "None is denied by a passage."),
        _question("Which are unclear?", held.unclear, "None is said to be unclear."),
    ]
    if ended := held.ended():
        parts.append(_question("Which ended, or were lost between waves?", ended, ""))
    single = held.brokers()
    names = ", ".join(party.name for party in single[:MOST])
    more = f" and {len(single) - MOST} more" if len(single) > MOST else ""
    ans = h("p", f"{names}{more}.", cls="ans") if single else h("p", "Nobody.", cls="ans")
    note = "Others touch only through them, by the relations between stakeholders that hold here."
    parts.append(
        _ask("Through whom alone do others touch?", [ans, h("p", note, cls="mute")], single[:MOST])
    )
    if held.unrelated:
        apart: list[Node] = []
        for one in held.unrelated:
            apart += [", "] if apart else []
            apart.append(h("span", one.name, cls="crumb", data_go=f"party={one.id}", tabindex=0))
        said = [h("p", *apart, cls="mute")]
        parts.append(_ask("Of whom is no relation recorded?", said, ()))
    return h("div", *parts, cls="asks wide" if wide else "asks")


def party(one: Party, held: Relations, alone: bool) -> Node:
    """A party and every relation in which it stands, those denied first."""
    rows = held.of(one.id)
    about = " · ".join(filter(None, (one.code, KINDS[one.kind], one.sector)))
    cuts = (
        "Others touch only through it, by the relations between stakeholders that hold here."
        if alone
        else None
    )
    go = f"project?id={one.id}" if one.kind == "project" else None
    return h(
        "div",
        _back(),
        h("p", about, cls="kicker"),
        h("p", one.name, cls="why"),
        h("p", cuts, cls="mute") if cuts else None,
        h("h2", f"{len(rows)} relation{'' if len(rows) == 1 else 's'}", cls="next"),
        h("ul", *(_line(row) for row in rows), cls="list"),
        h("p", h("span", "Open the project", cls="crumb", data_go=go, tabindex=0)) if go else None,
        cls="panel behind",
    )


def relation(row: Row, passages: Sequence[Row]) -> Node:
    """A relation as a sentence, with what the source says of it, and its passages."""
    facts = {
        "State": row["state"],
        "For what": row["for_what"],
        "Within": row["within"],
        "When": when(row) or "not stated",
        "Formal": {True: "yes", False: "no"}.get(row["formal"]),
        "Quality": row["quality"],
        "Origin": "ours" if row["origin"] == "ours" else None,
    }
    lines = [
        h("tr", h("th", name, scope="row"), h("td", value))
        for name, value in facts.items()
        if value
    ]
    ends = [
        h("span", row[f"{end}_party"], data_go=f"party={row[f'{end}_id']}", tabindex=0, cls="crumb")
        for end in ("from", "to")
    ]
    return h(
        "div",
        _back(),
        h("p", glyph(STATES[row["state"]], 12), f" {row['code']}", cls="kicker"),
        h("p", ends[0], f" {verb(row)} ", ends[1], cls="why"),
        h("table", h("tbody", *lines), cls="facts-of"),
        h("h2", "Passages", cls="next"),
        *(
            [passage(item) for item in once(passages)]
            or [h("p", "No passage rests it.", cls="mute")]
        ),
        cls="panel behind",
    )


def asked(held: Relations) -> list[dict[str, object]]:
    """The relations as rows of a table, in the order of the map's questions: denied ones first."""
    return [
        {
            "code": row["code"],
            "from": row["from_party"],
            "relation": row["kind"].replace("_", " "),
            "state": row["state"],
            "to": row["to_party"],
            "for what": row["for_what"] or "",
            "within": row["within"],
            "when": when(row),
            "origin": row["origin"] or "",
            "passages": "; ".join(
                dict.fromkeys(
                    p["section"] or f"{p['source']}, {p['locator']}" for p in row["passages"]
                )
            ),
        }
        for row in held.rows
    ]


def _question(name: str, rows: Sequence[Row], none: str) -> Node:
    if not rows:
        return _ask(name, [h("p", none, cls="mute")], ())
    lines = [_line(row) for row in rows[:MOST]]
    more = len(rows) - MOST
    rest = h("p", f"{more} more in the table.", cls="mute") if more > 0 else None
    return h("div", h("h2", name), h("ul", *lines, cls="list"), rest, cls="ask")


def _ask(name: str, said: list[Node], parties: Sequence[Party]) -> Node:
    opened = [
        h("span", one.name, cls="crumb", data_go=f"party={one.id}", tabindex=0, role="link")
        for one in parties
    ]
    links = [piece for one in opened for piece in (one, ", ")][:-1]
    if links:
        said = [h("p", *links, ".", cls="ans"), *said[1:]]
    return h("div", h("h2", name), *said, cls="ask")


def _line(row: Row) -> Node:
    notes = " · ".join(filter(None, (when(row), "ours" if row["origin"] == "ours" else "")))
    return h(
        "li",
        glyph(STATES[row["state"]], 12),
        h("span", sentence(row), h("small", f" {notes}") if notes else None),
        data_go=f"relation={row['id']}",
        tabindex=0,
        role="link",
    )


def _back() -> Node:
    back = h("span", "All questions", cls="crumb", data_go="party=", tabindex=0, role="link")
    return h("p", back, cls="backline")


COLUMNS = {
    "code": st.column_config.Column(width=60),
    "from": st.column_config.Column(width=210),
    "relation": st.column_config.Column(width=120),
    "state": st.column_config.Column(width=80),
    "to": st.column_config.Column(width=190),
    "for what": st.column_config.Column(width=250),
    "within": st.column_config.Column(width=130),
    "when": st.column_config.Column(width=130),
    "origin": st.column_config.Column(width=70),
    "passages": st.column_config.Column(width=230),
}
"""Widths of the table's columns, in pixels."""


def legend() -> Node:
    """What the boxes and lines of the map mean."""
    boxes = [
        ("organisation", "organisation", _frame("organisation", 2)),
        ("group", "group", _frame("group", 2)),
        ("role", "role", _frame("role", 5)),
        ("community", "community", _frame("community", 5)),
        ("project", "project, programme", _frame("project", 2)),
    ]
    lines = [
        ("holds lead", "leads, manages, chairs"),
        ("holds acc", "accountable to"),
        ("holds", "another tie"),
        ("unclear", "unclear"),
        ("denied", "denied by a passage"),
    ]
    drawn = [h("span", svg, said) for _, said, svg in boxes]
    drawn += [
        h(
            "span",
            h(
                "svg",
                h("path", d="M1 6H27", cls=f"line {cls}"),
                viewBox="0 0 28 12",
                width=28,
                height=12,
                cls="map sample",
            ),
            said,
        )
        for cls, said in lines
    ]
    return h("div", *drawn, cls="legend")


def _frame(kind: str, round_: int) -> Node:
    behind = (
        h("rect", x=4, y=0.6, width=20, height=8, rx=2, cls="back") if kind == "group" else None
    )
    y, high = (3, 8) if kind == "group" else (1, 10)
    box = h("rect", x=1, y=y, width=20, height=high, rx=round_, cls="box")
    return h(
        "svg",
        h("g", behind, box, cls=kind),
        viewBox="0 0 26 12",
        width=26,
        height=12,
        cls="map sample",
    )
