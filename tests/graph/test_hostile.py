"""Hostile text in every text field: kept as it is, or refused by name, and never more than text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cmo.domain import fields as f
from cmo.domain.evidence import Excerpt, Source
from cmo.domain.fields import Property, Tie
from cmo.domain.kinds import KINDS
from cmo.domain.people import User
from cmo.domain.record import Record, references, specs
from cmo.domain.spans import read_text
from cmo.domain.stored import Stored
from cmo.domain.validate import verbatim
from cmo.domain.vocabulary import Anchor, SourceKind
from cmo.errors import InvalidInput, NotFound
from cmo.graph.address import Folder
from cmo.graph.graph import Graph
from cmo.graph.queries import parse
from cmo.services import naming, reading, recording
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from tests.cli.program import Program, program
from tests.fixtures.hostile import HALF, HOSTILE
from tests.fixtures.rich import Rich, build

COUNT = parse(
    "tests/count_nodes",
    (Path(__file__).parents[1] / "fixtures" / "count_nodes.cypher").read_text(encoding="utf-8"),
)

COMPUTED = {
    ("Source", "text_sha256"),  # made by us from the text
    ("Excerpt", "prefix"),  # these two are taken from the text
    ("Excerpt", "suffix"),
}
RECORDED_ONCE = {
    ("Source", "text"),
    ("Source", "turn_speakers"),  # goes with turn_starts, which is fixed
    ("Source", "file_name"),  # an import keeps it: test_importing
    ("Excerpt", "quote"),  # stands in the text at its position
    ("User", "subject"),
}
"""Text fields that only a new record can be given; each has a test of its own below."""


def text_fields(kind: type[Record]) -> dict[str, Property]:
    """Every field of the kind that a person fills with words."""
    return {
        name: spec
        for name, spec in specs(kind).items()
        if isinstance(spec, Property)
        and spec.kind in ("text", "texts")
        and (kind.node_label, name) not in COMPUTED
    }


def editable(kind: type[Record]) -> dict[str, Property]:
    label = kind.node_label
    return {n: s for n, s in text_fields(kind).items() if (label, n) not in RECORDED_ONCE}


def carried_texts(kind: type[Record]) -> Iterator[tuple[str, str, Property]]:
    """Every text that a relationship of the kind carries: field, its own name, its bound."""
    for name, spec in references(kind).items():
        for carried, bound in spec.carries:
            if bound.kind == "text":
                yield name, carried, bound


def as_kept(name: str, spec: Property, text: str) -> Any:
    """What a text becomes: at most as long as it may be, without white space around it."""
    short = text[: spec.bound]
    if spec.kind == "texts":
        return (short,)
    return short if verbatim(name) else short.strip()


@pytest.fixture
def rich(casebook: Casebook, ann: Actor) -> Rich:
    """A casebook with a record of every kind and every relationship."""
    return build(casebook.graph, ann)


@pytest.fixture
def one_of_each(rich: Rich, casebook: Casebook, ann: Actor) -> dict[str, Stored]:
    """A record of each kind, by its label."""
    found: dict[str, Stored] = {}
    for record_id in rich.ids.values():
        held = reading.get_record(casebook.graph, ann, record_id)
        found.setdefault(held.kind.node_label, held)
    assert set(found) == set(KINDS)
    return found


def nodes(graph: Graph) -> int:
    """How many nodes there are of any kind."""
    (counted,) = graph.read(lambda tx: tx.run_query(COUNT, {}))
    return int(counted["nodes"])


def test_what_is_hostile_is_kept_in_every_field_as_it_was_written(
    casebook: Casebook, ann: Actor, one_of_each: dict[str, Stored]
) -> None:
    graph = casebook.graph
    for what, text in HOSTILE.items():
        before = nodes(graph)
        edits = 0
        for label, held in one_of_each.items():
            fields = editable(held.kind)
            if not fields:
                continue
            wanted = {n: as_kept(n, s, text) for n, s in fields.items()}
            given = {
                n: (text[: s.bound],) if s.kind == "texts" else text[: s.bound]
                for n, s in fields.items()
            }
            now = reading.get_record(graph, ann, held.id)
            if all(now.fields[n] == wanted[n] for n in wanted):
                continue
            recording.edit(graph, ann, held.id, now.rev, given, why=text[: f.LINE])
            edits += 1
            kept = reading.get_record(graph, ann, held.id)
            assert {n: kept.fields[n] for n in wanted} == wanted, (label, what)
            assert kept.rev == now.rev + 1
        assert nodes(graph) == before + 2 * edits, what  # a change and its content each


def test_what_is_hostile_is_kept_on_every_relationship_as_it_was_written(
    casebook: Casebook, ann: Actor, rich: Rich
) -> None:
    graph = casebook.graph
    held = reading.get_records(graph, ann, list(rich.ids.values()))
    tried = set()
    for record in held:
        for name, carried, spec in carried_texts(record.kind):
            ties = record.fields[name]
            if not ties or (record.kind.node_label, name, carried) in tried:
                continue
            tried.add((record.kind.node_label, name, carried))
            # A label is one of those of the source's turns, where it has any.
            to = rich["paper"] if name == "speaks_in" else ties[0].to
            for what, text in HOSTILE.items():
                wanted = as_kept(carried, spec, text)
                others = tuple((k, v) for k, v in ties[0].carries if k != carried)
                given = Tie(to, (*others, (carried, text[: spec.bound])))
                rev = reading.get_record(graph, ann, record.id).rev
                recording.edit(graph, ann, record.id, rev, {name: (given, *ties[1:])})
                kept = reading.get_record(graph, ann, record.id).fields[name]
                assert wanted in [tie.get(carried) for tie in kept], what
    every = {
        (label, name, carried)
        for label, kind in KINDS.items()
        for name, carried, _ in carried_texts(kind)
    }
    assert tried == every


def test_a_hostile_source_is_kept_with_its_passages_and_speakers(
    casebook: Casebook, ann: Actor, project: str
) -> None:
    graph = casebook.graph
    for what, raw in HOSTILE.items():
        text = f"{raw}{raw}|{raw}{raw}"
        kept = read_text(text)
        middle = kept.index("|")
        source = Source(
            title=what,
            collected_in=project,
            kind=SourceKind.INTERVIEW,
            text=text,
            turn_starts=(0,),
            turn_speakers=(raw[: f.SHORT],),
        )
        made = recording.record(graph, ann, source).id
        held = reading.get_record(graph, ann, made)
        assert held.fields["text"] == kept, what
        assert held.fields["turn_speakers"] == (raw[: f.SHORT],), what
        for start, end in ((0, len(kept)), (middle, middle + 1), (0, middle)):
            excerpt = Excerpt(source=made, anchor=Anchor.EXACT, start=start, end=end)
            found = reading.get_record(graph, ann, recording.record(graph, ann, excerpt).id)
            assert found.fields["quote"] == kept[start:end], what
            assert found.fields["prefix"] == (kept[max(0, start - 32) : start] or None), what
            assert found.fields["suffix"] == (kept[end : end + 32] or None), what


@pytest.mark.usefixtures("programme")
def test_a_hostile_sign_in_name_is_kept_and_found(casebook: Casebook, ann: Actor) -> None:
    graph = casebook.graph
    for what, text in HOSTILE.items():
        subject = text[: f.SHORT].strip()
        made = recording.record(graph, ann, User(subject=text[: f.SHORT], display_name=what)).id
        assert reading.get_record(graph, ann, made).fields["subject"] == subject, what
        assert casebook.actor(subject).id == made, what


def test_the_longest_text_is_kept_and_one_character_more_is_refused_with_the_bound(
    casebook: Casebook, ann: Actor, one_of_each: dict[str, Stored]
) -> None:
    graph = casebook.graph
    for label, held in one_of_each.items():
        fields = editable(held.kind)
        if not fields:
            continue
        longest = {
            n: ("𝕏" * s.bound,) if s.kind == "texts" else "𝕏" * s.bound for n, s in fields.items()
        }
        rev = reading.get_record(graph, ann, held.id).rev
        recording.edit(graph, ann, held.id, rev, longest)
        kept = reading.get_record(graph, ann, held.id)
        assert {n: kept.fields[n] for n in longest} == longest, label
        before = nodes(graph)
        for name, spec in fields.items():
            too_long = "x" * (spec.bound + 1)
            given = (too_long,) if spec.kind == "texts" else too_long
            with pytest.raises(InvalidInput) as caught:
                recording.edit(graph, ann, held.id, rev + 1, {name: given})
            assert caught.value.field_name == name
            assert f"{spec.bound + 1:,}" in caught.value.wrong
            assert f"{spec.bound:,}" in caught.value.next_step
        assert nodes(graph) == before


def test_half_a_character_is_refused_in_every_field_by_its_name(
    casebook: Casebook, ann: Actor, one_of_each: dict[str, Stored], rich: Rich
) -> None:
    graph = casebook.graph
    before = nodes(graph)
    for held in one_of_each.values():
        for name, spec in editable(held.kind).items():
            given = (HALF[: spec.bound],) if spec.kind == "texts" else HALF[: spec.bound]
            with pytest.raises(InvalidInput, match="half a character") as caught:
                recording.edit(graph, ann, held.id, held.rev, {name: given})
            assert caught.value.field_name == name
        for name, carried, _ in carried_texts(held.kind):
            to = Tie(rich["programme"], ((carried, HALF),))
            with pytest.raises(InvalidInput, match="half a character"):
                recording.edit(graph, ann, held.id, held.rev, {name: (to,)})
    project = rich["project"]
    for new in (
        Source(title="x", collected_in=project, kind=SourceKind.DOCUMENT, text=HALF),
        User(subject=HALF, display_name="x"),
    ):
        with pytest.raises(InvalidInput, match="half a character"):
            recording.record(graph, ann, new)
    assert nodes(graph) == before


def test_a_reason_is_held_to_the_same_rules(casebook: Casebook, ann: Actor, project: str) -> None:
    graph = casebook.graph
    rev = reading.get_record(graph, ann, project).rev
    with pytest.raises(InvalidInput, match="half a character"):
        recording.edit(graph, ann, project, rev, {"aim": "x"}, why=HALF)
    with pytest.raises(InvalidInput, match="characters") as caught:
        recording.edit(graph, ann, project, rev, {"aim": "x"}, why="x" * (f.LINE + 1))
    assert f"{f.LINE:,}" in caught.value.next_step
    assert reading.get_record(graph, ann, project).rev == rev


def test_asking_with_a_hostile_text_finds_what_is_called_so_and_nothing_else(
    casebook: Casebook, ann: Actor, project: str
) -> None:
    graph = casebook.graph
    for what, text in HOSTILE.items():
        with pytest.raises(NotFound):
            naming.find_record(graph, ann, text)
        rev = reading.get_record(graph, ann, project).rev
        recording.edit(graph, ann, project, rev, {"name": text[: f.SHORT]})
        assert naming.find_record(graph, ann, text[: f.SHORT].strip())["id"] == project, what
    with pytest.raises((NotFound, InvalidInput)):
        naming.find_record(graph, ann, HALF)
    with pytest.raises((NotFound, InvalidInput)):
        casebook.actor(HALF)


# -- by command line


OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would act on."""


