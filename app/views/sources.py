"""The sources of a programme: what each is, who speaks, and how far it is coded."""

from __future__ import annotations

import streamlit as st

from cmo.domain.vocabulary import Coverage, SourceKind, Wave
from cmo.services.tallying import extent
from components import forms, importing, source_list
from components.configuring import ask_for
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.filters import choice, pills
from components.page import empty, fact, masthead
from components.session import actor, ask, casebook, programme

here = programme()
assert here
counts = extent(casebook().graph, actor(), here["id"])
total = counts["sources"]
masthead(
    here["name"],
    "Sources",
    "Where passages come from: who was asked about each factor, who told what seemed important.",
    fact(total, "sources", one="source"),
    fact(counts["codings"], "codings", "evidence", one="coding"),
)
places = {p["id"]: p["name"] for p in ask("case/projects", programme_id=here["id"])}
places = {here["id"]: f"{here['name']} as a whole", **places}
if writes := actor().may_write("Source", frozenset(places)):
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        source_list.record_one(places)
        if st.button("Import files", icon=":material/upload_file:", shortcut="i", key="import"):
            ask_for("import")
forms.show_done(here["id"])
if writes and st.query_params.get("do") == "import":
    importing.import_form(here, places)
if writes and total and (on := st.query_params.get("on")):
    said = h("b", f"Coding on {on[:20]}: "), "choose the text in which the passage stands."
    draw(h("p", *said, cls="done", role="status"), key="coding_on")
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
    kind = pills("kind", "Kind", {k.value: k.value for k in SourceKind}) if total else None
    coverage = (
        pills("coverage", "Coverage", {c.value: c.value for c in Coverage}) if total else None
    )
    wave = pills("wave", "Wave", {w.value: w.value for w in Wave}) if total else None
    place = choice("project", "Collected in", places) if total else None
if not total:
    empty(
        "none",
        "No source is here yet.",
        "Import files, or record one: paste a transcript, or name a document whose text is not "
        "held and say what it says in your words.",
    )
    st.stop()
rows = ask(
    "evidence/reading_list",
    programme_id=here["id"],
    place_id=place,
    kind=kind,
    coverage=coverage,
    wave=wave,
    after=st.query_params.get("after"),
    limit=source_list.PAGE + 1,
)
if not rows:
    empty("nothing", "No source matches.", "Clear a filter.")
    st.stop()
go = draw(source_list.table(rows[: source_list.PAGE]), key="sources")
source_list.turn_pages(rows)
save_table(rows[: source_list.PAGE], source_list.COLUMNS, here["name"], "sources", key="csv")
follow(go)
