"""Working from the command line: recording, coding, editing, linking, on either engine."""

from __future__ import annotations

import os
import signal

import pytest

from cmo.cli.fields import MADE_OTHERWISE, parameters
from cmo.cli.recording import RECORDED
from cmo.domain.kinds import KINDS
from cmo.domain.record import specs
from tests.cli.program import Program

TEXT = "Anna: It began in spring.\r\nBen: 🙂 We were given our own budget.\n"


@pytest.fixture(scope="module")
def streets(cmo: Program) -> Program:
    """A small casebook of Ann's own."""
    _record_streets(cmo)
    return cmo


def _record_streets(run: Program) -> None:
    run.ok("init")
    run.ok("record", "programme", "Streets")
    run.ok("record", "project", "Harbour")
    run.ok("record", "factor", "Own budget", "--role", "context", "--role", "mechanism")
    run.ok("record", "factor", "Trust", "--role", "mechanism", "--role", "outcome")
    run.ok("record", "factor", "Calm", "--role", "outcome")
    (run.folder / "talk.txt").write_bytes(TEXT.encode())
    run.ok(
        *("record", "source", "Talk", "--collected-in", "Harbour", "--kind", "interview"),
        *("--text-file", "talk.txt"),
    )
    run.ok(
        *("record", "configuration", "--nickname", "Budgets", "--context", "Own budget"),
        *("--mechanism", "Trust", "--outcome", "Trust"),
    )


def _is_sensible(label: str) -> bool:
    return label not in ("User", "Excerpt", "Coding", "Assessment")


def test_every_kind_that_is_not_coded_or_assessed_can_be_recorded() -> None:
    made = {label for label, _, _ in RECORDED.values()}

    assert made == {label for label in KINDS if _is_sensible(label)}


@pytest.mark.parametrize("label", [label for label, _, _ in RECORDED.values()])
def test_no_field_of_a_kind_is_forgotten(label: str) -> None:
    kind = KINDS[label]
    offered = set(parameters(kind)) | {"programme"}

    left_out = {n for n in specs(kind) if n not in offered}
    assert left_out == {n for of, n in MADE_OTHERWISE if of == label}


def test_a_passage_is_coded_by_position_in_characters(streets: Program) -> None:
    text = TEXT.replace("\r\n", "\n")
    start = text.index("our own budget")
    said = streets.ok(
        *("code", "Talk", "--start", str(start), "--end", str(start + 14)),
        *("--on", "Own budget", "--stance", "supports", "--concerns", "Harbour"),
    )
    assert said.out.startswith("Recorded Coding")

    shown = streets.ok("show", "Own budget", "--format", "json").json

    (coding,) = shown["codings"]
    assert (coding["quote"], coding["concerns"], coding["counted"]) == (
        "our own budget",
        "Harbour",
        True,
    )


def test_a_position_that_is_no_passage_is_refused(streets: Program) -> None:
    said = streets("code", "Talk", "--start", "5", "--end", "500")

    assert said.code == 1
    assert "no passage" in said.err


def test_a_coding_without_target_is_still_to_place(streets: Program) -> None:
    streets.ok("code", "Talk", "--start", "0", "--end", "4")

    rows = streets.ok("query", "evidence/unplaced", "--format", "json").json
    assert len(rows) == 1


def test_an_assessment_can_rest_on_a_passage_which_is_coded_with_it(streets: Program) -> None:
    streets.ok("code", "Talk", "--start", "6", "--end", "24", "--format", "json")
    (row,) = streets.ok(
        "query", "evidence/unplaced", "--param", "limit=1", "--format", "json"
    ).json[:1]
    excerpt = row["excerpt_id"]

    said = streets.ok(
        *("assess", "Calm", "Harbour", "--value", "absent", "--valence", "neither"),
        *("--settled", "--passage", excerpt, "--format", "json"),
    )

    shown = streets.ok("show", said.json["id"], "--format", "json").json
    assert shown["fields"]["basis"] == "coding"
    (coding,) = streets.ok("show", "Calm", "--format", "json").json["codings"]
    assert (coding["stance"], coding["concerns"]) == ("refutes", "Harbour")
    assert [r["id"] for r in shown["fields"]["rests_on"]] == [coding["id"]]


def test_the_kind_of_a_link_follows_from_the_sets_where_they_leave_one(streets: Program) -> None:
    streets.ok(
        *("record", "configuration", "--nickname", "Plain"),
        *("--context", "Own budget", "--mechanism", "Trust"),
    )
    words = ("record", "link", "--configuration", "Plain", "--from", "Own budget", "--to", "Trust")

    said = streets.ok(*words, "--format", "json")

    shown = streets.ok("show", said.json["id"], "--format", "json").json
    assert shown["fields"]["kind"] == "context_mechanism"


def test_a_link_whose_kind_is_open_asks_for_it(streets: Program) -> None:
    words = (
        "record",
        "link",
        "--configuration",
        "Budgets",
        "--from",
        "Own budget",
        "--to",
        "Trust",
    )

    said = streets(*words)

    assert said.code == 1
    assert "--kind" in said.err
    assert streets.ok(*words, "--kind", "context_outcome").out.startswith("Recorded CmoLink L-")


