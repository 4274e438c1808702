"""Interview cards: for a role group, the theories and configurations that are contested or on which
nobody of the group was heard, with why and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cmo.analysis.cards import (
    PARTS,
    Said,
    Standing,
    Tally,
    plain,
    questions,
    standing,
    tally,
    why,
)
from cmo.analysis.cases import code_number
from cmo.domain.clock import now
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import whole

IN_WORDS = {
    Standing.CONTESTED_WITHIN: "contested within this group",
    Standing.CONTESTED_BETWEEN: "contested across groups",
    Standing.CONTESTED_ELSEWHERE: "contested elsewhere, unheard from this group",
    Standing.HEARD_FROM_NOBODY: "heard from nobody yet",
    Standing.UNHEARD: "unheard from this group",
    Standing.HEARD: "heard from this group",
}
"""How a thing stands, as people say it."""
COLUMNS = (
    "code",
    "kind",
    "name",
    "standing",
    "why",
    "says",
    *PARTS,
    "for_in_group",
    "against_in_group",
    "neither_in_group",
    "for_elsewhere",
    "against_elsewhere",
    "neither_elsewhere",
    "rivals",
    "questions",
    "status",
    "role",
    "project",
    "fiction",
    "id",
)
"""The columns of the cards as a table to take along."""
NOTHING_STATED = {
    "theory": "No configuration tests it yet: context, mechanism and outcome are open.",
    "configuration": "Neither context, mechanism nor outcome is stated yet.",
}
"""What a card says of a thing without any element."""
FICTION = "Fiction: no real people or places."


@dataclass(frozen=True)
class RoleGroup:
    """A role that somebody could be interviewed from.

    `known_by` says what names it: informants, stakeholder or finding; `informants` counts those
    who are heard (in the project, where one is meant), and is 0 for one that nobody was interviewed
    from.
    """

    name: str
    known_by: str
    informants: int


@dataclass(frozen=True)
class Card:
    """A theory or configuration to take into an interview; nobody's words are on it.

    `kind` is theory or configuration. A theory's `elements` are those of the configurations that
    test it, `tested_by` their codes. `group` and `others` count voices; a theory's include those on
    the configurations that test it, a configuration's those on its links.
    """

    id: str
    code: str
    kind: str
    name: str
    says: str
    status: str
    standing: Standing
    why: str
    group: Tally
    others: Tally
    elements: Mapping[str, tuple[Row, ...]]
    rivals: tuple[Row, ...]
    tested_by: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class InterviewCards:
    """The cards for a role group, in the order in which to lay them: contested within the group,
    between it and others, elsewhere; heard from nobody; unheard from the group; heard, where they
    were asked for. Of the same standing what most speak against comes first, then by code.

    `left` counts what is heard from the group and was left out, `looked_at` everything; `made` is
    the day (ISO 8601, UTC).
    """

    programme: str
    synthetic: bool
    role: RoleGroup
    project: str | None
    cards: tuple[Card, ...]
    left: int
    looked_at: int
    made: str

    def counts(self) -> dict[Standing, int]:
        """How many cards there are of each standing that there is, in order."""
        found = {one: sum(card.standing is one for card in self.cards) for one in Standing}
        return {one: many for one, many in found.items() if many}

    def rows(self) -> list[dict[str, Any]]:
        """The cards as rows for a table."""
        return [self._row(card) for card in self.cards]

    def _row(self, card: Card) -> dict[str, Any]:
        held = {
            "code": card.code,
            "kind": card.kind,
            "name": card.name,
            "standing": str(card.standing),
            "why": card.why,
            "says": card.says,
            **{part: [element["label"] for element in card.elements[part]] for part in PARTS},
            "for_in_group": card.group.supporting,
            "against_in_group": card.group.refuting,
            "neither_in_group": card.group.besides,
            "for_elsewhere": card.others.supporting,
            "against_elsewhere": card.others.refuting,
            "neither_elsewhere": card.others.besides,
            "rivals": [f"{rival['code']} {rival['name']}" for rival in card.rivals],
            "questions": list(card.questions),
            "status": card.status,
            "role": self.role.name,
            "project": self.project,
            "fiction": self.synthetic,
            "id": card.id,
        }
        return {name: held[name] for name in COLUMNS}


def role_groups(
    graph: Graph, actor: Actor, programme_id: str, project_id: str | None = None
) -> tuple[RoleGroup, ...]:
    """The roles that cards can be made for: groups of informants, then stakeholders for whom nobody
    who was interviewed speaks, then groups that only findings name; each name once, as it is
    written.

    Who reads no words is offered no group of fewer than three informants (of that project, where
    one is given). Empty where there is none. Raises NotFound for a project that is not there.
    """
    _, places = _places(graph, actor, programme_id, project_id)
    rows = whole(
        graph, "evidence/interview_roles", actor, programme_id=programme_id, place_ids=places
    )
    found: dict[str, RoleGroup] = {}
    for row in rows:
        offered = RoleGroup(row["role"], row["kind"], row["informants"])
        found.setdefault(offered.name, offered)
    return tuple(found.values())


def interview_cards(
    graph: Graph,
    actor: Actor,
    programme_id: str,
    role: str,
    *,
    project_id: str | None = None,
    heard: bool = False,
) -> InterviewCards:
    """The cards for a role group by its name (in any case, where only one is called so), from
    counted codings alone.

    With a project only what members of the group say of it is theirs, all else is said elsewhere.
    `heard` adds what the group was heard on without being contested. Raises NotFound for a
    programme, project or group that is not there or that the actor may not see.
    """
    programme = _programme(graph, actor, programme_id)
    project, places = _places(graph, actor, programme_id, project_id)
    group = _group(role_groups(graph, actor, programme_id, project_id), role)
    every = _every_card(graph, actor, programme_id, group, places)
    shown = tuple(card for card in every if heard or card.standing is not Standing.HEARD)
    return InterviewCards(
        programme["name"],
        bool(programme["synthetic"]),
        group,
        project,
        shown,
        len(every) - len(shown),
        len(every),
        now().date().isoformat(),
    )


def _programme(graph: Graph, actor: Actor, programme_id: str) -> Row:
    for row in read(graph, "case/programmes", actor):
        if row["id"] == programme_id:
            return row
    raise NotFound(
        f"There is no programme {programme_id}.",
        "No card was made.",
        "`cmo query case/programmes` lists those that you may see.",
    )


def _places(
    graph: Graph, actor: Actor, programme_id: str, project_id: str | None
) -> tuple[str | None, list[str] | None]:
    """A project's name, and the ids of it and its sub-cases; None without one."""
    if project_id is None:
        return None, None
    above = {
        row["id"]: row for row in whole(graph, "case/projects", actor, programme_id=programme_id)
    }
    if project_id not in above:
        raise NotFound(
            f"There is no project {project_id} in this programme.",
            "No card was made.",
            "`cmo query case/projects` lists those that you may see.",
        )

    def within(place: str | None) -> bool:
        while place is not None and place != project_id:
            place = above[place]["part_of_id"] if place in above else None
        return place is not None

    return above[project_id]["name"], sorted(place for place in above if within(place))


