"""One configuration as a page: what stands in its head, its main part, and beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from cmo.graph.graph import Row
from cmo.services.configurations import Standing
from cmo.services.history import Entry
from cmo.services.next_steps import Disproof, Lacking
from components.deeds import DID
from components.downloads import figure
from components.drawing import Node, h
from components.page import crumb
from components.passages import MOST, link_head, side
from components.picture import picture
from components.sentences import sentence
from components.standing import disproof_panel, missing_panel, standing_panel
from components.tallies import in_words

VERSIONS = {"Configuration": "configuration", "ProgrammeTheory": "theory"}
"""The page of each kind of record that a configuration can be refined from."""


def address(standing: Standing) -> str:
    """The address of the page."""
    return f"configuration?id={standing.id}"


def stays(go: str | None) -> bool:
    """Whether a click leads to where one is already."""
    page, _, query = (go or "").partition("?")
    wanted = dict(parse_qsl(query))
    return page == "configuration" and wanted == {
        name: st.query_params.get(name) for name in st.query_params if name != "programme"
    }


def head(standing: Standing) -> Node:
    """Where one is, and the name."""
    row = standing.row
    said: list[Any] = [crumb("Configurations", "configurations"), f"  ›  {row['code']}"]
    for theme in row["themes"]:
        said.append(f"  ·  {theme['name']}")
        if theme["origin"] == "ours":
            said.append(h("small", " (ours)"))
    if row["synthetic"]:
        said += ["  ·  ", h("b", "fiction"), ": no real people or places"]
    return h("div", h("p", *said, cls="kicker"), h("h1", standing.name), cls="one-head")


def body(
    standing: Standing,
    passages: Sequence[Row],
    disproofs: Sequence[Disproof],
    lacking: Lacking,
    past: Sequence[Entry],
    waits: Node | None,
    *,
    link: str | None,
    all_of_them: bool,
    writes: bool,
    decides: bool,
) -> Node:
    """The page; `waits` is what was carried here, `link` narrows the passages to those of one link,
    `all_of_them` shows long sides whole. Who `writes` and who `decides` support is led to it."""
    here = address(standing)
    row = standing.row
    main = [
        _retired(standing, past),
        sentence(row, bool(standing.links)),
        h("p", h("small", "Because  "), row["because"], cls="story") if row["because"] else None,
        _plainly(row),
        h("div", cls="gap"),
        figure(picture(standing, here), row["code"], standing.name),
        in_words(standing, here),
        h("div", waits, cls="filter") if waits else None,
        *_evidence(
            standing, passages, link, all_of_them=all_of_them, writes=writes, decides=decides
        ),
        _links(row),
    ]
    beside = [
        standing_panel(standing, f"{here}&do=decide" if decides else None),
        disproof_panel(disproofs),
        missing_panel(lacking, here),
        _history(standing, past),
    ]
    return h("div", h("div", *main), h("div", *beside, cls="beside"), cls="one")


def _plainly(row: Row) -> Node | None:
    said = []
    if row["for_whom"]:
        said.append(f"For whom: {row['for_whom']}")
    if row["intervention"]:
        said.append(f"Intervention: {row['intervention']}")
    return h("p", " · ".join(said), cls="recorded") if said else None


def _retired(standing: Standing, past: Sequence[Entry]) -> Node | None:
    if not standing.row["retired_at"]:
        return None
    why = next((e.why for e in past if e.action == "retire" and not e.undone), None)
    said = f"Retired on {standing.row['retired_at'][:10]}"
    return h("p", f"{said}: {why}" if why else f"{said}.", cls="wasretired")


def _evidence(
    standing: Standing,
    passages: Sequence[Row],
    link: str | None,
    *,
    all_of_them: bool,
    writes: bool,
    decides: bool,
) -> list[Node]:
    here = address(standing)
    only = next((x for x in standing.links if x.id == link), None)
    rows = [p for p in passages if only is None or p["target_id"] == only.id]
    heard = standing.heard if only is None else only.heard
    by = {s: [p for p in rows if p["stance"] == s] for s in ("refutes", "supports")}
    other = [p for p in rows if p["stance"] not in by]
    shown = [None if all_of_them or len(p) <= MOST else f"{here}&all=1" for p in by.values()]
    parts: list[Node] = []
    if only is not None:
        back = h("span", "Show those of all links", cls="crumb", data_go=here, tabindex=0)
        ends = link_head(only, standing)
        words = [h("p", f"Only passages on {only.code}. ", back)]
        does = [("Decide its support", "decide")] if decides else []
        does += [("Retire this link", "retire")] if writes else []
        go = f"{here}&link={only.id}&do="
        led = [h("span", said, cls="crumb", data_go=go + to, tabindex=0) for said, to in does]
        words += [h("p", *led, cls="row")] if led else []
        if only.heard.support_decided:
            word = only.heard.support_decided.replace("_", " ")
            said = f"Its support was decided to be “{word}”: {only.heard.support_why}"
            words.append(h("p", said, cls="mute"))
        parts.append(h("div", ends, *words, cls="filter"))
    if not rows:
        said = (
            "No passage bears on this yet. Code one (K)." if writes else "No passage bears on it."
        )
        parts.append(h("p", said, cls="filter"))
        return parts
    against = side(
        "Against",
        by["refutes"],
        standing,
        note="first, always",
        none="None found. That nobody said so does not make it true.",
        projects=len(heard.projects_against),
        go=shown[0],
        heads=only is None,
    )
    shows = side(
        "For",
        by["supports"],
        standing,
        note="a project counts once",
        none="No passage supports it.",
        projects=len(heard.projects_for),
        go=shown[1],
        heads=only is None,
    )
    parts.append(h("div", against, shows, cls="cols"))
    if other:
        note = "they count neither for nor against"
        both = side("Refining, and setting the scene", other, standing, note=note, none="")
        parts.append(h("div", both, cls="third"))
    return parts


def _links(row: Row) -> Node | None:
    pairs: list[Node] = []
    for name, items in (
        ("Stated in", [(f"source?id={s['id']}", _stated(s)) for s in row["stated_in"]]),
        (
            "Tests",
            [(f"theory?id={t['id']}", f"{t['code']} {t['statement']}") for t in row["tests"]],
        ),
        ("Rivals", [(f"configuration?id={c['id']}", _named(c)) for c in row["rivals"]]),
        (
            "Ripples into",
            [(f"configuration?id={c['id']}", _ripple(c)) for c in row["ripples_into"]],
        ),
        ("Refined from", [_version(v) for v in row["refined_from"]]),
        ("Refined into", [_version(v) for v in row["refined_into"]]),
    ):
        for i, (go, said) in enumerate(items):
            pairs.append(h("b", name if not i else ""))
            pairs.append(
                h("span", h("span", said, cls="crumb", data_go=go, tabindex=0, role="link"))
            )
    return h("div", *pairs, cls="links") if pairs else None


def _stated(source: Row) -> str:
    return " ".join(filter(None, (source["code"], source["title"], source["locator"] or None)))


def _named(other: Row) -> str:
    return f"{other['code']} {other['name']}"


def _ripple(other: Row) -> str:
    return _named(other) + (", observed" if other["observed"] else ", not yet observed")


def _version(version: Row) -> tuple[str, str]:
    page = VERSIONS.get(version["kind"], "theory")
    return f"{page}?id={version['id']}", f"{version['code']}: {version['why']}"


def _history(standing: Standing, past: Sequence[Entry]) -> Node:
    rows = []
    for entry in past:
        mine = next((t for t in entry.touched if t.id == standing.id), None)
        changed = mine is not None and mine.before is not None and entry.action == "edit"
        fields = ", ".join(mine.fields) if mine is not None and changed else ""
        did = " ".join(filter(None, (DID.get(entry.action, entry.action), fields or "it")))
        why = f": {entry.why}" if entry.why else ""
        undone = ", taken back" if entry.undone else ""
        when = h("span", f"{entry.at[:10]} · ", cls="who")
        rows.append(h("li", when, f"{entry.who} {did}{why}{undone}"))
    go = f"history?record={standing.id}"
    whole = h("p", h("span", "The whole history", cls="crumb", data_go=go, tabindex=0, role="link"))
    return h("div", h("h2", "History"), h("ul", *rows, cls="list past"), whole, cls="panel")
