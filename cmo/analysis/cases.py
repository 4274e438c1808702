"""Projects as the units that are counted, with their sub-cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """A project that is counted."""

    id: str
    code: str
    name: str


class Cases:
    """The projects of a programme in order of their codes, and which of them each place counts for.

    A sub-case counts for its project. Where its project is not among the places (the reader may
    not see it) the sub-case stands for itself.
    """

    def __init__(self, places: Iterable[Sequence[Any]]) -> None:
        """Takes places as [id, code, name, id of what it is part of], in the order to keep."""
        listed = [tuple(place) for place in places]
        above = {place[0]: place[3] for place in listed}
        self.all = tuple(Case(*place[:3]) for place in listed if place[3] not in above)
        """The projects, each counted once."""
        self.names = {place[0]: place[2] for place in listed}
        """The names of projects and sub-cases by id."""
        self._top: dict[str, str] = {}
        for place in above:
            top = place
            while above[top] in above:
                top = above[top]
            self._top[place] = top
        self._by_id = {case.id: case for case in self.all}
        self._rank = {case.id: rank for rank, case in enumerate(self.all)}

    def of(self, place: str) -> Case | None:
        """The project that a project or sub-case counts for; None for a programme."""
        top = self._top.get(place)
        return None if top is None else self._by_id[top]

    def rank(self, case: Case) -> int:
        """The place of a project in the order, from 0."""
        return self._rank[case.id]

    def ordered(self, ids: Iterable[str]) -> tuple[Case, ...]:
        """The projects with these ids, each once, in order."""
        return tuple(self._by_id[i] for i in sorted(set(ids), key=self._rank.__getitem__))


def code_number(code: str | None) -> int:
    """The number in a code (12 of C-12), by which codes are put in order; 0 without one."""
    return int(code.partition("-")[2] or 0) if code else 0
