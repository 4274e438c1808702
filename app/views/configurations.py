"""Configurations: all of them as a sentence and a picture, with the projects for and against."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from cmo.services.configurations import SUPPORTS, configurations
from components import forms
from components.configuring import ask_for, may_write, record_form
from components.downloads import table
from components.drawing import draw, follow
from components.filters import own
from components.listing import COLUMNS, as_table, line
from components.page import empty, fact, masthead
from components.session import actor, ask, casebook, programme

here = programme()
assert here is not None, "main.py runs no page that needs a programme without one"
held = ask("case/extent", programme_id=here["id"])[0]
masthead(
    here["name"],
    "Configurations",
    "Shapes are elements; a line is a link that somebody asserted. What is only stated together "
    "has none.",
    fact(held["configurations"], "configurations", one="configuration"),
    fact(held["links"], "links asserted", "regularities", one="link asserted"),
)
forms.show_done("")


def first_page() -> None:
    """A filter that changes begins at the first configuration."""
    st.query_params.pop("after", None)


own("configurations", "theme", "find")
bound: dict[str, Any] = {"bind": "query-params", "on_change": first_page}
themes = {t["name"]: t["id"] for t in ask("case/themes", programme_id=here["id"])}
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="filters"):
    theme = st.selectbox("Theme", ["any", *themes], width=190, key="theme", **bound)
    status = st.selectbox(
        "Status",
        ["any", *forms.STATUSES],
        width=130,
        key="status",
        format_func=forms.spoken,
        **bound,
    )
    support = st.selectbox(
        "Support", ["any", *SUPPORTS], width=135, key="support", format_func=forms.spoken, **bound
    )
    hint = "words of any element"
    find = st.text_input("Find", placeholder=hint, width=190, key="find", **bound)
    st.space("stretch")
    if may_write(here["id"]) and st.button(
        "Record a configuration", icon=":material/add:", type="primary", shortcut="n", key="new"
    ):
        ask_for("record")
if st.query_params.get("do") == "record":
    record_form(here["id"])
found, after = configurations(
    casebook().graph,
    actor(),
    here["id"],
    theme_id=themes.get(theme),
    status=None if status == "any" else status,
    support=None if support == "any" else support,
    find=find.strip(),
    after=st.query_params.get("after"),
)
if found:
    kept = {n: v for n, v in st.query_params.items() if n not in ("after", "do")}
    nexts = f"configurations?{urlencode({**kept, 'after': after})}" if after else None
    back = f"configurations?{urlencode(kept)}" if "after" in st.query_params else None
    follow(draw(as_table(found, nexts, back), key="list"))
    table(lambda: [line(s) for s in found], COLUMNS, here["name"], "configurations", key="csv")
elif held["configurations"]:
    empty("none", "No configuration answers to these filters.", "Set one back to any.")
else:
    said = "No configuration yet. Two of context, mechanism and outcome are enough to begin."
    empty("none", said, "Record one (N), or make one while you read: code a passage on a new link.")
