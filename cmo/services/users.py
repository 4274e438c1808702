"""Users of a casebook and their roles; data stewards keep them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from cmo.domain.fields import Tie
from cmo.domain.people import User
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Role
from cmo.errors import AlreadyThere, InvalidInput, NotFound, Refused
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.casebook import FIRST_USER
from cmo.services.reading import get_record
from cmo.services.writing import commit


def list_users(graph: Graph, actor: Actor) -> list[Row]:
    """Everybody who works on the casebook, first made first: id, subject, display_name, synthetic,
    created_at and roles ({role, place, place_id})."""
    del actor  # whoever works in a casebook knows who else does
    return graph.read(lambda tx: tx.run("people/users"))


def find_user(graph: Graph, actor: Actor, reference: str) -> str:
    """The id of the user of that id or name, what they sign in with before how they are shown.
    Raises NotFound with everybody there is."""
    rows = list_users(graph, actor)
    for name in ("id", "subject", "display_name"):
        found = [row["id"] for row in rows if row[name] == reference]
        if len(found) == 1:
            return str(found[0])
    raise NotFound(
        f"No user of this casebook is called {reference}.",
        "Nothing was changed.",
        "`cmo user list` lists them; `cmo user add` adds one.",
        candidates=tuple((row["subject"], row["display_name"]) for row in rows),
    )


def add_user(
    graph: Graph,
    actor: Actor,
    subject: str,
    display_name: str | None = None,
    *,
    roles: Iterable[tuple[Role, str]] = (),
    why: str | None = None,
) -> Done:
    """Adds somebody who signs in as `subject`, with roles at programmes or projects (their ids).

    Raises AlreadyThere for a subject that is taken, also by a retired user; NotAllowed unless the
    actor is a data steward there.
    """
    named = subject.strip()
    user = User(
        id=str(uuid.uuid5(FIRST_USER, named)),
        subject=named,
        display_name=(display_name or named).strip(),
        roles=tuple(_tie(role, place) for role, place in roles),
    )

    def before(tx: Transaction) -> None:
        taken = tx.run("record/get", ids=[user.id])
        if taken or any(row["subject"] == named for row in tx.run("people/users")):
            raise AlreadyThere(
                f"There is a user {named} already.",
                "Nobody was added.",
                "Give them a role instead, or reinstate them if they were retired.",
            )

    return commit(graph, actor, Act("record", why, (user,), before=before))


def give_role(
    graph: Graph, actor: Actor, user: str, role: Role, place: str, *, why: str | None = None
) -> Done:
    """Gives a user (an id) a role at a programme or project (an id).

    Raises AlreadyThere where they have it; NotAllowed unless the actor is a data steward there.
    """
    held = _user(graph, actor, user)
    tie = _tie(role, place)
    if tie in held.fields["roles"]:
        raise AlreadyThere(
            f"{held.name} has that role there already.",
            "Nothing was changed.",
            "See `cmo user list`.",
        )
    return _edit(graph, actor, held, (*held.fields["roles"], tie), "give role", why)


def take_role(
    graph: Graph, actor: Actor, user: str, role: Role, place: str, *, why: str | None = None
) -> Done:
    """Takes a role at a programme or project (an id) from a user (an id).

    Raises NotFound where they do not have it; Refused where a programme would be left without data
    steward; NotAllowed unless the actor is one there.
    """
    held = _user(graph, actor, user)
    tie = _tie(role, place)
    if tie not in held.fields["roles"]:
        raise NotFound(
            f"{held.name} does not have that role there.",
            "Nothing was changed.",
            "See `cmo user list`.",
        )
    left = tuple(t for t in held.fields["roles"] if t != tie)
    return _edit(graph, actor, held, left, "take role", why)


def _user(graph: Graph, actor: Actor, user: str) -> Stored:
    held = get_record(graph, actor, user)
    if held.kind is not User:
        raise InvalidInput(
            f"{held.code or held.name} is not a user.",
            "Nothing was changed.",
            "See `cmo user list`.",
        )
    return held


def _tie(role: Role, place: str) -> Tie:
    return Tie(place, (("role", str(Role(role))),))


def _edit(
    graph: Graph, actor: Actor, held: Stored, roles: tuple[Tie, ...], action: str, why: str | None
) -> Done:
    kept = {t.to for t in roles if t.get("role") == Role.DATA_STEWARD}
    lost = {t.to for t in held.fields["roles"] if t.get("role") == Role.DATA_STEWARD} - kept

    def before(tx: Transaction) -> None:
        places = tx.run("record/get", ids=sorted(lost))
        for programme in (p["props"]["id"] for p in places if "Programme" in p["labels"]):
            tx.run("record/lock", id=programme)
            if not tx.run("people/other_stewards", programme=programme, user=held.id):
                raise Refused(
                    f"{held.name} is the only data steward of that programme.",
                    "Nothing was changed.",
                    "Give somebody else the role first.",
                )

    edit = Edit(held.id, {"roles": roles}, held.rev)
    return commit(graph, actor, Act(action, why, edits=(edit,), before=before))
