"""How the theory came to be: its turns, what moved each, and the theories that never moved."""

from __future__ import annotations

from cmo.services.genesis import genesis
from components import turns
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.page import empty, masthead, section
from components.session import actor, casebook, programme

here = programme()
assert here
told = genesis(casebook().graph, actor(), here["id"])
moves, still = len(told.turns), len(told.unmoved)
masthead(
    f"Genesis of the theory of {here['name']}",
    "Theory timeline",
    "Down for time; beside each turn ◆ what moved it, what speaks against first."
    if moves
    else None,
)
if not moves and not still:
    empty(
        "none",
        "No programme theory yet.",
        "Record one: how is the programme thought to work, for whom, and why?",
    )
parts = [turns.timeline(told.turns)] if moves else []
if moves == 0 and still:
    parts.append(h("p", "No theory has been revised yet: there is no turn to show.", cls="mute"))
if still:
    head = section("Theories without a revision", f"{still} as first stated")
    parts.append(h("div", head, turns.unmoved(told.unmoved, told.support), cls="after"))
if parts:
    follow(draw(h("div", *parts), key="genesis"))
save_table(
    [
        {
            "code": r["code"],
            "stage": r["stage"],
            "statement": r["statement"],
            "themes": [t["name"] for t in r["themes"]],
            "tested_by": [c["code"] for c in r["tested_by"]],
            "support": str(told.support[r["id"]]),
        }
        for r in told.unmoved
    ],
    ("code", "stage", "statement", "themes", "tested_by", "support"),
    here["name"],
    "theories",
    key="save_theories",
)
