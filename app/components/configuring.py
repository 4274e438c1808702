"""Recording, editing, linking and retiring configurations, on the page where one works."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cmo.domain.stored import Stored
from cmo.errors import CmoError, EditConflict
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.configurations import SETS, Standing
from cmo.services.configuring import (
    LISTS,
    NEW,
    codebook,
    drafted,
    edit_configuration,
    record_configuration,
    record_link,
)
from cmo.services.journal import called
from cmo.services.reading import get_record
from components import forms
from components.faults import show_refusal
from components.session import actor, ask, casebook, casebook_to_change
from components.when import in_words


def may_write(programme_id: str) -> bool:
    """Whether whoever looks may record and edit configurations there."""
    return actor().may_write("Configuration", frozenset({programme_id}))


def ask_for(what: str | None) -> None:
    """Opens a form of the page (None: closes it); it stands in the address."""
    if what:
        st.query_params["do"] = what
    else:
        st.query_params.pop("do", None)
    st.rerun()


def code_on(standing: Standing, link_id: str | None = None) -> None:
    """Goes to the sources, with the link (else the configuration) as what is coded on, and its
    links one key away."""
    offered = [link.id for link in standing.links] + [standing.id]
    first = link_id if link_id in offered else standing.id
    st.session_state["code_target"] = first
    st.session_state["_recent_targets"] = list(dict.fromkeys([first, *offered]))[:4]
    where = {"programme": standing.row["programme"], "on": standing.row["code"]}
    st.switch_page("views/sources.py", query_params=where)


def offered_in(programme_id: str) -> forms.Offered:
    """What forms of configurations of a programme let one choose from."""
    theories = ask("theory/theories", programme_id=programme_id)
    themes = ask("case/themes", programme_id=programme_id)
    lists = {
        "tests": {t["id"]: f"{t['code']} {t['statement']}" for t in theories},
        "about": {t["id"]: t["name"] for t in themes},
    }
    return forms.Offered(codebook(casebook().graph, actor(), programme_id), lists)


def _sent(title: str) -> tuple[bool, bool]:
    with st.container(horizontal=True, gap="small"):
        sent = st.form_submit_button(title, type="primary")
        closed = st.form_submit_button("Close without saving")
    return sent, closed


def record_form(programme_id: str) -> None:
    """Records a configuration, and opens it."""
    key = "new-configuration"
    known = offered_in(programme_id)
    forms.head(key, "Record a configuration", "two of the three are enough to begin")
    with st.form(key, border=False):
        forms.configuration_fields(key, NEW, known)
        sent, closed = _sent("Record it")
    st.space("small")
    if closed:
        forms.forget(key)
        ask_for(None)
    if not sent:
        return

    def work() -> Done:
        return record_configuration(
            casebook_to_change().graph, actor(), programme_id, forms.typed(key)
        )

    done = forms.attempt(work, "Recorded.", "")
    if done is not None:
        forms.forget(key)
        st.session_state["_done"]["here"] = done.id
        st.switch_page("views/configuration.py", query_params={"id": done.id})


def edit_form(standing: Standing) -> None:
    """Edits a configuration from the revision that was there when the form was opened."""
    key = f"edit-{standing.id}"
    known = offered_in(standing.row["programme_id"])
    if f"{key}-read" not in st.session_state:
        st.session_state[f"{key}-read"] = get_record(casebook().graph, actor(), standing.id)
    held: Stored = st.session_state[f"{key}-read"]
    if f"{key}-mine" in st.session_state:
        _choose(standing, key, held, known)
        return
    forms.head(key, "Edit", "what you type stays until it is stored")
    with st.form(key, border=False):
        forms.configuration_fields(key, drafted(held), known)
        why = forms.reason(key, "Why, for the history")
        sent, closed = _sent("Save")
    st.space("small")
    if closed:
        forms.forget(key)
        ask_for(None)
    if sent:
        _save(standing, key, held, forms.typed(key), why)


def _save(standing: Standing, key: str, held: Stored, draft: dict[str, Any], why: str) -> None:
    try:
        done = edit_configuration(casebook_to_change().graph, actor(), held, draft, why=why)
    except EditConflict as error:
        if set(error.asked) <= set(NEW):
            said = f"{error.changed_by} changed it {in_words(error.changed_at)}"
            kept = {"mine": draft, "why": why, "said": said}
            for name, value in kept.items():
                st.session_state[f"{key}-{name}" if name != "why" else f"{key}-kept"] = value
            st.rerun()
        show_refusal(error)
        return
    except CmoError as error:
        show_refusal(error)
        return
    forms.forget(key)
    here = standing.id
    st.session_state["_done"] = {"said": "Saved.", "change": done.change, "here": here}
    ask_for(None)


def _choose(standing: Standing, key: str, read: Stored, known: forms.Offered) -> None:
    """An edit that lost a race: both versions, and a choice for each field in which they differ."""
    mine: dict[str, Any] = st.session_state[f"{key}-mine"]
    now = get_record(casebook().graph, actor(), standing.id)
    before, stored = drafted(read), drafted(now)
    mine = {n: stored[n] if n not in forms.differing(mine, before) else mine[n] for n in mine}
    note = f"{st.session_state[f'{key}-said']}, after you began; nothing was overwritten"
    forms.head(f"{key}-two", "Two versions", note)
    with st.form(f"{key}-choice", border=False):
        if not forms.differing(mine, stored):
            st.text("What you wanted is stored already.")
        values = [side[name] for side in (mine, stored) for name in (*SETS, *LISTS)]
        names = called(casebook().graph, actor(), values) | known.names
        chosen = forms.side_by_side(key, mine, stored, names)
        sent, closed = _sent("Save what is chosen")
    if closed or (sent and not forms.differing(chosen, stored)):
        forms.forget(key)
        ask_for(None)
    if sent:
        _save(standing, key, now, chosen, st.session_state[f"{key}-kept"])


def link_form(standing: Standing) -> None:
    """Asserts a link between two parts of the configuration."""
    key = f"link-{standing.id}"
    labels = {(p, e["id"]): e["label"] for p in SETS for e in standing.row[p]}
    starts = [end for end in labels if end[0] != "outcomes"]
    ends = [end for end in labels if end[0] != "contexts"]
    forms.head(key, "Assert a link", "an arrow is somebody's claim: say on what it rests")

    def named(end: tuple[str, str]) -> str:
        return f"{end[0].removesuffix('s').capitalize()}: {labels[end]}"

    with st.form(key, border=False):
        first, second = st.columns(2)
        start = first.selectbox("From", starts, index=None, format_func=named, key=f"{key}-start")
        end = second.selectbox("To", ends, index=None, format_func=named, key=f"{key}-end")
        why = forms.reason(key, "On what grounds")
        sent, closed = _sent("Assert it")
    st.space("small")
    if closed:
        forms.forget(key)
        ask_for(None)
    if not sent:
        return
    if start is None or end is None:
        st.text("Say from which part to which. No link was recorded.")
        return

    def work() -> Done:
        return record_link(casebook_to_change().graph, actor(), standing.id, start, end, why=why)

    said = f"Link from {labels[start]} to {labels[end]} asserted. Now code a passage on it."
    if forms.attempt(work, said, standing.id):
        forms.forget(key)
        ask_for(None)


def reinstate(standing: Standing) -> None:
    """Takes a retired configuration back into use."""

    def work() -> Done:
        return recording.reinstate(casebook_to_change().graph, actor(), standing.id)

    if forms.attempt(work, f"{standing.row['code']} is back in use.", standing.id):
        st.rerun()
