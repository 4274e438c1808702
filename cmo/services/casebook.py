"""An open casebook, and who works in it."""

from __future__ import annotations

import getpass
import os
import uuid
from types import TracebackType
from typing import Self

from cmo.domain.clock import now, text_of
from cmo.domain.people import User
from cmo.domain.record import values
from cmo.domain.stored import node_properties
from cmo.errors import CasebookUnusable, InvalidInput, NotFound
from cmo.graph.address import Address, Folder, find_address
from cmo.graph.connect import Progress, open_graph
from cmo.graph.graph import Graph, Row, Transaction
from cmo.graph.schema import migrate
from cmo.services.actor import Actor, load_actor
from cmo.services.acts import Act
from cmo.services.changes import Touched, append

FIRST_USER = uuid.UUID("5d5a3d9c-6f0e-5c51-9d0e-6a3c2b1f7e40")
"""Names the space of ids of users who are made when a casebook is opened for the first time."""


class Casebook:
    """A casebook that is open: a graph whose schema is up to date.

    Use it in a `with` block, or call `close`.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @property
    def place(self) -> Address:
        """Where it stands."""
        return self.graph.place

    def actor(self, name: str | None = None) -> Actor:
        """The user of that name (subject, display name or id), with their roles.

        Without a name it is CMO_USER, else whoever is logged in to this computer; if the casebook
        has no user yet, they become its first. Raises NotFound, naming the users there are.
        """
        return find_actor(self.graph, name)

    def holds(self, change: str) -> bool:
        """Whether a change of that id is in the books."""
        return bool(self.graph.read(lambda tx: tx.run("books/known", id=change)))

    def close(self) -> None:
        """Closes the connection and gives a local engine back."""
        self.graph.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_casebook(
    place: Address | str | None = None,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    make: bool = True,
) -> Casebook:
    """Opens the casebook at a folder or address, making it if it is new.

    Without a place it is CMO_CASEBOOK, else the default folder. Raises CasebookUnusable, also for
    a database that holds something else; NotFound without `make` where there is no casebook yet.
    """
    address = find_address(place) if place is None or isinstance(place, str) else place
    graph = open_graph(address, password=password, progress=progress)
    try:
        if not graph.read(lambda tx: tx.run("schema/versions")):
            _refuse_other_data(graph)
            if not make:
                raise no_casebook(address)
        migrate(graph)
    except BaseException:
        graph.close()
        raise
    return Casebook(graph)


def _refuse_other_data(graph: Graph) -> None:
    (row,) = graph.read(lambda tx: tx.run("schema/nodes"))
    if row["nodes"]:
        raise CasebookUnusable(
            f"{graph.place} is not a casebook and holds other data ({row['nodes']:,} nodes).",
            "Nothing was made there; what it holds is untouched.",
            "Use an empty database: another server, or another CMO_NEO4J_DATABASE.",
        )


def no_casebook(place: Address) -> NotFound:
    """The refusal of a place where no casebook stands yet."""
    return NotFound(
        f"There is no casebook at {place}.",
        "Nothing was done.",
        "`cmo init` makes one there, `cmo demo` shows one; --casebook names another.",
    )


def require_casebook(place: Address) -> None:
    """Raises NotFound for a folder that holds nothing: a mistyped or lost one must not become a
    new, empty casebook. A server is asked when it is opened."""
    if not isinstance(place, Folder):
        return
    try:
        missing = not place.path.exists() or not any(place.path.iterdir())
    except OSError:
        return  # what opens it says better what is wrong
    if missing:
        raise no_casebook(place)


def find_actor(graph: Graph, name: str | None) -> Actor:
    """The actor of that name; see Casebook.actor."""
    wanted = name or os.environ.get("CMO_USER") or _login()
    if graph.read(lambda tx: tx.run("export/restoring")):
        raise being_restored(graph)
    users = graph.read(lambda tx: tx.run("people/by_name", name=wanted))
    if not users:
        users = [_first_user(graph, wanted)]
    if len({u["id"] for u in users}) > 1 and users[0]["subject"] != wanted:
        raise InvalidInput(
            f"Several users are called {wanted}.",
            "Nothing was done.",
            "Say which one by what they sign in with.",
        )
    row = users[0]
    return graph.read(lambda tx: load_actor(tx, row))


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "evaluator"


def _first_user(graph: Graph, name: str) -> dict[str, str]:
    record_id = str(uuid.uuid5(FIRST_USER, name))
    user = User(id=record_id, subject=name, display_name=name)
    at = text_of(now())
    act = Act("record", why="first user of the casebook")

    def work(tx: Transaction) -> None:
        (row,) = tx.run("export/wait_for_restore")
        if row["restoring"]:
            raise being_restored(graph)
        if tx.run("people/by_name", name=name):
            return
        everybody = tx.run("people/users")
        if everybody or tx.run("record/get", ids=[record_id]):
            raise _stranger(name, everybody)
        kept = {"id": record_id, "rev": 1, "created_at": at, "created_by": record_id}
        tx.run("create/user", rows=[node_properties(User, values(user)) | kept])
        append(tx, act, record_id, at, [Touched(record_id, 1, None, values(user))])

    graph.write(work)
    return {"id": record_id, "subject": name, "display_name": name}


def _stranger(name: str, everybody: list[Row]) -> NotFound:
    return NotFound(
        f"No user of this casebook is called {name}.",
        "Nothing was done.",
        "Say who you are with --as NAME or CMO_USER, or let a data steward add you with "
        "`cmo user add`.",
        candidates=tuple((u["subject"], u["display_name"]) for u in everybody),
    )


def being_restored(graph: Graph) -> CasebookUnusable:
    """A casebook into which a backup is being restored, or was not restored whole."""
    (mark, *_) = graph.read(lambda tx: tx.run("export/restoring")) or [{"file": "a backup"}]
    return CasebookUnusable(
        f"{graph.place} is being restored from {mark['file']}, or that was broken off.",
        "Nothing was done.",
        "Wait until it is done; if nobody is at it, run `cmo restore` with that file again, which "
        "begins anew.",
    )
