"""The headers of query files: every one that ships is right, and each fault is named."""

from __future__ import annotations

import re

import pytest

from cmo import shipped
from cmo.errors import NotFound, QueryFileBroken
from cmo.graph.queries import GIVEN, get_query, names, parse

GOOD = """\
// What there is of one project.
// mode: read
// scope: projects
// params: id STRING, limit INTEGER?
MATCH (p:Project {id: $id}) WHERE p.id IN $visible_projects
RETURN p.name AS name LIMIT coalesce($limit, 1)
"""


@pytest.mark.parametrize("name", names())
def test_every_query_that_ships_has_a_true_header(name: str) -> None:
    query = get_query(name)

    assert query.name == name
    assert query.purpose.endswith((".", ")"))


def test_every_file_under_cypher_is_a_query_or_a_migration() -> None:
    root = shipped.folder("cypher")
    files = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}

    odd = {
        f
        for f in files
        if not re.fullmatch(r"queries/[a-z]+/[a-z_]+\.cypher|schema/V\d{4}__[a-z0-9_]+\.cypher", f)
    }

    assert not odd
    assert {f"queries/{name}.cypher" for name in names()} <= files


@pytest.mark.parametrize("name", [n for n in names() if n != "schema/constrain"])
def test_what_a_query_returns_has_names(name: str) -> None:
    """An expression without AS would be called differently by each engine."""
    text = get_query(name).text
    last = re.split(r"\bRETURN\b", text)[-1]

    assert "RETURN" in text
    assert re.search(r"\bAS [a-z_]+|^[\sa-z_,]+(ORDER|LIMIT|$)", last)


def test_a_header_is_read() -> None:
    query = parse("case/one", GOOD)

    assert query.purpose == "What there is of one project."
    assert (query.mode, query.scope) == ("read", "projects")
    assert [(p.name, p.type, p.optional) for p in query.parameters] == [
        ("id", "STRING", False),
        ("limit", "INTEGER", True),
    ]
    assert query.text.startswith("MATCH")
    assert {"visible_projects", "quoted_projects", "named_projects", "small_groups"} == GIVEN


BROKEN = {
    "purpose": (GOOD.replace("// What there is of one project.\n", ""), "purpose"),
    "statement": ("// A.\n// mode: read\n// scope: open (x)\n", "statement"),
    "two statements": (GOOD + "; MATCH (n) RETURN n", "more than one statement"),
    "mode": (GOOD.replace("mode: read", "mode: append"), "mode"),
    "no mode": (GOOD.replace("// mode: read\n", ""), "mode"),
    "scope": (GOOD.replace("scope: projects", "scope: open"), "scope"),
    "an empty reason": (GOOD.replace("scope: projects", "scope: open ()"), "scope"),
    "undeclared": (GOOD.replace("$limit", "$most"), "limit, most"),
    "unused": (GOOD.replace("params: ", "params: more STRING, "), "more"),
    "a given one declared": (
        GOOD.replace("params: ", "params: visible_projects LIST, "),
        "the service fills",
    ),
    "a type": (GOOD.replace("STRING", "TEXT"), "TEXT"),
    "no scope used": (
        GOOD.replace(" WHERE p.id IN $visible_projects", ""),
        r"\$visible_projects is not used",
    ),
    "a write": (GOOD.replace("RETURN", "SET p.name = 'x' RETURN"), "writes"),
}


@pytest.mark.parametrize("fault", sorted(BROKEN))
def test_a_fault_in_a_query_file_is_named(fault: str) -> None:
    source, said = BROKEN[fault]

    with pytest.raises(QueryFileBroken, match=said) as broken:
        parse("case/one", source)

    assert "cypher/queries/case/one.cypher" in broken.value.wrong
    assert broken.value.next_step


def test_what_stands_in_texts_and_comments_is_no_parameter_and_no_write() -> None:
    text = GOOD.replace("RETURN", "AND p.name <> 'SET $other; DELETE' // $third CREATE\nRETURN")

    assert [p.name for p in parse("case/one", text).parameters] == ["id", "limit"]


@pytest.mark.parametrize("name", ["case/nothing", "../schema/V0001", "case", "", "CASE/one"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(NotFound, match="no query"):
        get_query(name)


def test_near_names_are_offered() -> None:
    with pytest.raises(NotFound) as refused:
        get_query("patterns/projects")

    assert ("case/projects", get_query("case/projects").purpose) in refused.value.candidates


@pytest.mark.parametrize("name", names())
def test_what_there_are_many_of_is_sought_as_a_record(name: str) -> None:
    """Ids are indexed for records; by another label the whole of it would be looked through."""
    assert not re.findall(r"\w*:(?:Coding|Excerpt|Source|Informant) ?\{id:", get_query(name).text)
