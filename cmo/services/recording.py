"""Recording, editing, retiring and reinstating records of every kind."""

from __future__ import annotations

import dataclasses
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from cmo.domain.case import Programme, Relation
from cmo.domain.clock import now, text_of
from cmo.domain.evidence import Assessment, Coding, Excerpt, Source
from cmo.domain.fields import Tie
from cmo.domain.record import Record
from cmo.domain.spans import read_text, span_at, turns
from cmo.domain.stored import Stored
from cmo.domain.theory import Revision
from cmo.domain.vocabulary import Anchor, Role
from cmo.errors import EditConflict, InvalidInput, Refused
from cmo.graph.graph import Graph, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.reading import get_record, get_records, load_records
from cmo.services.writing import commit

TRIES = 5
"""How often a programme is recorded again when its founder's roles have changed meanwhile."""


def record(graph: Graph, actor: Actor, *new: Record, why: str | None = None) -> Done:
    """Records new records, all or none, in an order in which each refers only to earlier ones or
    to what is stored.

    What can be known is filled in: who judged, where a coding's passage was collected, a text's
    checksum and speaker turns, what stands around a quote. Whoever records a programme becomes its
    evaluator and data steward. Raises InvalidInput, NotAllowed or NotFound.
    """
    complete = completed(graph, actor, new)
    for _ in range(TRIES):
        edits = founders(graph, actor, complete)
        try:
            return commit(graph, actor, Act("record", why, complete, edits))
        except EditConflict:  # the actor recorded another programme at the same time
            continue
    return commit(graph, actor, Act("record", why, complete, founders(graph, actor, complete)))


def record_relation(
    graph: Graph,
    actor: Actor,
    relation: Relation,
    passages: tuple[str, ...] = (),
    *,
    why: str | None = None,
) -> Done:
    """Records a relation and codes the passages (ids of excerpts) that state it, or deny it where
    that is what it says; all or none. The answer's first record is the relation.

    One that is denied needs a passage. Raises as `record`.
    """
    made = dataclasses.replace(relation, id=relation.id or str(uuid.uuid4()))
    codings = tuple(
        Coding(excerpt=passage, bears_on=made.id, concerns=made.within)
        for passage in dict.fromkeys(passages)
    )
    return record(graph, actor, made, *codings, why=why)


