"""HIPP as data, without a graph: true to the domain and to the paper (Evans & Killoran 2000)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cmo.domain.fields import LINE, Labels, Property, Reference
from cmo.domain.kinds import KINDS
from cmo.domain.record import properties, references, specs
from cmo.domain.vocabulary import Claim, LinkKind, Stance

FOLDER = Path(__file__).resolve().parents[2] / "seed_data" / "hipp"
FIVE = ["Northumberland", "Nottingham", "Sandwell", "Tameside and Glossop", "Telford & Wrekin"]
THEMES = ["vision", "leadership", "relations", "accountability", "readiness", "responsiveness"]
SECTION_ON_THE_FIVE = "The five demonstration projects"
COMPARED = [
    "Shared strategic vision",
    "Leadership and management",
    "Relationships and local ownership",
    "Accountability",
    "Organizational readiness",
    "Responsiveness to a changing environment",
]
MAY_NAME_PASSAGES = {
    "Relation",
    "Configuration",
    "CmoLink",
    "Factor",
    "ProgrammeTheory",
    "Theme",
    "Assessment",
    "Finding",
}

Row = dict[str, Any]


def _relation(row: dict[str, str]) -> Row:
    filled: Row = {name: value for name, value in row.items() if value}
    if "formal" in filled:
        filled["formal"] = filled["formal"] == "true"
    filled["passages"] = row["passages"].split(";")
    return {"record": "Relation", **filled}


@cache
def records() -> dict[str, Row]:
    """Every record of the folder by its key, in the order of the files."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found += yaml.safe_load(path.read_text(encoding="utf-8"))
    with (FOLDER / "relations.csv").open(encoding="utf-8", newline="") as lines:
        found += [_relation(row) for row in csv.DictReader(lines)]
    doubled = [key for key, n in Counter(row["key"] for row in found).items() if n > 1]
    assert not doubled
    return {row["key"]: row for row in found}


def of(kind: str, /, **wanted: Any) -> list[Row]:
    """The records of a kind whose fields hold what is wanted."""
    return [
        row
        for row in records().values()
        if row["record"] == kind and all(row.get(name) == value for name, value in wanted.items())
    ]


def called(key: str) -> str:
    """The name or label of a record."""
    row = records()[key]
    return str(row.get("name") or row.get("label") or row.get("title"))


def targets(value: Any) -> list[str]:
    """The keys that a reference field names."""
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [item["to"] if isinstance(item, dict) else item for item in items]


def sections(row: Row) -> set[str]:
    """The sections in which a record's passages stand."""
    return {records()[key]["section"] for key in row.get("passages", [])}


def namings(valence: str, among: set[str]) -> list[tuple[str, str]]:
    """(project, factor) pairs that a passage of those sections names with that valence."""
    return [
        (called(row["project"]), called(row["factor"]))
        for row in of("Assessment", valence=valence)
        if sections(row) & among
    ]


def rests(row: Row) -> bool:
    """Whether a record has a passage; a partial configuration has those of its links."""
    if row["record"] == "Configuration" and not row.get("passages"):
        hanging = of("CmoLink", configuration=row["key"])
        return bool(hanging) and all(rests(link) for link in hanging)
    return bool(row.get("passages"))


# The files agree with each other and with the domain


def test_a_record_has_fields_that_its_kind_declares() -> None:
    for key, row in records().items():
        kind = row["record"]
        allowed = {"record", "key", *specs(KINDS[kind])}
        if kind in MAY_NAME_PASSAGES:
            allowed |= {"passages", "stance", "claim", "concerns", "judged_by"}
            assert _is_word(row.get("stance", "supports"), Stance), key
            assert _is_word(row.get("claim", "observed"), Claim), key
        assert set(row) <= allowed, key
        required = {
            name
            for name, spec in specs(KINDS[kind]).items()
            if isinstance(spec, Labels) or spec.required
        }
        assert required <= set(row), key


def test_a_record_keeps_to_words_and_bounds() -> None:
    for key, row in records().items():
        for name, spec in properties(KINDS[row["record"]]).items():
            assert name not in row or _fits(row[name], spec), (key, name)
        for name, labels in specs(KINDS[row["record"]]).items():
            if isinstance(labels, Labels):
                assert row[name], key
                assert all(_is_word(value, labels.choices) for value in row[name]), key


