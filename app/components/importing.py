"""Files become sources: dropped, shown as a plan, who speaks is said once, then all of it is stored
or nothing."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from cmo.domain.vocabulary import Coverage, SourceKind, Wave
from cmo.errors import CmoError
from cmo.services.acts import Done
from cmo.services.import_words import notes, speakers, standing, warnings
from cmo.services.importing import (
    ENDINGS,
    File,
    Imported,
    Look,
    Standing,
    Wanted,
    import_sources,
    look,
    read_table,
    unnamed,
)
from components import forms
from components.configuring import ask_for
from components.drawing import Node, draw, h
from components.faults import show_refusal
from components.page import section
from components.session import actor, casebook, casebook_to_change
from components.upkeep import LONGEST_STEP, say_if_stopped, stoppable
from components.words import counted

KEY = "import"
MOST_OPENED = 12
"""How many of the sources that were made can be opened from what is said of it."""
MOST_SHOWN = 200
"""How many files the plan lists."""
MOST_ASKED = 30
"""How many speakers are asked for at a time."""
GO = f"{KEY}-go"
"""Kept while a plan is made anew for names that were given with the click that imports."""
SAID = f"{KEY}-said"
"""Who was said to speak, for as long as the form is open: also of files that are not there now."""
_MARKUP = re.compile(
    r"[\\`*~$:\[\]<>!&|]|(?<!\w)_|_(?!\w)|^[#+-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]"
)
"""What begins markup in the title of a field."""
STORING = f"{KEY}-storing"
"""Under this the import that is being stored is kept, until what became of it is said."""


@dataclass
class _Storing:
    """An import that is being stored. A click ends the run of the page that stores it, maybe when
    it is stored already; the next run waits for `ended` and tells what `stored` holds."""

    files: int
    ended: threading.Event = field(default_factory=threading.Event)
    stored: Imported | None = None


def import_form(programme: Mapping[str, Any], places: Mapping[str, str]) -> None:
    """The form that takes files, shows what would become of them, and imports them on a click."""
    _settle(programme["id"])
    turn = st.session_state.setdefault(f"{KEY}-turn", 0)
    opened = st.session_state.setdefault(f"{KEY}-opened", uuid.uuid4().hex)
    said = "a plan first; nothing is stored before you say so"
    draw(section("Import files", said, opened), key="dropping")
    files = st.file_uploader(
        "Transcripts, notes and reports",
        type=list(ENDINGS),
        accept_multiple_files=True,
        key=f"{KEY}-files-{turn}",
    )
    wanted = _wanted(programme, places)
    names = st.file_uploader(
        "Names to replace: a CSV table with the columns name and pseudonym, which is not kept",
        type=["csv"],
        key=f"{KEY}-table-{turn}",
    )
    body, deeds = st.container(), st.container(horizontal=True, gap="small")
    with body:
        if files:
            try:
                table = read_table(names.getvalue(), names.name) if names else None
            except CmoError as error:
                show_refusal(error)
            else:
                given = [File(file.name, None, file.getvalue()) for file in files]
                about = (*((file.name, file.data) for file in given), names and names.getvalue())
                _plan(
                    given,
                    replace(wanted, table=table),
                    (hash(about), repr(wanted)),
                    programme["id"],
                    deeds,
                )
    if st.session_state.get(SAID) and deeds.button("Say anew who speaks", key=f"{KEY}-anew"):
        st.session_state[f"{KEY}-earlier"] = st.session_state.pop(SAID)
        st.rerun()
    if deeds.button("Close without importing", key=f"{KEY}-close"):
        _forget()
        ask_for(None)


def _wanted(programme: Mapping[str, Any], places: Mapping[str, str]) -> Wanted:
    """What is said of all the files."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters_of"):
        place = st.selectbox(
            "Collected in",
            list(places),
            format_func=places.__getitem__,
            key=f"{KEY}-place",
            width=230,
        )
        kinds, waves = [k.value for k in SourceKind], [w.value for w in Wave]
        kind = st.selectbox(
            "Kind", kinds, None, placeholder="as each shows", key=f"{KEY}-kind", width=150
        )
        coverages = [c.value for c in Coverage]
        coverage = st.selectbox(
            "Coverage",
            coverages,
            coverages.index(Coverage.MENTIONED),
            key=f"{KEY}-coverage",
            width=150,
            help="Asked: each factor was gone through. Mentioned: it tells what seemed important.",
        )
        wave = st.selectbox(
            "Wave", waves, None, placeholder="not stated", key=f"{KEY}-wave", width=140
        )
        encoding = st.text_input(
            "Encoding", placeholder="found for each", key=f"{KEY}-encoding", width=150
        )
    return Wanted(
        place,
        SourceKind(kind) if kind else None,
        Coverage(coverage),
        Wave(wave) if wave else None,
        None,
        bool(programme["synthetic"]),
        dict(st.session_state.get(SAID, {})),
        encoding or None,
    )


