"""A configuration as one plain sentence: its own, with the words marked that name its elements, or
one built from its parts. A mechanism whose reasoning is not known never leads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from components.drawing import h
from components.marks import glyph

MARKS = {"contexts": "c", "mechanisms": "m", "outcomes": "o"}
"""The mark of each of the three sets."""
_PLAIN = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "had", "has", "have", "he"}
    | {"her", "his", "in", "into", "is", "it", "its", "no", "not", "of", "on", "or", "she", "so"}
    | {"that", "the", "thei", "ther", "them", "they", "this", "to", "was", "were", "what", "when"}
    | {"wher", "whic", "who", "will", "with"}
)
"""Stems that tell nothing."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE = re.compile(r"[^,;:.()]+")
_STEM = 4
"""Words are taken for the same if they begin alike: assessed, assessment."""
_LONG = 8
"""A single word of so many letters is enough to tell an element of two."""
_LONGEST = 30
"""A word of fewer letters is not broken."""
_DENSITY = 0.6
"""The least share of the label's words among the telling ones that stand for an element."""


@dataclass(frozen=True)
class Marked:
    """Words of a sentence, from `start` to `end` in code points, that name an element."""

    start: int
    end: int
    part: str
    element: Mapping[str, Any]


class _Word(NamedTuple):
    start: int
    end: int
    clause: int
    text: str


def sentence(row: Mapping[str, Any], linked: bool) -> list[Any]:
    """The sentence of a configuration, as a paragraph; below it, as recorded, the one that it has
    of its own where that one leads with an activity. `linked`: somebody asserted a link."""
    own = row["sentence"]
    if own:
        marked = marked_words(own, row)
        if not _led_by_activity(marked):
            return h("div", h("p", *_with_marks(own, marked), cls="sentence"))
    built = h("p", *_built(row, linked), cls="sentence")
    recorded = h("p", "As recorded: ", h("span", own, cls="serif"), cls="recorded") if own else None
    return h("div", built, recorded)


def plain(row: Mapping[str, Any], linked: bool) -> str:
    """The same sentence as text, for lists."""
    own: str | None = row["sentence"]
    if own and not _led_by_activity(marked_words(own, row)):
        return own
    return "".join(_text(part) for part in _built(row, linked))


def called(row: Mapping[str, Any]) -> str:
    """What a configuration is called where one is chosen: its nickname, else its own sentence, else
    the names of its elements."""
    own: str | None = row["nickname"] or row["sentence"]
    return own or " + ".join(element["label"] for part in MARKS for element in row[part])


def marked_words(said: str, row: Mapping[str, Any]) -> list[Marked]:
    """The words of a sentence that stand for elements, in order, none overlapping.

    An element stands where its label does, else where at least half of the label's telling words
    stand close together within a clause; what is not found so is marked nowhere.
    """
    words = _words(said)
    found: list[Marked] = []
    for part in MARKS:
        for element in row[part]:
            for start, end in _places(said, words, element["label"], first=part == "contexts"):
                if all(end <= m.start or start >= m.end for m in found):
                    found.append(Marked(start, end, part, element))
                    break
    return sorted(found, key=lambda m: m.start)


def _words(said: str) -> list[_Word]:
    return [
        _Word(m.start(), m.end(), clause, m[0].casefold())
        for clause, piece in enumerate(_CLAUSE.finditer(said))
        for m in _WORD.finditer(said, piece.start(), piece.end())
    ]


def _places(said: str, words: Sequence[_Word], label: str, *, first: bool) -> list[tuple[int, int]]:
    """Where a label's words stand, the best place first; of equal ones a context takes the first,
    what follows from it the last."""
    at = said.casefold().find(label.casefold())
    if at >= 0 and len(said) == len(said.casefold()):
        return [(at, at + len(label))]
    telling = {_stem(w.casefold()) for w in _WORD.findall(label)} - _PLAIN
    found = []
    for i, word in enumerate(words):
        seen: set[str] = set()
        longest = said_here = 0
        for j in range(i, len(words)):
            if words[j].clause != word.clause or (j == i and _stem(word.text) not in telling):
                break
            said_here += _stem(words[j].text) not in _PLAIN
            if _stem(words[j].text) in telling - seen:
                seen.add(_stem(words[j].text))
                longest = max(longest, len(words[j].text))
                close = len(seen) >= _DENSITY * said_here
                enough = 2 * len(seen) >= len(telling) and (
                    len(seen) > 1 or len(telling) == 1 or longest >= _LONG
                )
                if close and enough:
                    found.append((-len(seen), i if first else -i, word.start, words[j].end))
    return [(start, end) for _, _, start, end in sorted(found)]


