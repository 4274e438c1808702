"""Coding: a passage of a source bears on something, in one person's judgement."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cmo.domain.evidence import Coding, Excerpt
from cmo.domain.record import Record
from cmo.domain.spans import span_at, speaker_at
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Anchor, Claim, Rating, Stance
from cmo.errors import InvalidInput
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done
from cmo.services.reading import get_record, read
from cmo.services.writing import commit


@dataclass(frozen=True)
class Position:
    """A passage of a text that is held: half-open [start, end) in code points."""

    start: int
    end: int


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


AS_SEEN = Judgement()
"""A passage that supports, as observed, without ratings."""


def code_passage(
    graph: Graph,
    actor: Actor,
    source: str,
    passage: Position | Location,
    target: str | None,
    judgement: Judgement = AS_SEEN,
) -> Done:
    """Codes a passage of the source (its id) as bearing on the target (an id; None: to place).

    A passage that was taken before is coded again, not doubled. The answer's first record is the
    coding. Raises InvalidInput where the passage is not one of the text.
    """
    held = get_record(graph, actor, source)
    excerpt, known = _excerpt(graph, actor, held, passage)
    coding_id = str(uuid.uuid4())
    coding = Coding(
        id=coding_id,
        excerpt=str(excerpt.id),
        bears_on=target,
        concerns=judgement.concerns or held.fields["collected_in"],
        stance=judgement.stance,
        claim=judgement.claim,
        relevance=judgement.relevance,
        richness=judgement.richness,
        rigour=judgement.rigour,
        memo=judgement.memo,
        judged_by=actor.id,
    )
    new: tuple[Record, ...] = (coding,) if known else (excerpt, coding)
    # All that recording.record would look up is known here, and a coder waits for this one.
    done = commit(graph, actor, Act("record", new=new))
    return Done(done.change, (coding_id, str(excerpt.id)), (None, None))


def _excerpt(
    graph: Graph, actor: Actor, held: Stored, passage: Position | Location
) -> tuple[Excerpt, bool]:
    source, text = held.id, held.fields["text"]
    if isinstance(passage, Location) == (text is not None):
        has = "is held" if text else "is not held"
        raise InvalidInput(
            f"The text of {held.code or held.name} {has}.",
            "Nothing was coded.",
            "Give the passage's start and end."
            if text
            else "Give the passage's section, locator and a paraphrase.",
        )
    if isinstance(passage, Location):
        new = Excerpt(
            source=source,
            anchor=Anchor.LOCATED,
            section=passage.section,
            locator=passage.locator,
            paraphrase=passage.paraphrase,
        )
        asked: dict[str, str | int] = {"locator": passage.locator, "paraphrase": passage.paraphrase}
    else:
        span = span_at(text, passage.start, passage.end)
        if span is None:
            raise InvalidInput(
                f"There is no passage from {passage.start} to {passage.end} in that text of "
                f"{len(text)} characters.",
                "Nothing was coded.",
                "Positions count characters from 0, and the end comes after the start.",
                field_name="start",
            )
        speaker = speaker_at(
            held.fields["turn_starts"], held.fields["turn_speakers"], passage.start
        )
        spoken = [
            row["informant"]
            for row in read(graph, "evidence/speakers", actor, source=source)
            if row["label"] == speaker
        ]
        new = Excerpt(
            source=source,
            anchor=Anchor.EXACT,
            start=passage.start,
            end=passage.end,
            quote=span.quote,
            prefix=span.prefix,
            suffix=span.suffix,
            spoken_by=tuple(spoken),
        )
        asked = {"start": passage.start, "end": passage.end}
    known = read(graph, "evidence/same_excerpt", actor, source=source, **asked)
    record_id = known[0]["id"] if known else str(uuid.uuid4())
    return Excerpt(**{**vars(new), "id": record_id}), bool(known)
