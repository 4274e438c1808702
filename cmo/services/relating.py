"""Who is tied to whom, for what; what is denied, what is unclear, and where much hangs on one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cmo.analysis.ties import cut_points
from cmo.domain.vocabulary import RelationKind, RelationState
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.remembering import whole

PROJECT, PROGRAMME = "project", "programme"
"""Kinds of party beside those of stakeholders."""


@dataclass(frozen=True)
class Party:
    """A stakeholder, project or programme that may stand in relations; `kind` is a stakeholder's
    kind, or project or programme."""

    id: str
    code: str | None
    name: str
    kind: str
    sector: str | None


@dataclass(frozen=True)
class Relations:
    """What is recorded between parties in one place and the sub-cases in it, or in all of a
    programme. `parties` are in order of kind and code; `rows` as `case/relations` gives them, what
    is denied first, then what is unclear. Nothing recorded between two parties is no statement."""

    parties: tuple[Party, ...]
    rows: tuple[Row, ...]
    unrelated: tuple[Party, ...]

    @property
    def denied(self) -> tuple[Row, ...]:
        """Relations of which a passage says that they are not there, in the order of `rows`."""
        return tuple(row for row in self.rows if row["state"] == RelationState.DENIED)

    @property
    def unclear(self) -> tuple[Row, ...]:
        """Relations that a passage leaves open, in the order of `rows`."""
        return tuple(row for row in self.rows if row["state"] == RelationState.UNCLEAR)

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that are named, in the order of fieldwork."""
        named = {row["wave"] for row in self.rows} - {None}
        return tuple(wave for wave in ("baseline", "interim", "final") if wave in named)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of relation that are there, in the order of the vocabulary."""
        there = {row["kind"] for row in self.rows}
        return tuple(str(kind) for kind in RelationKind if kind in there)

    def of(self, party_id: str) -> tuple[Row, ...]:
        """The relations in which a party stands, in the order of `rows`."""
        return tuple(r for r in self.rows if party_id in (r["from_id"], r["to_id"]))

    def brokers(self) -> tuple[Party, ...]:
        """Stakeholders through whom alone others touch, among the relations between stakeholders
        that hold and are recorded here, in any wave; those who part most first."""
        by_id = {party.id: party for party in self.parties if party.kind not in _PLACES}
        held = [
            (r["from_id"], r["to_id"])
            for r in self.rows
            if r["state"] == RelationState.HOLDS and r["from_id"] in by_id and r["to_id"] in by_id
        ]
        return tuple(by_id[id] for id in cut_points(held))

    def ended(self) -> tuple[Row, ...]:
        """Relations that a source says ended, and those that are denied at a wave after one at
        which they held. One that is not recorded again may still hold."""
        order = {wave: i for i, wave in enumerate(self.waves)}
        held = {
            (r["from_id"], r["kind"], r["to_id"]): order[r["wave"]]
            for r in self.rows
            if r["state"] == RelationState.HOLDS and r["wave"] in order
        }
        return tuple(
            r
            for r in self.rows
            if (r["ended"] and r["state"] == RelationState.HOLDS)
            or (
                r["state"] == RelationState.DENIED
                and r["wave"] in order
                and order[r["wave"]] > held.get((r["from_id"], r["kind"], r["to_id"]), len(order))
            )
        )


_PLACES = {PROJECT, PROGRAMME}
_STATES = {RelationState.DENIED: 0, RelationState.UNCLEAR: 1}


def relations(
    graph: Graph, actor: Actor, programme_id: str, within: str | None = None
) -> Relations:
    """The relations of a programme, or of one project with its sub-cases (its id).

    Raises NotFound for a project that is not there or that the actor may not see.
    """
    rows = whole(graph, "case/relations", actor, programme_id=programme_id)
    projects = whole(graph, "case/projects", actor, programme_id=programme_id)
    stakeholders = whole(graph, "case/stakeholders", actor, programme_id=programme_id)
    if within is not None:
        inside = _inside(projects, within)
        rows = [row for row in rows if row["within_id"] in inside]
    rows.sort(key=lambda row: _STATES.get(row["state"], 2))
    known = {
        s["id"]: Party(s["id"], s["code"], s["name"], s["kind"], s["sector"]) for s in stakeholders
    }
    met = {id: party for row in rows for id, party in _ends(row, known)}
    spoken = tuple(known[id] for id in known if id in met)
    places = sorted(
        (party for id, party in met.items() if id not in known),
        key=lambda party: (party.kind != PROGRAMME, party.code or "", party.name),
    )
    silent = () if within else tuple(p for id, p in known.items() if id not in met)
    return Relations((*places, *spoken), tuple(rows), silent)


def _inside(projects: Sequence[Row], within: str) -> set[str]:
    inside = {row["id"] for row in projects if row["id"] == within}
    if not inside:
        raise NotFound(
            f"There is no project {within} here.",
            "No relation was read.",
            "Choose a project from the list.",
        )
    while more := {r["id"] for r in projects if r["part_of_id"] in inside} - inside:
        inside |= more
    return inside


def _ends(row: Row, known: Mapping[str, Party]) -> Iterable[tuple[str, Party]]:
    for end in ("from", "to"):
        id = row[f"{end}_id"]
        kind = PROGRAMME if row[f"{end}_type"] == "Programme" else PROJECT
        yield id, known.get(id) or Party(id, row[f"{end}_code"], row[f"{end}_party"], kind, None)


_WORDS = {
    RelationKind.INVOLVED_IN: ("is involved in", "is not involved in"),
    RelationKind.MEMBER_OF: ("is a member of", "is not a member of"),
    RelationKind.LEADS: ("leads", "does not lead"),
    RelationKind.MANAGES: ("manages", "does not manage"),
    RelationKind.CHAIRS: ("chairs", "does not chair"),
    RelationKind.SPONSORS: ("sponsors", "does not sponsor"),
    RelationKind.CHAMPIONS: ("champions", "does not champion"),
    RelationKind.ACCOUNTABLE_TO: ("is accountable to", "is not accountable to"),
    RelationKind.PARTNERS_WITH: ("partners with", "does not partner with"),
    RelationKind.COMMISSIONS: ("commissions", "does not commission"),
    RelationKind.SUPPORTS: ("supports", "does not support"),
    RelationKind.IN_TENSION_WITH: ("is in tension with", "is not in tension with"),
    RelationKind.BYPASSES: ("bypasses", "does not bypass"),
}


def verb(row: Row) -> str:
    """What stands between the two parties: 'is not accountable to', 'leads (unclear)'."""
    holds, denied = _WORDS[RelationKind(row["kind"])]
    if row["state"] == RelationState.DENIED:
        return denied
    return f"{holds} (unclear)" if row["state"] == RelationState.UNCLEAR else holds


def sentence(row: Row) -> str:
    """A relation as a sentence, with what for: 'Ann leads the forum: food'."""
    what = f": {row['for_what']}" if row["for_what"] else ""
    return f"{row['from_party']} {verb(row)} {row['to_party']}{what}"


def when(row: Row) -> str:
    """The time of a relation as its source gives it; empty where it says nothing."""
    span = " to ".join(filter(None, (row["began"], row["ended"])))
    return ", ".join(filter(None, (row["wave"], span)))