@pytest.fixture
def cmo(casebook: Casebook, tmp_path: Path, ann: Actor) -> Program:
    """The command line on the same casebook, for Ann."""
    place, auth = casebook.place, casebook.graph.connection.auth
    environment = {"CMO_USER": ann.subject}
    if isinstance(place, Folder):
        return program(tmp_path, str(place.path), **environment)
    if auth:
        environment |= {"CMO_NEO4J_USER": auth[0], "CMO_NEO4J_PASSWORD": auth[1]}
    return program(tmp_path, place.uri, **environment)


def bundles(size: int = 190) -> list[str]:
    """All hostile texts that a program can be given, some together, each bundle in one line."""
    found = [""]
    for text in HOSTILE.values():
        # A NUL ends an argument: no program can be given one.
        more = text.replace("\x00", "")
        if len(found[-1]) + len(more) >= size:
            found.append("")
        found[-1] += f"{more}|"
    return found


def test_the_command_line_keeps_hostile_words_and_a_terminal_obeys_none(
    cmo: Program, casebook: Casebook, ann: Actor, one_of_each: dict[str, Stored]
) -> None:
    words = bundles()
    # `cmo user add` and the library name users; `cmo edit` is for what they record.
    kinds = [h for label, h in one_of_each.items() if editable(h.kind) and label != "User"]
    assert len(words) <= len(kinds), "each bundle meets a kind, and each kind a bundle"
    for number, held in enumerate(kinds):
        text = words[number % len(words)]
        settings, wanted = [], {}
        for name, spec in editable(held.kind).items():
            wanted[name] = as_kept(name, spec, text)
            settings.append(f"--set={name}={text[: spec.bound]}")
        said = cmo.ok("edit", held.id, f"--rev={held.rev}", *settings, "--format=json")
        assert not OBEYED.search(said.out), held.kind
        kept = reading.get_record(casebook.graph, ann, held.id)
        assert {n: kept.fields[n] for n in wanted} == wanted, held.kind
        shown = cmo.ok("show", held.id)
        assert not OBEYED.search(shown.out + shown.err), held.kind


def test_the_command_line_refuses_what_is_no_text_in_one_line(cmo: Program, project: str) -> None:
    half = b"caf\xe9".decode(errors="surrogateescape")  # as a program is given bytes of no text
    for words in (
        ("edit", project, "--rev=1", f"--set=aim={half}"),
        ("edit", project, "--rev=1", "--set=aim=x", f"--why={half}"),
        ("show", half),
        ("--as", half, "show", project),
        ("query", half),
    ):
        said = cmo(*words)
        assert said.code == 1, (words, said)
        assert said.out == ""
        assert len(said.err.splitlines()) == 1, (words, said)
