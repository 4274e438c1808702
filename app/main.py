"""Navigation of CMO Casebook; the pages are in views/."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import streamlit as st

from cmo.errors import CmoError, NotFound
from cmo.services.reading import one_look
from components.beginning import begin
from components.drawing import leave
from components.faults import show_refusal
from components.lifeline import may_open, wait_until_it_may_open
from components.session import programme, settle, settle_doubt, settled
from components.sidebar import PAGES, sidebar, strangers_choice
from components.typed import (
    close_form_that_was_stored,
    give_back_typed,
    keep_typed,
    offer_another_try,
)

HERE = Path(__file__).parent
NEEDS_NO_PROGRAMME = {"history", "about"}
# First of all: until it has this icon, the browser would fetch that of the page from elsewhere.
st.set_page_config(
    page_title="CMO Casebook",
    page_icon=str(HERE / "static/icon.png"),
    layout="wide",
    initial_sidebar_state=224,
)
pages = {
    name: st.Page(
        HERE / f"views/{name}.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=None if name == "home" else name,
        default=name == "home",
    )
    for name, (title, icon) in PAGES.items()
}
chosen = st.navigation(list(pages.values()), position="hidden")
leave(pages, chosen.url_path or "home")
st.set_page_config(page_title=f"{chosen.title} · CMO Casebook")
st.html(HERE / "components/frame.css")
st.logo(str(HERE / "static/logo.svg"), size="medium")
framed = False
if not may_open():
    with st.spinner("Getting the casebook ready …"):
        wait_until_it_may_open()
    st.rerun()
try:
    if settle_doubt():
        close_form_that_was_stored()
    with one_look():
        settle()
        give_back_typed()
        framed = True
        sidebar(pages, chosen)
        if programme() is None and chosen.url_path not in NEEDS_NO_PROGRAMME:
            begin(chosen.title)
        else:
            chosen.run()
except CmoError as error:
    if not framed:
        keep_typed()
    with suppress(CmoError):  # what failed once fails here too, and is told below
        if settled() and not framed:
            sidebar(pages, chosen)
        elif isinstance(error, NotFound) and not settled():
            strangers_choice()
    show_refusal(error)
    offer_another_try(error)
