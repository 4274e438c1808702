"""What recurs: recorded patterns, exceptions first, and what sources only mention."""

from __future__ import annotations

import streamlit as st

from cmo.analysis.cases import code_number
from cmo.services.mentioning import mentions
from cmo.services.recurring import about, chance, passages_of, passages_of_mention, sift
from cmo.services.regularities import regularities
from components import behind, pattern_picture, recurring
from components.downloads import table as save_table
from components.drawing import Node, draw, follow, h
from components.filters import own
from components.page import beginning, empty, masthead, section, turn_pages
from components.session import actor, casebook, programme

PAGE = 25
"""How many patterns, and how many factors on mention, are shown at a time."""
here = programme()
assert here
graph, who = casebook().graph, actor()
found = regularities(graph, who, here["id"])
told = about(graph, who, found)
total = len(found.projects)
masthead(
    f"Patterns across the {total} projects of {here['name']}",
    "Regularities",
    "A pattern is a prompt to explain, not a proof. Rows count projects, never quotes.",
)
if not found.configurations:
    empty(
        "none",
        "No configuration is recorded yet, so nothing can recur.",
        "Record one under Configurations: two of context, mechanism and outcome are enough.",
    )
    st.stop()

asked = st.query_params.get("id")
if asked in {p.id for p in found.links} or asked in {x.id for p in found.links for x in p.links}:
    st.query_params.setdefault("of", "links")
themes = sorted({theme for held in told.values() for theme in held.themes})
outcomes = sorted(
    {part.label for held in told.values() for part in held.parts if part.role == "Outcome"}
)
own("regularities", "theme", "find")
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters"):
    of = st.segmented_control(
        "Patterns",
        ["configurations", "links"],
        default="configurations",
        required=True,
        key="of",
        bind="query-params",
    )
    least = st.segmented_control(
        "Projects heard, at least",
        [0, 1, 2, 3],
        default=1,
        required=True,
        key="least",
        bind="query-params",
        format_func=lambda n: "any" if n == 0 else f"{n}",
    )
    theme = st.selectbox(
        "Theme", themes, index=None, placeholder="any", key="theme", bind="query-params", width=190
    )
    outcome = st.selectbox(
        "Outcome",
        outcomes,
        index=None,
        placeholder="any",
        key="outcome",
        bind="query-params",
        width=190,
    )
    find = st.text_input(
        "Find", placeholder="words of a pattern", key="find", bind="query-params", width=180
    )
listed = found.links if of == "links" else found.configurations
shown = sift(listed, told, least=least or 0, theme=theme, outcome=outcome, find=find or "")
on_mention = [m for m in mentions(graph, who, here["id"]) if m.on_mention]
on_mention.sort(key=lambda m: (-len(m.named), -len(m.contradicted), code_number(m.factor.code)))
factor = next((m for m in on_mention if m.factor.id == st.query_params.get("factor")), None)
picked = None
if factor is None:
    by_id = {link.id: p for p in listed for link in p.links} if of == "links" else {}
    by_id |= {p.id: p for p in listed}
    picked = by_id.get(asked or "") or (shown[0] if shown else None)
only = next((c for c in found.projects if c.id == st.query_params.get("project")), None)

first, low = beginning("from"), beginning("low")
if picked and asked and picked in shown and "from" not in st.query_params:
    first = shown.index(picked) // PAGE * PAGE
left, right = st.columns([0.69, 0.31], gap="large")
with left:
    page = shown[first : first + PAGE]
    if page:
        rows = [recurring.pattern_row(p, told[p.id], picked=p is picked) for p in page]
        body = [recurring.table("Pattern", found.projects, rows)]
        body += turn_pages("regularities", "from", first, PAGE, len(shown), of or "")
    else:
        said = f"None of the {len(listed)} {of} passes these filters."
        body = [
            h(
                "div",
                h("p", said),
                h(
                    "p",
                    "Lower the threshold, clear a filter, or merge labels that mean the same.",
                    cls="mute",
                ),
                cls="panel",
            )
        ]
    hidden = len(listed) - len(shown)
    notes: list[Node] = [h("b", chance(total))]
    if hidden:
        notes.append(f" {hidden} of {len(listed)} {of} are left out by the filters above.")
    body += [h("p", *notes, cls="null"), recurring.legend(*recurring.LEGEND)]
    if page:
        body.append(pattern_picture.to_save(page, here["name"], of or "", "patterns"))
    go = draw(h("div", *body), key="rows")
    if shown:
        save_table(
            lambda: [p.row() for p in shown],
            list(shown[0].row()),
            here["name"],
            of or "",
            key="save_rows",
        )
    if on_mention:
        beneath = on_mention[low : low + PAGE]
        go = (
            draw(
                h(
                    "div",
                    section(
                        "Where sources choose what to mention",
                        "offered, named, contradicted, silent: no rate can be given",
                    ),
                    recurring.mention_table(beneath, found.projects, factor),
                    *turn_pages("regularities", "low", low, PAGE, len(on_mention), "factors"),
                    recurring.legend(*recurring.LEGEND, "not_assessable"),
                    cls="after",
                ),
                key="mentions",
            )
            or go
        )
        save_table(
            lambda: [recurring.mention_line(m) for m in on_mention],
            recurring.MENTION_COLUMNS,
            here["name"],
            "on mention",
            key="save_mentions",
        )
with right, st.container(key="behind_it"):
    if factor:
        tree = behind.mention_panel(factor, passages_of_mention(graph, who, factor), only)
    elif picked:
        tree = behind.panel(picked, told[picked.id], passages_of(graph, who, picked), only)
    else:
        tree = None
    if tree:
        go = draw(tree, key="behind") or go
if go and go.startswith("pick?"):
    recurring.pick(go)
follow(go)
