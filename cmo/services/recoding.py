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
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.coding import Position, refuse_closed
from cmo.services.reading import get_record, read
from cmo.services.writing import commit

JUDGED = ("stance", "claim", "relevance", "richness", "rigour", "ratings_why", "memo", "concerns")
"""What a copy of a coding takes over."""


@dataclasses.dataclass(frozen=True)
class Shown:
    """A coding as somebody saw it: its revision, and where its passage stood."""

    rev: int
    at: Position


def adjust(
    graph: Graph, actor: Actor, coding: str, to: Position, shown: Shown | None = None
) -> Done:
    """Moves the edges of a coding (its id) to other positions in its text.

    Other codings of the same passage stay where they are, and so does all that rests on this one.
    Whoever is heard there is named anew. Raises InvalidInput for a passage whose text is not held,
    that is not one of the text, or that is where it was; Refused where the coding is retired, or is
    not as it was `shown` any more.
    """
    held, passage, text = _standing(graph, actor, coding, shown)
    span = _trimmed(text, to.start, to.end)
    if (span.start, span.end) == (passage.fields["start"], passage.fields["end"]):
        raise InvalidInput(
            "The coding stands there already.", "Nothing was changed.", "Move an edge first."
        )
    new, excerpt = _placed(graph, actor, passage, span)
    done = commit(graph, actor, Act("edit", None, new, (_to(held, excerpt),)))
    return Done(done.change, (coding,), (None,))


def split_coding(
    graph: Graph, actor: Actor, coding: str, at: int, shown: Shown | None = None
) -> Done:
    """Splits a coding (its id) in two at a position in its text, both judged alike; the white space
    at the cut belongs to neither.

    The answer's first record is the coding, which keeps what comes before, the second the new one.
    What rested on it rests on the first. Raises InvalidInput where nothing would be left of a part,
    else as `adjust`; Refused too for a carried coding that waits to be affirmed.
    """
    held, passage, text = _standing(graph, actor, coding, shown)
    if held.fields["affirmed"] is False:
        raise Refused(
            "That coding was carried over and waits to be affirmed.",
            "Nothing was split.",
            "Affirm it first, or move its edges.",
        )
    start, end = passage.fields["start"], passage.fields["end"]
    if not start < at < end or not text[start:at].strip() or not text[at:end].strip():
        raise InvalidInput(
            "A part of the coding would be left without words.",
            "Nothing was split.",
            "Put the caret between two of its words first.",
        )
    before, first = _placed(graph, actor, passage, _trimmed(text, start, at))
    after, second = _placed(graph, actor, passage, _trimmed(text, at, end))
    copy = dataclasses.replace(
        _copy(held), id=str(uuid.uuid4()), excerpt=second, judged_by=held.fields["judged_by"]
    )
    act = Act("edit", "split in two", (*before, *after, copy), (_to(held, first),))
    done = commit(graph, actor, act)
    return Done(done.change, (coding, str(copy.id)), (None, None))


def duplicate(graph: Graph, actor: Actor, coding: str, target: str | None) -> Done:
    """Codes the same words, judged alike, as bearing on something else (an id; None: to place).

    The answer's first record is the new coding. Raises AlreadyThere where the words bear on that
    already by the actor's own coding.
    """
    held = _in_use(graph, actor, coding)
    passage = get_record(graph, actor, held.fields["excerpt"])
    refuse_closed(get_record(graph, actor, passage.fields["source"]))
    beside = read(graph, "evidence/same_passage", actor, coding_id=coding)
    if any((row["target_id"], row["user_id"]) == (target, actor.id) for row in beside):
        raise AlreadyThere(
            "You have coded these words to that already.",
            "Nothing was coded.",
            "Choose something else that they bear on.",
        )
    made = dataclasses.replace(
        _copy(held), id=str(uuid.uuid4()), bears_on=target, judged_by=actor.id
    )
    return commit(graph, actor, Act("record", new=(made,)))


def _copy(held: Stored) -> Coding:
    taken: dict[str, Any] = {name: held.fields[name] for name in JUDGED}
    return Coding(excerpt=held.fields["excerpt"], bears_on=held.fields["bears_on"], **taken)


def _to(held: Stored, excerpt: str) -> Edit:
    return Edit(held.id, {"excerpt": excerpt}, held.rev)


def _in_use(graph: Graph, actor: Actor, coding: str) -> Stored:
    held = get_record(graph, actor, coding)
    if held.kind is not Coding:
        raise InvalidInput(
            f"{held.code or held.name} is no coding.", "Nothing was changed.", "Name a coding."
        )
    if held.retired_at is not None:
        raise Refused(
            "That coding was taken out meanwhile.",
            "Nothing was changed.",
            "Reinstate it first; History tells who took it out, and why.",
        )
    return held


def _standing(
    graph: Graph, actor: Actor, coding: str, shown: Shown | None
) -> tuple[Stored, Stored, str]:
    """The coding, its passage and the text that this is taken from."""
    held = _in_use(graph, actor, coding)
    passage = get_record(graph, actor, held.fields["excerpt"])
    source = get_record(graph, actor, passage.fields["source"])
    refuse_closed(source)
    text = source.fields["text"]
    if text is None or passage.fields["start"] is None:
        raise InvalidInput(
            "The text of that passage is not held, or not for your role.",
            "Nothing was changed.",
            "Edit its section, locator and paraphrase instead, or ask an evaluator.",
        )
    there = Position(passage.fields["start"], passage.fields["end"])
    if shown is not None and Shown(held.rev, there) != shown:
        raise Refused(
            "Somebody has changed that coding since it was shown.",
            "Nothing was changed.",
            "Look at it as it is now, and do it again if you still want to.",
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


def _placed(
    graph: Graph, actor: Actor, passage: Stored, span: Span
) -> tuple[tuple[Excerpt, ...], str]:
    """The id of the passage at that place of the same source, with the record of it where none was
    taken there before. Whom a person named in the old one, and not the text's labels, is named."""
    source = passage.fields["source"]
    known = read(
        graph, "evidence/same_excerpt", actor, source=source, start=span.start, end=span.end
    )
    if known:
        return (), str(known[0]["id"])
    rows = graph.read(lambda tx: tx.run("evidence/heard_in", ids=[source]))
    by_label = {row["informant"] for row in rows}
    new = Excerpt(
        id=str(uuid.uuid4()),
        source=source,
        anchor=Anchor.EXACT,
        section=passage.fields["section"],
        spoken_by=tuple(i for i in passage.fields["spoken_by"] if i not in by_label),
        **dataclasses.asdict(span),
    )
    return (new,), str(new.id)
