"""The passages that a form lets one choose, so that what is recorded rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.editing import Field
from components.said import where
from components.session import actor, ask, programme
from components.words import cut

MOST = 400
"""How many passages are offered; what the others support is coded where they are read."""


def codings_of(place_id: str, target_id: str | None = None) -> list[dict[str, Any]]:
    """The codings that speak of a place, or of a programme and all that is in it (its id), those on
    the target first, then in the order in which they were made."""
    on_it = ask("evidence/passages", target=target_id, concerns_id=place_id) if target_id else []
    here = programme()
    whole = here is not None and here["id"] == place_id
    where_ = {"programme_id": place_id} if whole else {"concerns_id": place_id}
    return on_it + ask("evidence/codings", limit=MOST, **where_)


def named(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Passages by the ids of their excerpts, as a list names them: where each stands, who speaks,
    and its first words."""
    found: dict[str, str] = {}
    for row in rows:
        groups = dict.fromkeys(s["role_group"] for s in row["speakers"] if s["role_group"])
        quote = f"“{row['quote']}”" if row["quote"] else None
        words = quote or row["paraphrase"] or "words kept from your role"
        place = where({**row, "anchor": ""})
        found.setdefault(
            row["excerpt_id"], " · ".join(filter(None, (place, ", ".join(groups), cut(words, 90))))
        )
    return found


def passages_field(rows: Sequence[Mapping[str, Any]], title: str) -> Field:
    """The field in which passages are chosen."""
    return Field("passages", title, "many", named(rows))


def may_code(place_id: str) -> bool:
    """Whether whoever looks may code passages that speak of this place."""
    return actor().may_write("Coding", frozenset({place_id}))


def on_target(
    rows: Iterable[Mapping[str, Any]], target_id: str | None, place_id: str
) -> dict[str, str]:
    """The codings (ids) on a target for a place, by the passages (excerpts) that they code."""
    return {
        row["excerpt_id"]: row["id"]
        for row in rows
        if row.get("target_id") == target_id and row["concerns_id"] == place_id
    }


def excerpts_left(chosen: Iterable[str], there: Mapping[str, str]) -> tuple[str, ...]:
    """The passages among those chosen that are still to be coded."""
    return tuple(excerpt for excerpt in dict.fromkeys(chosen) if excerpt not in there)
