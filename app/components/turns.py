"""The genesis of a theory drawn: versions and turns in time, and beside each what moved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cmo.analysis.rewording import Rewording
from cmo.domain.vocabulary import Support
from cmo.services.genesis import Turn, Version
from components.drawing import Node, h
from components.marks import glyph, level
from components.page import crumb
from components.said import once, passage

SHAPES = {"reworded": "turned into", "split": "split into", "merged": "merged into"}


def timeline(turns: Iterable[Turn]) -> Node:
    """The turns in time: the version before, the turn with why, the version after; each once."""
    steps: list[Node] = []
    shown: set[str] = set()
    for turn in turns:
        steps += [_version(v) for v in turn.before if v.id not in shown]
        steps.append(_turn(turn))
        steps += [_version(v, arrived=True) for v in turn.after if v.id not in shown]
        shown |= {v.id for v in (*turn.before, *turn.after)}
    return h("ol", *steps, cls="genesis")


def unmoved(theories: Iterable[Mapping[str, Any]], support: Mapping[str, Support]) -> Node:
    """Theories that were never revised, with what tests them."""
    rows = [
        h(
            "tr",
            _code(row),
            h("td", h("p", row["statement"], cls="said"), *_stated(row)),
            h("td", *(_themes(row) or [h("span", "no theme", cls="mute")])),
            h("td", *_tested(row)),
            h(
                "td",
                level(
                    str(support.get(row["id"], Support.NONE)),
                    row["support_decided"],
                    row["support_why"],
                ),
            ),
            data_id=row["id"],
        )
        for row in theories
    ]
    heads = ("", "Statement", "Theme", "Tested by", "Support")
    return h(
        "table",
        h("thead", h("tr", *(h("th", name) for name in heads))),
        h("tbody", *rows),
        cls="theories",
    )


def _version(version: Version, *, arrived: bool = False) -> Node:
    stage = version.stage.replace("_", " ")
    page = "configuration" if version.kind == "configuration" else "theory"
    name = crumb(version.code, f"{page}?id={version.id}")
    return h(
        "li",
        h("div", h("b", name), h("small", stage), cls="at"),
        h("span", cls="knot refined" if arrived else "knot"),
        h("div", h("p", version.statement, cls="said"), cls="what"),
        cls="step",
        data_id=version.id,
    )


def _turn(turn: Turn) -> Node:
    froms, tos = (", ".join(v.code for v in side) for side in (turn.before, turn.after))
    by = f"judged by {turn.judged_by}" if turn.judged_by else "who judged is not stated"
    left = h(
        "div",
        h("h2", f"{froms} {SHAPES[turn.shape]} {tos}"),
        h("p", turn.why or "Why is not stated.", cls="reason"),
        _difference(turn.difference) if turn.difference else None,
        h("p", by, cls="mute by"),
        cls="what",
    )
    return h(
        "li",
        h("div", turn.when or "when is not stated", cls="at"),
        h("span", cls="knot turn"),
        left,
        _moved(turn),
        cls="step turning",
        data_id=turn.id,
    )


def _difference(told: Iterable[Rewording]) -> Node:
    """The difference as sentences: a word says of each what happened to it."""
    words = {"kept": "Kept", "dropped": "Dropped", "new": "New", "reworded": "Reworded"}
    lines = [
        h(
            "li",
            h("span", words[item.kind], cls="did"),
            h("p", *(h(_TAGS[p.kind], p.words, cls=p.kind) for p in item.pieces), cls="said"),
            cls=item.kind,
        )
        for item in told
    ]
    return h("ul", *lines, cls="difference")


_TAGS = {"kept": "span", "dropped": "i", "new": "b"}


def _moved(turn: Turn) -> Node:
    parts: list[Node] = [h("h2", "What moved it")]
    parts += [
        h(
            "div",
            glyph("contextualises"),
            h("p", event["title"], cls="said"),
            h(
                "p",
                f"event, {event['level']} · {event['when_text'] or 'when is not stated'}",
                cls="by",
            ),
            cls="pass",
        )
        for event in turn.events
    ]
    parts += [passage(row) for row in once(turn.passages)]
    if len(parts) == 1:
        parts.append(h("p", "Nothing is recorded that moved it.", cls="mute"))
    return h("div", *parts, cls="moved")


def _code(row: Mapping[str, Any]) -> Node:
    name = h("b", crumb(row["code"], f"theory?id={row['id']}"))
    return h("td", name, h("small", row["stage"].replace("_", " ")), cls="who")


def _stated(row: Mapping[str, Any]) -> list[Node]:
    places = [", ".join(filter(None, (s["code"], s["locator"]))) for s in row["stated_in"]]
    rivals = ", ".join(r["code"] for r in row["rivals"])
    notes = [f"stated in {'; '.join(places)}"] if places else []
    notes += [f"a rival of {rivals}"] if rivals else []
    return [h("p", " · ".join(notes), cls="by")] if notes else []


def _themes(row: Mapping[str, Any]) -> list[Node]:
    return [
        h("p", theme["name"], h("small", " ours") if theme["origin"] == "ours" else None)
        for theme in row["themes"]
    ]


def _tested(row: Mapping[str, Any]) -> list[Node]:
    tested = [
        h(
            "p",
            h("span", c["code"], cls="crumb", data_go=f"configuration?id={c['id']}", tabindex=0),
            f" {c['nickname'] or ''}",
        )
        for c in row["tested_by"]
    ]
    return tested or [h("span", glyph("silent"), " no configuration", cls="mute")]
