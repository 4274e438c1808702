"""What a passage bears on, made while it is coded: a factor, a link with its ends, a theory, a
theme."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from cmo.domain.case import Theme
from cmo.domain.theory import CmoLink, Configuration, ProgrammeTheory
from cmo.domain.vocabulary import LinkKind, ThemeScheme
from cmo.errors import InvalidInput
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.acts import Edit
from cmo.services.coding import Made
from cmo.services.configurations import SETS
from cmo.services.configuring import NEW, drafted, taken
from cmo.services.reading import get_record, read


def factor(graph: Graph, actor: Actor, programme_id: str, label: str, part: str) -> Made:
    """The factor of that label in any case, with the role of `part` (contexts, mechanisms or
    outcomes) added if it lacks it; made where there is none. Raises InvalidInput without a label.
    """
    found = _ends(graph, actor, programme_id, {part: label})
    return Made(found.fields[part][0], found.new, found.edits)


def link(
    graph: Graph,
    actor: Actor,
    programme_id: str,
    ends: Mapping[str, str],
    configuration: str | None = None,
) -> Made:
    """The link between two of contexts, mechanisms and outcomes: `ends` gives two of these sets an
    element each, a factor's id, or a label as in `factor`.

    It is asserted in that configuration (an id), whose sets get what they lack, or in a new one
    that holds the two; one that is asserted there already is taken. Raises InvalidInput unless two
    are given.
    """
    given = {part: item.strip() for part, item in ends.items() if item and item.strip()}
    kinds = {frozenset(role.lower() + "s" for role in kind.ends): kind for kind in LinkKind}
    kind = kinds.get(frozenset(given))
    if kind is None:
        raise InvalidInput(
            "A link has two ends.",
            "Nothing was coded.",
            "Give two of context, mechanism and outcome.",
            field_name="ends",
        )
    start, end = (role.lower() + "s" for role in kind.ends)
    found = _ends(graph, actor, programme_id, given)
    first, last = found.fields[start][0], found.fields[end][0]
    made, new, edits = configuration, found.new, found.edits
    if configuration is None:
        fresh = Configuration(id=str(uuid.uuid4()), programme=programme_id, **found.fields)
        made, new = str(fresh.id), (*new, fresh)
    else:
        for row in read(graph, "theory/links", actor, configuration_id=configuration):
            if (row["start_id"], row["end_id"]) == (first, last):
                return Made(row["id"])
        held = get_record(graph, actor, configuration)
        before = drafted(held)
        lacking = {
            part: (*before[part], one)
            for part, one in ((start, first), (end, last))
            if one not in before[part]
        }
        edits = (*edits, Edit(held.id, lacking, held.rev)) if lacking else edits
    asserted = CmoLink(
        id=str(uuid.uuid4()), kind=kind, configuration=str(made), starts_at=first, ends_at=last
    )
    return Made(str(asserted.id), (*new, asserted), edits)


def theory(programme_id: str, statement: str) -> Made:
    """A new programme theory. Raises InvalidInput without a statement."""
    made = ProgrammeTheory(
        id=str(uuid.uuid4()), statement=_said(statement, "statement"), programme=programme_id
    )
    return Made(str(made.id), (made,))


def theme(graph: Graph, actor: Actor, programme_id: str, name: str) -> Made:
    """The theme of that name in any case, or a new one of the analysis. Raises InvalidInput without
    a name."""
    wanted = _said(name, "name")
    for row in read(graph, "case/themes", actor, programme_id=programme_id):
        if row["name"].casefold() == wanted.casefold():
            return Made(row["id"])
    made = Theme(
        id=str(uuid.uuid4()), name=wanted, programme=programme_id, scheme=ThemeScheme.ANALYSIS
    )
    return Made(str(made.id), (made,))


def _ends(graph: Graph, actor: Actor, programme_id: str, ends: Mapping[str, str]) -> Any:
    draft: dict[str, Any] = dict.fromkeys(SETS, ())
    for part, item in ends.items():
        draft[part] = (_said(item, part),)
    return taken(graph, actor, programme_id, {**NEW, **draft})


def _said(words: str, name: str) -> str:
    if not words.strip():
        raise InvalidInput(
            f"The {name.removesuffix('s')} has no name.",
            "Nothing was coded.",
            "Type one, or choose one that is there.",
            field_name=name,
        )
    return " ".join(words.split())
