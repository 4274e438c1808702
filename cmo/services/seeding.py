"""Loading the casebooks that ship: HIPP, and the fictional Practice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cmo.domain.case import Programme
from cmo.domain.record import Record
from cmo.errors import NotFound
from cmo.exchange.seeds import planted, read_seed, seed_id, seed_names
from cmo.graph.graph import Graph
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.acts import Act
from cmo.services.writing import commit

Progress = Callable[[str], None]

__all__ = ["SeedReport", "planted", "seed", "seed_id", "seed_names"]


@dataclass(frozen=True)
class SeedReport:
    """What loading did: how many records were added and how many stood there unchanged; `kept`
    names, as (code or id, name), those that somebody has changed or retired and that were left
    as they are."""

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
    records = read_seed(name).records
    ids = [str(r.id) for r in records]
    there = {row["id"]: row for row in graph.read(lambda tx: tx.run("record/touched", ids=ids))}
    new = [r for r in records if r.id not in there]
    if new:
        if progress:
            progress(f"Recording {len(new)} records of {name} …")
        completed = recording.completed(graph, actor, tuple(new))
        founders = recording.founders(graph, actor, completed)
        why = f"loaded with the program: {name}"
        commit(graph, actor, Act("seed", why, completed, founders, separately=True))
    kept = tuple(
        (there[str(r.id)]["code"] or str(r.id), _name(r))
        for r in records
        if there.get(str(r.id), {}).get("changed")
    )
    return SeedReport(name, len(new), len(there) - len(kept), kept)


def programme_of(name: str) -> str:
    """The id of a shipped casebook's programme."""
    return next(str(r.id) for r in read_seed(name).records if isinstance(r, Programme))


def _name(record: Record) -> str:
    return str(getattr(record, type(record).name_field) or type(record).node_label)
