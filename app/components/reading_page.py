"""The parts of a source's page: its head, its text with the panel, its passages by section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cmo.graph.graph import Row
from cmo.services.coding import Location, Position
from cmo.services.texts import Text
from components import coded_list
from components.coding_panel import Desk, code, done_at, keys, panel, pick
from components.drawing import draw, follow, h
from components.page import crumb, fact, masthead
from components.reading import KEY, reading


def head(row: Row, text: Text, codings: Sequence[dict[str, Any]]) -> None:
    """The masthead: where, when and how it was collected, and how far it is coded."""
    when = ", ".join(
        filter(None, (f"{row['wave']} wave" if row["wave"] else None, row["when_text"]))
    )
    covered = (
        "each factor was asked about"
        if row["coverage"] == "asked"
        else "tells what it finds important"
    )
    kicker = [
        crumb("Sources", "sources"),
        h("span", f" · {row['code']} · "),
        crumb(row["place"], f"project?id={row['place_id']}")
        if row["place_code"]
        else h("span", row["place"]),
        h("span", "".join(f" · {said}" for said in (when, row["kind"], covered) if said)),
    ]
    against = sum(c["stance"] == "refutes" for c in codings)
    facts = [fact(len(codings), "codings", f"evidence?source={row['id']}")]
    done, answers = text.answers(codings)
    if answers:
        facts.append(fact(f"{done} of {answers}", "answers coded"))
    facts.append(fact(against, "against", f"evidence?source={row['id']}&stance=refutes"))
    masthead(kicker, row["title"], row["citation"], *facts)


def read_page(
    desk: Desk, row: Row, text: Text, codings: Sequence[dict[str, Any]], *, may_code: bool
) -> None:
    """The text with its codings and, for those who may code, the panel."""
    left, right = st.columns([0.7, 0.3], gap="medium") if may_code else (st.container(), None)
    done = done_at(desk)
    with left:
        reading(
            row["id"],
            f"Text of {row['title']}. Arrows move, Shift with arrows selects.",
            row["language"],
            text,
            codings,
            at=_at(),
            done=done.get("n"),
            fresh=done.get("coding"),
            on_act=lambda: _on_act(desk),
            on_selection=lambda: _on_selection(desk),
        )
    if right is None:
        return
    with right:
        chosen = selection(desk)
        if chosen:
            words = (text.text or "")[chosen["start"] : chosen["end"]]
            shown = words if len(words) < 240 else f"{words[:140]} … {words[-80:]}"
            said = h("p", f"“{shown}”", cls="said")
        else:
            said = h(
                "p",
                "Select words in the text, with the mouse or with Shift and the arrows.",
                cls="mute",
            )
        draw(h("div", h("h2", "Code the selection"), said, cls="selbox"), "chosen")
        panel(desk, lambda: _code(desk))
        st.toggle(
            "Code each selection at once",
            key="code_at_once",
            help="What you select is coded as the panel says, as soon as you let go.",
        )
        draw(keys(), "keys_of_text")


def selection(desk: Desk) -> dict[str, Any] | None:
    """What is selected and not coded yet: start, end (code points) and its number n."""
    held = st.session_state.get(KEY)
    chosen: dict[str, Any] | None = held["selection"] if held and "selection" in held else None
    if not chosen or chosen["n"] == done_at(desk).get("n"):
        return None
    return chosen


def _at() -> dict[str, Any] | None:
    asked = st.query_params
    if "coding" in asked:
        return {"coding": asked["coding"]}
    start, end = asked.get("start", ""), asked.get("end", "")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end):
        return {"start": int(start), "end": int(end)}
    return None


def _code(desk: Desk, chosen: dict[str, Any] | None = None) -> None:
    chosen = chosen or selection(desk)
    passage = Position(int(chosen["start"]), int(chosen["end"])) if chosen else None
    code(desk, passage, chosen["n"] if chosen else None)


def _on_selection(desk: Desk) -> None:
    if selection(desk):
        done_at(desk).pop("refusal", None)
        if st.session_state.get("code_at_once") and st.session_state.get("code_target"):
            _code(desk)


def _on_act(desk: Desk) -> None:
    """A key in the text: 1 to 4 take a target, X turns the stance round, Enter codes."""
    act = st.session_state[KEY]["act"]
    match act["do"]:
        case "pick":
            pick(desk, int(act["n"]))
        case "against":
            against = st.session_state.get("code_stance") == "refutes"
            st.session_state["code_stance"] = "supports" if against else "refutes"
        case "code":
            chosen = act["selection"]
            _code(desk, chosen if chosen and chosen["n"] != done_at(desk).get("n") else None)


def located_page(
    desk: Desk, codings: Sequence[dict[str, Any]], here: str | None, *, may_code: bool
) -> None:
    """The passages of a source whose text is not held, by section, and the panel."""
    left, right = st.columns([0.7, 0.3], gap="medium") if may_code else (st.container(), None)
    taken_key = f"_taken_{desk.source}"
    with left, st.container(height=690, border=False, key="pane"):
        shown = st.session_state.get("_passages", coded_list.PAGE_OF_PASSAGES)
        go = draw(
            coded_list.by_section(codings, shown, here, may_code=may_code),
            "passages",
            _more_passages,
        )
        if go and go.startswith("take?"):
            st.session_state[taken_key] = go.removeprefix("take?")
        elif go != "more":
            follow(go)
    if right is None:
        return
    taken = next((c for c in codings if c["excerpt_id"] == st.session_state.get(taken_key)), None)
    with right:
        said = (
            h("p", taken["paraphrase"], cls="said")
            if taken
            else h(
                "p",
                "Its text is not held. Say where the passage stands and what it says, or take one "
                "from the list.",
                cls="mute",
            )
        )
        by = h("p", coded_list.where(taken), cls="by mute") if taken else None
        draw(h("div", h("h2", "Code a passage"), said, by, cls="selbox"), "chosen")
        if not taken:
            st.text_input(
                "Section", key="code_section", placeholder="Section", label_visibility="collapsed"
            )
            st.text_input(
                "Place in it",
                key="code_locator",
                placeholder="Place in it, such as Table 2",
                label_visibility="collapsed",
            )
            st.text_area(
                "Paraphrase",
                key="code_paraphrase",
                placeholder="What it says, in your words",
                height=90,
                label_visibility="collapsed",
            )
        panel(desk, lambda: _code_located(desk, taken))
        if taken:
            st.button(
                "Another passage",
                key="code_another",
                type="tertiary",
                on_click=lambda: st.session_state.pop(taken_key, None),
            )


def _more_passages() -> None:
    if st.session_state["passages"]["go"] == "more":
        held = st.session_state.get("_passages", coded_list.PAGE_OF_PASSAGES)
        st.session_state["_passages"] = held + coded_list.PAGE_OF_PASSAGES


def _code_located(desk: Desk, taken: dict[str, Any] | None) -> None:
    state = st.session_state
    if taken:
        passage = Location(taken["section"], taken["locator"], taken["paraphrase"])
    else:
        passage = Location(
            state.get("code_section") or "",
            state.get("code_locator") or "",
            state.get("code_paraphrase") or "",
        )
    code(desk, passage, None)
    if not taken and "refusal" not in done_at(desk):
        for name in ("code_section", "code_locator", "code_paraphrase"):
            state[name] = ""
