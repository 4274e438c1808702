"""Searching: what is found, for whom, and that whatever is typed is only ever words."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from cmo.domain.evidence import Coding, Excerpt, Source
from cmo.domain.vocabulary import Anchor, Role, SourceKind, Stance, Wave
from cmo.errors import InvalidInput
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.findable import make_findable
from cmo.services.reading import get_record
from cmo.services.searching import IN, Filters, Found, Hit, search
from cmo.services.users import add_user
from cmo.services.withdrawal import withdraw
from tests.fixtures.casebooks import WIPE
from tests.fixtures.forbidden import in_programme, in_project, withdrawn
from tests.fixtures.hostile import HALF, HOSTILE
from tests.fixtures.rich import JON, TEXT, Builder, Rich, build

Made = tuple[Casebook, Actor, Rich]


@pytest.fixture(scope="module", name="made")
def _made(engine_casebook: Casebook) -> Made:
    """The rich casebook; a test that adds to it takes that back."""
    graph = engine_casebook.graph
    graph.write(lambda tx: tx.run_statement(WIPE))
    ann = engine_casebook.actor("ann")
    return engine_casebook, ann, build(graph, ann)


def found(made: Made, typed: str, among: str = "texts", **filters: str | None) -> Found:
    casebook, ann, _ = made
    return search(casebook.graph, ann, typed, among, Filters(**filters))


def marked(hit: Hit) -> list[str]:
    return [part.text for place in hit.places for part in place.parts if part.found]


def test_a_text_is_found_by_its_words_in_any_of_their_forms(made: Made) -> None:
    _, _, rich = made
    hits = found(made, "budgets listening").hits

    assert [(h.kind, h.id, h.source_id) for h in hits] == [
        ("Source", rich["interview"], rich["interview"])
    ]
    assert marked(hits[0]) == ["listened", "budget"]
    (place,) = hits[0].places
    assert TEXT[place.start : place.end] == "listened, and we were given our own budget"
    assert hits[0].speakers == ("Mara",)


def test_a_text_that_lacks_one_of_the_words_is_not_found(made: Made) -> None:
    assert found(made, "budget").hits
    assert not found(made, "budget elephant").hits


def test_a_phrase_is_found_in_its_order_only(made: Made) -> None:
    assert [marked(h) for h in found(made, '"our own budgets"').hits] == [["our own budget"]]
    assert found(made, "budget own").hits
    assert not found(made, '"budget own"').hits


def test_a_paraphrase_stands_where_no_text_is_held(made: Made) -> None:
    _, _, rich = made
    (hit,) = found(made, "helped team").hits

    assert (hit.kind, hit.source_id) == ("Excerpt", rich["paper"])
    assert hit.said is not None
    assert hit.said.startswith("paraphrase, ")


def test_a_memo_is_found_and_opens_at_its_coding(made: Made) -> None:
    (hit,) = found(made, "elsewhere", "memos").hits

    assert hit.said is not None
    assert hit.said.endswith(", said by Jon, noted by ann")
    assert hit.kind == "Coding"
    assert hit.coding_id == hit.id
    assert hit.source_id is not None


def test_a_memo_is_found_as_it_is_now(made: Made) -> None:
    casebook, ann, _ = made
    (hit,) = found(made, "elsewhere", "memos").hits
    recording.edit(casebook.graph, ann, hit.id, 1, {"memo": "An afterthought."})
    try:
        assert [h.id for h in found(made, "afterthoughts", "memos").hits] == [hit.id]
        assert not found(made, "elsewhere", "memos").hits
    finally:
        recording.edit(casebook.graph, ann, hit.id, 2, {"memo": "Later than elsewhere."})


@pytest.mark.parametrize("typed", ["Don't", "don’t", "O'Brien", "O’Brien’s", "élan", "e\u0301lan"])
def test_a_memo_is_found_however_its_apostrophes_and_accents_are_typed(
    made: Made, typed: str
) -> None:
    casebook, ann, _ = made
    (hit,) = found(made, "elsewhere", "memos").hits
    before = get_record(casebook.graph, ann, hit.id)
    for memo in ("I don’t see O’Brien's élan.", "I don't see O'Brien’s e\u0301lan."):
        held = get_record(casebook.graph, ann, hit.id)
        recording.edit(casebook.graph, ann, hit.id, held.rev, {"memo": memo})
        assert [h.id for h in found(made, typed, "memos").hits] == [hit.id], memo
    held = get_record(casebook.graph, ann, hit.id)
    recording.edit(casebook.graph, ann, hit.id, held.rev, {"memo": before.fields["memo"]})


def test_names_are_found_with_the_kind_of_what_they_name(made: Made) -> None:
    _, _, rich = made

    assert rich["budget"] in {h.id for h in found(made, "budgets", "labels").hits}
    assert {h.kind for h in found(made, "harbour", "labels").hits} >= {"Project"}


def test_a_name_is_found_as_it_is_now(made: Made) -> None:
    casebook, ann, rich = made
    assert not found(made, "wallaby", "labels").hits
    recording.edit(casebook.graph, ann, rich["council"], 1, {"name": "Wallaby Trust"})

    assert [h.id for h in found(made, "wallabies", "labels").hits] == [rich["council"]]
    recording.edit(casebook.graph, ann, rich["council"], 2, {"name": "Council"})
    assert not found(made, "wallaby", "labels").hits


def test_names_know_no_stance_and_say_so(made: Made) -> None:
    answer = found(made, "budget", "labels", stance="supports")

    assert not answer.hits
    assert any("no stance" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("filters", "finds"),
    [
        ({"role_group": "managers"}, True),
        ({"role_group": "nobody"}, False),
        ({"wave": "baseline"}, None),
        ({"stance": "supports"}, True),
        ({"stance": "contextualises"}, False),
    ],
)
def test_a_filter_narrows_what_is_found(
    made: Made, filters: dict[str, str], finds: bool | None
) -> None:
    _, _, rich = made
    hits = found(made, "budget", **filters).hits

    if finds is not None:
        assert bool([h for h in hits if h.id == rich["interview"]]) == finds
    for hit in hits:
        assert hit.wave == filters.get("wave", hit.wave)


def test_a_role_finds_only_what_that_role_said(made: Made) -> None:
    _, _, rich = made

    assert [h.id for h in found(made, "surgery", role_group="residents").hits] == [
        rich["interview"]
    ]
    assert not found(made, "surgery", role_group="managers").hits
    assert [h.id for h in found(made, "tension", role_group="managers").hits] == [rich["interview"]]


def test_a_project_finds_only_what_was_collected_there(made: Made) -> None:
    _, _, rich = made

    assert found(made, "surgery", project=rich["project"]).hits
    assert not found(made, "surgery", project=rich["other_project"]).hits


@pytest.mark.parametrize(
    "typed", [*HOSTILE.values(), HALF, '"', "(", "*", "budget AND (", "a:b~2^3", "x" * 10_000]
)
@pytest.mark.parametrize("among", IN)
def test_nothing_that_is_typed_reaches_the_engine_but_as_words(
    made: Made, typed: str, among: str
) -> None:
    try:
        found(made, typed, among)
    except InvalidInput as error:
        assert "no word in it" in error.wrong  # noqa: PT017  # both ways out are right


def test_pages_together_are_the_whole_and_each_hit_stands_in_one(made: Made) -> None:
    casebook, ann, rich = made
    for number in range(7):
        recording.record(
            casebook.graph,
            ann,
            Source(
                title=f"Zephyr {number}",
                collected_in=rich["project"],
                kind=SourceKind.INTERVIEW,
                wave=Wave.FINAL,
                text=f"Talk {number} of zephyrs.",
            ),
        )
    for among in ("texts", "labels"):
        ids: list[str] = []
        after: str | None = None
        while True:
            page = search(casebook.graph, ann, "zephyr", among, after=after, limit=3)
            assert len(page.hits) <= 3
            ids += [hit.id for hit in page.hits]
            after = page.after
            if after is None:
                break
        assert len(ids) == len(set(ids)) == 7


def test_a_text_is_made_findable_once(made: Made) -> None:
    casebook, _, _ = made
    make_findable(casebook.graph)

    assert make_findable(casebook.graph) == 0


def test_a_retired_source_is_not_found_and_is_again_when_reinstated(made: Made) -> None:
    casebook, ann, rich = made
    done = recording.record(
        casebook.graph,
        ann,
        Source(
            title="Once",
            collected_in=rich["project"],
            kind=SourceKind.INTERVIEW,
            text="A pelican flew.",
        ),
    )
    assert [h.id for h in found(made, "pelicans").hits] == [done.id]

    recording.retire(casebook.graph, ann, done.id, why="tried")
    assert not found(made, "pelicans").hits
    recording.reinstate(casebook.graph, ann, done.id, why="tried")
    assert [h.id for h in found(made, "pelicans").hits] == [done.id]


def test_a_located_passage_of_a_source_without_codings_opens_its_source(made: Made) -> None:
    casebook, ann, rich = made
    recording.record(
        casebook.graph,
        ann,
        Excerpt(
            source=rich["paper"],
            anchor=Anchor.LOCATED,
            section="Notes",
            locator="first",
            paraphrase="Quokkas abound.",
        ),
    )

    (hit,) = found(made, "quokka").hits

    assert (hit.source_id, hit.coding_id) == (rich["paper"], None)


MARKS = {
    "another project": "Zebrawood",
    "a retired record": "Yellowhammer",
    "somebody who withdrew": "Wolframite",
    "another programme": "Vermiculite",
}


@pytest.fixture(scope="module", name="laid")
def _laid(engine_casebook: Casebook) -> tuple[Casebook, Rich]:
    """The rich casebook with records beside it that must not be found, a memo on each passage."""
    graph = engine_casebook.graph
    graph.write(lambda tx: tx.run_statement(WIPE))
    ann = engine_casebook.actor("ann")
    rich = build(graph, ann)
    put = Builder(graph, ann)

    def noted(mark: str, excerpt: str, project: str) -> str:
        coding = Coding(excerpt=excerpt, stance=Stance.SUPPORTS, concerns=project, memo=f"{mark}!")
        return recording.record(graph, ann, coding).id

    mark = MARKS["another project"]
    laid = in_project(put, mark, rich["other_project"], rich.ids)
    noted(mark, laid["excerpt"], rich["other_project"])
    for role in Role:
        add_user(graph, ann, f"one {role}", roles=[(role, rich["project"])])

    mark = MARKS["a retired record"]
    laid = dict(in_project(put, mark, rich["project"], rich.ids))
    memo = noted(mark, laid["excerpt"], rich["project"])
    gone = [*laid.values(), *in_programme(put, mark, rich["programme"]).values(), memo]
    for record in reversed(gone):
        recording.retire(graph, ann, record, why="planted")

    said = withdrawn(put, MARKS["somebody who withdrew"], rich.ids)
    noted(MARKS["somebody who withdrew"], said["words of Uma"], rich["project"])
    make_findable(graph)
    withdraw(graph, ann, said["Uma"], "asked to")

    build(graph, engine_casebook.actor("ann"), name=MARKS["another programme"])
    return engine_casebook, rich


def told(casebook: Casebook, actor: Actor, typed: str) -> str:
    answers = [asdict(search(casebook.graph, actor, typed, where)) for where in IN]
    return json.dumps([a["hits"] for a in answers], default=str, ensure_ascii=False)


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("why", sorted(MARKS))
def test_nobody_finds_what_they_may_not_see(
    laid: tuple[Casebook, Rich], why: str, role: Role
) -> None:
    casebook, rich = laid
    name = f"one {role}" if why == "another project" else rich[str(role)]
    actor = casebook.actor(name)

    assert told(casebook, actor, MARKS[why]) == "[[], [], []]"


def test_those_who_may_see_it_find_it(laid: tuple[Casebook, Rich]) -> None:
    casebook, _ = laid
    ann = casebook.actor("ann")

    for among in IN:
        assert search(casebook.graph, ann, MARKS["another project"], among).hits, among


def test_the_words_of_those_who_withdrew_are_found_by_nobody(laid: tuple[Casebook, Rich]) -> None:
    casebook, _ = laid

    found = told(casebook, casebook.actor("ann"), MARKS["somebody who withdrew"])

    assert found == "[[], [], []]"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EVALUATOR, Role.RESEARCHER}))
def test_texts_and_memos_are_found_by_those_who_read_them(
    laid: tuple[Casebook, Rich], role: Role
) -> None:
    casebook, rich = laid
    actor = casebook.actor(rich[str(role)])

    assert not search(casebook.graph, actor, f'"{JON}"').hits
    assert not search(casebook.graph, actor, "elsewhere", "memos").hits
    if role is Role.PROGRAMME_LEAD:
        assert search(casebook.graph, actor, "helped teams").hits
