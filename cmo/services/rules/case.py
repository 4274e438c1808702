"""Rules of programmes, projects and relations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cmo.domain.vocabulary import RelationState
from cmo.errors import AlreadyThere
from cmo.graph.graph import Transaction
from cmo.services.rules.written import Written, refuse


def programmes(tx: Transaction, written: list[Written]) -> None:
    """A real programme holds no synthetic source, and no two programmes have one name."""
    refuse_synthetic(tx, programmes=[one.id for one in written if one.sets("synthetic")])
    if named := _named(written):
        (row,) = tx.run("rules/programme_names")
        _refuse_namesakes(named, "This casebook", "programme", row["programmes"])


def projects(tx: Transaction, written: list[Written]) -> None:
    """Nothing lies deeper than a part of a sub-case; no two parts of one place have one name."""
    for row in tx.run("rules/reach", ids=[one.id for one in written]):
        if not row["within_reach"]:
            raise refuse(
                f"{row['name']} would be a part of a part of a sub-case.",
                "Cases have sub-cases, and these may have parts; nothing lies deeper.",
                "part_of",
            )
    named = _named(written)
    for row in tx.run("rules/names_beside", ids=[one.id for one in named]) if named else ():
        mine = [one for one in named if one.fields["part_of"] == row["place_id"]]
        _refuse_namesakes(mine, row["place"], "part", row["parts"])


def relations(tx: Transaction, written: list[Written]) -> None:
    """A relation joins two parties, and a denied one rests on a passage."""
    for one in written:
        if one.fields["from_party"] == one.fields["to_party"]:
            raise refuse(
                "Relation: it leads from a party to itself.", "Name two parties.", "to_party"
            )
    denied = [
        one.id
        for one in written
        if one.sets("state", "retired_at") and one.fields["state"] == RelationState.DENIED
    ]
    refuse_unstated(tx, denied)


def refuse_unstated(tx: Transaction, relations: list[str]) -> None:
    """Raises InvalidInput where one of these relations is denied and no passage says so."""
    for row in tx.run("rules/denied_unstated", ids=relations) if relations else ():
        raise refuse(
            f"The relation {row['code']} would be denied, and no passage states that; nothing "
            "recorded is not the same.",
            "Give the passage that denies it: `cmo record relation ... --passage EXCERPT`, or "
            f"`cmo code SOURCE ... --on {row['code']}` before it is edited; without one, state "
            "unclear or retire it.",
            "state",
        )


def refuse_synthetic(
    tx: Transaction, sources: list[str] | None = None, programmes: list[str] | None = None
) -> None:
    """Raises InvalidInput where a synthetic source would stand in a real programme."""
    asked = {"ids": sources or [], "programmes": programmes or []}
    for row in tx.run("rules/synthetic_in_real", **asked) if sources or programmes else ():
        raise refuse(
            f"A synthetic source ({row['code']}) cannot stand in {row['programme']}, which is "
            "real.",
            "Record it in a synthetic programme.",
            "synthetic",
        )


def _named(written: list[Written]) -> list[Written]:
    """Those that bear their name from now on: new, called otherwise, or reinstated."""
    return [one for one in written if one.sets("name", "retired_at") and not one.retires]


def _refuse_namesakes(
    named: list[Written], place: str, what: str, there: Iterable[list[Any]]
) -> None:
    """Raises AlreadyThere where one of them is called as another; `there` are those in use, each
    as [id, code or what stands for it, name]. Capitals and white space make no difference."""
    called: dict[str, list[list[Any]]] = {}
    for one in there:
        called.setdefault(_plain(one[-1]), []).append(one)
    for mine in named:
        for other in called.get(_plain(mine.fields["name"]), ()):
            if other[0] != mine.id:
                raise AlreadyThere(
                    f"{place} has a {what} called {other[-1]} already"
                    f"{f': {other[1]}' if len(other) > 2 else ''}.",
                    "Nothing was changed.",
                    "Use that one, or give another name; one that you do not see is somebody "
                    "else's, and a data steward gives roles in it."
                    if len(other) == 2
                    else "Use that one, or give another name.",
                )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
