"""What recurs: the recorded patterns of a programme, with the exceptions first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cmo.analysis.cases import Case, Cases
from cmo.analysis.patterns import (
    Beside,
    Judged,
    Link,
    Pattern,
    Stated,
    configuration_patterns,
    link_patterns,
    replaced,
)
from cmo.errors import NotFound
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.remembering import remembered
from cmo.services.supporting import beside, judged
from cmo.services.tallying import newly_coded


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
    return _recorded(graph, actor, programme_id).found


@dataclass(frozen=True)
class _Recorded:
    """What the patterns were made from, so that what is coded later can be added: configurations
    and links as recorded, and the counted codings by what they bear on."""

    found: Regularities
    cases: Cases
    stated: Sequence[Stated]
    links: Sequence[Link]
    codings: Mapping[str, Sequence[Judged]]
    around: Beside


def _recorded(graph: Graph, actor: Actor, programme_id: str) -> _Recorded:
    return remembered(
        graph,
        actor,
        ("recorded", programme_id),
        lambda: _read(graph, actor, programme_id),
        of=("patterns/recorded",),
        more=lambda before, codings: _with_new(
            before, newly_coded(graph, actor, programme_id, codings)
        ),
    )


def _read(graph: Graph, actor: Actor, programme_id: str) -> _Recorded:
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
    codings: dict[str, list[Judged]] = {}
    for columns in row["codings"]:
        coding = judged(columns)
        codings.setdefault(coding.target, []).append(coding)
    stated = [
        Stated(id, code, nickname or sentence or code, sentence, status, for_whom)
        for id, code, nickname, sentence, status, for_whom in row["configurations"]
    ]
    around = beside(row)
    every = [coding for those in codings.values() for coding in those]
    found = Regularities(
        programme_id,
        cases.all,
        configuration_patterns(cases, stated, links, every, around),
        link_patterns(cases, links, every, around),
    )
    return _Recorded(found, cases, stated, links, codings, around)


def _with_new(before: _Recorded, rows: Sequence[Row]) -> _Recorded | None:
    """The same with codings that were recorded since: only patterns of what they bear on are made
    again. None where one waits to be affirmed, which stands in other columns."""
    if any(row["carried"] for row in rows):
        return None
    new: dict[str, list[Judged]] = {}
    for row in rows:
        if row["counted"] and row["target_type"] in ("Configuration", "CmoLink"):
            new.setdefault(row["target_id"], []).append(_judged(row))
    if not new:
        return before
    codings = {**before.codings, **{t: (*before.codings.get(t, ()), *c) for t, c in new.items()}}
    holding = {link.configuration for link in before.links if link.id in new} | new.keys()
    alike = {link.alike for link in before.links if link.id in new}
    stated = [item for item in before.stated if item.id in holding]
    hanging = [link for link in before.links if link.configuration in holding]
    grouped = [link for link in before.links if link.alike in alike]

    def heard(targets: Iterable[str]) -> list[Judged]:
        return [coding for target in targets for coding in codings.get(target, ())]

    own = [*(item.id for item in stated), *(link.id for link in hanging)]
    around, cases = before.around, before.cases
    found = Regularities(
        before.found.programme_id,
        before.found.projects,
        replaced(
            before.found.configurations,
            configuration_patterns(cases, stated, hanging, heard(own), around),
        ),
        replaced(
            before.found.links,
            link_patterns(cases, grouped, heard(link.id for link in grouped), around),
        ),
    )
    return replace(before, found=found, codings=codings)


def _judged(row: Row) -> Judged:
    names = ("id", "target_id", "stance", "claim", "concerns_id", "source_id", "source_kind")
    return judged([*(row[name] for name in names), row["voices"]])
