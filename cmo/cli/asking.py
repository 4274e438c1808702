"""Asking: named queries, and one record with what stands behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, print_table, write
from cmo.cli.terminal import say
from cmo.errors import InvalidInput

if TYPE_CHECKING:
    from cmo.graph.queries import Query


IN_WORDS = {"CmoLink": "Link", "ProgrammeTheory": "Programme theory"}
"""Kinds of record whose name in the graph is not what people call them."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "query", query)
    add(app, "show", show)


def query(
    call: Call,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Such as case/programmes; none lists all."),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter; again for more."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell what the query answers and takes; ask nothing.")
    ] = False,
) -> None:
    """Ask a named query; without a name, list the queries with their purpose and parameters.

    A parameter that is a record takes its code, a name that fits, or its id.

    \b
    Example: cmo query
    Example: cmo query evidence/codings --explain
    Example: cmo query case/programmes --format csv
    Example: cmo query evidence/codings --programme Practice --param stance=refutes
    """
    if name is None:
        call.print_rows(_in_short() if call.as_format is Format.TABLE else _listed())
        if call.as_format is Format.TABLE:
            say("`cmo query NAME --explain` tells all that a query answers and takes.")
        return
    from cmo.graph.queries import get_query
    from cmo.services.asking import ask

    if explain:
        call.print_object(_explained(call, get_query(name)))
        return
    params = _params(get_query(name), param or [])
    with call.open() as book:
        answer = ask(book.graph, book.actor, name, params, call.programme)
    nothing = "The query returned no row: nothing that you may see answers it."
    call.print_rows(answer.rows, columns=answer.columns, nothing=nothing)


def _askable() -> list[Query]:
    from cmo.graph.queries import get_query, names

    held = [get_query(name) for name in names()]
    return [q for q in held if q.mode == "read" and q.scope == "projects"]


def _listed() -> list[dict[str, Any]]:
    return [
        {
            "name": q.name,
            "purpose": q.purpose,
            "params": [f"{p.name} {p.type}{'?' if p.optional else ''}" for p in q.parameters],
        }
        for q in _askable()
    ]


def _in_short() -> list[dict[str, Any]]:
    """A line a query, for people: what it answers, and what it cannot be asked without."""
    from cmo.services.reading import in_words

    return [
        {
            "name": q.name,
            "answers": re.split(r"(?<=[.:;]) ", q.purpose)[0].rstrip(".:;"),
            "needs": ", ".join(
                f"{p.name} ({in_words(p.type)})" for p in q.parameters if not p.optional
            ),
        }
        for q in _askable()
    ]


def _explained(call: Call, query: Query) -> dict[str, Any]:
    """All about one query: the text of its file's header, its parameters, and what it returns."""
    from cmo.services.reading import in_words

    told: dict[str, Any] = {"name": query.name, "purpose": query.purpose}
    if call.as_format is Format.TABLE:
        told["params"] = "\n".join(
            f"{p.name} ({in_words(p.type)}{'; may be left out' if p.optional else ''})"
            for p in query.parameters
        )
        return told | {"returns": ", ".join(query.columns)}
    told["params"] = [
        {"name": p.name, "type": p.type, "optional": p.optional} for p in query.parameters
    ]
    return told | {"returns": list(query.columns)}


def _params(query: Query, pairs: list[str]) -> dict[str, Any]:
    types = {p.name: p.type for p in query.parameters}
    held: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InvalidInput(
                f"{pair} is not NAME=VALUE.", "Nothing was asked.", "Write --param name=value."
            )
        if types.get(name) in ("LIST", "IDS") and name in held:
            before = held[name] if isinstance(held[name], list) else [held[name]]
            held[name] = [*before, value]
        elif name in held:
            raise InvalidInput(
                f"The parameter {name} was given twice.", "Nothing was asked.", "Give it once."
            )
        else:
            held[name] = value
    return held


def show(
    call: Call,
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="A code (C-1, HIPP/C-1), a name that fits one, an id."),
    ],
) -> None:
    """Show a record: its fields, what refers to it, and the passages behind it.

    \b
    Example: cmo show HIPP/C-1
    Example: cmo show Nottingham --format json
    """
    from cmo.services.showing import show as shown

    with call.open() as book:
        told = shown(book.graph, book.actor, book.find(reference)["id"])
    if call.as_format is not Format.TABLE:
        call.print_object(told)
        return
    head = {k: v for k, v in told.items() if k not in ("fields", "codings", "referred_by")}
    kind = IN_WORDS.get(head.pop("kind"), told["kind"])
    # A link, a relation, a source have a kind of their own.
    head = {"record" if "kind" in told["fields"] else "kind": kind, **head}
    lines = [
        {"": key.replace("_", " "), " ": _readable(value)}
        for key, value in {**head, **told["fields"]}.items()
        if value is not None
    ]
    print_table(lines, ["", " "], header=False)
    if told["codings"]:
        write("\nCodings, what speaks against first\n")
        print_table([_coding_line(row) for row in told["codings"]], ["", " "], header=False)
    if told["referred_by"]:
        write("\nReferred to by\n")
        print_table([{"": _readable(r)} for r in told["referred_by"]], [""], header=False)


def _readable(value: Any) -> Any:
    if isinstance(value, dict) and "kind" in value:
        own = ("kind", "code", "name", "id", "retired", "stands_for")
        carried = [str(v) for k, v in value.items() if k not in own and v]
        if value.get("stands_for"):
            carried.append(f"stands for {value['stands_for']}")
        if value.get("retired"):
            carried.append("retired")
        called = " ".join(str(p) for p in (value["code"], value["name"]) if p) or value["id"]
        return called + (f" ({', '.join(carried)})" if carried else "")
    if isinstance(value, list):
        return "\n".join(str(_readable(v)) for v in value)
    return value


def _heard(speakers: list[dict[str, Any]]) -> str:
    """Who is heard in a passage: by pseudonym, else by role group where that may be named."""
    named = (speaker["pseudonym"] or speaker["role_group"] for speaker in speakers)
    return ", ".join(dict.fromkeys(filter(None, named)))


def _coding_line(row: dict[str, Any]) -> dict[str, Any]:
    where = row["locator"] or (f"{row['start']}–{row['end']}" if row["end"] else "")
    said = f"“{row['quote']}”" if row["quote"] else row["paraphrase"] or "words not open to you"
    foot = [
        f"{row['source_code']} {where}".strip(),
        f"of {row['concerns']}",
        _heard(row["speakers"]),
        f"coded by {row['judged_by']} on {row['created_at'][:10]}",
        row["id"],
    ]
    stands = "carried, not yet affirmed" if row["carried"] else "not counted"
    stance = f"{row['stance']}\n{row['claim']}" + ("" if row["counted"] else f"\n{stands}")
    return {"": stance, " ": f"{said}\n{' · '.join(part for part in foot if part)}"}
