"""Who is tied to whom, for what, and what is denied: a map, and a table with the same facts."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from cmo.services.relating import relations
from components import forms, network, tying
from components.downloads import fiction, file, file_name
from components.downloads import table as save_table
from components.drawing import draw, follow
from components.page import empty, fact, masthead
from components.session import actor, ask, casebook, programme

MOST_PARTIES = 500
"""Of more parties than this no map is drawn before a project is chosen."""
MOST_LINES = 300
"""How many relations the table shows; what is saved has all."""
here = programme()
assert here
graph, who = casebook().graph, actor()
projects = {
    row["name"]: row
    for row in ask("case/projects", programme_id=here["id"])
    if row["part_of_id"] is None
}
place = projects.get(st.session_state.get("project") or st.query_params.get("project", ""))
held = relations(graph, who, here["id"], place["id"] if place else None)
masthead(
    f"{place['name'] if place else here['name']} · only what a passage states",
    "Stakeholders",
    "Nothing recorded is drawn as nothing: it does not mean that there is no tie.",
    fact(len(held.parties), "parties", one="party"),
    fact(len(held.rows), "relations", one="relation"),
    fact(len(held.denied), "denied"),
)
forms.show_done(tying.HERE)
rows = {row["id"]: row for row in held.rows}
parties = {one.id: one for one in (*held.parties, *held.unrelated)}
row, one = (
    rows.get(st.query_params.get("relation", "")),
    parties.get(st.query_params.get("party", "")),
)
records = {kind: tying.may_record(kind, here["id"]) for kind in ("Stakeholder", "Relation")}


def filters() -> tuple[str | None, str | None, str | None]:
    """Which relations are shown: their kind, state and wave; and of which project."""
    st.selectbox(
        "Project",
        list(projects),
        index=None,
        placeholder="the whole programme",
        key="project",
        bind="query-params",
        width=190,
    )
    kind = st.selectbox(
        "Relation",
        list(held.kinds),
        index=None,
        placeholder="any",
        key="kind",
        format_func=lambda k: k.replace("_", " "),
        bind="query-params",
        width=150,
    )
    state = st.segmented_control(
        "State", ["holds", "denied", "unclear"], key="state", bind="query-params"
    )
    wave = None
    if len(held.waves) > 1:
        wave = st.segmented_control("Wave", list(held.waves), key="wave", bind="query-params")
    return kind, state, wave


asking = bool(parties or place)
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
    kind, state, wave = filters() if asking else (None, None, None)
    tying.buttons(records, relations=bool(parties))
tying.form(here, records, one, row, place["id"] if place else None)
if not asking:
    empty(
        "none",
        "No stakeholder is recorded.",
        "Record one (N), then the relation that a passage states."
        if records["Stakeholder"]
        else "Whoever evaluates the programme records them.",
    )
    st.stop()

name = (place["name"] if place else here["name"], "stakeholders")
wide = len(held.parties) > network.ROOMY and not row and not one
left, right = (st.container(), st.container()) if wide else st.columns([0.72, 0.28], gap="large")
go, tree = None, None
crowded = len(held.parties) > MOST_PARTIES
with left:
    if crowded:
        said = f"{len(held.parties):,} parties are too many for one map."
        empty(
            "crowded", said, "Choose a project above; the table below begins with what is denied."
        )
    elif held.rows:
        tree = network.picture(held, *name, note=fiction())
        only = {"kind": kind, "state": state, "wave": wave}
        picked = row["id"] if row else one.id if one else None
        go = network.show_map(tree, "map", only=only, picked=picked)
        draw(network.legend(), key="legend")
    else:
        empty("nothing", "No relation is recorded here.", "Code a passage that states one.")
with right, st.container(key="beside_it" if wide else "behind_it"):
    if row:
        beside = network.relation(row, ask("evidence/passages", target=row["id"]))
    elif one:
        beside = network.party(one, held, one in held.brokers())
    else:
        beside = network.questions(held, wide=wide)
    go = draw(beside, key="beside") or go
    tying.steps(records, one, row)
facts = network.asked(held)
shown = [
    fact_
    for fact_, r in zip(facts, held.rows, strict=True)
    if kind in (None, r["kind"]) and state in (None, r["state"]) and wave in (None, r["wave"])
]
if shown:
    st.dataframe(
        pd.DataFrame(shown[:MOST_LINES]),
        hide_index=True,
        row_height=30,
        key="table",
        column_config=network.COLUMNS,
    )
    with st.container(horizontal=True, gap="medium"):
        if len(shown) > MOST_LINES:
            st.text(f"The first {MOST_LINES:,} of {len(shown):,}; saved are all.")
        save_table(lambda: shown, list(shown[0]), *name, key="save_table")
        note = (
            "Fiction: no real people or places."
            if here["synthetic"]
            else ("Only what a passage states; nothing recorded is drawn as nothing.")
        )
        ids = [{"id": r["id"], "from": r["from_id"], "to": r["to_id"]} for r in held.rows]
        if tree:
            page = network.offline_page(f"{name[0]}: stakeholders", tree, facts, note, ids)
            file(page.encode(), f"{file_name(*name)}.html", "text/html", "save_page")
if go and go.partition("=")[0] in ("party", "relation"):
    for key in (*tying.OPENED, "do"):
        st.query_params.pop(key, None)
    st.query_params.update({k: v for k, v in parse_qsl(go) if v})
    st.query_params["programme"] = here["name"]
    st.rerun()
follow(go)
