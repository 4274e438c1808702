"""A passage as people read it: a quote in its words, else the paraphrase, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from components.drawing import Node, h
from components.marks import glyph


def opens(row: Mapping[str, Any]) -> str:
    """The address at which a passage is read in its source."""
    coding = row.get("coding_id") or row["id"]
    return f"source?id={row['source_id']}&coding={coding}"


def where(row: Mapping[str, Any]) -> str:
    """Where a passage stands: 'paraphrase, Table 2' where the text is not held, else its place."""
    if row.get("anchor") == "located":
        return f"paraphrase, section {row['section']}" if row["section"] else "paraphrase"
    return ", ".join(filter(None, (row["source_code"], row["locator"])))


def once(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Passages that several people coded alike, each once; `coders` then names them."""
    held: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        held.setdefault((row["excerpt_id"], row["stance"], row["concerns"]), []).append(row)
    alike = []
    for same in held.values():
        names = dict.fromkeys(row["judged_by"] for row in same if row.get("judged_by"))
        alike.append({**same[0], "coders": " and ".join(names) if len(names) > 1 else None})
    return alike


def passage(
    row: Mapping[str, Any],
    *,
    kind: str | None = None,
    place: bool = True,
    bears: list[Node] | None = None,
) -> Node:
    """One passage with the mark of its stance (or of `kind`); it opens in its source.

    `place` says of which project it speaks, `bears` on what it bears. A quote that may not be read
    by whoever looks is replaced by its paraphrase; where there is none either, that is said.
    """
    quote, paraphrase = row.get("quote"), row.get("paraphrase")
    if quote:
        words = h("q", quote)
    elif paraphrase:
        words = h("p", paraphrase, cls="said")
    else:
        words = h("p", "The words are kept from your role.", cls="said mute")
    speakers = ", ".join(dict.fromkeys(s["role_group"] for s in row["speakers"] if s["role_group"]))
    by = [row["concerns"] if place else None, speakers or None, where(row)]
    said = " · ".join(filter(None, by))
    notes = [f"coded by {row['coders']}"] if row.get("coders") else []
    if row["claim"] == "implied":
        notes.append("only implied")
    if not row["counted"]:
        notes.append("carried, not yet affirmed" if row.get("carried") else "not counted")
    return h(
        "div",
        glyph(kind or row["stance"]),
        words,
        h("p", said, h("span", " · ", ", ".join(notes)) if notes else None, cls="by"),
        h("p", *bears, cls="by bears") if bears else None,
        cls="pass",
        data_go=opens(row),
        tabindex=0,
        role="link",
    )
