"""The controlled vocabularies of realist evaluation that a casebook uses.

Each member's value is the word stored in the graph and shown to people. Sources: Pawson & Tilley
1997; Evans & Killoran 2000; RAMESES II 2017; Pettigrew et al. 1992.
"""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """Whether the source states it or the evaluators read it so."""

    STATED = "stated"
    OURS = "ours"


class ThemeScheme(StrEnum):
    """Where a theme comes from: the analysis, the programme's list, or a document's chapters."""

    ANALYSIS = "analysis"
    PROGRAMME_KEY = "programme_key"
    CHAPTER = "chapter"


class EventLevel(StrEnum):
    """How far an event reaches."""

    NATIONAL = "national"
    LOCAL = "local"


class StakeholderKind(StrEnum):
    """What sort of party a stakeholder is."""

    ORGANISATION = "organisation"
    ROLE = "role"
    GROUP = "group"
    COMMUNITY = "community"


class RelationKind(StrEnum):
    """What ties the first party to the second, read from the first."""

    INVOLVED_IN = "involved_in"
    MEMBER_OF = "member_of"
    LEADS = "leads"
    MANAGES = "manages"
    CHAIRS = "chairs"
    SPONSORS = "sponsors"
    CHAMPIONS = "champions"
    ACCOUNTABLE_TO = "accountable_to"
    PARTNERS_WITH = "partners_with"
    COMMISSIONS = "commissions"
    SUPPORTS = "supports"
    IN_TENSION_WITH = "in_tension_with"
    BYPASSES = "bypasses"


class RelationState(StrEnum):
    """Whether a passage says that the relation holds, denies it, or leaves it unclear."""

    HOLDS = "holds"
    DENIED = "denied"
    UNCLEAR = "unclear"


class FactorRole(StrEnum):
    """The part that a factor can play in a configuration; the value is its label in the graph."""

    CONTEXT = "Context"
    MECHANISM = "Mechanism"
    OUTCOME = "Outcome"


class ContextCategory(StrEnum):
    """Kinds of context (Evans & Killoran 2000, Table 3)."""

    SOCIO_ECONOMIC = "socio-economic"
    CULTURAL = "cultural"
    POLITICAL = "political"
    ORGANIZATIONAL = "organizational"


class FourI(StrEnum):
    """The four I's of context (Pawson 2006)."""

    INDIVIDUALS = "individuals"
    INTERPERSONAL_RELATIONS = "interpersonal relations"
    INSTITUTIONS = "institutions"
    INFRASTRUCTURE = "infrastructure"


class ReceptiveFactor(StrEnum):
    """The eight receptive contexts for change (Pettigrew, Ferlie & McKee 1992)."""

    POLICY = "quality and coherence of policy"
    PRESSURE = "environmental pressure"
    CULTURE = "supportive organizational culture"
    LOCALE = "change agenda and its locale"
    GOALS = "simplicity and clarity of goals and priorities"
    NETWORKS = "cooperative inter-organizational networks"
    CLINICAL_RELATIONS = "managerial-clinical relations"
    KEY_PEOPLE = "key people leading change"


class FactorLevel(StrEnum):
    """The level of a factor: macro to micro for contexts, project or programme for mechanisms,
    process to health for outcomes (Evans & Killoran 2000, Table 3)."""

    MACRO = "macro"
    MESO = "meso"
    MICRO = "micro"
    PROJECT = "project"
    PROGRAMME = "programme"
    PROCESS = "process"
    INTENDED_PROJECT = "intended project"
    SERVICE = "service"
    HEALTH = "health"


class TheoryStage(StrEnum):
    """How far a programme theory has come."""

    INITIAL = "initial"
    INTERIM = "interim"
    REFINED = "refined"
    MIDDLE_RANGE = "middle_range"


class ConfigurationForm(StrEnum):
    """The notation in which a configuration is written."""

    CMO = "CMO"
    ICMO = "ICMO"
    SCMO = "SCMO"
    ICAMO = "ICAMO"
    CIMO = "CIMO"