def _plan(files: list[File], wanted: Wanted, about: tuple[int, str], here: str, deeds: Any) -> None:
    """The plan, made anew when what it is `about` is another; what can be done with it goes into
    the row of `deeds`."""
    state = st.session_state
    stopped = state.get(f"{KEY}-stopped") == about
    if stopped and st.button("Show the plan", key=f"{KEY}-again"):
        stopped = False
    held: tuple[tuple[int, str], Look] | None = state.get(f"{KEY}-look")
    if not stopped and (held is None or held[0] != about):
        _look(files, wanted, about)
    say_if_stopped(f"{KEY}-look", "Reading was stopped. Nothing was imported.")
    if held is None or held[0] != about:
        return
    seen = held[1]
    draw(_table(seen), key=f"{KEY}-plan")
    many = len(seen.to_import)
    title = f"Import {counted(many, 'file')}" if many else None
    if unnamed(seen):
        pressed = _ask_who_speaks(seen, title)
    else:
        pressed = bool(title and deeds.button(title, type="primary", key=f"{KEY}-all"))
    if state.pop(GO, False) or pressed:
        _store(seen, here)
    said = "Importing was stopped before anything was stored; the plan is still here."
    say_if_stopped(f"{KEY}-store", said)


def _look(files: list[File], wanted: Wanted, about: tuple[int, str]) -> None:
    def remember() -> None:
        st.session_state[f"{KEY}-stopped"] = about
        st.session_state.pop(GO, None)

    with st.status("Reading …", expanded=True) as status, stoppable(f"{KEY}-look", remember):
        try:
            seen = look(casebook().graph, actor(), files, wanted, status.write, unheard=True)
        except CmoError as error:
            st.session_state.pop(GO, None)
            status.update(label="Nothing was imported.", state="error", expanded=False)
            show_refusal(error)
            return
        status.update(label=f"{counted(len(files), 'file')} read.", state="complete")
    st.session_state[f"{KEY}-look"] = (about, seen)
    st.rerun()


def _table(seen: Look) -> Node:
    """The plan: what stands in the way first, then what is new or changed, then what is held."""
    order = (Standing.REFUSED, Standing.CHANGED, Standing.NEW, Standing.SAME)
    files = sorted(seen.files, key=lambda one: order.index(one.standing))
    heads = (
        ("File", ""),
        ("Plan", ""),
        ("Characters", "num"),
        ("Who speaks", ""),
        ("To know", ""),
    )
    rows = [
        h(
            "tr",
            h("th", one.file, scope="row"),
            h("td", standing(one), cls="against" if one.refusal else ""),
            h("td", f"{len(one.text):,}" if one.document else "–", cls="num"),
            h("td", "; ".join(speakers(one)) or "–"),
            h("td", "; ".join(notes(one, seen)) or "–"),
        )
        for one in files[:MOST_SHOWN]
    ]
    left = len(files) - MOST_SHOWN
    said = ", ".join(f"{seen.count(one)} {one}" for one in reversed(order) if seen.count(one))
    return h(
        "div",
        h("p", said, cls="mute"),
        h(
            "table",
            h("thead", h("tr", *(h("th", head, cls=cls, scope="col") for head, cls in heads))),
            h("tbody", *rows),
            cls="plan",
        ),
        h("p", f"and {left:,} more", cls="mute") if left > 0 else None,
        *(h("p", warning, cls="hint") for warning in warnings(seen)),
    )


