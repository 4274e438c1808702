"""The grid of passages: every coding a row; those against first."""

from __future__ import annotations

import streamlit as st

from cmo.domain.vocabulary import Wave
from cmo.services.evidence_grid import Wanted
from cmo.services.tallying import how_many_codings
from components import grid, grid_edit
from components.drawing import draw, follow, h
from components.filters import begin_anew, choice, pills, turn
from components.page import empty, fact, masthead
from components.session import actor, ask, casebook, programme

here = programme()
assert here
programme_id, name = here["id"], here["name"]
graph, who = casebook().graph, actor()
total = how_many_codings(graph, who, programme_id)
masthead(
    f"Every passage of {name}",
    "Evidence grid",
    "Every coding a row, those against first. A row opens at its words.",
    fact(total, "codings", one="coding"),
)
places = {p["id"]: p["name"] for p in ask("case/projects", programme_id=programme_id)}
places = {programme_id: f"{name} as a whole", **places}
groups = grid.role_groups(programme_id)
coders = {c["id"]: c["name"] for c in ask("evidence/coders", programme_id=programme_id)}
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
    stance = pills("stance", "Stance", grid.STANCES)
    wave = pills("wave", "Wave", {w.value: w.value for w in Wave})
    kind = choice("kind", "Bears on", grid.KINDS)
    place = choice("project", "Project", places)
    role = choice("role", "Role", {group: group for group in groups})
    coder = choice("coder", "Coder", coders)
tools = st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="tools")
with tools:
    by = choice(
        "by", "Sort, in groups by", grid.ORDERS, 220, none="none: in the order of the texts"
    )
query = st.query_params
wanted = Wanted(
    stance=stance,
    wave=wave,
    kind=kind,
    place=place,
    role_group=role,
    coder=coder,
    source=query.get("source"),
    target=query.get("target"),
)
grid.narrowed(graph, who, wanted)
page = grid.looked_up(programme_id, wanted, by, groups)
coding = grid_edit.opened(programme_id, places)
at = grid_edit.row_of(page.rows, coding)
if coding and at is None:  # it was retired, or stands on another page
    grid_edit.beneath(coding, programme_id, places)
if not page.rows:
    if total and query.get("after"):
        empty("left", "Nothing is left on this page.", "Go back to the first.")
        st.button("First page", key="first", type="tertiary", on_click=begin_anew)
    elif total:
        empty("none", "No coding matches.", "Clear a filter.")
    else:
        empty("none", "Nothing is coded yet.", "Open a source under Sources and code what it says.")
    st.stop()
with tools:
    grid.take_along(here, wanted)
edits = grid_edit.may_edit(programme_id)
held = grid.columns(page.rows, groups, edits=edits, back=grid_edit.gets_focus_back())
if coding and at is not None:
    above, below = page.rows[: at + 1], page.rows[at + 1 :]
    go = draw(grid.table(above, held, heads=page.heads), key="grid")
    grid_edit.beneath(coding, programme_id, places)
    if below:
        later = {n - len(above): head for n, head in page.heads.items() if n >= len(above)}
        rest = h("div", grid.table(below, held, above[-1], heads=later), cls="goes-on")
        go = draw(rest, key="grid_below") or go
else:
    go = draw(grid.table(page.rows, held, heads=page.heads), key="grid")
with st.container(horizontal=True, gap="medium", key="beneath"):
    if query.get("after"):
        st.button("First page", key="first", type="tertiary", on_click=begin_anew)
    if page.after:
        st.button("Next page", key="next", on_click=turn, args=(page.after,))
if go and go.startswith("sort?"):
    grid.sort_by(go.partition("?")[2])
if go and go.startswith("edit?"):
    grid_edit.begin(go.partition("?")[2])
follow(go)
