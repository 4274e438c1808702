"""A casebook without a programme: what to do first."""

from __future__ import annotations

import streamlit as st

from cmo.domain.vocabulary import Role
from cmo.errors import CmoError
from cmo.services.seeding import seed
from cmo.services.users import list_users
from components.drawing import draw, h
from components.faults import show_refusal
from components.recording_places import add_programme
from components.session import actor, ask, casebook, casebook_to_change, tell_in_next_run
from components.upkeep import say_if_stopped, stoppable

DEMO = ("hipp", "practice")
"""What the demo holds: a real evaluation and a fictional one."""


def begin(title: str) -> None:
    """Says on any page that there is no programme yet, and offers the two ways to begin."""
    stewards = _stewards()
    if stewards:
        called = "Nothing here that you may see"
        said = (
            f"{actor().display_name} has no role in any programme of this casebook. A data steward "
            f"gives roles: ask {', '.join(stewards)}. Or begin with one of your own."
        )
    else:
        called = "This casebook is empty"
        said = (
            "A casebook holds programmes, their projects, and what was found in them. Look around "
            "in the demo first, or record a programme of your own."
        )
    words = [h("p", f"{title}: nothing to show yet", cls="kicker"), h("h1", called)]
    head = h("div", h("div", *words, h("p", said, cls="lede")), cls="mast")
    draw(head, key="mast")
    left, right = st.columns(2, gap="large")
    with left:
        draw(
            h(
                "div",
                h("h2", "Load the demo"),
                h(
                    "p",
                    "HIPP, a published evaluation of five partnerships, paraphrased and cited; "
                    "and Practice, twelve invented projects with interviews to code: fiction, and "
                    "marked so on every page. Nothing is fetched from anywhere.",
                ),
                cls="about",
            ),
            key="demo",
        )
        if st.button("Load the demo", type="primary", key="load"):
            _load()
        say_if_stopped("load", "Loading was stopped: nothing of the demo was stored.")
    with right:
        draw(
            h(
                "div",
                h("h2", "Record a programme"),
                h("p", "Its name is enough to begin. You become its evaluator and data steward."),
                cls="about",
            ),
            key="own",
        )
        add_programme()


def _stewards() -> list[str]:
    """Who may give roles in programmes that are there already."""
    return [
        user["display_name"]
        for user in list_users(casebook().graph, actor())
        if any(role["role"] == Role.DATA_STEWARD for role in user["roles"])
    ]


def _load() -> None:
    with (
        st.status("Loading the demo …", expanded=True) as status,
        stoppable("load", _tell_what_is_there),
    ):
        try:
            for name in DEMO:
                seed(casebook_to_change().graph, actor(), name, progress=status.write)
        except CmoError as error:
            status.update(label="The demo was not loaded.", state="error")
            show_refusal(error)
            return
    st.switch_page("views/home.py", query_params={"programme": "HIPP"})


def _tell_what_is_there() -> None:
    """Says what had been stored when loading was stopped: each of the two is loaded whole or not
    at all, and the first may have been."""
    there = [row["name"] for row in ask("case/programmes")]
    if there:
        said = f"Loading was stopped. {' and '.join(there)} had been stored"
        missing = len(there) < len(DEMO)
        tell_in_next_run(said + ("; `cmo seed` loads the rest." if missing else "."))