def _is_word(value: Any, choices: type[StrEnum]) -> bool:
    return value in [word.value for word in choices]


def _fits(value: Any, spec: Property) -> bool:
    if spec.kind == "choice":
        assert spec.choices is not None
        return _is_word(value, spec.choices)
    if spec.kind == "flag":
        return isinstance(value, bool)
    if spec.kind == "number":
        return isinstance(value, int)
    if spec.kind == "date":
        return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value) is not None
    texts = value if spec.kind == "texts" else [value]
    return all(isinstance(t, str) and t.strip() and len(t) <= spec.bound for t in texts)


def _reference_fields(row: Row) -> dict[str, Reference]:
    fields = dict(references(KINDS[row["record"]]))
    if row["record"] in MAY_NAME_PASSAGES:
        fields["passages"] = Reference("CODES", ("Excerpt",), many=True)
        fields["concerns"] = Reference("CONCERNS", ("Project", "Programme"))
    return fields


def test_a_reference_reaches_a_record_of_a_declared_kind_once() -> None:
    for key, row in records().items():
        for name, spec in _reference_fields(row).items():
            assert isinstance(row.get(name, []), list) or not spec.many, (key, name)
            named = targets(row.get(name))
            assert len(named) == len(set(named)), (key, name)
            for target in named:
                assert target in records(), (key, name, target)
                assert records()[target]["record"] in spec.targets, (key, name, target)


def test_a_reference_carries_only_what_is_declared() -> None:
    for key, row in records().items():
        for name, spec in _reference_fields(row).items():
            for tie in row.get(name, []) if spec.carries else []:
                assert set(tie) <= {"to", *dict(spec.carries)}, (key, tie)
                for carried, its in spec.carries:
                    assert carried not in tie or _fits(tie[carried], its), (key, tie)


@pytest.mark.parametrize("field", ["kind_of", "part_of"])
def test_no_family_or_part_goes_in_a_circle(field: str) -> None:
    for start in records():
        ahead, seen = targets(records()[start].get(field)), set[str]()
        while ahead:
            step = ahead.pop()
            assert step != start
            if step not in seen:
                seen.add(step)
                ahead += targets(records()[step].get(field))


def test_a_family_joins_factors_that_share_a_role() -> None:
    for row in of("Factor"):
        for broader in targets(row.get("kind_of")):
            assert set(row["roles"]) & set(records()[broader]["roles"])


def test_a_label_is_one_factor_and_an_alias_is_nobodys_label() -> None:
    labels = [row["label"] for row in of("Factor")]
    aliases = [alias for row in of("Factor") for alias in row.get("aliases", [])]
    assert len(labels) == len(set(labels))
    assert not set(aliases) & set(labels)


def test_the_parts_of_a_configuration_have_the_role_of_their_place() -> None:
    for row in of("Configuration"):
        for field, role in [
            ("contexts", "Context"),
            ("mechanisms", "Mechanism"),
            ("outcomes", "Outcome"),
        ]:
            assert all(role in records()[key]["roles"] for key in row.get(field, []))


def test_the_ends_of_a_link_are_in_the_sets_of_its_configuration() -> None:
    place = {"Context": "contexts", "Mechanism": "mechanisms", "Outcome": "outcomes"}
    for link in of("CmoLink"):
        hangs_on = records()[link["configuration"]]
        starts, ends = LinkKind(link["kind"]).ends
        assert link["starts_at"] in hangs_on[place[starts.value]]
        assert link["ends_at"] in hangs_on[place[ends.value]]


def test_every_part_of_a_partial_configuration_is_the_end_of_a_link() -> None:
    for row in of("Configuration"):
        hanging = of("CmoLink", configuration=row["key"])
        if hanging:
            parts = {k for f in ("contexts", "mechanisms", "outcomes") for k in row.get(f, [])}
            assert parts == {link[end] for link in hanging for end in ("starts_at", "ends_at")}


def test_every_factor_is_assessed_or_configured_or_a_family_of_ours() -> None:
    used = {row["factor"] for row in of("Assessment")}
    for row in of("Configuration"):
        used |= {k for f in ("contexts", "mechanisms", "outcomes") for k in row.get(f, [])}
    assert {row["key"] for row in of("Factor")} - used == {"factor/national-policy"}


