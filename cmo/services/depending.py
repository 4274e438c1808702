"""What a remembered answer depends on: which changes can alter what a query answers, told from the
query's own text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from cmo.domain.kinds import KINDS
from cmo.domain.record import references
from cmo.domain.vocabulary import FactorRole
from cmo.graph.queries import get_query

COUNTED = frozenset(KINDS) - {"User", "Event", "Stakeholder", "Assessment", "Finding", "Revision"}
"""Kinds whose records decide whether a coding counts, or bear the codings that do."""

_LABEL = re.compile(r"[:|&]([A-Z][a-z]\w*)")
_TIE = re.compile(r"[:|]([A-Z][A-Z_]+)\b")
_BARE = re.compile(r"\(\s*\)|\](?:->|-)\((\w+)\)|\((\w+)\)(?:<-|-)\[")
_CODING = re.compile(r":Coding\b")
_RESTED_ON = re.compile(r"-\[\w*:(?:RESTS_ON|MOVED_BY)\]->\(\w*:Coding\)")
_BEARING = re.compile(r"\((\w+)\)<-\[:BEARS_ON\]-\(\w*:Coding\)")
_EXCERPT = re.compile(r":Excerpt\b")
_CODED = re.compile(r"-\[:CODES\]->\(\w*:Excerpt\)|\(\w*:Excerpt\)<-\[:CODES\]-")


class Touch(NamedTuple):
    """A record that a change touched: its labels, the revision that it was given, the labels of
    what it bears on, and whether an assessment, a finding or a revision rests on it."""

    record: str
    labels: frozenset[str]
    rev: int
    bears_on: frozenset[str]
    is_rested_on: bool

    @property
    def is_new(self) -> bool:
        """Whether the change recorded it."""
        return self.rev == 1


@dataclass(frozen=True)
class Depends:
    """What an answer depends on.

    `kinds`: the kinds of record of which one must be touched to alter it. `by_coding`: codings are
    met as codings, not only behind what rests on them; then `bearing` are the kinds that they must
    bear on (None: any). `by_passage`: passages are met otherwise than behind their codings.
    `on_counted`: it reads which codings count.
    """

    kinds: frozenset[str]
    by_coding: bool
    bearing: frozenset[str] | None
    by_passage: bool
    on_counted: bool

    def is_moved_by(self, touched: Iterable[Touch]) -> bool:
        """Whether a change that touched these records may alter the answer; one of which nothing is
        known may."""
        listed = list(touched)
        return not listed or any(self._matters(touch) for touch in listed)

    def _matters(self, touch: Touch) -> bool:
        known = touch.labels & set(KINDS)
        if known and not known & self.kinds:
            return False
        if "Excerpt" in known and touch.is_new and not self.by_passage:
            return False
        if "Coding" in known:
            if not self.by_coding:
                return touch.is_rested_on
            if touch.is_new and self.bearing is not None and not touch.is_rested_on:
                return bool(touch.bears_on & self.bearing)
        return True


def depends_on(*names: str) -> Depends:
    """What an answer depends on that is made from these queries and nothing else."""
    all_of_them = [_of_query(name) for name in names]
    bearing = [each.bearing for each in all_of_them if each.by_coding]
    return Depends(
        frozenset().union(*(each.kinds for each in all_of_them)),
        any(each.by_coding for each in all_of_them),
        None if None in bearing else frozenset().union(*(b for b in bearing if b is not None)),
        any(each.by_passage for each in all_of_them),
        any(each.on_counted for each in all_of_them),
    )


@cache
def _of_query(name: str) -> Depends:
    text = get_query(name).text
    labels = set(_LABEL.findall(text))
    kinds = labels & set(KINDS)
    if labels & {str(role) for role in FactorRole}:
        kinds.add("Factor")
    if "Counted" in labels:
        kinds |= COUNTED
    if "Record" in labels or _unlabelled(text):
        # A place where any record may stand that a relationship of that type leads to or from.
        for tie in _TIE.findall(text):
            kinds |= _ends(tie)
    bearing = _BEARING.findall(text)
    met = len(_CODING.findall(text)) - len(_RESTED_ON.findall(text))
    on = frozenset(kind for who in bearing for kind in _kinds_of(who, text))
    by_coding = met > 0 or "Counted" in labels
    only_there = by_coding and met == len(bearing) and on and "Counted" not in labels
    return Depends(
        frozenset(kinds),
        by_coding,
        on if only_there else None,
        len(_EXCERPT.findall(text)) > len(_CODED.findall(text)),
        "Counted" in labels,
    )


def _unlabelled(text: str) -> bool:
    """Whether a node stands in it that is given no label anywhere."""
    return any(
        not name or not _kinds_of(name, text)
        for found in _BARE.finditer(text)
        for name in (found[1] or found[2],)
    )


def _kinds_of(variable: str, text: str) -> set[str]:
    return set(re.findall(rf"\({variable}:(\w+)", text))


@cache
def _ends(tie: str) -> frozenset[str]:
    """The kinds of record that a relationship of that type may join."""
    found: set[str] = set()
    for label, kind in KINDS.items():
        for spec in references(kind).values():
            if spec.type == tie:
                found |= {label, *spec.targets}
    return frozenset(found)