def completed(graph: Graph, actor: Actor, new: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records in their order, with ids, and with what can be known of each filled in.

    Raises InvalidInput for a passage that is not one of its text, NotFound for what it refers to.
    """
    named = [r if r.id else dataclasses.replace(r, id=str(uuid.uuid4())) for r in new]
    fresh = {str(r.id): r for r in named}
    return tuple(_completed(graph, actor, r, fresh) for r in named)


def founders(graph: Graph, actor: Actor, new: tuple[Record, ...]) -> tuple[Edit, ...]:
    """The edit that makes whoever records new programmes their evaluator and data steward; none
    without a new programme."""
    founded = [r for r in new if isinstance(r, Programme)]
    if not founded:
        return ()
    held = get_record(graph, actor, actor.id)
    given = tuple(
        Tie(str(p.id), (("role", str(role)),))
        for p in founded
        for role in (Role.EVALUATOR, Role.DATA_STEWARD)
    )
    return (Edit(actor.id, {"roles": (*held.fields["roles"], *given)}, held.rev),)


def _completed(graph: Graph, actor: Actor, item: Record, fresh: Mapping[str, Record]) -> Record:
    match item:
        case Source():
            return _source(item)
        case Excerpt():
            return _excerpt(graph, actor, item, fresh)
        case Coding():
            judged = item.judged_by or actor.id
            concerns = item.concerns or _collected(graph, actor, item.excerpt, fresh)
            return dataclasses.replace(item, judged_by=judged, concerns=concerns)
        case Assessment() | Revision():
            return dataclasses.replace(item, judged_by=item.judged_by or actor.id)
        case _:
            return item


def _source(source: Source) -> Source:
    if source.text is None:
        return source
    if not source.text.strip():
        raise InvalidInput(
            "The text of the source is empty.",
            "Nothing was recorded.",
            "Give the text, or leave it out: passages are then taken by section and locator.",
            field_name="text",
        )
    text = read_text(source.text)
    starts, speakers = source.turn_starts, source.turn_speakers
    if not starts and not speakers:
        starts, speakers = turns(text)
    return dataclasses.replace(
        source,
        text=text,
        # Half a character is refused by name a moment later, when the fields are checked.
        text_sha256=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
        turn_starts=starts,
        turn_speakers=speakers,
    )


def _excerpt(graph: Graph, actor: Actor, item: Excerpt, fresh: Mapping[str, Record]) -> Excerpt:
    if item.anchor == Anchor.LOCATED or item.start is None or item.end is None:
        return item
    made = fresh.get(item.source)
    text = (
        read_text(getattr(made, "text", None) or "")
        if made is not None
        else get_record(graph, actor, item.source).fields["text"] or ""
    )
    span = span_at(text, item.start, item.end)
    if span is None:
        raise InvalidInput(
            f"There is no passage from {item.start} to {item.end} in that text of {len(text)} "
            "characters.",
            "Nothing was recorded.",
            "Positions count characters from 0, and the end comes after the start.",
            field_name="start",
        )
    if item.quote and item.quote != span.quote:
        raise InvalidInput(
            "The quote does not stand in the text at that position.",
            "Nothing was recorded.",
            "Select the passage again. What somebody said who has withdrawn is blank.",
            field_name="quote",
        )
    return dataclasses.replace(
        item, quote=item.quote or span.quote, prefix=span.prefix, suffix=span.suffix
    )


def _collected(graph: Graph, actor: Actor, excerpt: str, fresh: Mapping[str, Record]) -> str | None:
    made = fresh.get(excerpt)
    source = getattr(made, "source", None)
    if source is None:
        source = get_record(graph, actor, excerpt).fields["source"]
    held = fresh.get(source)
    if held is not None:
        return getattr(held, "collected_in", None)
    place: str = get_record(graph, actor, source).fields["collected_in"]
    return place


def edit(
    graph: Graph,
    actor: Actor,
    record_id: str,
    rev: int,
    changes: Mapping[str, Any],
    *,
    why: str | None = None,
) -> Done:
    """Gives fields new values; `rev` is the revision that the values are based on.

    Raises EditConflict, with both versions, if the record has changed since; nothing is then
    overwritten.
    """
    return commit(graph, actor, Act("edit", why, edits=(Edit(record_id, dict(changes), rev),)))


def retire(graph: Graph, actor: Actor, *ids: str, why: str | None = None) -> Done:
    """Takes records out of use, with the reason; they are kept and can be reinstated.

    What rests on them stops counting. Raises Refused where one is retired already.
    """
    if not (why or "").strip():
        raise InvalidInput(
            "A retirement needs its reason.", "Nothing was retired.", "Say why.", field_name="why"
        )
    return _set_retired(graph, actor, ids, text_of(now()), why)


def reinstate(graph: Graph, actor: Actor, *ids: str, why: str | None = None) -> Done:
    """Takes retired records back into use. Raises Refused where one is not retired."""
    return _set_retired(graph, actor, ids, None, why)


def _set_retired(
    graph: Graph, actor: Actor, ids: tuple[str, ...], at: str | None, why: str | None
) -> Done:
    """Raises NotFound for a record that the actor may not see, and Refused, once all are locked,
    where one is so already."""
    wanted = list(dict.fromkeys(ids))
    get_records(graph, actor, wanted)

    def before(tx: Transaction) -> None:
        _refuse_same(load_records(tx, actor, wanted), retired=at is None)

    edits = tuple(Edit(i, {"retired_at": at}) for i in wanted)
    action = "retire" if at else "reinstate"
    return commit(graph, actor, Act(action, why, edits=edits, before=before))


def _refuse_same(records: Iterable[Stored], *, retired: bool) -> None:
    for held in records:
        if (held.retired_at is not None) != retired:
            state = "is not retired" if retired else f"was retired at {held.retired_at} already"
            raise Refused(
                f"{held.kind.node_label} {held.code or held.name} {state}.",
                "Nothing was changed.",
                f"`cmo history {held.id}` tells what happened to it.",
            )
