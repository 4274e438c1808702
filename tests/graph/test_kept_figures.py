"""Figures that are remembered are at every moment what they would be if they were counted anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cmo.domain.case import Theme
from cmo.domain.evidence import Finding
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import AssessmentValue, FindingTopic, ThemeScheme, Valence
from cmo.graph.graph import Graph, Transaction
from cmo.graph.queries import Query
from cmo.services import recording, remembering, undoing
from cmo.services.actor import Actor
from cmo.services.assessing import Verdict, assess
from cmo.services.genesis import genesis
from cmo.services.journal import Deed, journal
from cmo.services.mentioning import mentions
from cmo.services.overview import board, needs
from cmo.services.reading import get_record, read
from cmo.services.regularities import regularities
from cmo.services.relating import relations
from cmo.services.supporting import support_of_all
from cmo.services.tallying import extent, how_many_to_place, uncoded_sources
from cmo.services.texts import targets
from cmo.services.theme_grid import theme_grid
from tests.graph.fieldwork import TEXT, Fieldwork


def _act(deed: Deed) -> Deed:
    """The same with what it touched in one order: the books keep none."""
    touched = sorted(deed.entry.touched, key=lambda part: part.id)
    return replace(deed, entry=replace(deed.entry, touched=tuple(touched)))


def _latest(graph: Graph, actor: Actor, programme: str) -> list[str | None]:
    """What the actor coded to lately comes first among what may be coded to."""
    return [target.id for target in targets(graph, actor, programme)]


FIGURES: dict[str, Callable[..., Any]] = {
    "targets": _latest,
    "extent": extent,
    "needs": needs,
    "board": board,
    "regularities": regularities,
    "support": support_of_all,
    "mentions": mentions,
    "themes": theme_grid,
    "relations": relations,
    "genesis": genesis,
    "acts": lambda graph, actor, _: [_act(deed) for deed in journal(graph, actor, limit=20)],
}


def told(field: Fieldwork) -> dict[str, Any]:
    """Every figure, as the next reader is told it."""
    return {n: work(field.graph, field.actor, field.programme) for n, work in FIGURES.items()}


def told_anew(field: Fieldwork) -> dict[str, Any]:
    """The same with nothing remembered; what was remembered before is kept for later."""
    held = remembering._held.pop(field.graph, None)
    try:
        return told(field)
    finally:
        if held is not None:
            remembering._held[field.graph] = held


class Day:
    """A day's work in a small programme: what is done to it, one step after the other."""

    def __init__(self, field: Fieldwork, project: str) -> None:
        self.field = field
        self.moor = field.project("Moor")
        self.context = field.factor("Known by name", "Context")
        self.outcome = field.factor("They come back", "Outcome")
        self.source = field.source(project, text=TEXT)
        self.fergus = field.informant("Fergus", self.source, role_group="guests")
        self.words = field.passage(self.source, "Nobody came back to me.", self.fergus)
        self.link = field.link(self.context, self.outcome)
        self.theme = field.add(
            Theme(name="Vision", programme=field.programme, scheme=ThemeScheme.ANALYSIS)
        )
        (row,) = read(field.graph, "theory/links", field.actor, programme_id=field.programme)
        self.configuration = row["configuration_id"]

    def steps(self) -> dict[str, Callable[[], Any]]:
        """What is done, by what it is called."""
        field, code = self.field, self.field.code
        made: dict[str, str] = {}

        def keep(name: str, id: str) -> None:
            made[name] = id

        retire = recording.retire
        return {
            "a link is supported": lambda: keep("on link", code(self.words, self.link)),
            "a link is refuted elsewhere": lambda: field.said(self.moor, self.link, "refutes"),
            "a configuration is supported": lambda: field.said(self.moor, self.configuration),
            "a factor is supported": lambda: field.said(self.moor, self.context),
            "a passage is marked to place": lambda: code(self.words, None),
            "a link is only expected to hold": lambda: code(
                self.words, self.link, claim="anticipated"
            ),
            "a source comes without a coding": lambda: keep("bare", field.source(self.moor)),
            "and is coded": lambda: code(field.passage(made["bare"]), self.link),
            "a coding is retired": lambda: retire(
                field.graph, field.actor, made["on link"], why="twice"
            ),
            "which is taken back": lambda: undoing.undo(field.graph, field.actor),
            "a factor is assessed": lambda: assess(
                field.graph,
                field.actor,
                self.context,
                self.moor,
                Verdict(AssessmentValue.PRESENT, valence=Valence.ENABLES, why="seen", settled=True),
                passages=(field.passage(made["bare"], None),),
            ),
            "a theme is found": lambda: field.add(
                Finding(
                    statement="They did not return.",
                    within=self.moor,
                    topic=FindingTopic.GRID,
                    about=(Tie(self.theme),),
                    rests_on=(made["on link"],),
                )
            ),
            "what the finding rests on is retired": lambda: retire(
                field.graph, field.actor, made["on link"], why="misheard"
            ),
            "and reinstated": lambda: recording.reinstate(
                field.graph, field.actor, made["on link"], why="heard again"
            ),
            "Fergus takes his words back": lambda: field.withdraw(self.fergus),
            "a configuration is recorded": lambda: field.configuration(
                "another", contexts=(self.context,)
            ),
            "a project is renamed": lambda: recording.edit(
                field.graph, field.actor, self.moor, 1, {"name": "Moorside"}
            ),
            "a source is retired": lambda: retire(
                field.graph, field.actor, made["bare"], why="not ours"
            ),
            "a coder is called otherwise": lambda: recording.edit(
                field.graph,
                field.actor,
                field.actor.id,
                get_record(field.graph, field.actor, field.actor.id).rev,
                {"display_name": "Anne"},
            ),
        }


