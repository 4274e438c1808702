"""Rules of factors, configurations, links, theories and their revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cmo.errors import AlreadyThere, InvalidInput
from cmo.graph.graph import Transaction
from cmo.services.rules.written import Written, refuse


def factors(tx: Transaction, written: list[Written]) -> None:
    """Sets, families and merges fit the roles of factors; nothing is a kind of itself."""
    for row in tx.run("rules/set_roles", ids=[one.id for one in written]):
        raise _untyped(row)
    families = [one.id for one in written if one.fields["kind_of"] and one.sets("kind_of")]
    families += [one.id for one in written if one.id not in families and one.sets("roles")]
    if families:
        for row in tx.run("rules/family_roles", ids=families):
            raise refuse(
                f"Factor: it shares no role with “{row['broader']}”.",
                "A family joins contexts with contexts, mechanisms with mechanisms, outcomes with "
                "outcomes.",
                "kind_of",
            )
        if tx.run("rules/family_cycles", ids=families):
            raise refuse(
                "Factor: it would be a kind of itself.", "Leave one of the steps out.", "kind_of"
            )
    merges = [one.id for one in written if one.fields["same_as"] and one.sets("same_as")]
    if merges and tx.run("rules/merge_depth", ids=merges):
        raise refuse(
            "Factor: a factor that stands for others cannot itself be merged into another.",
            "Merge the others into the one that is kept.",
            "same_as",
        )


def configurations(tx: Transaction, written: list[Written]) -> None:
    """It says something, its factors have the roles of its sets, and its links keep their ends."""
    decided(tx, written)
    said = ("contexts", "mechanisms", "outcomes", "sentence", "nickname")
    for one in written:
        if one.sets(*said) and not any(one.fields[name] for name in said):
            raise refuse(
                "Configuration: it has neither context, mechanism nor outcome, nor a sentence.",
                "Two of the three are enough to begin, and one will do.",
            )
    ids = [one.id for one in written]
    for row in tx.run("rules/set_roles", ids=ids):
        raise _untyped(row)
    links = [row["id"] for row in tx.run("rules/links_of", ids=ids)]
    if links and tx.run("rules/link_ends", ids=links):
        raise refuse(
            "Configuration: a link still joins a factor that this edit takes out.",
            "Retire the link first, with the reason.",
        )


def links(tx: Transaction, written: list[Written]) -> None:
    """A link is asserted once, between factors of its configuration that fit its kind."""
    for row in tx.run("rules/link_twice", ids=[one.id for one in written if not one.retires]):
        raise AlreadyThere(
            f"That link is asserted already, as {row['code']}.",
            "No link was recorded.",
            "Code passages on that one.",
        )
    decided(tx, written)
    if tx.run("rules/link_ends", ids=[one.id for one in written]):
        raise refuse(
            "CmoLink: its ends are not in the sets of its configuration, or do not fit its kind.",
            "Add the factor to the configuration's contexts, mechanisms or outcomes first.",
        )


def decided(_: Transaction, written: list[Written]) -> None:
    """A decision on support and its reason go together."""
    for one in written:
        if one.fields["support_decided"] and not one.fields["support_why"]:
            raise refuse(
                f"{one.kind.node_label}: a decision on its support needs its reason.",
                "Say why in support_why; the computed support stays beside it.",
                "support_why",
            )
        if one.fields["support_why"] and not one.fields["support_decided"]:
            raise refuse(
                f"{one.kind.node_label}: support_why gives the reason of no decision.",
                "Say in support_decided what was decided, or empty both.",
                "support_decided",
            )


def revisions(tx: Transaction, written: list[Written]) -> None:
    """A revision has both ends, and no theory descends from itself."""
    for one in written:
        for name in ("from_version", "to_version"):
            if one.sets(name) and not one.fields[name]:
                raise refuse(f"Revision: {name} is empty.", "Name what was revised.", name)
    if cycle(tx.run("rules/revision_steps")):
        raise refuse(
            "Revision: a theory would descend from itself.",
            "Name an earlier version that does not come from the later one.",
            "from_version",
        )


def cycle(steps: Iterable[Mapping[str, Any]]) -> str | None:
    """A revision that closes a circle of versions, or None."""
    later: dict[str, set[str]] = {}
    for step in steps:
        reach = [step["later"]]
        seen: set[str] = set()
        while reach:
            here = reach.pop()
            if here == step["earlier"]:
                return str(step["id"])
            if here not in seen:
                seen.add(here)
                reach.extend(later.get(here, ()))
        later.setdefault(step["earlier"], set()).add(step["later"])
    return None


def _untyped(row: Mapping[str, Any]) -> InvalidInput:
    role = {"IN_CONTEXT": "context", "FIRES": "mechanism", "LEADS_TO": "outcome"}[row["set"]]
    return refuse(
        f"The factor “{row['factor']}” is not typed as {role}.",
        f"Give it the role {role.capitalize()} too (a factor may have several).",
    )
