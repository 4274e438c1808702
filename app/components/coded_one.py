"""The panel of one coding: how it is judged and what it bears on, changed beside its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cmo.domain.vocabulary import Claim, Rating
from cmo.errors import EditConflict
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.coding import Position
from cmo.services.reading import get_record
from cmo.services.recoding import Shown, adjust, duplicate, split_coding
from cmo.services.texts import Target
from components.coding_panel import offered, targets_near
from components.desk import RATINGS, Desk, attempt, done_at, label, recent, stance_pills, used
from components.drawing import Node, draw, h
from components.session import actor, casebook_to_change

FIELDS = {"stance": "stance", "claim": "claim", "memo": "memo", "concerns": "concerns_id"}
"""What is changed in the panel, by the column of the coding in which it stands."""
TAKEN_OUT = "Taken out at its words."
"""Why a coding is retired here."""


def one(desk: Desk, row: dict[str, Any]) -> None:
    """Draws the panel of a coding (a row of `codings_in`); each change is stored at once."""
    state, done = st.session_state, done_at(desk)
    held = {name: row[column] for name, column in FIELDS.items()}
    held |= {name: row[name] for name in RATINGS} | {"bears_on": row["target_id"]}
    # What is not drawn for a while is forgotten with its widget.
    if state.get("_one_shown") != (row["id"], row["rev"]) or "one_stance" not in state:
        state["_one_shown"] = (row["id"], row["rev"])
        state.update({f"one_{name}": value for name, value in held.items()})
        state["one_memo"] = held["memo"] or ""
    if "mine" in done:
        _conflict(desk, row)

    def stored(name: str) -> Callable[[], None]:
        return lambda: change(desk, row, name, state.get(f"one_{name}") or None)

    targets = _targets(desk, row)
    st.selectbox(
        "Bears on",
        list(targets),
        index=None,
        placeholder="still to place",
        key="one_bears_on",
        format_func=lambda id: label(targets[id]),
        on_change=stored("bears_on"),
    )
    stance_pills("one_stance", stored("stance"))
    st.text_area(
        "Memo",
        placeholder="Why, in a line",
        height=68,
        label_visibility="collapsed",
        key="one_memo",
        on_change=stored("memo"),
    )
    with st.popover("Claim, ratings, project", width="stretch"):
        claims = [c.value for c in Claim]
        st.pills(
            "Claim", claims, required=True, wrap=True, key="one_claim", on_change=stored("claim")
        )
        st.selectbox(
            "It concerns",
            list(desk.places | {row["concerns_id"]: row["concerns"]}),
            format_func=lambda id: desk.places.get(id, row["concerns"]),
            key="one_concerns",
            on_change=stored("concerns"),
        )
        for name in RATINGS:
            ratings = [r.value for r in Rating]
            st.pills(name.capitalize(), ratings, key=f"one_{name}", on_change=stored(name))
    _deeds(desk, row)


def beside(desk: Desk, row: dict[str, Any]) -> None:
    """What else the same words may be coded to, one key away."""
    placed = row["target_id"] is not None
    said = "one key codes the same words to it too" if placed else "one key, or a click, places it"
    targets_near(desk, lambda n: also(desk, row, n), said)


def _deeds(desk: Desk, row: dict[str, Any]) -> None:
    done = done_at(desk)
    with st.container(horizontal=True, gap="small", key="deeds"):
        if row["start"] is not None:
            st.button(
                "Move edges",
                key="one_adjust",
                on_click=lambda: done.update(adjust=done.get("adjust", 0) + 1),
                help="Its words are selected; move the ends ([ ] and { }), then Enter (A)",
            )
            st.button(
                "Part",
                key="one_split",
                on_click=lambda: part(desk, row, done.get("at")),
                help="Into two codings, at the caret in its words (P)",
            )
        st.button(
            "Take out",
            key="one_remove",
            on_click=lambda: remove(desk, row["id"]),
            help="The coding is retired; Undo brings it back (Delete)",
        )
        st.button(
            "Close",
            key="one_close",
            type="tertiary",
            on_click=lambda: done.pop("open", None),
            help="Back to coding (Esc)",
        )


def change(desk: Desk, row: dict[str, Any], name: str, value: Any) -> None:
    """Stores one field of a coding, based on the revision that is shown; on a conflict both
    versions are told, and what was wanted is kept."""
    done = done_at(desk)
    done.pop("mine", None)
    based_on = _rev(desk, row)

    def work() -> Done:
        graph = casebook_to_change().graph
        stored = recording.edit(graph, actor(), row["id"], based_on, {name: value})
        done["revs"][row["id"]] = get_record(graph, actor(), row["id"]).rev
        return stored

    said = "moved a coding" if name == "bears_on" else f"changed the {name} of a coding"
    stored = attempt(desk, said, work)
    if stored:
        done["coding"] = row["id"]
        used(desk, value if name == "bears_on" else None)
    elif isinstance(done["refusal"], EditConflict):
        done["mine"] = (row["id"], name, value)
    elif name != "memo":
        st.session_state.pop("_one_shown", None)  # the panel shows what is stored


def also(desk: Desk, row: dict[str, Any], n: int) -> None:
    """Codes the same words to the recent target of that number (0: to place) too; a coding that is
    still to place is placed there."""
    target = offered(n)
    if n and target is None:
        return
    if row["target_id"] is None:
        if target:
            change(desk, row, "bears_on", target)
        return
    stored = attempt(
        desk,
        "coded the same words to something else",
        lambda: duplicate(casebook_to_change().graph, actor(), row["id"], target),
    )
    if stored:
        done_at(desk).update(coding=stored.id, open=stored.id)


def move_edges(desk: Desk, row: dict[str, Any], chosen: dict[str, Any]) -> None:
    """Moves a coding to what is selected."""
    to = Position(int(chosen["start"]), int(chosen["end"]))

    def work() -> Done:
        return adjust(casebook_to_change().graph, actor(), row["id"], to, _shown(desk, row))

    if attempt(desk, "moved the edges of a coding", work):
        done_at(desk).update(coding=row["id"], open=row["id"], n=chosen["n"])


def part(desk: Desk, row: dict[str, Any], at: int | None) -> None:
    """Parts a coding at a place in its words (code points)."""

    def work() -> Done:
        place = -1 if at is None else int(at)
        graph = casebook_to_change().graph
        return split_coding(graph, actor(), row["id"], place, _shown(desk, row))

    stored = attempt(desk, "parted a coding in two", work)
    if stored:
        done_at(desk)["open"] = stored.ids[1]


def _shown(desk: Desk, row: dict[str, Any]) -> Shown:
    return Shown(_rev(desk, row), Position(row["start"], row["end"]))


def _rev(desk: Desk, row: dict[str, Any]) -> int:
    """The revision that a change is based on. Of two changes of one's own in a row the second is
    based on the first, not on what was drawn before it."""
    mine: dict[str, int] = done_at(desk).setdefault("revs", {})
    return max(int(row["rev"]), mine.get(row["id"], 0))


def remove(desk: Desk, coding: str) -> None:
    """Takes a coding out of use."""

    def work() -> Done:
        return recording.retire(casebook_to_change().graph, actor(), coding, why=TAKEN_OUT)

    if attempt(desk, "took a coding out", work):
        done_at(desk).pop("open", None)


def _conflict(desk: Desk, row: dict[str, Any]) -> None:
    """Both versions of a field that somebody changed meanwhile, and the choice."""
    done = done_at(desk)
    coding, name, value = done["mine"]
    if coding != row["id"]:
        done.pop("mine")
        return
    now = row["target_id"] if name == "bears_on" else row[FIELDS.get(name, name)]
    names = {id: target.name for id, target in _targets(desk, row).items()}
    names |= {row["concerns_id"]: row["concerns"], **desk.places}
    draw(_both(name, names.get(value, value), names.get(now, now)), "both")
    with st.container(horizontal=True, gap="small"):
        st.button("Keep theirs", key="one_theirs", on_click=lambda: _theirs(desk))
        st.button("Store mine", key="one_mine", on_click=lambda: change(desk, row, name, value))


def _targets(desk: Desk, row: dict[str, Any]) -> dict[str, Target]:
    return {str(t.id): t for t in [row["target"], *recent(desk), *desk.found] if t.id}


def _theirs(desk: Desk) -> None:
    for name in ("mine", "refusal"):
        done_at(desk).pop(name, None)


def _both(name: str, mine: Any, now: Any) -> Node:
    return h(
        "ul",
        h("li", h("span", f"{name.replace('_', ' ')} now"), h("b", str(now or "nothing"))),
        h("li", h("span", "yours"), h("b", str(mine or "nothing"))),
        cls="list tight",
        role="status",
    )
