"""What an import would do, file by file, before anything is written."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from cmo.domain.fields import LINE, SHORT
from cmo.domain.spans import turns
from cmo.errors import InvalidInput
from cmo.exchange.documents.document import Document, unreadable
from cmo.exchange.documents.pseudonyms import Replaced, Table
from cmo.exchange.documents.readers import File, Outcome

MOST_TEXT = 40_000_000
"""Most characters of all the texts of one import: it is stored as a whole or not at all."""
MOST_STORED = 15_000_000
"""Most bytes of one text in UTF-8: the local engine takes no message of 16 MiB."""
MOST_NOTED = 12_000_000
"""Most bytes that the books keep of the speaker turns of one import, for the same reason."""

NOT_A_PERSON = re.compile(
    r"(?:participant|respondent|interviewee|informant|speaker|person|answer|male|female|man|woman"
    r"|unknown|sprecher|befragte[r]?|[a-z])\s*\d*",
    re.IGNORECASE,
)
"""Labels that mean somebody else in each transcript, and are never taken over by themselves."""


_HALF = re.compile("[\ud800-\udfff]")


class Standing(StrEnum):
    """What a file is to the casebook."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    REFUSED = "refused"


class Known(StrEnum):
    """How it is known who speaks under a label."""

    SAID = "said now"
    REMEMBERED = "as before"
    ASKS = "asks"
    OPEN = "not said"


@dataclass(frozen=True)
class Held:
    """A source that the casebook holds."""

    id: str
    code: str
    title: str
    place: str
    file_name: str | None
    text_sha256: str


@dataclass(frozen=True)
class Person:
    """An informant that the casebook holds."""

    id: str
    pseudonym: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Speaker:
    """A label of speaker turns in one file: how many turns have it, and who that is.

    `informant` is the id of one that the casebook holds; with a `pseudonym` alone the informant is
    new; with neither nobody is named.
    """

    label: str
    turns: int
    known: Known
    pseudonym: str | None = None
    informant: str | None = None


@dataclass(frozen=True)
class Planned:
    """What an import would do with one file.

    `held` is the source that holds the same text, or an earlier version of it; `same_as` the name
    of an earlier file of this import that holds the same text; `refusal` says why a file is
    refused. `replaced` counts the names that a table replaced, for `overlaps` and `leftovers` see
    Replaced.
    """

    file: str
    name: str
    title: str
    standing: Standing
    document: Document | None = None
    refusal: InvalidInput | None = None
    held: Held | None = None
    same_as: str | None = None
    turns: tuple[tuple[int, ...], tuple[str, ...]] = ((), ())
    speakers: tuple[Speaker, ...] = ()
    replaced: int = 0
    overlaps: tuple[tuple[str, str], ...] = ()
    leftovers: tuple[tuple[str, int], ...] = ()

    @property
    def text(self) -> str:
        """The text that would be stored; empty where there is none."""
        return self.document.text if self.document else ""


@dataclass(frozen=True)
class Speaking:
    """What is known of who speaks.

    `said` maps (file or None for all, label) to a pseudonym, empty for nobody; `people` are the
    informants by pseudonym; `in_source` and `in_place` tell, by source or place, the informants
    that speak there by label; `asks` tells the labels of those who ask questions.
    """

    said: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    in_source: Mapping[str, Mapping[str, Person]] = field(default_factory=dict)
    in_place: Mapping[str, Mapping[str, frozenset[Person]]] = field(default_factory=dict)
    asks: Callable[[str], bool] = lambda _: False


def plan(
    files: Sequence[File],
    outcomes: Sequence[Outcome],
    held: Iterable[Held],
    place: str,
    speaking: Speaking,
    table: Table | None = None,
) -> tuple[Planned, ...]:
    """What would become of each file, in their order.

    A file is the same as a source that holds its text, whatever it is called; else it is a changed
    version of the one source that was imported under its name into the same place. The table is
    applied to names and titles too.
    """
    held = tuple(held)
    names = {one.file_name for one in held}
    known = _Known(held, place, _there(files, outcomes, table, names))
    planned: list[Planned] = []
    for file, outcome in zip(files, outcomes, strict=True):
        name = table.replace(file.name) if table else file.name
        title = PurePosixPath(name).stem.strip()[:SHORT] or name.strip()[-SHORT:] or "untitled"
        bare = Planned(file.name, name[-LINE:].strip(), title, Standing.REFUSED)
        if not isinstance(outcome, InvalidInput) and _HALF.search(file.name):
            outcome = unreadable(  # noqa: PLW2901  # the same file, refused
                "Its name holds bytes that are no characters.", "Give it another name."
            )
        planned.append(
            _refused(bare, outcome)
            if isinstance(outcome, InvalidInput)
            else _read(bare, outcome, known, speaking, table)
        )
    return _within_bounds(planned)


