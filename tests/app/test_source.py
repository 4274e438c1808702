"""A source's page: its text with the codings, and coding what is selected."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cmo.domain.fields import Tie
from cmo.domain.people import User
from cmo.services import recording
from cmo.services.casebook import Casebook
from cmo.services.reading import read
from cmo.services.seeding import seed_id
from tests.app.page import Page

ROSA = seed_id("practice", "source/brackenholt-1")
WITHDRAWN = seed_id("practice", "source/inchmallow-2")
PAPER = "Tackling health inequalities"
Opened = Callable[..., Page]


def drawn(page: Page) -> dict[str, Any]:
    """What the reading component was given."""
    for element in page.app.get("bidi_component"):
        proto = element.proto
        data: dict[str, Any] = json.loads(
            proto.mixed.json if proto.HasField("mixed") else proto.json
        )
        if "turn_starts" in data or "text_rev" in data:
            return data
    raise AssertionError("no text is drawn")


def paper(casebook: Casebook) -> str:
    rows = read(casebook.graph, "evidence/sources", casebook.actor("ann"))
    return next(str(row["id"]) for row in rows if row["title"].startswith(PAPER))


def select(page: Page, words: str, n: int = 1) -> None:
    """Selects words in the text as the browser does, in code points."""
    start = drawn(page)["text"].index(words)
    page.app.session_state["reading"] = {
        "selection": {"start": start, "end": start + len(words), "n": n}
    }
    page.run()


def coded(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = drawn(page)["codings"]
    return found


def test_the_text_comes_with_its_codings_at_their_words(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "source", id=ROSA)
    data = drawn(seen)
    first = next(c for c in data["codings"] if c["name"].startswith("Host already trusted"))

    assert data["text"][first["start"] :].startswith("You would not believe what that building")
    assert first["part"] == "c"
    assert f"{len(data['codings'])} codings" in seen.text("mast")
    assert "fiction" in seen.text("mast")
    assert "6 of 6 answers coded" in seen.text("mast")


def test_the_codings_are_listed_below_those_against_first(page: Opened, demo: Casebook) -> None:
    seen = page(demo, "source", id=WITHDRAWN)
    marks = [said for said in seen.said("coded_list") if said in ("refutes", "supports", "refines")]

    assert marks.index("refutes") == 0
    assert "supports" not in marks[: marks.count("refutes")]
    assert any(go.startswith(f"source?id={WITHDRAWN}&coding=") for go in seen.goes("coded_list"))


def test_the_list_names_who_speaks_in_each_passage_to_whoever_reads_the_text(
    page: Opened, demo: Casebook
) -> None:
    seen = page(demo, "source", programme="Practice", id="S-2")
    trees = listed(seen.trees["coded_list"])
    whose = [json.dumps(tree, ensure_ascii=False) for tree in trees]
    his = [said for said in whose if "is in the record the same evening" in said]

    assert his
    assert all('"Dr Imrie (GP) · Brackenholt' in said for said in his)
    assert all('"Dr Imrie (GP) ' in said or '"Glenys (choir member) ' in said for said in whose)


def listed(tree: Any) -> list[Any]:
    """The codings that are drawn in a list, as trees."""
    if isinstance(tree, str):
        return []
    if tree[1].get("class", "").startswith("pass"):
        return [tree]
    return [found for child in tree[2] for found in listed(child)]


def test_what_somebody_said_who_withdrew_is_nowhere_on_the_page(
    page: Opened, demo: Casebook
) -> None:
    seen = page(demo, "source", id=WITHDRAWN)
    data = drawn(seen)

    assert "(withdrawn)" in data["speakers"]
    gone = data["speakers"].index("(withdrawn)")
    end = [*data["starts"][1:], len(data["text"])][gone]
    assert not data["text"][data["starts"][gone] : end].strip()


def test_a_source_answers_to_its_code_and_opens_at_a_coding(page: Opened, demo: Casebook) -> None:
    coding = coded(page(demo, "source", id=ROSA))[0]["id"]

    seen = page(demo, "source", programme="Practice", id="S-1", coding=coding)

    assert drawn(seen)["source"] == ROSA
    assert drawn(seen)["at"] == {"coding": coding}


def test_a_source_whose_text_is_not_held_shows_its_passages_by_section(
    page: Opened, demo: Casebook
) -> None:
    seen = page(demo, "source", id=paper(demo))

    assert "335 codings" in seen.text("mast")
    assert "Section: " in seen.text("passages")
    assert "paraphrase, Table 2, second hypothesis" in seen.text("passages")


def test_coding_a_selection_draws_it_and_undo_takes_it_away(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    before = len(coded(seen))
    select(seen, "The surgery had no room")
    target = seen.app.multiselect(key="code_finder")
    factor = next(o for o in target.options if "People feel known" in o and "mechanism" in o)
    seen.app.text_area(key="code_memo").input("No room.")
    seen.run()
    seen.app.multiselect(key="code_finder").select(factor)
    seen.run()

    assert len(coded(seen)) == before + 1
    new = next(c for c in coded(seen) if c["id"] == drawn(seen)["open"])
    assert drawn(seen)["text"][new["start"] : new["end"]] == "The surgery had no room"
    assert new["part"] == "m"
    assert drawn(seen)["done"] == 1
    assert "Coded a passage. Now" in seen.text("coded")
    assert seen.app.text_area(key="one_memo").value == "No room."

    seen.app.button(key="code_undo").click()
    seen.run()

    assert len(coded(seen)) == before
    assert "Taken back" in seen.text("coded")


def test_a_key_that_stands_for_another_target_now_says_so(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    six = list(seen.app.session_state["_recent_targets"])
    seen.app.session_state["_recent_order"] = six
    select(seen, "The surgery had no room")
    target = seen.app.multiselect(key="code_finder")
    other = target.options[-1]
    target.select(other)
    seen.run()

    assert "Key 1 is " in seen.text("coded")
    assert "no longer" in seen.text("coded")
    kept = seen.app.session_state["_recent_targets"]
    assert kept[1:] == six[1:]

    seen.app.button(key="code_undo").click()
    seen.run()


def test_a_refusal_keeps_what_was_typed(page: Opened, expendable: Casebook) -> None:
    seen = page(expendable, "source", id=ROSA)
    before = len(coded(seen))
    seen.app.text_area(key="code_memo").input("Worth keeping")
    seen.app.button(key="code_it").click()
    seen.run()

    assert "No words are selected." in seen.text()
    assert seen.app.text_area(key="code_memo").value == "Worth keeping"
    assert len(coded(seen)) == before


def test_a_selection_beyond_the_text_is_refused_and_stays_selected(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    seen.app.session_state["reading"] = {"selection": {"start": 5, "end": 10**6, "n": 7}}
    seen.app.button(key="code_it").click()
    seen.run()

    assert "There is no passage from 5 to 1000000" in seen.text()
    assert drawn(seen)["done"] is None


def test_a_located_passage_is_coded_again_from_the_list(page: Opened, expendable: Casebook) -> None:
    seen = page(expendable, "source", id=paper(expendable))
    take = next(go for go in seen.goes("passages") if go.startswith("take?"))
    seen.click("passages", take)
    assert "Code a passage" in seen.text("chosen")
    assert "paraphrase, section" in seen.text("chosen")

    seen.app.button(key="code_it").click()
    seen.run()

    assert "336 codings" in seen.text("mast")
    seen.app.button(key="code_undo").click()
    seen.run()
    assert "335 codings" in seen.text("mast")


@pytest.fixture
def lead(expendable: Casebook) -> str:
    """A programme lead of Practice."""
    ann = expendable.actor("ann")
    programme = seed_id("practice", "programme/wexmere")
    known = expendable.graph.read(lambda tx: tx.run("people/by_name", name="lena"))
    if not known:
        recording.record(
            expendable.graph,
            ann,
            User(
                subject="lena",
                display_name="Lena",
                roles=(Tie(programme, (("role", "programme_lead"),)),),
            ),
        )
    return "lena"


def test_a_programme_lead_gets_no_text_and_no_panel(
    page: Opened, expendable: Casebook, lead: str
) -> None:
    seen = page(expendable, "source", user=lead, id=ROSA)

    assert "Texts are for evaluators and researchers." in seen.text()
    assert "By accident, if I am honest" not in seen.text()
    assert "Brackenholt" in seen.text("coded_list")
    assert "Rosa (link worker)" not in seen.text("coded_list")
    with pytest.raises(AssertionError):
        drawn(seen)
    with pytest.raises(KeyError):
        seen.app.button(key="code_it")


def test_no_source_in_the_address_says_what_to_do(page: Opened, demo: Casebook) -> None:
    assert "Choose one under Sources." in page(demo, "source").text()


def act(page: Page, do: str, **told: Any) -> None:
    """Does in the text what a key or a click does there."""
    usual = {"do": do, "n": None, "selection": None, "coding": drawn(page)["open"], "at": None}
    page.tell("reading", "act", usual | told)


def selected(page: Page, words: str, n: int) -> dict[str, int]:
    start = drawn(page)["text"].index(words)
    return {"start": start, "end": start + len(words), "n": n}


def shown(page: Page) -> dict[str, Any]:
    """The coding that is open, as it is drawn."""
    return next(c for c in coded(page) if c["id"] == drawn(page)["open"])


def words(page: Page, coding: dict[str, Any]) -> str:
    return str(drawn(page)["text"][coding["start"] : coding["end"]])


def test_one_key_codes_and_the_next_steps_change_it_all_taken_back_and_done_again(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    before = coded(seen)

    act(seen, "pick", n=1, selection=selected(seen, "The surgery had no room", 11))
    first = shown(seen)
    assert words(seen, first) == "The surgery had no room"
    act(seen, "against")
    assert shown(seen)["stance"] == "refutes"
    act(seen, "pick", n=3)
    second = shown(seen)
    assert second["start"] == first["start"]
    assert [second[told] for told in ("name", "kind")] != [first[told] for told in ("name", "kind")]
    act(seen, "adjust", selection=selected(seen, "surgery had no room", 12))
    assert words(seen, shown(seen)) == "surgery had no room"
    parted = drawn(seen)["open"]
    act(seen, "split", at=drawn(seen)["text"].index("no room"))
    assert words(seen, shown(seen)) == "no room"
    (first_half,) = (c for c in coded(seen) if c["id"] == parted)
    assert words(seen, first_half) == "surgery had"
    act(seen, "remove")
    assert drawn(seen)["open"] is None
    assert len(coded(seen)) == len(before) + 2

    for _ in range(6):
        seen.app.button(key="code_undo").click().run()
    assert coded(seen) == before
    assert seen.app.button(key="code_undo").disabled
    for _ in range(5):
        seen.app.button(key="code_redo").click().run()
    assert len(coded(seen)) == len(before) + 3
    for _ in range(5):
        seen.app.button(key="code_undo").click().run()
    assert coded(seen) == before


def test_a_passage_is_coded_still_to_place_and_then_moved_to_a_target(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    act(seen, "pick", n=0, selection=selected(seen, "The surgery had no room", 21))
    assert shown(seen)["placed"] is False

    target = seen.app.selectbox(key="one_bears_on")
    target.select(next(o for o in target.options if "People feel known" in o))
    seen.run()

    assert shown(seen)["name"].startswith("People feel known")
    for _ in range(2):
        seen.app.button(key="code_undo").click().run()


def test_a_key_places_a_passage_that_is_still_to_place_and_makes_no_second_coding(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    before = len(coded(seen))
    act(seen, "pick", n=0, selection=selected(seen, "The surgery had no room", 22))
    first = shown(seen)

    act(seen, "pick", n=1)

    assert shown(seen)["id"] == first["id"]
    assert shown(seen)["placed"] is True
    assert len(coded(seen)) == before + 1
    for _ in range(2):
        seen.app.button(key="code_undo").click().run()


def test_a_link_is_made_on_the_spot_with_both_its_ends(page: Opened, expendable: Casebook) -> None:
    seen = page(expendable, "source", id=ROSA)
    select(seen, "The surgery had no room", 31)
    seen.app.button(key="code_new").click().run()
    seen.app.multiselect(key="spot_contexts").set_value(["No room at the surgery"])
    seen.app.multiselect(key="spot_outcomes").set_value(["They meet elsewhere"])
    seen.app.button(key="spot_make").click().run()

    assert not seen.app.exception
    assert shown(seen)["name"] == "No room at the surgery → They meet elsewhere"
    assert shown(seen)["parts"] == "co"
    seen.app.button(key="code_undo").click().run()


def look_for(page: Page, name: str) -> None:
    """Types into the list of targets what it takes as a new one."""
    page.app.multiselect(key="code_finder").set_value([name])
    page.run()


def test_a_name_that_no_target_has_is_made_on_the_spot_as_what_one_says_it_is(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    for n, (kind, last) in enumerate((("factor", "mechanisms"), ("theme", "theme")), 81):
        name = f"Nobody owns the {last}"
        select(seen, "The surgery had no room", n)
        look_for(seen, name)
        assert f"Nothing here is called “{name}” yet." in seen.text("spot_said")
        assert seen.app.multiselect(key="code_finder").value == []

        seen.app.segmented_control(key="spot_kind").set_value(kind).run()
        if kind == "factor":
            assert seen.app.multiselect(key="spot_contexts").value == [name]
            seen.app.segmented_control(key="spot_part").set_value(last).run()
        seen.app.button(key="spot_make").click().run()

        assert shown(seen)["name"] == name
        assert shown(seen)["parts"] == ("m" if kind == "factor" else "")
        assert "spot_said" not in seen.trees
        act(seen, "open", coding=None)
    for _ in range(2):
        seen.app.button(key="code_undo").click().run()


def test_a_link_takes_the_name_that_was_looked_for_along_and_it_may_be_taken_out(
    page: Opened, demo: Casebook
) -> None:
    seen = page(demo, "source", id=ROSA)
    look_for(seen, "Nobody owns the kettle")
    seen.app.segmented_control(key="spot_part").set_value("outcomes").run()
    seen.app.segmented_control(key="spot_kind").set_value("link").run()
    ends = {part: seen.app.multiselect(key=f"spot_{part}") for part in ("contexts", "outcomes")}
    assert ends["contexts"].value == []
    assert ends["outcomes"].value == ["Nobody owns the kettle"]

    ends["outcomes"].set_value([]).run()
    assert seen.app.multiselect(key="spot_outcomes").value == []


def test_a_name_typed_in_another_case_is_the_target_that_has_it(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    select(seen, "The surgery had no room", 91)
    look_for(seen, "PEOPLE feel known")

    assert shown(seen)["name"] == "People feel known"
    seen.app.button(key="code_undo").click().run()


def test_where_more_are_there_than_are_offered_a_name_is_looked_for_among_all(
    page: Opened, demo: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("cmo.services.texts", "components.coding_panel"):
        monkeypatch.setattr(f"{module}.MOST_TARGETS", 3)
    seen = page(demo, "source", id=ROSA)
    look_for(seen, "one of the team")
    assert seen.app.text_input(key="code_find").value == "one of the team"
    assert "spot_said" not in seen.trees
    found = seen.app.multiselect(key="code_finder").options
    assert any("Link worker is one of the team" in name for name in found)

    look_for(seen, "Nobody owns the kettle")
    assert "Nothing here is called “Nobody owns the kettle” yet." in seen.text("spot_said")


def test_each_end_of_a_new_link_is_the_one_that_was_chosen_last(
    page: Opened, demo: Casebook
) -> None:
    seen = page(demo, "source", id=ROSA)
    seen.app.button(key="code_new").click().run()
    for held in (["No room at the surgery"], ["No room at the surgery", "Nobody owns the kettle"]):
        seen.app.multiselect(key="spot_contexts").set_value(held)
        seen.run()

    assert seen.app.multiselect(key="spot_contexts").value == ["Nobody owns the kettle"]


def test_a_change_that_lost_a_race_shows_both_and_keeps_what_was_wanted(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    act(seen, "pick", n=1, selection=selected(seen, "The surgery had no room", 41))
    mine = shown(seen)["id"]
    held = expendable.graph.read(lambda tx: tx.run("record/get", ids=[mine]))[0]["props"]
    ben = expendable.actor("ann")
    recording.edit(expendable.graph, ben, mine, held["rev"], {"memo": "Theirs"})

    seen.app.text_area(key="one_memo").input("Mine").run()
    assert "was changed by" in seen.text()
    assert "Theirs" in seen.text("both")
    assert "Mine" in seen.text("both")
    seen.app.button(key="one_mine").click().run()

    assert seen.app.text_area(key="one_memo").value == "Mine"
    act(seen, "remove")


def test_each_selection_is_coded_at_once_as_the_panel_says(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    before = len(coded(seen))
    seen.app.toggle(key="code_at_once").set_value(True).run()
    act(seen, "pick", n=2)
    for n, said in enumerate(("The surgery had no room", "no room"), 51):
        seen.change("reading", {"selection": selected(seen, said, n)})

    assert len(coded(seen)) == before + 2
    assert drawn(seen)["open"] is None
    for _ in range(2):
        seen.app.button(key="code_undo").click().run()
    assert len(coded(seen)) == before


def test_a_key_pressed_before_the_page_is_drawn_again_means_what_came_of_the_one_before(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    other = coded(seen)[0]
    act(seen, "open", coding=other["id"])
    chosen = selected(seen, "The surgery had no room", 61)
    act(seen, "pick", n=1, selection=chosen, coding=other["id"])
    mine = drawn(seen)["open"]
    act(seen, "against", selection=chosen, coding=other["id"])

    stances = {c["id"]: c["stance"] for c in coded(seen)}
    assert stances[other["id"]] == other["stance"]
    assert stances[mine] == "refutes"
    for _ in range(2):
        seen.app.button(key="code_undo").click().run()


def test_what_the_panel_says_outlasts_a_look_at_a_coding(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    seen.app.toggle(key="code_at_once").set_value(True).run()
    act(seen, "pick", n=2)
    target = seen.app.session_state["code_target"]
    act(seen, "open", coding=coded(seen)[0]["id"])
    act(seen, "open", coding=None)

    assert seen.app.session_state["code_target"] == target


def test_nobody_takes_back_the_steps_of_another_user(page: Opened, expendable: Casebook) -> None:
    seen = page(expendable, "source", id=ROSA)
    act(seen, "pick", n=1, selection=selected(seen, "The surgery had no room", 71))
    seen.app.session_state["user"] = "cleo"
    programme = seed_id("practice", "programme/wexmere")
    roles = (Tie(programme, (("role", "evaluator"),)),)
    user = User(subject="cleo", display_name="Cleo", roles=roles)
    recording.record(expendable.graph, expendable.actor("ann"), user)
    seen.run()

    assert seen.app.button(key="code_undo").disabled
    seen.app.session_state["user"] = "ann"
    seen.run()
    seen.app.button(key="code_undo").click().run()
    assert "Taken back: coded a passage" in seen.text("coded")


def test_a_configuration_without_a_name_is_called_by_its_elements(
    page: Opened, expendable: Casebook
) -> None:
    seen = page(expendable, "source", id=ROSA)
    select(seen, "The surgery had no room", 95)
    seen.app.button(key="code_new").click().run()
    seen.app.multiselect(key="spot_contexts").set_value(["Rain on the roof"])
    seen.app.multiselect(key="spot_outcomes").set_value(["They sing louder"])
    seen.app.button(key="spot_make").click().run()
    act(seen, "open", coding=None)
    finder = seen.app.multiselect(key="code_finder")
    called = "Rain on the roof + They sing louder"
    assert any(name.startswith(f"{called} · configuration C-") for name in finder.options)

    seen.app.button(key="code_new").click().run()
    held = seen.app.selectbox(key="spot_in").options
    assert any(name.endswith(f" {called}") for name in held)
    seen.app.button(key="code_undo").click().run()
