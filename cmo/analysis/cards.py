"""Interview cards: how a theory stands with a group of people, and what to ask them about it.

The interviewer lays a theory before whoever is interviewed, who confirms, falsifies or refines it
(the teacher-learner cycle: Pawson & Tilley 1997, chapter 6; Manzano 2016). What is contested, and
what nobody of a group was asked about, is worth their time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from cmo.domain.vocabulary import Stance

PARTS = ("contexts", "mechanisms", "outcomes")
"""The three sets of a configuration."""
MOST_NAMED = 2
"""How many elements or rivals a question names; it ends in “and others” where there are more."""
BRIEF = 80
"""Characters of an element that a question holds."""
LONGEST = 120
"""Characters of a rival that a question holds; what is longer is cut at a word."""


class Standing(StrEnum):
    """How a theory or configuration stands with a group, in the order in which cards are laid.

    Contested is what has support and refutation, whatever the number: within the group, between
    it (heard on one side, or neither) and others, or elsewhere, while nobody of the group was
    heard. A group is heard on a thing when one of it speaks in any counted coding on it.
    """

    CONTESTED_WITHIN = "contested_within"
    CONTESTED_BETWEEN = "contested_between"
    CONTESTED_ELSEWHERE = "contested_elsewhere"
    HEARD_FROM_NOBODY = "heard_from_nobody"
    UNHEARD = "unheard"
    HEARD = "heard"


class Said(NamedTuple):
    """One voice on a thing: an informant's or a source's, whether of the group, and its stance."""

    voice: str
    of_group: bool
    stance: str


@dataclass(frozen=True)
class Tally:
    """How many voices speak for and against, each taken once on a side; `besides` are those that
    only refine or contextualise."""

    supporting: int = 0
    refuting: int = 0
    besides: int = 0

    @property
    def heard(self) -> bool:
        """Whether there is any voice."""
        return bool(self.supporting or self.refuting or self.besides)

    @property
    def contested(self) -> bool:
        """Whether there is support and refutation."""
        return bool(self.supporting and self.refuting)


def tally(said: Iterable[Said]) -> Tally:
    """What these voices come to."""
    held = list(said)
    supporting = {one.voice for one in held if one.stance == Stance.SUPPORTS}
    refuting = {one.voice for one in held if one.stance == Stance.REFUTES}
    besides = {one.voice for one in held} - supporting - refuting
    return Tally(len(supporting), len(refuting), len(besides))


def standing(group: Tally, others: Tally) -> Standing:
    """How a thing stands with a group, by what the group and all others said of it."""
    if group.contested:
        return Standing.CONTESTED_WITHIN
    supported = group.supporting or others.supporting
    refuted = group.refuting or others.refuting
    if supported and refuted:
        return Standing.CONTESTED_BETWEEN if group.heard else Standing.CONTESTED_ELSEWHERE
    if group.heard:
        return Standing.HEARD
    return Standing.UNHEARD if others.heard else Standing.HEARD_FROM_NOBODY


def why(group: Tally, others: Tally, *, in_project: bool = False) -> str:
    """Why a thing is on a card, in one line, voices against first; `in_project` says that only what
    the group said of one project is the group's."""
    if not group.heard and not others.heard:
        return "No counted passage bears on it."
    there = " on this project" if in_project else ""
    elsewhere = f"Elsewhere {_figures(others)}" if others.heard else "Nobody else was heard"
    if not group.heard:
        return f"{elsewhere}; nobody of this group was heard{there}."
    return f"This group{there} {_figures(group)}; {elsewhere[0].lower()}{elsewhere[1:]}."


def _figures(of: Tally) -> str:
    counts = ((of.refuting, "against"), (of.supporting, "for"), (of.besides, "neither way"))
    return ", ".join(f"{many} {way}" for many, way in counts if many)


