"""What a whole programme comes to, remembered until a change alters it.

Counts and patterns over tens of thousands of codings take the engine a second or more. They are the
same for everybody who may see the same places, until somebody writes what they depend on. So they
are kept with how far the books were then; how far they are is asked each time, and what was changed
in between: nobody is shown what was.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cmo.domain.clock import now, text_of
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.depending import Depends, Touch, depends_on
from cmo.services.reading import looked, once_a_look, read

T = TypeVar("T")
MOST = 240
"""How many answers are kept for a casebook; the one not asked for the longest goes first."""
MOST_CHANGES = 500
"""How many changes are told apart before what is kept is dropped and counted anew."""

_lock = threading.Lock()
_held: WeakKeyDictionary[Graph, _Memory] = WeakKeyDictionary()


@dataclass(frozen=True)
class _State:
    """How far the books are: how many changes are older than the memory, which are younger, and how
    many codings count."""

    older: int
    lately: frozenset[str]
    counted: int


@dataclass(frozen=True)
class _Kept:
    state: _State
    answer: Any


class _Memory:
    """What is kept of one casebook; `since` is when it began to be kept, `touched` what each change
    since then touched."""

    def __init__(self) -> None:
        self.since = text_of(now())
        self.answers: OrderedDict[Hashable, _Kept] = OrderedDict()
        self.touched: dict[str, tuple[Touch, ...]] = {}
        self.turns: dict[Hashable, threading.Lock] = {}

    def turn(self, key: Hashable) -> threading.Lock:
        """Held by whoever works an answer out; who wants the same meanwhile waits for theirs."""
        with _lock:
            return self.turns.setdefault(key, threading.Lock())


def remembered(
    graph: Graph,
    actor: Actor,
    about: Hashable,
    work: Callable[[], T],
    *,
    of: Iterable[str] = (),
    more: Callable[[T, list[str]], T | None] | None = None,
) -> T:
    """What `work` gives, or gave in this state of the casebook to somebody who may see the same: it
    must depend on nothing but `about`, and nobody may change what it gave.

    `of` names the queries that `work` asks: then only changes that may alter what one of them
    answers count. Where nothing but new passages and codings was recorded since, `more` is given
    the answer as it was and the ids of these codings, instead of working it out anew; it gives None
    where that must be done all the same. The actor's places are those that they have now, as they
    are for any read.
    """
    seen = looked(graph, actor)
    memory, state = _now(graph)
    key = (about, _sees(seen))
    names = tuple(of)
    depends = depends_on(*names) if names else None
    with memory.turn(key):
        with _lock:
            kept = memory.answers.get(key)
        still = None if kept is None else _still(memory, kept, state, depends, more)
        if still is None:
            return _made(graph, memory, key, state, work, fixed=more is None)
        with _lock:
            memory.answers[key] = still
            memory.answers.move_to_end(key)
    answer: T = still.answer
    return answer


def _made(
    graph: Graph,
    memory: _Memory,
    key: Hashable,
    state: _State,
    work: Callable[[], T],
    *,
    fixed: bool,
) -> T:
    """What `work` gives, kept where nothing may be added to it (`fixed`), or nobody wrote."""
    made = work()
    # Should somebody write meanwhile, what was made is newer than the state says: it is worked out
    # again when that change is met, but nothing may be added to it twice.
    if not fixed and graph.read(lambda tx: _state(tx, memory)) != state:
        return made
    _keep(graph, memory, key, _Kept(state, made))
    return made


def _keep(graph: Graph, memory: _Memory, key: Hashable, kept: _Kept) -> None:
    with _lock:
        memory.answers[key] = kept
        while len(memory.answers) > MOST:
            gone, _ = memory.answers.popitem(last=False)
            memory.turns.pop(gone, None)
        if len(kept.state.lately) > MOST_CHANGES:
            _held[graph] = _Memory()


def newest(graph: Graph, user: str | None, size: int) -> list[Row]:
    """The newest acts, by one user (an id) or all, at most `size`, as `books/acts` gives them.

    Those that were there before are remembered, as no act is ever altered, and later ones added.
    """
    memory, state = _now(graph)
    key = ("newest", user, size)
    with _lock:
        kept = memory.answers.get(key)
    if kept is not None and kept.state == state:
        rows: list[Row] = kept.answer
        return list(rows)
    if kept is not None and _only_added_to(memory, kept.state, state):
        late = sorted(state.lately - kept.state.lately)
        young = graph.read(lambda tx: tx.run("books/acts_among", ids=late, user=user))
        by_id = sorted((*kept.answer, *young), key=lambda row: str(row["id"]))
        rows = sorted(by_id, key=lambda row: str(row["at"]), reverse=True)[:size]
    else:
        rows = graph.read(lambda tx: tx.run("books/acts", user=user, before=None, limit=size))
        if graph.read(lambda tx: _state(tx, memory)) != state:
            return rows
    _keep(graph, memory, key, _Kept(state, rows))
    return list(rows)


def _only_added_to(memory: _Memory, was: _State, state: _State) -> bool:
    """Whether only acts were added since, and nobody who made one is called otherwise now."""
    fresh = [memory.touched.get(change, ()) for change in state.lately - was.lately]
    return (
        was.older == state.older
        and was.lately <= state.lately
        and all(fresh)
        and not any("User" in touch.labels for touched in fresh for touch in touched)
    )


def _now(graph: Graph) -> tuple[_Memory, _State]:
    with _lock:
        memory = _held.setdefault(graph, _Memory())
    return memory, once_a_look(graph, memory, lambda: graph.read(lambda tx: _state(tx, memory)))


def whole(graph: Graph, name: str, actor: Actor, /, **params: Any) -> list[Row]:
    """As reading.read, remembered; for queries over a whole programme."""
    about = (name, tuple(sorted((n, _fixed(value)) for n, value in params.items())))
    return list(
        remembered(graph, actor, about, lambda: read(graph, name, actor, **params), of=(name,))
    )


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _still(
    memory: _Memory,
    kept: _Kept,
    state: _State,
    depends: Depends | None,
    more: Callable[[Any, list[str]], Any] | None,
) -> _Kept | None:
    """What was kept, if it holds in this state, or can be brought up to it; else None.

    A change by a clock that is behind, and a casebook that was emptied and filled again, alter how
    many are older or take one away; a check that mends which codings count alters their number.
    """
    was = kept.state
    if was == state:
        return kept
    if was.older != state.older or not was.lately <= state.lately or depends is None:
        return None
    fresh = [memory.touched.get(change, ()) for change in state.lately - was.lately]
    if not any(depends.is_moved_by(touched) for touched in fresh):
        counts_alike = not depends.on_counted or was.counted == state.counted
        return replace(kept, state=state) if counts_alike else None
    touches = [touch for touched in fresh for touch in touched]
    if more is None or not all(fresh) or not all(_is_new_evidence(touch) for touch in touches):
        return None
    codings = [touch for touch in touches if "Coding" in touch.labels]
    if state.counted != was.counted + sum("Counted" in touch.labels for touch in codings):
        return None
    answer = more(kept.answer, sorted(touch.record for touch in codings))
    return None if answer is None else _Kept(state, answer)


def _is_new_evidence(touch: Touch) -> bool:
    return touch.is_new and bool(touch.labels & {"Coding", "Excerpt"})


def _state(tx: Transaction, memory: _Memory) -> _State:
    (all_of_them,) = tx.run("books/how_many")
    (counted,) = tx.run("books/counted")
    (latest,) = tx.run("books/since", since=memory.since)
    lately = frozenset(latest["changes"])
    unknown = sorted(lately - memory.touched.keys())
    if unknown and len(lately) <= MOST_CHANGES:
        (told,) = tx.run("books/touched", ids=unknown)
        memory.touched |= _touches(told["changes"])
    return _State(all_of_them["changes"] - len(lately), lately, counted["counted"])


def _touches(changes: Iterable[Any]) -> Mapping[str, tuple[Touch, ...]]:
    """What each change touched; one that touched a record which is gone is known to touch nothing,
    so that it counts for everything."""
    found = {}
    for change, listed in changes:
        whole_of_it = all(record is not None for record, *_ in listed)
        found[change] = tuple(
            Touch(record, frozenset(labels), rev, frozenset(on or ()), rested)
            for record, labels, rev, on, rested in (listed if whole_of_it else ())
        )
    return found


def _sees(actor: Actor) -> Hashable:
    """What the actor may see, by which answers are kept apart."""
    places = (*actor.visible_places, None, *actor.quoted_places, None, *actor.named_places)
    return (*places, None, *actor.unnamed)
