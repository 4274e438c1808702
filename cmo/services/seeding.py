"""Loading the casebooks that ship: HIPP, and the fictional Practice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from cmo.domain.case import Programme
from cmo.domain.record import Record, values
from cmo.domain.stored import Stored
from cmo.domain.validate import check_fields
from cmo.errors import AlreadyThere, EditConflict, NotFound
from cmo.exchange.seeds import planted, read_seed, seed_id, seed_names
from cmo.graph.graph import Graph
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.acts import Act
from cmo.services.reading import get_records
from cmo.services.writing import commit

Progress = Callable[[str], None]

TRIES = 3
"""How often loading is begun when somebody else loads the same meanwhile."""

__all__ = ["SeedReport", "planted", "seed", "seed_id", "seed_names"]


@dataclass(frozen=True)
class SeedReport:
    """What loading did: how many records were added and how many stood there unchanged; `kept`
    names, as (code or id, name), those that say something else now or are retired, and that were
    left as they are."""

    name: str
    added: int
    unchanged: int
    kept: tuple[tuple[str, str], ...]


def seed(graph: Graph, actor: Actor, name: str, progress: Progress | None = None) -> SeedReport:
    """Loads a shipped casebook, all of it or nothing; what is there already is left as it is.

    Whoever loads a programme becomes its evaluator and data steward. Raises NotFound for a name
    that does not ship.
    """
    if name not in seed_names():
        raise NotFound(
            f"No casebook called {name} ships with the program.",
            "Nothing was loaded.",
            f"There are {', '.join(seed_names())}.",
        )
    if progress:
        progress(f"Reading {name} …")
    for _ in range(TRIES - 1):
        with suppress(AlreadyThere, EditConflict):  # somebody loads it too: look what is there now
            return _load(graph, actor, name, progress)
    return _load(graph, actor, name, progress)


def _load(graph: Graph, actor: Actor, name: str, progress: Progress | None) -> SeedReport:
    records = read_seed(name).records
    ids = [str(r.id) for r in records]
    there = {row["id"]: row for row in graph.read(lambda tx: tx.run("record/touched", ids=ids))}
    new = [r for r in records if r.id not in there]
    if new:
        if progress:
            many = "record" if len(new) == 1 else "records"
            progress(f"Recording {len(new):,} {many} of {name} …")
        completed = recording.completed(graph, actor, tuple(new))
        founders = recording.founders(graph, actor, completed)
        why = f"loaded with the program: {name}"
        commit(graph, actor, Act("seed", why, completed, founders, separately=True))
    touched = [r for r in records if there.get(str(r.id), {}).get("changed")]
    held = get_records(graph, actor, [str(r.id) for r in touched])
    kept = tuple(
        (stored.code or stored.id, _name(shipped))
        for shipped, stored in zip(touched, held, strict=True)
        if _differs(shipped, stored)
    )
    return SeedReport(name, len(new), len(there) - len(kept), kept)


def programme_of(name: str) -> str:
    """The id of a shipped casebook's programme."""
    return next(str(r.id) for r in read_seed(name).records if isinstance(r, Programme))


def _differs(shipped: Record, held: Stored) -> bool:
    """Whether a stored record no longer says what was shipped, or is retired."""
    fields = check_fields(type(shipped), values(shipped))
    return held.retired_at is not None or any(
        _comparable(value) != _comparable(held.fields[name])
        for name, value in fields.items()
        if value not in (None, ())
    )


def _comparable(value: object) -> object:
    """References without an order of their own compare as sets."""
    return frozenset(value) if isinstance(value, tuple) else value


def _name(record: Record) -> str:
    return str(getattr(record, type(record).name_field) or type(record).node_label)
