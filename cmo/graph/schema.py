"""Bringing a casebook's schema up to date: each migration once, in order, under a claim."""

from __future__ import annotations

import hashlib
import re
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cmo import shipped
from cmo.domain.clock import now, text_of
from cmo.errors import CasebookUnusable, SchemaMismatch
from cmo.graph.graph import Graph, Transaction

STALE = timedelta(seconds=30)
"""After this long a claim is taken over: its client was killed."""
PATIENCE = 60.0
"""Seconds for which a client waits for another one that applies a migration."""

_FILE = re.compile(r"V(\d{4})__([a-z0-9_]+)\.cypher")
_FULL_TEXT = re.compile(r"\s*CREATE FULLTEXT INDEX (\w+) ")
_SCHEMA_STATEMENT = re.compile(r"\s*(CREATE|DROP)\s+(CONSTRAINT|INDEX|RANGE|TEXT|POINT|FULLTEXT)\b")


@dataclass(frozen=True)
class Migration:
    """One file under cypher/schema; `statements` are separated by semicolons at line ends."""

    version: int
    name: str
    checksum: str
    statements: tuple[str, ...]


def migrations() -> tuple[Migration, ...]:
    """The migrations that ship with the program, in order."""
    found = []
    for path in sorted((shipped.folder("cypher") / "schema").glob("*.cypher")):
        match = _FILE.fullmatch(path.name)
        if match is None:
            raise SchemaMismatch(
                f"cypher/schema/{path.name} is not named V0000__what_it_does.cypher.",
                "Nothing was opened.",
                "Rename it or take it away.",
            )
        text = path.read_text(encoding="utf-8")
        code = "\n".join(x for x in text.splitlines() if not x.startswith("//"))
        statements = tuple(s.strip() for s in re.split(r";\s*(?:\n|$)", code) if s.strip())
        checksum = hashlib.sha256(text.encode()).hexdigest()
        found.append(Migration(int(match[1]), match[2], checksum, statements))
    return tuple(found)


def migrate(
    graph: Graph,
    known: tuple[Migration, ...] | None = None,
    *,
    stale: timedelta = STALE,
    patience: float = PATIENCE,
) -> int:
    """Applies what is missing and returns how many migrations that were; 0 most of the time.

    A claim older than `stale` is taken over; a younger one of another client is waited for, at most
    `patience` seconds. Raises CasebookUnusable when that was not enough, and SchemaMismatch when a
    recorded migration was edited or is missing here, or when the casebook comes from a newer
    version of the program.
    """
    known = migrations() if known is None else known
    recorded = {row["version"]: row for row in graph.read(lambda tx: tx.run("schema/versions"))}
    _compare(graph, recorded, known)
    waiting = [m for m in known if not recorded.get(m.version, {}).get("applied_at")]
    if not waiting:
        return 0
    graph.write(lambda tx: tx.run("schema/constrain"))
    client = uuid.uuid4().hex
    for migration in waiting:
        _apply(graph, migration, client, stale, patience)
    return len(waiting)


def require_known(graph: Graph) -> None:
    """Raises SchemaMismatch as `migrate` does; applies nothing."""
    recorded = {row["version"]: row for row in graph.read(lambda tx: tx.run("schema/versions"))}
    _compare(graph, recorded, migrations())


def _compare(
    graph: Graph, recorded: dict[Any, dict[str, Any]], known: tuple[Migration, ...]
) -> None:
    here = {m.version: m for m in known}
    for version, row in recorded.items():
        if not isinstance(version, int):
            raise CasebookUnusable(
                f"What the casebook at {graph.place} says of itself cannot be read: its files are "
                "damaged.",
                "Nothing was opened or changed.",
                "Restore a backup into a new casebook: `cmo restore FILE --casebook FOLDER`.",
            )
        title = f"V{version:04d}__{row['name']}"
        if version not in here:
            newer = version > max(here, default=0)
            raise SchemaMismatch(
                f"The casebook at {graph.place} has the migration {title}, which this program does "
                "not know.",
                "Nothing was opened or changed.",
                "It comes from a newer version: install that one."
                if newer
                else "The file is missing here: install cmo-casebook again.",
            )
        if row["applied_at"] and row["checksum"] != here[version].checksum:
            raise SchemaMismatch(
                f"The migration {title} was edited after it was applied to {graph.place}.",
                "Nothing was opened or changed.",
                "Put the file back as it was, and make a new migration for the change.",
            )


def _apply(
    graph: Graph, migration: Migration, client: str, stale: timedelta, patience: float
) -> None:
    deadline = time.monotonic() + patience
    while True:
        claim = graph.write(lambda tx: _claim(tx, migration, client, stale))
        if claim["applied"]:
            return
        if claim["mine"]:
            _carry_out(graph, migration, client, stale)
        elif time.monotonic() >= deadline:
            raise CasebookUnusable(
                f"Another client has been bringing {graph.place} up to date for too long.",
                "Nothing was opened.",
                "Try again in a moment.",
            )
        else:
            time.sleep(0.1)


def _carry_out(graph: Graph, migration: Migration, client: str, stale: timedelta) -> None:
    schema = [s for s in migration.statements if _SCHEMA_STATEMENT.match(s)]
    data = [s for s in migration.statements if not _SCHEMA_STATEMENT.match(s)]
    for statement in schema:
        make(graph, statement)

    def finish(tx: Transaction) -> None:
        claim = _claim(tx, migration, client, stale)
        if claim["applied"] or not claim["mine"]:
            return
        for statement in data:
            tx.run_statement(statement)
        tx.run("schema/applied", version=migration.version, now=text_of(now()))

    graph.write(finish)


def make(graph: Graph, statement: str) -> None:
    """Makes the constraint or index of a migration's statement; a second time it changes nothing.

    A full-text index is waited for until it is built. The local engine made its own when it
    started; raises CasebookUnusable where an earlier version started it.
    """
    full_text = _FULL_TEXT.match(statement)
    if full_text is None or not graph.connection.makes_full_text:
        graph.run_schema(statement)
    if full_text is not None:
        _wait_for(graph, full_text[1])


def _wait_for(graph: Graph, name: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        states = {r["name"]: r["state"] for r in graph.read(lambda tx: tx.run("schema/full_text"))}
        if states.get(name) == "ONLINE":
            return
        if name not in states:
            raise CasebookUnusable(
                f"The engine of {graph.place} was started by an earlier version of this program.",
                "Nothing was opened.",
                "Close every program that uses the casebook, wait a minute, and try again.",
            )
        if time.monotonic() >= deadline:
            raise CasebookUnusable(
                f"The index by which {graph.place} is searched takes long to build.",
                "Nothing was opened; the engine goes on building it.",
                "Try again in some minutes.",
            )
        time.sleep(0.1)


def _claim(tx: Transaction, migration: Migration, client: str, stale: timedelta) -> dict[str, bool]:
    moment = now()
    (row,) = tx.run(
        "schema/claim",
        version=migration.version,
        name=migration.name,
        checksum=migration.checksum,
        client=client,
        now=text_of(moment),
        stale=text_of(moment - stale),
    )
    return row