class ConfigurationStatus(StrEnum):
    """What people have decided about a configuration."""

    CONJECTURED = "conjectured"
    UNDER_TEST = "under_test"
    RETAINED = "retained"
    REFINED = "refined"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class LinkKind(StrEnum):
    """Which two parts of a configuration a link joins."""

    CONTEXT_MECHANISM = "context_mechanism"
    MECHANISM_OUTCOME = "mechanism_outcome"
    CONTEXT_OUTCOME = "context_outcome"

    @property
    def ends(self) -> tuple[FactorRole, FactorRole]:
        """The role where the link starts and the role where it ends."""
        return {
            LinkKind.CONTEXT_MECHANISM: (FactorRole.CONTEXT, FactorRole.MECHANISM),
            LinkKind.MECHANISM_OUTCOME: (FactorRole.MECHANISM, FactorRole.OUTCOME),
            LinkKind.CONTEXT_OUTCOME: (FactorRole.CONTEXT, FactorRole.OUTCOME),
        }[self]


class SourceKind(StrEnum):
    """How a source came about."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    SURVEY = "survey"
    VALIDATION = "validation"


class Coverage(StrEnum):
    """`asked`: each factor was gone through. `mentioned`: it names what it found important."""

    ASKED = "asked"
    MENTIONED = "mentioned"


class Wave(StrEnum):
    """When in the evaluation something was collected or judged."""

    BASELINE = "baseline"
    INTERIM = "interim"
    FINAL = "final"


class Anchor(StrEnum):
    """How surely an excerpt sits in its source; `located`: the text is not held, the place is."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    LOCATED = "located"


class Stance(StrEnum):
    """What a passage does to the thing that it bears on."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    REFINES = "refines"
    CONTEXTUALISES = "contextualises"


class Claim(StrEnum):
    """Whether the speaker saw it, expects it, or lets it be understood."""

    OBSERVED = "observed"
    ANTICIPATED = "anticipated"
    IMPLIED = "implied"


class Rating(StrEnum):
    """Relevance, richness and rigour of a passage (RAMESES)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class AssessmentValue(StrEnum):
    """Whether a factor was there in a project; `not_assessable`: a passage says that it could not
    be known. No assessment at all means that nothing was said."""

    PRESENT = "present"
    ABSENT = "absent"
    MIXED = "mixed"
    NOT_ASSESSABLE = "not_assessable"


class Valence(StrEnum):
    """Which way a factor worked in a project."""

    ENABLES = "enables"
    HINDERS = "hinders"
    NEITHER = "neither"
    NOT_STATED = "not_stated"


class Basis(StrEnum):
    """What an assessment rests on."""

    CODING = "coding"
    JUDGEMENT = "judgement"


class FindingTopic(StrEnum):
    """What a finding is about; `grid` fills a cell of themes by projects."""

    GRID = "grid"
    RESULT = "result"
    ELEMENT = "element"
    DIFFERENCE = "difference"
    OBJECTIVE = "objective"
    METHOD = "method"
    WISH = "wish"


class Direction(StrEnum):
    """Which way a finding points."""

    ENABLING = "enabling"
    HINDERING = "hindering"
    NEITHER = "neither"


class Role(StrEnum):
    """What a user may do in a programme or project."""

    EVALUATOR = "evaluator"
    RESEARCHER = "researcher"
    PROGRAMME_LEAD = "programme_lead"
    VALIDATOR = "validator"
    DATA_STEWARD = "data_steward"
    AUDITOR = "auditor"


class Support(StrEnum):
    """How well a thing is supported by independent voices: computed, never stored; a person may
    decide otherwise, beside it."""

    NONE = "none"
    SINGLE_VOICE = "single_voice"
    CORROBORATED = "corroborated"
    TRIANGULATED = "triangulated"
    CONTESTED = "contested"
    REFUTED_ONLY = "refuted_only"
