"""The reading page as a component: a text with its codings, and exact selection in code points.

`reading.js` draws, `spans.js` reckons; both are plain JavaScript. Streamlit loads the code of a
component from a blob, in which nothing can be imported, so the two are joined on load.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from cmo.services.texts import GONE, Text, asks

HERE = Path(__file__).parent
KEY = "reading"
"""Where the component's state stands in the session: `selection` and, in one run, `act`."""


def script() -> str:
    """The code of the component in one piece."""
    spans = (HERE / "spans.js").read_text(encoding="utf-8")
    drawing = (HERE / "reading.js").read_text(encoding="utf-8")
    joined, count = re.subn(r'(?m)^import \{[^}]*\} from "\./spans\.js";$', "", drawing)
    assert count == 1, "reading.js takes its positions from spans.js in one line"
    return re.sub(r"(?m)^export (?=function )", "", spans) + joined


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "reading",
        html='<div class="rd"></div>',
        css=(HERE / "reading.css").read_text(encoding="utf-8"),
        js=script(),
        isolate_styles=False,  # selection in shadow roots differs by browser
    )


def reading(
    source: str,
    label: str,
    language: str | None,
    text: Text,
    codings: Sequence[dict[str, Any]],
    *,
    at: dict[str, Any] | None,
    done: int | None,
    opened: str | None,
    adjusting: int,
    contested: Collection[str],
    on_act: Callable[[], None],
    on_selection: Callable[[], None],
) -> None:
    """Draws a text that is held, with its codings (rows of `codings_in`).

    `at` is where to open: {coding} or {start, end}. `done` is the number of the selection that was
    coded last, `opened` the coding that is looked at; a new number in `adjusting` lets its edges be
    moved. `contested` are the ids of what is spoken for and against. What is selected stands in
    st.session_state["reading"]["selection"] as {start, end, n} in code points, or None.
    """
    drawn = [_told(row, contested) for row in codings if row["start"] is not None]
    _component()(
        key=KEY,
        data={
            "source": source,
            "label": label,
            "lang": language,
            "text": text.text,
            "text_rev": _digest([text.text, text.starts, text.speakers]),
            "starts": text.starts,
            "speakers": text.speakers,
            "asks": [asks(who) for who in text.speakers],
            "gone": GONE,
            "codings": drawn,
            "rev": _digest(drawn),
            "at": at,
            "done": done,
            "open": opened,
            "adjust": adjusting,
        },
        on_selection_change=on_selection,
        on_act_change=on_act,
    )


def _told(row: dict[str, Any], contested: Collection[str]) -> dict[str, Any]:
    target = row["target"]
    return {
        "id": row["id"],
        "start": row["start"],
        "end": row["end"],
        "part": target.part,
        "parts": target.parts,
        "name": target.name,
        "kind": target.kind,
        "stance": row["stance"],
        "coder": row["judged_by"],
        "counted": row["counted"],
        "placed": target.id is not None,
        "contested": target.id in contested,
    }


def _digest(held: Any) -> str:
    return hashlib.blake2s(json.dumps(held).encode(), digest_size=12).hexdigest()
