"""The books: who changed what, when and why, and how a record was before."""

from __future__ import annotations

import pytest

from cmo.errors import NotFound
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.history import as_it_was, history
from cmo.services.reading import get_record
from cmo.services.undoing import undo
from cmo.services.withdrawal import withdraw
from tests.fixtures.rich import JON, MARA, Rich, build


@pytest.fixture(name="rich")
def _rich(casebook: Casebook, ann: Actor) -> Rich:
    return build(casebook.graph, ann)


def test_a_change_tells_who_did_what_to_which_record_and_why(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    done = recording.edit(
        casebook.graph, ann, rich["budget"], 1, {"label": "Budgets"}, why="as they say it"
    )

    (entry, made) = history(casebook.graph, ann, rich["budget"])

    assert (entry.change, entry.who, entry.action) == (done.change, "ann", "edit")
    assert (entry.why, entry.undone, entry.undoes) == ("as they say it", False, None)
    (touched,) = entry.touched
    assert (touched.kind, touched.code, touched.name, touched.rev) == (
        "Factor",
        "F-3",
        "Budgets",
        2,
    )
    assert (touched.before, touched.after) == ({"label": "Own budget"}, {"label": "Budgets"})
    assert made.action == "record"
    assert made.touched[0].before is None
    assert made.touched[0].after is not None
    assert made.touched[0].after["label"] == "Own budget"
    assert entry.at > made.at


def test_what_was_undone_says_so(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    done = recording.edit(casebook.graph, ann, rich["budget"], 1, {"label": "Budgets"})
    taken_back = undo(casebook.graph, ann)

    latest, edited, _ = history(casebook.graph, ann, rich["budget"])

    assert (latest.change, latest.undoes) == (taken_back.change, done.change)
    assert (edited.undone, latest.undone) == (True, False)


def test_the_history_is_newest_first_and_goes_on_from_any_change(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    del rich
    whole = history(casebook.graph, ann, limit=1000)
    pages = []
    before = None
    while page := history(casebook.graph, ann, limit=7, before=before):
        pages += page
        before = page[-1].change

    assert pages == whole
    assert [e.at for e in whole] == sorted((e.at for e in whole), reverse=True)
    assert whole[-1].why == "first user of the casebook"


def test_the_history_of_one_user_is_theirs(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    researcher = casebook.actor("Researcher")
    recording.edit(casebook.graph, researcher, rich["budget"], 1, {"label": "Budgets"})

    found = history(casebook.graph, ann, user=researcher.id)

    assert [e.who for e in found] == ["Researcher"]


def test_an_auditor_sees_changes_without_content(casebook: Casebook, rich: Rich) -> None:
    auditor = casebook.actor("Auditor")

    whole = history(casebook.graph, auditor, limit=1000)
    (entry,) = history(casebook.graph, auditor, rich["jon_words"])

    (touched,) = entry.touched
    assert (touched.kind, touched.name, touched.before, touched.after) == (
        "Excerpt",
        None,
        None,
        None,
    )
    assert "quote" in touched.fields
    said = str([t for e in whole for t in e.touched if t.kind != "User"])
    assert not [words for words in (JON, MARA, "Own budget", "Later than") if words in said]
    assert entry.digest


def test_a_change_of_a_record_that_one_may_not_see_is_not_listed(
    casebook: Casebook, rich: Rich
) -> None:
    one = casebook.actor("One Project")
    hidden = {rich["other_project"], rich["other_finding"], rich["coding_other_project"]}

    seen = {t.id for e in history(casebook.graph, one, limit=1000) for t in e.touched}

    assert rich["coding_jon"] in seen
    assert not seen & hidden
    for record in hidden:
        with pytest.raises(NotFound):
            history(casebook.graph, one, record)
        with pytest.raises(NotFound):
            as_it_was(casebook.graph, one, record, 1)
    assert {
        t.kind
        for e in history(casebook.graph, casebook.actor("Validator"), limit=1000)
        for t in e.touched
    } == {"User"}


def test_words_are_told_only_to_those_who_may_read_them(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    lead = casebook.actor("Programme Lead")

    def said(actor: Actor) -> str:
        return str(history(casebook.graph, actor, limit=1000))

    assert JON in said(ann)
    assert JON not in said(lead)
    assert MARA in said(lead)
    withdraw(casebook.graph, ann, rich["mara"], "asked to")

    assert MARA not in said(ann)
    assert MARA not in said(lead)
    assert MARA not in str(as_it_was(casebook.graph, ann, rich["budget_words"], 1))


def test_a_record_is_shown_as_it_was_at_each_revision(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    record = rich["configuration"]
    first = get_record(casebook.graph, ann, record)
    recording.edit(casebook.graph, ann, record, 1, {"contexts": (rich["policy"],), "form": "ICMO"})
    second = get_record(casebook.graph, ann, record)
    recording.retire(casebook.graph, ann, record, why="a mistake")

    assert as_it_was(casebook.graph, ann, record, 1) == first
    assert as_it_was(casebook.graph, ann, record, 2) == second
    assert as_it_was(casebook.graph, ann, record, 3).retired_at
    for rev in (0, 4):
        with pytest.raises(NotFound, match="revisions 1 to 3"):
            as_it_was(casebook.graph, ann, record, rev)
