"""Finding a passage again in a later version of its text."""

from __future__ import annotations

from enum import StrEnum

from cmo.domain.spans import Span, find_quote, span_at

ENOUGH = 12
"""Code points of words around a quote from which on they tell it from the same words elsewhere: a
speaker's label alone does not."""


class Tier(StrEnum):
    """How surely a passage was found again, the surest first."""

    EXACT_POSITION = "exact position"
    IN_CONTEXT = "quote with context"
    QUOTE_ALONE = "quote alone"


def find_again(text: str, before: Span) -> tuple[Span, Tier] | None:
    """Where the passage stands in this text, and how surely it is the same.

    At the position that it had, with the same words around it; else at the only place where it
    stands with what stood before it or after it, if that is ENOUGH to know it by; else at the only
    place where its words stand at all. None where that is nowhere, or where several places fit
    alike: it is never guessed.
    """
    there = span_at(text, before.start, before.end)
    if there == before:
        return there, Tier.EXACT_POSITION
    pieces = dict.fromkeys(
        [(before.prefix, before.suffix), (before.prefix, ""), ("", before.suffix)]
    )
    for prefix, suffix in pieces:
        if len((prefix + suffix).strip()) >= ENOUGH:
            around = find_quote(text, prefix + before.quote + suffix)
            if around is not None:
                start = around.start + len(prefix)
                found = span_at(text, start, start + len(before.quote))
                assert found is not None, "a part of what stands there stands there"
                return found, Tier.IN_CONTEXT
    alone = find_quote(text, before.quote)
    return (alone, Tier.QUOTE_ALONE) if alone is not None else None
