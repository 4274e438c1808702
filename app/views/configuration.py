"""One configuration: sentence, picture, what speaks against it and for it, what is missing."""

from __future__ import annotations

import streamlit as st

from cmo.services.configurations import configuration
from cmo.services.history import history
from cmo.services.next_steps import disproofs, lacking
from cmo.services.refining import waiting
from components import editing, forms
from components.affirming import affirm, waiting_panel
from components.configuration_page import body, head, stays
from components.configuring import (
    ask_for,
    code_on,
    edit_form,
    link_form,
    may_write,
    reinstate,
)
from components.drawing import draw, follow
from components.page import empty
from components.refining import decide_form, may_decide, refine_form
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
decides = may_decide(here.row["programme_id"]) and not here.row["retired_at"]
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
        if st.button("Refine", shortcut="v", key="refine"):
            ask_for("refine")
        if st.button("Retire", key="retire"):
            ask_for("retire")
forms.show_done(here.id)
doing = st.query_params.get("do") if writes and not here.row["retired_at"] else None
waits = waiting(graph, actor(), here.id)
carried = {row["id"] for row in waits}
passages = ask("evidence/passages", target=here.id)
targets = {here.id: (here.row["code"], here.heard)}
targets |= {x.id: (x.code, x.heard) for x in here.links}
for name, ids in (("edit", [here.id]), ("refine", [here.id]), ("decide", targets)):
    if doing != name:  # what was read for a form that was left is out of date
        for record in ids:
            editing.leave(record, name)
match doing:
    case "edit":
        edit_form(here)
    case "link":
        link_form(here)
    case "refine":
        refine_form(here, passages)
    case "decide" if decides:
        target = link if link in targets else here.id
        code, heard = targets[target]
        decided = heard.support_decided is not None
        decide_form(target, code, str(heard.support), here.id, decided=decided)
    case "retire":
        target = link if link in targets else here.id
        editing.retire_form(target, targets[target][0], here.id, drops=["link"])
    case "drop" if st.query_params.get("coding") in carried:
        coding = st.query_params["coding"]
        editing.retire_form(
            coding, "what was carried here", here.id, title="Drop", drops=["coding"]
        )
    case _:
        pass
whole = "all" in st.query_params
tree = body(
    here,
    [p for p in passages if p["id"] not in carried],
    disproofs(graph, actor(), here),
    lacking(graph, actor(), here, passages),
    history(graph, actor(), here.id, limit=5),
    waiting_panel(here, waits, whole=whole, writes=writes),
    link=link,
    all_of_them=whole,
    writes=writes,
    decides=decides,
)
go = draw(tree, key="configuration")
if go and go.startswith("affirm?"):
    affirm(go, here, waits)
elif not stays(go):
    follow(go)
