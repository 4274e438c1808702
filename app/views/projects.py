"""Projects: the cases of a programme, each with its sub-cases in rows of their own."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from components.downloads import table
from components.drawing import draw, follow, h
from components.marks import glyph
from components.page import beginning, empty, masthead, turn_pages
from components.recording_places import add_project
from components.session import ask, programme
from components.words import counted

here = programme()
assert here
place = here["id"]
rows = ask("case/projects", programme_id=place)
tops = [row for row in rows if row["part_of_id"] is None]
masthead(
    here["name"],
    "Projects",
    "The cases that are counted. What is found in a sub-case counts for its project.",
)
with st.container(horizontal=True, vertical_alignment="bottom", key="above"):
    find = st.text_input(
        "Find", placeholder="words of a project", key="find", bind="query-params", width=320
    )
    st.space("stretch")
    add_project(here)
if not rows:
    empty("none", "No project yet.", "Add one: its name is enough to begin; a case is what counts.")
    st.stop()

words = find.casefold().split()
findings = Counter(f["within_id"] for f in ask("evidence/findings", programme_id=place))
namings = Counter(
    (n["project_id"], n["valence"]) for n in ask("patterns/namings", programme_id=place)
)


def line(row: dict[str, object]) -> list[object]:
    """A project, or a sub-case, as a row of the table."""
    sub = row["part_of_id"] is not None
    marks = [
        h("span", glyph(kind, 12), h("small", namings[row["id"], valence]))
        for kind, valence in (("supports", "enables"), ("refutes", "hinders"))
        if namings[row["id"], valence]
    ]
    kind = row["kind"] or "sub-case" if sub else ""
    dates = " to ".join(str(d) for d in (row["began"], row["ended"]) if d)
    return h(
        "tr",
        h("th", h("b", row["name"]), h("small", row["code"], " ", kind), scope="row"),
        h(
            "td",
            h(
                "span",
                row["aim"] or "not stated",
                cls="aim" if row["aim"] else "aim mute",
                title=row["aim"],
            ),
        ),
        h("td", row["area"] or "", cls="mute"),
        h("td", dates, cls="mute"),
        h("td", h("span", *marks, cls="named") if marks else h("small", "" if sub else "none")),
        h("td", findings[row["id"]] or h("small", "none"), cls="num"),
        cls="sub" if sub else "",
        data_go=f"project?id={row['id']}",
        tabindex=0,
        role="link",
    )


below: dict[str, list[dict[str, object]]] = {}
for row in rows:
    below.setdefault(row["part_of_id"], []).append(row)
shown = [
    row
    for top in tops
    for row in (top, *below.get(top["id"], ()))
    if not words or all(w in " ".join(str(v) for v in row.values()).casefold() for w in words)
]
first = beginning("from")
PAGE = 60
named = (
    h("span", glyph("supports", 11), " enabling", cls="nw"),
    " ",
    h("span", glyph("refutes", 11), " obstacles", cls="nw"),
)
head = [h("th", name, scope="col") for name in ("Project", "Aim", "Where", "When")]
head += [h("th", *named, scope="col"), h("th", "Findings", scope="col", cls="num")]
body = [line(row) for row in shown[first : first + PAGE]]
tree = h(
    "div",
    h(
        "table",
        h("thead", h("tr", *head)),
        h("tbody", *body),
        cls="plist",
    ),
    h(
        "p",
        f"{counted(len(tops), 'project')}, {counted(len(rows) - len(tops), 'sub-case')}. ",
        cls="quiet",
    ),
    *turn_pages("projects", "from", first, PAGE, len(shown), "rows"),
)
go = draw(tree, key="projects")
table(
    lambda: rows,
    ["code", "name", "kind", "part_of", "aim", "area", "partnership_model", "began", "ended"],
    here["name"],
    "projects",
    key="csv",
)
follow(go)
