"""Refining a configuration: a new version of it, to which its links and codings are carried; each
carried coding waits until a person affirms or drops it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.evidence import Coding
from cmo.domain.fields import LINE
from cmo.domain.stored import Stored, stored
from cmo.domain.theory import CmoLink, Configuration, Factor, Revision
from cmo.domain.validate import check_fields
from cmo.errors import AlreadyThere, InvalidInput, NotAllowed, Refused
from cmo.graph.graph import Graph, Row, Transaction
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.reading import get_records, load_records, load_seen, read
from cmo.services.writing import commit

KEPT = (
    *("nickname", "sentence", "because", "form", "for_whom", "intervention"),
    *("contexts", "mechanisms", "outcomes", "tests", "about"),
)
"""What a new version keeps unless it is changed: what it says, tests and is about. Where the
earlier one was stated, its rivals, its status and decisions on it speak of that version alone."""

TRIES = 3
"""How often a refinement begins again when somebody changes what it carries at the same moment."""


class _ChangedMeanwhile(Refused):
    """Somebody has just changed what a refinement carries."""


@dataclass(frozen=True)
class Refined:
    """What a refinement stored: `done` has the new configuration first.

    `links` are the codes of the links that were carried, each as (earlier, new); `left` those of
    links of which an end is no longer in the sets. `codings` are the ids of the codings that were
    carried, in the order in which the earlier ones were made; they wait to be affirmed.
    """

    done: Done
    revision: str
    links: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    codings: tuple[str, ...]


@dataclass(frozen=True)
class _Before:
    """A configuration as it stands with its links, their codings, and its later versions."""

    configuration: Stored
    links: tuple[Stored, ...]
    codings: tuple[Stored, ...]
    later: tuple[Stored, ...]

    @property
    def revisions(self) -> list[tuple[str, int]]:
        """Each of these records with its revision."""
        held = (self.configuration, *self.links, *self.codings, *self.later)
        return [(record.id, record.rev) for record in held]


def refine(
    graph: Graph,
    actor: Actor,
    configuration_id: str,
    changes: Mapping[str, Any],
    why: str,
    moved_by: tuple[str, ...] = (),
    *,
    factors: tuple[Factor, ...] = (),
    edits: tuple[Edit, ...] = (),
) -> Refined:
    """Records a new version of a configuration, with the step to it, all in one act.

    It keeps what `changes` does not name (see KEPT). Links are carried where both ends are still in
    its sets, and with them and with itself the codings: each names the coding it comes from, and
    counts only once it is affirmed. `moved_by` are ids of codings and events; `factors` are
    recorded with it, and `edits` of factors made. The earlier version stays as it is. Raises
    InvalidInput where nothing differs, AlreadyThere where it was refined so before, NotAllowed for
    whoever does not see all that would be carried.
    """
    if "programme" in changes:
        raise InvalidInput(
            "A version of a configuration stays in its programme.",
            "Nothing was recorded.",
            "Record a configuration of its own in the other programme.",
            field_name="programme",
        )
    changed = check_fields(Configuration, changes)
    with_it = (factors, edits)
    for _ in range(TRIES):
        try:
            return _refine(graph, actor, configuration_id, changed, why, moved_by, with_it)
        except _ChangedMeanwhile:
            continue
    return _refine(graph, actor, configuration_id, changed, why, moved_by, with_it)


def _refine(
    graph: Graph,
    actor: Actor,
    configuration_id: str,
    changed: Mapping[str, Any],
    why: str,
    moved_by: tuple[str, ...],
    with_it: tuple[tuple[Factor, ...], tuple[Edit, ...]],
) -> Refined:
    held = graph.read(lambda tx: _held(tx, actor, configuration_id))
    fields = {**{name: held.configuration.fields[name] for name in KEPT}, **changed}
    _refuse_same(held, fields)
    made = Configuration(
        id=str(uuid.uuid4()), programme=held.configuration.fields["programme"], **fields
    )
    links = {link.id: _link(link, str(made.id)) for link in held.links if _fits(link, fields)}
    targets = {configuration_id: str(made.id)} | {old: str(new.id) for old, new in links.items()}
    codings = [_coding(k, targets) for k in held.codings if k.fields["bears_on"] in targets]
    revision = Revision(
        id=str(uuid.uuid4()),
        why=why,
        from_version=(configuration_id,),
        to_version=(str(made.id),),
        moved_by=moved_by,
        judged_by=actor.id,
    )

    def before(tx: Transaction) -> None:
        for link in sorted(link.id for link in held.links):
            tx.run("record/lock", id=link)
        if _held(tx, actor, configuration_id).revisions != held.revisions:
            raise _ChangedMeanwhile(
                "Somebody has just changed what would be carried.",
                "Nothing was recorded.",
                "Refine it again.",
            )

    factors, edits = with_it
    new = (made, *links.values(), revision, *codings, *factors)
    # The whole reason stands in the revision; a line of the history holds less.
    line = why.strip()
    line = line if len(line) <= LINE else f"{line[: LINE - 1]}…"
    done = commit(graph, actor, Act("refine", line, new, edits, before=before))
    codes = dict(zip(done.ids, done.codes, strict=True))
    return Refined(
        done,
        str(revision.id),
        tuple((str(x.code), str(codes[str(links[x.id].id)])) for x in held.links if x.id in links),
        tuple(str(link.code) for link in held.links if link.id not in links),
        tuple(str(coding.id) for coding in codings),
    )


def affirm(graph: Graph, actor: Actor, *codings: str, why: str | None = None) -> Done:
    """Affirms carried codings (their ids): from now on they count as any other.

    One that does not hold for the new version is retired instead, with the reason. Raises Refused,
    and affirms none, where one was not carried, is affirmed already or is retired.
    """
    wanted = list(dict.fromkeys(codings))
    if not wanted:
        raise InvalidInput(
            "No coding waits there to be affirmed.",
            "Nothing was changed.",
            "`cmo query evidence/carried` lists those that wait.",
        )
    get_records(graph, actor, wanted)

    def before(tx: Transaction) -> None:
        for held in load_records(tx, actor, wanted):
            if held.retired_at or held.fields.get("affirmed") is not False:
                raise Refused(
                    f"{held.kind.node_label} {held.id} does not wait to be affirmed.",
                    "Nothing was changed.",
                    "`cmo query evidence/carried` lists those that do.",
                )

    edits = tuple(Edit(coding, {"affirmed": True}) for coding in wanted)
    return commit(graph, actor, Act("affirm", why, edits=edits, before=before))


def waiting(graph: Graph, actor: Actor, target: str | None = None) -> list[Row]:
    """The carried codings that wait to be affirmed, the oldest first: those on a configuration (its
    id) and its links, those on a link, or all."""
    return read(graph, "evidence/carried", actor, target_id=target)


def _held(tx: Transaction, actor: Actor, configuration_id: str) -> _Before:
    (configuration,) = load_records(tx, actor, [configuration_id])
    if configuration.kind is not Configuration:
        raise InvalidInput(
            f"{configuration.code or configuration.name} is no configuration.",
            "Nothing was recorded.",
            "Name a configuration; the step between theories is recorded with `cmo record "
            "revision`.",
        )
    links = [row["id"] for row in tx.run("rules/links_of", ids=[configuration_id])]
    codings = [row["id"] for row in tx.run("evidence/carried_over", target=configuration_id)]
    steps = tx.run("rules/revision_steps")
    later = [row["later"] for row in steps if row["earlier"] == configuration_id]
    if len(load_seen(tx, actor, codings)) < len(codings):
        raise NotAllowed(
            f"{configuration.code} is borne on by passages of projects that "
            f"{actor.display_name} does not see.",
            "Nothing was recorded: they would be left behind.",
            "It takes somebody who works in all of these projects.",
        )
    known = _whole(tx, [*links, *codings, *later])
    return _Before(
        configuration,
        tuple(sorted((known[i] for i in links), key=lambda link: int(str(link.code)[2:]))),
        tuple(known[i] for i in codings),
        tuple(known[i] for i in sorted(set(later)) if known[i].retired_at is None),
    )


def _whole(tx: Transaction, ids: list[str]) -> dict[str, Stored]:
    """Records with all that they hold, also notes that are not for whoever carries them."""
    edges: dict[str, list[Row]] = {}
    for row in tx.run("record/edges", ids=ids):
        edges.setdefault(row["id"], []).append(row)
    nodes = tx.run("record/get", ids=list(dict.fromkeys(ids)))
    return {
        row["props"]["id"]: stored(row["labels"], row["props"], edges.get(row["props"]["id"], []))
        for row in nodes
    }


def _refuse_same(held: _Before, fields: Mapping[str, Any]) -> None:
    if _said(held.configuration.fields) == _said(fields):
        raise InvalidInput(
            f"Nothing differs from what {held.configuration.code} says.",
            "Nothing was recorded.",
            "Say what the new version changes; its status is edited where it stands.",
        )
    for version in held.later:
        if version.kind is Configuration and _said(version.fields) == _said(fields):
            raise AlreadyThere(
                f"{held.configuration.code} was refined so before, as {version.code}.",
                "Nothing was recorded.",
                f"Work on {version.code}, or change more.",
            )


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a configuration says; the order of theories and themes is without meaning."""
    unordered = ("tests", "about")
    return {name: frozenset(fields[name]) if name in unordered else fields[name] for name in KEPT}


def _fits(link: Stored, fields: Mapping[str, Any]) -> bool:
    """Whether both ends of a link are in the sets that its kind joins."""
    first, last = str(link.fields["kind"]).split("_")
    starts, ends = fields[f"{first}s"], fields[f"{last}s"]
    return link.fields["starts_at"] in starts and link.fields["ends_at"] in ends


def _link(link: Stored, configuration: str) -> CmoLink:
    return CmoLink(
        id=str(uuid.uuid4()),
        kind=link.fields["kind"],
        configuration=configuration,
        starts_at=link.fields["starts_at"],
        ends_at=link.fields["ends_at"],
    )


def _coding(coding: Stored, targets: Mapping[str, str]) -> Coding:
    fields = {
        **coding.fields,
        "bears_on": targets[coding.fields["bears_on"]],
        "carried_from": coding.id,
        "affirmed": False,
    }
    return Coding(id=str(uuid.uuid4()), **fields)
