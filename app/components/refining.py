"""A new version of a configuration, and its support as somebody decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cmo.domain.fields import LINE
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import ConfigurationStatus, Support
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.configurations import Standing
from cmo.services.configuring import drafted, refine_configuration
from cmo.services.permitting import SETTLES
from cmo.services.reading import get_record
from components import editing, forms
from components.configuring import ask_for, offered_in
from components.editing import Field
from components.passages_offered import named
from components.session import actor, ask, casebook, casebook_to_change
from components.words import counted

WORDS = {str(word): forms.spoken(word) for word in Support}


def may_decide(programme_id: str) -> bool:
    """Whether whoever looks may decide the support of what is of this programme."""
    return bool(actor().roles_at(frozenset({programme_id})) & SETTLES)


def refine_form(standing: Standing, passages: Sequence[Mapping[str, Any]]) -> None:
    """Records a new version of the configuration, and opens it."""
    key = f"refine-{standing.id}"
    if f"{key}-read" not in st.session_state:
        st.session_state[f"{key}-read"] = get_record(casebook().graph, actor(), standing.id)
    held: Stored = st.session_state[f"{key}-read"]
    row = standing.row
    events = ask("case/events", programme_id=row["programme_id"])
    moved = named(passages)
    by_excerpt = {p["excerpt_id"]: p["id"] for p in reversed(passages)}
    moves = {e["id"]: f"{e['title']} (event)" for e in events}
    moves |= {by_excerpt[excerpt]: said for excerpt, said in moved.items()}
    note = f"{row['code']} stays as it is; its links and codings are carried to the new version"
    forms.head(key, f"Refine {row['code']}", note)
    draft = drafted(held) | {"status": str(ConfigurationStatus.CONJECTURED)}
    with st.form(key, border=False):
        forms.configuration_fields(key, draft, offered_in(row["programme_id"]))
        st.multiselect(
            "What moved it: passages and events",
            list(moves),
            format_func=moves.__getitem__,
            select_all=False,
            placeholder="none",
            key=f"{key}-moved",
        )
        st.text_area("Why, for the theory's history", height=80, key=f"{key}-why")
        sent, closed = editing.buttons("Record the new version")
    st.space("small")
    if closed:
        forms.forget(key)
        ask_for(None)
    if not sent:
        return
    told: list[str] = []

    def work() -> Done:
        typed = st.session_state
        made = refine_configuration(
            casebook_to_change().graph,
            actor(),
            held,
            forms.typed(key),
            typed[f"{key}-why"],
            tuple(typed[f"{key}-moved"]),
        )
        carried = f"{counted(len(made.links), 'link')} and {counted(len(made.codings), 'coding')}"
        told.append(f"Refined as {made.done.code}. Carried: {carried}.")
        if made.codings:
            told.append("The codings wait below for you to affirm them.")
        if made.left:
            told.append(f"Left behind, as an end is no longer there: {', '.join(made.left)}.")
        return made.done

    done = forms.attempt(work, "", "")
    if done is not None:
        forms.forget(key)
        st.session_state["_done"] |= {"said": " ".join(told), "here": done.id}
        st.switch_page("views/configuration.py", query_params={"id": done.id})


def decide_form(
    record_id: str, what: str, computed: str, here: str, *, decided: bool = False
) -> None:
    """Says what the support of a record is, with the reason, beside the computed one; or takes that
    back where it is `decided`. `what` is how the record is called, `here` the page."""
    fields = [
        Field("support_decided", "Its support, as you decide it", "one", WORDS),
        Field("support_why", f"Why you decide so (at most {LINE} characters)", beside=True),
    ]
    note = f"computed: {forms.spoken(computed)}; your word stands beside it, with its reason"

    def withdraw(held: Stored) -> None:
        def work() -> Done:
            nothing = dict.fromkeys(("support_decided", "support_why"))
            graph = casebook_to_change().graph
            return recording.edit(graph, actor(), held.id, held.rev, nothing, why="withdrawn")

        if forms.attempt(work, "The decision is withdrawn; what is computed stands.", here):
            editing.leave(held.id, "decide")
            ask_for(None)

    editing.edit_form(
        record_id,
        fields,
        f"Decide the support of {what}",
        name="decide",
        note=note,
        here=here,
        why_in="support_why",
        aside=("Withdraw the decision", withdraw) if decided else None,
    )
