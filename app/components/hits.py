"""What a search found, as it is drawn: each hit with its places, the words marked in what stands
about them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cmo.analysis.sought import Place
from cmo.services.searching import BATCH, Found, Hit
from components.deeds import HAVE_PAGES, kind_words
from components.drawing import Node, h
from components.filters import clear
from components.marks import glyph
from components.page import section

PAGE = 20
"""How many hits a page has."""
FEW = 5
"""How many of each are shown where all are looked through."""
PLACES = {"texts": "texts", "memos": "memos", "labels": "labels"}
TITLES = {
    "texts": ("In texts", "what was said, and paraphrases where a text is not held"),
    "memos": ("In memos", "notes on codings"),
    "labels": ("In labels", "what records are called"),
}


def words_typed() -> str:
    """The field for what is looked for; it stands in the address, as filters do."""
    st.session_state["words"] = st.query_params.get("words", "")
    typed = st.text_input(
        "Words",
        type="search",
        key="words",
        placeholder='own budget, or "own budget"',
        on_change=_note_words,
        width=230,
    )
    return typed or ""


def _note_words() -> None:
    clear("words")
    if typed := st.session_state["words"]:
        st.query_params["words"] = typed


def progress(told: DeltaGenerator, done: int, of: int) -> None:
    """How many texts that came in lately can be found by now, where there are many."""
    if of > 2 * BATCH:
        told.progress(done / of, f"New texts are made findable: {done} of {of}.")


def hits(found: Sequence[Found], notes: Sequence[str], *, whole: bool) -> Node:
    """The hits by where they were found; `whole` where one of these was chosen."""
    parts: list[Node] = [h("p", " ".join(notes), cls="mute")] if notes else []
    for part in found:
        if part.hits:
            parts.append(section(*TITLES[part.among]))
            parts.append(h("div", *(_hit(hit) for hit in part.hits), cls="hits"))
        if part.after and not whole:
            said = f"more in {part.among}"
            go = f"more?in={part.among}"
            parts.append(h("p", h("span", said, cls="crumb", data_go=go, tabindex=0)))
    return h("div", *parts, cls="found-all")


def more(go: str | None) -> str | None:
    """Where a click leads: 'more in memos' stays on the page with its words and filters."""
    if go and go.startswith("more?"):
        kept = {k: v for k, v in st.query_params.items() if k not in ("after", "programme")}
        return f"search?{urlencode(kept | {'in': go.removeprefix('more?in=')})}"
    return go


def _hit(hit: Hit) -> Node:
    kind = "" if hit.kind in ("Source", "Coding", "Excerpt") else kind_words(hit.kind)
    fiction = "synthetic" if hit.synthetic else None
    about = ", ".join(filter(None, (kind, hit.place, hit.wave, hit.said, fiction)))
    head = h(
        "p",
        glyph(hit.stance, 11) if hit.stance else None,
        h("b", " ".join(filter(None, (hit.code, hit.name)))),
        h("small", about) if about else None,
        cls="head",
    )
    places = [_place(hit, at, place) for at, place in enumerate(hit.places)]
    left = hit.in_all - len(hit.places)
    rest = h("p", f"and {left} more in this text", cls="mute") if left > 0 else None
    return h("div", head, *places, rest, cls="one-hit")


def _place(hit: Hit, at: int, place: Place) -> Node:
    speaker = hit.speakers[at] if at < len(hit.speakers) else None
    words = [h("b", p.text, cls="is") if p.found else p.text for p in place.parts]
    return h(
        "p",
        h("small", f"{speaker}: ") if speaker else None,
        *words,
        cls="serif where",
        data_go=_opens(hit, place),
        tabindex=0,
    )


def _opens(hit: Hit, place: Place) -> str:
    if hit.kind == "Source" and hit.among == "texts":
        return f"source?id={hit.source_id}&start={place.start}&end={place.end}"
    if hit.source_id:
        at = f"&coding={hit.coding_id}" if hit.coding_id else ""
        return f"source?id={hit.source_id}{at}"
    if hit.kind == "Stakeholder":
        return f"stakeholders?party={hit.id}"
    if hit.kind == "Theme":
        return f"evidence?target={hit.id}"
    return HAVE_PAGES.get(hit.kind, "history?record={}").format(hit.id)
