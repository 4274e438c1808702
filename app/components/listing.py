"""The table of configurations: one a row, as a sentence and a thumbnail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from cmo.services.configurations import Standing
from components.drawing import Node, h
from components.marks import chip, dots, glyph, level
from components.sentences import plain
from components.standing import verdicts
from components.tallies import sketch

MOST_DOTS = 24
"""Of more projects than this the row gives numbers instead of a mark each."""
COLUMNS = (
    "code", "nickname", "sentence", "themes", "contexts", "mechanisms", "outcomes", "links",
    "against", "for", "both", "silent", "support", "status",
)  # fmt: skip
"""Of the table as a spreadsheet."""


def as_table(found: Sequence[Standing], nexts: str | None, back: str | None) -> Node:
    """The table; `nexts` and `back` are the addresses of the next page and the first."""
    total = found[0].heard.total
    names = (
        ("", ""),
        ("Configuration", ""),
        ("Picture", "pic mid"),
        ("C · M · O", "mid less"),
        ("Links", "mid less"),
        (f"{total} projects", ""),
        ("Support", ""),
        ("Status", "less"),
    )
    head = h("tr", *(h("th", name, cls=cls) for name, cls in names))
    rows = [_row(standing) for standing in found]
    pages = []
    for go, said in ((back, "Back to the first"), (nexts, "Next")):
        if go:
            pages.append(h("span", said, cls="crumb", data_go=go, tabindex=0, role="link"))
    body = h("table", h("thead", head), h("tbody", *rows), cls="conf")
    return h("div", body, h("p", *pages, cls="more") if pages else None)


def _row(standing: Standing) -> Node:
    row = standing.row
    about = list(row["themes"])
    activities = sum(m["reasoning_known"] is False for m in row["mechanisms"])
    if activities and len(row["mechanisms"]) == 1:
        about.append("an activity, reasoning not known")
    elif activities:
        all_of_them = len(row["mechanisms"])
        about.append(f"{activities} of {all_of_them} mechanisms: activities, reasoning not known")
    if not standing.heard.cells and standing.heard.support != "none":
        about.append("heard of the programme as a whole only")
    sizes = " · ".join(str(len(row[p])) for p in ("contexts", "mechanisms", "outcomes"))
    sentence = plain(row, bool(standing.links))
    return h(
        "tr",
        h("td", h("b", row["code"]), cls="mute"),
        h(
            "td",
            h("b", row["nickname"]) if row["nickname"] else None,
            h("p", sentence, cls="plain", title=sentence),
            h("p", " · ".join(about), cls="about") if about else None,
            cls="says",
        ),
        h("td", sketch(standing), cls="pic"),
        h("td", sizes, cls="mute mid nw less"),
        h("td", len(standing.links), cls="mid less"),
        h("td", _projects(standing)),
        h("td", _support(standing)),
        h("td", chip(row["status"].replace("_", " ")), cls="less"),
        data_go=f"configuration?id={row['id']}",
        tabindex=0,
    )


def _support(standing: Standing) -> Node:
    heard = standing.heard
    return level(str(heard.support), heard.support_decided, heard.support_why)


def _projects(standing: Standing) -> Node:
    cells = [(project.name, kind) for project, kind in verdicts(standing)]
    if len(cells) <= MOST_DOTS:
        return dots(
            cells,
            20 if len(cells) <= 8 else 14 if len(cells) <= 14 else 10,
            5 if len(cells) <= 14 else 4,
        )
    counts = Counter(kind for _, kind in cells)
    kinds = ("against", "both", "for", "silent")
    return h("span", *(h("span", glyph(k, 12), counts[k]) for k in kinds if counts[k]), cls="many")


def line(standing: Standing) -> dict[str, Any]:
    """A configuration as a row for a spreadsheet."""
    heard = standing.heard
    sides = {
        "against": heard.projects_against,
        "for": heard.projects_for,
        "both": heard.projects_both,
        "silent": heard.projects_silent,
    }
    parts = ("contexts", "mechanisms", "outcomes")
    return {
        **{
            name: standing.row[name]
            for name in ("code", "nickname", "sentence", "themes", "status")
        },
        **{part: [element["label"] for element in standing.row[part]] for part in parts},
        "links": len(standing.links),
        **{name: [case.name for case in held] for name, held in sides.items()},
        "support": str(heard.support),
    }
