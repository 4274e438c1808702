"""Whether a casebook keeps the invariants of the graph model, and its books tell what happened."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cmo.domain.kinds import KINDS
from cmo.domain.spans import quote_at
from cmo.errors import SchemaMismatch
from cmo.graph.graph import Graph, Row
from cmo.graph.schema import require_known
from cmo.services import counting
from cmo.services.actor import Actor
from cmo.services.permitting import WITHDRAWS
from cmo.services.rules.theory import cycle

PAGE = 500
SHARED = frozenset({"HAS_ROLE", "JUDGED_BY"})
"""Relationships that lead to people, who belong to no programme."""

RESTORE = "Take back or edit what made it so (`cmo history {0}`); if nobody did, restore a backup."
RETIRE = "Look at `cmo history {0}`, and edit the record or retire it with the reason."
STATE = "Code the passage that denies it on {0}, or edit its state, or retire it with the reason."
RECOUNT = "Run `cmo check --mend`, which sets the marks anew."


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it should be.

    `invariant` is its number in docs/graph-model.md, or a word for what is none of those; `record`
    and `code` name the record, where there is one. It says nothing of what records hold.
    """

    invariant: str
    wrong: str
    record: str | None
    code: str | None
    next_step: str


def check(
    graph: Graph, actor: Actor, *, progress: Callable[[str], None] | None = None
) -> list[Fault]:
    """The faults of the casebook, in the order of the invariants; empty when it is well.

    It looks at the whole casebook, whoever asks, and names records by id and code only.
    """
    del actor  # whoever works in the casebook may know whether it is well
    known = _Known(graph)
    faults: list[Fault] = []
    for title, look in _CHECKS.items():
        if progress:
            progress(title)
        faults.extend(look(graph, known))
    return faults


def mend_marks(graph: Graph, actor: Actor) -> int:
    """Sets the marks of counted codings by their rule; returns how many were wrong.

    It takes an evaluator or data steward.
    """
    actor.require(WITHDRAWS, frozenset(actor.reachable_places), "set the marks of counted codings")
    return graph.write(lambda tx: counting.mend(tx, None))


class _Known:
    """What is asked once for several checks: code, programmes and label of every record."""

    def __init__(self, graph: Graph) -> None:
        self.rows = {row["id"]: row for row in _paged(graph, "check/records")}

    def fault(self, invariant: str, wrong: str, record: str, next_step: str) -> Fault:
        """A fault of one record."""
        code = self.rows.get(record, {}).get("code")
        return Fault(invariant, wrong, record, code, next_step.format(record))


def _paged(graph: Graph, name: str) -> Iterator[Row]:
    after = ""
    while page := _run(graph, name, after=after, limit=PAGE):
        yield from page
        after = page[-1]["id"]


def _run(graph: Graph, name: str, **params: object) -> list[Row]:
    return graph.read(lambda tx: tx.run(name, **params))


def _passages(graph: Graph, known: _Known) -> Iterator[Fault]:
    for source in _run(graph, "check/texts"):
        (row,) = _run(graph, "check/passages", source=source["id"])
        text = row["text"]
        if text is not None and hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            wrong = "The text of a source is not the one that was recorded."
            yield known.fault("1", wrong, source["id"], RESTORE)
        for x in row["excerpts"]:
            found = quote_at(text, x["start"], x["end"])
            if found is None or found != x["quote"]:
                wrong = "The quote of an excerpt does not stand in the text at its position."
                yield known.fault("1", wrong, x["id"], RETIRE)


def _codings(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "check/codings"):
        wrong = (
            f"A coding codes {row['excerpts']} excerpts and bears on {row['targets']} things, "
            "instead of one and at most one."
        )
        yield known.fault("2", wrong, row["id"], RESTORE)


def _circles(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "rules/family_cycles"):
        yield known.fault("3", "A factor is a kind of itself.", row["id"], RETIRE)
    for row in _run(graph, "rules/family_roles"):
        wrong = "A factor is a kind of one with which it shares no role."
        yield known.fault("3", wrong, row["id"], RETIRE)
    for row in _run(graph, "rules/merge_depth"):
        wrong = "A factor stands for another while something stands for it, or for two at once."
        yield known.fault("3", wrong, row["id"], RETIRE)
    revision = cycle(_run(graph, "rules/revision_steps"))
    if revision is not None:
        yield known.fault("3", "A theory descends from itself by a revision.", revision, RETIRE)


def _settled(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "rules/settled_twice"):
        wrong = f"A factor has {len(row['settled'])} settled assessments in one project and wave."
        yield known.fault("4", wrong, row["id"], "Retire all but one, or settle only one.")


def _silence(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "check/silenced"):
        wrong = "A coding of what somebody said who has withdrawn counts."
        yield known.fault("5", wrong, row["id"], RECOUNT)
    for row in _run(graph, "rules/synthetic_in_real"):
        wrong = "A synthetic source stands in a programme that is not synthetic."
        yield known.fault("5", wrong, row["id"], RETIRE)


