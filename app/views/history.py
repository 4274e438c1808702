"""History: who did what, when and why, and how it was before; one's own can be taken back."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from cmo.errors import CmoError
from cmo.services.journal import journal, names_of
from cmo.services.naming import find_record
from cmo.services.undoing import undo
from cmo.services.users import list_users
from components import deeds
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.faults import show_refusal
from components.page import crumb, empty, masthead
from components.session import actor, ask, casebook, programmes
from components.when import day

PAGE = 40
graph, who = casebook().graph, actor()
people = {u["id"]: u["display_name"] for u in list_users(graph, who)}
masthead(
    "The whole casebook, as far as you may see it",
    "History",
    "Everything that was recorded, edited and taken back. Nothing is ever thrown away; what you "
    "did yourself you can take back here.",
)
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    by = st.selectbox(
        "By",
        list(people),
        index=None,
        placeholder="everybody",
        key="by",
        bind="query-params",
        format_func=people.__getitem__,
        width=240,
    )
    typed = st.text_input(
        "Record",
        placeholder="its code (C-10, HIPP/P-1), name or id",
        key="record",
        bind="query-params",
        width=320,
    )
refusal = st.session_state.pop("undo_refused", None)
if refusal is not None:
    show_refusal(refusal)
if done := st.session_state.pop("undo_done", None):
    st.text(done)

record = None
if typed.strip():
    try:
        record = find_record(graph, who, typed, retired=True)
    except CmoError as error:
        show_refusal(error)
        st.stop()
before = st.query_params.get("before")
found = journal(
    graph, who, record["id"] if record else None, user=by, limit=PAGE + 1, before=before
)
shown = found[:PAGE]
if not shown:
    empty("none", "Nothing has changed yet.", "What you record will stand here, with the reason.")
    st.stop()

ids = list({d.entry.touched[0].id for d in shown})
where = {row["id"]: row for row in ask("record/programmes_of", ids=ids)}
fiction = {p["id"] for p in programmes() if p["synthetic"]}


parts = []
if record:
    parts.append(h("p", f"{record['programme']}: ", h("b", record["name"] or record["code"])))
called = names_of(graph, who, shown)
for name, group in groupby(shown, key=lambda d: day(d.entry.at)):
    parts.append(h("div", h("h2", name), cls="days"))
    for deed in group:
        place = where.get(deed.entry.touched[0].id)
        parts.append(
            deeds.told(
                deed,
                called,
                place["programme"] if place else "",
                fiction=place is not None and place["programme_id"] in fiction,
                mine=deed.user == who.id,
            )
        )
if len(found) > PAGE or before:
    kept = {k: v for k, v in (("by", people.get(by or "")), ("record", typed.strip())) if v}
    older = f"history?{urlencode({'before': shown[-1].entry.change} | kept)}"
    newest = crumb("newest", f"history?{urlencode(kept)}") if before else None
    parts.append(
        h("p", newest, "  ", crumb("older", older) if len(found) > PAGE else None, cls="quiet")
    )
clicked = draw(h("div", *parts), key="history")
save_table(
    [deeds.line(deed) for deed in shown],
    ("at", "who", "did", "records", "why", "taken_back", "change"),
    "history",
    key="csv",
)
if clicked and clicked.startswith("undo?"):
    try:
        undone = undo(graph, who, clicked.partition("?")[2])
    except CmoError as error:
        st.session_state["undo_refused"] = error
    else:
        st.session_state["undo_done"] = f"Taken back (change {undone.change[:8]})."
    st.rerun()
follow(clicked)
