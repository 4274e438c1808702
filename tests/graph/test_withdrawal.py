"""Withdrawal: the words of somebody who withdraws stop counting, and being shown, at once."""

from __future__ import annotations

import pytest

from cmo.errors import InvalidInput, NotAllowed, NotFound, Refused
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.checking import check
from cmo.services.reading import get_record
from cmo.services.undoing import undo
from cmo.services.withdrawal import preview_withdrawal, withdraw
from tests.fixtures.rich import JON, MARA, TEXT, Rich, build, passage


@pytest.fixture(name="rich")
def _rich(casebook: Casebook, ann: Actor) -> Rich:
    return build(casebook.graph, ann)


def counted(casebook: Casebook) -> set[str]:
    rows = casebook.graph.read(lambda tx: tx.run("evidence/countable"))
    return {row["id"] for row in rows if row["counted"]}


def test_the_preview_is_what_then_happens(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    before = counted(casebook)

    preview = preview_withdrawal(casebook.graph, ann, rich["mara"])
    assert counted(casebook) == before
    withdraw(casebook.graph, ann, rich["mara"], "asked to")

    assert before - counted(casebook) == set(preview.codings)
    assert counted(casebook) < before
    assert preview.informant == "Mara"
    assert preview.projects == ("Harbour of Healthy Streets",)
    assert preview.elsewhere == 0
    effects = {a.id: (a.kind, a.counted, a.left) for a in preview.affected}
    assert effects[rich["configuration"]] == ("Configuration", 4, 2)
    assert effects[rich["link"]] == ("CmoLink", 1, 0)
    assert check(casebook.graph, ann) == []


def test_nothing_else_stops_counting(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    withdraw(casebook.graph, ann, rich["jon"])

    assert rich["coding_jon"] not in counted(casebook)
    assert {rich["coding_configuration"], rich["coding_denied"]} <= counted(casebook)
    assert preview_withdrawal(casebook.graph, ann, rich["jon"]).codings == ()


def test_what_is_coded_later_of_their_words_does_not_count(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    withdraw(casebook.graph, ann, rich["mara"])

    with pytest.raises(InvalidInput):
        recording.record(casebook.graph, ann, passage(rich["interview"], "The manager listened"))
    assert check(casebook.graph, ann) == []


def test_their_words_are_shown_to_nobody(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    withdraw(casebook.graph, ann, rich["mara"])

    text = get_record(casebook.graph, ann, rich["interview"]).fields["text"]
    excerpt = get_record(casebook.graph, ann, rich["budget_words"]).fields

    assert len(text) == len(TEXT)
    assert MARA not in text
    assert JON in text
    assert TEXT.index(JON) == text.index(JON)
    assert excerpt["quote"] is excerpt["prefix"] is excerpt["suffix"] is None
    assert get_record(casebook.graph, ann, rich["jon_words"]).fields["quote"] == JON
    assert get_record(casebook.graph, ann, rich["jon_words"]).fields["suffix"] is None


def test_a_withdrawal_can_be_taken_back_by_whoever_entered_it(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    before = counted(casebook)
    done = withdraw(casebook.graph, ann, rich["mara"], "asked to")
    with pytest.raises(Refused, match="already"):
        withdraw(casebook.graph, ann, rich["mara"])

    with pytest.raises(Refused, match="withdrawn"):
        undo(casebook.graph, ann)
    assert counted(casebook) < before
    undo(casebook.graph, ann, done.change)

    assert counted(casebook) == before
    assert get_record(casebook.graph, ann, rich["budget_words"]).fields["quote"] == MARA
    assert check(casebook.graph, ann) == []


def test_evaluators_and_data_stewards_withdraw_and_nobody_else(
    casebook: Casebook, rich: Rich
) -> None:
    for name in ("Researcher", "Programme Lead", "Validator", "Auditor"):
        with pytest.raises((NotAllowed, NotFound)):
            withdraw(casebook.graph, casebook.actor(name), rich["mara"])
        with pytest.raises((NotAllowed, NotFound)):
            preview_withdrawal(casebook.graph, casebook.actor(name), rich["mara"])
    assert preview_withdrawal(casebook.graph, casebook.actor("Data Steward"), rich["jon"]).codings
    withdraw(casebook.graph, casebook.actor("Data Steward"), rich["mara"])
    withdraw(casebook.graph, casebook.actor("Evaluator"), rich["jon"])


def test_only_an_informant_withdraws(casebook: Casebook, ann: Actor, rich: Rich) -> None:
    with pytest.raises(InvalidInput, match="not an informant"):
        withdraw(casebook.graph, ann, rich["council"])
