"""What a person decided on support stands beside what is computed, and what was carried says so."""

from __future__ import annotations

from collections.abc import Callable

from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.reading import get_record
from cmo.services.refining import refine
from cmo.services.seeding import seed_id
from cmo.services.undoing import undo
from tests.app.page import Page

Open = Callable[..., Page]
KNOWN = seed_id("practice", "configuration/known-by-name")
DECISION = {"support_decided": "single_voice", "support_why": "They all had it from Rosa."}


def test_a_decision_stands_beside_the_computed_word_with_its_reason(
    page: Open, expendable: Casebook
) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    rev = get_record(graph, ann, KNOWN).rev
    recording.edit(graph, ann, KNOWN, rev, DECISION)

    shown = page(expendable, "configuration", id=KNOWN)
    listed = page(expendable, "configurations", programme="Practice")

    for words in ("contested", "decided: single voice", "They all had it from Rosa."):
        assert words in shown.text("configuration")
    assert "decided: single voice" in listed.text()
    recording.edit(graph, ann, KNOWN, rev + 1, dict.fromkeys(DECISION))


def test_a_new_version_shows_what_was_carried_and_that_none_of_it_counts_yet(
    page: Open, expendable: Casebook
) -> None:
    graph, ann = expendable.graph, expendable.actor("ann")
    changes = {"nickname": "Known by name, told anew"}
    made = refine(graph, ann, KNOWN, changes, "read again")

    shown = page(expendable, "configuration", id=made.done.id)

    said = shown.text("configuration")
    assert len(made.codings) > 10
    assert f"{len(made.codings)} more were carried here and are not yet affirmed." in said
    assert "Against in 0, for in 0" in said
    assert f"{len(made.codings)} passages carried here, to affirm" in said
    undo(graph, ann, made.done.change)
