"""The codings of a source as a list: for the keyboard, for those who hear a page, and for sources
whose text is not held."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from cmo.domain.spans import speakers_in
from cmo.services.texts import Target, Text
from components.drawing import Node, h
from components.marks import glyph
from components.page import section

ORDER = ("refutes", "refines", "supports", "contextualises")
PAGE = 20
"""How many codings of a text are listed at a time."""
PAGE_OF_PASSAGES = 60
"""How many located passages are listed at a time."""


def address(target: Target) -> str:
    """Where what a passage bears on can be looked at."""
    match target.type:
        case "Configuration":
            return f"configuration?id={target.id}"
        case "CmoLink":
            return f"configuration?id={target.configuration}&link={target.id}"
        case "ProgrammeTheory":
            return f"theory?id={target.id}"
        case "Relation":
            return f"stakeholders?relation={target.id}"
        case _:
            return f"evidence?target={target.id}"


def bears_on(target: Target) -> Node:
    """What a passage bears on, as a link to it."""
    if target.id is None:
        return h("span", target.name, cls="mute")
    return h(
        "span",
        *(glyph(part, 11) for part in target.parts),
        h("b", target.name),
        " ",
        h("span", target.kind, cls="mute"),
        cls="bears",
        data_go=address(target),
        tabindex=0,
        role="link",
    )


def judged(row: dict[str, Any]) -> str:
    """Who coded it when, and what it claims; whatever is not counted says so."""
    said = [row["concerns"], row["claim"] if row["claim"] != "observed" else None]
    stands = "carried, not yet affirmed" if row["carried"] else "not counted"
    said += [None if row["counted"] else stands, row["judged_by"], row["created_at"][:10]]
    rated = [f"{n} {row[n]}" for n in ("relevance", "richness", "rigour") if row[n]]
    return " · ".join(filter(None, [*said, ", ".join(rated)]))


def coding(
    row: dict[str, Any], *, words: bool = True, here: str | None = None, said_by: str = ""
) -> Node:
    """One coding; with `words` its passage too. `here` is the one that the address names, `said_by`
    who speaks in the passage."""
    quoted = None
    if words and row["quote"]:
        quoted = h("q", row["quote"])
    elif words and row["paraphrase"]:
        quoted = h("p", row["paraphrase"], cls="said")
    elif words:
        quoted = h("p", "The words are kept from your role.", cls="said mute")
    return h(
        "div",
        glyph(row["stance"]),
        h("div", bears_on(row["target"])),
        quoted,
        h("p", f"“{row['memo']}”", cls="by memo") if row["memo"] else None,
        h("p", " · ".join(filter(None, (said_by, judged(row)))), cls="by"),
        cls="pass here" if row["id"] == here else "pass",
        id=f"coding-{row['id']}",
        data_here="1" if row["id"] == here and not words else None,
    )


def coded_list(
    rows: Sequence[dict[str, Any]], text: Text, source: str, shown: int, here: str | None
) -> Node:
    """The codings of a text, those against first; each leads to its words, and says whose they are
    to whoever reads the text."""
    ordered = sorted(rows, key=lambda row: ORDER.index(row["stance"]))
    parts: list[Node] = [section(f"{len(rows)} codings of this text", "against first")]
    for row in ordered[:shown]:
        item = coding(row, here=here, said_by=_said_by(text, row))
        to = f"source?id={source}&coding={row['id']}"
        item[2].append(
            h("p", "Show in the text", cls="crumb by", data_go=to, tabindex=0, role="link")
            if row["start"] is not None
            else h("p", where(row), cls="by")
        )
        parts.append(item)
    if len(rows) > shown:
        left = min(PAGE, len(rows) - shown)
        parts.append(more(f"Show {left} more of {len(rows) - shown}"))
    return h("div", *parts, cls="coded")


def _said_by(text: Text, row: dict[str, Any]) -> str:
    """Who speaks in a passage, as the text names them; empty where that is not known."""
    if text.text is None or row["start"] is None:
        return ""
    words = text.text[row["start"] : row["end"]]
    return ", ".join(speakers_in(text.starts, text.speakers, row["start"], words))


def more(said: str) -> Node:
    """A line that shows more of a list."""
    return h("p", said, cls="crumb more", data_go="more", tabindex=0, role="button")


def where(row: dict[str, Any]) -> str:
    """'paraphrase, section X', and the place in it."""
    return ", ".join(filter(None, ("paraphrase", f"section {row['section']}", row["locator"])))


def by_section(
    rows: Sequence[dict[str, Any]], shown: int, here: str | None, *, may_code: bool
) -> Node:
    """The located passages of a source whose text is not held: by section, each with its
    codings, those against first."""
    ordered = sorted(rows, key=lambda r: (r["section"] or "", r["locator"] or "", r["excerpt_id"]))
    passages = [list(same) for _, same in groupby(ordered, key=lambda row: row["excerpt_id"])]
    if here:
        at = next((i for i, p in enumerate(passages) if any(r["id"] == here for r in p)), 0)
        shown = max(shown, at + 1)
    parts: list[Node] = []
    for title, inside in groupby(passages[:shown], key=lambda p: p[0]["section"]):
        parts.append(section(f"Section: {title}" if title else "No section"))
        parts += [_passage(p, here, may_code=may_code) for p in inside]
    if len(passages) > shown:
        parts.append(more(f"Show more of {len(passages) - shown} passages"))
    return h("div", *parts, cls="coded located")


def _passage(rows: list[dict[str, Any]], here: str | None, *, may_code: bool) -> Node:
    first = rows[0]
    ordered = sorted(rows, key=lambda row: ORDER.index(row["stance"]))
    return h(
        "div",
        h("p", first["paraphrase"] or "", cls="said"),
        h("p", ", ".join(filter(None, ("paraphrase", first["locator"]))), cls="by"),
        *(coding(row, words=False, here=here) for row in ordered),
        h(
            "p",
            "Code this passage",
            cls="crumb by",
            data_go=f"take?{first['excerpt_id']}",
            tabindex=0,
            role="button",
        )
        if may_code
        else None,
        cls="place",
    )