def _stem(word: str) -> str:
    return word[:_STEM]


def _led_by_activity(marked: Sequence[Marked]) -> bool:
    return bool(marked) and _is_activity(marked[0].element)


def _is_activity(element: Mapping[str, Any]) -> bool:
    return element.get("reasoning_known", True) is False


def _with_marks(said: str, marked: Sequence[Marked]) -> list[Any]:
    parts: list[Any] = []
    at = 0
    for m in marked:
        parts += [said[at : m.start], word(m.part, m.element["label"], said[m.start : m.end])]
        at = m.end
    return [*parts, said[at:]]


def word(part: str, label: str, said: str | None = None) -> list[Any]:
    """Words with the mark and line of the element that they stand for."""
    kind = MARKS[part]
    first, space, rest = (said or label).partition(" ")
    # The mark never stands at the end of a line, away from its words.
    return h(
        "span",
        h("span", glyph(kind, 11), first, cls="keep" if len(first) < _LONGEST else ""),
        space + rest,
        cls=f"w {kind}",
        title=label,
    )


def _built(row: Mapping[str, Any], linked: bool) -> list[Any]:
    """Contexts first; an outcome before an activity; sets without a link are only counted."""
    contexts, mechanisms, outcomes = (row[part] for part in MARKS)
    if not linked and any(len(row[part]) > 1 for part in MARKS):
        return [_counted(row), " stated together; no link between them is asserted."]
    if not (contexts or mechanisms or outcomes):
        return ["Nothing is stated yet: neither context, mechanism nor outcome."]
    where = ["In the context of ", *_listed("contexts", contexts), ", "] if contexts else []
    activity = bool(mechanisms) and any(_is_activity(m) for m in mechanisms)
    fires = "fires" if len(mechanisms) == 1 else "fire"
    if mechanisms and outcomes and activity:
        said = "is said to follow " if len(outcomes) == 1 else "are said to follow "
        done = [*_listed("mechanisms", mechanisms), " (an activity: the reasoning is not known)."]
        return [*where, *_listed("outcomes", outcomes), f" {said}", *done]
    if mechanisms and outcomes:
        leads = "leads to " if len(mechanisms) == 1 else "lead to "
        firing = [*_listed("mechanisms", mechanisms), f" {fires} and {leads}"]
        return [*where, *firing, *_listed("outcomes", outcomes), "."]
    if outcomes and contexts:
        said = "is said to follow" if len(outcomes) == 1 else "are said to follow"
        return [*where, *_listed("outcomes", outcomes), f" {said}; no mechanism is stated."]
    if mechanisms and contexts and not activity:
        return [*where, *_listed("mechanisms", mechanisms), f" {fires}; no outcome is stated."]
    if mechanisms and activity:
        said = "No outcome is stated " if contexts else "Neither context nor outcome is stated "
        return [said, *where, "for ", *_listed("mechanisms", mechanisms), "."]
    (part,) = (p for p in MARKS if row[p])
    alone = {"contexts": "context", "mechanisms": "mechanism", "outcomes": "outcome"}[part]
    return [f"The {alone} ", *_listed(part, row[part]), " stands alone so far."]


def _counted(row: Mapping[str, Any]) -> str:
    counts = [
        f"{len(row[part])} {part if len(row[part]) > 1 else part.removesuffix('s')}"
        for part in MARKS
        if row[part]
    ]
    return f"{_joined(counts)} are"


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _listed(part: str, elements: Sequence[Mapping[str, Any]]) -> list[Any]:
    parts: list[Any] = []
    for i, element in enumerate(elements):
        if i:
            parts.append(" and " if i == len(elements) - 1 else ", ")
        parts.append(word(part, element["label"]))
    return parts


def _text(part: Any) -> str:
    if isinstance(part, str):
        return part
    tag, _, inside = part
    return "" if tag == "svg" else "".join(_text(child) for child in inside)
