"""Evidence: sources, informants, excerpts, codings, assessments and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cmo.domain import fields as f
from cmo.domain.record import Record
from cmo.domain.vocabulary import (
    Anchor,
    AssessmentValue,
    Basis,
    Claim,
    Coverage,
    Direction,
    FindingTopic,
    Origin,
    Rating,
    SourceKind,
    Stance,
    Valence,
    Wave,
)


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """A document, an interview, an observation: where passages come from.

    `text` is kept as read, with newlines as \\n; without it only located excerpts can be taken.
    `turn_starts` (positions in code points, ascending) and `turn_speakers` (labels as heard) are
    two parallel lists, and so are `heading_starts` (likewise) and `heading_ranks` (1 is the
    highest). `file_name` is what the file was called that it was imported from; `version_of` is the
    source that held its text before, and that was retired for it.
    """

    node_label: ClassVar[str] = "Source"
    home: ClassVar[tuple[str, ...]] = ("collected_in",)
    letter: ClassVar[str] = "S"
    name_field: ClassVar[str] = "title"

    title: str = f.text(f.LINE, required=True)
    collected_in: str = f.one("COLLECTED_IN", "Project", "Programme", required=True)
    kind: SourceKind = f.choice(SourceKind, required=True)
    coverage: Coverage = f.choice(Coverage, default=Coverage.MENTIONED)
    wave: Wave | None = f.choice(Wave)
    citation: str | None = f.text(f.LINE)
    language: str | None = f.text(20)
    synthetic: bool = f.flag(default=False)
    when_text: str | None = f.text()
    earliest: str | None = f.date()
    latest: str | None = f.date()
    text: str | None = f.text(f.DOCUMENT, fixed=True, long=True)
    text_sha256: str | None = f.text(64, fixed=True)
    turn_starts: tuple[int, ...] = f.numbers()
    turn_speakers: tuple[str, ...] = f.texts()
    heading_starts: tuple[int, ...] = f.numbers()
    heading_ranks: tuple[int, ...] = f.numbers()
    file_name: str | None = f.text(f.LINE, fixed=True)
    version_of: str | None = f.one("VERSION_OF", "Source", fixed=True)


@dataclass(frozen=True, kw_only=True)
class Informant(Record):
    """Somebody who speaks in sources, under a pseudonym; no real name is kept in the graph."""

    node_label: ClassVar[str] = "Informant"
    home: ClassVar[tuple[str, ...]] = ("programme",)
    name_field: ClassVar[str] = "pseudonym"

    pseudonym: str = f.text(required=True)
    programme: str = f.one("BELONGS_TO", "Programme", required=True, fixed=True)
    role_group: str | None = f.text()
    may_quote: bool = f.flag(default=False)
    withdrawn_at: str | None = f.moment()
    speaks_in: tuple[f.Tie, ...] = f.many(
        "SPEAKS_IN", "Source", carries=(("label", f.Property("text", bound=f.SHORT)),)
    )
    speaks_for: tuple[str, ...] = f.many("SPEAKS_FOR", "Stakeholder")


@dataclass(frozen=True, kw_only=True)
class Excerpt(Record):
    """A passage of a source: by position where its text is held, else by section and locator."""

    node_label: ClassVar[str] = "Excerpt"
    home: ClassVar[tuple[str, ...]] = ("source",)
    name_field: ClassVar[str] = "locator"

    source: str = f.one("TAKEN_FROM", "Source", required=True, fixed=True)
    anchor: Anchor = f.choice(Anchor, required=True)
    section: str | None = f.text(f.LINE)
    locator: str | None = f.text(f.LINE)
    paraphrase: str | None = f.text(f.PASSAGE, long=True)
    start: int | None = f.number(0, f.DOCUMENT)
    end: int | None = f.number(0, f.DOCUMENT)
    quote: str | None = f.text(f.QUOTE, long=True)
    prefix: str | None = f.text(32)
    suffix: str | None = f.text(32)
    spoken_by: tuple[str, ...] = f.many("SPOKEN_BY", "Informant")


@dataclass(frozen=True, kw_only=True)
class Coding(Record):
    """One person's judgement that an excerpt bears on something; with no target it is still to
    place. It may come to code another excerpt of the same source.

    `carried_from` is the coding of an earlier version that this one was carried over from.
    `affirmed` says whether a person has since affirmed it: no means that it waits and does not
    count; not stated, that it was not carried.
    """

    node_label: ClassVar[str] = "Coding"
    home: ClassVar[tuple[str, ...]] = ("concerns", "excerpt")
    name_field: ClassVar[str] = "memo"

    excerpt: str = f.one("CODES", "Excerpt", required=True)
    bears_on: str | None = f.one(
        "BEARS_ON",
        "Configuration",
        "CmoLink",
        "Factor",
        "ProgrammeTheory",
        "Relation",
        "Theme",
    )
    concerns: str | None = f.one("CONCERNS", "Project", "Programme")
    judged_by: str | None = f.one("JUDGED_BY", "User")
    stance: Stance = f.choice(Stance, default=Stance.SUPPORTS)
    claim: Claim = f.choice(Claim, default=Claim.OBSERVED)
    relevance: Rating | None = f.choice(Rating)
    richness: Rating | None = f.choice(Rating)
    rigour: Rating | None = f.choice(Rating)
    ratings_why: str | None = f.text(f.LINE)
    memo: str | None = f.text(f.PASSAGE, long=True)
    carried_from: str | None = f.one("CARRIED_FROM", "Coding", fixed=True)
    affirmed: bool | None = f.flag()


@dataclass(frozen=True, kw_only=True)
class Assessment(Record):
    """Whether a factor was there in a project, which way it worked, and on what that rests."""

    node_label: ClassVar[str] = "Assessment"
    home: ClassVar[tuple[str, ...]] = ("project",)
    name_field: ClassVar[str] = "value"

    factor: str = f.one("OF_FACTOR", "Factor", required=True, fixed=True)
    project: str = f.one("IN_PROJECT", "Project", required=True, fixed=True)
    value: AssessmentValue = f.choice(AssessmentValue, required=True)
    valence: Valence = f.choice(Valence, default=Valence.NOT_STATED)
    activation: int | None = f.number(0, 4)
    degree: int | None = f.number(0, 100)
    wave: Wave | None = f.choice(Wave)
    basis: Basis = f.choice(Basis, default=Basis.CODING)
    why: str | None = f.text(f.PASSAGE, long=True)
    settled: bool = f.flag(default=False)
    origin: Origin = f.choice(Origin, default=Origin.STATED)
    rests_on: tuple[str, ...] = f.many("RESTS_ON", "Coding")
    judged_by: str | None = f.one("JUDGED_BY", "User")


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """What was found in a project or programme, and the codings it rests on."""

    node_label: ClassVar[str] = "Finding"
    home: ClassVar[tuple[str, ...]] = ("within",)
    letter: ClassVar[str] = "G"
    name_field: ClassVar[str] = "statement"

    statement: str = f.text(f.PASSAGE, required=True, long=True)
    within: str = f.one("IN", "Project", "Programme", required=True)
    topic: FindingTopic = f.choice(FindingTopic, required=True)
    direction: Direction = f.choice(Direction, default=Direction.NEITHER)
    wave: Wave | None = f.choice(Wave)
    role_group: str | None = f.text()
    origin: Origin = f.choice(Origin, default=Origin.STATED)
    about: tuple[f.Tie, ...] = f.many(
        "ABOUT",
        "Theme",
        "Factor",
        "ProgrammeTheory",
        carries=(("origin", f.Property("choice", choices=Origin)),),
    )
    rests_on: tuple[str, ...] = f.many("RESTS_ON", "Coding")
