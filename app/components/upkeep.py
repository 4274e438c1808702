"""Checking a casebook and writing its backup, with progress, where the person asks for it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from cmo.domain.clock import now
from cmo.errors import CmoError
from cmo.services.backup import backup
from cmo.services.checking import Fault, check
from components.backups import Kept
from components.drawing import draw, follow, h
from components.faults import show_refusal
from components.marks import glyph
from components.session import actor, casebook
from components.words import counted

Progress = Callable[[str], None]
LONGEST_STEP = 120.0
"""Seconds that a step of long work, which cannot be stopped in the middle, may take to end."""
MOST_FAULTS = 100
"""How many faults are listed."""


def check_on_demand() -> None:
    """The button that checks every record, and what the last check of this visit found."""
    if st.button("Check every record", key="check"):
        st.session_state.pop("faults", None)
        with st.status("Checking …", expanded=True) as status, stoppable("check"):
            found = check(casebook().graph, actor(), progress=status.write)
            said = counted(len(found), "fault") if found else "Everything is as it should be"
            status.update(label=f"{said}.", state="error" if found else "complete", expanded=False)
        st.session_state["faults"] = found
    said = "The check was stopped: not every record was looked at."
    say_if_stopped("check", said, done="faults" in st.session_state)
    faults: list[Fault] | None = st.session_state.get("faults")
    if faults is None:
        return
    well = h("li", glyph("supports"), h("span", "Every rule of the graph model holds."))
    lines = [_fault(fault) for fault in faults[:MOST_FAULTS]] or [well]
    left = len(faults) - MOST_FAULTS
    more = h("p", f"and {left} more", cls="mute") if left > 0 else None
    follow(draw(h("div", h("ul", *lines, cls="list"), more), key="faults"))


def _fault(fault: Fault) -> list[object]:
    wrong = h("b", " ".join(filter(None, (fault.code, fault.wrong))))
    return h(
        "li",
        glyph("refutes"),
        h("span", wrong, h("span", f"Rule {fault.invariant}. {fault.next_step}", cls="hint")),
        data_go=f"history?record={fault.record}" if fault.record else None,
        tabindex=0 if fault.record else None,
        role="link" if fault.record else None,
    )


def backup_on_demand() -> None:
    """The button that writes a backup, and then the one that saves it where one likes."""
    if st.button("Write a backup", key="write"):
        st.session_state.pop("backup", None)
        with st.status("Writing …", expanded=True) as status, stoppable("write"):
            try:
                kept, said = _written(status.write)
            except CmoError as error:
                status.update(label="No backup was written.", state="error", expanded=True)
                show_refusal(error)
            else:
                st.session_state["backup"] = kept
                status.update(label=said, state="complete", expanded=False)
    said = "It was stopped: no backup was written."
    say_if_stopped("write", said, done="backup" in st.session_state)
    if held := st.session_state.get("backup"):
        st.link_button(f"Save {held.name} ({held.size / 2**20:.1f} MiB)", held.address)


def _written(progress: Progress) -> tuple[Kept, str]:
    name = f"casebook-{now():%Y-%m-%d}.jsonl.gz"
    with tempfile.TemporaryDirectory() as folder:
        saved = backup(casebook().graph, actor(), Path(folder) / name, progress=progress)
        said = f"Written: {saved.records:,} records and {saved.changes:,} changes."
        return Kept(saved.path, name), said


@contextmanager
def stoppable(work: str, told: Callable[[], None] | None = None) -> Iterator[None]:
    """Long work with a button that stops it: a click begins a new run of the page, and this one
    ends at its next word of progress; `say_if_stopped` then says so, after `told` has.

    The new run begins at once, beside this one. It waits until this one has ended: what is being
    stored is stored whole or not at all, and only then is it known which.
    """
    ended = threading.Event()
    st.button("Cancel", key="cancel", type="tertiary", on_click=_stop, args=(work, ended, told))
    try:
        yield
    finally:
        ended.set()


def _stop(work: str, ended: threading.Event, told: Callable[[], None] | None) -> None:
    ended.wait(LONGEST_STEP)
    st.session_state["_stopped"] = work
    if told is not None:
        told()


def say_if_stopped(work: str, said: str, *, done: bool = False) -> None:
    """Says once what was not done, where this work was stopped; nothing where it was `done` before
    it could be."""
    if st.session_state.get("_stopped") == work:
        del st.session_state["_stopped"]
        if not done:
            draw(h("p", said, cls="done", role="status"), key=f"stopped-{work}")
