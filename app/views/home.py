"""Home: what is here, what changed, what is missing, and what to do next."""

from __future__ import annotations

import streamlit as st

from cmo.services.journal import journal
from cmo.services.overview import MOST_ROWS, board, needs
from cmo.services.regularities import regularities
from cmo.services.tallying import extent
from components import heard_board, overview, panels
from components.downloads import table as save_table
from components.drawing import draw, follow, h
from components.page import crumb, fact, masthead, section
from components.session import actor, ask, casebook, last_looked, programme
from components.timeline import Bar, Happening, timeline
from components.when import short
from components.words import counted

here = programme()
assert here
graph, who, place = casebook().graph, actor(), here["id"]
counts = extent(graph, who, place)
patterns = regularities(graph, who, place).configurations
twice = sum(len(p.cells) > 1 for p in patterns)
dates = " to ".join(filter(None, (here["began"], here["ended"])))
masthead(
    ", ".join(filter(None, (here["funder"], dates))) or "Programme",
    here["name"],
    here["summary"],
    fact(counts["projects"], "projects", "projects", one="project"),
    fact(counts["configurations"], "configurations", "configurations", one="configuration"),
    fact(counts["codings"], "codings", "evidence", one="coding"),
    fact(twice, "heard in 2 or more", "regularities?least=2"),
)

(held,) = ask("case/timeline", programme_id=place)
bars = []
if held["began"]:
    said = f"{here['name']}, {dates}" if here["ended"] else f"{here['name']}, from {here['began']}"
    bars.append(Bar("Programme", held["began"], held["ended"], said, dates))
spans = {(begin, end) for _, _, begin, end in held["projects"] if begin}
for begin, end in sorted(spans, key=lambda s: (s[0], s[1] or "")):
    held_by = [name for _, name, b, e in held["projects"] if (b, e) == (begin, end)]
    until = f"to {end}" if end else "end not stated"
    said = f"{', '.join(held_by)}: {begin} {until}"
    text = counted(len(held_by), "project")
    bars.append(Bar("Projects", begin, end, said, text, go="projects"))
for wave, begin, end, sources in held["fieldwork"]:
    named = (wave or "no wave").replace("_", " ")
    said = f"{named}: {sources} sources, {begin} to {end}"
    bars.append(Bar("Fieldwork", begin, end, said, named, "wave", "sources"))
events = ask("case/events", programme_id=place)
dated = [
    Happening(
        e["title"],
        e["earliest"],
        e["latest"] or e["earliest"],
        e["when_text"] or e["earliest"],
        next((f"project?id={p['id']}" for p in e["affects"] if p["id"] != place), None),
    )
    for e in events
    if e["earliest"]
]
undated = [e for e in events if not e["earliest"]]
line = timeline(bars, dated, f"When {here['name']} took place")
if line:
    follow(draw(h("div", line), key="time"))

first = int(st.query_params.get("from", "0")) if st.query_params.get("from", "0").isdigit() else 0
rows = board(graph, who, place, first=first)
wanted = needs(graph, who, place)
with st.container(key="split"):
    left, right = st.columns([0.69, 0.31], gap="large")
with left:
    if heard_board.tells_more(patterns, rows):
        body = [
            section("Where each configuration held, and where not", heard_board.summary(patterns)),
            heard_board.board(patterns),
            heard_board.legend(patterns),
        ]
        follow(draw(h("div", *body), key="heard"))
        save_table(
            lambda: [p.row() for p in patterns],
            list(patterns[0].row()),
            here["name"],
            "configurations by project",
            key="save_heard",
        )
    if not rows.total:
        none = [h("p", "No project yet."), h("p", "Record one under Projects.", cls="mute")]
        follow(draw(h("div", *none, cls="panel", data_go="projects", tabindex=0), key="board"))
    else:
        more = rows.first + MOST_ROWS < rows.total
        paging = h(
            "p",
            f"Projects {rows.first + 1} to {rows.first + len(rows.projects)} of {rows.total}. ",
            crumb("earlier", f"home?from={rows.first - MOST_ROWS}") if rows.first else None,
            " ",
            crumb("more", f"home?from={rows.first + MOST_ROWS}") if more else None,
            cls="mute",
        )
        parts = [
            section("What helped and what hindered, by project", overview.silence(rows)),
            overview.board(rows),
            overview.legend(rows),
            paging if more or rows.first else None,
        ]
        follow(draw(h("div", *parts), key="board"))
        save_table(
            overview.lines(rows),
            ("project", "sub_case_of", "theme", "direction", "findings", "ours"),
            here["name"],
            "themes by project",
            key="save_board",
        )
    if undated:
        follow(draw(panels.undated(undated, place), key="undated"))
with right:
    deeds = journal(graph, who, limit=30)
    since = last_looked()
    others = [d for d in deeds if since and d.entry.at > since and d.user != who.id]
    title = f"Changed since you looked ({short(since)})" if since else "Last changes"
    told = (others if since else deeds)[:5]
    nothing = "Nothing by anybody else." if since else "Nothing has changed yet."
    looks, steps = panels.first_looks(wanted, counts["projects"]), panels.next_steps(wanted)
    column = h(
        "div",
        panels.panel("Look here first", looks, nothing="Nothing is contested or bare."),
        panels.panel(title, map(panels.change, told), crumb("History", "history"), nothing),
        panels.panel("Missing, and what to do next", steps, nothing="Nothing that we look for."),
    )
    follow(draw(column, key="panels"))
