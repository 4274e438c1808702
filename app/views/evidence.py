"""The grid of passages: every coding a row; those against first."""

from __future__ import annotations

import streamlit as st

from cmo.domain.vocabulary import Wave
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.tallying import how_many_codings
from components import grid
from components.drawing import draw, follow
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
    fact(total, "codings"),
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
page = passages(graph, who, programme_id, wanted, query.get("after"), grid.PAGE)
if not page.rows:
    if total:
        empty("none", "No coding matches.", "Clear a filter.")
    else:
        empty("none", "Nothing is coded yet.", "Open a source under Sources and code what it says.")
    st.stop()
go = draw(grid.table(page, groups), key="grid")
with st.container(horizontal=True, gap="medium", key="beneath"):
    grid.take_along(here, wanted)
    if query.get("after"):
        st.button("First page", key="first", type="tertiary", on_click=begin_anew)
    if page.after:
        st.button("Next page", key="next", on_click=turn, args=(page.after,))
follow(go)
