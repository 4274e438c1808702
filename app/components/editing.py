"""Recording and editing a record of any kind, field by field: what is typed stays on a refusal,
and an edit that lost a race shows both versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st

from cmo.domain.fields import Tie
from cmo.domain.record import Record
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Origin
from cmo.errors import CmoError, EditConflict
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.journal import called
from cmo.services.reading import get_record
from components import forms
from components.configuring import ask_for
from components.drawing import draw, h
from components.faults import show_refusal
from components.session import actor, casebook, casebook_to_change
from components.when import in_words

WHY = "Why, for the history"
KEEPS = "what you type stays until it is stored"
NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Field:
    """A field of a form: `options` maps what is stored to what is read, for a choice of one (which
    may be left open, unless it is `needed`) or of many; the many may carry whether the source says
    so or we do. `start` is what a new record begins with; `beside` puts the field into the row of
    the one before."""

    name: str
    title: str
    kind: Literal["line", "text", "one", "many"] = "line"
    options: Mapping[Any, str] = field(default_factory=dict)
    ties: bool = False
    needed: bool = False
    start: Any = None
    beside: bool = False

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

    def shown(self, value: Any, called: Mapping[str, str] = NO_NAMES) -> str:
        """What the form holds, in words; `called` names by their ids the records that are no longer
        among the options."""
        if self.kind == "many":
            named = (self.options.get(item, called.get(item, str(item))) for item in value)
            return "; ".join(named) or "nothing"
        if self.kind == "one":
            open_ = "not stated" if value is None else called.get(str(value), str(value))
            return self.options.get(value, open_)
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

    def work(typed: dict[str, Any]) -> Done:
        return recording.record(casebook_to_change().graph, actor(), make(typed))

    do_form(key, title, fields, work, here)


def do_form(
    key: str,
    title: str,
    fields: Sequence[Field],
    work: Callable[[dict[str, Any]], Done],
    here: str = "",
    *,
    note: str = KEEPS,
    button: str = "Record it",
    said: str = "Recorded.",
    then: Callable[[Done], None] | None = None,
) -> None:
    """A form whose typed fields `work` stores; then it closes, after `then` has seen what was
    stored, and the page `here` says so, with the undo. Without a title it has no head."""
    if title:
        forms.head(key, title, note)
    with st.form(key, border=False):
        _widgets(key, fields, {f.name: f.plain(f.start) for f in fields})
        sent, closed = buttons(button)
    st.space("small")
    if closed:
        forms.forget(key)
        ask_for(None)
    if not sent:
        return
    done = forms.attempt(
        lambda: work({f.name: f.stored(_typed(key, f)) for f in fields}), said, here
    )
    if done is not None:
        forms.forget(key)
        if then is not None:
            then(done)
        ask_for(None)


def edit_form(
    record_id: str,
    fields: Sequence[Field],
    title: str = "Edit",
    *,
    name: str = "edit",
    note: str = KEEPS,
    here: str | None = None,
    why_in: str | None = None,
    aside: tuple[str, Callable[[Stored], None]] | None = None,
) -> None:
    """A form that edits a record from the revision that was there when it was opened.

    `name` tells it from other forms that edit the same record, `why_in` says which of the fields
    holds the reason; `aside` is a third button, and what is done with the record as it was read.
    """
    key, here = f"{name}-{record_id}", here or record_id
    if f"{key}-read" not in st.session_state:
        st.session_state[f"{key}-read"] = get_record(casebook().graph, actor(), record_id)
    read: Stored = st.session_state[f"{key}-read"]
    if f"{key}-mine" in st.session_state:
        _choose(key, read, fields, here)
        return
    forms.head(key, title, note)
    with st.form(key, border=False):
        held, by_name = _held(fields, read), {f.name: f for f in fields}
        _widgets(key, fields, held, _not_offered(fields, held))
        why = _typed(key, by_name[why_in]) if why_in else forms.reason(key, WHY)
        with st.container(horizontal=True, gap="small"):
            sent, closed = _two("Save")
            other = aside is not None and st.form_submit_button(aside[0])
    st.space("small")
    if other and aside is not None:
        aside[1](read)
    if closed:
        forms.forget(key)
        ask_for(None)
    if sent:
        _save(key, read, fields, {f.name: _typed(key, f) for f in fields}, why, here)


def retire_form(
    record_id: str, what: str, here: str, *, title: str = "Retire", drops: Sequence[str] = ()
) -> None:
    """Takes a record out of use, with the reason, and its names in `drops` out of the address; the
    page `here` then says so, with the undo."""
    key = f"retire-{record_id}"
    note = "it is kept, what rests on it stops counting, and it can be taken back"
    forms.head(key, f"{title} {what}", note)
    with st.form(key, border=False):
        why = forms.reason(key, "Why")
        sent, closed = buttons(f"{title} it")
    st.space("small")
    if closed:
        forms.forget(key)
        ask_for(None)

    def work() -> Done:
        return recording.retire(casebook_to_change().graph, actor(), record_id, why=why)

    if sent and forms.attempt(work, f"{what} is retired: {why}", here):
        forms.forget(key)
        for name in drops:
            st.query_params.pop(name, None)
        ask_for(None)


def leave(record_id: str, name: str = "edit") -> None:
    """Lets go of an edit that was left: what was read for it is out of date."""
    forms.forget(f"{name}-{record_id}")


def _held(fields: Sequence[Field], read: Stored) -> dict[str, Any]:
    return {f.name: f.plain(read.fields[f.name]) for f in fields}


def _rows(fields: Sequence[Field]) -> list[list[Field]]:
    rows: list[list[Field]] = []
    for item in fields:
        if item.beside and rows:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _not_offered(fields: Sequence[Field], held: Mapping[str, Any]) -> dict[str, str]:
    """How what is held is called where it is no longer among the options, by its id."""
    return called(
        casebook().graph,
        actor(),
        [
            item
            for f in fields
            if f.kind in ("one", "many")
            for item in (held[f.name] if f.kind == "many" else [held[f.name]])
            if item not in f.options
        ],
    )


def _widgets(
    key: str,
    fields: Sequence[Field],
    held: Mapping[str, Any],
    names: Mapping[str, str] = NO_NAMES,
) -> None:
    for row in _rows(fields):
        columns = st.columns(len(row)) if len(row) > 1 else [st.container()]
        for item, column in zip(row, columns, strict=True):
            with column:
                _widget(f"{key}-{item.name}", item, held[item.name], names)


def _widget(at: str, item: Field, value: Any, names: Mapping[str, str]) -> None:
    # No max_chars: what is over a bound is refused with the bound named, not cut off.
    if item.kind == "text":
        st.text_area(item.title, value, key=at, height=80)
    elif item.kind == "line":
        st.text_input(item.title, value, key=at)
    elif item.kind == "one":
        # A choice that may be left open can be left open again: Streamlit cannot clear what began
        # with a value.
        open_ = [None] if value is not None and not item.needed else []
        choices = list(dict.fromkeys([*open_, *([] if value is None else [value]), *item.options]))
        st.selectbox(
            item.title,
            choices,
            index=choices.index(value) if value is not None else None,
            format_func=lambda one: item.shown(one, names),
            placeholder="choose" if item.needed else "not stated",
            key=at,
        )
    else:
        choices = list(dict.fromkeys([*value, *item.options]))
        st.multiselect(
            item.title,
            choices,
            value,
            format_func=lambda one: item.shown([one], names),
            select_all=False,
            placeholder="none",
            key=at,
        )


def _typed(key: str, item: Field) -> Any:
    return st.session_state[f"{key}-{item.name}"]


def buttons(title: str) -> tuple[bool, bool]:
    """The two buttons that end a form: whether it was sent, and whether it was closed."""
    with st.container(horizontal=True, gap="small"):
        return _two(title)


def _two(title: str) -> tuple[bool, bool]:
    sent = st.form_submit_button(title, type="primary")
    return sent, st.form_submit_button("Close without saving")


def _save(
    key: str,
    read: Stored,
    fields: Sequence[Field],
    typed: Mapping[str, Any],
    why: str,
    here: str,
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
        said = f"{error.changed_by} changed it {in_words(error.changed_at)}"
        st.session_state[f"{key}-mine"] = {**typed, "": (why, said)}
        st.rerun()
    except CmoError as error:
        show_refusal(error)
        return
    forms.forget(key)
    st.session_state["_done"] = {"said": "Saved.", "change": done.change, "here": here}
    ask_for(None)


def _choose(key: str, read: Stored, fields: Sequence[Field], here: str) -> None:
    """Both versions, and for each field in which they differ a choice."""
    mine: dict[str, Any] = st.session_state[f"{key}-mine"]
    why, said = mine[""]
    now = get_record(casebook().graph, actor(), read.id)
    chosen = _held(fields, now)
    clashing = [
        f
        for f in fields
        if mine[f.name] != f.plain(read.fields[f.name]) and mine[f.name] != chosen[f.name]
    ]
    note = f"{said}, after you began; nothing was overwritten"
    forms.head(f"{key}-two", "Two versions", note)
    with st.form(f"{key}-choice", border=False):
        if not clashing:
            st.text("What you wanted is stored already.")
        names = called(
            casebook().graph, actor(), [(mine[f.name], chosen[f.name]) for f in clashing]
        )
        for item in clashing:
            _clash(key, item, mine[item.name], chosen[item.name], names)
            if st.session_state.get(f"{key}-take-{item.name}", "yours") == "yours":
                chosen[item.name] = mine[item.name]
        sent, closed = buttons("Save what is chosen")
    st.space("small")
    if closed or (sent and not clashing):
        forms.forget(key)
        ask_for(None)
    if sent:
        _save(key, now, fields, chosen, why, here)


def _clash(key: str, item: Field, mine: Any, now: Any, names: Mapping[str, str]) -> None:
    sides = (("Yours", item.shown(mine, names)), ("Stored now", item.shown(now, names)))
    shown = [h("div", h("p", who, cls="kicker"), h("p", said)) for who, said in sides]
    draw(h("div", h("h3", item.title), *shown, cls="clash"), key=f"{key}-clash-{item.name}")
    st.radio(
        f"Which to keep: {item.title}",
        ("yours", "stored now"),
        horizontal=True,
        label_visibility="collapsed",
        key=f"{key}-take-{item.name}",
    )
