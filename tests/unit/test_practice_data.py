"""Practice as data: a fiction in which everything that was planted is found again.

The files agree with each other and with the domain; nothing here needs a graph.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from enum import StrEnum
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from cmo.domain import spans
from cmo.domain.fields import Labels, Property, Reference
from cmo.domain.kinds import KINDS
from cmo.domain.record import properties, references, specs
from cmo.domain.vocabulary import LinkKind

FOLDER = Path(__file__).resolve().parents[2] / "seed_data" / "practice"
MAY_NAME_PASSAGES = {"Relation", "Finding"}
PLACE = {"Context": "contexts", "Mechanism": "mechanisms", "Outcome": "outcomes"}
COUNTING = {"observed", "implied"}
STANCE_OF = {
    "present": "supports",
    "absent": "refutes",
    "mixed": "refines",
    "not_assessable": "contextualises",
}

Row = dict[str, Any]


def _relation(row: dict[str, str]) -> Row:
    filled: Row = {name: value for name, value in row.items() if value}
    if "formal" in filled:
        filled["formal"] = filled["formal"] == "true"
    filled["passages"] = row["passages"].split(";")
    return {"record": "Relation", **filled}


@cache
def all_rows() -> list[Row]:
    """Every record of the folder, in the order of the files."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name != "planted.yaml":
            found += yaml.safe_load(path.read_text(encoding="utf-8"))
    with (FOLDER / "relations.csv").open(encoding="utf-8", newline="") as lines:
        found += [_relation(row) for row in csv.DictReader(lines)]
    return found


@cache
def records() -> dict[str, Row]:
    """Every record by its key."""
    return {row["key"]: row for row in all_rows()}


