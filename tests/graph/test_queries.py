"""Every file under cypher/ runs on both engines; every read on a casebook where it finds something.

A query for which nobody has given a value to a required parameter fails here: give it one in
tests/fixtures/asking.py.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from cmo.domain.case import Project, Stakeholder
from cmo.domain.evidence import Source
from cmo.domain.kinds import KINDS
from cmo.domain.record import references
from cmo.domain.theory import Configuration, Factor
from cmo.domain.vocabulary import FactorRole, SourceKind, StakeholderKind
from cmo.graph.graph import Row, Transaction
from cmo.graph.queries import Query, get_query, names
from cmo.graph.schema import make, migrations
from cmo.services import recording
from cmo.services.acts import Act
from cmo.services.casebook import Casebook
from cmo.services.findable import make_findable
from cmo.services.reading import bind
from cmo.services.undoing import undo
from cmo.services.writing import commit
from tests.fixtures.asking import required, sample
from tests.fixtures.casebooks import WIPE
from tests.fixtures.rich import Rich, build
from tests.fixtures.rolled_back import rolled_back

BREAKS = Path(__file__).parent.parent / "fixtures" / "breaks"

FINDS_FAULTS = {
    "rules/denied_unstated",
    "rules/link_twice",
    "check/codings",
    "check/silenced",
    "check/unfounded",
    "rules/family_cycles",
    "rules/family_roles",
    "rules/link_ends",
    "rules/merge_depth",
    "rules/set_roles",
    "rules/settled_twice",
    "rules/synthetic_in_real",
    "export/unstewarded",
    "export/restoring",
}
"""Reads that find something only where something is wrong: they run on a broken casebook too."""

COUNTS = {"made", "changed", "written", "typed", "taken_away", "taken_out", "ended"}
"""Names under which write queries return how much they wrote."""

READS = sorted(n for n in names() if get_query(n).mode == "read")
WRITES = sorted(n for n in names() if get_query(n).mode == "write")


@pytest.fixture(scope="module", name="made")
def _made(engine_casebook: Casebook) -> tuple[Casebook, Rich]:
    """A rich casebook, for tests that only read it."""
    engine_casebook.graph.write(lambda tx: tx.run_statement(WIPE))
    graph, ann = engine_casebook.graph, engine_casebook.actor("ann")
    rich = build(graph, ann)
    done = recording.edit(graph, ann, rich["council"], 1, {"sector": "public"})
    undo(graph, ann)
    make_findable(graph)
    recording.record(
        graph,
        ann,
        Source(title="Not yet", collected_in=rich["project"], kind=SourceKind.SURVEY, text="Said."),
    )
    party = Stakeholder(name="Residents", kind=StakeholderKind.GROUP, programme=rich["programme"])
    unheard = Project(name="Seaside", part_of=rich["programme"])
    leaflet = Factor(
        id=str(uuid.uuid4()),
        label="A leaflet",
        programme=rich["programme"],
        roles=(FactorRole.MECHANISM,),
        reasoning_known=False,
    )
    handed_out = Configuration(
        nickname="Handed out", programme=rich["programme"], mechanisms=(str(leaflet.id),)
    )
    more = (party, unheard, leaflet, handed_out)
    loaded = commit(graph, ann, Act("record", new=more, separately=True))
    rich.ids.update(change=done.change, undone=done.change, loaded=loaded.change)
    rich.ids["ann"] = ann.id
    return engine_casebook, rich


def run(casebook: Casebook, query: Query, params: dict[str, Any]) -> list[dict[str, Any]]:
    actor = casebook.actor("ann")
    given = bind(query, actor, params)
    access = casebook.graph.read if query.mode == "read" else casebook.graph.write
    return access(lambda tx: tx.run_query(query, given))


@pytest.mark.parametrize("name", READS)
def test_a_read_query_finds_something(made: tuple[Casebook, Rich], name: str) -> None:
    casebook, rich = made
    query = get_query(name)

    rows = run(casebook, query, dict(required(query, rich)))

    if name in FINDS_FAULTS:
        assert rows == []
        return
    assert rows
    assert any(value not in (None, [], 0, False) for row in rows for value in row.values())


@pytest.mark.parametrize("name", READS)
def test_a_read_query_runs_with_each_of_its_optional_parameters(
    made: tuple[Casebook, Rich], name: str
) -> None:
    casebook, rich = made
    query = get_query(name)
    for parameter in (p.name for p in query.parameters if p.optional):
        given = {parameter: sample(query, rich, parameter)}
        run(casebook, query, {**required(query, rich), **given})


@pytest.mark.parametrize("name", sorted(FINDS_FAULTS))
def test_what_looks_for_faults_finds_them(made: tuple[Casebook, Rich], name: str) -> None:
    casebook, rich = made
    query = get_query(name)
    params = {p.name: None for p in query.parameters} | dict(required(query, rich))
    if name == "export/unstewarded":
        params = {"user": rich["researcher"]}

    def look(tx: Transaction) -> list[Row]:
        for broken in (MARK, *BREAKS.glob("[1-8]__*.cypher")):
            tx.run_statement(broken.read_text(encoding="utf-8"))
        return tx.run_query(query, params)

    assert rolled_back(casebook.graph, look)


BEGUN = {
    "client": "somebody",
    "file": "a.jsonl",
    "now": "2026-01-01T00:00:00.000000Z",
    "stale": "2025-01-01T00:00:00.000000Z",
}
MARK = BREAKS.parent / "planted_statements" / "restoring.cypher"


def written(name: str, rich: Rich) -> dict[str, Any]:
    """The parameters of a write query."""
    area, _, rest = name.partition("/")
    new = str(uuid.uuid4())
    coding = rich["coding_jon"]
    if area == "create" or name == "export/counted_codings":
        return {"rows": [{"id": new, "rev": 1, "text": rest}]}
    if area == "connect":
        row = {"start": coding, "end": rich["budget"], "carries": {"at": "now"}}
        return {"rows": [row]}
    change = {"id": new, "at": BEGUN["now"], "action": "record", "fields": ["label"]}
    held = {"before": "{}", "after": "{}", "salt": "s"}
    given: dict[str, dict[str, Any]] = {
        "books/append": {
            "user": rich["ann"],
            "rows": [
                {
                    **change,
                    **held,
                    "why": None,
                    "digest": "d",
                    "undoes": None,
                    "part_of": None,
                    "records": [{"id": coding, "rev": 1}],
                }
            ],
        },
        "evidence/mark_counted": {"ids": [rich["coding_anticipated"]]},
        "evidence/unmark_counted": {"ids": [coding]},
        "export/beat": {"client": "somebody", "now": BEGUN["now"], "portion": 1},
        "export/begin_restore": BEGUN,
        "export/end_restore": {"client": "somebody"},
        "export/take_out": {"client": "somebody", "limit": 3},
        "export/wait_for_restore": {},
        "export/write_changes": {"rows": [{"user": rich["ann"], "props": change, "content": held}]},
        "export/write_touched": {
            "rows": [{"change": rich["change"], "record": coding, "carries": {"rev": 1}}]
        },
        "record/count_code": {"id": rich["programme"], "last": {"last_f": 9}},
        "record/disconnect": {
            "rows": [{"type": "BEARS_ON", "start": coding, "end": rich["configuration"]}]
        },
        "record/lock": {"id": coding},
        "record/set_properties": {"id": coding, "rev": 2, "changes": {"memo": "x"}},
        "record/set_roles": {"rows": [{"id": rich["policy"], "roles": ["Outcome"]}]},
        "schema/applied": {"version": 9999, "now": BEGUN["now"]},
        "schema/claim": {
            **{k: BEGUN[k] for k in ("client", "now", "stale")},
            "version": 9999,
            "name": "planted",
            "checksum": "c",
        },
        "schema/constrain": {},
        "search/make_findable": {
            "rows": [{"source": rich["interview"], "sha256": "s", "words": "own budget"}]
        },
    }
    return given[name]


@pytest.mark.parametrize("name", WRITES)
def test_a_write_query_writes(made: tuple[Casebook, Rich], name: str) -> None:
    casebook, rich = made
    query = get_query(name)

    def write(tx: Transaction) -> list[Row]:
        if name.startswith("export/"):
            tx.run_statement(MARK.read_text(encoding="utf-8"))
        if name == "schema/applied":
            tx.run("schema/claim", **written("schema/claim", rich))
        return tx.run_query(query, written(name, rich))

    if name == "schema/constrain":
        assert run(casebook, query, {}) == []
        return
    (row,) = rolled_back(casebook.graph, write)

    assert row
    if set(row) & COUNTS and name != "export/beat":
        assert list(row.values()) == [3 if name == "export/take_out" else 1]


def test_the_schema_can_be_applied_again(made: tuple[Casebook, Rich]) -> None:
    casebook, _ = made
    for migration in migrations():
        for statement in migration.statements:
            make(casebook.graph, statement)


def test_the_rich_casebook_holds_every_kind_and_every_relationship(
    made: tuple[Casebook, Rich],
) -> None:
    casebook, rich = made
    nodes = casebook.graph.read(lambda tx: tx.run("record/get", ids=list(rich.ids.values())))
    ties = casebook.graph.read(lambda tx: tx.run("record/edges", ids=list(rich.ids.values())))
    declared = {spec.type for kind in KINDS.values() for spec in references(kind).values()}

    assert set(KINDS) <= {label for node in nodes for label in node["labels"]}
    assert declared <= {tie["type"] for tie in ties}
