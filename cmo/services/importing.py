"""Importing documents of people's own as sources: a look at what would happen, then all of it or
nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cmo.domain.evidence import Informant, Source
from cmo.domain.fields import Tie
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Coverage, SourceKind, Wave
from cmo.errors import InvalidInput, Refused
from cmo.exchange.documents.files import find_files
from cmo.exchange.documents.formats import FORMATS
from cmo.exchange.documents.plan import (
    NOT_A_PERSON,
    Held,
    Known,
    Person,
    Planned,
    Speaking,
    Standing,
    checksum,
    plan,
)
from cmo.exchange.documents.pseudonyms import Table, read_table
from cmo.exchange.documents.readers import File, Outcome, read_files
from cmo.graph.graph import Graph, Row, Transaction
from cmo.graph.queries import get_query
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done
from cmo.services.reading import bind, fresh, get_record, get_records, read
from cmo.services.texts import asks
from cmo.services.versions import KEPT, Carrying, Version, carry, compare, state
from cmo.services.writing import commit

__all__ = [
    "ENDINGS",
    "File",
    "Imported",
    "Look",
    "Standing",
    "Table",
    "Wanted",
    "find_files",
    "import_sources",
    "look",
    "read_table",
    "unnamed",
]

Progress = Callable[[str], None]
ENDINGS = tuple(FORMATS)
"""How the names of files end that can be imported."""


@dataclass(frozen=True)
class Wanted:
    """What whoever imports says of all the files.

    `place` is the id of the project or programme where they were collected. Without a kind, a text
    in which two people or more speak by turns is an interview, and any other a document. `said`
    maps (file or None for all, label of speaker turns) to a pseudonym, empty for nobody.
    """

    place: str
    kind: SourceKind | None = None
    coverage: Coverage = Coverage.MENTIONED
    wave: Wave | None = None
    language: str | None = None
    synthetic: bool = False
    said: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    encoding: str | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Look:
    """What an import would do: each file in its order, and the versions of those that changed by
    the file's name. Nothing is written by looking."""

    wanted: Wanted
    programme: str
    files: tuple[Planned, ...]
    versions: Mapping[str, Version]
    held: frozenset[str]
    """The checksums of the texts that the casebook held."""

    @property
    def to_import(self) -> tuple[Planned, ...]:
        """The files that would become sources."""
        return tuple(f for f in self.files if f.standing in (Standing.NEW, Standing.CHANGED))

    def count(self, standing: Standing) -> int:
        """How many files stand so."""
        return sum(f.standing is standing for f in self.files)


@dataclass(frozen=True)
class Imported:
    """What an import stored: the sources as (file, id, code) in the order of the files, and the
    pseudonyms of new informants; `done` is None where there was nothing to import."""

    sources: tuple[tuple[str, str, str], ...] = ()
    informants: tuple[str, ...] = ()
    done: Done | None = None


def look(
    graph: Graph,
    actor: Actor,
    files: Sequence[File],
    wanted: Wanted,
    progress: Progress | None = None,
    *,
    unheard: bool = False,
) -> Look:
    """Reads the files and says what importing them would do.

    A file that cannot be read is refused by name, and the others are not. Raises InvalidInput for
    a speaker that was named and speaks in no file, unless the `unheard` are passed over (they were
    named for a file that was taken away again), and NotFound for a place that is not there.
    """
    place = get_record(graph, actor, wanted.place)
    programme = _programme(graph, place)
    held = read(graph, "import/held", actor, programme_id=programme)
    speaking = _speaking(graph, actor, programme, wanted.said)
    told = _told(progress) if progress else None
    outcomes: Sequence[Outcome] = read_files(files, wanted.encoding, told)
    known = [
        Held(
            row["id"],
            row["code"],
            row["title"],
            row["place_id"],
            row["file_name"],
            row["text_sha256"],
        )
        for row in held
    ]
    planned = plan(files, outcomes, known, wanted.place, speaking, wanted.table)
    if not unheard:
        _refuse_unheard(planned, wanted.said)
    versions = {
        one.file: compare(graph, actor, one.held.id, one.text)
        for one in planned
        if one.standing is Standing.CHANGED and one.held
    }
    return Look(wanted, programme, planned, versions, frozenset(h.text_sha256 for h in known))


