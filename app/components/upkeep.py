"""Checking a casebook and writing its backup, with progress, where the person asks for it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from cmo.domain.clock import now
from cmo.errors import CmoError
from cmo.services.backup import backup
from cmo.services.checking import Fault, check
from components.drawing import draw, follow, h
from components.faults import show_refusal
from components.marks import glyph
from components.session import actor, casebook
from components.words import counted

MOST_FAULTS = 100
"""How many faults are listed."""


def check_on_demand() -> None:
    """The button that checks every record, and what the last check of this visit found."""
    if st.button("Check every record", key="check"):
        with st.status("Checking …", expanded=True) as status:
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
        name = f"casebook-{now():%Y-%m-%d}.jsonl.gz"
        try:
            with (
                tempfile.TemporaryDirectory() as folder,
                st.status("Writing …", expanded=True) as status,
            ):
                saved = backup(
                    casebook().graph, actor(), Path(folder) / name, progress=status.write
                )
                st.session_state["backup"] = (name, saved.path.read_bytes())
                said = f"Written: {saved.records:,} records and {saved.changes:,} changes."
                status.update(label=said, state="complete", expanded=False)
        except CmoError as error:
            show_refusal(error)
    if held := st.session_state.get("backup"):
        name, data = held
        label = f"Save {name} ({len(data) / 2**20:.1f} MiB)"
        st.download_button(label, data, name, "application/gzip", key="save", on_click="ignore")
