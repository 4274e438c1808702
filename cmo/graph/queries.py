"""Named queries: every Cypher statement is a file whose header is checked against its text.

    // What it returns, in a sentence or two.
    // mode: read | write
    // scope: projects | open (reason)
    // params: name TYPE, other TYPE?
    MATCH ...

A read with `scope: projects` must use $visible_projects, which the service fills for the actor;
`scope: open` gives its reason in brackets. Parameters are compared both ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cmo import shipped
from cmo.errors import NotFound, QueryFileBroken

GIVEN = frozenset({"visible_projects", "quoted_projects"})
"""Parameters that the service fills for the actor; headers do not declare them."""

_HEADER = re.compile(r"^//\s?(.*)$")
_NAMED = re.compile(r"(mode|scope|params):\s*(.*)$")
_PARAMETER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DETACH|FOREACH)\b")
_TYPES = frozenset({"STRING", "INTEGER", "FLOAT", "BOOLEAN", "LIST", "MAP"})


@dataclass(frozen=True)
class Parameter:
    """A declared parameter; an `optional` one may be left out and is then null."""

    name: str
    type: str
    optional: bool


@dataclass(frozen=True)
class Query:
    """One file under cypher/queries: `name` is its path without the ending."""

    name: str
    purpose: str
    mode: Literal["read", "write"]
    scope: Literal["projects", "open"]
    parameters: tuple[Parameter, ...]
    text: str


def _broken(name: str, what: str) -> QueryFileBroken:
    return QueryFileBroken(
        f"cypher/queries/{name}.cypher: {what}.",
        "The query was not run.",
        "Mend the file; docs/graph-model.md says what a header holds.",
    )


def parse(name: str, source: str) -> Query:
    """The query that a file's text declares.

    Raises QueryFileBroken where header and text differ.
    """
    header: list[str] = []
    body: list[str] = []
    for line in source.splitlines():
        match = _HEADER.match(line)
        if match and not body:
            header.append(match[1])
        else:
            body.append(line)
    text = "\n".join(body).strip()
    named = {m[1]: m[2] for m in map(_NAMED.match, header) if m}
    purpose = " ".join(line for line in header if not _NAMED.match(line)).strip()
    if not purpose or not text:
        raise _broken(name, "needs a sentence of purpose and a statement")
    if ";" in _TEXT.sub("", text):
        raise _broken(name, "holds more than one statement")
    scope = named.get("scope", "")
    if named.get("mode") not in ("read", "write"):
        raise _broken(name, "the header's mode is not read or write")
    if scope != "projects" and not re.fullmatch(r"open \(.+\)", scope):
        raise _broken(name, "the header's scope is not 'projects' or 'open (reason)'")
    mode: Literal["read", "write"] = "read" if named["mode"] == "read" else "write"
    parameters = _parameters(name, named.get("params", ""))
    bare = _TEXT.sub("", text)
    used = set(_PARAMETER.findall(bare))
    declared = {p.name for p in parameters}
    if declared & GIVEN:
        raise _broken(name, "declares a parameter that the service fills")
    if declared != used - GIVEN:
        odd = ", ".join(sorted(declared ^ (used - GIVEN)))
        raise _broken(name, f"declared and used parameters differ: {odd}")
    if scope == "projects" and mode == "read" and "visible_projects" not in used:
        raise _broken(name, "scope is projects, but $visible_projects is not used")
    if mode == "read" and _WRITES.search(bare):
        raise _broken(name, "mode is read, but the statement writes")
    return Query(
        name, purpose, mode, "projects" if scope == "projects" else "open", parameters, text
    )


def _parameters(name: str, declared: str) -> tuple[Parameter, ...]:
    found = []
    for part in filter(None, (p.strip() for p in declared.split(","))):
        match = re.fullmatch(r"([a-z_][a-z0-9_]*) ([A-Z]+)(\?)?", part)
        if not match or match[2] not in _TYPES:
            raise _broken(name, f"cannot read the parameter '{part}'")
        found.append(Parameter(match[1], match[2], match[3] is not None))
    return tuple(found)


@cache
def get_query(name: str) -> Query:
    """The query of that name ('patterns/recorded'); raises NotFound, naming near ones."""
    path = shipped.folder("cypher") / "queries" / f"{name}.cypher"
    if not re.fullmatch(r"[a-z_]+/[a-z_]+", name) or not path.is_file():
        near = [n for n in names() if name.rsplit("/", 1)[-1] in n][:8]
        raise NotFound(
            f"There is no query named {name}.",
            "Nothing was asked.",
            "`cmo query` lists them all.",
            candidates=tuple((n, get_query(n).purpose) for n in near),
        )
    return parse(name, path.read_text(encoding="utf-8"))


@cache
def names() -> tuple[str, ...]:
    """The names of all queries, in alphabetical order."""
    root = shipped.folder("cypher") / "queries"
    return tuple(
        sorted(p.relative_to(root).with_suffix("").as_posix() for p in root.glob("*/*.cypher"))
    )
