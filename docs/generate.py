#!/usr/bin/env python3
"""Writes the generated parts of these pages: `python docs/generate.py`.

A part stands between `<!-- generated: name -->` and `<!-- end: name -->`; what is around it is
written by hand. A test compares the pages with what the classes and the commands say now.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from cmo.domain import fields, vocabulary  # noqa: E402  # a script finds its checkout first
from cmo.domain.kinds import KINDS  # noqa: E402
from cmo.domain.record import Record, label_fields, properties, references  # noqa: E402
from cmo.graph import queries  # noqa: E402

if TYPE_CHECKING:
    import typer
    from typer.core import TyperGroup


def kinds() -> str:
    """A section for every kind of record: what it is, its fields, its relationships."""
    return "\n\n".join(_kind(kind) for kind in KINDS.values())


def words() -> str:
    """Every vocabulary: its name, what it says, its words."""
    rows = [
        (name, _sentence(found), ", ".join(f"`{word}`" for word in found))
        for name, found in inspect.getmembers(vocabulary, inspect.isclass)
        if issubclass(found, StrEnum) and found is not StrEnum
    ]
    return _table(("vocabulary", "what it says", "words"), rows)


def read_queries() -> str:
    """Every query that can be asked by name: what it answers, and its parameters."""
    found = [queries.get_query(name) for name in queries.names()]
    rows = [
        (
            f"`{query.name}`",
            query.purpose,
            ", ".join(
                f"`{p.name}` {p.type.lower()}{'?' if p.optional else ''}" for p in query.parameters
            ),
        )
        for query in found
        if query.mode == "read" and query.scope == "projects"
    ]
    return _table(("query", "what it answers", "parameters"), rows)


def commands() -> str:
    """Every command: what it does, its example, its arguments and options."""
    import typer
    from typer.core import TyperGroup
    from typer.main import get_command

    from cmo.cli.app import app

    program = get_command(app)
    assert isinstance(program, TyperGroup)
    shared = frozenset(option for param in program.params for option in param.opts)
    sections, listed = [], []
    for name, command in _walk(program, "cmo"):
        text, examples = _said(command.help or "")
        listed.append((f"[`{name}`](#{name.replace(' ', '-')})", text.split("\n\n")[0]))
        part = [f"### {name}", text]
        if examples:
            part.append("```\n" + "\n".join(examples) + "\n```")
        part.append(_options(command, typer.Context(command, info_name=name), shared))
        sections.append("\n\n".join(filter(None, part)))
    parts = [
        _table(("command", ""), listed),
        "The options that every command has:",
        _options(program, typer.Context(program, info_name="cmo"), frozenset()),
        *sections,
    ]
    return "\n\n".join(parts)


TYPED = {" <str>": " TEXT", " <path>": " FILE", " <int range>": " NUMBER", " <int>": " NUMBER"}
"""What stands for the value of an option; an argument is a value itself."""
LONGEST = 60
"""Characters that the way of writing an option may have; longer lists of words go to its help."""

PAGES: dict[str, dict[str, Callable[[], str]]] = {
    "graph-model.md": {"kinds": kinds, "words": words, "queries": read_queries},
    "cli.md": {"commands": commands},
}


def renewed(page: str) -> str:
    """The page's text with its generated parts as they should be."""
    text = (HERE / page).read_text(encoding="utf-8")
    for name, make in PAGES[page].items():
        begins, ends = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
        before, found, rest = text.partition(begins)
        _, closed, after = rest.partition(ends)
        if not found or not closed:
            raise SystemExit(f"docs/{page} has no part named {name}.")
        text = f"{before}{begins}\n{make()}\n\n{ends}{after}"
    return text


def main() -> None:
    """Rewrites every page that has generated parts."""
    for page in PAGES:
        (HERE / page).write_text(renewed(page), encoding="utf-8")


# -- kinds of record


