"""The rules of the graph model that a change must keep, checked in its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cmo.domain.fields import Tie
from cmo.domain.record import Record, references, values
from cmo.domain.spans import quote_at
from cmo.domain.vocabulary import Anchor, Basis, Role
from cmo.errors import InvalidInput, Refused
from cmo.graph.graph import Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Edit
from cmo.services.places import Place, Places

SETTLES = frozenset({Role.EVALUATOR})
"""Roles that settle assessments and merge factors."""

WITHDRAWS = frozenset({Role.EVALUATOR, Role.DATA_STEWARD})
"""Roles that say that an informant has withdrawn."""

STEWARDS = frozenset({Role.DATA_STEWARD})
"""Roles that keep users, consent and backups."""


def refuse(what: str, next_step: str = "", field: str | None = None) -> InvalidInput:
    """The refusal of a change that breaks a rule of the graph model."""
    return InvalidInput(what, "Nothing was changed.", next_step, field_name=field)


def refuse_fixed(place: Place, name: str) -> None:
    """A field that cannot be edited."""
    raise refuse(
        f"The field {name} of a {place.kind.node_label} cannot be changed once it is recorded.",
        "Retire the record, with the reason, and record it anew.",
        name,
    )


def refuse_retired(place: Place) -> None:
    """A reference to a retired record."""
    raise refuse(
        f"The {place.kind.node_label} {place.id} is retired.",
        "Reinstate it first (`cmo reinstate`), or refer to another record.",
    )


def check_settling(
    actor: Actor, places: Places, new: Iterable[Record], edits: Iterable[Edit]
) -> None:
    """Settling an assessment and merging factors take an evaluator; withdrawing somebody takes an
    evaluator or a data steward."""
    for record in new:
        if getattr(record, "settled", False):
            scope = places[str(record.id)].scope
            actor.require(SETTLES, scope, "settle an assessment")
        if getattr(record, "same_as", ()):
            actor.require(SETTLES, places[str(record.id)].scope, "merge factors")
    for edit in edits:
        if "settled" in edit.changes:
            actor.require(SETTLES, places[edit.id].scope, "settle an assessment")
        if "same_as" in edit.changes:
            actor.require(SETTLES, places[edit.id].scope, "merge factors")
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


def check(
    tx: Transaction, places: Places, new: tuple[Record, ...], edits: tuple[Edit, ...]
) -> None:
    """Raises InvalidInput for the first rule that the change breaks; called after it was written
    and before it is stored."""
    for record in new:
        _check_references(places, str(record.id), type(record), values(record))
    for edit in edits:
        _check_references(places, edit.id, places[edit.id].kind, edit.changes)
    for label, rule in _RULES.items():
        made = [r for r in new if type(r).node_label == label]
        changed = [e for e in edits if places[e.id].kind.node_label == label]
        if made or changed:
            rule(tx, made, changed)


def _check_references(
    places: Places, record_id: str, kind: type[Record], fields: Mapping[str, Any]
) -> None:
    here = places[record_id]
    if len(here.programmes) > 1:
        raise refuse(
            f"{kind.node_label}: of what it refers to, something belongs to another programme.",
            "Figures never cross programmes: record it in each.",
        )
    for name, spec in references(kind).items():
        value = fields.get(name)
        if value is None:
            continue
        for item in value if spec.many else (value,):
            target = places[getattr(item, "to", item)]
            if not target.labels & set(spec.targets):
                raise refuse(
                    f"{kind.node_label}: {name} cannot be a {target.kind.node_label}.",
                    f"Name a {' or '.join(spec.targets)}.",
                    name,
                )
            crosses = (
                target.programmes and here.programmes and not (target.programmes & here.programmes)
            )
            if crosses and "User" not in here.labels:
                raise refuse(
                    f"{kind.node_label}: {name} belongs to another programme.",
                    "Figures never cross programmes: record it in this one.",
                    name,
                )
            if target.id == record_id:
                raise refuse(f"{kind.node_label}: {name} is the record itself.", "", name)


def _sources(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    for record in new:
        starts = getattr(record, "turn_starts", ())
        if len(starts) != len(getattr(record, "turn_speakers", ())):
            raise refuse("Source: turn_starts and turn_speakers differ in length.")
        if list(starts) != sorted(set(starts)):
            raise refuse("Source: turn_starts do not ascend.")
    ids = [str(r.id) for r in new] + [e.id for e in edits]
    for row in tx.run("rules/synthetic_in_real", ids=ids):
        raise refuse(
            f"A synthetic source cannot stand in {row['programme']}, which is real.",
            "Record it in a synthetic programme.",
            "synthetic",
        )


def _excerpts(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    for record in new:
        if getattr(record, "anchor", None) == Anchor.LOCATED:
            for name in ("section", "locator", "paraphrase"):
                if not getattr(record, name):
                    raise refuse(
                        f"Excerpt: {name} is missing.",
                        "A passage whose text is not held needs section, locator and paraphrase.",
                        name,
                    )
    for row in tx.run("rules/texts", ids=[str(r.id) for r in new] + [e.id for e in edits]):
        for excerpt in row["excerpts"]:
            found = quote_at(row["text"], excerpt["start"], excerpt["end"])
            if found is None or found != excerpt["quote"]:
                raise refuse(
                    "Excerpt: the quote does not stand in the text at that position.",
                    "Select the passage again.",
                    "quote",
                )


def _links(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    ids = [str(r.id) for r in new] + [e.id for e in edits]
    if tx.run("rules/link_ends", ids=ids):
        raise refuse(
            "CmoLink: its ends are not in the sets of its configuration, or do not fit its kind.",
            "Add the factor to the configuration's contexts, mechanisms or outcomes first.",
        )


def _configurations(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    for record in new:
        said = ("contexts", "mechanisms", "outcomes", "sentence", "nickname")
        if not any(getattr(record, name) for name in said):
            raise refuse(
                "Configuration: it has neither context, mechanism nor outcome, nor a sentence.",
                "Two of the three are enough to begin, and one will do.",
            )
    ids = [str(r.id) for r in new] + [e.id for e in edits]
    for row in tx.run("rules/set_roles", ids=ids):
        raise _untyped(row)
    links = [row["id"] for row in tx.run("rules/links_of", ids=[e.id for e in edits])]
    if links and tx.run("rules/link_ends", ids=links):
        raise refuse(
            "Configuration: a link still joins a factor that this edit takes out.",
            "Retire the link first, with the reason.",
        )


def _untyped(row: Mapping[str, Any]) -> InvalidInput:
    role = {"IN_CONTEXT": "context", "FIRES": "mechanism", "LEADS_TO": "outcome"}[row["set"]]
    return refuse(
        f"The factor “{row['factor']}” is not typed as {role}.",
        f"Give it the role {role.capitalize()} too (a factor may have several).",
    )


def _factors(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    ids = [str(r.id) for r in new] + [e.id for e in edits]
    for row in tx.run("rules/set_roles", ids=ids):
        raise _untyped(row)
    families = [str(r.id) for r in new if getattr(r, "kind_of", ())]
    families += [e.id for e in edits if {"kind_of", "roles"} & set(e.changes)]
    if families:
        for row in tx.run("rules/family_roles", ids=families):
            raise refuse(
                f"Factor: it shares no role with “{row['broader']}”.",
                "A family joins contexts with contexts, mechanisms with mechanisms, outcomes with "
                "outcomes.",
                "kind_of",
            )
        if tx.run("rules/family_cycles", ids=families):
            raise refuse("Factor: it would be a kind of itself.", "", "kind_of")
    merges = [str(r.id) for r in new if getattr(r, "same_as", ())]
    merges += [e.id for e in edits if "same_as" in e.changes]
    if merges and tx.run("rules/merge_depth", ids=merges):
        raise refuse(
            "Factor: a factor that stands for others cannot itself be merged into another.",
            "Merge the others into the one that is kept.",
            "same_as",
        )


def _assessments(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    for record in new:
        if getattr(record, "basis", None) == Basis.CODING and not getattr(record, "rests_on", ()):
            raise refuse(
                "Assessment: it rests on no coding.",
                "Name the codings, or make it a judgement and say why.",
                "rests_on",
            )
        if getattr(record, "basis", None) == Basis.JUDGEMENT and not getattr(record, "why", None):
            raise refuse("Assessment: a judgement needs its reason.", "Say why.", "why")
    factors = [str(getattr(r, "factor", "")) for r in new]
    if edits:
        rows = tx.run("record/edges", ids=[e.id for e in edits])
        factors += [row["other"] for row in rows if row["type"] == "OF_FACTOR"]
    for row in tx.run("rules/settled_twice", ids=factors):
        wave = f" in the {row['wave']} wave" if row["wave"] else ""
        raise refuse(
            f"“{row['factor']}” already has a settled assessment in {row['project']}{wave}.",
            "Edit that one, or record yours as not settled.",
            "settled",
        )


def _revisions(tx: Transaction, new: list[Record], edits: list[Edit]) -> None:
    for record in new:
        for name in ("from_version", "to_version"):
            if not getattr(record, name):
                raise refuse(f"Revision: {name} is empty.", "Name what was revised.", name)
    for edit in edits:
        for name in ("from_version", "to_version"):
            if not edit.changes.get(name, True):
                raise refuse(f"Revision: {name} is empty.", "Name what was revised.", name)
    if cycle(tx.run("rules/revision_steps")):
        raise refuse("Revision: a theory would descend from itself.", "", "from_version")


def cycle(steps: Iterable[Mapping[str, Any]]) -> str | None:
    """A revision that closes a circle of versions, or None."""
    later: dict[str, set[str]] = {}
    for step in steps:
        reach = [step["later"]]
        seen: set[str] = set()
        while reach:
            here = reach.pop()
            if here == step["earlier"]:
                return str(step["id"])
            if here not in seen:
                seen.add(here)
                reach.extend(later.get(here, ()))
        later.setdefault(step["earlier"], set()).add(step["later"])
    return None


_RULES: dict[str, Callable[[Transaction, list[Any], list[Edit]], None]] = {
    "Source": _sources,
    "Excerpt": _excerpts,
    "Factor": _factors,
    "Configuration": _configurations,
    "CmoLink": _links,
    "Assessment": _assessments,
    "Revision": _revisions,
}

__all__ = [
    "Refused",
    "check",
    "check_settling",
    "cycle",
    "refuse",
    "refuse_fixed",
    "refuse_retired",
]