@pytest.mark.parametrize(
    "kind", ["Relation", "Assessment", "Finding", "CmoLink", "Configuration", "ProgrammeTheory"]
)
def test_every_fact_rests_on_a_passage(kind: str) -> None:
    assert of(kind)
    assert [row["key"] for row in of(kind) if not rests(row)] == []


def test_every_passage_is_used_and_none_stands_twice() -> None:
    used = {key for row in records().values() for key in row.get("passages", [])}
    used |= {row["excerpt"] for row in of("Coding")}
    assert {row["key"] for row in of("Excerpt")} == used
    for field in ("locator", "paraphrase"):
        twice = Counter((row["section"], row[field]) for row in of("Excerpt")).most_common(1)[0]
        assert field == "locator" or twice[1] == 1


def test_a_passage_is_located_in_the_one_paper_and_paraphrased_in_a_few_sentences() -> None:
    for row in of("Excerpt"):
        assert row["source"] == "source/paper"
        assert row["anchor"] == "located"
        assert row["section"]
        assert row["locator"]
        assert len(row["paraphrase"]) <= LINE
        assert not {"quote", "start", "end"} & set(row)


def test_no_passage_is_coded_twice_for_one_thing() -> None:
    codings = Counter((row["excerpt"], row["bears_on"], row["concerns"]) for row in of("Coding"))
    for row in of("CmoLink"):
        codings.update((passage, row["key"], row["concerns"]) for passage in row["passages"])
    assert max(codings.values()) == 1


def test_at_most_one_settled_assessment_of_a_factor_in_a_project() -> None:
    pairs = Counter((row["factor"], row["project"], row.get("wave")) for row in of("Assessment"))
    assert max(pairs.values()) == 1
    assert all(row["settled"] for row in of("Assessment"))


def test_a_judgement_of_ours_says_why() -> None:
    for row in of("Assessment"):
        if row["basis"] == "judgement" or row.get("origin") == "ours":
            assert row["why"]


# What the paper says: the case


def test_the_programme() -> None:
    [hipp] = of("Programme")
    assert (hipp["name"], hipp["funder"]) == ("HIPP", "Health Education Authority")
    assert not hipp["synthetic"]
    assert hipp["began_text"] == "mid 1996"
    assert "ended_latest" not in hipp


def test_five_projects_from_april_1997_to_march_1999() -> None:
    five = of("Project", part_of="programme/hipp")
    assert [row["name"] for row in five] == FIVE
    for row in five:
        assert row["aim"]
        assert row["area"]
        assert row["partnership_model"]
        assert (row["began_earliest"], row["ended_latest"]) == ("1997-04", "1999-03")


def test_sub_cases() -> None:
    assert [
        (called(row["part_of"]), row["name"], row["kind"])
        for row in of("Project")
        if row["part_of"] != "programme/hipp"
    ] == [
        ("Sandwell", "locality team 1", "pilot team"),
        ("Sandwell", "locality team 2", "pilot team"),
        ("Tameside and Glossop", "overarching project", "strand"),
        ("Tameside and Glossop", "practice site 1", "practice site"),
        ("Tameside and Glossop", "practice site 2", "practice site"),
        ("Telford & Wrekin", "health partnership", "component"),
        ("Telford & Wrekin", "health promotion service", "component"),
    ]


def test_six_themes_of_the_analysis_and_four_of_the_programme() -> None:
    assert [(row["position"], row["name"]) for row in of("Theme", scheme="analysis")] == [
        (0, "Shared strategic vision"),
        (1, "Leadership and management"),
        (2, "Relations and local ownership"),
        (3, "Accountability"),
        (4, "Organizational readiness"),
        (5, "Responsiveness to a changing environment"),
    ]
    assert [row["position"] for row in of("Theme", scheme="programme_key")] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("key", "earliest", "latest"),
    [
        ("event/selection", "1996-10", "1997-03"),
        ("event/evaluation-commissioned", "1996-11", "1996-11"),
        ("event/election", "1997-05", "1997-05"),
        ("event/realistic-evaluation", "1997", "1997"),
        ("event/hea-becomes-hda", "2000", "2000"),
    ],
)
def test_dated_events(key: str, earliest: str, latest: str) -> None:
    event = records()[key]
    assert (event["level"], event["earliest"], event["latest"]) == ("national", earliest, latest)


