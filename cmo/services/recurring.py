"""What a person needs beside recorded patterns to judge them: why each might be so, what it is
about, and the passages behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cmo.analysis.on_mention import Mention
from cmo.analysis.patterns import Pattern
from cmo.domain.vocabulary import LinkKind
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.reading import read
from cmo.services.regularities import Regularities
from cmo.services.remembering import whole

FEWEST_FOR_CHANCE = 12
"""Below so many cases no comparison with chance is printed (method, rules of evidence 5)."""

_ENDS = {
    LinkKind.CONTEXT_MECHANISM: ("Context", "Mechanism"),
    LinkKind.MECHANISM_OUTCOME: ("Mechanism", "Outcome"),
    LinkKind.CONTEXT_OUTCOME: ("Context", "Outcome"),
}


@dataclass(frozen=True)
class Part:
    """A factor of a pattern: `known` is False for a mechanism that was recorded as an activity,
    without anybody's reasoning."""

    role: str
    label: str
    known: bool = True


@dataclass(frozen=True)
class Because:
    """Why a configuration might hold, in the words of whoever recorded it."""

    configuration_id: str
    code: str
    name: str
    narrative: str


@dataclass(frozen=True)
class About:
    """What a pattern is about: its parts in the order stated, its themes, and every narrative
    that somebody wrote for it (none: the mechanism is still to be explained)."""

    parts: tuple[Part, ...]
    themes: tuple[str, ...]
    because: tuple[Because, ...]


def about(graph: Graph, actor: Actor, found: Regularities) -> dict[str, About]:
    """What each pattern is about, by its id."""
    rows = whole(graph, "theory/configurations", actor, programme_id=found.programme_id)
    by_id = {row["id"]: row for row in rows}
    told = {p.id: _of_configuration(by_id[p.id]) for p in found.configurations if p.id in by_id}
    for pattern in found.links:
        holding = [
            by_id[link.configuration] for link in pattern.links if link.configuration in by_id
        ]
        told[pattern.id] = _of_link(pattern, list({row["id"]: row for row in holding}.values()))
    return told


def sift(
    patterns: Iterable[Pattern],
    told: Mapping[str, About],
    *,
    least: int = 0,
    theme: str | None = None,
    outcome: str | None = None,
    find: str = "",
) -> list[Pattern]:
    """Those patterns of which at least so many projects speak, for or against, under a theme, with
    an outcome, and with every word of `find` in their words or code; in the order given."""
    words = find.casefold().split()
    kept = []
    for pattern in patterns:
        held = told.get(pattern.id, About((), (), ()))
        text = " ".join(
            (pattern.code, pattern.name, pattern.sentence or "", *(p.label for p in held.parts))
        ).casefold()
        outcomes = {part.label for part in held.parts if part.role == "Outcome"}
        if (
            len(pattern.cells) >= least
            and (theme is None or theme in held.themes)
            and (outcome is None or outcome in outcomes)
            and all(word in text for word in words)
        ):
            kept.append(pattern)
    return kept


def passages_of(graph: Graph, actor: Actor, pattern: Pattern) -> dict[str, Row]:
    """The passages behind a pattern, by the id of their coding, as `evidence/passages` gives them;
    contradictions first."""
    targets = [pattern.id] if pattern.kind == "configuration" else [x.id for x in pattern.links]
    return {
        row["id"]: row
        for target in targets
        for row in read(graph, "evidence/passages", actor, target=target)
    }


def passages_of_mention(graph: Graph, actor: Actor, found: Mention) -> dict[str, Row]:
    """The passages on which the assessments of a factor rest, by the id of their coding."""
    assessments = [a.id for reading in found.readings.values() for a in reading.assessments]
    return {
        row["id"]: row
        for assessment in assessments
        for row in read(graph, "evidence/passages", actor, target=assessment)
    }


def chance(projects: int, kind: str = "cases") -> str:
    """What to print where a level of chance would stand; recorded patterns never have one."""
    if projects < FEWEST_FOR_CHANCE:
        return f"{_word(projects)} purposive {kind}: too few to compare with chance."
    return (
        f"These patterns were asserted by a person and then looked for in {projects} {kind}: there "
        "is nothing to shuffle, so no level of chance is printed."
    )


def _word(number: int) -> str:
    small = [
        "No",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
    ]
    return small[number] if number < len(small) else str(number)


def _of_configuration(row: Row) -> About:
    parts = [
        Part(role, factor["label"], factor.get("reasoning_known") is not False)
        for role, name in (
            ("Context", "contexts"),
            ("Mechanism", "mechanisms"),
            ("Outcome", "outcomes"),
        )
        for factor in row[name]
    ]
    return About(tuple(parts), _themes([row]), _because([row]))


def _of_link(pattern: Pattern, holding: list[Row]) -> About:
    first = pattern.links[0]
    start, end = _ENDS[LinkKind(first.kind)]
    activities = {
        factor["id"]
        for row in holding
        for factor in row["mechanisms"]
        if factor["reasoning_known"] is False
    }
    parts = (
        Part(start, first.kept_start_label, first.start not in activities),
        Part(end, first.kept_end_label, first.end not in activities),
    )
    return About(parts, _themes(holding), _because(holding))


def _themes(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(theme["name"] for row in rows for theme in row["themes"]))


def _because(rows: Iterable[Row]) -> tuple[Because, ...]:
    return tuple(
        Because(row["id"], row["code"], row["nickname"] or row["sentence"] or "", row["because"])
        for row in rows
        if row["because"]
    )
