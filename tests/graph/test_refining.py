"""A new version of a configuration: what is carried to it waits, and counts once it is affirmed."""

from __future__ import annotations

from typing import Any

import pytest

from cmo.domain.case import Event
from cmo.domain.theory import CmoLink, Configuration, ProgrammeTheory
from cmo.domain.vocabulary import EventLevel, LinkKind, Support
from cmo.errors import AlreadyThere, InvalidInput, NotAllowed, Refused
from cmo.services import recording
from cmo.services.checking import check
from cmo.services.configuring import drafted, refine_configuration
from cmo.services.counting import mend
from cmo.services.history import history
from cmo.services.reading import get_record, read
from cmo.services.refining import Refined, affirm, refine, waiting
from cmo.services.regularities import regularities
from cmo.services.showing import show
from cmo.services.supporting import support_of
from cmo.services.undoing import undo
from tests.graph.at_once import at_once
from tests.graph.fieldwork import TEXT, Fieldwork

SHADE = {"sentence": "Where there is shade, neighbours talk."}
EMPTY = "the sunny ones stood empty"


class Version:
    """A configuration of two contexts and an outcome, with a link from each context, and codings
    of the configuration and of both links."""

    def __init__(self, field: Fieldwork, project: str) -> None:
        self.field, self.project = field, project
        self.bench, self.shade = field.factor("Bench", "Context"), field.factor("Shade", "Context")
        self.talk = field.factor("Talk", "Outcome")
        self.id = field.configuration(
            "Benches", contexts=(self.bench, self.shade), outcomes=(self.talk,), status="retained"
        )
        self.links = [self.link(self.bench), self.link(self.shade)]
        self.source = field.source(project, text=TEXT)
        self.rosa = field.informant("Rosa", self.source)
        self.passage = field.passage(self.source, "They came back because I knew them.", self.rosa)
        self.codings = [
            field.code(
                self.passage, self.id, stance="refutes", memo="As she said.", richness="high"
            ),
            field.said(project, self.links[0]),
            field.said(project, self.links[1], claim="implied"),
        ]

    def link(self, start: str) -> str:
        return self.field.add(
            CmoLink(
                kind=LinkKind.CONTEXT_OUTCOME,
                configuration=self.id,
                starts_at=start,
                ends_at=self.talk,
            )
        )

    def refined(self, **changes: Any) -> Refined:
        return refine(self.field.graph, self.field.actor, self.id, changes or SHADE, EMPTY)

    def fields(self, record: str) -> dict[str, Any]:
        return get_record(self.field.graph, self.field.actor, record).fields

    def support(self, record: str) -> Support:
        return support_of(self.field.graph, self.field.actor, record).support

    def counted(self, *codings: str) -> list[bool]:
        rows = self.field.graph.read(lambda tx: tx.run("evidence/countable", ids=list(codings)))
        assert all(row["counts"] == row["counted"] for row in rows)
        by_id = {row["id"]: row["counted"] for row in rows}
        return [by_id[coding] for coding in codings]

    def well(self) -> bool:
        return check(self.field.graph, self.field.actor) == []


@pytest.fixture(name="old")
def _old(field: Fieldwork, project: str) -> Version:
    return Version(field, project)


def test_a_new_version_keeps_what_is_not_changed_and_the_step_says_why(old: Version) -> None:
    field = old.field
    event = field.add(
        Event(title="A hot summer", level=EventLevel.LOCAL, affects=(field.programme,))
    )
    moved = (old.codings[0], event)

    told = refine(field.graph, field.actor, old.id, SHADE, EMPTY, moved)

    new, before = old.fields(told.done.id), old.fields(old.id)
    assert new["sentence"] == SHADE["sentence"]
    for name in ("nickname", "contexts", "outcomes", "programme", "form"):
        assert new[name] == before[name], name
    assert (before["sentence"], before["status"], new["status"]) == (
        None,
        "retained",
        "conjectured",
    )
    step = old.fields(told.revision)
    assert (step["why"], step["judged_by"]) == (EMPTY, field.actor.id)
    assert (step["from_version"], step["to_version"]) == ((old.id,), (told.done.id,))
    assert set(step["moved_by"]) == set(moved)
    assert told.done.code == "C-2"
    assert old.well()