def test_no_local_event_has_a_date_since_the_paper_gives_none() -> None:
    local = of("Event", level="local")
    assert local
    assert not [row["key"] for row in local if {"when_text", "earliest", "latest"} & set(row)]


def test_the_paper_is_the_one_source_and_its_text_is_not_held() -> None:
    [paper] = of("Source")
    assert (paper["kind"], paper["coverage"]) == ("document", "mentioned")
    assert "Evans" in paper["citation"]
    assert "Killoran" in paper["citation"]
    assert not {"text", "text_file", "wave"} & set(paper)


# Theory


def test_six_hypotheses_whose_themes_are_ours() -> None:
    about = {
        row["key"]: [(tie["to"], tie["origin"]) for tie in row["about"]]
        for row in of("ProgrammeTheory")
        if "about" in row
    }
    ours = {
        1: ["vision"],
        2: ["leadership"],
        3: ["relations", "accountability"],
        4: ["relations"],
        5: ["readiness"],
        6: ["responsiveness"],
    }
    assert about == {
        f"theory/hypothesis-{n}": [(f"theme/{theme}", "ours") for theme in themes]
        for n, themes in ours.items()
    }


def test_the_overarching_hypothesis_was_recast_when_a_book_appeared() -> None:
    [move] = of("Revision")
    assert move["key"] == "revision/framework"
    [before], [after] = move["from_version"], move["to_version"]
    assert records()[before]["stage"] == "initial"
    assert records()[after]["stage"] == "interim"
    assert [called(key) for key in move["moved_by"]] == [
        "Appearance of Pawson & Tilley's Realistic Evaluation"
    ]


def test_a_hypothesis_is_anticipated_not_observed() -> None:
    assert {row["claim"] for row in of("ProgrammeTheory")} == {"anticipated"}
    assert records()["configuration/table-3"]["claim"] == "anticipated"


def labels_of(configuration: str, field: str) -> list[str]:
    return [called(key) for key in records()[configuration][field]]


def test_table_3_in_printed_order() -> None:
    table = "configuration/table-3"
    assert labels_of(table, "contexts") == [
        "Defined disadvantaged communities and groups experiencing worse health",
        "Shared language/definitions between stakeholders",
        "History of working together",
        "Project consistent with new Labour health agendas",
        "Culture of organizational learning",
        "Responsiveness to changing policy environment",
        "Co-terminous health and local authorities",
    ]
    assert labels_of(table, "mechanisms") == [
        "Stakeholder events",
        "Locality teams",
        "GP practice based initiatives",
        "Community based needs assessment",
        "Partnership development work",
        "Local champions",
        "Community development workers",
        "Consultancy support",
        "HIPP network",
    ]
    assert labels_of(table, "outcomes") == [
        "Shared strategic vision",
        "Shared ownership of tackling health inequalities",
        "Intended project outcomes achieved",
        "Effective local relationships",
        "Targeted investment of resources",
        "As per project plans",
        "Not realistic to measure within project timescales and resources",
    ]


def test_table_3_categories_and_levels() -> None:
    table = records()["configuration/table-3"]
    categories = Counter(records()[key]["category"] for key in table["contexts"])
    assert categories == {"socio-economic": 1, "cultural": 2, "political": 1, "organizational": 3}
    assert Counter(records()[key]["level"] for key in table["mechanisms"]) == {
        "project": 7,
        "programme": 2,
    }


def test_the_levels_of_table_3s_outcomes_stay_unresolved_and_say_so() -> None:
    for key in records()["configuration/table-3"]["outcomes"]:
        assert "level" not in records()[key]
        assert "three readings" in records()[key]["level_note"]
    last = records()["configuration/table-3"]["outcomes"][-1]
    assert records()[last]["measurable"] == "not realistic to measure"


