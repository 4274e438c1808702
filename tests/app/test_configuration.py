"""One configuration: its picture, its passages, what is missing, and working on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cmo.domain.vocabulary import Role
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.configurations import configuration
from cmo.services.configuring import record_configuration
from cmo.services.reading import get_record
from cmo.services.seeding import planted, seed_id
from cmo.services.users import add_user
from tests.app.page import Page
from tests.app.test_configurations import submit

Open = Callable[..., Page]
KNOWN = seed_id("practice", "configuration/known-by-name")
TABLE_3 = seed_id("hipp", "configuration/table-3")
PRACTICE = seed_id("practice", "programme/wexmere")


def classes(tree: Any) -> Iterator[str]:
    """The classes of a tree's elements."""
    if not isinstance(tree, str):
        yield from tree[1].get("class", "").split()
        for child in tree[2]:
            yield from classes(child)


def mine(casebook: Casebook, name: str) -> str:
    """A configuration of one context and one outcome of its own, for a test that writes."""
    draft = {
        "nickname": name,
        "sentence": "",
        "because": "",
        "status": "conjectured",
        "contexts": [f"Where {name} is"],
        "mechanisms": [],
        "outcomes": [f"What {name} brings"],
    }
    return record_configuration(casebook.graph, casebook.actor("ann"), PRACTICE, draft).id