def test_codings_are_carried_as_they_were_judged_and_none_counts_before_it_is_affirmed(
    old: Version,
) -> None:
    before = old.support(old.id)

    told = old.refined()

    assert before is old.support(old.id) is Support.CONTESTED
    assert old.support(told.done.id) is Support.NONE
    assert old.counted(*told.codings) == [False, False, False]
    targets = [told.done.id, *(link_id(old, code) for _, code in told.links)]
    for made, earlier, target in zip(told.codings, old.codings, targets, strict=True):
        new, held = old.fields(made), old.fields(earlier)
        assert (new.pop("carried_from"), new.pop("affirmed")) == (earlier, False)
        assert (held.pop("carried_from"), held.pop("affirmed")) == (None, None)
        assert (new.pop("bears_on"), bool(held.pop("bears_on"))) == (target, True)
        assert new == held
    assert old.well()
    assert old.field.graph.write(lambda tx: mend(tx, None)) == 0


def link_id(old: Version, code: str) -> str:
    field = old.field
    rows = read(field.graph, "theory/links", field.actor, programme_id=field.programme)
    (found,) = [row["id"] for row in rows if row["code"] == code]
    return str(found)


def test_a_link_is_carried_where_both_ends_are_still_in_the_sets(old: Version) -> None:
    told = old.refined(contexts=(old.shade,))

    assert (told.links, told.left) == ((("L-2", "L-3"),), ("L-1",))
    link = old.fields(link_id(old, "L-3"))
    assert (link["configuration"], link["starts_at"]) == (told.done.id, old.shade)
    carried = [old.fields(coding)["carried_from"] for coding in told.codings]
    assert carried == [old.codings[0], old.codings[2]]
    assert old.well()


def test_what_is_affirmed_counts_and_the_history_says_who_did(old: Version) -> None:
    field, told = old.field, old.refined()
    bo = field.colleague("bo", field.programme, "researcher")
    against, on_link, _ = told.codings

    done = affirm(field.graph, bo, on_link, against, on_link, why="read again")

    assert set(done.ids) == {on_link, against}
    assert old.counted(*told.codings) == [True, True, False]
    assert old.support(told.done.id) is Support.CONTESTED
    assert old.fields(against)["judged_by"] == field.actor.id
    newest = history(field.graph, field.actor, against)[0]
    assert (newest.who, newest.action, newest.why) == ("bo", "affirm", "read again")
    assert [row["id"] for row in waiting(field.graph, field.actor)] == [told.codings[2]]
    with pytest.raises(Refused, match="does not wait"):
        affirm(field.graph, bo, told.codings[2], against)
    assert old.counted(told.codings[2]) == [False]
    undo(field.graph, bo)
    assert old.counted(*told.codings) == [False, False, False]
    assert old.well()


def test_what_is_dropped_waits_no_more_and_never_counted(old: Version) -> None:
    field, told = old.field, old.refined()

    recording.retire(field.graph, field.actor, told.codings[0], why="she meant the sun")

    left = waiting(field.graph, field.actor, told.done.id)
    assert {row["id"] for row in left} == set(told.codings[1:])
    with pytest.raises(Refused):
        affirm(field.graph, field.actor, told.codings[0])
    assert old.counted(old.codings[0], told.codings[0]) == [True, False]