def plain(row: Mapping[str, Any]) -> str:
    """A configuration as one plain sentence: its own, unless that begins with an activity, which
    explains nothing; else one of its three sets. `row` has nickname, sentence, links (how many were
    asserted) and the three sets."""
    own, mechanisms = row["sentence"], row["mechanisms"]
    activities = [m["label"] for m in mechanisms if m.get("reasoning_known") is False]
    if own and not any(own.casefold().startswith(a.casefold()) for a in activities):
        return str(own)
    contexts, fired, outcomes = (named([e["label"] for e in row[p]], most=None) for p in PARTS)
    where = f"in the context of {contexts}" if contexts else ""
    if fired and outcomes and activities:
        be = "is" if len(row["outcomes"]) == 1 else "are"
        done = f"{outcomes} {be} said to follow {fired}, an activity: the reasoning is not known"
    elif fired and outcomes:
        fire = "fires and leads to" if len(mechanisms) == 1 else "fire and lead to"
        done = f"{fired} {fire} {outcomes}"
    elif outcomes:
        be = "is" if len(row["outcomes"]) == 1 else "are"
        done = f"{outcomes} {be} said to follow; no mechanism is stated"
    elif fired:
        fire = "fires" if len(mechanisms) == 1 else "fire"
        done = f"{fired} {fire}; no outcome is stated"
    elif contexts:
        return f"Only the context {contexts} is stated so far."
    else:
        return str(own or row["nickname"] or "Nothing is stated yet.")
    sentence = ", ".join(filter(None, (where, done)))
    loose = sum(bool(row[p]) for p in PARTS) > 1 and not row["links"]
    ending = " (stated together; no link between them is asserted)." if loose else "."
    return sentence[0].upper() + sentence[1:] + ending


def named(labels: Sequence[str], most: int | None = MOST_NAMED) -> str:
    """Labels between quotation marks, joined as one says them; those above `most` are others."""
    shown = [f"“{label}”" for label in labels[:most]]
    if most is not None and len(labels) > most:
        shown.append("others")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def cut(text: str, longest: int = LONGEST) -> str:
    """A text of at most about so many characters, cut at a word where there is one."""
    if len(text) <= longest:
        return text
    held = text[:longest]
    return f"{(held.rpartition(' ')[0] or held).rstrip(' ,;:.')} …"


def questions(
    elements: Mapping[str, Sequence[Mapping[str, Any]]],
    rivals: Sequence[str],
    how: Standing,
) -> tuple[str, ...]:
    """What to ask about a theory, as an interviewer would say it: open, and leaning to no answer.

    One to begin with; then of the context, the mechanism, the outcome; of rival explanations, and
    where accounts differ of what makes the difference. Nobody's answer is in them.
    """
    contexts, mechanisms, outcomes = (
        named([cut(element["label"], BRIEF) for element in elements[part]]) for part in PARTS
    )
    activity = any(m.get("reasoning_known") is False for m in elements["mechanisms"])
    asked = [
        "From what you have seen yourself, what fits here, what does not, and what is missing?"
    ]
    asked.append(
        f"What is it like where you see {contexts}? Where would this not hold?"
        if contexts
        else "In what circumstances have you seen this? Where would this not hold?"
    )
    if mechanisms and activity:
        asked.append(f"What did people make of {mechanisms}? What did they think, and then do?")
    elif mechanisms:
        asked.append(
            f"When it comes to {mechanisms}, what goes through people’s minds? What do they do?"
        )
    else:
        asked.append("What goes through people’s minds when they meet this? What do they do?")
    asked.append(
        f"What have you seen of {outcomes}: more, less, or nothing of it? What else followed?"
        if outcomes
        else "What, if anything, followed from it, intended or not?"
    )
    others = named([cut(rival.rstrip(".")) for rival in rivals], most=1)
    asked.append(
        f"Another way to see it: {others}. How does that compare with what you have seen?"
        if others
        else "How else could one explain what you have seen?"
    )
    if how.name.startswith("CONTESTED"):
        asked.append("Accounts of this differ. What do you think makes the difference?")
    return tuple(asked)