@cache
def planted() -> dict[str, Any]:
    """What was planted."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "planted.yaml").read_text(encoding="utf-8"))
    return loaded


def of(kind: str, /, **wanted: Any) -> list[Row]:
    """The records of a kind whose fields hold what is wanted."""
    return [
        row
        for row in all_rows()
        if row["record"] == kind and all(row.get(name) == value for name, value in wanted.items())
    ]


@cache
def projects() -> list[str]:
    """The twelve projects, without their parts."""
    return [row["key"] for row in of("Project", part_of="programme/wexmere")]


@cache
def text_of(source: str) -> str:
    """The text of a source as it will be stored."""
    return spans.read_text((FOLDER / records()[source]["text_file"]).read_text(encoding="utf-8"))


def targets(value: Any) -> list[str]:
    """The keys that a reference field names."""
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [item["to"] if isinstance(item, dict) else item for item in items]


@cache
def labels() -> dict[tuple[str, str], str]:
    """The informant by source and label of the speaker."""
    return {
        (tie["to"], tie["label"]): row["key"] for row in of("Informant") for tie in row["speaks_in"]
    }


@cache
def speaker(passage: str) -> str:
    """The informant who speaks a passage."""
    row = records()[passage]
    text = text_of(row["source"])
    span = spans.find_quote(text, row["quote"], row.get("occurrence"))
    assert span is not None
    label = spans.speaker_at(*spans.turns(text), span.start)
    assert label is not None
    return labels()[row["source"], label]


# The files agree with each other and with the domain


def test_no_key_is_used_twice() -> None:
    assert [key for key, n in Counter(row["key"] for row in all_rows()).items() if n > 1] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_has_fields_that_its_kind_declares_and_those_it_must(kind: str) -> None:
    for row in of(kind):
        allowed = {"record", "key", *specs(KINDS[kind])}
        if kind in MAY_NAME_PASSAGES:
            allowed |= {"passages"}
        if kind == "Source":
            allowed |= {"text_file"}
        required = {
            name
            for name, spec in specs(KINDS[kind]).items()
            if isinstance(spec, Labels) or spec.required
        }
        assert required <= set(row) <= allowed, row["key"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_keeps_to_words_and_bounds(kind: str) -> None:
    for row in of(kind):
        for name, spec in properties(KINDS[kind]).items():
            assert name not in row or _fits(row[name], spec), (row["key"], name)
        for name, declared in specs(KINDS[kind]).items():
            if isinstance(declared, Labels):
                assert row[name]
                assert all(_is_word(value, declared.choices) for value in row[name])


def _is_word(value: Any, choices: type[StrEnum] | None) -> bool:
    return choices is not None and value in [word.value for word in choices]


def _fits(value: Any, spec: Property) -> bool:
    match spec.kind:
        case "choice":
            return _is_word(value, spec.choices)
        case "flag":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and (spec.lowest or 0) <= value <= (spec.highest or value)
        case "date":
            return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value) is not None
        case "moment":
            return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value) is not None
    texts = value if spec.kind == "texts" else [value]
    return all(isinstance(t, str) and t.strip() and len(t) <= spec.bound for t in texts)


def test_a_reference_reaches_a_record_of_a_declared_kind_once() -> None:
    for key, row in records().items():
        fields = dict(references(KINDS[row["record"]]))
        fields["passages"] = Reference("CODES", ("Excerpt",), many=True)
        for name, spec in fields.items():
            assert isinstance(row.get(name, []), list) or not spec.many, (key, name)
            named = targets(row.get(name))
            assert len(named) == len(set(named)), (key, name)
            for target in named:
                assert target in records(), (key, name, target)
                assert target != key
                assert records()[target]["record"] in spec.targets, (key, name, target)


def test_a_reference_carries_what_is_declared_and_nothing_else() -> None:
    for key, row in records().items():
        for name, spec in references(KINDS[row["record"]]).items():
            for tie in targets_with_carries(row, name, spec):
                declared = dict(spec.carries)
                assert set(tie) <= {"to", *declared}, (key, tie)
                assert all(_fits(tie[c], declared[c]) for c in set(tie) - {"to"}), (key, tie)


def targets_with_carries(row: Row, name: str, spec: Reference) -> list[Row]:
    """The values of a reference field that carry something."""
    value = row.get(name, []) if spec.many else []
    ties = [item for item in value if isinstance(item, dict)]
    assert not ties or spec.carries
    return ties


def test_the_programme_and_everything_in_it_is_flagged_as_fiction() -> None:
    [programme] = of("Programme")
    assert programme["synthetic"]
    assert all(row["synthetic"] for row in of("Source") + of("User"))
    assert [row["subject"] for row in of("User") if not row["subject"].endswith(".invalid")] == []


def test_twelve_projects_two_interviews_each_every_factor_asked_about() -> None:
    assert len(projects()) == 12
    assert Counter(row["collected_in"] for row in of("Source")) == dict.fromkeys(projects(), 2)
    assert {row["wave"] for row in of("Source")} == {"baseline", "final"}
    assert {(row["kind"], row["coverage"]) for row in of("Source")} == {("interview", "asked")}


# The interviews and their passages


def test_a_text_has_300_to_900_words_and_every_line_is_a_turn_of_somebody_known() -> None:
    assert {path.name for path in (FOLDER / "texts").iterdir()} == {
        Path(row["text_file"]).name for row in of("Source")
    }
    for row in of("Source"):
        text = text_of(row["key"])
        starts, speakers = spans.turns(text)
        heard = {(row["key"], label) for label in speakers if label != "Interviewer"}
        assert 300 <= len(text.split()) <= 900, row["key"]
        assert text.isascii()
        assert len(starts) == len(text.strip().split("\n"))
        assert heard == {pair for pair in labels() if pair[0] == row["key"]}


def test_no_sentence_of_six_words_stands_in_two_texts_or_twice_in_one() -> None:
    seen: Counter[str] = Counter()
    for row in of("Source"):
        for line in text_of(row["key"]).strip().split("\n"):
            said = line.split(": ", 1)[1].lower()
            for sentence in re.split(r"[.?!]+", said):
                words = re.findall(r"[\w'-]+", sentence)
                if len(words) >= 6:
                    seen[" ".join(words)] += 1
    assert [sentence for sentence, n in seen.items() if n > 1] == []


def test_a_quote_stands_exactly_once_in_its_text_and_within_one_turn_of_an_informant() -> None:
    for row in of("Excerpt"):
        assert row["anchor"] == "exact"
        assert spans.find_quote(text_of(row["source"]), row["quote"], row.get("occurrence"))
        assert "\n" not in row["quote"]
        assert speaker(row["key"])


def test_every_passage_is_used_and_passages_of_one_text_do_not_overlap() -> None:
    used = {key for row in all_rows() for key in row.get("passages", [])}
    assert {row["key"] for row in of("Excerpt")} == used | {c["excerpt"] for c in of("Coding")}
    for source in of("Source"):
        text = text_of(source["key"])
        begins = [(text.index(row["quote"]), row) for row in of("Excerpt", source=source["key"])]
        ordered = sorted(begins, key=lambda pair: pair[0])
        for (start, row), (following, _) in pairwise(ordered):
            assert start + len(row["quote"]) <= following, row["key"]


# Theory, codings and assessments keep the rules of the graph model


def test_the_parts_of_configurations_and_links_have_the_role_of_their_place() -> None:
    for row in of("Configuration"):
        for role, place in PLACE.items():
            assert all(role in records()[key]["roles"] for key in row.get(place, []))
    for link in of("CmoLink"):
        hangs_on = records()[link["configuration"]]
        starts, ends = LinkKind(link["kind"]).ends
        assert link["starts_at"] in hangs_on[PLACE[starts.value]]
        assert link["ends_at"] in hangs_on[PLACE[ends.value]]


def test_a_merge_has_depth_one_and_families_share_a_role() -> None:
    aliases = {row["key"]: targets(row["same_as"]) for row in of("Factor") if "same_as" in row}
    assert not {kept for keeps in aliases.values() for kept in keeps} & set(aliases)
    for row in of("Factor"):
        for broader in targets(row.get("kind_of")):
            assert set(row["roles"]) & set(records()[broader]["roles"])


def test_a_coding_says_who_judged_and_no_coder_codes_a_passage_twice_for_one_thing() -> None:
    seen = Counter((r["excerpt"], r.get("bears_on"), r["judged_by"]) for r in of("Coding"))
    assert max(seen.values()) == 1
    for row in of("Coding"):
        assert {"concerns", "stance", "claim", "relevance", "richness", "rigour"} <= set(row)


def test_each_settled_assessment_rests_on_codings_of_its_factor_there_by_voices_that_stay() -> None:
    gone = {planted()["withdrawn"]["informant"], planted()["will_withdraw"]["informant"]}
    for row in of("Assessment"):
        assert row["settled"]
        assert row["rests_on"], row["key"]
        codings = [records()[key] for key in row["rests_on"]]
        parts = {p["key"] for p in of("Project", part_of=row["project"])}
        assert {c["bears_on"] for c in codings} == {row["factor"]}
        assert {c["concerns"] for c in codings} <= {row["project"], *parts}
        assert STANCE_OF[row["value"]] in {c["stance"] for c in codings}
        assert {c["claim"] for c in codings} <= COUNTING
        assert not {speaker(c["excerpt"]) for c in codings} & gone
    pairs = Counter((row["factor"], row["project"], row.get("wave")) for row in of("Assessment"))
    assert max(pairs.values()) == 1


def test_findings_and_relations_rest_on_passages_by_voices_that_stay() -> None:
    gone = {planted()["withdrawn"]["informant"], planted()["will_withdraw"]["informant"]}
    for row in of("Finding") + of("Relation"):
        passages = [*row.get("passages", ())]
        passages += [records()[key]["excerpt"] for key in row.get("rests_on", ())]
        assert passages, row["key"]
        assert not {speaker(passage) for passage in passages} & gone


def test_a_relation_of_a_wave_has_a_passage_of_that_wave() -> None:
    for row in of("Relation"):
        waves = {records()[records()[p]["source"]]["wave"] for p in row["passages"]}
        assert row["wave"] in waves, row["key"]


def test_the_size_is_as_intended() -> None:
    assert len(of("Source")) == 24
    assert 15 <= len(of("Stakeholder")) <= 30
    assert 40 <= len(of("Relation")) <= 60
    assert {row["wave"] for row in of("Relation")} == {"baseline", "final"}
    assert 180 <= len(of("Coding")) <= 260


# What was planted is found: recorded patterns


Tally = tuple[frozenset[str], frozenset[str]]


def counts(coding: Row, withdrawn: frozenset[str]) -> bool:
    """Whether a coding counts when these informants have withdrawn."""
    return coding["claim"] in COUNTING and speaker(coding["excerpt"]) not in withdrawn


def already_withdrawn() -> frozenset[str]:
    """The informants who have withdrawn in the data."""
    return frozenset(row["key"] for row in of("Informant") if "withdrawn_at" in row)


def tally(things: set[str], withdrawn: frozenset[str]) -> Tally:
    """The projects for and against, by the counted codings that bear on any of the things."""
    found: dict[str, set[str]] = {"supports": set(), "refutes": set()}
    for coding in of("Coding"):
        if coding.get("bears_on") in things and counts(coding, withdrawn):
            place = found.get(coding["stance"])
            if place is not None and coding["concerns"] in projects():
                place.add(coding["concerns"])
    return frozenset(found["supports"]), frozenset(found["refutes"])


def with_links(configuration: str) -> set[str]:
    """A configuration and the links that hang on it."""
    return {configuration} | {row["key"] for row in of("CmoLink", configuration=configuration)}


def things_of(kind: str) -> dict[str, set[str]]:
    """Each configuration (with its links) or each link, by key."""
    if kind == "configurations":
        return {row["key"]: with_links(row["key"]) for row in of("Configuration")}
    return {row["key"]: {row["key"]} for row in of("CmoLink")}


@pytest.mark.parametrize("kind", ["configurations", "links"])
def test_recorded_patterns_are_what_was_planted(kind: str) -> None:
    listed = {row[kind.removesuffix("s")]: row for row in planted()["recorded"][kind]}
    assert set(listed) == set(things_of(kind))
    for key, things in things_of(kind).items():
        supporting, refuting = tally(things, already_withdrawn())
        row = listed[key]
        assert (row["for"], row["against"]) == (
            sorted(supporting, key=projects().index),
            sorted(refuting, key=projects().index),
        ), key
        assert set(row["both"]) == supporting & refuting
        assert set(row["silent"]) == set(projects()) - supporting - refuting


def test_a_planted_configuration_has_its_name_and_says_why_it_fails_where_it_does() -> None:
    for row in planted()["recorded"]["configurations"]:
        assert row["name"] == records()[row["configuration"]]["nickname"]
        assert bool(row.get("why_it_fails")) == bool(row["against"])


def test_what_must_not_count_is_listed_whole() -> None:
    listed = planted()["not_counted"]
    assert listed["anticipated"] == [r["key"] for r in of("Coding", claim="anticipated")]
    assert listed["general"] == [r["key"] for r in of("Coding", concerns="programme/wexmere")]
    assert listed["to_place"] == [r["key"] for r in of("Coding") if "bears_on" not in r]
    assert {r["stance"] for r in of("Coding")} == set(STANCE_OF.values())


def test_a_coding_may_concern_another_project_than_the_one_it_was_collected_in() -> None:
    said = planted()["elsewhere"]
    coding = records()[said["coding"]]
    source = records()[records()[coding["excerpt"]]["source"]]
    assert (source["collected_in"], coding["concerns"]) == (said["collected_in"], said["concerns"])
    alike = of("Coding", bears_on=coding["bears_on"], concerns=said["concerns"])
    assert alike == [coding]


def test_a_talkative_informant_makes_one_project() -> None:
    said = planted()["talkative"]
    things = with_links(said["configuration"])
    mine = [
        row
        for row in of("Coding", concerns=said["project"], stance="supports")
        if row.get("bears_on") in things and speaker(row["excerpt"]) == said["informant"]
    ]
    assert len(mine) == said["codings_for"] > 1


def test_the_two_coders_disagree_and_agree_where_it_was_planted() -> None:
    judged: dict[tuple[str, str], dict[str, str]] = {}
    for row in of("Coding"):
        pair = (row["excerpt"], row.get("bears_on", ""))
        judged.setdefault(pair, {})[row["judged_by"].removeprefix("user/")] = row["stance"]
    twice = {pair: by for pair, by in judged.items() if len(by) == 2}
    listed = planted()["two_coders"]
    assert {pair: by for pair, by in twice.items() if len(set(by.values())) == 2} == {
        (row["passage"], row["target"]): {"hester": row["hester"], "idris": row["idris"]}
        for row in listed["disagreements"]
    }
    assert {pair: by["idris"] for pair, by in twice.items() if len(set(by.values())) == 1} == {
        (row["passage"], row["target"]): row["stance"] for row in listed["agreements"]
    }


# What was planted is found: withdrawals


def changes(kind: str, before: frozenset[str], after: frozenset[str]) -> dict[str, dict[str, int]]:
    """The counts that differ between two sets of withdrawn informants."""
    found = {}
    for key, things in things_of(kind).items():
        was, now = tally(things, before), tally(things, after)
        if was != now:
            found[key] = {
                "for_before": len(was[0]),
                "for_after": len(now[0]),
                "against_before": len(was[1]),
                "against_after": len(now[1]),
            }
    return found


@pytest.mark.parametrize("kind", ["configurations", "links"])
def test_the_planned_withdrawal_changes_these_counts_and_no_other(kind: str) -> None:
    said = planted()["will_withdraw"]
    now = already_withdrawn()
    assert said["informant"] not in now
    assert changes(kind, now, now | {said["informant"]}) == said[kind]


def test_elsewhere_another_voice_says_what_the_leaving_informant_said() -> None:
    said = planted()["will_withdraw"]
    backed = said["unchanged_because_another_says_it"]
    voices = {
        speaker(row["excerpt"])
        for row in of("Coding", bears_on=backed["link"], concerns=said["project"])
    }
    assert voices == {said["informant"], backed["informant"]}
    assert backed["configuration"] not in said["configurations"]


@pytest.mark.parametrize("kind", ["configurations", "links"])
def test_the_withdrawn_informant_would_have_counted(kind: str) -> None:
    said = planted()["withdrawn"]
    assert already_withdrawn() == {said["informant"]}
    found = changes(kind, already_withdrawn(), frozenset())
    assert {
        key: {"for_before": row["for_before"], "for_after": row["for_after"]}
        for key, row in found.items()
    } == said["if_counted"][kind]
    mine = [r["key"] for r in of("Coding") if speaker(r["excerpt"]) == said["informant"]]
    assert mine == said["codings"]


# What was planted is found: the merge


def test_a_pattern_appears_only_because_two_labels_were_merged() -> None:
    said = planted()["merge"]
    aliases = [row["key"] for row in of("Factor") if targets(row.get("same_as")) == [said["kept"]]]
    assert aliases == said["aliases"]
    for_all, against_all = set[str](), set[str]()
    for row in said["links"]:
        link = records()[row["link"]]
        assert (link["starts_at"], link["ends_at"]) == (row["starts_at"], said["outcome"])
        supporting, refuting = tally({row["link"]}, already_withdrawn())
        assert set(row["for"]) == supporting
        assert set(row["against"]) == refuting
        assert len(supporting) < said["needs"]
        for_all |= supporting
        against_all |= refuting
    assert {row["starts_at"] for row in said["links"]} == {said["kept"], *aliases}
    assert set(said["merged"]["for"]) == for_all
    assert set(said["merged"]["against"]) == against_all
    assert len(for_all) >= said["needs"]


# What was planted is found: combined patterns


@cache
def value(factor: str, project: str) -> str:
    """The settled value of a cell, or not_assessed."""
    found = of("Assessment", factor=factor, project=project)
    return found[0]["value"] if found else "not_assessed"


def assessable(*factors: str) -> list[str]:
    """The projects in which each factor is present, absent or mixed."""
    known = {"present", "absent", "mixed"}
    return [p for p in projects() if all(value(f, p) in known for f in factors)]


def where(*factors: str) -> list[str]:
    """The projects in which every factor is present."""
    return [p for p in projects() if all(value(f, p) == "present" for f in factors)]


def test_every_cell_has_the_planted_value() -> None:
    assert set(planted()["cells"]) == {row["factor"] for row in of("Assessment")}
    for factor, cells in planted()["cells"].items():
        for said, listed in cells.items():
            assert listed == [p for p in projects() if value(factor, p) == said], (factor, said)


def test_each_assessed_outcome_is_present_in_four_to_eight_projects() -> None:
    outcomes = [row["key"] for row in of("Factor") if "Outcome" in row["roles"]]
    assert planted()["outcomes"] == {key: len(where(key)) for key in outcomes}
    assert all(4 <= len(where(key)) <= 8 for key in outcomes)


def test_the_mixed_cell_has_parts_that_differ() -> None:
    said = planted()["sub_cases"]
    assert value(said["factor"], said["project"]) == said["value"] == "mixed"
    parts = [row["key"] for row in of("Project", part_of=said["project"])]
    assert {key: value(said["factor"], key) for key in parts} == said["parts"]


def test_the_decoy_is_nearly_everywhere_and_makes_no_difference() -> None:
    said = planted()["decoy"]
    decoy, outcome = said["factor"], said["outcome"]
    known = assessable(decoy, outcome)
    present, absent = where(decoy), [p for p in known if value(decoy, p) == "absent"]
    good = where(outcome)
    assert said["with"] == {
        "n": len(set(present) & set(good)),
        "assessable": len(set(present) & set(known)),
    }
    assert said["without"] == {"n": len(set(absent) & set(good)), "assessable": len(absent)}
    rates = [said[way]["n"] / said[way]["assessable"] for way in ("with", "without")]
    assert rates[0] == pytest.approx(rates[1])
    pair = said["adds_nothing_to"]
    plain, joined = where(*pair["conditions"]), where(*pair["conditions"], decoy)
    assert (pair["n"], pair["assessable"]) == (len(set(plain) & set(good)), len(plain))
    assert pair["with_decoy"] == {"n": len(set(joined) & set(good)), "assessable": len(joined)}


def test_the_recipe_of_three_conditions_its_deviant_and_its_uncovered_case() -> None:
    said = planted()["recipe"]
    conditions, outcome = said["conditions"], said["outcome"]
    known = assessable(*conditions, outcome)
    together = where(*conditions)
    assert len(projects()) == said["total"]
    assert said["assessable"] == known
    assert said["left_out"] == [p for p in projects() if p not in known]
    assert said["with_all_three"] == together
    assert said["with_outcome"] == where(*conditions, outcome)
    assert said["deviant"] == [p for p in together if p not in where(outcome)]
    assert said["uncovered"] == [p for p in where(outcome) if p not in together]
    assert len(said["deviant"]) == len(said["uncovered"]) == 1


def test_no_two_of_the_three_conditions_do_as_well() -> None:
    said = planted()["recipe"]
    whole = len(said["with_outcome"]) / len(said["with_all_three"])
    pairs = list(combinations(said["conditions"], 2))
    assert [tuple(row["conditions"]) for row in said["pairs"]] == pairs
    for row in said["pairs"]:
        both = where(*row["conditions"])
        assert (row["n"], row["of"]) == (len(where(*row["conditions"], said["outcome"])), len(both))
        assert row["n"] / row["of"] < whole


# What was planted is found: stakeholders and relations


def test_a_champion_is_lost_before_the_final_wave() -> None:
    said = planted()["champion_lost"]
    relation = records()[said["relation"]]
    first_final = min(row["earliest"] for row in of("Source", wave="final"))
    assert (relation["kind"], relation["from_party"], relation["to_party"], relation["wave"]) == (
        "champions",
        said["stakeholder"],
        said["project"],
        said["wave"],
    )
    assert relation["ended_earliest"] == relation["ended_latest"] == said["ended"] < first_final
    at_final = of("Relation", kind="champions", wave="final", state="holds")
    assert planted()["champions_at_final"] == {r["to_party"]: r["from_party"] for r in at_final}
    assert said["project"] not in planted()["champions_at_final"]


def reached(start: str, without: str | None = None) -> set[str]:
    """The stakeholders that hang together with one, by relations between stakeholders that hold."""
    ties = [
        {row["from_party"], row["to_party"]}
        for row in of("Relation", state="holds")
        if all(row[end].startswith("stakeholder/") for end in ("from_party", "to_party"))
    ]
    found, ahead = set[str](), {start}
    while ahead:
        here = ahead.pop()
        found.add(here)
        for tie in ties:
            if here in tie:
                ahead |= tie - found - {here, without}
    return found


def test_the_broker_alone_joins_two_groups_of_stakeholders() -> None:
    said = planted()["broker"]
    broker, groups = said["stakeholder"], [set(group) for group in said["groups"]]
    assert reached(broker) == {broker} | groups[0] | groups[1]
    for group in groups:
        assert len(group) >= 4
        assert reached(min(group), without=broker) == group


def test_the_audit_of_one_relation_falls_and_of_no_other() -> None:
    said = planted()["relation_audit"]
    for wave in ("baseline", "final"):
        row = records()[said[wave]["relation"]]
        assert row["wave"] == wave
        assert row["quality"] == said[wave]["quality"]
        assert all(row[f] == said[f] for f in ("kind", "from_party", "to_party", "within"))
    audited: dict[tuple[str, ...], set[str]] = {}
    for row in of("Relation"):
        if "quality" in row:
            tie = (row["kind"], row["from_party"], row["to_party"])
            audited.setdefault(tie, set()).add(row["quality"])
    changed = [tie for tie, heard in audited.items() if len(heard) > 1]
    assert changed == [(said["kind"], said["from_party"], said["to_party"])]
