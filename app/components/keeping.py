"""What the browser does for the frame: it remembers who was picked and when they last looked (never
in an address that is shared), tells when the key for the list of keys is pressed, and keeps its
history to pages where somebody was."""

from __future__ import annotations

from typing import Any

import streamlit as st

SCRIPT = """
// Going from a record to a record, Streamlit writes two steps into the history: the page that is
// left with the address of the record that comes, then the page that comes. Nobody was ever at the
// first: the second takes its place, unless something was pressed between them.
function mendHistory() {
  if (history.pushState.mended) return;
  const push = history.pushState.bind(history);
  let halfway = false;
  const step = (state, title, to) => {
    const next = new URL(to, location.href);
    const samePage = next.pathname === location.pathname;
    const second = halfway && !samePage && next.search === location.search;
    if (second) history.replaceState(state, title, to);
    else push(state, title, to);
    halfway = samePage;
  };
  step.mended = true;
  history.pushState = step;
  const pressed = () => { halfway = false; };
  for (const name of ["pointerdown", "keydown", "popstate"]) addEventListener(name, pressed, true);
}

export default function ({ data, setTriggerValue }) {
  mendHistory();
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
