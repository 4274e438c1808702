"""What a whole programme comes to, remembered until the casebook changes.

Counts and patterns over tens of thousands of codings take the engine a second or more. They are the
same for everybody who may see the same places, until somebody writes. So they are kept with what
tells one state of the casebook from another, and that is asked each time: nobody is shown what was.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cmo.domain.clock import now, text_of
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.reading import fresh, read

T = TypeVar("T")
MOST = 48
"""How many answers are kept for a casebook; the one not asked for the longest goes first."""
MOST_CHANGES = 200
"""How many changes tell states apart before what is kept is dropped and counted anew."""

_lock = threading.Lock()
_held: WeakKeyDictionary[Graph, _Memory] = WeakKeyDictionary()


class _Memory:
    """What is kept of one casebook; `since` is when it began to be kept."""

    def __init__(self) -> None:
        self.since = text_of(now())
        self.answers: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()


def remembered(graph: Graph, actor: Actor, about: Hashable, work: Callable[[], T]) -> T:
    """What `work` gives, or gave in this very state of the casebook to somebody who may see the
    same: it must depend on nothing but `about`, and nobody may change what it gave.

    The actor's places are read again each time, as they are for any read.
    """
    with _lock:
        memory = _held.setdefault(graph, _Memory())
    state, sees, many = graph.read(lambda tx: _state(tx, actor, memory.since))
    key = (about, sees)
    with _lock:
        kept = memory.answers.get(key)
        if kept is not None and kept[0] == state:
            memory.answers.move_to_end(key)
            answer: T = kept[1]
            return answer
    # The state first: should somebody write meanwhile, what is kept is newer than it says, and the
    # next to ask finds another state.
    made = work()
    with _lock:
        memory.answers[key] = (state, made)
        while len(memory.answers) > MOST:
            memory.answers.popitem(last=False)
        if many > MOST_CHANGES:
            _held[graph] = _Memory()
    return made


def whole(graph: Graph, name: str, actor: Actor, /, **params: Any) -> list[Row]:
    """As reading.read, remembered; for queries over a whole programme."""
    about = (name, tuple(sorted(params.items())))
    return list(remembered(graph, actor, about, lambda: read(graph, name, actor, **params)))


def _state(tx: Transaction, actor: Actor, since: str) -> tuple[Hashable, Hashable, int]:
    """What tells this state of the casebook from any other, what the actor may see in it, and how
    many changes were made since `since`.

    The number of changes tells what was written by clocks that are behind; the changes themselves a
    casebook that was emptied and filled again; the codings that count what a check has mended.
    """
    seen = fresh(tx, actor)
    (all_of_them,) = tx.run("books/how_many")
    (counted,) = tx.run("books/counted")
    (latest,) = tx.run("books/since", since=since)
    state = (all_of_them["changes"], counted["counted"], frozenset(latest["changes"]))
    sees = (*seen.visible_places, None, *seen.quoted_places, None, *seen.named_places)
    return state, (*sees, None, *seen.unnamed), len(latest["changes"])
