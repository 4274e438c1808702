"""How a casebook is: where it stands, what serves it, what it holds, and what is wrong with it."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cmo.domain.kinds import KINDS
from cmo.errors import CmoError
from cmo.graph import local
from cmo.graph.address import Address, Folder, find_address
from cmo.graph.connect import open_graph
from cmo.graph.graph import Graph
from cmo.graph.schema import migrations, require_known

LEAST_FREE = 256 * 1024 * 1024
"""Fewer free bytes than this on the disk of a local casebook are a problem."""


@dataclass(frozen=True)
class Problem:
    """Something that is not well, and what to do."""

    wrong: str
    next_step: str


@dataclass
class Health:
    """How a casebook is.

    What could not be learnt is None or empty: `answers` is None for a local engine that does not
    run, which is no problem (the next command starts it). `counts` maps kinds of record, and
    Change, to how many there are; `roles` are the actor's own, as (role, place). Bytes are bytes.
    """

    place: str
    engine: str
    engine_version: str | None = None
    answers: bool | None = None
    schema: int | None = None
    schema_here: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    users: tuple[str, ...] = ()
    actor: str | None = None
    roles: tuple[tuple[str, str], ...] = ()
    local_engine: local.EngineStatus | None = None
    free_bytes: int | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def health(
    place: Address | str | None = None, *, user: str | None = None, password: str | None = None
) -> Health:
    """How the casebook at that place is (None: the usual one), and what `user` may do in it.

    It never raises for a casebook that cannot be opened: the reason stands among the problems. It
    starts no engine and changes nothing.
    """
    address = find_address(place) if place is None or isinstance(place, str) else place
    found = Health(str(address), "local engine" if isinstance(address, Folder) else "Neo4j")
    found.schema_here = max(m.version for m in migrations())
    try:
        if isinstance(address, Folder):
            _look_at_folder(found, address.path)
            if found.local_engine is None or not found.local_engine.running:
                return found
        graph = open_graph(address, password=password)
    except CmoError as error:
        _note(found, error)
        return found
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _note(
            found,
            CmoError(
                f"{address}: {reason}.",
                "Nothing was looked at.",
                "Name another folder with --casebook.",
            ),
        )
        return found
    try:
        _look_at_graph(found, graph, user or os.environ.get("CMO_USER"))
    except CmoError as error:
        _note(found, error)
    finally:
        graph.close()
    return found


def _note(found: Health, error: CmoError) -> None:
    found.answers = False if found.answers is None else found.answers
    found.problems.append(Problem(error.wrong, error.next_step))


def _note_missing(found: Health, wrong: str) -> None:
    next_step = "`cmo init` makes one there, `cmo demo` shows one; --casebook names another."
    found.problems.append(Problem(wrong, next_step))


def _look_at_folder(found: Health, folder: Path) -> None:
    around = folder
    while not os.path.lexists(around) and around != around.parent:
        around = around.parent
    found.free_bytes = shutil.disk_usage(around).free
    if found.free_bytes < LEAST_FREE:
        wrong = f"The disk of {folder} has only {found.free_bytes // 2**20} MiB left."
        found.problems.append(Problem(wrong, "Make room."))
    if not os.path.lexists(folder):
        _note_missing(found, f"There is no casebook at {folder}.")
        if not os.access(around, os.W_OK | os.X_OK):
            wrong = f"{folder} does not exist, and {around} cannot be written by this account."
            found.problems.append(Problem(wrong, "Name another folder with --casebook."))
        return
    if folder.is_dir() and not any(folder.iterdir()):
        _note_missing(found, f"There is no casebook at {folder}: the folder is empty.")
    else:
        local.require_casebook(folder)
    found.local_engine = local.status(folder)
    found.engine_version = found.local_engine.engine_version
    if found.engine_version is None:
        wrong = "The local engine (arcadedb-embedded) is not installed."
        found.problems.append(Problem(wrong, "Install it, or use a Neo4j server's address."))
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        wrong = f"{folder} cannot be read and written by this account."
        found.problems.append(Problem(wrong, "Give yourself the right to, or name another folder."))
    for path, mode in ((folder, 0o700), (folder / "engine.password", 0o600)):
        if os.name == "posix" and path.exists() and stat.S_IMODE(path.stat().st_mode) & ~mode:
            wrong = f"Other accounts of this computer can look into {path}."
            found.problems.append(Problem(wrong, f"chmod {mode:o} {path}"))
    fault = local.find_fault(folder)
    if fault is not None:
        found.problems.append(Problem(fault.wrong, fault.next_step))


def _look_at_graph(found: Health, graph: Graph, user: str | None) -> None:
    graph.check()
    found.answers = True
    if found.local_engine is None:
        found.engine_version = graph.agent()
    applied = graph.read(lambda tx: tx.run("schema/versions"))
    if not applied:
        _note_missing(found, f"There is no casebook at {found.place}.")
    found.schema = max((row["version"] for row in applied if row["applied_at"]), default=0)
    require_known(graph)
    rows = graph.read(lambda tx: tx.run("check/kinds"))
    found.counts = {r["label"]: r["nodes"] for r in rows if r["label"] in {*KINDS, "Change"}}
    everybody = graph.read(lambda tx: tx.run("people/users"))
    found.users = tuple(row["display_name"] for row in everybody)
    mine = [row for row in everybody if user in (row["subject"], row["display_name"], row["id"])]
    if len(mine) == 1:
        found.actor = mine[0]["display_name"]
        found.roles = tuple((r["role"], r["place"]) for r in mine[0]["roles"])
    for mark in graph.read(lambda tx: tx.run("export/restoring")):
        wrong = f"It is being restored from {mark['file']}, or that was broken off."
        found.problems.append(
            Problem(wrong, "If nobody is at it, run `cmo restore` with that file again.")
        )
