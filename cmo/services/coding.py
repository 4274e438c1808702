"""Coding: a passage of a source bears on something, in one person's judgement."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cmo.domain.evidence import Coding, Excerpt, Source
from cmo.domain.record import Record
from cmo.domain.spans import Span, find_quote, span_at
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Anchor, Claim, Rating, Stance
from cmo.errors import InvalidInput, Refused
from cmo.graph.graph import Graph, Transaction
from cmo.graph.queries import get_query
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.reading import bind, fresh, get_record, read
from cmo.services.writing import commit


@dataclass(frozen=True)
class Position:
    """A passage of a text that is held: half-open [start, end) in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Quotation:
    """Words of a text that is held, as they stand there; `occurrence` (from 1) says which, where
    they stand there more than once."""

    words: str
    occurrence: int | None = None


@dataclass(frozen=True)
class Location:
    """A passage of a source whose text is not held: where it stands, and what it says in our
    words."""

    section: str
    locator: str
    paraphrase: str


@dataclass(frozen=True)
class Judgement:
    """What the coder thinks of a passage; `concerns` is the id of a project or programme, None for
    where the source was collected."""

    stance: Stance = Stance.SUPPORTS
    claim: Claim = Claim.OBSERVED
    relevance: Rating | None = None
    richness: Rating | None = None
    rigour: Rating | None = None
    memo: str | None = None
    concerns: str | None = None


@dataclass(frozen=True)
class Made:
    """What a passage bears on (an id; None: on nothing yet), with the records and edits that make
    it, in an order in which each refers to earlier ones only."""

    target: str | None
    new: tuple[Record, ...] = ()
    edits: tuple[Edit, ...] = ()


AS_SEEN = Judgement()
"""A passage that supports, as observed, without ratings."""


TRIES = 3
"""How often a passage is looked for again that a colleague is taking at the same moment."""


class _TakenMeanwhile(Refused):
    """Somebody else has just taken the same passage."""


def code_passage(
    graph: Graph,
    actor: Actor,
    source: str,
    passage: Position | Quotation | Location,
    target: str | None,
    judgement: Judgement = AS_SEEN,
    made: Made | None = None,
) -> Done:
    """Codes a passage of the source (its id) as bearing on the target (an id; None: to place), or
    on what is made for it at the same time; all of it is stored, or nothing.

    A passage that was taken before is coded again, not doubled, also where a colleague takes it at
    the same moment. A new one names every informant of whom it holds words. The answer's first
    record is the coding, the second the passage. Raises InvalidInput where the passage is not one
    of the text, or holds no words, and Refused where the source is retired.
    """
    held = get_record(graph, actor, source)
    refuse_closed(held)
    excerpt = _excerpt(held, passage)
    on = made or Made(target)
    for _ in range(TRIES):
        try:
            return _code(graph, actor, held, excerpt, on, judgement)
        except _TakenMeanwhile:
            continue
    return _code(graph, actor, held, excerpt, on, judgement)


def refuse_closed(source: Stored) -> None:
    """Raises InvalidInput for a record that is no source, and Refused for a source in which nothing
    is coded any more: it is retired, as every version is but the newest."""
    if source.kind is not Source:
        raise InvalidInput(
            f"{source.code or source.name} is no source.", "Nothing was coded.", "Name a source."
        )
    if source.retired_at is not None:
        raise Refused(
            f"{source.code or source.name} was taken out of use meanwhile.",
            "Nothing was changed in it.",
            "Code in its newer version, if there is one; or reinstate it first (`cmo reinstate`).",
        )


def _code(
    graph: Graph,
    actor: Actor,
    held: Stored,
    excerpt: Excerpt,
    on: Made,
    judgement: Judgement,
) -> Done:
    asked = {name: getattr(excerpt, name) for name in ("start", "end", "locator", "paraphrase")}
    known = read(graph, "evidence/same_excerpt", actor, source=held.id, **asked)
    excerpt_id = known[0]["id"] if known else str(excerpt.id)
    coding = Coding(
        id=str(uuid.uuid4()),
        excerpt=excerpt_id,
        bears_on=on.target,
        concerns=judgement.concerns or held.fields["collected_in"],
        stance=judgement.stance,
        claim=judgement.claim,
        relevance=judgement.relevance,
        richness=judgement.richness,
        rigour=judgement.rigour,
        memo=judgement.memo,
        judged_by=actor.id,
    )

    def before(tx: Transaction) -> None:
        query = get_query("evidence/same_excerpt")
        if tx.run_query(query, bind(query, fresh(tx, actor), {"source": held.id, **asked})):
            raise _TakenMeanwhile(
                "That passage was taken meanwhile.", "Nothing was coded.", "Code it again."
            )

    # All that recording.record would look up is known here, and a coder waits for this one.
    new = (
        Act("record", new=(*on.new, coding), edits=on.edits)
        if known
        else Act("record", new=(*on.new, excerpt, coding), edits=on.edits, before=before)
    )
    done = commit(graph, actor, new)
    return Done(done.change, (str(coding.id), excerpt_id), (None, None))


def _excerpt(held: Stored, passage: Position | Quotation | Location) -> Excerpt:
    text = held.fields["text"]
    if isinstance(passage, Location) == (text is not None):
        has = "is held" if text else "is not held"
        raise InvalidInput(
            f"The text of {held.code or held.name} {has}.",
            "Nothing was coded.",
            "Give the passage's start and end."
            if text
            else "Give the passage's section, locator and a paraphrase.",
        )
    made = str(uuid.uuid4())
    if isinstance(passage, Location):
        return Excerpt(
            id=made,
            source=held.id,
            anchor=Anchor.LOCATED,
            section=passage.section,
            locator=passage.locator,
            paraphrase=passage.paraphrase,
        )
    span = _span(text, passage)
    return Excerpt(
        id=made,
        source=held.id,
        anchor=Anchor.EXACT,
        start=span.start,
        end=span.end,
        quote=span.quote,
        prefix=span.prefix,
        suffix=span.suffix,
    )


def _span(text: str, passage: Position | Quotation) -> Span:
    if isinstance(passage, Position):
        span = span_at(text, passage.start, passage.end)
        if span is not None and span.quote.strip():
            return span
        if span is not None:
            raise InvalidInput(
                f"No words stand from {passage.start} to {passage.end} in that text.",
                "Nothing was coded.",
                "Select some words. What somebody said who has withdrawn is blank.",
                field_name="start",
            )
        raise InvalidInput(
            f"There is no passage from {passage.start} to {passage.end} in that text of "
            f"{len(text)} characters.",
            "Nothing was coded.",
            "Positions count characters from 0, and the end comes after the start.",
            field_name="start",
        )
    span = find_quote(text, passage.words, passage.occurrence)
    if span is not None:
        return span
    times = text.count(passage.words) if passage.words else 0
    raise InvalidInput(
        f"These words stand in that text {times} times."
        if times
        else "That text has no such words.",
        "Nothing was coded.",
        f"Say which by its occurrence, from 1 to {times}, or quote more of it."
        if times
        else "Copy them from the text: capitals, punctuation and line ends count.",
        field_name="quote",
    )
