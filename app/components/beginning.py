"""A casebook without a programme: what to do first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cmo.domain.vocabulary import Role
from cmo.errors import CmoError
from cmo.services.seeding import seed
from cmo.services.users import list_users
from components.drawing import draw, h
from components.faults import show_refusal
from components.page import section
from components.recording_places import add_programme
from components.session import actor, ask, casebook, casebook_to_change, tell_in_next_run
from components.upkeep import say_if_stopped, stoppable

DEMO = {"hipp": "HIPP", "practice": "Practice"}
"""What the demo holds, a real evaluation and a fictional one, and what each is called."""
NOTHING = "Loading was stopped: nothing of the demo was stored."


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
        with st.container(horizontal=True, gap="small", key="loads"):
            both = st.button("Load the demo", type="primary", key="load")
            alone = [
                n for n, called in DEMO.items() if st.button(f"Only {called}", key=f"only_{n}")
            ]
        if both or alone:
            _load(alone or list(DEMO))
        say_if_stopped("load", NOTHING)
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


def rest_of_demo() -> None:
    """Where one of the two of the demo is there, whoever stopped the loading for instance, offers
    the other."""
    there = {row["name"] for row in ask("case/programmes")}
    left = [name for name, called in DEMO.items() if called not in there]
    if len(left) == 1:
        (name,) = left
        said = h("p", f"{DEMO[name]} of the demo is not in this casebook.")
        draw(h("div", h("div", cls="gap"), section("Demo"), said, cls="about"), key="demo")
        if st.button(f"Load {DEMO[name]}", key=f"only_{name}"):
            _load(left)
        say_if_stopped("load", NOTHING)


def _load(names: Sequence[str]) -> None:
    with (
        st.status("Loading the demo …", expanded=True) as status,
        stoppable("load", _tell_what_is_there if len(names) > 1 else None),
    ):
        try:
            for name in names:
                seed(casebook_to_change().graph, actor(), name, progress=status.write)
        except CmoError as error:
            status.update(label="The demo was not loaded.", state="error")
            show_refusal(error)
            return
    st.switch_page("views/home.py", query_params={"programme": DEMO[names[0]]})


def _tell_what_is_there() -> None:
    """Says what had been stored when loading was stopped: each of the two is loaded whole or not
    at all, and the first may have been."""
    there = [row["name"] for row in ask("case/programmes")]
    if there:
        said = f"Loading was stopped. {' and '.join(there)} had been stored"
        missing = len(there) < len(DEMO)
        tell_in_next_run(said + ("; About loads the other." if missing else "."))
