"""Recording and editing configurations as people do: elements by choice or made on the spot."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmo.domain.fields import Tie
from cmo.domain.stored import Stored
from cmo.domain.theory import CmoLink, Configuration, Factor
from cmo.domain.vocabulary import ConfigurationStatus, LinkKind, Origin
from cmo.errors import InvalidInput
from cmo.graph.graph import Graph
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.acts import Act, Done, Edit
from cmo.services.configurations import SETS
from cmo.services.reading import read
from cmo.services.refining import Refined, refine
from cmo.services.writing import commit

TEXTS = ("nickname", "sentence", "because", "for_whom", "intervention")
LISTS = ("tests", "about")
"""The theories that a configuration tests and the themes that it is about, each as ids."""
NEW: dict[str, Any] = {
    **dict.fromkeys(TEXTS, ""),
    "status": str(ConfigurationStatus.CONJECTURED),
    **dict.fromkeys((*SETS, *LISTS), ()),
}
"""An empty draft."""
FIELDS = (*TEXTS, "status", *SETS, *LISTS)
"""The fields of a configuration that are drafted together, in the order of the form."""


@dataclass(frozen=True)
class Choice:
    """A factor to choose from; `rev` is the revision that was read."""

    id: str
    code: str
    label: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    rev: int


def codebook(graph: Graph, actor: Actor, programme_id: str) -> list[Choice]:
    """The factors of a programme in order of their labels; empty where there are none."""
    rows = read(graph, "theory/codebook", actor, programme_id=programme_id)
    return [
        Choice(id, code, label, tuple(aliases), tuple(roles), rev)
        for row in rows
        for id, code, label, aliases, roles, rev in row["factors"]
    ]


def drafted(held: Stored) -> dict[str, Any]:
    """What of a stored configuration is drafted: texts (empty where not stated), status, and the
    ids in its three sets, of the theories that it tests and of its themes."""
    fields = held.fields
    return {
        **{name: fields[name] or "" for name in TEXTS},
        "status": fields["status"],
        **{part: list(fields[part]) for part in SETS},
        "tests": list(fields["tests"]),
        "about": [tie.to for tie in fields["about"]],
    }


def record_configuration(
    graph: Graph, actor: Actor, programme_id: str, draft: Mapping[str, Any], *, why: str = ""
) -> Done:
    """Records a configuration from a draft; its first id is the configuration's.

    An element is the id of a factor, or a label: the factor of that label (any case) is taken, with
    the role added that it lacks, and one that there is not is made. All or nothing is stored.
    Raises InvalidInput or NotAllowed.
    """
    drawn = taken(graph, actor, programme_id, draft, ())
    made = Configuration(id=str(uuid.uuid4()), programme=programme_id, **drawn.fields)
    done = commit(graph, actor, Act("record", why or None, (*drawn.new, made), drawn.edits))
    return Done(done.change, (str(made.id),), (done.codes[len(drawn.new)],))


def edit_configuration(
    graph: Graph,
    actor: Actor,
    held: Stored,
    draft: Mapping[str, Any],
    *,
    why: str = "",
) -> Done:
    """Edits the fields in which the draft differs from what was read (`held`).

    Elements as in record_configuration. Raises InvalidInput where nothing differs, EditConflict
    where somebody changed it since; nothing is then overwritten.
    """
    before = drafted(held)
    drawn = taken(graph, actor, held.fields["programme"], draft, held.fields["about"])
    differing = {
        name: value for name, value in drawn.fields.items() if _differs(name, value, before)
    }
    if not differing:
        raise InvalidInput(
            "Nothing differs from what is recorded.",
            "Nothing was changed.",
            "Change a field first.",
        )
    edit = Edit(held.id, differing, held.rev)
    done = commit(graph, actor, Act("edit", why or None, drawn.new, (edit, *drawn.edits)))
    return Done(done.change, (held.id,), (held.code,))


def refine_configuration(
    graph: Graph,
    actor: Actor,
    held: Stored,
    draft: Mapping[str, Any],
    why: str,
    moved_by: tuple[str, ...] = (),
) -> Refined:
    """Records the draft as a new version of a configuration as it was read (`held`).

    What of the draft does not differ is kept; the status is that of the new version. Elements as in
    record_configuration, carrying and errors as in refining.refine.
    """
    before = drafted(held)
    drawn = taken(graph, actor, held.fields["programme"], draft, held.fields["about"])
    changes = {
        name: value
        for name, value in drawn.fields.items()
        if name == "status" or _differs(name, value, before)
    }
    return refine(
        graph, actor, held.id, changes, why, moved_by, factors=drawn.new, edits=drawn.edits
    )


def record_link(
    graph: Graph,
    actor: Actor,
    configuration_id: str,
    start: tuple[str, str],
    end: tuple[str, str],
    *,
    why: str = "",
) -> Done:
    """Asserts a link between two parts of a configuration, each given as (set, factor's id).

    Raises InvalidInput for two parts that no kind of link joins, AlreadyThere where it is asserted.
    """
    kinds = {tuple(role.lower() + "s" for role in kind.ends): kind for kind in LinkKind}
    kind = kinds.get((start[0], end[0]))
    if kind is None:
        raise InvalidInput(
            f"A link does not go from {start[0]} to {end[0]}.",
            "No link was recorded.",
            "It goes from a context to a mechanism, from a mechanism to an outcome, or from a "
            "context to an outcome.",
        )
    made = CmoLink(configuration=configuration_id, kind=kind, starts_at=start[1], ends_at=end[1])
    return recording.record(graph, actor, made, why=why or None)


@dataclass(frozen=True)
class Taken:
    """A draft as fields, with the factors to make and the roles to add."""

    fields: dict[str, Any]
    new: tuple[Factor, ...]
    edits: tuple[Edit, ...]


def _differs(name: str, value: Any, before: Mapping[str, Any]) -> bool:
    return bool(_ids(value) != (sorted(before[name]) if name in LISTS else before[name]))


def _ids(value: Any) -> Any:
    """A field as it is drafted: ties as the ids that they lead to, nothing as empty."""
    if isinstance(value, tuple):
        return [item.to if isinstance(item, Tie) else item for item in value]
    return value or ""


def taken(
    graph: Graph,
    actor: Actor,
    programme_id: str,
    draft: Mapping[str, Any],
    about: tuple[Tie, ...] = (),
) -> Taken:
    """The draft's elements found or made; `about` are the ties to themes that there are already."""
    known = codebook(graph, actor, programme_id)
    by_id = {choice.id: choice for choice in known}
    made: dict[str, tuple[str, str, list[str]]] = {}
    lacking: dict[str, list[str]] = {}
    fields: dict[str, Any] = {name: str(draft.get(name) or "") for name in TEXTS}
    fields["status"] = draft["status"]
    for part, role in SETS.items():
        ids = []
        for item in draft.get(part) or ():
            choice = by_id.get(item) or _labelled(known, item, role)
            if choice is None:
                plain = _plain(item)
                record_id, _, roles = made.setdefault(plain, (str(uuid.uuid4()), item.strip(), []))
                roles.append(role)
                ids.append(record_id)
                continue
            ids.append(choice.id)
            if role not in choice.roles:
                lacking.setdefault(choice.id, list(choice.roles)).append(role)
        fields[part] = tuple(dict.fromkeys(ids))
    kept = {tie.to: tie for tie in about}
    ours = (("origin", str(Origin.OURS)),)
    fields["tests"] = tuple(sorted(draft.get("tests") or ()))
    fields["about"] = tuple(
        kept.get(theme, Tie(theme, ours)) for theme in sorted(draft.get("about") or ())
    )
    new = tuple(
        Factor(id=i, label=label, programme=programme_id, roles=tuple(dict.fromkeys(roles)))  # type: ignore[arg-type]
        for i, label, roles in made.values()
    )
    edits = tuple(Edit(i, {"roles": tuple(r)}, by_id[i].rev) for i, r in lacking.items())
    return Taken(fields, new, edits)


def _labelled(known: list[Choice], label: str, role: str) -> Choice | None:
    plain = _plain(label)
    same = [c for c in known if plain in (_plain(c.label), *(_plain(a) for a in c.aliases))]
    same.sort(key=lambda c: (_plain(c.label) != plain, role not in c.roles))
    return same[0] if same else None


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
