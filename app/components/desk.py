"""Where one codes: the source, what a passage may bear on, and what was done here last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cmo.errors import CmoError
from cmo.services.acts import Done
from cmo.services.texts import Target
from components import doing
from components.session import actor
from components.words import cut

MOST_RECENT = 6
"""How many targets are one key away."""
SLOTS, LATELY = "_recent_targets", "_recent_order"
STANCES = {
    "supports": "▲ for",
    "refutes": "✕ against",
    "refines": "∼ refines",
    "contextualises": "▭ frames",
}
RATINGS = ("relevance", "richness", "rigour")
SHAPES = {"c": "■", "m": "◆", "o": "●"}


@dataclass(frozen=True)
class Desk:
    """What the panel works with: the source, the places a coding may concern (id: name; the one
    where the source was collected first), what a passage may be coded to, and which of it is
    contested (ids)."""

    source: str
    programme: str
    places: dict[str, str]
    found: Sequence[Target]
    contested: Collection[str] = ()

    @property
    def key(self) -> str:
        """The name under which the session keeps what was done at this source."""
        return f"_coded_{actor().id}_{self.source}"


def done_at(desk: Desk) -> dict[str, Any]:
    """What was done last at this source in this session: `said` (in words), `coding` (the one that
    was made or changed), `n` (the number of the selection that was coded), `open` (the coding that
    is looked at), `at` (the caret, in code points), `adjust` (how often its edges were asked to be
    moved), `revs` (revisions after one's own changes), `mine` (what was wanted in a conflict),
    `made` (something new is to be offered), `taken` (a word, as a target was taken from the list),
    `asked` (the coding that the address named), or a `refusal`; empty at first."""
    held: dict[str, Any] = st.session_state.setdefault(desk.key, {})
    return held


def attempt(desk: Desk, said: str, work: Callable[[], Done]) -> Done | None:
    """What `work` stored; None where it was refused, which is then told where one works."""
    done = done_at(desk)
    for name in ("refusal", "said", "coding"):
        done.pop(name, None)
    try:
        stored = work()
    except CmoError as error:
        done["refusal"] = error
        return None
    done["said"] = said
    doing.did(stored.change, said)
    return stored


def turn(desk: Desk, *, back: bool) -> None:
    """Takes back the last step of this session, or does it again."""
    done = done_at(desk)
    for name in ("refusal", "said", "coding"):
        done.pop(name, None)
    try:
        done["said"] = (
            f"Taken back: {doing.take_back()}." if back else f"Done again: {doing.do_again()}."
        )
    except CmoError as error:
        done["refusal"] = error


def used(desk: Desk, target: str | None) -> None:
    """Puts a target among those that are one key away, in the place of what was used longest ago;
    the others keep their keys. A key that stands for another thing now is told about."""
    if not target:
        return
    state = st.session_state
    lately = [i for i in state.get(LATELY, []) if i != target]
    slots = list(state.get(SLOTS, []))
    if target not in slots:
        if len(slots) >= MOST_RECENT:
            oldest = min(slots, key=lambda i: lately.index(i) if i in lately else -slots.index(i))
            n = slots.index(oldest)
            slots[n] = target
            if oldest in lately:  # who used the key knows it by heart
                called = {str(t.id): t.name for t in desk.found}
                before, now = (cut(called.get(i, "what is new"), 30) for i in (oldest, target))
                done_at(desk)["said"] += f". Key {n + 1} is “{now}” now, no longer “{before}”"
        else:
            slots.append(target)
    state.update({SLOTS: slots, LATELY: [*lately, target]})


def recent(desk: Desk) -> list[Target]:
    """The targets that are one key away, each under its key: those coded to last, filled up with
    the first of the search."""
    by_id = {str(t.id): t for t in desk.found}
    slots = [i for i in st.session_state.get(SLOTS, []) if i in by_id][:MOST_RECENT]
    slots += [i for i in by_id if i not in slots][: MOST_RECENT - len(slots)]
    st.session_state[SLOTS] = slots
    return [by_id[i] for i in slots]


def label(target: Target) -> str:
    """A target as a list shows it: its shapes, its name and what it is."""
    shapes = "".join(SHAPES[part] for part in target.parts)
    return " · ".join(filter(None, (f"{shapes} {target.name}".strip(), target.kind)))


def stance_pills(key: str, on_change: Callable[[], None] | None = None) -> None:
    """Which way a passage speaks, as a row of buttons."""
    st.pills(
        "Stance",
        list(STANCES),
        format_func=STANCES.__getitem__,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        key=key,
        on_change=on_change,
    )
