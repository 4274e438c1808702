"""Which changes may alter what a query answers is told from its text."""

from __future__ import annotations

import pytest

from cmo.domain.kinds import KINDS
from cmo.services.depending import Touch, depends_on


def touch(*labels: str, rev: int = 1, on: str = "", rested_on: bool = False) -> Touch:
    bears_on = frozenset({on, "Record"}) if on else frozenset()
    return Touch("id", frozenset({*labels, "Record"}), rev, bears_on, rested_on)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_list_of_projects_is_altered_by_projects_and_programmes_alone(kind: str) -> None:
    moved = depends_on("case/projects").is_moved_by([touch(kind, rev=2)])

    assert moved == (kind in ("Project", "Programme"))


def test_a_new_coding_alters_what_is_counted_from_codings() -> None:
    coding = [touch("Coding", on="CmoLink")]

    for name in ("evidence/how_many", "patterns/recorded", "patterns/support_of_all"):
        assert depends_on(name).is_moved_by(coding)


def test_a_coding_alters_what_rests_on_codings_only_where_something_rests_on_it() -> None:
    for name in ("patterns/assessed", "patterns/namings", "compare/grid", "compare/unassessed"):
        depends = depends_on(name)
        assert not depends.is_moved_by([touch("Coding", rev=2, on="Factor")])
        assert depends.is_moved_by([touch("Coding", rev=2, on="Factor", rested_on=True)])


def test_a_new_coding_alters_relations_only_where_it_bears_on_one() -> None:
    depends = depends_on("case/relations")

    assert not depends.is_moved_by([touch("Coding", on="Factor")])
    assert depends.is_moved_by([touch("Coding", on="Relation")])
    assert depends.is_moved_by([touch("Coding", on="Factor", rev=2)])  # it may have borne on one


def test_whose_words_are_gone_alters_everything_that_is_made_of_words() -> None:
    gone = [touch("Informant", rev=2)]

    for name in ("evidence/how_many", "patterns/recorded", "patterns/assessed", "case/relations"):
        assert depends_on(name).is_moved_by(gone)


def test_a_change_of_which_nothing_is_known_alters_everything() -> None:
    assert depends_on("case/projects").is_moved_by([])


def test_an_answer_that_is_made_of_several_queries_depends_on_all_that_they_do() -> None:
    both = depends_on("case/projects", "case/themes")

    assert both.is_moved_by([touch("Theme")])
    assert both.is_moved_by([touch("Project")])
    assert not both.is_moved_by([touch("Factor", "Context")])