def test_what_waits_is_listed_with_what_it_comes_from_and_flagged_wherever_it_stands(
    old: Version,
) -> None:
    field, told = old.field, old.refined()
    graph, ann = field.graph, field.actor

    rows = waiting(graph, ann, told.done.id)

    assert {row["id"]: row["carried_from_code"] for row in rows} == dict(
        zip(told.codings, ("C-1", "L-1", "L-2"), strict=True)
    )
    assert [row["configuration_code"] for row in rows] == ["C-2"] * 3
    assert waiting(graph, ann, old.id) == []
    for name, asked in (
        ("evidence/passages", {"target": told.done.id}),
        ("evidence/codings", {}),
        ("evidence/in_source", {"source_id": old.source}),
    ):
        rows = read(graph, name, ann, **asked)
        rows = [row for held in rows for row in held.get("codings", [held])]
        flagged = {row["id"] for row in rows if row["carried"]}
        assert flagged, name
        assert flagged <= set(told.codings), name
    found = {p.code: p for p in regularities(graph, ann, field.programme).configurations}
    assert (found["C-1"].carried, found["C-2"].carried) == (0, 3)
    assert (found["C-2"].projects_for, found["C-2"].projects_against) == ((), ())
    affirm(graph, ann, *told.codings)
    found = {p.code: p for p in regularities(graph, ann, field.programme).configurations}
    assert found["C-2"].carried == 0
    assert len(found["C-2"].projects_both) == 1


def test_a_drafted_version_brings_its_new_factors_and_roles(old: Version) -> None:
    field = old.field
    held = get_record(field.graph, field.actor, old.id)
    draft = {**drafted(held), "mechanisms": ["It is cooler"], "contexts": [old.shade, old.talk]}

    told = refine_configuration(field.graph, field.actor, held, draft, EMPTY)

    new = old.fields(told.done.id)
    (made,) = new["mechanisms"]
    assert old.fields(made)["label"] == "It is cooler"
    assert new["contexts"] == (old.shade, old.talk)
    assert set(old.fields(old.talk)["roles"]) == {"Context", "Outcome"}
    assert len(told.links) == len(told.left) == 1
    assert old.well()


def test_undo_takes_all_of_a_refinement_back(old: Version) -> None:
    field, told = old.field, old.refined()

    done = undo(field.graph, field.actor)

    assert set(done.ids) == set(told.done.ids)
    for record in told.done.ids:
        assert get_record(field.graph, field.actor, record).retired_at
    assert waiting(field.graph, field.actor) == []
    assert old.support(old.id) is Support.CONTESTED
    assert old.refined().done.code == "C-3"
    assert old.well()


def test_the_same_refinement_is_recorded_once_also_by_two_at_once(old: Version) -> None:
    answers = at_once(2, lambda _: old.refined())

    assert sorted(isinstance(answer, AlreadyThere) for answer in answers) == [False, True]
    with pytest.raises(AlreadyThere, match="C-2"):
        old.refined()
    assert old.refined(sentence="Another step.").done.code == "C-3"
    rows = read(old.field.graph, "theory/configuration", old.field.actor, id=old.id)
    assert [o["code"] for o in rows[0]["refined_into"]] == ["C-2", "C-3"]


def test_a_version_is_refined_again_before_anybody_affirmed(old: Version) -> None:
    field, first = old.field, old.refined()

    second = refine(field.graph, field.actor, first.done.id, {"because": "It is cool."}, EMPTY)

    assert {old.fields(k)["carried_from"] for k in second.codings} == set(first.codings)
    assert old.counted(*second.codings) == [False] * 3
    assert old.well()


def test_words_of_somebody_who_withdrew_and_retired_codings_are_not_carried(old: Version) -> None:
    field = old.field
    field.withdraw(old.rosa)
    recording.retire(field.graph, field.actor, old.codings[1], why="a slip")

    told = old.refined()

    assert [old.fields(coding)["carried_from"] for coding in told.codings] == [old.codings[2]]


def test_a_coding_is_carried_though_whoever_judged_it_has_left(old: Version) -> None:
    field = old.field
    bo = field.colleague("bo", field.programme, "researcher")
    mine = recording.record(
        field.graph,
        bo,
        Configuration(nickname="Of Bo", programme=field.programme, outcomes=(old.talk,)),
    ).id
    field.code(old.passage, mine, judged_by=bo.id)
    recording.retire(field.graph, field.actor, bo.id, why="left")

    told = refine(field.graph, field.actor, mine, SHADE, EMPTY)

    assert [old.fields(coding)["judged_by"] for coding in told.codings] == [bo.id]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"nickname": "Benches"}, EMPTY),
        ({"status": "refined"}, EMPTY),
        (SHADE, "  "),
        ({"programme": "another"}, EMPTY),
        ({"no_such_field": "x"}, EMPTY),
        ({"contexts": (), "outcomes": (), "nickname": None}, EMPTY),
    ],
)
def test_what_is_no_new_version_is_refused_and_nothing_is_stored(
    old: Version, changes: dict[str, Any], why: str
) -> None:
    field = old.field
    with pytest.raises(InvalidInput):
        refine(field.graph, field.actor, old.id, changes, why)

    assert len(read(field.graph, "theory/configurations", field.actor)) == 1
    assert waiting(field.graph, field.actor) == []