def _kind(kind: type[Record]) -> str:
    label = kind.node_label
    code = f"Codes `{kind.letter}-1`, `{kind.letter}-2` and so on. " if kind.letter else "No code. "
    begins = {f.name: f.default for f in dataclasses.fields(kind)}
    called = f"Called by `{kind.name_field}`."
    rows = [
        *(
            (f"`{name}`", _holds(spec), _rules(spec, begins[name]))
            for name, spec in properties(kind).items()
        ),
        *(
            (f"`{name}`", f"labels of the node, one or more of {_listed(spec.choices)}", "required")
            for name, spec in label_fields(kind).items()
        ),
    ]
    parts = [f"### {label}", inspect.cleandoc(kind.__doc__ or ""), code + called]
    parts.append(_table(("field", "holds", ""), rows))
    ties = [
        (f"`{name}`", _path(label, spec), _carried(spec), _rules(spec))
        for name, spec in references(kind).items()
    ]
    if ties:
        parts.append(_table(("field", "relationship", "carries", ""), ties))
    return "\n\n".join(parts)


def _holds(spec: fields.Property) -> str:
    match spec.kind:
        case "text":
            return f"text, at most {spec.bound:,}"
        case "texts":
            return f"list of texts, each at most {spec.bound:,}"
        case "choice":
            assert spec.choices is not None
            return f"one of {_listed(spec.choices)}"
        case "flag":
            return "yes or no"
        case "number":
            return f"whole number from {spec.lowest:,} to {spec.highest:,}"
        case "numbers":
            return f"list of whole numbers from {spec.lowest}"
        case "date":
            return "`YYYY`, `YYYY-MM` or `YYYY-MM-DD`"
        case "moment":
            return "UTC time"


def _listed(choices: Any) -> str:
    return ", ".join(f"`{word}`" for word in choices)


def _rules(spec: fields.Property | fields.Reference, begins: Any = None) -> str:
    said = [name for name in ("required", "fixed") if getattr(spec, name)]
    if isinstance(begins, StrEnum):
        said.append(f"`{begins}` unless given")
    if begins is False:
        said.append("no unless given")
    if isinstance(spec, fields.Reference) and spec.many:
        said.append("any number")
    return ", ".join(said)


def _path(label: str, spec: fields.Reference) -> str:
    others = " or ".join(spec.targets)
    if spec.incoming:
        return f"({others}) `-[:{spec.type}]->` ({label})"
    return f"`-[:{spec.type}]->` {others}"


def _carried(spec: fields.Reference) -> str:
    said = [f"`{name}`: {_holds(held)}" for name, held in spec.carries]
    if spec.ordered:
        said.append("`position`: 0, 1, …")
    return "; ".join(said)


def _sentence(found: type) -> str:
    return " ".join(inspect.cleandoc(found.__doc__ or "").split())


# -- commands


def _walk(group: TyperGroup, path: str) -> Iterator[tuple[str, Any]]:
    from typer.core import TyperGroup

    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _walk(command, f"{path} {name}")
        elif not command.hidden:
            yield f"{path} {name}", command


def _said(text: str) -> tuple[str, list[str]]:
    """The help in paragraphs, and the examples that stand in it."""
    told, examples = [], []
    for part in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        bare = part.replace("\b", "").strip()
        if re.match(r"Examples?:", bare):
            lines = (re.sub(r"^\s*(Examples?:)?\s*", "", line) for line in bare.splitlines())
            examples += [line for line in lines if line]
        elif bare:
            told.append(" ".join(bare.split()))
    return "\n\n".join(told), examples


def _options(command: Any, context: typer.Context, shared: frozenset[str]) -> str:
    rows = []
    for param in command.get_params(context):
        if shared & set(param.opts) or {"--help", "--version"} & set(param.opts):
            continue
        record = _record(param, context)
        if record:
            rows.append((f"`{record[0]}`", " ".join(record[1].split())))
    return _table(("option", ""), rows) if rows else ""


def _record(param: Any, context: typer.Context) -> tuple[str, str] | None:
    """How a parameter is written, and what its help says."""
    found = param.get_help_record(context)
    if found is None:
        return None
    name, told = found
    for typed, meant in TYPED.items():
        name = name.replace(typed, meant if name.startswith("-") else "")
    name = re.sub(r"<([^>]*\|[^>]*)>", r"\1", name)
    option, _, choices = name.partition(" ")
    if "|" in choices and len(name) > LONGEST:
        name = f"{option} WORD"
        told = f"One of {choices.replace('|', ', ')}. {told}"
    told = re.sub(r"\[default: \((.*?)\)\]", r"[default: \1]", told)
    return name, told


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in cells)


if __name__ == "__main__":
    main()
