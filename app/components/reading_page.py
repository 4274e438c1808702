"""The parts of a source's page: its head, its text with the panel, its passages by section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from cmo.graph.graph import Row
from cmo.services.coding import Location, Made, Position
from cmo.services.supporting import support_of
from cmo.services.texts import Text
from components import coded_list, coded_one, coding_panel
from components.coding_panel import code, keys, panel
from components.desk import Desk, done_at
from components.drawing import Node, draw, follow, h
from components.faults import show_refusal
from components.marks import level
from components.page import crumb, fact, masthead
from components.reading import KEY, reading
from components.session import actor, casebook


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
    facts = [fact(len(codings), "codings", f"evidence?source={row['id']}", one="coding")]
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
    opened = next((c for c in codings if c["id"] == done.get("open")), None)
    with left:
        reading(
            row["id"],
            f"Text of {row['title']}. Arrows move, Shift with arrows selects.",
            row["language"],
            text,
            codings,
            at=_at(),
            done=done.get("n"),
            opened=opened["id"] if opened else None,
            adjusting=done.get("adjust", 0),
            contested=desk.contested,
            on_act=lambda: _on_act(desk, codings),
            on_selection=lambda: _on_selection(desk),
        )
    if right is None:
        return
    with right:
        chosen = selection(desk)
        if chosen:
            words = (text.text or "")[chosen["start"] : chosen["end"]]
            shown = words if len(words) < 240 else f"{words[:140]} … {words[-80:]}"
            head_, said = "Code the selection", h("p", f"“{shown}”", cls="said")
        elif opened:
            words = opened["quote"] or "The words are kept from your role."
            shown = words if len(words) < 240 else f"{words[:140]} … {words[-80:]}"
            head_, said = "This coding", h("p", f"“{shown}”", cls="said")
        else:
            head_, said = (
                "Code the selection",
                h(
                    "p",
                    "Select words in the text, with the mouse or with Shift and the arrows; or "
                    "open a coding to change it.",
                    cls="mute",
                ),
            )
        draw(h("div", _box_head(desk, head_), said, cls="selbox"), "chosen")
        if opened and not chosen:
            coded_one.one(desk, opened)
            outcome(desk, codings)
            coded_one.beside(desk, opened)
        else:
            panel(
                desk,
                lambda target: _code(desk, target),
                lambda make: _code(desk, None, make=make),
                ready=chosen is not None,
            )
            outcome(desk, codings)
        st.toggle(
            "Code each selection at once",
            key="code_at_once",
            help="What you select is coded as the panel says, as soon as you let go.",
        )
        draw(keys(), "keys_of_text")


def _box_head(desk: Desk, title: str) -> Node:
    """The head of the panel. It takes the focus from the list of targets once one was taken there:
    the list would stay open, above the rest of the panel."""
    taken = done_at(desk).pop("taken", None)
    return h("h2", title, data_focus=taken, tabindex=-1 if taken else None)


def outcome(desk: Desk, codings: Sequence[dict[str, Any]]) -> None:
    """What came of the last step: the refusal, or what was done; and the way back."""
    done = done_at(desk)
    coding_panel.steps(desk)
    if "refusal" in done:
        show_refusal(done["refusal"])
    elif "said" in done:
        new = next((c for c in codings if c["id"] == done.get("coding")), None)
        follow(draw(_came_of_it(done["said"], new), "coded"))


def _came_of_it(said: str, coding: dict[str, Any] | None) -> Node:
    told = f"{said[0].upper()}{said[1:].rstrip('.')}."
    if coding is None or not coding["target_id"]:
        return h("p", told, cls="mute", role="status")
    held = support_of(casebook().graph, actor(), coding["target_id"])
    against = len(held.voices_against)
    return h(
        "p",
        h("span", f"{told} Now"),
        level(str(held.support)),
        h("span", f"voices: {len(held.voices_for)} for, {against} against"),
        cls="mute row tight",
        role="status",
        data_go=f"evidence?target={coding['target_id']}",
        tabindex=0,
    )


def selection(desk: Desk) -> dict[str, Any] | None:
    """What is selected and not coded yet: start, end (code points) and its number n."""
    held = st.session_state.get(KEY)
    chosen: dict[str, Any] | None = held["selection"] if held and "selection" in held else None
    # Numbers ascend: one that was selected before what was coded last is left over.
    if not chosen or chosen["n"] <= (done_at(desk).get("n") or 0):
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


def _code(
    desk: Desk,
    target: str | None,
    chosen: dict[str, Any] | None = None,
    make: Callable[[], Made] | None = None,
) -> bool:
    chosen = chosen or selection(desk)
    passage = Position(int(chosen["start"]), int(chosen["end"])) if chosen else None
    return code(desk, passage, chosen["n"] if chosen else None, target, make)


def _on_selection(desk: Desk) -> None:
    if not selection(desk):
        return
    for name in ("refusal", "said"):
        done_at(desk).pop(name, None)
    target = coding_panel.as_set("code_target")
    if st.session_state.get("code_at_once") and target:
        _code(desk, target)


def _on_act(desk: Desk, codings: Sequence[dict[str, Any]]) -> None:
    """A key or a click in the text: digits code to a target, X turns the stance round, Enter codes
    as the panel says; what is open is moved, parted, taken out."""
    act, done = st.session_state[KEY]["act"], done_at(desk)
    if act["do"] == "open":
        done.update(open=act["coding"], at=act["at"])
        for name in ("refusal", "said", "mine"):
            done.pop(name, None)
        return
    chosen, coding = act["selection"], act["coding"]
    if chosen and chosen["n"] <= (done.get("n") or 0):
        # A key before the page was drawn again: it means what came of the one before.
        chosen, coding = None, done.get("open")
    opened = next((c for c in codings if c["id"] == coding), None)
    if opened is None and coding is not None and chosen is None:
        return
    match act["do"]:
        case "code":
            _code(desk, coding_panel.as_set("code_target"), chosen)
        case "adjust" if opened and chosen:
            coded_one.move_edges(desk, opened, chosen)
        case "pick":
            _pick(desk, int(act["n"]), chosen, opened)
        case "against":
            _turn_round(desk, None if chosen else opened)
        case "split" if opened:
            coded_one.part(desk, opened, act["at"])
        case "remove" if opened and not chosen:
            coded_one.remove(desk, opened["id"])


def _pick(desk: Desk, n: int, chosen: dict[str, Any] | None, opened: dict[str, Any] | None) -> None:
    target = coding_panel.offered(n)
    if n and target is None:
        return
    if chosen:
        _code(desk, target, chosen)
    elif opened:
        coded_one.also(desk, opened, n)
    else:
        st.session_state["code_target"] = target
        coding_panel.keep_set()


def _turn_round(desk: Desk, opened: dict[str, Any] | None) -> None:
    if opened:
        stance = "supports" if opened["stance"] == "refutes" else "refutes"
        coded_one.change(desk, opened, "stance", stance)
        return
    against = coding_panel.as_set("code_stance") == "refutes"
    st.session_state["code_stance"] = "supports" if against else "refutes"
    coding_panel.keep_set()


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
        draw(h("div", _box_head(desk, "Code a passage"), said, by, cls="selbox"), "chosen")
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
        panel(
            desk,
            lambda target: _code_located(desk, taken, target),
            lambda make: _code_located(desk, taken, None, make),
            ready=False,
        )
        outcome(desk, codings)
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


def _code_located(
    desk: Desk,
    taken: dict[str, Any] | None,
    target: str | None,
    make: Callable[[], Made] | None = None,
) -> bool:
    state = st.session_state
    if taken:
        passage = Location(taken["section"], taken["locator"], taken["paraphrase"])
    else:
        passage = Location(
            state.get("code_section") or "",
            state.get("code_locator") or "",
            state.get("code_paraphrase") or "",
        )
    stored = code(desk, passage, None, target, make)
    done_at(desk).pop("open", None)
    if stored and not taken:
        for name in ("code_section", "code_locator", "code_paraphrase"):
            state[name] = ""
    return stored
