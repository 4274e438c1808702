"""What was carried here from an earlier version and waits: affirmed singly or all, or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from cmo.services import refining
from cmo.services.acts import Done
from cmo.services.configurations import Standing
from components import forms
from components.configuration_page import address
from components.drawing import Node, h
from components.page import section
from components.passages import link_head, passage
from components.session import actor, casebook_to_change
from components.words import counted

MOST = 8
"""How many of those that wait are shown before one asks for all."""


def waiting_panel(
    standing: Standing, waits: Sequence[Mapping[str, Any]], *, whole: bool, writes: bool
) -> Node | None:
    """What waits, by what each bears on, with what can be done about it; None where none does."""
    if not waits:
        return None
    here = address(standing)
    links = {link.id: link for link in standing.links}
    several = len({row["target_id"] for row in waits}) > 1
    shown = waits if whole else waits[:MOST]
    parts: list[Node] = []
    for target in dict.fromkeys(row["target_id"] for row in shown):
        link = links.get(target)
        held = [row for row in shown if row["target_id"] == target]
        came = held[0]["carried_from_code"]
        said = f"On {held[0]['target_code']}" + (f", carried from {came}" if came else "")
        parts += [link_head(link, standing)] if link else []
        parts += [h("p", said, cls="mute")] if link or several else []
        parts += [_one(row, standing, writes=writes) for row in held]
    many = counted(len(waits), "passage")
    said = "They count in nothing until somebody affirms that they hold for this version."
    head = section(f"{many} carried here, to affirm", said)
    foot = [_word(f"Show all {len(waits)}", f"{here}&all=1")] if len(shown) < len(waits) else []
    if writes and len(waits) > 1:
        foot.append(_word(f"Affirm all {len(waits)}", "affirm?all=1", "button"))
    return h("div", head, *parts, h("p", *foot, cls="row") if foot else None)


def _one(row: Mapping[str, Any], standing: Standing, *, writes: bool) -> Node:
    told = passage({**row, "wave": None, "counted": True, "carried": False}, standing.places)
    if not writes:
        return told
    does = [
        _word("affirm", f"affirm?coding={row['id']}", "button"),
        _word("it does not hold", f"{address(standing)}&do=drop&coding={row['id']}"),
    ]
    return h("div", told, h("p", *does, cls="row inside"))


def _word(said: str, go: str, role: str = "link") -> Node:
    return h("span", said, cls="crumb", data_go=go, tabindex=0, role=role)


def affirm(go: str, standing: Standing, waits: Sequence[Mapping[str, Any]]) -> None:
    """Does what was clicked ('affirm?coding=ID', or 'affirm?all=1' for all that wait)."""
    asked = dict(parse_qsl(go.partition("?")[2]))
    ids = [row["id"] for row in waits] if "all" in asked else [asked["coding"]]

    def work() -> Done:
        return refining.affirm(casebook_to_change().graph, actor(), *ids)

    many = counted(len(ids), "passage")
    said = f"{many} affirmed: {'it counts' if len(ids) == 1 else 'they count'} from now on."
    forms.attempt_elsewhere(work, said, standing.id)
