"""The tour of the demo: what comes out of queries over HIPP and the fictional Practice.

Nothing here knows an answer; it only knows what to ask for, by the keys of the shipped records.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cmo.analysis.cases import Case
from cmo.domain.vocabulary import RelationKind, RelationState, Valence
from cmo.errors import NotFound
from cmo.exchange.seeds import planted, seed_id
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.comparing import Comparison, FactorRow, compare, locators
from cmo.services.mentioning import family, mention
from cmo.services.reading import read
from cmo.services.regularities import Regularities, regularities

HIPP, PRACTICE = "hipp", "practice"
PROGRAMMES = {HIPP: "programme/hipp", PRACTICE: "programme/wexmere"}
CONSULTANCY = "factor/consultancy-support"
NATIONAL_POLICY = "factor/national-policy"
HEALTH_OUTCOMES = "factor/health-outcomes"
LOCAL_COMMUNITIES = "stakeholder/local-communities"
COMPARED = ("project/nottingham", "project/sandwell")
CONTRASTED = ("project/sandwell-team-1", "project/sandwell-team-2")
THEORY_BEFORE = "theory/models-compared"
PROJECTS_SECTION = "The five demonstration projects"
TABLE_4 = "Table 4"


def tour(graph: Graph, actor: Actor) -> dict[str, Any]:
    """What the demo shows, as plain values for machines; projects always in order of their codes.

    Raises NotFound where HIPP or Practice is not loaded, or the actor may not see it.
    """
    hipp = _programme(graph, actor, HIPP)
    (counts,) = read(graph, "case/counts", actor, programme_id=hipp)
    patterns = regularities(graph, actor, hipp)
    return {
        "projects": counts["projects"],
        "configurations": counts["configurations"],
        "links": counts["links"],
        "codings": counts["codings"],
        "relations": counts["relations"],
        "table4": _table_4(graph, actor, hipp, patterns),
        "consultancy": _consultancy(graph, actor),
        "national_policy": _national_policy(graph, actor),
        **_namings(graph, actor, hipp),
        "accountability_denied": _accountability_denied(graph, actor, hipp),
        "health_outcomes": _health_outcomes(graph, actor),
        "grid": _grid(compare(graph, actor, *(seed_id(HIPP, key) for key in COMPARED))),
        "contrast": _contrast(compare(graph, actor, *(seed_id(HIPP, key) for key in CONTRASTED))),
        "theory_move": _theory_move(graph, actor, hipp),
        "practice": _practice(regularities(graph, actor, _programme(graph, actor, PRACTICE))),
    }


def _programme(graph: Graph, actor: Actor, name: str) -> str:
    programme = seed_id(name, PROGRAMMES[name])
    if programme not in {row["id"] for row in read(graph, "case/programmes", actor)}:
        raise NotFound(
            f"The casebook {name} is not loaded here, or you may not see it.",
            "There is nothing to show.",
            f"`cmo seed {name}` loads it.",
        )
    return programme


def _names(cases: Iterable[Case]) -> list[str]:
    return [case.name for case in cases]


def _table_4(graph: Graph, actor: Actor, programme: str, patterns: Regularities) -> dict[str, Any]:
    """The configurations of one table as entries, and in which projects they were observed."""
    stated = [
        row
        for row in read(graph, "theory/configurations", actor, programme_id=programme)
        if any((place["locator"] or "").startswith(TABLE_4) for place in row["stated_in"])
    ]
    entries = {
        part: [factor for row in stated for factor in row[part]]
        for part in ("contexts", "mechanisms", "outcomes")
    }
    times: dict[str, list[str]] = {}
    for mechanism in entries["mechanisms"]:
        times.setdefault(mechanism["id"], []).append(mechanism["label"])
    seen = {case.id for row in stated for case in patterns.get(row["id"]).projects_for}
    return {
        **{part: len(factors) for part, factors in entries.items()},
        "distinct_mechanisms": len(times),
        "recurring_mechanisms": [labels[0] for labels in times.values() if len(labels) > 1],
        "observed_in": [case.name for case in patterns.projects if case.id in seen],
        "codes": [row["code"] for row in stated],
    }


def _consultancy(graph: Graph, actor: Actor) -> dict[str, Any]:
    found = mention(graph, actor, seed_id(HIPP, CONSULTANCY))
    return {
        "offered": _names(found.offered),
        "named_enabling": _names(found.named),
        "silent": _names(found.silent),
        "contradicted": _names(found.contradicted),
        "on_mention": found.on_mention,
        "factor": found.factor.code,
        "assessments": {
            case.name: found.readings[case.id].assessments[0].id
            for case in found.projects
            if case.id in found.readings
        },
    }


def _national_policy(graph: Graph, actor: Actor) -> dict[str, Any]:
    found = family(graph, actor, seed_id(HIPP, NATIONAL_POLICY))
    return {
        "enabling": _names(found.enabling),
        "hindering": _names(found.hindering),
        "family_origin": found.origin,
        "factor": found.factor.code,
        "narrower": [factor.label for factor in found.narrower],
    }


def _namings(graph: Graph, actor: Actor, programme: str) -> dict[str, Any]:
    rows = read(graph, "patterns/namings", actor, programme_id=programme, section=PROJECTS_SECTION)

    def of(valence: Valence) -> list[dict[str, Any]]:
        return [
            {
                "project": row["project"],
                "factor": row["factor"],
                "locator": "; ".join(row["locators"]),
                "assessment": row["id"],
            }
            for row in rows
            if row["valence"] == valence
        ]

    return {"enabling_namings": of(Valence.ENABLES), "obstacle_namings": of(Valence.HINDERS)}


def _accountability_denied(graph: Graph, actor: Actor, programme: str) -> list[dict[str, Any]]:
    rows = read(
        graph,
        "case/relations",
        actor,
        programme_id=programme,
        party_id=seed_id(HIPP, LOCAL_COMMUNITIES),
        kind=str(RelationKind.ACCOUNTABLE_TO),
        state=str(RelationState.DENIED),
    )
    denied = [row for row in rows if row["to_id"] == seed_id(HIPP, LOCAL_COMMUNITIES)]
    denied.sort(key=lambda row: row["from_type"] == "Programme")
    return [
        {
            "party": row["from_party"],
            "party_type": row["from_type"].lower(),
            "locator": _where(row),
            "relation": row["code"],
        }
        for row in denied
    ]


def _where(row: Row) -> str:
    return "; ".join(dict.fromkeys(p["locator"] or p["source"] for p in row["passages"]))


def _health_outcomes(graph: Graph, actor: Actor) -> dict[str, Any]:
    found = mention(graph, actor, seed_id(HIPP, HEALTH_OUTCOMES))
    return {"not_assessable": _names(found.not_assessable), "factor": found.factor.code}


def _grid(compared: Comparison) -> dict[str, Any]:
    return {
        row.theme: {
            case.name: [
                {
                    "statement": found.statement,
                    "direction": found.direction,
                    "locator": found.locator,
                    "finding": found.code,
                }
                for found in findings
            ]
            for case, findings in ((compared.left, row.left), (compared.right, row.right))
        }
        for row in compared.themes
    }


def _contrast(compared: Comparison) -> dict[str, Any]:
    shown = (*compared.same, *compared.differing_contexts, *compared.differing_outcomes)
    return {
        "same": [row.label for row in compared.same],
        "differs": [row.label for row in compared.differing_contexts],
        "outcome": [row.label for row in compared.differing_outcomes],
        "left": _side(compared.left, shown, left=True),
        "right": _side(compared.right, shown, left=False),
        "locators": list(locators(p for row in shown for p in row.passages)),
    }


def _side(case: Case, rows: Iterable[FactorRow], *, left: bool) -> dict[str, Any]:
    readings = {row.label: row.left if left else row.right for row in rows}
    return {
        "project": case.name,
        "code": case.code,
        "values": {label: reading.value for label, reading in readings.items() if reading},
    }


def _theory_move(graph: Graph, actor: Actor, programme: str) -> dict[str, Any]:
    before = seed_id(HIPP, THEORY_BEFORE)
    rows = read(graph, "theory/revisions", actor, programme_id=programme, version_id=before)
    for row in rows:
        if before in {version["id"] for version in row["from_versions"]}:
            return {
                "why": row["why"],
                "moved_by": [mover["name"] for mover in row["moved_by"]],
                "from": [version["code"] for version in row["from_versions"]],
                "to": [version["code"] for version in row["to_versions"]],
            }
    return {"why": None, "moved_by": [], "from": [], "to": []}


def _practice(patterns: Regularities) -> list[dict[str, Any]]:
    """Each configuration that was planted in Practice, beside what is found of it now."""
    found = {pattern.id: pattern for pattern in patterns.configurations}
    shown = []
    for item in planted(PRACTICE)["recorded"]["configurations"]:
        pattern = found.get(seed_id(PRACTICE, item["configuration"]))
        shown.append(
            {
                "configuration": item["name"],
                "planted": {side: _planted(patterns, item[side]) for side in ("for", "against")},
                "found": {
                    "for": _names(pattern.projects_for) if pattern else [],
                    "against": _names(pattern.projects_against) if pattern else [],
                },
                "code": pattern.code if pattern else None,
            }
        )
    return shown


def _planted(patterns: Regularities, keys: Iterable[str]) -> list[str]:
    """The planted projects by name, in order of their codes; one that the actor does not see, by
    its key, after the others."""
    wanted = {seed_id(PRACTICE, key): key for key in keys}
    seen = [case for case in patterns.projects if case.id in wanted]
    hidden = wanted.keys() - {case.id for case in seen}
    return _names(seen) + sorted(wanted[id] for id in hidden)
