"""What the browser does for the frame: it remembers who was picked and when they last looked (never
in an address that is shared), and tells when the key for the list of keys is pressed."""

from __future__ import annotations

from typing import Any

import streamlit as st

SCRIPT = """
export default function ({ data, setTriggerValue }) {
  for (const [name, value] of Object.entries(data.keep)) {
    const held = name + "=" + encodeURIComponent(value);
    document.cookie = held + "; path=/; SameSite=Strict; Max-Age=31536000";
  }
  const pressed = (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.composedPath()[0];
    if (at.closest && at.closest("input, textarea, select, [contenteditable=true]")) return;
    setTriggerValue("asked", "?");
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
"""


@st.cache_resource(show_spinner=False)
def _keeper() -> Any:
    return st.components.v2.component("keeper", html="<span></span>", js=SCRIPT)


def keep(values: dict[str, str]) -> bool:
    """Lets the browser remember these values by their names; returns whether the list of keys was
    asked for."""
    held = _keeper()(key="keeper", data={"keep": values}, on_asked_change=lambda: None)
    return held.asked is not None