TABLE_4 = {
    "vision": (
        [
            "History of working together",
            "New national focus on health inequalities",
            "Co-terminosity",
        ],
        [
            "Local champions",
            "Partnership development work",
            "Stakeholder events focusing on community health needs",
            "Strategic steering groups",
        ],
        [
            "Shared strategic vision on health inequalities",
            "Prioritizing process for health inequalities",
            "Project outputs fed into HImPs, HAZs, PCGs",
        ],
    ),
    "leadership": (
        ["National policy turbulence", "Local organizational turbulence"],
        ["Local champions", "Consultancy support", "HIPP network"],
        [
            "Health inequalities higher up local agendas",
            "Project members taking on local leadership roles",
        ],
    ),
    "relations": (
        [
            "Lack of GP involvement in health partnerships",
            "Limited local authority involvement in partnerships",
        ],
        [
            "Attention to inter-professional and inter-agency relations",
            "Community based needs assessment",
        ],
        ["Shared ownership of needs assessment and strategy to tackle health inequalities"],
    ),
    "accountability": (
        [
            "Different professional and organizational accountabilities",
            "Lack of accountability to community",
        ],
        [
            "Formal project accountability arrangements",
            "Lack of explicit discussion of different/conflicting",
        ],
        ["Accountability remained source of tension", "Lack of accountability to community"],
    ),
}
FIELDS = ("contexts", "mechanisms", "outcomes")


@pytest.mark.parametrize("block", TABLE_4)
def test_a_block_of_table_4_in_printed_order(block: str) -> None:
    key = f"configuration/table-4-{block}"
    assert tuple(labels_of(key, field) for field in FIELDS) == TABLE_4[block]
    assert records()[key]["about"] == [{"to": f"theme/{block}", "origin": "stated"}]
    [tie] = records()[key]["stated_in"]
    assert tie["locator"].startswith("Table 4, ")


def test_table_4_has_four_blocks_with_9_11_and_8_entries_and_9_10_and_8_factors() -> None:
    blocks = [key for key in records() if key.startswith("configuration/table-4-")]
    assert len(blocks) == 4
    entries = [[e for key in blocks for e in labels_of(key, field)] for field in FIELDS]
    assert [len(column) for column in entries] == [9, 11, 8]
    assert [len(set(column)) for column in entries] == [9, 10, 8]
    assert [e for e, n in Counter(entries[1]).items() if n > 1] == ["Local champions"]
    assert set(entries[0]) & set(entries[2]) == {"Lack of accountability to community"}
    both = [row["label"] for row in of("Factor") if len(row["roles"]) > 1]
    assert both == ["Lack of accountability to community"]


def test_tables_3_and_4_share_six_labels() -> None:
    def labels(prefix: str) -> set[str]:
        keys = [key for key in records() if key.startswith(prefix)]
        return {label for key in keys for field in FIELDS for label in labels_of(key, field)}

    assert labels("configuration/table-3") & labels("configuration/table-4-") == {
        "History of working together",
        "Community based needs assessment",
        "Partnership development work",
        "Local champions",
        "Consultancy support",
        "HIPP network",
    }


def test_the_cut_off_cell_of_table_4_is_flagged() -> None:
    assert "breaks off" in records()["factor/lack-of-discussion"]["level_note"]


def test_the_tables_concern_the_programme_and_assert_no_link() -> None:
    tables = [key for key in records() if key.startswith("configuration/table-")]
    assert len(tables) == 5
    assert {records()[key]["concerns"] for key in tables} == {"programme/hipp"}
    assert not [link["key"] for link in of("CmoLink") if link["configuration"] in tables]


def test_a_mechanism_is_an_activity_until_somebodys_reasoning_is_known() -> None:
    for row in of("Factor"):
        assert ("Mechanism" in row["roles"]) == (row.get("reasoning_known") is False)


SANDWELL_1, SANDWELL_2 = "locality team 1", "locality team 2"
PROSE_LINKS = {
    "consultancy-to-skills": {"Nottingham", SANDWELL_1},
    "consultancy-to-relationships": {SANDWELL_1},
    "information-event-to-relationships": {SANDWELL_1},
    "more-general-practitioners-to-relations": {SANDWELL_2},
    "turbulence-to-locality-work": {"Sandwell"},
    "unified-authority-to-implementation": {"Sandwell"},
    "little-team-development-to-tensions": {SANDWELL_2},
    "manager-moves-on-to-continuity": {"Nottingham"},
    "commissioning-to-unclear-responsibilities": {"Nottingham"},
    "turbulence-to-leadership-continuity": {"HIPP"},
    "joint-assessment-to-vision": {"HIPP"},
    "new-agenda-to-profile": {"HIPP"},
    "facilitation-to-leadership": {"HIPP"},
}


