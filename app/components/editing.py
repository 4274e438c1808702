"""Recording and editing a record of any kind, field by field: what is typed stays on a refusal,
and an edit that lost a race shows both versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from cmo.domain.fields import Tie
from cmo.domain.record import Record
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Origin
from cmo.errors import CmoError, EditConflict
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.reading import get_record
from components import forms
from components.configuring import ask_for
from components.drawing import draw, h
from components.faults import show_refusal
from components.page import section
from components.session import actor, casebook, casebook_to_change


@dataclass(frozen=True)
class Field:
    """A field of a form: `options` maps what is stored to what is read, for a choice of one (which
    may be left open) or of many; the many may carry whether the source says so or we do."""

    name: str
    title: str
    kind: Literal["line", "text", "one", "many"] = "line"
    options: Mapping[Any, str] = field(default_factory=dict)
    ties: bool = False

    def plain(self, value: Any) -> Any:
        """A stored value as the form holds it: text, never None; ids in a list."""
        if self.kind == "many":
            return [item.to if isinstance(item, Tie) else item for item in value or ()]
        return value if self.kind == "one" else value or ""

    def stored(self, value: Any, before: Any = ()) -> Any:
        """What the form holds as it is stored; a tie that was there keeps what it carries."""
        if self.kind in ("line", "text"):
            return value.strip() or None
        if not self.ties:
            return tuple(value) if self.kind == "many" else value
        kept = {tie.to: tie for tie in before}
        ours = (("origin", str(Origin.OURS)),)
        return tuple(kept.get(item, Tie(item, ours)) for item in value)

    def shown(self, value: Any) -> str:
        """What the form holds, in words."""
        if self.kind == "many":
            return "; ".join(self.options.get(item, str(item)) for item in value) or "nothing"
        if self.kind == "one":
            return self.options.get(value, "not stated")
        return str(value) or "nothing"


def record_form(
    key: str,
    title: str,
    fields: Sequence[Field],
    make: Callable[[dict[str, Any]], Record],
    here: str = "",
) -> None:
    """A form that records what `make` gives for the typed fields; then it closes, and the page
    `here` says so, with the undo."""
    draw(section(title, "what you type stays until it is stored"), key=f"{key}-h")
    with st.form(key, border=False):
        _widgets(key, fields, {f.name: f.plain(None) for f in fields})
        sent, closed = _buttons("Record it")
    if closed:
        forms.forget(key)
        ask_for(None)

    def work() -> Done:
        typed = {f.name: f.stored(_typed(key, f)) for f in fields}
        return recording.record(casebook_to_change().graph, actor(), make(typed))

    if sent and forms.attempt(work, "Recorded.", here):
        forms.forget(key)
        ask_for(None)


def edit_form(record_id: str, fields: Sequence[Field], title: str = "Edit") -> None:
    """A form that edits a record from the revision that was there when it was opened."""
    key = f"edit-{record_id}"
    if f"{key}-read" not in st.session_state:
        st.session_state[f"{key}-read"] = get_record(casebook().graph, actor(), record_id)
    read: Stored = st.session_state[f"{key}-read"]
    if f"{key}-mine" in st.session_state:
        _choose(key, read, fields)
        return
    draw(section(title, "what you type stays until it is stored"), key=f"{key}-h")
    with st.form(key, border=False):
        _widgets(key, fields, {f.name: f.plain(read.fields[f.name]) for f in fields})
        why = forms.reason(key, "Why, for the history")
        sent, closed = _buttons("Save")
    if closed:
        forms.forget(key)
        ask_for(None)
    if sent:
        _save(key, read, fields, {f.name: _typed(key, f) for f in fields}, why)


def leave(record_id: str) -> None:
    """Lets go of an edit that was left: what was read for it is out of date."""
    forms.forget(f"edit-{record_id}")


def _widgets(key: str, fields: Sequence[Field], held: Mapping[str, Any]) -> None:
    for item in fields:
        value, at = held[item.name], f"{key}-{item.name}"
        # No max_chars: what is over a bound is refused with the bound named, not cut off.
        if item.kind == "text":
            st.text_area(item.title, value, key=at, height=80)
        elif item.kind == "line":
            st.text_input(item.title, value, key=at)
        elif item.kind == "one":
            choices = list(item.options)
            st.selectbox(
                item.title,
                choices,
                index=choices.index(value) if value in choices else None,
                format_func=item.options.__getitem__,
                placeholder="not stated",
                key=at,
            )
        else:
            choices = list(dict.fromkeys([*value, *item.options]))
            st.multiselect(
                item.title,
                choices,
                value,
                format_func=_named(item),
                placeholder="none",
                key=at,
            )


def _named(item: Field) -> Callable[[str], str]:
    return lambda one: str(item.options.get(one, one))


def _typed(key: str, item: Field) -> Any:
    return st.session_state[f"{key}-{item.name}"]


def _buttons(title: str) -> tuple[bool, bool]:
    with st.container(horizontal=True, gap="small"):
        sent = st.form_submit_button(title, type="primary")
        closed = st.form_submit_button("Close without saving")
    return sent, closed


def _save(
    key: str, read: Stored, fields: Sequence[Field], typed: Mapping[str, Any], why: str
) -> None:
    changes = {
        f.name: f.stored(typed[f.name], read.fields[f.name])
        for f in fields
        if typed[f.name] != f.plain(read.fields[f.name])
    }
    if not changes:
        st.text("Nothing differs from what is recorded. Change a field first.")
        return
    try:
        done = recording.edit(
            casebook_to_change().graph, actor(), read.id, read.rev, changes, why=why or None
        )
    except EditConflict as error:
        at = f"{error.changed_at[:10]} {error.changed_at[11:16]} UTC"
        said = f"{error.changed_by} changed it at {at}"
        st.session_state[f"{key}-mine"] = {**typed, "": (why, said)}
        st.rerun()
    except CmoError as error:
        show_refusal(error)
        return
    forms.forget(key)
    st.session_state["_done"] = {"said": "Saved.", "change": done.change, "here": read.id}
    ask_for(None)


def _choose(key: str, read: Stored, fields: Sequence[Field]) -> None:
    """Both versions, and for each field in which they differ a choice."""
    mine: dict[str, Any] = st.session_state[f"{key}-mine"]
    why, said = mine[""]
    now = get_record(casebook().graph, actor(), read.id)
    chosen = {f.name: f.plain(now.fields[f.name]) for f in fields}
    clashing = [
        f
        for f in fields
        if mine[f.name] != f.plain(read.fields[f.name]) and mine[f.name] != chosen[f.name]
    ]
    note = f"{said}, after you began; nothing was overwritten"
    draw(section("Two versions", note), key=f"{key}-h")
    with st.form(f"{key}-choice", border=False):
        if not clashing:
            st.text("What you wanted is stored already.")
        for item in clashing:
            _clash(key, item, mine[item.name], chosen[item.name])
            if st.session_state.get(f"{key}-take-{item.name}", "yours") == "yours":
                chosen[item.name] = mine[item.name]
        sent, closed = _buttons("Save what is chosen")
    if closed or (sent and not clashing):
        forms.forget(key)
        ask_for(None)
    if sent:
        _save(key, now, fields, chosen, why)


def _clash(key: str, item: Field, mine: Any, now: Any) -> None:
    sides = (("Yours", mine), ("Stored now", now))
    shown = [h("div", h("p", who, cls="kicker"), h("p", item.shown(it))) for who, it in sides]
    draw(h("div", h("h3", item.title), *shown, cls="clash"), key=f"{key}-clash-{item.name}")
    st.radio(
        f"Which to keep: {item.title}",
        ("yours", "stored now"),
        horizontal=True,
        label_visibility="collapsed",
        key=f"{key}-take-{item.name}",
    )
