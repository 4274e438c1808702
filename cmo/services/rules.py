"""The rules of the graph model that a change must keep, checked in its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.record import Record, references, values
from cmo.domain.spans import quote_at
from cmo.domain.stored import Stored
from cmo.domain.vocabulary import Anchor, Basis, RelationState
from cmo.errors import AlreadyThere, InvalidInput
from cmo.graph.graph import Transaction
from cmo.services.acts import Edit
from cmo.services.places import Place, Places


@dataclass(frozen=True)
class Written:
    """A record as it is now: all its fields, which of them this change set (`retired_at` among
    them), and the fields as they were; of a new record there are none."""

    id: str
    kind: type[Record]
    fields: Mapping[str, Any]
    changed: frozenset[str]
    before: Mapping[str, Any]

    @property
    def retires(self) -> bool:
        """Whether this change takes the record out of use."""
        return self.sets("retired_at") and self.fields["retired_at"] is not None

    def sets(self, *names: str) -> bool:
        """Whether this change set one of these fields."""
        return not self.changed.isdisjoint(names)


def refuse(what: str, next_step: str, field: str | None = None) -> InvalidInput:
    """The refusal of a change that breaks a rule of the graph model."""
    return InvalidInput(what, "Nothing was changed.", next_step, field_name=field)


def refuse_fixed(place: Place, name: str) -> None:
    """Raises InvalidInput for a field that cannot be edited."""
    raise refuse(
        f"The field {name} of a {place.kind.node_label} cannot be changed once it is recorded.",
        "Retire the record, with the reason, and record it anew.",
        name,
    )


def refuse_retired(place: Place) -> None:
    """Raises InvalidInput for a reference to a retired record."""
    raise refuse(
        f"The {place.kind.node_label} {place.id} is retired.",
        "Reinstate it first (`cmo reinstate`), or refer to another record.",
    )


def check(
    tx: Transaction,
    places: Places,
    new: tuple[Record, ...],
    edits: tuple[Edit, ...],
    before: Mapping[str, Stored],
) -> None:
    """Raises InvalidInput for the first rule that the change breaks; called after it was written
    and before it is stored. `before` are the edited records as they were, by id."""
    written = [Written(str(r.id), type(r), values(r), frozenset(values(r)), {}) for r in new]
    for edit in edits:
        held = before[edit.id]
        fields = {**held.fields, **edit.changes}
        changed = frozenset(edit.changes)
        written.append(Written(edit.id, held.kind, fields, changed, held.fields))
    for one in written:
        _check_references(places, one.id, one.kind, {n: one.fields.get(n) for n in one.changed})
    for label, rule in _RULES.items():
        if mine := [one for one in written if one.kind.node_label == label]:
            rule(tx, mine)


def _check_references(
    places: Places, record_id: str, kind: type[Record], fields: Mapping[str, Any]
) -> None:
    here = places[record_id]
    if len(here.programmes) > 1:
        raise refuse(
            f"{kind.node_label}: of what it refers to, something belongs to another programme.",
            "Figures never cross programmes: record it in each.",
        )
    for name, spec in references(kind).items():
        value = fields.get(name)
        if value is None:
            continue
        for item in value if spec.many else (value,):
            target = places[getattr(item, "to", item)]
            if not target.labels & set(spec.targets):
                raise refuse(
                    f"{kind.node_label}: {name} cannot be a {target.kind.node_label}.",
                    f"Name a {' or '.join(spec.targets)}.",
                    name,
                )
            crosses = (
                target.programmes and here.programmes and not (target.programmes & here.programmes)
            )
            if crosses and "User" not in here.labels:
                raise refuse(
                    f"{kind.node_label}: {name} belongs to another programme.",
                    "Figures never cross programmes: record it in this one.",
                    name,
                )
            if target.id == record_id:
                raise refuse(
                    f"{kind.node_label}: {name} is the record itself.", "Name another one.", name
                )


def _programmes(tx: Transaction, written: list[Written]) -> None:
    _refuse_synthetic(tx, programmes=[one.id for one in written if one.sets("synthetic")])
    if named := _named(written):
        (row,) = tx.run("rules/programme_names")
        _refuse_namesakes(named, "This casebook", "programme", row["programmes"])


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


def _projects(tx: Transaction, written: list[Written]) -> None:
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


def _relations(tx: Transaction, written: list[Written]) -> None:
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
    _refuse_unstated(tx, denied)


def _refuse_unstated(tx: Transaction, relations: list[str]) -> None:
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


def _codings(tx: Transaction, written: list[Written]) -> None:
    _carried(written)
    taken = [one.before.get("bears_on") for one in written if one.sets("bears_on", "retired_at")]
    _refuse_unstated(tx, sorted({target for target in taken if target}))


def _sources(tx: Transaction, written: list[Written]) -> None:
    for one in written:
        starts, speakers = one.fields["turn_starts"], one.fields["turn_speakers"]
        if one.sets("turn_starts", "turn_speakers") and len(starts) != len(speakers):
            raise refuse(
                "Source: turn_starts and turn_speakers differ in length.",
                "Give one label for each turn.",
                "turn_speakers",
            )
        if one.sets("turn_starts") and list(starts) != sorted(set(starts)):
            raise refuse("Source: turn_starts do not ascend.", "Give them in order.", "turn_starts")
    _refuse_synthetic(tx, sources=[one.id for one in written])


def _refuse_synthetic(
    tx: Transaction, sources: list[str] | None = None, programmes: list[str] | None = None
) -> None:
    asked = {"ids": sources or [], "programmes": programmes or []}
    for row in tx.run("rules/synthetic_in_real", **asked) if sources or programmes else ():
        raise refuse(
            f"A synthetic source ({row['code']}) cannot stand in {row['programme']}, which is "
            "real.",
            "Record it in a synthetic programme.",
            "synthetic",
        )


def _informants(tx: Transaction, written: list[Written]) -> None:
    spoken = [
        tie
        for one in written
        if one.sets("speaks_in")
        for tie in one.fields["speaks_in"]
        if tie.get("label") and tie not in one.before.get("speaks_in", ())
    ]
    sources = sorted({tie.to for tie in spoken})
    for row in tx.run("rules/turn_labels", ids=sources) if sources else ():
        there = tuple(dict.fromkeys(row["labels"]))
        for tie in spoken:
            if tie.to == row["id"] and tie.get("label") not in there:
                more = f" and {len(there) - 12} more" if len(there) > 12 else ""
                raise refuse(
                    f"Informant: nobody speaks as {tie.get('label')} in {row['code']}.",
                    f"Its speaker turns are labelled {', '.join(there[:12])}{more}.",
                    "speaks_in",
                )


def _excerpts(tx: Transaction, written: list[Written]) -> None:
    for one in written:
        if one.fields["anchor"] == Anchor.LOCATED:
            for name in ("section", "locator", "paraphrase"):
                if one.sets(name, "anchor") and not one.fields[name]:
                    raise refuse(
                        f"Excerpt: {name} is missing.",
                        "A passage whose text is not held needs section, locator and paraphrase.",
                        name,
                    )
    for row in tx.run("rules/texts", ids=[one.id for one in written]):
        for excerpt in row["excerpts"]:
            found = quote_at(row["text"], excerpt["start"], excerpt["end"])
            if found is None or found != excerpt["quote"]:
                raise refuse(
                    "Excerpt: the quote does not stand in the text at that position.",
                    "Select the passage again.",
                    "quote",
                )


def _carried(written: list[Written]) -> None:
    for one in written:
        if (one.fields["carried_from"] is None) != (one.fields["affirmed"] is None):
            raise refuse(
                "Coding: only one that was carried from an earlier version is affirmed or waits.",
                "`cmo refine` carries codings, `cmo affirm` affirms them.",
                "affirmed",
            )


def _decided(_: Transaction, written: list[Written]) -> None:
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


def _links(tx: Transaction, written: list[Written]) -> None:
    for row in tx.run("rules/link_twice", ids=[one.id for one in written if not one.retires]):
        raise AlreadyThere(
            f"That link is asserted already, as {row['code']}.",
            "No link was recorded.",
            "Code passages on that one.",
        )
    _decided(tx, written)
    if tx.run("rules/link_ends", ids=[one.id for one in written]):
        raise refuse(
            "CmoLink: its ends are not in the sets of its configuration, or do not fit its kind.",
            "Add the factor to the configuration's contexts, mechanisms or outcomes first.",
        )


def _configurations(tx: Transaction, written: list[Written]) -> None:
    _decided(tx, written)
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


def _untyped(row: Mapping[str, Any]) -> InvalidInput:
    role = {"IN_CONTEXT": "context", "FIRES": "mechanism", "LEADS_TO": "outcome"}[row["set"]]
    return refuse(
        f"The factor “{row['factor']}” is not typed as {role}.",
        f"Give it the role {role.capitalize()} too (a factor may have several).",
    )


def _factors(tx: Transaction, written: list[Written]) -> None:
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


def _assessments(tx: Transaction, written: list[Written]) -> None:
    for one in written:
        if not one.sets("basis", "rests_on", "why"):
            continue
        if one.fields["basis"] == Basis.CODING and not one.fields["rests_on"]:
            raise refuse(
                "Assessment: it rests on no coding.",
                "Name the codings, or make it a judgement and say why.",
                "rests_on",
            )
        if one.fields["basis"] == Basis.JUDGEMENT and not one.fields["why"]:
            raise refuse("Assessment: a judgement needs its reason.", "Say why.", "why")
    for row in tx.run("rules/settled_twice", ids=[one.fields["factor"] for one in written]):
        wave = f" in the {row['wave']} wave" if row["wave"] else ""
        raise refuse(
            f"“{row['factor']}” already has a settled assessment in {row['project']}{wave}.",
            "Edit that one, or record yours as not settled.",
            "settled",
        )


def _revisions(tx: Transaction, written: list[Written]) -> None:
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


_RULES: dict[str, Callable[[Transaction, list[Written]], None]] = {
    "Programme": _programmes,
    "Project": _projects,
    "Relation": _relations,
    "Source": _sources,
    "Informant": _informants,
    "Coding": _codings,
    "Excerpt": _excerpts,
    "Factor": _factors,
    "ProgrammeTheory": _decided,
    "Configuration": _configurations,
    "CmoLink": _links,
    "Assessment": _assessments,
    "Revision": _revisions,
}