@pytest.mark.parametrize("link", PROSE_LINKS)
def test_a_link_of_the_prose_concerns_the_project_of_which_it_is_said(link: str) -> None:
    row = records()[f"link/{link}"]
    others = [coding["concerns"] for coding in of("Coding", bears_on=row["key"])]
    assert {called(key) for key in [row["concerns"], *others]} == PROSE_LINKS[link]
    [tie] = records()[row["configuration"]]["stated_in"]
    assert tie["locator"]


# Assessments


def test_consultancy_is_offered_to_five_and_named_by_three() -> None:
    consultancy = of("Assessment", factor="factor/consultancy-support")
    assert [called(row["project"]) for row in consultancy] == FIVE
    for row in consultancy:
        assert row["value"] == "present"
        assert "passage/difference-support" in row["passages"]
    valence = {called(row["project"]): row["valence"] for row in consultancy}
    assert valence == {
        "Northumberland": "not_stated",
        "Nottingham": "enables",
        "Sandwell": "enables",
        "Tameside and Glossop": "not_stated",
        "Telford & Wrekin": "enables",
    }


def test_eight_enabling_namings_of_six_factors_in_the_section_on_the_projects() -> None:
    named = namings("enables", {SECTION_ON_THE_FIVE})
    assert sorted(named) == [
        ("Nottingham", "Consultancy support"),
        ("Nottingham", "Project manager as project champion"),
        ("Sandwell", "Budgets devolved to localities"),
        ("Sandwell", "Consultancy support"),
        ("Tameside and Glossop", "Core group that stays committed"),
        ("Tameside and Glossop", "Status as a national demonstration project"),
        ("Telford & Wrekin", "Consultancy support"),
        ("Telford & Wrekin", "New national focus on health inequalities"),
    ]
    assert len({factor for _, factor in named}) == 6


def test_six_obstacle_namings_in_the_section_on_the_projects() -> None:
    assert sorted(namings("hinders", {SECTION_ON_THE_FIVE})) == [
        ("Nottingham", "Communications not sustained"),
        ("Nottingham", "Internal project management problems"),
        ("Sandwell", "National policy turbulence"),
        ("Tameside and Glossop", "Lack of shared understanding and ownership"),
        ("Telford & Wrekin", "No agreed conceptual model for evaluation"),
        ("Telford & Wrekin", "No local resources for evaluation"),
    ]


def test_the_comparison_adds_three_namings() -> None:
    assert namings("enables", set(COMPARED)) == [
        ("Sandwell", "Shared strategic vision"),
        ("Nottingham", "Good early relationship between project stakeholders"),
    ]
    assert namings("hinders", set(COMPARED)) == [
        ("Nottingham", "Lack of shared understanding of the model")
    ]


def test_northumberland_names_neither_enabling_factor_nor_obstacle() -> None:
    valences = {row["valence"] for row in of("Assessment", project="project/northumberland")}
    assert valences == {"not_stated"}


def test_national_policy_is_a_family_of_ours_over_two_factors() -> None:
    assert records()["factor/national-policy"]["origin"] == "ours"
    narrower = {
        row["label"]: tie["origin"]
        for row in of("Factor")
        for tie in row.get("kind_of", [])
        if tie["to"] == "factor/national-policy"
    }
    assert narrower == {
        "New national focus on health inequalities": "ours",
        "National policy turbulence": "ours",
    }


def test_health_outcomes_are_not_assessable_in_all_five() -> None:
    outcomes = of("Assessment", factor="factor/health-outcomes")
    assert [called(row["project"]) for row in outcomes] == FIVE
    assert {(row["value"], row["valence"]) for row in outcomes} == {
        ("not_assessable", "not_stated")
    }


def test_sandwells_two_teams_are_a_contrast() -> None:
    teams = {
        (called(row["project"]), called(row["factor"])): (row["value"], row.get("origin"))
        for row in of("Assessment")
        if row["key"].startswith("assessment/team-")
    }
    partnerships = "Wide inter-agency partnerships"
    transition = "Smooth transition to a primary care group"
    assert teams == {
        (SANDWELL_1, "Locality commissioning"): ("present", None),
        (SANDWELL_2, "Locality commissioning"): ("present", None),
        (SANDWELL_1, partnerships): ("present", "ours"),
        (SANDWELL_2, partnerships): ("absent", "ours"),
        (SANDWELL_1, transition): ("absent", "ours"),
        (SANDWELL_2, transition): ("present", "ours"),
    }
    assert records()["assessment/team-1/smooth-transition"]["basis"] == "judgement"