def test_nobody_leaves_behind_the_passages_of_projects_that_they_do_not_see(
    old: Version,
) -> None:
    field = old.field
    other = field.project("Moor")
    field.said(other, old.id)
    bo = field.colleague("bo", old.project, "researcher")

    with pytest.raises(NotAllowed, match="does not see"):
        refine(field.graph, bo, old.id, SHADE, EMPTY)
    with pytest.raises(InvalidInput, match="no configuration"):
        refine(field.graph, field.actor, old.bench, SHADE, EMPTY)


def test_only_what_was_carried_is_affirmed(old: Version) -> None:
    field = old.field
    for changes in ({"affirmed": True}, {"affirmed": False}):
        with pytest.raises(InvalidInput, match="carried"):
            recording.edit(field.graph, field.actor, old.codings[0], 1, changes)
    changed = {"carried_from": old.codings[1]}
    with pytest.raises(InvalidInput, match="carried_from"):
        recording.edit(field.graph, field.actor, old.codings[0], 1, changed)
    with pytest.raises(InvalidInput, match="No coding waits"):
        affirm(field.graph, field.actor)


def test_a_decision_on_support_stands_beside_what_is_computed(old: Version) -> None:
    field = old.field
    graph, ann = field.graph, field.actor
    decision = {"support_decided": "single_voice", "support_why": "Rosa told the others."}
    for record in (old.id, old.links[0]):
        recording.edit(graph, ann, record, 1, decision)

    assert old.support(old.id) is Support.CONTESTED
    told = show(graph, ann, old.id)
    assert (told["support"], told["fields"]["support_decided"]) == ("contested", "single_voice")
    found = regularities(graph, ann, field.programme)
    (pattern,) = found.configurations
    row = pattern.row()
    assert (row["support"], row["support_decided"], row["support_why"]) == (
        "contested",
        "single_voice",
        "Rosa told the others.",
    )
    links = {p.code: (str(p.support), p.support_decided) for p in found.links}
    assert links == {"L-1": ("single_voice", "single_voice"), "L-2": ("single_voice", None)}
    recording.edit(graph, ann, old.id, 2, {"support_decided": None, "support_why": None})
    assert regularities(graph, ann, field.programme).configurations[0].decided == ()


def test_a_decision_on_support_needs_its_reason_and_an_evaluator(old: Version) -> None:
    field = old.field
    rita = field.colleague("rita", field.programme, "researcher")
    both = {"support_decided": "none", "support_why": "hearsay"}
    theory = field.add(ProgrammeTheory(statement="Benches join.", programme=field.programme))

    for record in (old.id, old.links[0], theory):
        for name, alone in both.items():
            with pytest.raises(InvalidInput, match="support"):
                recording.edit(field.graph, field.actor, record, 1, {name: alone})
        with pytest.raises(NotAllowed, match="decide support"):
            recording.edit(field.graph, rita, record, 1, both)
        recording.edit(field.graph, field.actor, record, 1, both)
        with pytest.raises(NotAllowed, match="decide support"):
            recording.edit(field.graph, rita, record, 2, {"support_why": "as I see it"})
        assert show(field.graph, rita, record)["fields"]["support_why"] == "hearsay"
    recording.edit(field.graph, rita, old.id, 2, {"because": "It is cool."})
    mine: dict[str, Any] = {"nickname": "Mine", "programme": field.programme, **both}
    with pytest.raises(NotAllowed, match="decide support"):
        recording.record(field.graph, rita, Configuration(**mine))
