"""The rules of the graph model that a change must keep, checked in its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cmo.domain.record import Record, references, values
from cmo.domain.stored import Stored
from cmo.graph.graph import Transaction
from cmo.services.acts import Edit
from cmo.services.places import Places
from cmo.services.rules import case, evidence, theory
from cmo.services.rules.written import Written, refuse, refuse_fixed, refuse_retired

__all__ = ["check", "refuse_fixed", "refuse_retired"]

_RULES: dict[str, Callable[[Transaction, list[Written]], None]] = {
    "Programme": case.programmes,
    "Project": case.projects,
    "Relation": case.relations,
    "Source": evidence.sources,
    "Informant": evidence.informants,
    "Coding": evidence.codings,
    "Excerpt": evidence.excerpts,
    "Factor": theory.factors,
    "ProgrammeTheory": theory.decided,
    "Configuration": theory.configurations,
    "CmoLink": theory.links,
    "Assessment": evidence.assessments,
    "Revision": theory.revisions,
}


def check(
    tx: Transaction,
    places: Places,
    new: tuple[Record, ...],
    edits: tuple[Edit, ...],
    before: Mapping[str, Stored],
) -> None:
    """Raises InvalidInput for the first rule that the change breaks; called after it was written
    and before it is stored. `before` are the edited records as they were, by id."""
    written = [Written(str(r.id), type(r), values(r), frozenset(values(r)), {}) for r in new]
    for edit in edits:
        held = before[edit.id]
        fields = {**held.fields, **edit.changes}
        changed = frozenset(edit.changes)
        written.append(Written(edit.id, held.kind, fields, changed, held.fields))
    for one in written:
        _check_references(places, one.id, one.kind, {n: one.fields.get(n) for n in one.changed})
    for label, rule in _RULES.items():
        if mine := [one for one in written if one.kind.node_label == label]:
            rule(tx, mine)


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
                raise refuse(
                    f"{kind.node_label}: {name} is the record itself.", "Name another one.", name
                )
