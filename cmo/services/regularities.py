"""What recurs: the recorded patterns of a programme, with the exceptions first."""

from __future__ import annotations

from dataclasses import dataclass

from cmo.analysis.cases import Case, Cases
from cmo.analysis.patterns import (
    Link,
    Pattern,
    Stated,
    configuration_patterns,
    link_patterns,
)
from cmo.errors import NotFound
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import remembered
from cmo.services.supporting import beside, judged


@dataclass(frozen=True)
class Regularities:
    """The recorded patterns of one programme; `projects` are the T projects in order of their
    codes. Both lists put what has most exceptions first."""

    programme_id: str
    projects: tuple[Case, ...]
    configurations: tuple[Pattern, ...]
    links: tuple[Pattern, ...]

    def get(self, record_id: str) -> Pattern:
        """The pattern of that configuration or link; raises NotFound where there is none."""
        for pattern in (*self.configurations, *self.links):
            if pattern.id == record_id or (
                pattern.kind == "link" and record_id in {link.id for link in pattern.links}
            ):
                return pattern
        raise NotFound(
            f"No recorded pattern has the id {record_id}.",
            "Nothing was read.",
            "`cmo regularities` lists the patterns with their codes.",
        )


def regularities(graph: Graph, actor: Actor, programme_id: str) -> Regularities:
    """The recorded patterns of a programme, as far as the actor may see it.

    A configuration without any counted coding is there too, with every project silent. Raises
    NotFound for a programme that is not there, is retired, or that the actor may not see.
    """
    return remembered(
        graph, actor, ("regularities", programme_id), lambda: _read(graph, actor, programme_id)
    )


def _read(graph: Graph, actor: Actor, programme_id: str) -> Regularities:
    rows = read(graph, "patterns/recorded", actor, programme_id=programme_id)
    if not rows:
        raise NotFound(
            f"There is no programme {programme_id}.",
            "Nothing was read.",
            "`cmo query case/programmes` lists those that you may see.",
        )
    (row,) = rows
    cases = Cases(row["projects"])
    links = [Link(*columns) for columns in row["links"]]
    codings = [judged(columns) for columns in row["codings"]]
    stated = [
        Stated(id, code, nickname or sentence or code, sentence, status, for_whom)
        for id, code, nickname, sentence, status, for_whom in row["configurations"]
    ]
    return Regularities(
        programme_id,
        cases.all,
        configuration_patterns(cases, stated, links, codings, beside(row)),
        link_patterns(cases, links, codings, beside(row)),
    )
