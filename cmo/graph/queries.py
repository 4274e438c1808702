"""Named queries: every Cypher statement is a file whose header is checked against its text.

    // What it returns, in a sentence or two.
    // mode: read | write
    // scope: projects | open (reason)
    // params: name TYPE, other TYPE?
    MATCH ...

A read with `scope: projects` must use $visible_projects, which the service fills for the actor;
`scope: open` gives its reason in brackets. Parameters are compared both ways. ID and IDS say that
a parameter names records.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cmo import shipped
from cmo.errors import NotFound, QueryFileBroken

GIVEN = frozenset({"visible_projects", "quoted_projects", "named_projects", "small_groups"})
"""Parameters that the service fills for the actor; headers do not declare them."""

_HEADER = re.compile(r"^//\s?(.*)$")
_NAMED = re.compile(r"(mode|scope|params):\s*(.*)$")
_PARAMETER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DETACH|FOREACH)\b")
_TYPES = frozenset({"STRING", "ID", "IDS", "INTEGER", "FLOAT", "BOOLEAN", "LIST", "MAP"})


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

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that it returns, in its order; an empty answer of the local engine has none."""
        return tuple(part.split()[-1] for part in _returned(self.text))


def _returned(text: str) -> list[str]:
    """The parts of the outermost RETURN, each ending in its name."""
    bare = _TEXT.sub("''", text)
    depth = [0]
    for sign in bare:
        depth.append(depth[-1] + (sign in "([{") - (sign in ")]}"))
    starts = [
        m.end() for m in re.finditer(r"\bRETURN(?: DISTINCT)?\b", bare) if not depth[m.start()]
    ]
    if not starts:
        return []
    start = starts[-1]
    ends = [
        m.start()
        for m in re.finditer(r"\b(?:ORDER BY|SKIP|LIMIT)\b", bare)
        if m.start() > start and not depth[m.start()]
    ]
    end = min(ends, default=len(bare))
    commas = [i for i in range(start, end) if bare[i] == "," and not depth[i]]
    return [
        bare[a:b] for a, b in zip([start, *(c + 1 for c in commas)], [*commas, end], strict=True)
    ]


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
        near = _near(name)
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


def _near(name: str) -> list[str]:
    """Names of queries that people may ask and that look like the given one, at most five."""
    last = name.rsplit("/", 1)[-1].casefold()
    asked = [n for n in names() if (q := get_query(n)).mode == "read" and q.scope == "projects"]
    holding = [n for n in asked if last and last in n]
    return (holding or difflib.get_close_matches(name.casefold(), asked))[:5]
