"""Configurations as they stand: what each joins, and in which projects that was borne out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cmo.analysis.cases import Case, Cases
from cmo.analysis.patterns import Beside, Judged, Link, Pattern, Stated, configuration_patterns
from cmo.analysis.patterns import link_patterns as patterns_of_links
from cmo.domain.vocabulary import Support
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.supporting import beside, judged

PAGE = 50
"""How many configurations a list shows at a time."""

SETS = {"contexts": "Context", "mechanisms": "Mechanism", "outcomes": "Outcome"}
"""The three sets of a configuration, and the role that a factor has in each."""


@dataclass(frozen=True)
class Asserted:
    """A link that somebody asserted, with what was heard on it alone."""

    id: str
    code: str
    kind: str
    start: str
    end: str
    heard: Pattern

    @property
    def roles(self) -> tuple[str, str]:
        """The sets in which it starts and ends: contexts, mechanisms or outcomes."""
        first, last = self.kind.split("_")
        return f"{first}s", f"{last}s"


@dataclass(frozen=True)
class Standing:
    """A configuration as recorded (`row`, with its three sets), what was heard on it and on its
    links, and its links in order of their codes.

    `places` names the projects and sub-cases of the programme by id, a sub-case with its project.
    """

    row: Row
    heard: Pattern
    links: tuple[Asserted, ...]
    places: Mapping[str, str] = field(repr=False, default_factory=dict)

    @property
    def id(self) -> str:
        """The configuration's id."""
        return str(self.row["id"])

    @property
    def name(self) -> str:
        """What a person calls it: its nickname, else its sentence, else its code."""
        return str(self.row["nickname"] or self.row["sentence"] or self.row["code"])

    @property
    def projects(self) -> tuple[Case, ...]:
        """The projects of its programme in order of their codes."""
        return self.heard.projects

    def linked(self, part: str) -> list[Row]:
        """The elements of a set that a link starts or ends at, in the order stated."""
        return [e for e in self.row[part] if self._joined(part, e["id"])]

    def unlinked(self, part: str) -> list[Row]:
        """The elements of a set that no link touches, in the order stated."""
        return [e for e in self.row[part] if not self._joined(part, e["id"])]

    def _joined(self, part: str, factor: str) -> bool:
        return any(
            (part, factor) in zip(x.roles, (x.start, x.end), strict=True) for x in self.links
        )


def configurations(
    graph: Graph,
    actor: Actor,
    programme_id: str,
    *,
    theme_id: str | None = None,
    status: str | None = None,
    support: str | None = None,
    find: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> tuple[list[Standing], str | None]:
    """At most `limit` configurations that answer to all filters, in order of their codes, and the
    code after which the next ones follow (None: there are no more).

    `support` is a word of Support, as computed; `find` looks for words. Empty means that none
    answers.
    """
    found: list[Standing] = []
    wanted: dict[str, Any] = {"theme_id": theme_id, "status": status, "find": find or None}
    while len(found) <= limit:
        size = limit + 1 if support is None else 4 * PAGE
        rows = read(
            graph,
            "theory/configuration_list",
            actor,
            programme_id=programme_id,
            after=after,
            limit=size,
            **wanted,
        )
        standing = _standing(graph, actor, programme_id, rows)
        found += [s for s in standing if support in (None, str(s.heard.support))]
        if len(rows) < size:
            break
        after = rows[-1]["code"]
    more = len(found) > limit
    return found[:limit], found[limit - 1].row["code"] if more else None


def configuration(graph: Graph, actor: Actor, configuration_id: str) -> Standing:
    """One configuration, retired or not; raises NotFound where the actor may not see it.

    Its row holds also what it is stated in, tests, rivals, ripples into and was refined from, each
    as a list.
    """
    rows = read(graph, "theory/configuration", actor, id=configuration_id)
    if not rows:
        raise NotFound(
            f"There is no configuration {configuration_id} that you may see.",
            "Nothing was read.",
            "The list of configurations shows those that there are.",
        )
    (standing,) = _standing(graph, actor, rows[0]["programme_id"], rows)
    return standing


def _standing(graph: Graph, actor: Actor, programme_id: str, rows: Sequence[Row]) -> list[Standing]:
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    (heard,) = read(graph, "patterns/heard_on", actor, programme_id=programme_id, ids=ids)
    cases = Cases(heard["projects"])
    links = [_as_recorded(columns) for columns in heard["links"]]
    codings = [judged(columns) for columns in heard["codings"]]
    around = beside(heard)
    stated = [
        Stated(r["id"], r["code"], r["nickname"] or r["code"], r["sentence"], r["status"])
        for r in rows
    ]
    patterns = {p.id: p for p in configuration_patterns(cases, stated, links, codings, around)}
    names = {id: (name, above) for id, _, name, above in heard["projects"]}
    places = {
        id: f"{names[above][0]}, {name}" if above in names else name
        for id, (name, above) in names.items()
    }
    return [
        Standing(
            row,
            patterns[row["id"]],
            _asserted(cases, patterns[row["id"]].links, codings, around),
            places,
        )
        for row in rows
    ]


def _as_recorded(columns: Sequence[Any]) -> Link:
    """A link whose ends stand for themselves: in its own configuration no merge is applied."""
    return Link(*columns, *columns[4:8])


def _asserted(
    cases: Cases, links: tuple[Link, ...], codings: list[Judged], around: Beside
) -> tuple[Asserted, ...]:
    found = []
    for link in links:
        own = [coding for coding in codings if coding.target == link.id]
        (heard,) = patterns_of_links(cases, [link], own, around)
        found.append(Asserted(link.id, link.code, link.kind, link.start, link.end, heard))
    return tuple(found)


SUPPORTS = tuple(str(word) for word in Support)
"""The words of support by which a list can be narrowed."""
