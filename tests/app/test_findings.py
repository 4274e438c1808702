"""A finding, opened where it is read: what it shows, and editing, retiring and reinstating it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cmo.domain.case import Programme
from cmo.domain.evidence import Finding
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import Direction, FindingTopic, Role
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.reading import get_record, read
from cmo.services.seeding import seed_id
from cmo.services.texts import target_of
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configurations import submit

Open = Callable[..., Page]
PRACTICE = seed_id("practice", "programme/wexmere")
HALLOWDYKE = seed_id("practice", "project/hallowdyke")
PAGES = {
    "compare": {"programme": "Practice", "left": "Hallowdyke", "right": "Lorrimoss"},
    "project": {"id": HALLOWDYKE},
}
"""The pages on which findings are read, by their addresses, and under which key they are drawn."""
DRAWN = {"compare": "grid", "project": "case"}
both_pages = pytest.mark.parametrize("name", list(PAGES))


def found(casebook: Casebook, statement: str, stances: tuple[str, ...] = ()) -> str:
    """A finding of Hallowdyke of its own, for a test that writes, under the first theme; it rests
    on a passage of each of these stances."""
    ann = casebook.actor("ann")
    codings = read(casebook.graph, "evidence/codings", ann, programme_id=PRACTICE, limit=1000)
    rests = tuple(next(k["id"] for k in codings if k["stance"] == stance) for stance in stances)
    theme = read(casebook.graph, "case/themes", ann, programme_id=PRACTICE)[0]["id"]
    made = Finding(
        statement=statement,
        within=HALLOWDYKE,
        topic=FindingTopic.GRID,
        direction=Direction.HINDERING,
        about=(Tie(theme, (("origin", "ours"),)),),
        rests_on=rests,
    )
    return recording.record(casebook.graph, ann, made).id


def opened(page: Open, casebook: Casebook, name: str, finding: str, **more: str) -> Page:
    """The page with that finding open."""
    return page(casebook, name, **PAGES[name], finding=finding, **more)


def labels(shown: Page) -> set[str]:
    """The names of the buttons on the page."""
    return {button.label for button in shown.app.button}


@both_pages
def test_a_click_opens_a_finding_which_stands_in_the_address_and_another_closes_it(
    page: Open, expendable: Casebook, name: str
) -> None:
    made = found(expendable, f"The lane floods, they say on {name}.", ("supports", "refutes"))
    shown = page(expendable, name, **PAGES[name])
    shown.click(DRAWN[name], f"finding?{made}")

    assert shown.app.query_params["finding"] == made
    said = shown.text("finding")
    assert said == opened(page, expendable, name, made).text("finding")
    assert "hindering The lane floods" in said
    assert "Which way it hindered Whose word what a source says" in said
    assert "(placed by us)" in said
    assert "Written ann · today," in said
    assert f"history?record={made}" in shown.goes("finding")
    shown.click("finding", "finding?")
    assert "finding" not in shown.trees
    assert "finding" not in shown.app.query_params


def test_its_passages_say_against_what_they_are_those_first_and_each_opens_in_its_text(
    page: Open, expendable: Casebook
) -> None:
    made = found(expendable, "The kettle is always on.", ("supports", "refutes"))
    shown = opened(page, expendable, "project", made)

    said = shown.text("finding")
    assert "What it rests on 2 passages" in said
    assert said.index(" refutes ") < said.index(" supports ")
    ann = expendable.actor("ann")
    rows = read(expendable.graph, "evidence/passages", ann, target=made)
    told = read(expendable.graph, "evidence/grid_of", ann, coding_ids=[r["id"] for r in rows])
    bears = {row["stance"]: target_of(row) for row in told}
    assert said.index(" against ") < said.index(
        f" {bears['refutes'].name}, {bears['refutes'].kind}"
    )
    assert said.index(" for ") < said.index(f" {bears['supports'].name}, {bears['supports'].kind}")
    goes = [go for go in shown.goes("finding") if go.startswith("source?")]
    assert goes == [f"source?id={r['source_id']}&coding={r['id']}" for r in rows]


def test_a_passage_is_one_click_from_the_cell_that_stands_open(
    page: Open, expendable: Casebook
) -> None:
    made = found(expendable, "The kettle is never off.", ("supports", "refutes"))
    ann = expendable.actor("ann")
    rows = read(expendable.graph, "evidence/passages", ann, target=made)
    texts = {f"source?id={r['source_id']}&coding={r['id']}" for r in rows}
    shown = page(expendable, "compare", **PAGES["compare"])
    assert not texts & set(shown.goes("grid"))

    shown.click("grid", f"finding?{made}")
    assert texts <= set(shown.goes("grid"))
    go = min(texts)
    shown.click("grid", go)
    assert "reading" in shown.app.session_state
    assert shown.app.query_params["coding"] == go.rpartition("=")[2]


def test_a_finding_without_passages_says_so(page: Open, expendable: Casebook) -> None:
    made = found(expendable, "Nobody knows why.")

    assert "It rests on no passage." in opened(page, expendable, "compare", made).text("finding")


@both_pages
def test_a_finding_is_edited_where_it_is_read_and_the_edit_taken_back(
    page: Open, expendable: Casebook, name: str
) -> None:
    made, ann = found(expendable, f"Tea helps on {name}.", ("supports",)), expendable.actor("ann")
    shown = opened(page, expendable, name, made)
    shown.app.button(key="finding_edit").click()
    shown.run()
    shown.app.text_area(key=f"edit-{made}-statement").set_value(f"Coffee helps on {name}.")
    shown.app.selectbox(key=f"edit-{made}-direction").set_value("enabling")
    field = shown.app.multiselect(key=f"edit-{made}-rests_on")
    assert len(field.value) == 1
    field.set_value([])
    shown.app.text_input(key=f"edit-{made}-why").set_value("we listened again")
    submit(shown, "Save")

    assert f"enabling Coffee helps on {name}." in shown.text("finding")
    assert "we listened again" in shown.text("finding")
    assert f"Coffee helps on {name}." in shown.text(DRAWN[name])
    held = get_record(expendable.graph, ann, made)
    assert held.fields["rests_on"] == ()
    assert dict(held.fields["about"][0].carries) == {"origin": "ours"}
    shown.app.button(key="undo").click()
    shown.run()
    assert f"hindering Tea helps on {name}." in shown.text("finding")
    assert len(get_record(expendable.graph, ann, made).fields["rests_on"]) == 1


def test_another_passage_that_speaks_of_the_place_can_be_chosen(
    page: Open, expendable: Casebook
) -> None:
    made, ann = found(expendable, "They walk in."), expendable.actor("ann")
    shown = opened(page, expendable, "project", made, do="edit")
    codings = read(expendable.graph, "evidence/codings", ann, concerns_id=HALLOWDYKE, limit=400)
    field = shown.app.multiselect(key=f"edit-{made}-rests_on")
    assert len(field.options) == len({k["excerpt_id"] for k in codings})
    field.set_value([codings[0]["id"]])
    submit(shown, "Save")

    assert get_record(expendable.graph, ann, made).fields["rests_on"] == (codings[0]["id"],)
    assert "rests on 1 passage " in shown.text("finding")


@both_pages
def test_an_edit_that_lost_a_race_is_refused_with_both_versions(
    page: Open, expendable: Casebook, name: str
) -> None:
    made, ann = found(expendable, "They run late."), expendable.actor("ann")
    shown = opened(page, expendable, name, made, do="edit")
    theirs = {"statement": "They run early.", "wave": "final"}
    recording.edit(expendable.graph, ann, made, 1, theirs)
    shown.app.text_area(key=f"edit-{made}-statement").set_value("They run on time.")
    submit(shown, "Save")

    assert "Yours They run on time. Stored now They run early." in shown.text()
    assert get_record(expendable.graph, ann, made).fields["statement"] == "They run early."
    submit(shown, "Save what is chosen")
    held = get_record(expendable.graph, ann, made).fields
    assert (held["statement"], held["wave"]) == ("They run on time.", "final")
    assert "They run on time." in shown.text("finding")


def test_what_is_typed_stays_when_it_is_refused(page: Open, expendable: Casebook) -> None:
    made = found(expendable, "Too short.")
    shown = opened(page, expendable, "compare", made, do="edit")
    shown.app.text_area(key=f"edit-{made}-statement").set_value("w" * 4001)
    submit(shown, "Save")

    assert "statement has 4,001 characters" in shown.text()
    assert shown.app.text_area(key=f"edit-{made}-statement").value == "w" * 4001


def test_an_edit_of_what_somebody_retired_meanwhile_overwrites_nothing_and_loses_nothing(
    page: Open, expendable: Casebook
) -> None:
    made, ann = found(expendable, "The door sticks."), expendable.actor("ann")
    shown = opened(page, expendable, "project", made, do="edit")
    recording.retire(expendable.graph, ann, made, why="said elsewhere")
    shown.app.text_area(key=f"edit-{made}-statement").set_value("The door jams.")
    submit(shown, "Save")

    assert "Yours The door jams. Stored now The door sticks." in shown.text()
    assert ": it stands in no table" in shown.text("finding")
    held = get_record(expendable.graph, ann, made)
    assert held.fields["statement"] == "The door sticks."
    submit(shown, "Save what is chosen")
    held = get_record(expendable.graph, ann, made)
    assert held.fields["statement"] == "The door jams."
    assert held.retired_at


@both_pages
def test_a_finding_is_retired_with_the_reason_and_taken_back_in_place(
    page: Open, expendable: Casebook, name: str
) -> None:
    made = found(expendable, f"The roof leaks on {name}.")
    shown = opened(page, expendable, name, made)
    shown.app.button(key="finding_retire").click()
    shown.run()
    submit(shown, "Retire it")
    assert "A retirement needs its reason." in shown.text()
    shown.app.text_input(key=f"retire-{made}-why").set_value("said twice")
    submit(shown, "Retire it")

    assert f"The roof leaks on {name}." not in shown.text(DRAWN[name])
    assert ": it stands in no table" in shown.text("finding")
    assert ": said twice" in shown.text("finding")
    assert "Edit" not in labels(shown)
    shown.app.button(key="undo").click()
    shown.run()
    assert f"The roof leaks on {name}." in shown.text(DRAWN[name])
    assert "retired" not in shown.text("finding")


@both_pages
def test_a_retired_finding_is_reinstated(page: Open, expendable: Casebook, name: str) -> None:
    made = found(expendable, f"The bus is gone on {name}.")
    recording.retire(expendable.graph, expendable.actor("ann"), made, why="it came back")
    shown = opened(page, expendable, name, made)
    assert not labels(shown) & {"Edit", "Retire"}
    shown.app.button(key="finding_reinstate").click()
    shown.run()

    assert "is in use again." in shown.text()
    assert f"The bus is gone on {name}." in shown.text(DRAWN[name])
    shown.app.button(key="undo").click()
    shown.run()
    assert f"The bus is gone on {name}." not in shown.text(DRAWN[name])


@both_pages
@pytest.mark.parametrize("doing", ["edit", "retire"])
def test_who_may_not_write_findings_reads_them_and_sees_no_button(
    page: Open, expendable: Casebook, name: str, doing: str
) -> None:
    user = f"{name} {doing} reader"
    role = [(Role.PROGRAMME_LEAD, PRACTICE)]
    add_user(expendable.graph, expendable.actor("ann"), user, roles=role)
    made = found(expendable, "The light is on.", ("supports",))
    shown = opened(page, expendable, name, made, user=user, do=doing)

    assert "The light is on." in shown.text("finding")
    assert not labels(shown) & {"Edit", "Retire", "Reinstate", "Save", "Retire it"}
    assert not shown.app.text_area
    recording.retire(expendable.graph, expendable.actor("ann"), made, why="dark")
    again = opened(page, expendable, name, made, user=user)
    assert "Reinstate" not in labels(again)


def test_a_finding_of_a_programme_that_one_may_not_see_is_none(
    page: Open, expendable: Casebook
) -> None:
    hipp = seed_id("hipp", "programme/hipp")
    role = [(Role.EVALUATOR, hipp)]
    add_user(expendable.graph, expendable.actor("ann"), "stranger", roles=role)
    made = found(expendable, "Kept among themselves.")
    shown = page(expendable, "compare", user="stranger", programme="HIPP", finding=made)

    assert "There is no such finding" in shown.text()
    assert "Kept among themselves." not in shown.text()


@both_pages
@pytest.mark.parametrize("wanted", ["nothing", HALLOWDYKE, "%", "' OR 1=1"])
def test_what_the_address_names_and_is_no_finding_is_said(
    page: Open, demo: Casebook, name: str, wanted: str
) -> None:
    shown = opened(page, demo, name, wanted)

    assert "There is no such finding" in shown.text("no_finding")
    assert "finding" not in shown.trees
    assert DRAWN[name] in shown.trees


def test_an_address_with_a_finding_alone_opens_it_in_its_programme(
    page: Open, expendable: Casebook
) -> None:
    made = found(expendable, "Far from the other programme.")
    page(expendable, "compare", programme="HIPP")
    shown = page(expendable, "compare", finding=made)

    assert "Practice" in shown.text("mast")
    assert "Far from the other programme." in shown.text("finding")


def test_what_happened_to_a_finding_leads_back_to_it(page: Open, expendable: Casebook) -> None:
    made = found(expendable, "It is told in the history.")
    shown = page(expendable, "history", record=made)

    assert f"compare?finding={made}" in shown.goes()


def test_a_finding_of_a_programme_with_nothing_to_compare_still_opens(
    page: Open, expendable: Casebook
) -> None:
    ann = expendable.actor("ann")
    bare = recording.record(expendable.graph, ann, Programme(name="Hardly begun")).id
    said = Finding(statement="It has begun.", within=bare, topic=FindingTopic.RESULT)
    made = recording.record(expendable.graph, ann, said).id
    shown = page(expendable, "compare", programme="Hardly begun", finding=made)

    assert "It has begun." in shown.text("finding")
    assert "Edit" in labels(shown)
    assert "Comparing needs two projects" in shown.text("none")


def test_a_sentence_of_the_matrix_opens_as_a_finding_above_its_cell(
    page: Open, expendable: Casebook
) -> None:
    made, ann = found(expendable, "The shed is dry."), expendable.actor("ann")
    (about,) = get_record(expendable.graph, ann, made).fields["about"]
    place = get_record(expendable.graph, ann, HALLOWDYKE)
    shown = page(expendable, "matrix", programme="Practice", cell=f"{about.to}~{place.code}")
    shown.click("opened", f"finding?{made}")

    assert "hindering The shed is dry." in shown.text("finding")
    shown.app.button(key="finding_edit").click()
    shown.run()
    shown.app.text_area(key=f"edit-{made}-statement").set_value("The shed is wet.")
    submit(shown, "Save")
    assert "The shed is wet." in shown.text("finding")
    assert "The shed is wet." in shown.text("opened")
    shown.click("finding", "finding?")
    assert "finding" not in shown.trees
    assert "The shed is wet." in shown.text("opened")
