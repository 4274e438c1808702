"""A changed file as a new version of its source: what was coded in the earlier one is carried to it
where its words are found, and stays behind where they are not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cmo.domain.anchoring import Tier, find_again
from cmo.domain.clock import now, text_of
from cmo.domain.evidence import Coding, Excerpt, Informant, Source
from cmo.domain.fields import Tie
from cmo.domain.record import Record, references
from cmo.domain.spans import Span, speakers_in
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Anchor
from cmo.errors import NotAllowed
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Edit
from cmo.services.reading import load_records, load_seen

KEPT = (
    *("title", "collected_in", "kind", "coverage", "wave", "citation", "language", "synthetic"),
    *("when_text", "earliest", "latest"),
)
"""What a new version of a source keeps of the earlier one."""

People = Mapping[str, str]
"""The informant (an id) who speaks under each label."""


@dataclass(frozen=True)
class Passage:
    """A passage of the earlier version with its codings, where it stands in the new one, and how
    surely it is the same; neither where it was not found."""

    excerpt: Stored
    codings: tuple[Stored, ...]
    span: Span | None = None
    tier: Tier | None = None

    @property
    def quote(self) -> str:
        """Its words; empty where none are held."""
        return str(self.excerpt.fields["quote"] or "")


@dataclass(frozen=True)
class Version:
    """A source that a file would replace: its passages in the order of the text, and what leans on
    it and on them."""

    source: Stored
    passages: tuple[Passage, ...]
    leaning: tuple[Stored, ...]
    state: tuple[tuple[Any, ...], ...]
    """The passages and codings with their revisions, as they were when it was looked at."""


@dataclass
class Carrying:
    """What carrying needs to store: new records in their order, and by record's id its new
    fields."""

    new: list[Record] = field(default_factory=list)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    revs: dict[str, int] = field(default_factory=dict)

    def edits(self) -> tuple[Edit, ...]:
        """The edits of records that are there."""
        return tuple(Edit(i, fields, self.revs[i]) for i, fields in self.changes.items())

    def change(self, record: Stored, name: str, value: Any) -> None:
        """Gives a field of a stored record a new value."""
        self.changes.setdefault(record.id, {})[name] = value
        self.revs[record.id] = record.rev

    def held(self, record: Stored, name: str) -> Any:
        """What the field will hold."""
        return self.changes.get(record.id, {}).get(name, record.fields[name])


def compare(graph: Graph, actor: Actor, source: str, text: str) -> Version:
    """What of the source (its id) is found again in a later text of it.

    Raises NotAllowed for whoever may not see all of its codings: they would be left behind.
    """

    def work(tx: Transaction) -> Version:
        rows = tx.run("import/passages", source=source)
        codings = {row["coding"]: row["excerpt"] for row in rows}
        excerpts = list(dict.fromkeys(codings.values()))
        leaning = [r["id"] for r in tx.run("import/leaning", ids=[source, *codings])]
        wanted = list(dict.fromkeys((*codings, *excerpts, *leaning)))
        seen = load_seen(tx, actor, wanted)
        (held,) = load_records(tx, actor, [source])
        if len(seen) < len(wanted):
            raise NotAllowed(
                f"{held.code} has codings, or evidence that rests on them, in projects that "
                f"{actor.display_name} does not see.",
                "Nothing was imported: they would be left behind.",
                "It takes somebody who works in all of these projects.",
            )
        passages = [
            _found(seen[x], [seen[k] for k, of in codings.items() if of == x], text)
            for x in excerpts
        ]
        return Version(held, tuple(passages), tuple(seen[i] for i in leaning), state(rows))

    return graph.read(work)


def state(rows: Iterable[Row]) -> tuple[tuple[Any, ...], ...]:
    """Rows of import/passages as they are compared later."""
    return tuple((r["excerpt"], r["excerpt_rev"], r["coding"], r["coding_rev"]) for r in rows)


def _found(excerpt: Stored, codings: list[Stored], text: str) -> Passage:
    held = excerpt.fields
    again = None
    if held["quote"] and held["start"] is not None:
        before = Span(
            held["start"], held["end"], held["quote"], held["prefix"] or "", held["suffix"] or ""
        )
        again = find_again(text, before)
    span, tier = again or (None, None)
    return Passage(excerpt, tuple(codings), span, tier)


def carry(version: Version, made: Source, people: People, into: Carrying) -> None:
    """Adds to `into` what a new version takes over: its passages and their codings, what leans on
    them, and that the earlier version is retired for it.

    A coding counts on where its passage is surely the same; where its words alone were found, it
    waits to be affirmed. `people` are those who speak in the new version.
    """
    carried: dict[str, str] = {version.source.id: str(made.id)}
    earlier = _heard(version)
    for passage in version.passages:
        if passage.span is None:
            continue
        excerpt = _excerpt(passage, passage.span, made, people, earlier)
        into.new.append(excerpt)
        for coding in passage.codings:
            new = _coding(coding, excerpt, passage.tier)
            carried[coding.id] = str(new.id)
            into.new.append(new)
    for record in version.leaning:
        if record.kind is not Informant:
            _lead(record, carried, into)
    into.change(version.source, "retired_at", text_of(now()))


def _heard(version: Version) -> dict[str, set[str]]:
    """The informants by the label under which they spoke in the earlier version."""
    heard: dict[str, set[str]] = {}
    for record in version.leaning:
        for tie in record.fields["speaks_in"] if record.kind is Informant else ():
            if tie.to == version.source.id and tie.get("label"):
                heard.setdefault(tie.get("label"), set()).add(record.id)
    return heard


def _excerpt(
    passage: Passage, span: Span, made: Source, people: People, earlier: Mapping[str, set[str]]
) -> Excerpt:
    by_label = set().union(*earlier.values()) if earlier else set()
    named = [i for i in passage.excerpt.fields["spoken_by"] if i not in by_label]
    labels = speakers_in(made.turn_starts, made.turn_speakers, span.start, span.quote)
    named += [people[label] for label in labels if label in people]
    return Excerpt(
        id=str(uuid.uuid4()),
        source=str(made.id),
        anchor=Anchor.EXACT,
        section=passage.excerpt.fields["section"],
        locator=passage.excerpt.fields["locator"],
        paraphrase=passage.excerpt.fields["paraphrase"],
        start=span.start,
        end=span.end,
        quote=span.quote,
        prefix=span.prefix,
        suffix=span.suffix,
        spoken_by=tuple(dict.fromkeys(named)),
    )


def _coding(coding: Stored, excerpt: Excerpt, tier: Tier | None) -> Coding:
    waits = coding.fields["affirmed"] is False or (
        tier is Tier.QUOTE_ALONE and coding.fields["bears_on"] is not None
    )
    fields = {
        **coding.fields,
        "excerpt": str(excerpt.id),
        "carried_from": coding.id,
        "affirmed": not waits,
    }
    return Coding(id=str(uuid.uuid4()), **fields)


def _lead(record: Stored, carried: Mapping[str, str], into: Carrying) -> None:
    """Leads what rests on a carried coding, or is stated in the source, to where it is now."""
    for name in ("rests_on", "stated_in"):
        if name not in references(record.kind):
            continue
        before = into.held(record, name)
        after = tuple(_led(one, carried) for one in before)
        if after != before:
            into.change(record, name, after)


def _led(one: Any, carried: Mapping[str, str]) -> Any:
    if isinstance(one, Tie):
        return Tie(carried.get(one.to, one.to), one.carries)
    return carried.get(one, one)
