"""The parts of the list of sources: filters, rows, and the form that records one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cmo.domain.evidence import Source
from cmo.domain.vocabulary import Coverage, SourceKind, Wave
from cmo.errors import CmoError
from cmo.graph.graph import Row
from cmo.services import recording
from components.drawing import Node, h
from components.faults import show_refusal
from components.filters import begin_anew, turn
from components.marks import glyph
from components.session import actor, casebook_to_change

PAGE = 50
"""How many sources a page has."""
HEADS = (
    "",
    "Source",
    "Kind",
    "Coverage",
    "Collected in",
    "Wave",
    "Speakers",
    "Against",
    "For",
    "Codings",
)
FIELDS = ("title", "text", "when", "citation")


COLUMNS = (
    "code", "title", "kind", "coverage", "place", "wave", "when_text", "citation", "supporting",
    "refuting", "codings",
)  # fmt: skip
"""Of the list as a spreadsheet."""


def table(rows: Sequence[Row]) -> Node:
    """The rows; each opens its source."""
    return h(
        "table",
        h("thead", h("tr", *(h("th", head, scope="col") for head in HEADS))),
        h("tbody", *(_row(row) for row in rows)),
        cls="sources",
    )


def _row(row: Row) -> Node:
    here = row["id"]
    held = None if row["text_held"] else "text not held: passages by section"
    notes = ", ".join(filter(None, (row["when_text"], held)))
    return h(
        "tr",
        h("td", row["code"], cls="mute"),
        h("th", h("b", row["title"]), h("small", notes) if notes else None, scope="row"),
        h("td", row["kind"]),
        h("td", "asked" if row["coverage"] == "asked" else "mentions"),
        h("td", row["place"]),
        h("td", row["wave"] or "–"),
        h("td", *_speakers(row)),
        h("td", *_count("refutes", row["refuting"], f"evidence?source={here}&stance=refutes")),
        h("td", *_count("supports", row["supporting"], f"evidence?source={here}&stance=supports")),
        h("td", *_count(None, row["codings"], f"evidence?source={here}")),
        data_go=f"source?id={here}",
        tabindex=0,
    )


def _speakers(row: Row) -> list[Node]:
    named = [
        ", ".join(filter(None, (s["pseudonym"], s["role_group"]))) for s in row["speakers"] if s
    ]
    named += ["withdrawn"] * sum(s is None for s in row["speakers"])
    return [h("span", name, cls="line") for name in named] or [h("span", "–", cls="mute")]


def _count(kind: str | None, n: int, go: str) -> list[Node]:
    if not n:
        return [h("span", "–", cls="mute", title="none")]
    return [
        h(
            "span",
            glyph(kind, 11) if kind else None,
            h("b", n),
            cls="opens",
            data_go=go,
            tabindex=0,
            role="link",
        )
    ]


def turn_pages(rows: Sequence[Row]) -> None:
    """Buttons to the first and the next page, where there are any."""
    with st.container(horizontal=True, gap="medium", key="beneath"):
        if st.query_params.get("after"):
            st.button("First page", key="first", type="tertiary", on_click=begin_anew)
        if len(rows) > PAGE:
            st.button("Next page", key="next", on_click=turn, args=(rows[PAGE - 1]["code"],))


def record_one(places: Mapping[str, str]) -> None:
    """A form that records a source; on a refusal it keeps what was typed."""
    with st.popover("Record a source", width=170), st.container(key="new_source"):
        st.text_input("Title", key="source_title")
        st.text_area(
            "Text",
            key="source_text",
            height=160,
            placeholder="Interviewer: ...\nMs A: ...\n\nLeave it empty where the text is not held.",
            help="A line that begins with a name and a colon begins a speaker's turn.",
        )
        st.selectbox(
            "Collected in", list(places), format_func=places.__getitem__, key="source_place"
        )
        st.segmented_control(
            "Kind",
            [k.value for k in SourceKind],
            key="source_kind",
            default="interview",
            required=True,
        )
        st.segmented_control(
            "Coverage",
            [c.value for c in Coverage],
            key="source_coverage",
            default="mentioned",
            required=True,
            help="Asked: each factor was gone through. Mentioned: it tells what seemed important.",
        )
        st.segmented_control("Wave", [w.value for w in Wave], key="source_wave")
        st.text_input("When, as it says", key="source_when")
        st.text_input("Citation", key="source_citation")
        st.button("Record it", key="source_record", type="primary", on_click=_record)
        refusal = st.session_state.get("_source_refusal")
        if refusal:
            show_refusal(refusal)
    made = st.session_state.pop("_source_made", None)
    if made:
        st.switch_page("views/source.py", query_params={"id": made})


def _record() -> None:
    state = st.session_state
    wave = state.get("source_wave")
    state.pop("_source_refusal", None)
    try:
        done = recording.record(
            casebook_to_change().graph,
            actor(),
            Source(
                title=state["source_title"],
                collected_in=state["source_place"],
                kind=SourceKind(state["source_kind"]),
                coverage=Coverage(state["source_coverage"]),
                wave=Wave(wave) if wave else None,
                when_text=state["source_when"] or None,
                citation=state["source_citation"] or None,
                text=state["source_text"] or None,
            ),
        )
    except CmoError as error:
        state["_source_refusal"] = error
        return
    for name in FIELDS:
        state[f"source_{name}"] = ""
    state["_source_made"] = done.id
