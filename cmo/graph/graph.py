"""An open graph: the one door for reads and writes, on either engine."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from cmo.errors import InvalidInput
from cmo.graph import failures
from cmo.graph.address import Address
from cmo.graph.driver import neo4j
from cmo.graph.line import Connection, Line
from cmo.graph.queries import Query, get_query
from cmo.graph.tries import Tries

T = TypeVar("T")
Row = dict[str, Any]


class Transaction:
    """A managed transaction in which named queries run."""

    def __init__(self, inner: neo4j.ManagedTransaction) -> None:
        self._inner = inner

    def run(self, name: str, /, **params: Any) -> list[Row]:
        """The rows that the query of that name returns, in its order.

        Optional parameters that are left out are null. Raises NotFound for a name that does not
        exist.
        """
        return self.run_query(get_query(name), params)

    def run_query(self, query: Query, params: Mapping[str, Any]) -> list[Row]:
        """The rows that a query returns."""
        given = {p.name: None for p in query.parameters if p.optional} | dict(params)
        try:
            found = self._inner.run(query.text, given)
            names = found.keys()  # dict(record) seeks each of them anew in each row
            return [dict(zip(names, record, strict=True)) for record in found]
        except UnicodeEncodeError:
            raise InvalidInput(
                "A text holds half a character (a lone surrogate), which cannot be stored or "
                "looked for.",
                "Nothing was done.",
                "Type or paste it again.",
            ) from None

    def run_statement(self, text: str) -> None:
        """Runs one statement of a migration file."""
        self._inner.run(text).consume()


class Graph:
    """A connected casebook graph; any number of threads may use it at once.

    `connect` is called at the start, and again when the engine went away in the middle: a local
    engine is then started anew. Every unit of work is one managed transaction and safe to run
    twice.
    """

    def __init__(self, place: Address, connect: Callable[[], Connection]) -> None:
        self.place = place
        self._connect = connect
        self._counting = threading.Lock()  # for _line, and for how many use it
        self._opening = threading.Lock()  # one thread opens, the others wait for it
        self._line = Line(connect())
        self.times_reached = 1
        """How often the engine was reached: it went away, and was reached again, one time less."""
        self.writes = 0
        """How often this program wrote or tried to: what was read before may be out of date."""
        self._turn: AbstractContextManager[Any] = (
            threading.RLock() if self._line.connection.one_writer else contextlib.nullcontext()
        )

    @property
    def connection(self) -> Connection:
        """The connection as it is now."""
        return self._line.connection

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns, run in a read transaction (again, if the engine asks for it)."""
        return self._run(neo4j.READ_ACCESS, work)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns, run in one write transaction: all of it is stored, or nothing.

        `work` may run more than once and must be safe to run after it was stored already.
        """
        with self._turn:
            try:
                return self._run(neo4j.WRITE_ACCESS, work)
            finally:
                with self._counting:
                    self.writes += 1

    def run_schema(self, text: str) -> None:
        """Runs a schema statement in a transaction of its own."""
        self.write(lambda tx: tx.run_statement(text))

    def check(self) -> None:
        """Asks the engine to answer; raises the error of ours that says why it does not."""
        try:
            self._line.driver.verify_connectivity()
        except failures.EXPLAINED as error:
            raise failures.explain(error, self.place, "open") from error

    def agent(self) -> str:
        """The name and version by which the engine introduces itself."""
        try:
            return str(self._line.driver.get_server_info().agent)
        except failures.EXPLAINED as error:
            raise failures.explain(error, self.place, "open") from error

    def close(self) -> None:
        """Closes the driver and gives the engine back."""
        self._line.close()

    def _run(self, access: str, work: Callable[[Transaction], T]) -> T:
        tries = Tries(self.place, "write" if access == neo4j.WRITE_ACCESS else "read")
        while True:
            with self._in_use() as line:
                try:
                    return _once(line, access, work)
                except failures.EXPLAINED as error:
                    tries.pause_or_raise(error, line.connection)
                    is_dead = isinstance(error, failures.GONE)
            if is_dead:
                self._replace(line)

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[Line]:
        with self._counting:
            line = self._line
            line.users += 1
        try:
            yield line
        finally:
            with self._counting:
                line.users -= 1
                unused = line is not self._line and not line.users
            if unused:
                line.close()

    def _replace(self, dead: Line) -> None:
        """Replaces a line that went dead, unless another thread did so meanwhile."""
        with self._opening:
            if self._line is not dead:
                return
            fresh = Line(self._connect())
            with self._counting:
                self._line = fresh
                self.times_reached += 1
                unused = not dead.users
            if unused:
                dead.close()


def _once(line: Line, access: str, work: Callable[[Transaction], T]) -> T:
    with line.driver.session(
        database=line.connection.database, bookmark_manager=line.bookmarks
    ) as session:
        run = session.execute_write if access == neo4j.WRITE_ACCESS else session.execute_read
        return run(lambda inner: work(Transaction(inner)))