def unnamed(seen: Look) -> list[tuple[str | None, str]]:
    """The labels of which it is not known who speaks, in the order in which they are met, each with
    its file where it means somebody else in each (Participant, Speaker 2), else with None."""
    found = [
        (one.file if NOT_A_PERSON.fullmatch(speaker.label) else None, speaker.label)
        for one in seen.to_import
        for speaker in one.speakers
        if speaker.known is Known.OPEN
    ]
    return list(dict.fromkeys(found))


def import_sources(
    graph: Graph, actor: Actor, seen: Look, progress: Progress | None = None
) -> Imported:
    """Stores what was looked at, whole or not at all, as one change.

    `progress` is told of each step while nothing is final: what it raises leaves the casebook as
    it was. Raises Refused where the casebook has changed since in a way that makes the plan
    another, and NotAllowed, InvalidInput or EditConflict as every write.
    """
    if not seen.to_import:
        return Imported()
    into = Carrying()
    made = {one.file: _source(one, seen) for one in seen.to_import}
    into.new.extend(made.values())
    newcomers = _people(graph, actor, seen, made, into)
    for one in seen.to_import:
        if one.file in seen.versions:
            source = made[one.file]
            people = {
                s.label: s.informant or str(newcomers[s.pseudonym].id)
                for s in one.speakers
                if s.pseudonym is not None
            }
            carry(seen.versions[one.file], source, people, into)
    many = f"{len(made):,} {'source' if len(made) == 1 else 'sources'}"

    def between(part: str) -> None:
        if progress:
            progress(f"Storing {many}: {part} …")

    act = Act(
        "import",
        None,
        tuple(into.new),
        into.edits(),
        before=_unchanged(actor, seen),
        between=between,
    )
    done = commit(graph, actor, act)
    codes = dict(zip(done.ids, done.codes, strict=True))
    sources = tuple((file, str(s.id), str(codes[str(s.id)])) for file, s in made.items())
    return Imported(sources, tuple(newcomers), done)


def _told(progress: Progress) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            progress(f"Read {done:,} of {total:,} files …")

    return told


def _programme(graph: Graph, place: Stored) -> str:
    rows = graph.read(lambda tx: tx.run("record/places", ids=[place.id]))
    programmes: list[str] = rows[0]["programmes"]
    if place.kind.node_label not in ("Project", "Programme") or len(programmes) != 1:
        raise InvalidInput(
            f"{place.code or place.name} is no project and no programme.",
            "Nothing was imported.",
            "Name where the texts were collected.",
        )
    return programmes[0]


def _speaking(
    graph: Graph, actor: Actor, programme: str, said: Mapping[tuple[str | None, str], str]
) -> Speaking:
    people: dict[str, Person] = {}
    for row in read(graph, "evidence/informants", actor, programme_id=programme):
        withdrawn = row["withdrawn_at"] is not None
        people.setdefault(row["pseudonym"], Person(row["id"], row["pseudonym"], withdrawn))
    in_source: dict[str, dict[str, Person]] = {}
    in_place: dict[str, dict[str, frozenset[Person]]] = {}
    for row in read(graph, "import/speakers", actor, programme_id=programme):
        person = Person(row["informant"], row["pseudonym"], row["withdrawn_at"] is not None)
        in_source.setdefault(row["source_id"], {})[row["label"]] = person
        here = in_place.setdefault(row["place_id"], {})
        here[row["label"]] = here.get(row["label"], frozenset()) | {person}
    return Speaking(said, people, in_source, in_place, asks)


def _refuse_unheard(planned: Sequence[Planned], said: Mapping[tuple[str | None, str], str]) -> None:
    """Raises InvalidInput for a label that nobody speaks under: it was mistyped."""
    heard = {(one.file, label) for one in planned for label in one.turns[1]}
    labels = {label for _, label in heard}
    if not any(one.document for one in planned):
        return  # why is said file by file
    for file, label in said:
        if (label not in labels) if file is None else ((file, label) not in heard):
            where = f"in {file}" if file else "in these files"
            there = sorted({la for f, la in heard if file in (None, f)})
            raise InvalidInput(
                f"Nobody speaks as {label} {where}.",
                "Nothing was imported.",
                f"The labels there are {', '.join(there[:12]) or 'none'}.",
            )


