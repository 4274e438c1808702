"""Changing codings where they stand in a text: moved, in two, and doubled for something else.

What a coding bears on and how it is judged is edited as any record is (recording.edit), and it is
taken out of use likewise (recording.retire).
"""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from cmo.domain.evidence import Coding, Excerpt
from cmo.domain.spans import Span, span_at
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Anchor
from cmo.errors import AlreadyThere, InvalidInput, Refused
from cmo.graph.graph import Graph, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.coding import Position
from cmo.services.reading import get_record, read
from cmo.services.writing import commit

TRIES = 3
"""How often a passage is looked at again that a colleague is coding at the same moment."""
JUDGED = ("stance", "claim", "relevance", "richness", "rigour", "memo", "concerns")
"""What a copy of a coding takes over."""


class _CodedMeanwhile(Refused):
    """Somebody else has just coded, or taken, the same passage."""


def adjust(graph: Graph, actor: Actor, coding: str, to: Position, *, why: str = "") -> Done:
    """Moves the edges of a coding (its id) to other positions in its text.

    Other codings of the same passage stay where they are, and so does all that rests on this one.
    Whoever is heard there is named anew. Raises InvalidInput for a passage whose text is not held,
    that is not one of the text, or that is where it was.
    """

    def act() -> Act:
        held, passage, text = _standing(graph, actor, coding)
        span = _trimmed(text, to.start, to.end)
        if (span.start, span.end) == (passage.fields["start"], passage.fields["end"]):
            raise InvalidInput(
                "The coding stands there already.", "Nothing was changed.", "Move an edge first."
            )
        new, edit, before = _moved(graph, actor, held, passage, span)
        return Act("edit", why or None, new, (edit,), before=before)

    return Done(_tried(graph, actor, act), (coding,), (None,))


def split_coding(graph: Graph, actor: Actor, coding: str, at: int) -> Done:
    """Splits a coding (its id) in two at a position in its text, both judged alike; the white space
    at the cut belongs to neither.

    The answer's first record is the coding, which keeps what comes before, the second the new one.
    What rested on it rests on the first. Raises InvalidInput where nothing would be left of a part.
    """
    made = str(uuid.uuid4())

    def act() -> Act:
        held, passage, text = _standing(graph, actor, coding)
        start, end = passage.fields["start"], passage.fields["end"]
        if not start < at < end or not text[start:at].strip() or not text[at:end].strip():
            raise InvalidInput(
                "A part of the coding would be left without words.",
                "Nothing was split.",
                "Put the caret between two of its words first.",
            )
        first, second = _trimmed(text, start, at), _trimmed(text, at, end)
        new, edit, before = _moved(graph, actor, held, passage, first)
        known = _taken_at(graph, actor, passage.fields["source"], second)
        rest = _excerpt(passage.fields["source"], second)
        copy = dataclasses.replace(_copy(actor, held), id=made, excerpt=known or str(rest.id))
        added = (*new, copy) if known else (*new, rest, copy)
        return Act("edit", "split in two", added, (edit,), before=before)

    return Done(_tried(graph, actor, act), (coding, made), (None, None))


def duplicate(graph: Graph, actor: Actor, coding: str, target: str | None) -> Done:
    """Codes the same words, judged alike, as bearing on something else (an id; None: to place).

    The answer's first record is the new coding. Raises AlreadyThere where the words bear on that
    already by the actor's own coding.
    """
    held = get_record(graph, actor, coding)
    beside = read(graph, "evidence/same_passage", actor, coding_id=coding)
    if any((row["target_id"], row["user_id"]) == (target, actor.id) for row in beside):
        raise AlreadyThere(
            "You have coded these words to that already.",
            "Nothing was coded.",
            "Choose something else that they bear on.",
        )
    made = dataclasses.replace(_copy(actor, held), id=str(uuid.uuid4()), bears_on=target)
    return commit(graph, actor, Act("record", new=(made,)))


def _copy(actor: Actor, held: Stored) -> Coding:
    taken: dict[str, Any] = {name: held.fields[name] for name in JUDGED}
    return Coding(
        excerpt=held.fields["excerpt"],
        bears_on=held.fields["bears_on"],
        judged_by=actor.id,
        **taken,
    )


def _tried(graph: Graph, actor: Actor, act: Any) -> str:
    for _ in range(TRIES):
        try:
            return commit(graph, actor, act()).change
        except _CodedMeanwhile:
            continue
    return commit(graph, actor, act()).change


def _standing(graph: Graph, actor: Actor, coding: str) -> tuple[Stored, Stored, str]:
    """The coding, its passage and the text that this is taken from."""
    held = get_record(graph, actor, coding)
    passage = get_record(graph, actor, held.fields["excerpt"])
    text = get_record(graph, actor, passage.fields["source"]).fields["text"]
    if text is None or passage.fields["start"] is None:
        raise InvalidInput(
            "The text of that passage is not held, or not for your role.",
            "Nothing was changed.",
            "Edit its section, locator and paraphrase instead, or ask an evaluator.",
        )
    return held, passage, text


def _trimmed(text: str, start: int, end: int) -> Span:
    """The passage without the white space at its edges."""
    if 0 <= start < end <= len(text):
        said = text[start:end]
        start += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
    span = span_at(text, start, end)
    if span is None:
        raise InvalidInput(
            f"There is no passage from {start} to {end} in that text of {len(text)} characters.",
            "Nothing was changed.",
            "Select some words first.",
            field_name="start",
        )
    return span


def _taken_at(graph: Graph, actor: Actor, source: str, span: Span) -> str | None:
    found = read(
        graph, "evidence/same_excerpt", actor, source=source, start=span.start, end=span.end
    )
    return str(found[0]["id"]) if found else None


def _excerpt(source: str, span: Span) -> Excerpt:
    return Excerpt(
        id=str(uuid.uuid4()), source=source, anchor=Anchor.EXACT, **dataclasses.asdict(span)
    )


def _moved(
    graph: Graph, actor: Actor, held: Stored, passage: Stored, span: Span
) -> tuple[tuple[Excerpt, ...], Edit, Any]:
    """What moves a coding: to a passage that was taken there before; else its own passage, if
    nothing else refers to that; else to a new one."""
    source = passage.fields["source"]
    known = _taken_at(graph, actor, source, span)
    if known:
        return (), Edit(held.id, {"excerpt": known}, held.rev), None
    others = graph.read(lambda tx: _others(tx, passage.id, held.id))
    if others:
        new = _excerpt(source, span)
        return (new,), Edit(held.id, {"excerpt": str(new.id)}, held.rev), None

    def before(tx: Transaction) -> None:
        if _others(tx, passage.id, held.id):
            raise _CodedMeanwhile(
                "That passage was coded meanwhile.", "Nothing was changed.", "Try again."
            )

    place = {"anchor": str(Anchor.EXACT), **dataclasses.asdict(span)}
    return (), Edit(passage.id, place, passage.rev), before


def _others(tx: Transaction, passage: str, coding: str) -> bool:
    return any(row["id"] != coding for row in tx.run("record/referrers", ids=[passage]))
