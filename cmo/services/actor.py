"""Who acts, and what their roles let them see and do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cmo.domain.kinds import KINDS
from cmo.domain.vocabulary import Role
from cmo.errors import NotAllowed
from cmo.graph.graph import Transaction

READS_RECORDS = frozenset({Role.EVALUATOR, Role.RESEARCHER, Role.PROGRAMME_LEAD, Role.DATA_STEWARD})
"""Roles that see records. A validator sees what is shared with them, an auditor changes only."""
READS_WORDS = frozenset({Role.EVALUATOR, Role.RESEARCHER})
"""Roles that read texts and every quote; others see quotes that may be quoted, and paraphrases."""

NAMES_INFORMANTS = READS_WORDS | {Role.DATA_STEWARD}
"""Roles that know who takes part, under their pseudonyms; a steward keeps their consent."""

_EVIDENCE_AND_THEORY = frozenset(KINDS) - {"User", "Programme", "Project"}
WRITES: dict[Role, frozenset[str]] = {
    Role.EVALUATOR: frozenset(KINDS) - {"User"},
    Role.RESEARCHER: _EVIDENCE_AND_THEORY,
    Role.PROGRAMME_LEAD: frozenset({"Relation", "Stakeholder"}),
    Role.DATA_STEWARD: frozenset({"User", "Informant"}),
    Role.VALIDATOR: frozenset(),
    Role.AUDITOR: frozenset(),
}
"""The kinds of record that each role may record, edit and retire."""


@dataclass(frozen=True)
class Grant:
    """A role somewhere.

    `inside` are the ids of the place where it was given and of what lies in it; `places` are those
    and, for what belongs to no project, the programme above; `shut` are those of them that are
    retired, or lie in one that is.
    """

    role: Role
    place: str
    inside: frozenset[str]
    places: frozenset[str]
    shut: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Somebody who works on the casebook; every service takes one.

    `unnamed` are the role groups that are too small to be named where they read no words.
    """

    id: str
    subject: str
    display_name: str
    grants: tuple[Grant, ...]
    unnamed: tuple[str, ...] = ()

    @property
    def visible_places(self) -> list[str]:
        """Ids of the programmes, projects and sub-cases whose records they see, sorted; none that
        is retired or lies in one that is. Informants are for `named_places` alone."""
        return sorted({p for g in self._granted(READS_RECORDS) for p in g.places - g.shut})

    @property
    def reachable_places(self) -> list[str]:
        """As visible_places, with the retired ones: what they may open by its id."""
        return sorted({p for g in self._granted(READS_RECORDS) for p in g.places})

    @property
    def quoted_places(self) -> list[str]:
        """Ids of the places whose texts and quotes they read in full, sorted."""
        return sorted({p for g in self._granted(READS_WORDS) for p in g.places - g.shut})

    @property
    def named_places(self) -> list[str]:
        """Ids of the places whose informants they know by pseudonym, sorted, also retired ones."""
        return sorted({p for g in self._granted(NAMES_INFORMANTS) for p in g.places})

    @property
    def small_groups(self) -> dict[str, str]:
        """The role groups that are too small to be named, each with what stands for it where
        groups are only told apart."""
        return {group: f"small group {n}" for n, group in enumerate(self.unnamed, start=1)}

    @property
    def reachable_words(self) -> list[str]:
        """As quoted_places, with the retired ones."""
        return sorted({p for g in self._granted(READS_WORDS) for p in g.places})

    def founding(self, programme: str, places: frozenset[str]) -> Actor:
        """The actor as evaluator and data steward of a programme that they are just making."""
        made = tuple(
            Grant(role, programme, places, places) for role in (Role.EVALUATOR, Role.DATA_STEWARD)
        )
        return replace(self, grants=(*self.grants, *made))

    def _granted(self, roles: frozenset[Role]) -> list[Grant]:
        return [grant for grant in self.grants if grant.role in roles]

    def roles_at(self, places: frozenset[str]) -> frozenset[Role]:
        """The roles that cover at least one of these places."""
        return frozenset(g.role for g in self.grants if g.places & places)

    def may_write(self, kind: str, places: frozenset[str]) -> bool:
        """Whether one of their roles at these places lets them record that kind.

        A programme takes a role that was given in it, and a project one in it or around it: a role
        in one project is none for its programme.
        """
        return any(
            kind in WRITES[grant.role]
            and (grant.inside if kind in ("Programme", "Project") else grant.places) & places
            for grant in self.grants
        )

    def require(self, role_names: frozenset[Role], places: frozenset[str], what: str) -> None:
        """Raises NotAllowed unless one of these roles covers one of these places."""
        if not self.roles_at(places) & role_names:
            raise self._lacks(role_names, what)

    def require_right_there(self, role_names: frozenset[Role], place: str, what: str) -> None:
        """Raises NotAllowed unless one of these roles was given at this place or around it."""
        if not any(g.role in role_names and place in g.inside for g in self.grants):
            raise self._lacks(role_names, what)

    def _lacks(self, role_names: frozenset[Role], what: str) -> NotAllowed:
        needed = " or ".join(sorted(str(r).replace("_", " ") for r in role_names))
        return NotAllowed(
            f"{self.display_name} may not {what}.",
            "Nothing was changed.",
            f"It takes the role of {needed}; a data steward gives roles.",
        )


def load_actor(tx: Transaction, user: dict[str, str]) -> Actor:
    """The actor for a user's row (id, subject, display_name), with the roles they have now."""
    actor = Actor(user["id"], user["subject"], user["display_name"], _grants(tx, user["id"]))
    if set(actor.reachable_places) <= set(actor.reachable_words):
        return actor
    rows = tx.run("people/small_groups", places=actor.reachable_places)
    return replace(actor, unnamed=tuple(row["role_group"] for row in rows))


def _grants(tx: Transaction, user: str) -> tuple[Grant, ...]:
    found = []
    for row in tx.run("people/access", user=user):
        inside = frozenset({row["place"], *row["below"]})
        places = inside | frozenset(row["above"])
        shut = frozenset(row["shut"]) & places
        found += [Grant(Role(r), row["place"], inside, places, shut) for r in sorted(row["roles"])]
    return tuple(found)
