"""Merging factors that mean one thing, reversibly: an alias stands for the factor that is kept."""

from __future__ import annotations

from cmo.domain.clock import now, text_of
from cmo.domain.fields import Tie
from cmo.domain.stored import Stored
from cmo.domain.theory import Factor
from cmo.domain.vocabulary import Origin
from cmo.errors import AlreadyThere, InvalidInput, NotFound
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.reading import get_record, get_records
from cmo.services.writing import commit


def merge(
    graph: Graph,
    actor: Actor,
    alias: str,
    kept: str,
    why: str,
    *,
    origin: Origin = Origin.OURS,
) -> Done:
    """Makes one factor (an id) stand for another, with the reason; both keep what rests on them.

    An alias of another factor is pointed here instead, and so is what stood for the alias: the
    depth is one. It takes an evaluator. Raises InvalidInput where the kept factor is an alias
    itself or where the two share no role, and AlreadyThere where the merge stands.
    """
    if not why.strip():
        raise InvalidInput(
            "A merge needs its reason.", "Nothing was merged.", "Say why.", field_name="why"
        )
    named, target = _factors(graph, actor, alias, kept)
    stands_for = _active(target)
    if stands_for is not None:
        raise InvalidInput(
            f"{target.code} stands for another factor itself.",
            "Nothing was merged.",
            f"Merge into {get_record(graph, actor, stands_for.to).code} instead.",
        )
    roles = set(named.fields["roles"]), set(target.fields["roles"])
    if all(roles) and not roles[0] & roles[1]:
        told = [" and ".join(sorted(str(r).lower() for r in of)) for of in roles]
        raise InvalidInput(
            f"{named.code} is a {told[0]} and {target.code} a {told[1]}: not one thing.",
            "Nothing was merged.",
            f"If it is both, give {target.code} the role first (`cmo edit`).",
        )
    held = _active(named)
    if held is not None and held.to == kept:
        raise AlreadyThere(
            f"{named.code} stands for {target.code} already.",
            "Nothing was changed.",
            "`cmo query theory/merges` lists the merges.",
        )
    at = text_of(now())
    fresh = Tie(kept, (("at", at), ("why", why), ("origin", str(origin))))
    pointed_here = [s for s in _aliases(graph, actor, alias) if s.id != kept]
    edits = tuple(
        Edit(s.id, {"same_as": (*_ended(s, at), fresh)}, s.rev) for s in (named, *pointed_here)
    )
    return commit(graph, actor, Act("merge", why, edits=edits))


def unmerge(graph: Graph, actor: Actor, alias: str, why: str | None = None) -> Done:
    """Takes a merge back: the factor (an id) stands for itself again; that it was merged is kept.

    Raises NotFound where it stands for no other.
    """
    (named,) = _factors(graph, actor, alias)
    if _active(named) is None:
        raise NotFound(
            f"{named.code} stands for no other factor.",
            "Nothing was changed.",
            "`cmo query theory/merges` lists the merges.",
        )
    edit = Edit(alias, {"same_as": _ended(named, text_of(now()))}, named.rev)
    return commit(graph, actor, Act("unmerge", why, edits=(edit,)))


def _factors(graph: Graph, actor: Actor, *ids: str) -> list[Stored]:
    found = get_records(graph, actor, list(ids))
    for held in found:
        if held.kind is not Factor:
            raise InvalidInput(
                f"{held.code or held.name} is not a factor.",
                "Nothing was changed.",
                "Only factors are merged.",
            )
    return found


def _aliases(graph: Graph, actor: Actor, kept: str) -> list[Stored]:
    rows = graph.read(lambda tx: tx.run("rules/aliases_of", id=kept))
    return get_records(graph, actor, [row["id"] for row in rows]) if rows else []


def _active(factor: Stored) -> Tie | None:
    return next((t for t in factor.fields["same_as"] if t.get("undone_at") is None), None)


def _ended(factor: Stored, at: str) -> tuple[Tie, ...]:
    return tuple(
        tie if tie.get("undone_at") else Tie(tie.to, (*tie.carries, ("undone_at", at)))
        for tie in factor.fields["same_as"]
    )
