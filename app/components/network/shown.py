"""The map on the page: what Python sends to the component, and what comes back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import streamlit as st

from components.drawing import Node, joined

HERE = Path(__file__).parent


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "network",
        html='<div class="leaf net"></div>',
        isolate_styles=True,
        css=joined("leaf.css", "leaf-patterns.css", "network/network.css"),
        js=joined("make.js", "save.js", "network/network.js"),
    )


def show_map(
    tree: Node, key: str, *, only: dict[str, str | None] | None = None, picked: str | None = None
) -> str | None:
    """Draws the map; returns what was opened in this run ('party=...' or 'relation=...').

    `only` says which relations are shown, by kind, state and wave (None: any); the positions stay.
    `picked` is the id of the party or relation that is read beside it.
    """
    rev = hashlib.blake2s(json.dumps(tree).encode()).hexdigest()
    data = {"tree": tree, "rev": rev, "only": only or {}, "picked": picked}
    clicked: str | None = _component()(key=key, data=data, on_go_change=lambda: None).go
    return clicked
