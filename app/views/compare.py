"""Themes by projects: two in full, the others for context; below, sub-cases face to face."""

from __future__ import annotations

import streamlit as st

from cmo.services.theme_grid import lines, sub_cases, theme_grid
from components import forms
from components import side_by_side as sides
from components.downloads import table as save_table
from components.drawing import follow, h
from components.finding_edit import show_opened
from components.finding_form import may_record
from components.one_finding import draw_findings
from components.page import empty, masthead, section
from components.session import actor, casebook, programme

MOST_BESIDE = 14
"""How many other projects stand beside the two that are read in full."""
HERE = "compare"
"""Where what was done is said."""
here = programme()
assert here
graph, who = casebook().graph, actor()
grid = theme_grid(graph, who, here["id"])
masthead(f"{len(grid.themes)} themes by {len(grid.projects)} projects of {here['name']}", "Compare")
forms.show_done(HERE)
opened = show_opened(HERE)
if len(grid.projects) < 2 or not grid.themes:
    empty(
        "none",
        "Comparing needs two projects and a theme in which both were heard.",
        "Record projects under Projects and themes under Theory timeline; then findings that rest "
        "on passages.",
    )
    st.stop()

by_name = {case.name: case for case in grid.projects}
names = list(by_name)
first = [case.name for case in grid.fullest]
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters"):
    a = st.selectbox(
        "Read in full",
        names,
        index=names.index(first[0]),
        key="left",
        bind="query-params",
        width=220,
    )
    b = st.selectbox(
        "and beside it",
        names,
        index=names.index(first[1]),
        key="right",
        bind="query-params",
        width=220,
    )
    show = st.segmented_control(
        "Show",
        ["all", "differences"],
        default="all",
        required=True,
        key="show",
        bind="query-params",
    )
left, right = by_name[a], by_name[b]
everything = grid
grid = grid.narrowed((left, right), MOST_BESIDE)
if left == right:
    empty("same", f"{left.name} stands on both sides.", "Choose another project beside it.")
    st.stop()
themes = grid.differing(left.id, right.id) if show == "differences" else grid.themes
asked = st.query_params.get("theme", "")
themes = tuple(sorted(themes, key=lambda theme: theme[0] != asked))
body = [sides.answer(grid, left, right)]
if themes:
    pair, records = (left, right), may_record(here["id"])
    shown = sides.table(grid, pair, themes, asked, records=records, opened=opened)
    body += [shown, sides.elsewhere(grid, pair)]
    body += [sides.silent_others(grid, pair), sides.legend()]
if left_out := len(everything.projects) - len(grid.projects):
    said = f"{left_out:,} more projects are not drawn; choose one above, or save the table."
    body.append(h("p", said, cls="mute"))
go = draw_findings(h("div", *body), "grid")
save_table(
    lambda: lines(everything),
    ("theme", "project", "place", "direction", "statement", "origin", "finding", "locator"),
    here["name"],
    "themes",
    key="save_grid",
)

told = sub_cases(graph, who, here["id"], (left.id, right.id))
if told:
    parts = [section("Sub-cases face to face", "the same programme, another context")]
    parts += [sides.contrast(pair, item.project, opened) for item in told for pair in item.pairs]
    below = h("div", *parts, *sides.untold(told), cls="after")
    go = draw_findings(below, "subcases") or go
if go and go.startswith("compare?theme="):
    st.query_params["theme"] = go.partition("=")[2]
    st.rerun()
follow(go)
