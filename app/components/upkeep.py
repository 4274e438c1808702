"""Checking a casebook and writing its backup, with progress, where the person asks for it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
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
MOST_FAULTS = 100
"""How many faults are listed."""


def check_on_demand() -> None:
    """The button that checks every record, and what the last check of this visit found."""
    if st.button("Check every record", key="check"):
        with st.status("Checking …", expanded=True) as status:
            _cancel_button()
            found = check(casebook().graph, actor(), progress=status.write)
            said = counted(len(found), "fault") if found else "Everything is as it should be"
            status.update(label=f"{said}.", state="error" if found else "complete", expanded=False)
        st.session_state["faults"] = found
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
        with st.status("Writing …", expanded=True) as status:
            _cancel_button()
            try:
                kept, said = _written(status.write)
            except CmoError as error:
                status.update(label="No backup was written.", state="error", expanded=True)
                show_refusal(error)
            else:
                st.session_state["backup"] = kept
                status.update(label=said, state="complete", expanded=False)
    if held := st.session_state.get("backup"):
        st.link_button(f"Save {held.name} ({held.size / 2**20:.1f} MiB)", held.address)


def _written(progress: Progress) -> tuple[Kept, str]:
    name = f"casebook-{now():%Y-%m-%d}.jsonl.gz"
    with tempfile.TemporaryDirectory() as folder:
        saved = backup(casebook().graph, actor(), Path(folder) / name, progress=progress)
        said = f"Written: {saved.records:,} records and {saved.changes:,} changes."
        return Kept(saved.path, name), said


def _cancel_button() -> None:
    """A click begins a new run of the page, which ends this one at its next word of progress."""
    st.button("Cancel", key="cancel", type="tertiary")
