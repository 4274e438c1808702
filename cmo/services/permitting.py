"""What takes a role of its own, beside the kinds of record that each role may write: settling,
merging, withdrawing, keeping users."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cmo.domain.fields import Tie
from cmo.domain.record import Record
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Role
from cmo.services.actor import Actor
from cmo.services.acts import Edit
from cmo.services.places import Places

SETTLES = frozenset({Role.EVALUATOR})
"""Roles that settle assessments, merge factors and decide support."""

DECISION = ("support_decided", "support_why")
"""Fields that hold what a person decided over the computed support."""

WITHDRAWS = frozenset({Role.EVALUATOR, Role.DATA_STEWARD})
"""Roles that say that an informant has withdrawn."""

STEWARDS = frozenset({Role.DATA_STEWARD})
"""Roles that keep users, consent and backups."""


def check_settling(
    actor: Actor,
    places: Places,
    new: Iterable[Record],
    edits: Iterable[Edit],
    before: Mapping[str, Stored],
) -> None:
    """Raises NotAllowed unless an evaluator settles, or changes what is settled in any way, merges
    factors, and decides support; withdrawing somebody takes an evaluator or a data steward.

    `before` are the edited records as they are stored, by id.
    """
    for record in new:
        if getattr(record, "settled", False):
            scope = places[str(record.id)].scope
            actor.require(SETTLES, scope, "settle an assessment")
        if getattr(record, "same_as", ()):
            actor.require(SETTLES, places[str(record.id)].scope, "merge factors")
        if getattr(record, "support_decided", None):
            actor.require(SETTLES, places[str(record.id)].scope, "decide support")
        if getattr(record, "withdrawn_at", None):
            actor.require(WITHDRAWS, places[str(record.id)].scope, "withdraw an informant")
    for edit in edits:
        if before[edit.id].fields.get("settled"):
            actor.require(SETTLES, places[edit.id].scope, "change a settled assessment")
        if edit.changes.get("settled"):
            actor.require(SETTLES, places[edit.id].scope, "settle an assessment")
        if "same_as" in edit.changes:
            actor.require(SETTLES, places[edit.id].scope, "merge factors")
        held = before[edit.id].fields
        if any(held[n] != edit.changes[n] for n in DECISION if n in edit.changes):
            actor.require(SETTLES, places[edit.id].scope, "decide support")
        if "withdrawn_at" in edit.changes:
            actor.require(WITHDRAWS, places[edit.id].scope, "withdraw an informant")


def check_stewardship(actor: Actor, wanted: Iterable[Tie], held: Iterable[Tie]) -> None:
    """Users are kept by data stewards, and a role is given or taken only where the actor is one;
    whoever makes a programme gives roles in it."""
    changed = set(wanted) ^ set(held)
    for place in sorted({tie.to for tie in changed}):
        actor.require_right_there(STEWARDS, place, "give or take roles there")
    if not changed:
        actor.require(STEWARDS, frozenset(actor.reachable_places), "keep the users of a casebook")