def test_a_link_to_a_factor_outside_the_sets_says_how_to_add_it(streets: Program) -> None:
    said = streets(
        *("record", "link", "--configuration", "Budgets", "--from", "Own budget", "--to", "Calm")
    )

    assert said.code == 1
    rev = said.err.split("--rev ")[1].split()[0]
    streets.ok("edit", "Budgets", "--rev", rev, "--add", "outcomes=Calm")
    shown = streets.ok("show", "Budgets", "--format", "json").json
    assert [f["name"] for f in shown["fields"]["outcomes"]] == ["Trust", "Calm"]
    streets.ok("edit", "Budgets", "--rev", str(shown["rev"]), "--drop", "outcomes=Calm")


def test_an_edit_that_lost_a_race_shows_both_versions_and_overwrites_nothing(
    streets: Program,
) -> None:
    rev = streets.ok("show", "Harbour", "--format", "json").json["rev"]
    streets.ok("edit", "Harbour", "--rev", str(rev), "--set", "area=the docks")

    said = streets(
        "edit", "Harbour", "--rev", str(rev), "--set", "area=the quay", "--format", "json"
    )

    assert (said.code, said.out) == (1, "")
    first, *both = said.err.splitlines()
    assert "was changed by ann" in first
    assert any("'the docks'" in line and "'the quay'" in line for line in both)
    assert streets.ok("show", "Harbour", "--format", "json").json["fields"]["area"] == "the docks"


def test_every_sort_of_field_can_be_set_and_emptied(streets: Program) -> None:
    def factor() -> dict[str, object]:
        told: dict[str, object] = streets.ok("show", "Calm", "--format", "json").json
        return told

    rev = str(factor()["rev"])
    streets.ok(
        *("edit", "Calm", "--rev", rev, "--set", "alias=Quiet", "--set", "alias=Peace"),
        *("--set", "intended=yes", "--set", "level=service", "--set", "kind-of=Trust;origin=ours"),
        *("--set", "role=outcome", "--set", "measurable=by ear, a=b"),
    )
    fields = factor()["fields"]
    assert isinstance(fields, dict)
    assert fields["aliases"] == ["Quiet", "Peace"]
    assert (fields["intended"], fields["level"]) == (True, "service")
    assert fields["measurable"] == "by ear, a=b"
    (family,) = fields["kind_of"]
    assert (family["name"], family["origin"]) == ("Trust", "ours")

    rev = str(factor()["rev"])
    streets.ok(
        *("edit", "Calm", "--rev", rev, "--set", "alias=", "--set", "intended="),
        *("--set", "level=", "--set", "kind_of=", "--set", "measurable="),
    )
    assert not {"aliases", "intended", "level", "kind_of", "measurable"} & set(
        factor()["fields"]  # type: ignore[call-overload]  # a mapping, as above
    )


def test_what_has_a_command_of_its_own_is_not_set_by_hand(streets: Program) -> None:
    said = streets("edit", "Calm", "--rev", "1", "--set", "same_as=Trust")

    assert said.code == 1
    assert "cmo merge" in said.err


def test_a_bare_code_that_fits_two_programmes_asks_which(streets: Program) -> None:
    streets.ok("record", "programme", "Parks", "--synthetic")
    streets.ok("record", "project", "Meadow", "--programme", "Parks")

    said = streets("show", "P-1")

    assert said.code == 1
    assert "Streets/P-1" in said.err
    assert "Parks/P-1" in said.err
    assert "Meadow" in streets.ok("show", "Parks/P-1").out
    assert "Meadow" in streets.ok("show", "P-1", "--programme", "Parks").out


def test_somebody_without_a_role_sees_and_does_nothing(streets: Program) -> None:
    streets.ok("user", "add", "bea")

    assert streets("show", "Harbour", "--as", "bea").code == 1
    assert streets.ok("query", "case/projects", "--as", "bea", "--format", "json").json == []
    assert streets("retire", "Streets/P-1", "--why", "x", "--as", "bea").code == 1
    streets.ok("user", "give", "bea", "programme_lead", "Streets")
    assert "Harbour" in streets.ok("show", "Harbour", "--as", "bea").out


def test_a_programme_lead_sees_no_words_that_may_not_be_quoted(streets: Program) -> None:
    told = streets.ok("show", "Own budget", "--as", "bea").out
    source = streets.ok("show", "Talk", "--as", "bea").out

    assert "our own budget" not in told
    assert "budget" not in source


def test_two_programs_record_in_one_casebook_at_the_same_time(streets: Program) -> None:
    running = [
        streets.start("record", "stakeholder", f"Party {n}", "--kind", "group") for n in range(4)
    ]
    said = [process.communicate(timeout=120) for process in running]

    assert [process.returncode for process in running] == [0] * 4, said
    codes = {out.decode().split()[-1] for out, _ in said}
    assert len(codes) == 4
    assert streets.ok("check", "--format", "json").json == []


