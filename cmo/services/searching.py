"""Searching: where texts, notes and names hold what somebody looks for, as far as they may read it.

The engine's full-text indexes only give candidates. What is found is looked up in each text as the
reader may see it, so that nobody finds a source by words that they may not read, and a phrase is
its words in their order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cmo.analysis.sought import Place, Sought, places, sought
from cmo.domain.spans import speaker_at
from cmo.errors import InvalidInput
from cmo.graph.graph import Graph, Row, Transaction
from cmo.graph.queries import get_query
from cmo.services.actor import Actor
from cmo.services.findable import Progress, make_findable
from cmo.services.reading import bind, fresh, load_seen
from cmo.services.remembering import whole

IN = ("texts", "memos", "labels")
"""Where may be searched: what people said (texts and paraphrases), notes on codings, names."""
MOST_PLACES = 3
"""How many places of one text are shown."""
BATCH = 25
"""How many texts are read at once, at most."""
CANDIDATES = 500
"""How many that may hold it the engine names at once."""


@dataclass(frozen=True)
class Filters:
    """What is searched; None is everything. `project` is a project's or programme's id."""

    programme: str | None = None
    project: str | None = None
    wave: str | None = None
    role_group: str | None = None
    stance: str | None = None


@dataclass(frozen=True)
class Hit:
    """Something that holds what was looked for.

    `among` is one of IN, `kind` the kind of record, `id` its id. `source_id` is where it is read,
    with `coding_id` where a coding marks the place. `places` are the first of its `in_all` places
    (only MOST_PLACES of a text), `speakers` whose turns they stand in (None where nobody's).
    """

    among: str
    kind: str
    id: str
    code: str | None
    name: str
    programme_id: str
    programme: str
    place_id: str | None
    place: str | None
    wave: str | None
    stance: str | None
    synthetic: bool
    places: tuple[Place, ...]
    in_all: int
    speakers: tuple[str | None, ...] = ()
    source_id: str | None = None
    coding_id: str | None = None
    said: str | None = None

    def rows(self) -> list[dict[str, Any]]:
        """A row for each of its places that is shown, as plain values."""
        return [
            {
                "in": self.among,
                "kind": self.kind,
                "code": self.code,
                "name": self.name,
                "programme": self.programme,
                "project": self.place,
                "wave": self.wave,
                "stance": self.stance,
                "speaker": self.speakers[at] if at < len(self.speakers) else None,
                "words": "".join(part.text for part in place.parts),
                "found": [part.text for part in place.parts if part.found],
                "start": place.start,
                "end": place.end,
                "synthetic": self.synthetic,
                "said": self.said,
                "source_id": self.source_id,
                "coding_id": self.coding_id,
                "id": self.id,
            }
            for at, place in enumerate(self.places)
        ]


@dataclass(frozen=True)
class Found:
    """What a search found in one place: `hits` in the order of sources or names, `after` begins the
    next page (None where there is none), `notes` say what was not looked for, and why."""

    among: str
    hits: tuple[Hit, ...]
    after: str | None
    notes: tuple[str, ...]


def search(
    graph: Graph,
    actor: Actor,
    typed: str,
    among: str = "texts",
    filters: Filters | None = None,
    *,
    after: str | None = None,
    limit: int = 20,
    progress: Progress | None = None,
) -> Found:
    """What holds every word of what was typed, and between double quotes words in their order; in
    all their English forms.

    Texts are for those who may read them, memos likewise; paraphrases and names for all who see
    records. A wave, role or stance is none of a name (but of a source's or finding's wave): with
    such a filter no name is found, and the notes say so. Texts that came in since the last search
    are made findable first; `progress` is told how many, and of how many. Raises InvalidInput where
    nothing typed can be looked for.
    """
    if among not in IN:
        raise InvalidInput(
            f"{among!r} is nowhere to search in.", "Nothing was searched.", f"Say {', '.join(IN)}."
        )
    wanted = sought(typed)
    if not wanted:
        raise InvalidInput(
            "There is no word in it that can be looked for. " + " ".join(wanted.notes),
            "Nothing was searched.",
            "Type one or more words; put a phrase between double quotes.",
            field_name="words",
        )
    given = filters or Filters()
    if among == "texts":
        make_findable(graph, progress)
    if among == "labels":
        return _in_names(graph, actor, wanted, given, after, limit)
    streams = (_texts, _paraphrases) if among == "texts" else (_memos,)

    def work(tx: Transaction) -> Found:
        asked = _Asked(tx, fresh(tx, actor), wanted, given)
        return _page(asked, streams, among, after, limit)

    return graph.read(work)


@dataclass(frozen=True)
class _Asked:
    tx: Transaction
    actor: Actor
    wanted: Sought
    filters: Filters

    def run(self, query: str, **params: Any) -> list[Row]:
        """The rows of a query, within what the actor may see."""
        named = get_query(query)
        return self.tx.run_query(named, bind(named, self.actor, params))

    def candidates(self, query: str, words: Iterable[str], after: str) -> Iterator[list[Row]]:
        """The rows of a query that may hold it, a batch at a time."""
        params = {
            "words": " ".join(f"+{word}" for word in words),
            "programme_id": self.filters.programme,
            "place_id": self.filters.project,
            "wave": self.filters.wave,
            "role_group": self.filters.role_group,
            "stance": self.filters.stance,
            "limit": CANDIDATES,
        }
        while True:
            rows = self.run(query, **params, after=after)
            if rows:
                yield rows
            if len(rows) < CANDIDATES:
                return
            after = rows[-1]["key"]


def _written(word: str) -> str:
    """A word as it may be written in a note: the index of notes takes an apostrophe for a letter,
    and one that a keyboard has for another than one that a word processor puts there."""
    forms = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    written = [form.replace("'", sign) for form in forms for sign in "'’ʼ"]
    return f"({' '.join(dict.fromkeys(written))})"


_Stream = Callable[[_Asked, str], Iterator[tuple[str, Hit]]]


def _page(
    asked: _Asked, streams: Sequence[_Stream], among: str, after: str | None, limit: int
) -> Found:
    """One page of what the streams give, one stream after the other; `after` holds the number of
    the stream and the key in it."""
    number, _, key = (after or "0|").partition("|")
    first = int(number) if number.isdecimal() and int(number) < len(streams) else 0
    hits: list[Hit] = []
    last = ""
    for at in range(first, len(streams)):
        for key_of, hit in streams[at](asked, key if at == first else ""):
            if len(hits) == limit:
                return Found(among, tuple(hits), last, asked.wanted.notes)
            hits.append(hit)
            last = f"{at}|{key_of}"
    return Found(among, tuple(hits), None, asked.wanted.notes)


def _texts(asked: _Asked, after: str) -> Iterator[tuple[str, Hit]]:
    batches = asked.candidates("search/texts", asked.wanted.stems, after)
    for rows in (batch[at : at + BATCH] for batch in batches for at in range(0, len(batch), BATCH)):
        ids = [row["id"] for row in rows]
        said = _said(asked, ids)
        narrowed = _narrowed(asked, ids)
        for row in rows:
            text, turns = said.get(row["id"], {}).get("text"), _turns(said.get(row["id"], {}))
            if not text:
                continue
            found = places(text, asked.wanted, _within(asked, narrowed.get(row["id"]), text, turns))
            if found:
                held = tuple(found[at] for at in sorted(_best(found)))
                hit = _hit("texts", "Source", row, held, len(found), row["title"])
                speakers = tuple(speaker_at(*turns, place.start) for place in held)
                yield row["key"], replace(hit, source_id=row["id"], speakers=speakers)


def _said(asked: _Asked, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    """By id, text and turns of these sources as the reader may see them."""
    said: dict[str, Mapping[str, Any]] = {
        row["id"]: row for row in asked.run("search/said", ids=ids)
    }
    others = [i for i in ids if i not in said]
    if others:
        seen = load_seen(asked.tx, asked.actor, others)
        said |= {i: held.fields for i, held in seen.items()}
    return said


def _narrowed(asked: _Asked, ids: list[str]) -> dict[str, Row]:
    filters = asked.filters
    if filters.role_group is None and filters.stance is None:
        return {}
    params = {"role_group": filters.role_group, "stance": filters.stance}
    return {row["id"]: row for row in asked.run("search/within", ids=ids, **params)}


def _turns(said: Mapping[str, Any]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    return tuple(said.get("turn_starts") or ()), tuple(said.get("turn_speakers") or ())


def _within(
    asked: _Asked,
    row: Row | None,
    text: str,
    turns: tuple[tuple[int, ...], tuple[str, ...]],
) -> list[tuple[int, int]] | None:
    """The spans of a text in which a role group speaks, or passages of a stance stand; None is all
    of it."""
    if row is None:
        return None
    filters = asked.filters
    spoken = None
    if filters.role_group is not None:
        starts, speakers = turns
        ends = (*starts[1:], len(text))
        spoken = [
            (start, end)
            for start, end, who in zip(starts, ends, speakers, strict=True)
            if who in row["labels"]
        ]
    if filters.stance is None:
        return spoken
    coded = [(start, end) for start, end in row["spans"]]
    if spoken is None:
        return coded
    both = ((max(a, c), min(b, d)) for a, b in spoken for c, d in coded)
    return [(start, end) for start, end in both if start < end]


def _best(found: Sequence[Place]) -> list[int]:
    """Which places tell most: those that hold most different words, then the first ones."""

    def different(at: int) -> int:
        return len({part.text.lower() for part in found[at].parts if part.found})

    return sorted(range(len(found)), key=lambda at: (-different(at), at))[:MOST_PLACES]


def _paraphrases(asked: _Asked, after: str) -> Iterator[tuple[str, Hit]]:
    for rows in asked.candidates("search/paraphrases", map(_written, asked.wanted.typed), after):
        for row in rows:
            found = places(row["text"], asked.wanted)
            if found:
                where = row["locator"] or row["section"]
                hit = _hit("texts", "Excerpt", row, tuple(found), len(found), row["title"])
                said = f"paraphrase, {where}" if where else "paraphrase"
                yield row["key"], replace(hit, coding_id=row["coding_id"], said=said)


def _memos(asked: _Asked, after: str) -> Iterator[tuple[str, Hit]]:
    for rows in asked.candidates("search/memos", map(_written, asked.wanted.typed), after):
        for row in rows:
            found = places(row["text"], asked.wanted)
            if found:
                about = " ".join(filter(None, (row["target_code"], row["target"])))
                speakers = " and ".join(filter(None, row["speakers"]))
                said_by = f"said by {speakers}" if speakers else None
                noted = f"noted by {row['judged_by']}" if row["judged_by"] else None
                said = ", ".join(filter(None, (about or "still to place", said_by, noted)))
                hit = _hit("memos", "Coding", row, tuple(found), len(found), row["title"])
                yield row["key"], replace(hit, coding_id=row["id"], said=said)


def _hit(among: str, kind: str, row: Row, held: tuple[Place, ...], in_all: int, name: str) -> Hit:
    return Hit(
        among=among,
        kind=kind,
        id=row["id"],
        code=row["code"],
        name=name,
        programme_id=row["programme_id"],
        programme=row["programme"],
        place_id=row["place_id"],
        place=row["place"],
        wave=row["wave"],
        stance=row.get("stance"),
        synthetic=row["synthetic"],
        places=held,
        in_all=in_all,
        source_id=row.get("source_id"),
    )


_KINDS = (
    "Project", "Theme", "ProgrammeTheory", "Configuration", "Factor", "Stakeholder", "Event",
    "Finding", "Source",
)  # fmt: skip
"""In which order kinds of record are told."""


def _in_names(
    graph: Graph, actor: Actor, wanted: Sought, filters: Filters, after: str | None, limit: int
) -> Found:
    notes = list(wanted.notes)
    if filters.role_group or filters.stance:
        notes.append("A name has no role and no stance: none was looked for under these filters.")
        return Found("labels", (), None, tuple(notes))
    (row,) = whole(graph, "search/names", actor, programme_id=filters.programme)
    found = []
    for columns in row["rows"]:
        id, kind, code, names, wave, place_ids, place_names, programme_id, programme = columns
        if filters.project and filters.project not in place_ids:
            continue
        if filters.wave and filters.wave != wave:
            continue
        held = tuple(place for name in names for place in places(name, wanted)[:1])
        if held:
            number = int(code[2:]) if code and code[2:].isdecimal() else 0
            key = f"{_KINDS.index(kind)} {number:08} {id}"
            hit = Hit(
                among="labels",
                kind=kind,
                id=id,
                code=code,
                name=names[0],
                programme_id=programme_id,
                programme=programme,
                place_id=place_ids[0] if len(place_ids) == 1 else None,
                place=", ".join(sorted(place_names)) or None,
                wave=wave,
                stance=None,
                synthetic=False,
                places=held,
                in_all=len(held),
            )
            found.append((key, hit))
    page = sorted((f for f in found if f[0] > (after or "")), key=lambda f: f[0])
    more = page[limit - 1][0] if len(page) > limit else None
    return Found("labels", tuple(hit for _, hit in page[:limit]), more, tuple(notes))
