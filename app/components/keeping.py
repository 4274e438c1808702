"""What the browser does for the frame: it remembers who was picked and when they last looked (never
in an address that is shared), tells which key for the whole app is pressed, and keeps its
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

// The field of the page on which one searches, once it is there.
const field = () => document.querySelector(".st-key-words input[type=search]");

function intoField(until) {
  if (field()) field().focus();
  else if (Date.now() < until) requestAnimationFrame(() => intoField(until));
}

export default function ({ data, setTriggerValue }) {
  mendHistory();
  for (const [name, value] of Object.entries(data.keep)) {
    const held = name + "=" + encodeURIComponent(value);
    document.cookie = held + "; path=/; SameSite=Strict; Max-Age=31536000";
  }
  const pressed = (event) => {
    const key = event.key.toLowerCase();
    if (!["?", "s"].includes(key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.composedPath()[0];
    if (at.closest && at.closest("input, textarea, select, [contenteditable=true]")) return;
    if (key === "s") {
      if (document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      intoField(Date.now() + 3000);
      if (field()) return;
    }
    setTriggerValue("asked", key);
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
"""


@st.cache_resource(show_spinner=False)
def _keeper() -> Any:
    return st.components.v2.component("keeper", html="<span></span>", js=SCRIPT)


def keep(values: dict[str, str]) -> str | None:
    """Lets the browser remember these values by their names; returns which key was pressed that
    works on every page: `?` (the list of keys) or `s` (search)."""
    held = _keeper()(key="keeper", data={"keep": values}, on_asked_change=lambda: None)
    asked: str | None = held.asked
    return asked
