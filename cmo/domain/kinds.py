"""Every kind of record, by its label in the graph."""

from __future__ import annotations

from cmo.domain.case import Event, Programme, Project, Relation, Stakeholder, Theme
from cmo.domain.evidence import Assessment, Coding, Excerpt, Finding, Informant, Source
from cmo.domain.people import User
from cmo.domain.record import Record
from cmo.domain.theory import CmoLink, Configuration, Factor, ProgrammeTheory, Revision

KINDS: dict[str, type[Record]] = {
    kind.node_label: kind
    for kind in (
        User,
        Programme,
        Project,
        Theme,
        Event,
        Stakeholder,
        Source,
        Informant,
        Factor,
        ProgrammeTheory,
        Configuration,
        CmoLink,
        Relation,
        Excerpt,
        Coding,
        Assessment,
        Finding,
        Revision,
    )
}
"""The kinds in an order in which each refers only to earlier ones (and to its own)."""

LETTERS: dict[str, type[Record]] = {k.letter: k for k in KINDS.values() if k.letter}
"""The kinds that have a code, by the letter that begins it."""