def _source(one: Planned, seen: Look) -> Source:
    wanted, (starts, labels) = seen.wanted, one.turns
    assert one.document is not None
    fields: dict[str, Any] = {
        "title": one.title,
        "collected_in": wanted.place,
        "kind": wanted.kind or _kind(labels),
        "coverage": wanted.coverage,
        "wave": wanted.wave,
        "language": wanted.language,
        "synthetic": wanted.synthetic,
    }
    version = seen.versions.get(one.file)
    if version is not None:
        fields = {name: version.source.fields[name] for name in KEPT}
        fields["version_of"] = version.source.id
    return Source(
        id=str(uuid.uuid4()),
        text=one.text,
        text_sha256=checksum(one.text),
        turn_starts=starts,
        turn_speakers=labels,
        heading_starts=tuple(start for start, _ in one.document.headings),
        heading_ranks=tuple(rank for _, rank in one.document.headings),
        file_name=one.name,
        **fields,
    )


def _kind(labels: Sequence[str]) -> SourceKind:
    often = [label for label in set(labels) if labels.count(label) > 1]
    return SourceKind.INTERVIEW if len(often) > 1 else SourceKind.DOCUMENT


def _people(
    graph: Graph, actor: Actor, seen: Look, made: Mapping[str, Source], into: Carrying
) -> dict[str, Informant]:
    """Adds who speaks in the new sources to `into`; the new informants by pseudonym, in the order
    in which they are met."""
    ties: dict[str, list[Tie]] = {}
    known: dict[str, list[Tie]] = {}
    for one in seen.to_import:
        source = str(made[one.file].id)
        for speaker in one.speakers:
            tie = Tie(source, (("label", speaker.label),))
            if speaker.informant:
                known.setdefault(speaker.informant, []).append(tie)
            elif speaker.pseudonym:
                ties.setdefault(speaker.pseudonym, []).append(tie)
    for version_of, silent in _unlabelled(seen, made):
        known.setdefault(version_of, []).append(silent)
    for stored in get_records(graph, actor, list(known)):
        before: tuple[Tie, ...] = stored.fields["speaks_in"]
        into.change(stored, "speaks_in", (*before, *known[stored.id]))
    new = {
        pseudonym: Informant(
            id=str(uuid.uuid4()),
            pseudonym=pseudonym,
            programme=seen.programme,
            speaks_in=tuple(heard),
        )
        for pseudonym, heard in ties.items()
    }
    into.new.extend(new.values())
    return new


def _unlabelled(seen: Look, made: Mapping[str, Source]) -> list[tuple[str, Tie]]:
    """Who speaks in an earlier version without a label that is known: they do in the new one."""
    return [
        (record.id, Tie(str(made[file].id)))
        for file, version in seen.versions.items()
        for record in version.leaning
        if record.kind is Informant
        for tie in record.fields["speaks_in"]
        if tie.to == version.source.id and not tie.get("label")
    ]


def _unchanged(actor: Actor, seen: Look) -> Callable[[Transaction], None]:
    """Refuses the act where a colleague has imported, or coded in what it replaces, meanwhile."""
    wanted = {checksum(one.text) for one in seen.to_import} - seen.held

    def before(tx: Transaction) -> None:
        query = get_query("import/held")
        bound = bind(query, fresh(tx, actor), {"programme_id": seen.programme})
        held: list[Row] = tx.run_query(query, bound)
        same = all(
            state(tx.run("import/passages", source=version.source.id)) == version.state
            for version in seen.versions.values()
        )
        if wanted & {row["text_sha256"] for row in held} or not same:
            raise Refused(
                "Somebody has just imported one of these texts, or changed what would be carried.",
                "Nothing was imported.",
                "Look at the plan again: give the command once more.",
            )

    return before
