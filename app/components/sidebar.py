"""The sidebar: the pages, which programme is looked at, who looks, and the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cmo.domain.clock import now, text_of
from cmo.graph.graph import Row
from cmo.services.users import list_users
from components.keeping import keep
from components.keys import show_keys
from components.session import (
    actor,
    casebook,
    cookie,
    last_looked,
    looked_cookie,
    programme,
    programmes,
)

PAGES = {
    "home": ("Home", "home"),
    "search": ("Search", "search"),
    "configurations": ("Configurations", "schema"),
    "configuration": ("Configuration", "schema"),
    "factor": ("Factor", "schema"),
    "theory": ("Theory timeline", "timeline"),
    "sources": ("Sources", "article"),
    "source": ("Source", "article"),
    "evidence": ("Evidence grid", "table_rows"),
    "regularities": ("Regularities", "stacked_line_chart"),
    "compare": ("Compare", "view_column"),
    "matrix": ("Framework matrix", "grid_on"),
    "stakeholders": ("Stakeholders", "hub"),
    "cards": ("Interview cards", "style"),
    "projects": ("Projects", "folder_open"),
    "project": ("Project", "folder_open"),
    "history": ("History", "history"),
    "about": ("About", "info"),
}
"""Every page by the name of its file: title and icon."""

GROUPS = {
    "": ("home", "search"),
    "Theory": ("configurations", "theory"),
    "Evidence": ("sources", "evidence"),
    "Patterns": ("regularities", "compare", "matrix"),
    "People": ("stakeholders", "cards"),
    "Casebook": ("projects", "history", "about"),
}
"""What stands in the sidebar; a single record's page is reached by link."""


def sidebar(pages: Mapping[str, Any], chosen: Any) -> None:
    """Draws it. Every link carries the programme, so that it can be shared and opened apart."""
    here = programme()
    query = {"programme": here["name"]} if here else None
    with st.sidebar:
        with st.container(key="pages", gap=None):
            for group, names in GROUPS.items():
                if group:
                    st.text(group)
                for name in names:
                    st.page_link(pages[name], query_params=query)
        with st.container(key="pickers"):
            _pick_programme(pages, chosen)
            _pick_user(list_users(casebook().graph, actor()))
            asked = st.button("Keys", key="keys", icon=":material/keyboard:", type="tertiary")
    last_looked()
    kept = {looked_cookie(): text_of(now())}
    if st.session_state.get("user"):
        kept[cookie()] = st.session_state["user"]
    pressed = keep(kept)
    if pressed == "s":
        st.switch_page(pages["search"], query_params=query)
    if pressed == "?" or asked:
        show_keys()


def _pick_programme(pages: Mapping[str, Any], chosen: Any) -> None:
    """On a list the same page of the other programme opens; from a record it is Home."""
    picked = st.session_state.pop("_picked_programme", None)
    if picked:
        listed = any(chosen == pages[n] for names in GROUPS.values() for n in names)
        target = chosen if listed else pages["home"]
        st.switch_page(target, query_params={"programme": picked})
    here = programme()
    if here and len(programmes()) > 1:
        fiction = {p["name"] for p in programmes() if p["synthetic"]}
        st.session_state["programme"] = here["name"]
        st.selectbox(
            "Programme",
            [p["name"] for p in programmes()],
            key="programme",
            format_func=lambda n: f"Fiction: {n}" if n in fiction else n,
            on_change=_note_programme,
        )


def _note_programme() -> None:
    st.session_state["_picked_programme"] = st.session_state["programme"]


def _pick_user(users: list[Row]) -> None:
    """Whoever is picked is remembered by this browser, never by the address."""
    names = {u["subject"]: u["display_name"] for u in users}
    if len(names) < 2:
        st.text(f"You are {actor().display_name}.")
        return
    st.session_state["who"] = actor().subject
    st.selectbox(
        "You are", list(names), key="who", format_func=names.__getitem__, on_change=_note_user
    )


def _note_user() -> None:
    st.session_state["user"] = st.session_state["who"]


def strangers_choice() -> None:
    """Lets somebody whom the casebook does not know say who they are."""
    users = casebook().graph.read(lambda tx: tx.run("people/users"))
    names = {u["subject"]: u["display_name"] for u in users}
    with st.sidebar:
        st.selectbox(
            "You are",
            list(names),
            index=None,
            key="who",
            format_func=names.__getitem__,
            on_change=_note_user,
        )
