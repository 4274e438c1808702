"""Finding the record that a person means: by id, by code (P-1, HIPP/P-1), or by a name that fits
one record."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from cmo.errors import InvalidInput, NotFound
from cmo.graph.graph import Graph, Row, Transaction
from cmo.graph.queries import get_query
from cmo.services.actor import Actor
from cmo.services.reading import bind, fresh, read

_CODE = re.compile(r"[A-Za-z]{1,2}-\d+")
NEAR = 6
"""How many records that are spelt much alike are named at most."""


def find_programme(graph: Graph, actor: Actor, reference: str | None) -> Row:
    """The programme of that name (any case), id, or only one whose name begins so; without one the
    only real programme, else the only one. The row has id, name and synthetic. Raises NotFound
    where none or several answer, InvalidInput where one must be named."""
    programmes = read(graph, "case/programmes", actor)
    choices = tuple((p["id"], p["name"]) for p in programmes)
    if reference is None:
        real = [p for p in programmes if not p["synthetic"]] or programmes
        if len(real) == 1:
            return real[0]
        if not real:
            raise NotFound(
                "This casebook has no programme that you may see.",
                "Nothing was done.",
                "Record one, load one with `cmo seed hipp`, or ask a data steward for a role.",
            )
        raise InvalidInput(
            "This casebook has several programmes.",
            "Nothing was done.",
            f"Say which with --programme: {', '.join(p['name'] for p in programmes)}.",
        )
    wanted = _written(reference).casefold()
    found = [p for p in programmes if wanted in (p["id"], p["name"].casefold())]
    found = found or [p for p in programmes if p["name"].casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        f"{len(found) or 'No'} programme{'s' if len(found) > 1 else ''} of this casebook "
        f"answer{'s' if len(found) < 1 else ''} to {reference}.",
        "Nothing was done.",
        f"There are {', '.join(p['name'] for p in programmes) or 'none'}.",
        candidates=choices,
    )


def is_new(graph: Graph) -> bool:
    """Whether nobody has recorded a programme yet, one that the reader may not see among them."""
    (row,) = graph.read(lambda tx: tx.run("rules/programme_names"))
    return not row["ever"]


def find_record(
    graph: Graph,
    actor: Actor,
    reference: str,
    *kinds: str,
    programme: str | None = None,
    retired: bool = False,
) -> Row:
    """The one record that answers to a reference, as a row (id, code, labels, name, programme_id,
    programme, retired_at).

    `kinds` narrows it to these labels, `programme` to one programme's id; PROGRAMME/CODE in the
    reference does the same. Retired records answer to their id, or with `retired`. Raises NotFound
    with the candidates where none or several answer, InvalidInput for an empty reference.
    """
    reference = _written(reference)
    unknown, rest = None, ""
    if "/" in reference and programme is None:
        name, _, rest = reference.partition("/")
        try:
            programme = find_programme(graph, actor, name)["id"]
            reference = _written(rest)
        except NotFound as error:
            unknown = error  # unless the whole of it is a name, "Health/social care" say
    asked = {
        "reference": reference,
        "labels": list(kinds) or None,
        "programme": programme,
        "retired": retired,
    }
    rows = graph.read(lambda tx: _answering(tx, fresh(tx, actor), asked))
    if len(rows) == 1:
        return rows[0]
    what = " or ".join(kinds) if kinds else "record"
    if not rows:
        near = _near(graph, actor, reference, kinds, programme)
        if unknown is not None and (not near or _CODE.fullmatch(rest.strip())):
            raise unknown
        raise NotFound(
            f"No {what} that you may see answers to {reference}.",
            "Nothing was done.",
            "Give its id, its code (such as P-1), or its whole name.",
            candidates=near,
        )
    exact = [row for row in rows if row["id"] == reference]
    if exact:
        return exact[0]
    named = "; ".join(f"{r['programme']}/{r['code'] or r['id']} {r['name']}" for r in rows[:6])
    raise NotFound(
        f"{len(rows)} records answer to {reference}: {named}.",
        "Nothing was done.",
        "Say which one by PROGRAMME/CODE or by its id.",
        candidates=tuple((f"{r['programme']}/{r['code'] or r['id']}", r["name"]) for r in rows),
    )


def _written(reference: str) -> str:
    """The reference without the space around it; an empty one would fit whatever has no name."""
    if not reference.strip():
        raise InvalidInput(
            "No record was named: the name is empty.",
            "Nothing was done.",
            "Give its id, its code (such as P-1), or its whole name.",
        )
    return reference.strip()


def _near(
    graph: Graph, actor: Actor, wanted: str, kinds: tuple[str, ...], programme: str | None
) -> tuple[tuple[str, str], ...]:
    """Records whose names are spelt much like it, the nearest first."""
    rows = read(graph, "record/named", actor, labels=list(kinds) or None, programme=programme)
    held: dict[str, list[Row]] = {}
    for row in rows:
        held.setdefault(row["name"].casefold(), []).append(row)
    names = difflib.get_close_matches(wanted.casefold(), held, n=NEAR, cutoff=0.7)
    found = [row for name in names for row in held[name]][:NEAR]
    return tuple((f"{row['programme']}/{row['code'] or row['name']}", row["name"]) for row in found)


def _answering(tx: Transaction, actor: Actor, asked: Mapping[str, object]) -> list[Row]:
    """As the query answers, also in places that are retired: they are reinstated by their name."""
    query = get_query("record/by_reference")
    bound = bind(query, actor, asked) | {"visible_projects": actor.reachable_places}
    return tx.run_query(query, bound)