def checksum(text: str) -> str:
    """The checksum that a source keeps of its text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _there(
    files: Sequence[File],
    outcomes: Sequence[Outcome],
    table: Table | None,
    names: Collection[str | None],
) -> frozenset[tuple[str, str]]:
    """The names, where they are among `names`, and checksums of the texts as they would be
    stored."""

    def stored(words: str) -> str:
        return table.replace(words) if table else words

    called = ((stored(f.name)[-LINE:].strip(), o) for f, o in zip(files, outcomes, strict=True))
    return frozenset(
        (name, checksum(stored(one.text)))
        for name, one in called
        if name in names and isinstance(one, Document)
    )


class _Known:
    """The sources that a file may be the same as, or a version of."""

    def __init__(
        self, held: tuple[Held, ...], place: str, there: frozenset[tuple[str, str]]
    ) -> None:
        self.place = place
        self.by_text = {one.text_sha256: one for one in reversed(held)}
        here = [one for one in held if one.place == place and one.file_name]
        often = Counter(one.file_name for one in here)
        self.by_name = {o.file_name: o for o in here if often[o.file_name] == 1}
        self.unchanged = frozenset(o.id for o in here if (o.file_name, o.text_sha256) in there)
        """Those whose own file is among the files as it was: no other has taken its place."""
        self.in_this: dict[str, str] = {}
        self.names: dict[str, str] = {}


def _refused(bare: Planned, refusal: InvalidInput) -> Planned:
    return _with(bare, standing=Standing.REFUSED, refusal=refusal)


def _with(bare: Planned, **changes: Any) -> Planned:
    return dataclasses.replace(bare, **changes)


def _read(
    bare: Planned, document: Document, known: _Known, speaking: Speaking, table: Table | None
) -> Planned:
    done = table.apply(document) if table else Replaced(document, 0, (), ())
    text = done.document.text
    sum_ = checksum(text)
    made = _with(
        bare,
        document=done.document,
        replaced=done.replaced,
        overlaps=done.overlaps,
        leftovers=done.leftovers,
        turns=turns(text),
    )
    if sum_ in known.by_text:
        return _with(made, standing=Standing.SAME, held=known.by_text[sum_])
    if sum_ in known.in_this:
        return _with(made, standing=Standing.SAME, same_as=known.in_this[sum_])
    if made.name in known.names:
        first = known.names[made.name]
        return _refused(
            made,
            unreadable(
                f"Another file of this import has the same name ({first}) and another text.",
                "Give one of them another name, or import their folders one by one.",
            ),
        )
    before = known.by_name.get(made.name)
    if before and before.id in known.unchanged:
        return _refused(
            made,
            unreadable(
                f"Another file of this import is {before.code}, which has the same name.",
                "Give it another name: by this one it would be taken for a version of that.",
            ),
        )
    known.in_this[sum_] = known.names[made.name] = made.file
    speakers, refusal = _speakers(made, before, known.place, speaking)
    if refusal:
        return _refused(_with(made, held=before, speakers=speakers), refusal)
    standing = Standing.CHANGED if before else Standing.NEW
    return _with(made, standing=standing, held=before, speakers=speakers)


def _speakers(
    made: Planned, before: Held | None, place: str, speaking: Speaking
) -> tuple[tuple[Speaker, ...], InvalidInput | None]:
    earlier = speaking.in_source.get(before.id, {}) if before else {}
    found: list[Speaker] = []
    labels = Counter(made.turns[1])
    for label, many in labels.items():
        person: Person | None
        said = speaking.said.get((made.file, label), speaking.said.get((None, label)))
        if label in earlier and earlier[label].withdrawn:
            person, known = earlier[label], Known.REMEMBERED  # their words stay left out
        elif said is not None:
            person = speaking.people.get(said)
            known = Known.SAID
        else:
            person = earlier.get(label) or _always(speaking.in_place.get(place, {}), label)
            known = Known.REMEMBERED if person else Known.OPEN
            if person is None and speaking.asks(label):
                known = Known.ASKS
        if person and person.withdrawn and label not in earlier:
            return tuple(found), unreadable(
                f"{person.pseudonym}, who speaks in it as {label}, has withdrawn.",
                "Take their words out of the file, or say who else it is.",
            )
        name = person.pseudonym if person else (said or None)
        if name and name in {speaker.pseudonym for speaker in found}:
            return tuple(found), unreadable(
                f"{name} would speak in it under two labels, {label} among them.",
                "Make the labels one in the file, or say that one of them is somebody else.",
            )
        found.append(Speaker(label, many, known, name, person.id if person else None))
    gone = [p for label, p in earlier.items() if p.withdrawn and label not in labels]
    if gone:
        return tuple(found), unreadable(
            f"{gone[0].pseudonym} has withdrawn and spoke in the version that is held; their words "
            "cannot be told from the others' in this one.",
            "Take their words out and import the file under another name.",
        )
    return tuple(found), None


def _always(people: Mapping[str, frozenset[Person]], label: str) -> Person | None:
    """Whoever that label has meant in every source of the place, if it can mean one person."""
    if NOT_A_PERSON.fullmatch(label):
        return None
    found = people.get(label, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def _within_bounds(planned: list[Planned]) -> tuple[Planned, ...]:
    """Refuses the files from where on their texts are more than one import may store."""
    total = noted = 0
    kept: list[Planned] = []
    for one in planned:
        if one.standing in (Standing.NEW, Standing.CHANGED):
            turned = sum(len(label.encode()) + 14 for label in one.turns[1])
            refusal = _too_much(one.text, turned, total, noted)
            if refusal:
                kept.append(_refused(_with(one, document=None, turns=((), ())), refusal))
                continue
            total += len(one.text)
            noted += turned
        kept.append(one)
    return tuple(kept)


def _too_much(text: str, turned: int, total: int, noted: int) -> InvalidInput | None:
    """Why a text cannot be stored after so many characters and bytes of turns, if it cannot."""
    size = len(text.encode(errors="surrogatepass"))
    if size > MOST_STORED or turned > MOST_NOTED:
        what = f"{size / 1e6:,.0f} MB" if size > MOST_STORED else "too many speaker turns"
        return unreadable(
            f"Its text has {what}; at most {MOST_STORED // 1_000_000} MB are stored in one piece.",
            "Divide it into several files.",
        )
    if total + len(text) > MOST_TEXT or noted + turned > MOST_NOTED:
        return unreadable(
            f"With it this import would have more than {MOST_TEXT:,} characters, or more speaker "
            "turns than one change can hold.",
            "Import it next, by the same command.",
        )
    return None