def _ask_who_speaks(seen: Look, title: str | None) -> bool:
    """A field for each label of whom nobody has said who it is; what is said is remembered for the
    place once it is imported. The button of that title imports with what was typed; whether it may
    do so at once."""
    state, labels = st.session_state, unnamed(seen)
    passed: frozenset[tuple[str | None, str]] = state.get(f"{KEY}-passed", frozenset())
    passed = frozenset() if passed.issuperset(labels) else passed
    asked = sorted(labels, key=passed.__contains__)[:MOST_ASKED]
    earlier = state.get(f"{KEY}-earlier", {})
    note = "a pseudonym, never a real name; left empty it is nobody"
    if (more := len(labels) - len(asked)) > 0:
        note += f"; “Say so in the plan” then asks for the other {more:,}"
    draw(section("Who speaks", note), key=f"{KEY}-who")
    with st.form(f"{KEY}-speakers", border=False):
        said = {}
        for begin in range(0, len(asked), 3):
            for column, who in zip(st.columns(3), asked[begin : begin + 3], strict=False):
                with column:
                    said[who] = st.text_input(_field(*who), earlier.get(who, ""), key=_key(*who))
        with st.container(horizontal=True, gap="small"):
            shown = st.form_submit_button("Say so in the plan")
            wanted = title and st.form_submit_button(title, type="primary", key=f"{KEY}-all")
    typed = {who: name.strip() for who, name in said.items() if name.strip()}
    if shown and more:
        state[f"{KEY}-passed"] = passed.union(asked).difference(typed)
    if typed and (shown or wanted):
        state.setdefault(SAID, {}).update(typed)
        if wanted:
            state[GO] = True
    if (typed and wanted) or (shown and (typed or more)):
        st.rerun()
    return bool(wanted)


def _field(file: str | None, label: str) -> str:
    """What stands above the field for a label: the words as they are, though titles of fields may
    hold markup, and pictures that are fetched."""
    said = f"{label} in {file}" if file else label
    return _MARKUP.sub(r"\\\g<0>", " ".join(said.split()))


def _key(file: str | None, label: str) -> str:
    """The key of the field for a label. One that is asked for in each file holds no hyphen, so two
    fields never share a key, whatever files and people are called."""
    return f"{KEY}-who-None-{label}" if file is None else f"{KEY}-whose-{label}-{file}"


def _store(seen: Look, here: str) -> None:
    storing = st.session_state[STORING] = _Storing(len(seen.to_import))

    def work() -> Done:
        try:
            with st.status("Storing …", expanded=True) as status, stoppable(f"{KEY}-store"):
                try:
                    graph = casebook_to_change().graph
                    storing.stored = import_sources(graph, actor(), seen, status.write)
                except CmoError:
                    status.update(state="error", expanded=False)  # there is nothing to cancel
                    raise
        finally:
            storing.ended.set()
        assert storing.stored is not None
        assert storing.stored.done
        return storing.stored.done

    if forms.attempt(work, f"Imported {counted(storing.files, 'file')}.", here):
        _opens(storing)
        _forget()
        ask_for(None)
    del st.session_state[STORING]


def _settle(here: str) -> None:
    """Tells what became of an import whose run was ended by another click: it is stored, or
    nothing of it is."""
    state = st.session_state
    storing: _Storing | None = state.get(STORING)
    if storing is None:
        return
    storing.ended.wait(LONGEST_STEP)
    if storing.stored is not None and storing.stored.done:
        said = f"Imported {counted(storing.files, 'file')}, before it could be stopped."
        state["_done"] = {"said": said, "change": storing.stored.done.change, "here": here}
        state.pop("_stopped", None)
        _opens(storing)
        _forget()
        ask_for(None)
    state.pop(STORING, None)


def _opens(storing: _Storing) -> None:
    """Lets what is said of the import open its first sources."""
    assert storing.stored is not None
    made = storing.stored.sources[:MOST_OPENED]
    st.session_state["_done"]["opens"] = [
        (f"{code} {file}", f"source?id={id}") for file, id, code in made
    ]


def _forget() -> None:
    """Lets go of the files, the plan and what was typed."""
    turn = st.session_state[f"{KEY}-turn"]
    forms.forget(KEY)
    st.session_state[f"{KEY}-turn"] = turn + 1