# Findings


@pytest.mark.parametrize(("topic", "number"), [("element", 4), ("difference", 4), ("objective", 3)])
def test_elements_differences_and_objectives(topic: str, number: int) -> None:
    assert len(of("Finding", topic=topic, within="programme/hipp")) == number
    assert len(of("Finding", topic=topic)) == number


GRID = {
    ("Nottingham", "vision"): {"hindering"},
    ("Sandwell", "vision"): {"enabling"},
    ("Nottingham", "leadership"): {"enabling"},
    ("Sandwell", "leadership"): {"hindering"},
    ("Nottingham", "relations"): {"enabling", "hindering"},
    ("Sandwell", "relations"): {"enabling", "hindering"},
    ("Nottingham", "accountability"): {"hindering"},
    ("Sandwell", "accountability"): {"hindering"},
    ("Nottingham", "readiness"): {"enabling"},
    ("Sandwell", "readiness"): {"enabling", "hindering"},
    ("Nottingham", "responsiveness"): {"enabling", "hindering"},
    ("Sandwell", "responsiveness"): {"enabling", "hindering"},
}


@pytest.mark.parametrize("cell", GRID, ids=" ".join)
def test_every_cell_of_nottingham_and_sandwell_has_its_findings(cell: tuple[str, str]) -> None:
    project, theme = cell
    found = [
        row
        for row in of("Finding", topic="grid", within=f"project/{project.lower()}")
        if targets(row["about"]) == [f"theme/{theme}"]
    ]
    assert {row["direction"] for row in found} - {"neither"} == GRID[cell]
    for row in found:
        assert sections(row) == {COMPARED[THEMES.index(theme)]}


@pytest.mark.parametrize(
    "key",
    [
        "result/process-not-service",
        "result/no-health-outcomes",
        "result/turbulence-and-leadership",
        "result/steering-groups-not-enough",
        "result/gps-bypassing",
        "result/conflicting-accountabilities",
        "result/no-steps-to-communities",
        "wish/audit-of-relationships",
        "wish/networks-of-champions",
        "wish/equity",
        "method/phases",
        "method/interviews",
        "method/observation",
        "method/documents",
        "method/validation",
        "method/realistic-evaluation",
        "result/northumberland/event",
    ],
)
def test_a_finding_that_the_paper_states(key: str) -> None:
    row = records()[f"finding/{key}"]
    assert row["topic"] == key.split("/", 1)[0]
    assert row["within"].split("/")[-1] in {"hipp", *key.split("/")}


def test_no_finding_gives_a_wave_since_the_paper_ties_none_to_one() -> None:
    assert not [row["key"] for row in of("Finding") if "wave" in row]


# Relations

