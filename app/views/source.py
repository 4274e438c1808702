"""A source: its text with what was coded in it, and a panel that codes what is selected."""

from __future__ import annotations

import streamlit as st

from cmo.domain.vocabulary import Support
from cmo.services.naming import find_record
from cmo.services.reading import one_look
from cmo.services.supporting import support_of_all
from cmo.services.texts import MOST_TARGETS, get_source, read_source, targets
from components import coded_list
from components.desk import Desk, done_at
from components.drawing import draw, follow
from components.page import empty
from components.reading_page import head, located_page, read_page
from components.session import actor, ask, casebook, programme

here = programme()
graph, who = casebook().graph, actor()
asked = st.query_params.get("id")
if not asked or not here:
    empty("none", "No source is named in the address.", "Choose one under Sources.")
    st.stop()
source_id = asked
if len(asked) != 36:
    source_id = find_record(graph, who, asked, "Source", programme=here["id"])["id"]
row = get_source(graph, who, source_id)
may_code = row["readable"] and who.may_write("Coding", frozenset({row["place_id"], here["id"]}))
places = {p["id"]: p["name"] for p in ask("case/projects", programme_id=here["id"])}
places = {row["place_id"]: row["place"], **places, here["id"]: f"{here['name']} as a whole"}
found = targets(graph, who, here["id"], None, MOST_TARGETS) if may_code else []
contested = {
    id
    for id, support in support_of_all(graph, who, here["id"]).items()
    if support == Support.CONTESTED
}
desk = Desk(source_id, here["id"], places, found, contested)
if (coding := st.query_params.get("coding")) and done_at(desk).get("asked") != coding:
    done_at(desk).update(asked=coding, open=coding)


@st.fragment
@one_look()
def page() -> None:
    """Everything that changes when something is coded."""
    if done_at(desk).pop("made", False):
        st.rerun(scope="app")  # what was made is offered from now on
    before = st.session_state.get("_reading")
    before = before[1] if before and before[0] == source_id else None
    read = read_source(graph, actor(), row, before, done_at(desk).get("coding"))
    st.session_state["_reading"] = (source_id, read)
    text, codings = read.text, read.codings
    head(row, text, codings)
    coding = st.query_params.get("coding")
    if coding and coding not in {c["id"] for c in codings}:
        empty("gone", "The coding in the address is no longer here.", "History tells why.")
    if not row["text_held"]:
        located_page(desk, codings, coding, may_code=may_code)
        return
    if text.text is not None:
        read_page(desk, row, text, codings, may_code=may_code)
    elif text.withheld:
        empty(
            "withheld",
            "This text is withheld: the words of somebody who has withdrawn cannot be told from "
            "those of others.",
            "What others said and was coded stands below.",
        )
    else:
        empty(
            "kept",
            "Texts are for evaluators and researchers.",
            "What may be quoted from this one stands below.",
        )
    shown = st.session_state.get("_listed", coded_list.PAGE)
    go = draw(coded_list.coded_list(codings, text, source_id, shown, coding), "coded_list", more)
    follow(go if go != "more" else None)


def more() -> None:
    """Lists more codings."""
    if st.session_state["coded_list"]["go"] == "more":
        held = st.session_state.get("_listed", coded_list.PAGE)
        st.session_state["_listed"] = held + coded_list.PAGE


page()
