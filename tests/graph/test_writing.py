"""The one way in which a casebook is changed: conflicts, locks, codes, undo, roles, rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from cmo.domain.case import Programme, Project, Relation, Theme
from cmo.domain.evidence import Coding, Finding, Source
from cmo.domain.fields import Tie
from cmo.domain.record import Record
from cmo.domain.theory import Configuration, Factor, Revision
from cmo.domain.vocabulary import (
    FactorRole,
    FindingTopic,
    RelationKind,
    Role,
    SourceKind,
    ThemeScheme,
)
from cmo.errors import (
    AlreadyThere,
    EditConflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Refused,
)
from cmo.graph.address import Server
from cmo.graph.graph import Row, Transaction
from cmo.graph.queries import Query
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.acts import Act, Edit
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.checking import check
from cmo.services.history import history
from cmo.services.naming import find_record
from cmo.services.reading import get_record
from cmo.services.undoing import undo
from cmo.services.users import add_user
from cmo.services.writing import commit
from tests.fixtures.casebooks import WIPE
from tests.fixtures.neo4j_server import Neo4jAddress
from tests.fixtures.planted import PLANTED
from tests.fixtures.rich import Rich, build
from tests.graph.at_once import at_once


@pytest.fixture(name="rich")
def _rich(casebook: Casebook, ann: Actor) -> Rich:
    return build(casebook.graph, ann)


def factor(programme: str, label: str = "Trust", *roles: FactorRole) -> Factor:
    return Factor(label=label, programme=programme, roles=roles or (FactorRole.CONTEXT,))


# -- edits and conflicts


def test_a_refused_edit_returns_both_versions_and_who_and_when(
    casebook: Casebook, ann: Actor, project: str, programme: str
) -> None:
    add_user(casebook.graph, ann, "bo", "Bo", roles=[(Role.EVALUATOR, programme)])
    recording.edit(casebook.graph, casebook.actor("bo"), project, 1, {"area": "docks"})

    with pytest.raises(EditConflict) as refused:
        recording.edit(casebook.graph, ann, project, 1, {"area": "quays", "aim": "trust"})

    error = refused.value
    assert error.asked == {"area": "quays", "aim": "trust"}
    assert error.read["area"] is None
    assert error.current["area"] == "docks"
    assert error.changed_by == "Bo"
    assert error.changed_at == history(casebook.graph, ann, project)[0].at
    assert error.changed_fields == ("area",)
    assert "Bo" in error.wrong
    assert "area" in error.wrong
    held = get_record(casebook.graph, ann, project)
    assert (held.fields["area"], held.fields["aim"], held.rev) == ("docks", None, 2)


def test_an_edit_that_changes_nothing_leaves_revision_and_books_as_they_are(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    before = len(history(casebook.graph, ann, limit=500))

    recording.edit(casebook.graph, ann, rich["council"], 1, {"name": "Council"})

    assert get_record(casebook.graph, ann, rich["council"]).rev == 1
    assert len(history(casebook.graph, ann, limit=500)) == before


def test_sixteen_threads_lose_no_acknowledged_edit(
    casebook: Casebook, ann: Actor, project: str
) -> None:
    acknowledged = hammer(casebook, ann, project, wanted=4)

    held = get_record(casebook.graph, ann, project)
    changes = history(casebook.graph, ann, project, limit=1000)
    assert acknowledged >= 60
    assert held.rev == 1 + acknowledged
    assert len(changes) == 1 + acknowledged
    assert check(casebook.graph, ann) == []


def hammer(casebook: Casebook, actor: Actor, record: str, *, wanted: int) -> int:
    """How many edits of 16 threads were acknowledged, `wanted` in each."""

    def edit(number: int) -> int:
        done = 0
        while done < wanted:
            rev = get_record(casebook.graph, actor, record).rev
            try:
                recording.edit(
                    casebook.graph, actor, record, rev, {"area": f"{number}, {done}, {rev}"}
                )
            except EditConflict:
                continue
            done += 1
        return done

    return sum(n for n in at_once(16, edit) if isinstance(n, int))


def test_without_the_lock_neo4j_loses_edits(neo4j_server: Neo4jAddress) -> None:
    query = Query("tests/naive", "Naive", "write", "open", (), PLANTED["naive_edit"])
    server = Server(neo4j_server.uri, neo4j_server.user)
    with open_casebook(server, password=neo4j_server.password) as opened:
        opened.graph.write(lambda tx: tx.run_statement(WIPE))
        theme = recording.record(opened.graph, opened.actor("ann"), Programme(name="X")).id

        def edit(number: int) -> int:
            acknowledged = 0
            for step in range(40):
                (row,) = opened.graph.read(lambda tx: tx.run("record/get", ids=[theme]))
                params = {"id": theme, "rev": row["props"]["rev"], "name": f"{number}-{step}"}
                acknowledged += len(opened.graph.write(run_naively(query, params)))
            return acknowledged

        acknowledged = sum(n for n in at_once(16, edit) if isinstance(n, int))
        (row,) = opened.graph.read(lambda tx: tx.run("record/get", ids=[theme]))

    assert row["props"]["rev"] < 1 + acknowledged


def run_naively(query: Query, params: dict[str, Any]) -> Callable[[Transaction], list[Row]]:
    return lambda tx: tx.run_query(query, params)


def test_an_act_that_is_committed_twice_is_made_once(
    casebook: Casebook, ann: Actor, project: str, programme: str
) -> None:
    new = Project(id=str(uuid.uuid4()), name="New", part_of=programme)
    act = Act("record", new=(new,), edits=(Edit(project, {"area": "docks"}, 1),))

    first = commit(casebook.graph, ann, act)
    second = commit(casebook.graph, ann, act)

    assert first == second
    assert get_record(casebook.graph, ann, project).rev == 2
    assert len([e for e in history(casebook.graph, ann) if e.change == act.id]) == 1
    assert check(casebook.graph, ann) == []


def test_a_refused_act_leaves_nothing_behind(
    casebook: Casebook, ann: Actor, project: str, programme: str
) -> None:
    new = Theme(name="Vision", programme=programme, scheme=ThemeScheme.ANALYSIS)
    before = len(history(casebook.graph, ann))

    with pytest.raises(EditConflict):
        commit(
            casebook.graph,
            ann,
            Act("record", new=(new, factor(programme)), edits=(Edit(project, {"area": "x"}, 7),)),
        )

    assert len(history(casebook.graph, ann)) == before
    made = recording.record(casebook.graph, ann, factor(programme))
    assert made.code == "F-1"


# -- codes


def test_codes_are_given_in_order_and_never_again(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    made = recording.record(casebook.graph, ann, factor(programme, "A"), factor(programme, "B"))
    assert made.codes == ("F-1", "F-2")
    recording.retire(casebook.graph, ann, made.ids[1], why="wrong")
    third = recording.record(casebook.graph, ann, factor(programme, "C"))
    undo(casebook.graph, ann)

    assert third.code == "F-3"
    assert recording.record(casebook.graph, ann, factor(programme, "D")).code == "F-4"


def test_codes_are_unique_however_many_record_at_once(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    def record(number: int) -> list[str | None]:
        return [
            recording.record(casebook.graph, ann, factor(programme, f"{number}.{step}")).code
            for step in range(4)
        ]

    codes = [c for found in at_once(8, record) if isinstance(found, list) for c in found]

    assert sorted(int(str(c)[2:]) for c in codes) == list(range(1, 33))


def test_each_programme_counts_its_own_codes(casebook: Casebook, ann: Actor, project: str) -> None:
    other = recording.record(casebook.graph, ann, Programme(name="Other")).id
    made = recording.record(casebook.graph, ann, Project(name="There", part_of=other))

    assert get_record(casebook.graph, ann, project).code == made.code == "P-1"


# -- undo, retire, reinstate


def test_undo_takes_back_an_edit_and_an_undo_of_it_brings_it_back(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    record = rich["configuration"]
    before = get_record(casebook.graph, ann, record).fields
    changes = {"contexts": (rich["policy"],), "about": (), "status": "retained", "because": "x"}
    recording.edit(casebook.graph, ann, record, 1, changes)
    after = get_record(casebook.graph, ann, record).fields

    taken_back = undo(casebook.graph, ann)
    assert get_record(casebook.graph, ann, record).fields == before
    undo(casebook.graph, ann, taken_back.change)

    assert get_record(casebook.graph, ann, record).fields == after
    assert get_record(casebook.graph, ann, record).rev == 4
    assert check(casebook.graph, ann) == []


def test_undo_of_a_new_record_retires_it(casebook: Casebook, ann: Actor, programme: str) -> None:
    made = recording.record(casebook.graph, ann, factor(programme)).id

    undo(casebook.graph, ann)

    assert get_record(casebook.graph, ann, made).retired_at


def test_undo_of_a_new_programme_takes_its_roles_back_too(casebook: Casebook, ann: Actor) -> None:
    recording.record(casebook.graph, ann, Programme(name="Mistake"))

    undo(casebook.graph, ann)

    assert casebook.actor("ann").grants == ()
    assert check(casebook.graph, ann) == []


def test_undo_takes_the_latest_change_first_and_each_once(
    casebook: Casebook, ann: Actor, project: str
) -> None:
    first = recording.edit(casebook.graph, ann, project, 1, {"area": "docks"})
    second = recording.edit(casebook.graph, ann, project, 2, {"area": "quays"})

    undo(casebook.graph, ann)
    assert get_record(casebook.graph, ann, project).fields["area"] == "docks"
    with pytest.raises(Refused, match="already"):
        undo(casebook.graph, ann, second.change)
    undo(casebook.graph, ann)

    assert get_record(casebook.graph, ann, project).fields["area"] is None
    with pytest.raises(Refused, match="already"):
        undo(casebook.graph, ann, first.change)


def test_undo_is_refused_where_somebody_has_changed_the_same_field_since(
    casebook: Casebook, ann: Actor, project: str, programme: str
) -> None:
    mine = recording.edit(casebook.graph, ann, project, 1, {"area": "docks"})
    add_user(casebook.graph, ann, "bo", "Bo", roles=[(Role.EVALUATOR, programme)])
    bo = casebook.actor("bo")
    theirs = recording.edit(casebook.graph, bo, project, 2, {"area": "quays"})

    with pytest.raises(Refused, match=f"Bo.*area.*{theirs.change}"):
        undo(casebook.graph, ann, mine.change)
    assert get_record(casebook.graph, ann, project).fields["area"] == "quays"

    undo(casebook.graph, bo)
    undo(casebook.graph, ann, mine.change)
    assert get_record(casebook.graph, ann, project).fields["area"] is None


def test_undo_passes_over_a_later_change_of_other_fields(
    casebook: Casebook, ann: Actor, project: str
) -> None:
    mine = recording.edit(casebook.graph, ann, project, 1, {"area": "docks"})
    recording.edit(casebook.graph, ann, project, 2, {"aim": "trust"})

    undo(casebook.graph, ann, mine.change)

    held = get_record(casebook.graph, ann, project)
    assert (held.fields["area"], held.fields["aim"]) == (None, "trust")


def test_nobody_takes_back_what_somebody_else_did(
    casebook: Casebook, ann: Actor, project: str, programme: str
) -> None:
    mine = recording.edit(casebook.graph, ann, project, 1, {"area": "docks"})
    add_user(casebook.graph, ann, "bo", roles=[(Role.EVALUATOR, programme)])

    with pytest.raises(NotAllowed, match="somebody else"):
        undo(casebook.graph, casebook.actor("bo"), mine.change)
    with pytest.raises(NotFound):
        undo(casebook.graph, casebook.actor("bo"))
    with pytest.raises(NotFound):
        undo(casebook.graph, ann, "no such change")


def test_undo_is_refused_where_something_refers_to_what_it_would_retire(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    made = recording.record(casebook.graph, ann, factor(programme))
    used = recording.record(
        casebook.graph, ann, Configuration(programme=programme, contexts=(made.id,))
    )

    with pytest.raises(Refused, match="Configuration C-1 refers"):
        undo(casebook.graph, ann, made.change)

    recording.retire(casebook.graph, ann, used.id, why="wrong")
    undo(casebook.graph, ann, made.change)
    assert get_record(casebook.graph, ann, made.id).retired_at


def test_what_is_retired_comes_back_by_reinstating(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    def counted() -> set[str]:
        rows = casebook.graph.read(lambda tx: tx.run("evidence/countable"))
        return {row["id"] for row in rows if row["counted"]}

    before = counted()
    for name in ("source_of", "budget_words", "configuration", "link", "project", "programme"):
        record = rich["interview"] if name == "source_of" else rich[name]
        recording.retire(casebook.graph, ann, record, why="a mistake")
        assert counted() < before, name
        assert check(casebook.graph, ann) == []
        with pytest.raises(Refused, match="already"):
            recording.retire(casebook.graph, ann, record, why="again")
        recording.reinstate(casebook.graph, ann, record)
        assert counted() == before, name
    with pytest.raises(Refused, match="not retired"):
        recording.reinstate(casebook.graph, ann, rich["project"])
    with pytest.raises(InvalidInput, match="reason"):
        recording.retire(casebook.graph, ann, rich["project"], why="  ")
    assert check(casebook.graph, ann) == []


def test_nothing_new_refers_to_a_retired_record(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    attempts: dict[str, Record] = {
        "policy": Configuration(programme=rich["programme"], contexts=(rich["policy"],)),
        "project": Source(title="S", collected_in=rich["project"], kind=SourceKind.SURVEY),
        "interview": Coding(excerpt=rich["budget_words"], bears_on=rich["interview"]),
        "theme": Coding(excerpt=rich["budget_words"], bears_on=rich["theme"]),
        "budget_words": Coding(excerpt=rich["budget_words"], bears_on=rich["budget"]),
        "surgery": Finding(
            statement="s",
            within=rich["other_project"],
            topic=FindingTopic.WISH,
            about=(Tie(rich["theme"]),),
        ),
    }
    for name, record in attempts.items():
        gone = "theme" if name == "surgery" else name
        recording.retire(casebook.graph, ann, rich[gone], why="a mistake")
        with pytest.raises(InvalidInput):
            recording.record(casebook.graph, ann, record)
        recording.reinstate(casebook.graph, ann, rich[gone])


def test_an_edit_keeps_a_reference_that_was_retired_since(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    recording.retire(casebook.graph, ann, rich["policy"], why="a mistake")
    recording.retire(casebook.graph, ann, rich["alias"], why="a mistake")
    contexts = (rich["policy"], rich["turbulence"])

    recording.edit(casebook.graph, ann, rich["configuration"], 1, {"contexts": contexts})
    with pytest.raises(InvalidInput, match="retired"):
        recording.edit(casebook.graph, ann, rich["rival"], 1, {"mechanisms": (rich["alias"],)})

    held = get_record(casebook.graph, ann, rich["configuration"])
    assert held.fields["contexts"] == contexts


# -- who may do what, and what the model allows


def test_nothing_crosses_programmes(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    other = build(casebook.graph, ann, name="Other")
    crossing: list[Record] = [
        Configuration(programme=rich["programme"], contexts=(other["policy"],)),
        Coding(excerpt=rich["budget_words"], bears_on=other["budget"]),
        Coding(excerpt=rich["budget_words"], concerns=other["project"]),
        Finding(
            statement="s",
            within=rich["project"],
            topic=FindingTopic.WISH,
            about=(Tie(other["theme"]),),
        ),
        Factor(
            label="x",
            programme=rich["programme"],
            roles=(FactorRole.CONTEXT,),
            kind_of=(Tie(other["policy"]),),
        ),
        Revision(why="x", from_version=(rich["theory"],), to_version=(other["theory"],)),
    ]
    for record in crossing:
        with pytest.raises(InvalidInput, match="another programme"):
            recording.record(casebook.graph, ann, record)
    with pytest.raises(InvalidInput, match="another programme"):
        recording.edit(
            casebook.graph, ann, rich["turbulence"], 1, {"kind_of": (Tie(other["policy"]),)}
        )
    assert check(casebook.graph, ann) == []


MAY_RECORD = {
    "Evaluator": {"Project", "Theme", "Factor", "Relation", "Source"},
    "Researcher": {"Theme", "Factor", "Relation", "Source"},
    "Programme Lead": {"Relation"},
    "Validator": set[str](),
    "Data Steward": set[str](),
    "Auditor": set[str](),
}


@pytest.mark.parametrize("role", sorted(MAY_RECORD))
def test_a_role_records_what_it_may_and_nothing_else(
    casebook: Casebook, rich: Rich, role: str
) -> None:
    actor = casebook.actor(role)
    g, p = rich["programme"], rich["project"]

    attempts: list[Record] = [
        Project(name="New", part_of=g),
        Project(name="New team", part_of=p),
        Theme(name="New", programme=g, scheme=ThemeScheme.ANALYSIS),
        factor(g, "New"),
        Relation(
            kind=RelationKind.LEADS, from_party=rich["council"], to_party=rich["surgery"], within=p
        ),
        Source(title="New", collected_in=p, kind=SourceKind.SURVEY),
    ]
    for record in attempts:
        kind = type(record).node_label
        if kind in MAY_RECORD[role]:
            recording.record(casebook.graph, actor, record)
        else:
            with pytest.raises((NotAllowed, NotFound)):
                recording.record(casebook.graph, actor, record)


def test_a_role_in_one_project_reaches_neither_the_others_nor_the_programme_itself(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    add_user(casebook.graph, ann, "of one", roles=[(Role.EVALUATOR, rich["project"])])
    one = casebook.actor("of one")
    source = Source(title="New", collected_in=rich["other_project"], kind=SourceKind.SURVEY)

    recording.edit(casebook.graph, one, rich["project"], 1, {"area": "docks"})
    recording.edit(casebook.graph, one, rich["sub_case"], 1, {"area": "docks"})
    recording.record(casebook.graph, one, Project(name="South team", part_of=rich["project"]))
    with pytest.raises((NotAllowed, NotFound)):
        recording.record(casebook.graph, one, source)
    with pytest.raises((NotAllowed, NotFound)):
        recording.edit(casebook.graph, one, rich["other_project"], 1, {"area": "docks"})
    with pytest.raises(NotAllowed):
        recording.edit(casebook.graph, one, rich["programme"], 1, {"name": "Mine"})
    with pytest.raises(NotAllowed):
        recording.record(casebook.graph, one, Project(name="New", part_of=rich["programme"]))
    with pytest.raises(NotFound):
        get_record(casebook.graph, one, rich["coding_other_project"])


def test_only_an_evaluator_settles_and_merges(casebook: Casebook, rich: Rich) -> None:
    researcher = casebook.actor("Researcher")

    with pytest.raises(NotAllowed, match="settle"):
        recording.edit(casebook.graph, researcher, rich["assessed"], 1, {"settled": False})
    with pytest.raises(NotAllowed, match="merge"):
        recording.edit(casebook.graph, researcher, rich["alias"], 1, {"same_as": ()})
    at = "2026-01-01T00:00:00.000000Z"
    with pytest.raises(NotAllowed, match="withdraw"):
        recording.edit(casebook.graph, researcher, rich["jon"], 1, {"withdrawn_at": at})


def test_a_role_that_was_taken_meanwhile_counts_no_more(
    casebook: Casebook, ann: Actor, project: str, programme: str
) -> None:
    bo = add_user(casebook.graph, ann, "bo", roles=[(Role.EVALUATOR, programme)]).id
    held = casebook.actor("bo")
    recording.edit(casebook.graph, ann, bo, 1, {"roles": ()})

    with pytest.raises((NotAllowed, NotFound)):
        recording.edit(casebook.graph, held, project, 1, {"area": "docks"})


def test_two_families_made_at_once_do_not_close_a_circle(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    a, b = recording.record(casebook.graph, ann, factor(programme, "A"), factor(programme, "B")).ids
    pairs = ((a, b), (b, a))

    outcomes = at_once(
        2,
        lambda n: recording.edit(
            casebook.graph, ann, pairs[n][0], 1, {"kind_of": (Tie(pairs[n][1]),)}
        ),
    )

    assert sum(isinstance(outcome, InvalidInput) for outcome in outcomes) == 1
    assert check(casebook.graph, ann) == []


def test_what_is_retired_while_something_new_refers_to_it_is_seen_by_one_of_the_two(
    casebook: Casebook, ann: Actor, programme: str
) -> None:
    for _ in range(5):
        made = recording.record(casebook.graph, ann, factor(programme)).id
        using = Configuration(programme=programme, contexts=(made,))

        def act(number: int, made: str = made, using: Configuration = using) -> str:
            if number:
                return recording.retire(casebook.graph, ann, made, why="wrong").change
            return recording.record(casebook.graph, ann, using).change

        used, retired = at_once(2, act)

        assert isinstance(retired, str)
        assert isinstance(used, str | InvalidInput)
    assert check(casebook.graph, ann) == []


def test_ids_that_are_taken_are_refused(
    casebook: Casebook, ann: Actor, programme: str, project: str
) -> None:
    taken = Theme(id=project, name="x", programme=programme, scheme=ThemeScheme.ANALYSIS)

    with pytest.raises(AlreadyThere):
        recording.record(casebook.graph, ann, taken)


def test_a_record_is_moved_only_to_where_the_actor_may_record(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    roles = [(Role.RESEARCHER, rich["project"]), (Role.PROGRAMME_LEAD, rich["other_project"])]
    add_user(casebook.graph, ann, "of two", roles=roles)
    actor = casebook.actor("of two")
    there = {"collected_in": rich["other_project"]}

    with pytest.raises(NotAllowed):
        recording.edit(casebook.graph, actor, rich["interview"], 1, there)
    recording.edit(casebook.graph, actor, rich["interview"], 1, {"collected_in": rich["sub_case"]})


def test_what_lies_in_a_retired_place_is_found_to_reinstate_it(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    recording.retire(casebook.graph, ann, rich["project"], why="a mistake")
    with pytest.raises(NotFound):
        find_record(casebook.graph, ann, "P-1", "Project")
    assert find_record(casebook.graph, ann, "P-1", retired=True)["id"] == rich["project"]
    recording.reinstate(casebook.graph, ann, rich["project"])
    recording.retire(casebook.graph, ann, rich["programme"], why="a mistake")

    found = find_record(casebook.graph, ann, rich["programme"], retired=True)
    recording.reinstate(casebook.graph, ann, found["id"])
