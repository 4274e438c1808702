"""One factor: what it is, its family, where it was assessed, and what holds it."""

from __future__ import annotations

import streamlit as st

from cmo.errors import NotFound
from components import editing, factor_page, forms, judging
from components.configuring import ask_for, may_write
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.one_of_theory import sides
from components.page import empty
from components.refining import may_decide
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
assesses = judging.may_assess(row["programme_id"]) and not row["retired_at"]
settles = may_decide(row["programme_id"]) and not row["retired_at"]
with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
    if assesses and st.button("Assess", shortcut="a", key="assess"):
        ask_for("assess")
    if writes and st.button("Edit", shortcut="e", key="edit"):
        ask_for("edit")
forms.show_done(row["id"])
doing = st.query_params.get("do")
if not (writes and doing == "edit"):
    editing.leave(row["id"])
match doing:
    case "edit" if writes:
        editing.edit_form(row["id"], factor_page.fields(row))
    case "assess" if assesses:
        judging.assess_form(row["programme_id"], row["id"], factor=row["id"])
    case _:
        pass
assessments = ask("evidence/assessments", factor_id=row["id"], settled=True)
waits = ask("evidence/assessments", factor_id=row["id"], settled=False)
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
        judging.unsettled(waits, settles=settles),
        h("div", cls="gap") if waits else None,
        sides(passages, f"factor?id={row['id']}", whole="all" in st.query_params),
    ]
    go = draw(h("div", *body), key="factor")
    if go and go.startswith("settle?"):
        judging.settle(go.partition("?")[2], row["id"])
    follow(go)
    save_table(
        assessments,
        ("project", "value", "valence", "wave", "basis", "why", "origin", "judged_by"),
        row["code"],
        "assessments",
        key="save_assessments",
    )
with side:
    follow(draw(factor_page.beside(row), key="beside"))
