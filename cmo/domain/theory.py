"""Theory: factors, programme theories, configurations, links and revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cmo.domain import fields as f
from cmo.domain.record import Record
from cmo.domain.vocabulary import (
    ConfigurationForm,
    ConfigurationStatus,
    ContextCategory,
    FactorLevel,
    FactorRole,
    FourI,
    LinkKind,
    Origin,
    ReceptiveFactor,
    Support,
    TheoryStage,
)

LOCATED = (("locator", f.Property("text", bound=f.LINE)),)
MERGED = (
    ("at", f.Property("moment", bound=40)),
    ("why", f.Property("text", bound=f.LINE)),
    ("undone_at", f.Property("moment", bound=40)),
    ("origin", f.Property("choice", choices=Origin)),
)
OF_ORIGIN = (("origin", f.Property("choice", choices=Origin)),)


@dataclass(frozen=True, kw_only=True)
class Factor(Record):
    """A context, mechanism or outcome; one label of a source can be more than one of them."""

    node_label: ClassVar[str] = "Factor"
    home: ClassVar[tuple[str, ...]] = ("programme",)
    letter: ClassVar[str] = "F"
    name_field: ClassVar[str] = "label"

    label: str = f.text(required=True)
    programme: str = f.one("BELONGS_TO", "Programme", required=True, fixed=True)
    roles: tuple[FactorRole, ...] = f.labels(FactorRole)
    aliases: tuple[str, ...] = f.texts()
    origin: Origin = f.choice(Origin, default=Origin.STATED)
    category: ContextCategory | None = f.choice(ContextCategory)
    level: FactorLevel | None = f.choice(FactorLevel)
    level_note: str | None = f.text(f.LINE)
    four_i: FourI | None = f.choice(FourI)
    receptive_factor: ReceptiveFactor | None = f.choice(ReceptiveFactor)
    resource: str | None = f.text(f.PASSAGE, long=True)
    reasoning: str | None = f.text(f.PASSAGE, long=True)
    reasoning_known: bool | None = f.flag()
    horizon: str | None = f.text()
    intended: bool | None = f.flag()
    measurable: str | None = f.text(f.LINE)
    kind_of: tuple[f.Tie, ...] = f.many("IS_KIND_OF", "Factor", carries=OF_ORIGIN)
    same_as: tuple[f.Tie, ...] = f.many("SAME_AS", "Factor", carries=MERGED)


@dataclass(frozen=True, kw_only=True)
class ProgrammeTheory(Record):
    """A statement of how the programme is thought to work.

    `support_decided` is what an evaluator decided its support to be, with the reason in
    `support_why`; the computed one stands beside it.
    """

    node_label: ClassVar[str] = "ProgrammeTheory"
    home: ClassVar[tuple[str, ...]] = ("programme",)
    letter: ClassVar[str] = "T"
    name_field: ClassVar[str] = "statement"

    statement: str = f.text(f.PASSAGE, required=True, long=True)
    programme: str = f.one("BELONGS_TO", "Programme", required=True, fixed=True)
    stage: TheoryStage = f.choice(TheoryStage, default=TheoryStage.INITIAL)
    support_decided: Support | None = f.choice(Support)
    support_why: str | None = f.text(f.LINE)
    about: tuple[f.Tie, ...] = f.many("ABOUT", "Theme", carries=OF_ORIGIN)
    rivals: tuple[str, ...] = f.many("RIVALS", "ProgrammeTheory")
    stated_in: tuple[f.Tie, ...] = f.many("STATED_IN", "Source", carries=LOCATED)


@dataclass(frozen=True, kw_only=True)
class Configuration(Record):
    """Contexts, mechanisms and outcomes stated together; any of the three may be empty.

    The three are sets: what is stated together asserts no link. `because` is the narrative of the
    mechanism. `status` is what people decided, never computed. `support_decided` and `support_why`
    as for a theory.
    """

    node_label: ClassVar[str] = "Configuration"
    home: ClassVar[tuple[str, ...]] = ("programme",)
    letter: ClassVar[str] = "C"
    name_field: ClassVar[str] = "nickname"

    nickname: str | None = f.text()
    programme: str = f.one("BELONGS_TO", "Programme", required=True, fixed=True)
    sentence: str | None = f.text(f.PASSAGE, long=True)
    because: str | None = f.text(f.PASSAGE, long=True)
    form: ConfigurationForm = f.choice(ConfigurationForm, default=ConfigurationForm.CMO)
    status: ConfigurationStatus = f.choice(
        ConfigurationStatus, default=ConfigurationStatus.CONJECTURED
    )
    for_whom: str | None = f.text(f.LINE)
    intervention: str | None = f.text(f.LINE)
    support_decided: Support | None = f.choice(Support)
    support_why: str | None = f.text(f.LINE)
    contexts: tuple[str, ...] = f.many("IN_CONTEXT", "Factor", ordered=True)
    mechanisms: tuple[str, ...] = f.many("FIRES", "Factor", ordered=True)
    outcomes: tuple[str, ...] = f.many("LEADS_TO", "Factor", ordered=True)
    stated_in: tuple[f.Tie, ...] = f.many("STATED_IN", "Source", carries=LOCATED)
    tests: tuple[str, ...] = f.many("TESTS", "ProgrammeTheory")
    about: tuple[f.Tie, ...] = f.many("ABOUT", "Theme", carries=OF_ORIGIN)
    rivals: tuple[str, ...] = f.many("RIVALS", "Configuration")
    ripples_into: tuple[f.Tie, ...] = f.many(
        "RIPPLES_INTO", "Configuration", carries=(("observed", f.Property("flag")),)
    )


@dataclass(frozen=True, kw_only=True)
class CmoLink(Record):
    """A link that a person asserted between two parts of one configuration.

    `support_decided` and `support_why` as for a theory.
    """

    node_label: ClassVar[str] = "CmoLink"
    home: ClassVar[tuple[str, ...]] = ("configuration",)
    letter: ClassVar[str] = "L"
    name_field: ClassVar[str] = "kind"

    kind: LinkKind = f.choice(LinkKind, required=True)
    configuration: str = f.one(
        "HAS_LINK", "Configuration", required=True, incoming=True, fixed=True
    )
    starts_at: str = f.one("STARTS_AT", "Factor", required=True, fixed=True)
    ends_at: str = f.one("ENDS_AT", "Factor", required=True, fixed=True)
    support_decided: Support | None = f.choice(Support)
    support_why: str | None = f.text(f.LINE)


@dataclass(frozen=True, kw_only=True)
class Revision(Record):
    """The step from earlier theories or configurations to later ones, and what moved it."""

    node_label: ClassVar[str] = "Revision"
    home: ClassVar[tuple[str, ...]] = ("from_version", "to_version")
    name_field: ClassVar[str] = "why"

    why: str = f.text(f.PASSAGE, required=True, long=True)
    from_version: tuple[str, ...] = f.many("FROM_VERSION", "ProgrammeTheory", "Configuration")
    to_version: tuple[str, ...] = f.many("TO_VERSION", "ProgrammeTheory", "Configuration")
    moved_by: tuple[str, ...] = f.many("MOVED_BY", "Coding", "Event")
    judged_by: str | None = f.one("JUDGED_BY", "User")
    when_text: str | None = f.text()
    earliest: str | None = f.date()
    latest: str | None = f.date()