def test_after_every_step_of_a_day_each_figure_is_what_it_is_counted_anew(
    field: Fieldwork, project: str
) -> None:
    day = Day(field, project)
    told(field)
    for name, do in day.steps().items():
        do()
        now, anew = told(field), told_anew(field)
        for figure in FIGURES:
            assert now[figure] == anew[figure], f"{figure}, after: {name}"


def test_the_parts_of_what_is_missing_and_of_the_extent_are_those_of_the_queries_that_tell_all(
    field: Fieldwork, project: str
) -> None:
    day = Day(field, project)
    for do in day.steps().values():
        do()
        asked = {"programme_id": field.programme}
        (counts,) = read(field.graph, "case/counts", field.actor, **asked)
        (whole,) = read(field.graph, "case/needs", field.actor, **asked)
        found = needs(field.graph, field.actor, field.programme)
        held = extent(field.graph, field.actor, field.programme)

        assert held == {name: counts[name] for name in held}
        assert sorted(map(list, found.themes)) == sorted(whole["themes"])
        for name in ("bare_sources", "activities", "unassessed"):
            assert [[i.id, i.code, i.name] for i in getattr(found, name)] == whole[name]
        assert found.unplaced == whole["unplaced"]
        assert [i.id for i in found.unlinked] == [c[0] for c in whole["configurations"] if not c[6]]
        assert [i.id for i in found.partial] == [
            c[0] for c in whole["configurations"] if 0 in c[3:6]
        ]


@pytest.mark.parametrize(
    "figure", ["regularities", "support", "to place", "without a coding", "targets"]
)
def test_a_new_coding_is_added_to_what_is_there_and_not_all_of_it_counted_again(
    field: Fieldwork, project: str, figure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Day(field, project)
    works: dict[str, Callable[..., Any]] = {
        "regularities": regularities,
        "support": support_of_all,
        "to place": how_many_to_place,
        "without a coding": uncoded_sources,
        "targets": _latest,
    }
    work = works[figure]
    work(field.graph, field.actor, field.programme)
    asked: list[str] = []
    run = Transaction.run_query

    def listening(tx: Transaction, query: Query, params: Any) -> Any:
        asked.append(query.name)
        return run(tx, query, params)

    field.code(day.words, day.link)
    monkeypatch.setattr(Transaction, "run_query", listening)
    work(field.graph, field.actor, field.programme)

    whole = {"patterns/recorded", "patterns/support_of_all", "evidence/to_place"}
    whole |= {"evidence/coded_lately"}
    assert not whole & set(asked)
    assert "books/touched" in asked
