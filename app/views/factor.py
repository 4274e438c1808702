"""One factor: what it is, its family, where it was assessed, and what holds it."""

from __future__ import annotations

import streamlit as st

from cmo.errors import NotFound
from components import editing, factor_page, forms
from components.configuring import ask_for, may_write
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.one_of_theory import sides
from components.page import empty
from components.session import ask

wanted = st.query_params.get("id")
if not wanted:
    empty("none", "The address names no factor.", "Open one from a configuration.")
    st.page_link("views/configurations.py", label="Configurations")
    st.stop()
found = ask("theory/factor", id=wanted)
if not found:
    raise NotFound(
        f"There is no factor {wanted} that you may see.",
        "Nothing was read.",
        "Open one from a configuration.",
    )
(row,) = found
left, right = st.columns([0.78, 0.22], vertical_alignment="bottom")
with left:
    follow(draw(factor_page.head(row), key="head"))
writes = may_write(row["programme_id"]) and not row["retired_at"]
with right, st.container(horizontal=True, horizontal_alignment="right"):
    if writes and st.button("Edit", shortcut="e", key="edit"):
        ask_for("edit")
forms.show_done(row["id"])
if writes and st.query_params.get("do") == "edit":
    editing.edit_form(row["id"], factor_page.fields(row))
else:
    editing.leave(row["id"])
assessments = ask("evidence/assessments", factor_id=row["id"], settled=True)
passages = ask("evidence/passages", target=row["id"])
with st.container(key="split"):
    main, side = st.columns([0.69, 0.31], gap="large")
with main:
    gone = (row["retired_at"] or "")[:10]
    body = [
        h("p", f"Retired on {gone}.", cls="wasretired") if gone else None,
        factor_page.about(row),
        h("div", cls="gap"),
        factor_page.assessed(assessments),
        h("div", cls="gap"),
        sides(passages, f"factor?id={row['id']}", whole="all" in st.query_params),
    ]
    follow(draw(h("div", *body), key="factor"))
    save_table(
        assessments,
        ("project", "value", "valence", "wave", "basis", "why", "origin", "judged_by"),
        row["code"],
        "assessments",
        key="save_assessments",
    )
with side:
    follow(draw(factor_page.beside(row), key="beside"))
