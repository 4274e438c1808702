"""One configuration: sentence, picture, what speaks against it and for it, what is missing."""

from __future__ import annotations

import streamlit as st

from cmo.services.configurations import configuration
from cmo.services.history import history
from cmo.services.next_steps import disproofs, lacking
from components import forms
from components.configuration_page import body, head, stays
from components.configuring import (
    ask_for,
    code_on,
    edit_form,
    link_form,
    may_write,
    reinstate,
    retire_form,
)
from components.drawing import draw, follow
from components.page import empty
from components.session import actor, ask, casebook

wanted = st.query_params.get("id")
if not wanted:
    empty("none", "The address names no configuration.", "Open one from the list.")
    st.page_link("views/configurations.py", label="Configurations")
    st.stop()
graph = casebook().graph
here = configuration(graph, actor(), wanted)
link = st.query_params.get("link")
writes = may_write(here.row["programme_id"])
left, right = st.columns([0.58, 0.42], vertical_alignment="bottom")
with left:
    follow(draw(head(here), key="head"))
with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
    if here.row["retired_at"] and writes:
        if st.button("Reinstate", key="reinstate", type="primary"):
            reinstate(here)
    elif writes:
        if st.button(
            "Code a passage", icon=":material/add:", shortcut="k", type="primary", key="code"
        ):
            code_on(here, link)
        if st.button("Link", shortcut="l", key="link"):
            ask_for("link")
        if st.button("Edit", shortcut="e", key="edit"):
            ask_for("edit")
        if st.button("Retire", key="retire"):
            ask_for("retire")
forms.show_done(here.id)
doing = st.query_params.get("do") if writes and not here.row["retired_at"] else None
if doing != "edit":
    forms.forget(f"edit-{here.id}")  # what was read for an edit that was left is out of date
match doing:
    case "edit":
        edit_form(here)
    case "link":
        link_form(here)
    case "retire":
        retire_form(here, link if any(x.id == link for x in here.links) else None)
    case _:
        pass
passages = ask("evidence/passages", target=here.id)
tree = body(
    here,
    passages,
    disproofs(graph, actor(), here),
    lacking(graph, actor(), here, passages),
    history(graph, actor(), here.id, limit=5),
    link=link,
    all_of_them="all" in st.query_params,
    writes=writes,
)
go = draw(tree, key="configuration")
if not stays(go):
    follow(go)