RELATIONS = """
Health Education Authority > leads > HIPP
Health Education Authority > commissions > University of Southampton
Health Education Authority > commissions > University of the West of England
Office for Public Management > supports > Northumberland
Office for Public Management > supports > Nottingham
Office for Public Management > supports > Sandwell
Office for Public Management > supports > Tameside and Glossop
Office for Public Management > supports > Telford & Wrekin
HIPP > accountable_to > local communities: denied
project managers > accountable_to > own organization
project managers > accountable_to > their project
local authorities > involved_in > HIPP
some general practitioners > bypasses > project partners
Northumberland Health Authority > involved_in > Northumberland
Northumberland Community Health Trust > involved_in > Northumberland
Tynedale Total Purchasing Pilot > involved_in > Northumberland
the public of Tynedale > involved_in > Northumberland: denied
local government in Northumberland > involved_in > Northumberland
Nottingham Health Authority > involved_in > Nottingham
Nottingham Health Authority > supports > Nottingham
Mirpuri Punjabi speaking community > involved_in > Nottingham
Health Promotion Manager > member_of > Nottingham Health Authority
Health Promotion Manager > manages > Nottingham
Health Promotion Manager > champions > Nottingham
Health Promotion Manager > leads > Nottingham health action zone
Director of Public Health > member_of > Nottingham Health Authority
Director of Public Health > chairs > Nottingham steering group
several team members (Nottingham) > champions > Nottingham
Nottingham Health Action Group > involved_in > Nottingham
multi-agency partnership working group > involved_in > Nottingham
Trust (Nottingham) > involved_in > Nottingham
Nottingham > accountable_to > Nottingham Health Authority: unclear
Nottingham > accountable_to > Trust (Nottingham): unclear
Nottingham > accountable_to > local communities: denied
Sandwell Health Authority > partners_with > Sandwell Metropolitan Borough Council
Sandwell Health Authority > involved_in > Sandwell
Sandwell Metropolitan Borough Council > involved_in > Sandwell
Health Authority director > chairs > Sandwell steering group
Sandwell > accountable_to > Sandwell steering group
Sandwell Health Authority > member_of > Sandwell steering group
Social Services (Sandwell) > member_of > Sandwell steering group
general practitioners (Sandwell) > member_of > Sandwell steering group
locality manager 1 > manages > Sandwell
locality manager 1 > manages > locality team 2: denied
locality manager 2 > member_of > Sandwell steering group: denied
locality manager 1 > manages > locality team 1: ours
locality manager 2 > manages > locality team 2: ours
locality team 2 > accountable_to > Sandwell steering group: unclear
other partners (Sandwell) > accountable_to > Sandwell: denied
Sandwell > accountable_to > local communities: denied
two general practitioners > member_of > locality team 1
Health Authority commissioning manager > member_of > locality team 1
Social Services locality manager > member_of > locality team 1
senior health promotion officer > member_of > locality team 1
two general practitioners > member_of > locality team 2
Health Authority commissioning manager > member_of > locality team 2
Social Services locality manager > member_of > locality team 2
senior health promotion officer > member_of > locality team 2
practice site 1 > involved_in > Tameside and Glossop
practice site 2 > involved_in > Tameside and Glossop
Health Authority (Tameside and Glossop) > supports > practice site 1
Trust (Tameside and Glossop) > supports > practice site 1
core group of people > involved_in > Tameside and Glossop
Shropshire Health Authority > partners_with > Telford and Wrekin Council
Shropshire Health Authority > involved_in > Telford & Wrekin
Telford and Wrekin Council > involved_in > Telford & Wrekin
two lead officers > leads > Telford & Wrekin
""".strip().splitlines()


def test_the_67_relations_that_the_text_states_and_no_other() -> None:
    def line(row: Row) -> str:
        flag = "ours" if row["origin"] == "ours" else row["state"]
        ends = f"{called(row['from_party'])} > {row['kind']} > {called(row['to_party'])}"
        return ends if flag == "holds" else f"{ends}: {flag}"

    assert [line(row) for row in of("Relation")] == RELATIONS
    assert len(of("Relation")) == 67


def test_relations_by_where_they_hold() -> None:
    assert Counter(called(row["within"]) for row in of("Relation")) == {
        "HIPP": 8,
        "Northumberland": 6,
        "Nottingham": 17,
        "Sandwell": 25,
        "Tameside and Glossop": 6,
        "Telford & Wrekin": 5,
    }


def test_accountability_to_communities_is_denied_in_three_places_and_elsewhere_silent() -> None:
    towards = of("Relation", kind="accountable_to", to_party="stakeholder/local-communities")
    assert {(called(row["from_party"]), row["state"]) for row in towards} == {
        ("HIPP", "denied"),
        ("Nottingham", "denied"),
        ("Sandwell", "denied"),
    }


def test_nobody_is_named_as_manager_chair_or_sponsor_where_the_paper_names_none() -> None:
    unnamed = {"Northumberland", "Tameside and Glossop", "Telford & Wrekin"}
    heads = [row for row in of("Relation") if row["kind"] in {"manages", "chairs", "sponsors"}]
    assert {called(row["within"]) for row in heads} & unnamed == set()


def test_every_stakeholder_has_a_part_in_a_relation() -> None:
    ends = {row[end] for row in of("Relation") for end in ("from_party", "to_party")}
    assert {row["key"] for row in of("Stakeholder")} == {
        key for key in ends if key.startswith("stakeholder/")
    }