def test_the_arrows_carry_the_projects_that_were_planted(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configuration", id=KNOWN)
    truth = {t["link"]: t for t in planted("practice")["recorded"]["links"]}

    for key in ("link/room-to-feeling-known", "link/feeling-known-to-keep-going"):
        against, shows = len(truth[key]["against"]), len(truth[key]["for"])
        assert any(f"{against} projects against: " in s and f"; {shows} for: " in s
                   for s in shown.said("configuration"))  # fmt: skip
    assert list(classes(shown.trees["configuration"])).count("arrow") == 2


def test_what_speaks_against_comes_first_and_projects_are_counted(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "configuration", id=KNOWN).text("configuration")
    truth = planted("practice")["recorded"]["configurations"][0]

    assert f", {len(truth['for'])} projects a project counts once" in said
    assert said.index(f"Against: 5 passages, {len(truth['against'])} projects") < said.index("For:")
    assert "Against in 4, for in 8, both in 2, silent in 2 of 12." in said


def test_an_arrow_leads_to_its_passages_alone(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configuration", id=KNOWN)
    link = seed_id("practice", "link/room-to-feeling-known")
    shown.click("configuration", f"configuration?id={KNOWN}&link={link}")
    said = shown.text("configuration")

    assert "Against: 1 passage, 1 project" in said
    assert "meetings with whoever happens to be there does not make you feel known" in said
    assert "liking me doesn't get you across" not in said


def test_a_passage_leads_to_its_source(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configuration", id=KNOWN)
    sources = [go for go in shown.goes("configuration") if go.startswith("source?id=")]

    assert seed_id("practice", "source/hallowdyke-2") in {s[10:46] for s in sources}
    assert all("&coding=" in go for go in sources)


def test_sets_without_a_link_are_boxes_and_never_arrows(page: Open, demo: Casebook) -> None:
    shown = page(demo, "configuration", id=TABLE_3)
    held = list(classes(shown.trees["configuration"]))

    assert shown.text("configuration").count("stated together, no link asserted") == 3
    assert (held.count("part"), held.count("loose"), held.count("arrow")) == (23, 3, 0)
    assert "Nothing could yet: it asserts no link" in shown.text("configuration")
    assert "anticipated, so not counted" in shown.text("configuration")


def test_the_page_says_what_would_disprove_it_and_what_is_missing(
    page: Open, demo: Casebook
) -> None:
    said = page(demo, "configuration", id=KNOWN).text("configuration")

    assert "Found: Gravelhythe and Jessamy Park" in said
    assert "Of 11 projects assessed on all of these." in said
    assert "Kelderwick and Marlhope are silent" in said
    assert "Nobody is heard on it from: commissioner, host" in said


def test_a_sentence_carries_the_marks_of_its_elements(page: Open, demo: Casebook) -> None:
    tree = page(demo, "configuration", id=KNOWN).trees["configuration"]

    assert {"c", "m", "o"} <= {c for c in classes(tree) if len(c) == 1}
    assert "Room to meet as often as it takes" in page(demo, "configuration", id=KNOWN).said()


def test_an_address_without_a_configuration_says_so(page: Open, demo: Casebook) -> None:
    assert "Open one from the list." in page(demo, "configuration").text("none")


def test_somebody_who_may_not_write_gets_no_form(page: Open, expendable: Casebook) -> None:
    role = [(Role.PROGRAMME_LEAD, PRACTICE)]
    add_user(expendable.graph, expendable.actor("ann"), "lead", roles=role)
    asked = {"id": KNOWN, "do": "edit"}
    held = {b.label for b in page(expendable, "configuration", **asked).app.button}
    left = {b.label for b in page(expendable, "configuration", user="lead", **asked).app.button}

    assert {"Code a passage", "Edit", "Retire", "Save"} <= held
    assert not {"Code a passage", "Edit", "Retire", "Save"} & left


def test_coding_on_a_configuration_leads_to_the_texts_and_says_what_is_coded_on(
    page: Open, demo: Casebook
) -> None:
    shown = page(demo, "configuration", id=KNOWN, programme="Practice")

    shown.app.button(key="code").click()
    shown.run()

    assert shown.text("coding_on").startswith("Coding on C-1: choose the text")
    assert "coding_on" not in page(demo, "sources", programme="Practice").trees


def test_a_lead_reads_the_counts_but_not_the_words(page: Open, expendable: Casebook) -> None:
    role = [(Role.PROGRAMME_LEAD, PRACTICE)]
    add_user(expendable.graph, expendable.actor("ann"), "another lead", roles=role)
    said = page(expendable, "configuration", user="another lead", id=KNOWN).text("configuration")

    assert "Against in 4, for in 8, both in 2, silent in 2 of 12." in said
    assert "The words are kept from your role." in said


def test_a_retired_configuration_says_why_and_is_not_edited(
    page: Open, expendable: Casebook
) -> None:
    made = mine(expendable, "closed")
    recording.retire(expendable.graph, expendable.actor("ann"), made, why="not needed")
    shown = page(expendable, "configuration", id=made, do="edit")

    assert "Retired on" in shown.text("configuration")
    assert ": not needed" in shown.text("configuration")
    assert {b.label for b in shown.app.button} & {"Reinstate", "Save"} == {"Reinstate"}


def test_a_link_is_asserted_and_taken_back_in_place(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "tea")
    shown = page(expendable, "configuration", id=made, do="link")
    shown.app.selectbox(key=f"link-{made}-start").select_index(0)
    shown.app.selectbox(key=f"link-{made}-end").select_index(0)
    submit(shown, "Assert it")

    assert "Link from Where tea is to What tea brings asserted." in shown.text("done")
    assert list(classes(shown.trees["configuration"])).count("arrow") == 1

    shown.app.button(key="undo").click()
    shown.run()
    assert list(classes(shown.trees["configuration"])).count("arrow") == 0


def test_a_link_without_both_ends_is_not_recorded(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "coffee")
    shown = page(expendable, "configuration", id=made, do="link")
    submit(shown, "Assert it")

    assert "No link was recorded." in shown.text()
    assert not configuration(expendable.graph, expendable.actor("ann"), made).links


def test_an_edit_is_stored_and_undone_in_place(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "lemonade")
    shown = page(expendable, "configuration", id=made, do="edit")
    shown.app.text_input(key=f"edit-{made}-nickname").set_value("Lemonade, iced")
    submit(shown, "Save")
    assert "Lemonade, iced" in shown.text("head")

    shown.app.button(key="undo").click()
    assert "lemonade" in shown.run().text("head")


def test_a_refused_edit_keeps_what_was_typed(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "water")
    shown = page(expendable, "configuration", id=made, do="edit")
    shown.app.text_area(key=f"edit-{made}-sentence").set_value("y" * 4001)
    submit(shown, "Save")

    assert "sentence has 4,001 characters" in shown.text()
    assert shown.app.text_area(key=f"edit-{made}-sentence").value == "y" * 4001


def test_an_edit_that_lost_a_race_shows_both_versions_and_lets_one_choose(
    page: Open, expendable: Casebook
) -> None:
    made, ann = mine(expendable, "milk"), expendable.actor("ann")
    shown = page(expendable, "configuration", id=made, do="edit")
    theirs = {"nickname": "Milk of theirs", "because": "They said why.", "status": "retained"}
    recording.edit(expendable.graph, ann, made, 1, theirs)
    shown.app.text_input(key=f"edit-{made}-nickname").set_value("Milk of mine")
    shown.app.text_area(key=f"edit-{made}-because").set_value("I said why.")
    submit(shown, "Save")

    both = shown.text()
    assert "Milk of mine" in both
    assert "Milk of theirs" in both
    assert "I said why." in both
    assert "They said why." in both
    assert "nothing was overwritten" in both

    shown.app.radio(key=f"edit-{made}-take-nickname").set_value("stored now")
    submit(shown, "Save what is chosen")
    fields = get_record(expendable.graph, ann, made).fields
    assert fields["nickname"] == "Milk of theirs"
    assert fields["because"] == "I said why."
    assert fields["status"] == "retained"


def test_retiring_needs_its_reason_and_can_be_taken_back(page: Open, expendable: Casebook) -> None:
    made = mine(expendable, "juice")
    shown = page(expendable, "configuration", id=made, do="retire")
    submit(shown, "Retire it")
    assert "A retirement needs its reason." in shown.text()

    shown.app.text_input(key=f"retire-{made}-why").set_value("said twice")
    submit(shown, "Retire it")
    assert "Retired on" in shown.text("configuration")

    shown.app.button(key="undo").click()
    assert "Retired on" not in shown.run().text("configuration")