def _group(offered: Sequence[RoleGroup], role: str) -> RoleGroup:
    for group in offered:
        if group.name == role:
            return group
    alike = [group for group in offered if _folded(group.name) == _folded(role)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise NotFound(
            f"{len(alike)} role groups are called {role}, but for capitals and spaces.",
            "No card was made.",
            f"Name one as it is written: {', '.join(group.name for group in alike)}.",
            candidates=tuple((group.name, group.name) for group in alike),
        )
    names = ", ".join(group.name for group in offered[:12]) or "none"
    more = f" and {len(offered) - 12} more" if len(offered) > 12 else ""
    raise NotFound(
        f"There is no role group {role} that you may see.",
        "No card was made.",
        f"There are {names}{more}; informants are recorded with their role group.",
        candidates=tuple((group.name, group.name) for group in offered),
    )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _every_card(
    graph: Graph, actor: Actor, programme_id: str, group: RoleGroup, places: list[str] | None
) -> list[Card]:
    configurations = whole(graph, "theory/configurations", actor, programme_id=programme_id)
    theories = whole(graph, "theory/theories", actor, programme_id=programme_id)
    (row,) = whole(
        graph,
        "patterns/heard_by_role",
        actor,
        programme_id=programme_id,
        role_group=group.name if group.known_by == "informants" else None,
        place_ids=places,
    )
    said: dict[str, list[Said]] = {}
    above = dict(row["links"])
    for target, *heard in row["heard"]:
        said.setdefault(above.get(target, target), []).append(Said(*heard))
    by_id = {c["id"]: c for c in configurations}
    near = places is not None
    found = [_of_configuration(c, said.get(c["id"], []), by_id, near) for c in configurations]
    found += [_of_theory(t, said, by_id, near) for t in theories]
    order = list(Standing)
    found.sort(
        key=lambda card: (
            order.index(card.standing),
            -card.group.refuting - card.others.refuting,
            card.kind != "theory",
            code_number(card.code),
        )
    )
    return found


def _of_theory(
    row: Row, said: Mapping[str, list[Said]], by_id: Mapping[str, Row], near: bool
) -> Card:
    tested = [by_id[c["id"]] for c in row["tested_by"] if c["id"] in by_id]
    heard = [one for id in (row["id"], *(c["id"] for c in tested)) for one in said.get(id, ())]
    elements = {
        part: tuple({e["id"]: e for c in tested for e in c[part]}.values()) for part in PARTS
    }
    rivals = [{"id": r["id"], "code": r["code"], "name": r["statement"]} for r in row["rivals"]]
    told = _Told("theory", "", row["statement"], row["stage"], elements, rivals)
    codes = sorted((c["code"] for c in tested), key=code_number)
    return _card(row, told, heard, near, tuple(codes))


def _of_configuration(row: Row, heard: list[Said], by_id: Mapping[str, Row], near: bool) -> Card:
    elements = {part: tuple(row[part]) for part in PARTS}
    rivals = [
        {
            "id": r["id"],
            "code": r["code"],
            "name": plain(by_id[r["id"]]) if r["id"] in by_id else r["nickname"] or r["code"],
        }
        for r in row["rivals"]
    ]
    name = row["nickname"] or ""
    told = _Told("configuration", name, plain(row), row["status"], elements, rivals)
    return _card(row, told, heard, near)


class _Told(NamedTuple):
    """What a theory or configuration says, whoever was heard on it."""

    kind: str
    name: str
    says: str
    status: str
    elements: Mapping[str, tuple[Row, ...]]
    rivals: list[Row]


def _card(
    row: Row, told: _Told, heard: list[Said], near: bool, tested_by: tuple[str, ...] = ()
) -> Card:
    group = tally(one for one in heard if one.of_group)
    others = tally(one for one in heard if not one.of_group)
    how = standing(group, others)
    rivals = tuple(sorted(told.rivals, key=lambda rival: code_number(rival["code"])))
    return Card(
        id=row["id"],
        code=row["code"],
        kind=told.kind,
        name=told.name,
        says=told.says,
        status=str(told.status).replace("_", " "),
        standing=how,
        why=why(group, others, in_project=near),
        group=group,
        others=others,
        elements=told.elements,
        rivals=rivals,
        tested_by=tested_by,
        questions=questions(told.elements, [rival["name"] for rival in rivals], how),
    )
