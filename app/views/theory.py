"""How the theory came to be: its turns, what moved each, and the theories that never moved; with a
theory's id in the address that one, and what speaks against it and for it."""

from __future__ import annotations

import streamlit as st

from cmo.errors import NotFound
from cmo.services.genesis import genesis
from cmo.services.supporting import support_of
from components import editing, forms, theory_page, theory_picture, turns
from components.configuring import ask_for, may_write
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.one_of_theory import sides
from components.page import empty, masthead, section
from components.refining import decide_form, may_decide
from components.session import actor, ask, casebook, programme

here = programme()
assert here
graph, who = casebook().graph, actor()
wanted = st.query_params.get("id")
theories = ask("theory/theories", programme_id=here["id"])
one = next((t for t in theories if t["id"] == wanted), None)
if wanted and not one:
    raise NotFound(
        f"There is no theory {wanted} that you may see.",
        "Nothing was read.",
        "The timeline shows those that there are.",
    )
writes, doing = may_write(here["id"]), st.query_params.get("do")
if one:
    decides = may_decide(here["id"])
    left, right = st.columns([0.76, 0.24], vertical_alignment="bottom")
    with left:
        support = str(support_of(graph, who, one["id"]).support)
        follow(draw(theory_page.head(one, support), key="head"))
    with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if decides and st.button("Decide support", key="decide"):
            ask_for("decide")
        if writes and st.button("Edit", shortcut="e", key="edit"):
            ask_for("edit")
    forms.show_done(one["id"])
    for name in {"edit", "decide"} - {doing}:
        editing.leave(one["id"], name)
    if writes and doing == "edit":
        editing.edit_form(one["id"], theory_page.fields(here["id"]))
    elif decides and doing == "decide":
        decided = one["support_decided"] is not None
        decide_form(one["id"], one["code"], support, one["id"], decided=decided)
    with st.container(key="split"):
        main, side = st.columns([0.69, 0.31], gap="large")
    with main:
        passages = ask("evidence/passages", target=one["id"])
        tree = sides(passages, f"theory?id={one['id']}", whole="all" in st.query_params)
        follow(draw(tree, key="theory"))
    with side:
        revisions = ask("theory/revisions", programme_id=here["id"], version_id=one["id"])
        follow(draw(theory_page.beside(one, revisions), key="beside"))
    st.stop()

told = genesis(graph, who, here["id"])
moves, still = len(told.turns), len(told.unmoved)
masthead(
    f"Genesis of the theory of {here['name']}",
    "Theory timeline",
    "Down for time; beside each turn ◆ what moved it, what speaks against first."
    if moves
    else None,
)
forms.show_done("")
if writes:
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="records"):
        if st.button("Record a theory", icon=":material/add:", shortcut="n", key="new"):
            ask_for("theory")
        if st.button("Record a theme", icon=":material/add:", key="new_theme"):
            ask_for("theme")
    if doing == "theory":
        theory_page.record_theory(here["id"])
    elif doing == "theme":
        theory_page.record_theme(here["id"])
if not moves and not still:
    empty(
        "none",
        "No programme theory yet.",
        "Record one (N): how is the programme thought to work, for whom, and why?",
    )
parts = [turns.timeline(told.turns)] if moves else []
if moves:
    parts.append(theory_picture.to_save(told.turns, here["name"], "theory timeline"))
if moves == 0 and still:
    parts.append(h("p", "No theory has been revised yet: there is no turn to show.", cls="mute"))
if still:
    head = section("Theories without a revision", f"{still} as first stated")
    parts.append(h("div", head, turns.unmoved(told.unmoved, told.support), cls="after"))
if parts:
    follow(draw(h("div", *parts), key="genesis"))
save_table(
    [
        {
            "code": r["code"],
            "stage": r["stage"],
            "statement": r["statement"],
            "themes": [t["name"] for t in r["themes"]],
            "tested_by": [c["code"] for c in r["tested_by"]],
            "support": str(told.support.get(r["id"], "none")),
        }
        for r in theories
    ],
    ("code", "stage", "statement", "themes", "tested_by", "support"),
    here["name"],
    "theories",
    key="save_theories",
)