def _foundations(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "check/unfounded"):
        wrong = "An assessment says to rest on codings, and rests on none."
        yield known.fault("6", wrong, row["id"], RETIRE)
    for row in _run(graph, "rules/denied_unstated"):
        wrong = "A relation is denied, and no passage says so."
        yield known.fault("6", wrong, row["id"], STATE)


def _links(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "rules/link_ends"):
        wrong = "A link does not hang on one configuration, or its ends are not in its sets."
        yield known.fault("7", wrong, row["id"], RETIRE)
    for row in _run(graph, "rules/link_twice"):
        wrong = "A link is asserted twice on one configuration."
        yield known.fault("7", wrong, row["id"], RETIRE)
    for row in _run(graph, "rules/set_roles"):
        wrong = "A configuration has a factor in a set for which it is not typed."
        yield known.fault("7", wrong, row["id"], "Give the factor that role too, or take it out.")


def _borders(graph: Graph, known: _Known) -> Iterator[Fault]:
    programmes = {i: frozenset(row["programmes"]) for i, row in known.rows.items()}
    for record_id, row in known.rows.items():
        if not programmes[record_id] and "User" not in row["labels"]:
            yield known.fault("8", "A record belongs to no programme.", record_id, RESTORE)
        if len(programmes[record_id]) > 1:
            wrong = "A record belongs to several programmes."
            yield known.fault("8", wrong, record_id, RETIRE)
    ids = list(known.rows)
    for start in range(0, len(ids), PAGE):
        for tie in _run(graph, "export/ties", ids=ids[start : start + PAGE]):
            here, there = programmes[tie["id"]], programmes.get(tie["other"], frozenset())
            if tie["type"] not in SHARED and here and there and not here & there:
                wrong = f"{tie['type']} leads from a record into another programme."
                yield known.fault("8", wrong, tie["id"], RETIRE)


def _marks(graph: Graph, known: _Known) -> Iterator[Fault]:
    for row in _run(graph, "evidence/countable"):
        if row["counts"] != row["counted"]:
            wrong = (
                "A coding counts by the rule and is not marked so."
                if row["counts"]
                else "A coding is marked as counted and does not count by the rule."
            )
            yield known.fault("9", wrong, row["id"], RECOUNT)


def _codes(_: Graph, known: _Known) -> Iterator[Fault]:
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record_id, row in known.rows.items():
        kinds = [KINDS[label] for label in row["labels"] if label in KINDS]
        if len(kinds) != 1:
            wrong = f"A record is of {len(kinds)} kinds instead of one."
            yield known.fault("kinds", wrong, record_id, RESTORE)
        elif (kinds[0].letter is None) != (row["code"] is None):
            yield known.fault("codes", "A record lacks its code.", record_id, RESTORE)
        for programme in row["programmes"] if row["code"] else ():
            holders[programme, row["code"]].append(record_id)
    for (_programme, code), ids in holders.items():
        for record_id in ids if len(ids) > 1 else ():
            wrong = f"The code {code} was given twice in one programme."
            yield known.fault("codes", wrong, record_id, RESTORE)


def _books(graph: Graph, known: _Known) -> Iterator[Fault]:
    for record_id, row in known.rows.items():
        if sorted(row["revs"]) != list(range(1, row["rev"] + 1)):
            wrong = (
                f"A record has revision {row['rev']}; the books hold {len(row['revs'])} changes."
            )
            yield known.fault("books", wrong, record_id, RESTORE)
        if row["locked"]:
            wrong = "A lock was left on a record."
            yield known.fault("books", wrong, record_id, RESTORE)
    for change in _paged(graph, "export/changes"):
        content = change["content"]
        if content is None:
            continue
        said = f"{content['salt']}{content['before']}{content['after']}"
        if hashlib.sha256(said.encode()).hexdigest() != change["props"]["digest"]:
            wrong = f"The content of the change {change['id']} is not what was written down."
            yield Fault("books", wrong, None, None, "Restore a backup from before it was altered.")


def _schema(graph: Graph, _: _Known) -> Iterator[Fault]:
    try:
        require_known(graph)
    except SchemaMismatch as error:
        yield Fault("schema", error.wrong, None, None, error.next_step)


_CHECKS: dict[str, Callable[[Graph, _Known], Iterator[Fault]]] = {
    "1: quotes stand in their texts": _passages,
    "2: a coding codes one excerpt": _codings,
    "3: families, merges and revisions have no circles": _circles,
    "4: one settled assessment": _settled,
    "5: nothing withdrawn or synthetic counts": _silence,
    "6: assessments and denials rest on what they say": _foundations,
    "7: links hang on one configuration": _links,
    "8: nothing crosses programmes": _borders,
    "9: the marks of counted codings": _marks,
    "codes": _codes,
    "the books": _books,
    "the schema": _schema,
}