def test_killing_the_program_that_started_the_engine_leaves_the_other_working(
    cmo: Program,
) -> None:
    from cmo.graph.local import stop

    cmo.ok("init")
    stop(cmo.folder / "casebook")
    first = cmo.start("seed", "hipp")
    assert first.stderr is not None
    while b"Reading" not in first.stderr.readline():
        assert first.poll() is None
    second = cmo.start("record", "programme", "Allotments")
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()

    _, errors = second.communicate(timeout=120)

    assert second.returncode == 0, errors
    assert cmo.ok("show", "Allotments").out
    assert cmo.ok("check", "--format", "json").json == []


def test_neo4j_is_worked_with_by_its_address(on_neo4j: Program) -> None:
    _record_streets(on_neo4j)
    on_neo4j.ok("code", "Talk", "--start", "30", "--end", "40", "--on", "Trust")
    assert len(on_neo4j.ok("show", "Trust", "--format", "json").json["codings"]) == 1
    on_neo4j.ok("edit", "Harbour", "--rev", "1", "--set", "area=the docks")
    assert on_neo4j("edit", "Harbour", "--rev", "1", "--set", "area=no").code == 1
    on_neo4j.ok("retire", "Calm", "--why", "never heard")
    assert on_neo4j("show", "Calm").code == 1
    on_neo4j.ok("undo")
    assert "Calm" in on_neo4j.ok("show", "Calm").out
    on_neo4j.ok("backup", "streets.cmo")
    assert on_neo4j("restore", "streets.cmo").code == 1
    assert on_neo4j.ok("check", "--format", "json").json == []


def test_a_wrong_password_and_a_server_that_is_not_there_are_refused(on_neo4j: Program) -> None:
    for changed in (
        {"CMO_NEO4J_PASSWORD": "not this one"},
        {"CMO_CASEBOOK": "bolt://127.0.0.1:1"},
    ):
        said = on_neo4j("query", "case/projects", **changed)
        assert (said.code, said.out) == (1, "")
        assert len(said.err.splitlines()) == 1


def test_a_denied_relation_is_recorded_with_the_passage_that_denies_it(streets: Program) -> None:
    there = ("--programme", "Streets")
    streets.ok("record", "stakeholder", "Residents", "--kind", "community", *there)
    words = (
        *("record", "relation", "--kind", "leads", "--from", "Residents", "--to", "Harbour"),
        *("--within", "Harbour", "--state", "denied", *there),
    )
    refused = streets(*words)
    assert refused.code == 1
    assert "--passage" in refused.err
    streets.ok("code", "Talk", "--start", "0", "--end", "4")
    row = streets.ok("query", "evidence/unplaced", "--format", "json").json[-1]

    made = streets.ok(*words, "--passage", row["excerpt_id"], "--format", "json").json

    shown = streets.ok("show", made["code"], "--format", "json").json
    assert shown["name"] == "Residents does not lead Harbour"
    assert [(c["stance"], c["concerns"]) for c in shown["codings"]] == [("supports", "Harbour")]


def test_a_label_or_a_key_that_is_not_there_is_refused_with_those_that_are(
    streets: Program,
) -> None:
    informant = ("record", "informant", "Cyd", "--programme", "Streets", "--speaks-in")

    misspelt = streets(*informant, "Talk;label=Cydd")
    unknown = streets(*informant, "Talk;lable=Ann")

    assert misspelt.code == unknown.code == 1
    assert "nobody speaks as Cydd in S-1" in misspelt.err
    assert "labelled Anna, Ben" in misspelt.err
    assert "label=..." in unknown.err


def test_an_empty_text_file_is_refused(streets: Program) -> None:
    said = streets(
        *("record", "source", "Nothing", "--collected-in", "Harbour", "--kind", "document"),
        *("--text-file", os.devnull),
    )

    assert said.code == 1
    assert "text of the source is empty" in said.err


def test_an_edit_that_is_refused_says_that_nothing_was_changed(streets: Program) -> None:
    said = streets("edit", "Harbour", "--rev", "1", "--set", "name=")

    assert said.code == 1
    assert "Nothing was changed." in said.err


def test_a_query_is_explained_and_says_what_it_lacks(streets: Program) -> None:
    told = streets.ok("query", "case/needs", "--explain").out
    assert "programme_id (a record)" in told
    assert "bare_sources" in told
    as_json = streets.ok("query", "case/needs", "--explain", "--format", "json").json
    assert as_json["params"] == [{"name": "programme_id", "type": "ID", "optional": False}]

    refused = streets("query", "evidence/excerpts")

    assert refused.code == 1
    assert "needs source_id: a record" in refused.err
    assert "--explain" in refused.err


def test_a_link_is_shown_by_its_ends(streets: Program) -> None:
    streets.ok(
        *("record", "configuration", "--nickname", "Ends"),
        *("--context", "Own budget", "--mechanism", "Trust", "--programme", "Streets"),
    )
    made = streets.ok(
        *("record", "link", "--configuration", "Ends", "--from", "Own budget", "--to", "Trust"),
        *("--format", "json"),
    ).json

    told = streets.ok("show", made["code"]).out

    assert "Link" in told
    assert "CmoLink" not in told
    assert "Own budget → Trust" in told
