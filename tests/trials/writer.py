"""A client that records and edits until it is killed.

    python -m tests.trials.writer PLACE PROGRAMME NAME

Each acknowledged write is a line on standard output, written out at once:

    opened RECORD ENGINE               its own record, which it edits; the local engine's process
    made NAME/NUMBER RECORD CHANGE     a new record of that name
    edited NAME/NUMBER RECORD CHANGE   its own record, which now holds that text
    failed NAME/NUMBER WHY             not acknowledged: it may be there, and may not
"""

from __future__ import annotations

import sys
import time
from itertools import count

from cmo.domain.case import Stakeholder
from cmo.domain.vocabulary import StakeholderKind
from cmo.errors import CmoError
from cmo.graph.address import Folder
from cmo.graph.graph import Graph
from cmo.graph.local import status
from cmo.services.actor import Actor
from cmo.services.casebook import open_casebook
from cmo.services.reading import get_record
from cmo.services.recording import edit, record


class Writer:
    """One client, its records, and what it was told."""

    def __init__(self, graph: Graph, actor: Actor, programme: str, name: str) -> None:
        self.graph, self.actor, self.programme, self.name = graph, actor, programme, name
        self.own = record(graph, actor, self._record(f"{name}/0")).id

    def write_on(self) -> None:
        """Records and edits in turn, for ever."""
        rev: int | None = 1
        for number in count(1):
            text = f"{self.name}/{number}"
            try:
                if number % 2:
                    done = record(self.graph, self.actor, self._record(text))
                    _say("made", text, done.id, done.change)
                    continue
                if rev is None:
                    rev = get_record(self.graph, self.actor, self.own).rev
                done = edit(self.graph, self.actor, self.own, rev, {"sector": text})
                rev += 1
                _say("edited", text, done.id, done.change)
            except CmoError as error:
                _say("failed", text, f"{type(error).__name__}: {error}")
                rev = None
                time.sleep(0.2)

    def _record(self, text: str) -> Stakeholder:
        return Stakeholder(name=text, programme=self.programme, kind=StakeholderKind.GROUP)


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Write until killed."""
    place, programme, name = sys.argv[1:]
    with open_casebook(place) as casebook:
        writer = Writer(casebook.graph, casebook.actor("ann"), programme, name)
        where = casebook.place
        engine = status(where.path).pid if isinstance(where, Folder) else None
        _say("opened", writer.own, str(engine))
        writer.write_on()


if __name__ == "__main__":
    main()
