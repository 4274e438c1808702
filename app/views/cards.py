"""Cards to take into an interview: what is contested, or unheard from a role group."""

from __future__ import annotations

import streamlit as st

from cmo.analysis.cards import Standing
from cmo.services.interview_cards import COLUMNS, interview_cards, role_groups
from cmo.services.printed_cards import as_page
from components.downloads import file_name
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.filters import choice, pills
from components.interview_card import drawn, told
from components.page import beginning, empty, fact, masthead, turn_pages
from components.session import actor, ask, casebook, programme

PAGE = 12
"""How many cards are shown at a time; the file to print and the table have all."""
TITLE = "Interview cards"
LEDE = (
    "Lay a theory before whoever you interview: they confirm, falsify or refine it. Nobody’s words "
    "are on a card."
)
here = programme()
assert here
graph, who = casebook().graph, actor()
projects = {p["id"]: p["name"] for p in ask("case/projects", programme_id=here["id"])}
project = st.query_params.get("project")
project = project if project in projects else None
offered = {group.name: told(group) for group in role_groups(graph, who, here["id"], project)}
if not offered:
    masthead(here["name"], TITLE, LEDE)
    if here["id"] in who.quoted_places:
        said = "No role is known yet that somebody could be interviewed from."
        then = (
            "Say whose role it is that speaks in a source (the role group of an informant), or "
            "record a role, a group or a community under Stakeholders."
        )
    else:
        said = "No role group of three informants or more is known here."
        then = "Smaller ones are named only to those who read the texts."
    empty("none", said, then)
    st.stop()

if "role" not in st.query_params:
    st.query_params["role"] = next(iter(offered))
wanted = st.query_params["role"]
heard = st.query_params.get("heard") == "too"
found = None
if wanted in offered:
    found = interview_cards(graph, who, here["id"], wanted, project_id=project, heard=heard)
    counts = found.counts()
    contested = sum(counts.get(how, 0) for how in Standing if how.name.startswith("CONTESTED"))
    masthead(
        " · ".join(filter(None, (found.programme, found.project, found.role.name))),
        TITLE,
        LEDE,
        fact(len(found.cards), "card" if len(found.cards) == 1 else "cards"),
        fact(contested, "contested"),
        fact(counts.get(Standing.HEARD_FROM_NOBODY, 0), "heard from nobody"),
        fact(counts.get(Standing.UNHEARD, 0), "unheard from them"),
    )
else:
    masthead(here["name"], TITLE, LEDE)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters_cards"):
    choice("role", "Role group", offered, width=330)
    choice("project", "Project", projects, width=190)
    pills("heard", "Show", {"too": "what they were heard on"})
    st.space("stretch")
    if found and found.cards:
        st.download_button(
            "Print the cards",
            as_page(found).encode(),
            f"{file_name(here['name'], found.role.name, 'cards')}.html",
            "text/html",
            key="print",
            type="tertiary",
            icon=":material/print:",
            on_click="ignore",
            help="Saves a page that opens without the network: two or four cards a sheet",
        )
if found is None:
    empty("stranger", f"No role group {wanted} is named here.", "Choose one above.")
    st.stop()
if not found.looked_at:
    empty(
        "bare",
        "No theory and no configuration is recorded yet, so there is nothing to ask about.",
        "Record one under Theory timeline or Configurations.",
    )
    st.stop()
if not found.cards:
    empty(
        "all_heard",
        "Nothing is contested, and this group was heard on everything.",
        "Show what they were heard on, or choose another group.",
    )
    st.stop()
at = beginning("after")
if at >= len(found.cards):
    at = 0
parts = [drawn(found, found.cards[at : at + PAGE])]
parts += turn_pages("cards", "after", at, PAGE, len(found.cards), "cards")
if found.left:
    verb = "is" if found.left == 1 else "are"
    said = f"{found.left} on which they were heard, uncontested, {verb} left out."
    parts.append(h("p", said, cls="mute"))
go = draw(h("div", *parts), key="cards")
save_table(found.rows, COLUMNS, here["name"], found.role.name, "cards", key="save_cards")
follow(go)
