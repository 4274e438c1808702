"""A small casebook for tests, recorded step by step, and the shipped ones."""

from __future__ import annotations

from typing import Any

from cmo.domain.case import Project
from cmo.domain.evidence import Coding, Excerpt, Informant, Source
from cmo.domain.fields import Tie
from cmo.domain.people import User
from cmo.domain.record import Record
from cmo.domain.theory import CmoLink, Configuration, Factor
from cmo.domain.vocabulary import Anchor, FactorRole, LinkKind
from cmo.services import recording, seeding
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from tests.fixtures.casebooks import WIPE

TEXT = (
    "Rosa: They came back because I knew them.\nFergus: Nobody came back to me.\nRosa: So it goes."
)


def load_demo(casebook: Casebook) -> Actor:
    """Empties the casebook and loads both shipped ones; answers with who did it."""
    casebook.graph.write(lambda tx: tx.run_statement(WIPE))
    ann = casebook.actor("ann")
    for name in ("hipp", "practice"):
        seeding.seed(casebook.graph, ann, name)
    return casebook.actor("ann")


class Fieldwork:
    """Records what a test needs in one programme, in the name of one person."""

    def __init__(self, casebook: Casebook, actor: Actor, programme: str) -> None:
        self.casebook, self.graph, self.actor, self.programme = (
            casebook,
            casebook.graph,
            actor,
            programme,
        )

    def add(self, *new: Record) -> str:
        """Records these and answers with the id of the first."""
        return recording.record(self.graph, self.actor, *new).id

    def project(self, name: str, part_of: str | None = None) -> str:
        kind = "team" if part_of else None
        return self.add(Project(name=name, part_of=part_of or self.programme, kind=kind))

    def factor(self, label: str, *roles: str, **more: Any) -> str:
        return self.add(
            Factor(
                label=label,
                programme=self.programme,
                roles=tuple(FactorRole(role) for role in roles),
                **more,
            )
        )

    def configuration(self, nickname: str | None, **sets: Any) -> str:
        return self.add(Configuration(nickname=nickname, programme=self.programme, **sets))

    def link(self, context: str, outcome: str) -> str:
        """A link from context to outcome on a configuration of its own."""
        held = self.configuration("a link", contexts=(context,), outcomes=(outcome,))
        return self.add(
            CmoLink(
                kind=LinkKind.CONTEXT_OUTCOME,
                configuration=held,
                starts_at=context,
                ends_at=outcome,
            )
        )

    def source(self, place: str, **more: Any) -> str:
        given = {"title": "Talk", "kind": "interview"} | more
        return self.add(Source(collected_in=place, **given))

    def informant(self, pseudonym: str, source: str, **more: Any) -> str:
        tie = Tie(source, (("label", pseudonym),))
        return self.add(
            Informant(pseudonym=pseudonym, programme=self.programme, speaks_in=(tie,), **more)
        )

    def passage(self, source: str, quote: str | None = None, *spoken_by: str) -> str:
        """An excerpt: of the words `quote` of TEXT, or else a located paraphrase."""
        if quote is None:
            return self.add(
                Excerpt(
                    source=source,
                    anchor=Anchor.LOCATED,
                    section="One",
                    locator="p. 1",
                    paraphrase="So",
                )
            )
        start = TEXT.index(quote)
        return self.add(
            Excerpt(
                source=source,
                anchor=Anchor.EXACT,
                start=start,
                end=start + len(quote),
                spoken_by=spoken_by,
            )
        )

    def code(self, excerpt: str, target: str | None, **more: Any) -> str:
        return self.add(Coding(excerpt=excerpt, bears_on=target, **more))

    def said(self, place: str, target: str, stance: str = "supports", **more: Any) -> str:
        """A coding of a passage of a source of its own, collected at a place."""
        return self.code(self.passage(self.source(place)), target, stance=stance, **more)

    def colleague(self, name: str, place: str, role: str) -> Actor:
        """Another user, with one role somewhere."""
        self.add(User(subject=name, display_name=name, roles=(Tie(place, (("role", role),)),)))
        return self.casebook.actor(name)

    def withdraw(self, informant: str) -> None:
        """Somebody takes their words back."""
        recording.edit(
            self.graph, self.actor, informant, 1, {"withdrawn_at": "2026-01-01T00:00:00.000000Z"}
        )
