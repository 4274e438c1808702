"""Search: where texts, notes and names hold what somebody types; a place opens in its text."""

from __future__ import annotations

import streamlit as st

from cmo.domain.vocabulary import Wave
from cmo.errors import CmoError
from cmo.services.searching import IN, Filters, search
from components import grid
from components.drawing import draw, follow
from components.faults import show_refusal
from components.filters import begin_anew, choice, pills, turn
from components.hits import FEW, PAGE, PLACES, hits, more, progress, words_typed
from components.page import empty, masthead
from components.session import actor, ask, casebook, programme

here = programme()
assert here
programme_id, name = here["id"], here["name"]
graph, who = casebook().graph, actor()
masthead(
    f"Everything that was said, noted and named in {name}",
    "Search",
    "Words in all their English forms, all of which must be there; a phrase between double quotes.",
)
places = {p["id"]: p["name"] for p in ask("case/projects", programme_id=programme_id)}
places = {programme_id: f"{name} as a whole", **places}
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
    typed = words_typed()
    among = pills("in", "In", PLACES)
    place = choice("project", "Project", places)
    wave = pills("wave", "Wave", {w.value: w.value for w in Wave})
    role = choice("role", "Role", {group: group for group in grid.role_groups(programme_id)})
    stance = choice("stance", "Stance", grid.STANCES)
if not typed.strip():
    empty(
        "none",
        "Nothing is looked for yet.",
        "Type what somebody may have said, noted or named. S brings you here from every page.",
    )
    st.stop()
filters = Filters(programme_id, place, wave, role, stance)
after = st.query_params.get("after") if among else None
told = st.empty()
try:
    found = [
        search(
            graph,
            who,
            typed,
            one,
            filters,
            after=after,
            limit=PAGE if among else FEW,
            progress=lambda done, of: progress(told, done, of),
        )
        for one in ([among] if among else IN)
    ]
except CmoError as error:
    told.empty()
    show_refusal(error)
    st.stop()
told.empty()
notes = list(dict.fromkeys(note for part in found for note in part.notes))
if any(part.hits for part in found):
    go = draw(hits(found, notes, whole=bool(among)), key="hits")
    with st.container(horizontal=True, gap="medium", key="beneath"):
        if after:
            st.button("First page", key="first", type="tertiary", on_click=begin_anew)
        if among and found[0].after:
            st.button("Next page", key="next", on_click=turn, args=(found[0].after,))
    follow(more(go))
else:
    empty(
        "nothing",
        " ".join(["Nothing that you may read holds all of these words.", *notes]),
        "Try fewer words, or clear a filter.",
    )
