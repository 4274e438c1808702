"""The case: programmes, projects and sub-cases, themes, events, stakeholders and relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cmo.domain import fields as f
from cmo.domain.record import Record
from cmo.domain.vocabulary import (
    EventLevel,
    Origin,
    RelationKind,
    RelationState,
    StakeholderKind,
    ThemeScheme,
    Wave,
)


@dataclass(frozen=True, kw_only=True)
class Programme(Record):
    """What is evaluated, with its projects; figures never cross programmes."""

    node_label: ClassVar[str] = "Programme"
    name_field: ClassVar[str] = "name"

    name: str = f.text(required=True)
    funder: str | None = f.text()
    summary: str | None = f.text(f.PASSAGE, long=True)
    synthetic: bool = f.flag(default=False)
    began_text: str | None = f.text()
    began_earliest: str | None = f.date()
    began_latest: str | None = f.date()
    ended_text: str | None = f.text()
    ended_earliest: str | None = f.date()
    ended_latest: str | None = f.date()


@dataclass(frozen=True, kw_only=True)
class Project(Record):
    """A case, the unit that is counted; or, as part of a project, a sub-case (then `kind` says of
    what sort: a pilot team, a strand). A sub-case may have parts; nothing lies
    deeper."""

    node_label: ClassVar[str] = "Project"
    home: ClassVar[tuple[str, ...]] = ("part_of",)
    letter: ClassVar[str] = "P"
    name_field: ClassVar[str] = "name"

    name: str = f.text(required=True)
    part_of: str = f.one("PART_OF", "Programme", "Project", required=True, fixed=True)
    kind: str | None = f.text()
    aim: str | None = f.text(f.PASSAGE, long=True)
    area: str | None = f.text(f.LINE)
    partnership_model: str | None = f.text(f.PASSAGE, long=True)
    began_text: str | None = f.text()
    began_earliest: str | None = f.date()
    began_latest: str | None = f.date()
    ended_text: str | None = f.text()
    ended_earliest: str | None = f.date()
    ended_latest: str | None = f.date()


@dataclass(frozen=True, kw_only=True)
class Theme(Record):
    """A heading under which projects are compared."""

    node_label: ClassVar[str] = "Theme"
    home: ClassVar[tuple[str, ...]] = ("programme",)
    name_field: ClassVar[str] = "name"

    name: str = f.text(required=True)
    programme: str = f.one("BELONGS_TO", "Programme", required=True, fixed=True)
    scheme: ThemeScheme = f.choice(ThemeScheme, required=True)
    position: int | None = f.number(0, 999)


@dataclass(frozen=True, kw_only=True)
class Event(Record):
    """Something that happened to a programme or to projects."""

    node_label: ClassVar[str] = "Event"
    home: ClassVar[tuple[str, ...]] = ("affects",)
    name_field: ClassVar[str] = "title"

    title: str = f.text(f.LINE, required=True)
    level: EventLevel = f.choice(EventLevel, required=True)
    affects: tuple[str, ...] = f.many("AFFECTS", "Programme", "Project")
    when_text: str | None = f.text()
    earliest: str | None = f.date()
    latest: str | None = f.date()


@dataclass(frozen=True, kw_only=True)
class Stakeholder(Record):
    """A party with a stake: an organisation, a role, a group or a community."""

    node_label: ClassVar[str] = "Stakeholder"
    home: ClassVar[tuple[str, ...]] = ("programme",)
    letter: ClassVar[str] = "K"
    name_field: ClassVar[str] = "name"

    name: str = f.text(required=True)
    programme: str = f.one("BELONGS_TO", "Programme", required=True, fixed=True)
    kind: StakeholderKind = f.choice(StakeholderKind, required=True)
    sector: str | None = f.text()


@dataclass(frozen=True, kw_only=True)
class Relation(Record):
    """A tie between two parties as a passage states it, denies it or leaves it unclear.

    No relation means that nothing is recorded; `state` denied means that a passage says there is
    none.
    """

    node_label: ClassVar[str] = "Relation"
    home: ClassVar[tuple[str, ...]] = ("within",)
    letter: ClassVar[str] = "R"
    name_field: ClassVar[str] = "for_what"

    kind: RelationKind = f.choice(RelationKind, required=True)
    from_party: str = f.one("FROM_PARTY", "Stakeholder", "Project", "Programme", required=True)
    to_party: str = f.one("TO_PARTY", "Stakeholder", "Project", "Programme", required=True)
    within: str = f.one("WITHIN", "Project", "Programme", required=True)
    state: RelationState = f.choice(RelationState, default=RelationState.HOLDS)
    for_what: str | None = f.text(f.LINE)
    formal: bool | None = f.flag()
    quality: str | None = f.text(f.LINE)
    wave: Wave | None = f.choice(Wave)
    origin: Origin = f.choice(Origin, default=Origin.STATED)
    began_text: str | None = f.text()
    began_earliest: str | None = f.date()
    began_latest: str | None = f.date()
    ended_text: str | None = f.text()
    ended_earliest: str | None = f.date()
    ended_latest: str | None = f.date()
