"""From the declared fields of a kind of record to options, and from what was typed to values."""

from __future__ import annotations

import inspect
import re
from typing import Annotated, Any

import typer

from cmo.cli.command import Open, read_file
from cmo.domain.fields import Labels, Property, Reference, Spec, Tie
from cmo.domain.record import Record, specs
from cmo.errors import InvalidInput

MADE_OTHERWISE = {
    ("Source", "text_sha256"): "it is computed from the text",
    ("Source", "turn_starts"): "it is read from the text",
    ("Source", "turn_speakers"): "it is read from the text",
    ("Source", "heading_starts"): "`cmo import sources` reads it from the file",
    ("Source", "heading_ranks"): "`cmo import sources` reads it from the file",
    ("Source", "file_name"): "`cmo import sources` keeps it",
    ("Source", "version_of"): "`cmo import sources` says it of a changed file",
    ("Informant", "withdrawn_at"): "`cmo withdraw` does it",
    ("Factor", "same_as"): "`cmo merge` does it",
    ("Revision", "judged_by"): "it is whoever records it",
    ("Coding", "carried_from"): "`cmo refine` does it",
    ("Coding", "affirmed"): "`cmo affirm` does it",
    ("User", "roles"): "`cmo user give` and `cmo user take` do it",
}
"""Fields that no option sets, and why."""

NAMED = {
    "contexts": "context",
    "mechanisms": "mechanism",
    "outcomes": "outcome",
    "aliases": "alias",
    "roles": "role",
    "rivals": "rival",
    "starts_at": "from",
    "ends_at": "to",
    "from_party": "from",
    "to_party": "to",
    "from_version": "from",
    "to_version": "to",
    "text": "text-file",
}
"""The options of fields whose name reads badly as one."""

SAID_AS_OPTION = ("kind", "why")
"""Names of records that read better as an option than as the command's argument."""

WITH_DEFAULT = {
    ("Project", "part_of"): "else the programme itself",
    ("CmoLink", "kind"): "else what the configuration's sets say, if that is one",
}
"""Required fields that have a sensible value if they are left out."""


def option_name(field: str) -> str:
    """The option that sets a field, without its dashes."""
    return NAMED.get(field, field.replace("_", "-"))


def settable(kind: type[Record]) -> dict[str, Spec]:
    """The fields of a kind that a person sets, in order; the programme is a shared option."""
    label = kind.node_label
    return {
        name: spec
        for name, spec in specs(kind).items()
        if (label, name) not in MADE_OTHERWISE and name != "programme"
    }


def parameters(kind: type[Record]) -> dict[str, inspect.Parameter]:
    """The command line's parameters for a new record of that kind.

    What it is called is an argument where it must be given; all else are options.
    """
    return {name: _parameter(kind, name, spec) for name, spec in settable(kind).items()}


def _parameter(kind: type[Record], name: str, spec: Spec) -> inspect.Parameter:
    needed = isinstance(spec, Labels) or spec.required
    note = WITH_DEFAULT.get((kind.node_label, name), "")
    needed = needed and not note
    declared: Any = Annotated[_type(spec, needed), _declaration(kind, name, spec, needed, note)]
    default = inspect.Parameter.empty if needed else None
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=declared
    )


def _declaration(kind: type[Record], name: str, spec: Spec, needed: bool, note: str) -> Any:
    text = "; ".join(part for part in (_help(name, spec), note) if part)
    text = text[:1].upper() + text[1:]
    if needed and name == kind.name_field and name not in SAID_AS_OPTION:
        return typer.Argument(metavar=name.upper(), help=text)
    option = f"--{option_name(name)}"
    if isinstance(spec, Property) and spec.kind == "flag":
        return typer.Option(f"{option}/--not-{option_name(name)}", help=text)
    return typer.Option(option, help=text, case_sensitive=False, metavar=_metavar(spec, name))


def _type(spec: Spec, needed: bool) -> Any:
    if isinstance(spec, Labels):
        return list[spec.choices]  # type: ignore[name-defined]  # a vocabulary, known when it runs
    if isinstance(spec, Reference):
        single: Any = list[str] if spec.many else str
    elif spec.kind == "choice":
        single = spec.choices
    else:
        single = {"flag": bool, "number": int, "texts": list[str]}.get(spec.kind, str)
    return single if needed else single | None


def _metavar(spec: Spec, name: str) -> str | None:
    if isinstance(spec, Labels):
        return "|".join(word.lower() for word in spec.choices)
    if isinstance(spec, Reference):
        return "REF"
    if name == "text":
        return "FILE"
    return {"date": "YYYY[-MM[-DD]]", "text": "TEXT", "texts": "TEXT"}.get(spec.kind)


def _help(name: str, spec: Spec) -> str:
    if isinstance(spec, Reference):
        what = " or ".join(_words(t) for t in spec.targets)
        more = ", and again for more" if spec.many else ""
        carried = "".join(f";{key}=..." for key, _ in spec.carries)
        return f"A {what} by code, name or id{more}" + (f" (REF{carried})" if carried else "")
    if name == "text":
        return "A UTF-8 file with the text; kept as read"
    if isinstance(spec, Labels) or spec.kind == "texts":
        return "One or more, by giving it again"
    if spec.kind == "number":
        return f"From {spec.lowest} to {spec.highest}"
    return f"At most {spec.bound:,} characters" if spec.kind == "text" else ""


def _words(label: str) -> str:
    return {"CmoLink": "link", "ProgrammeTheory": "theory"}.get(label, label.lower())


def value(book: Open, spec: Spec, name: str, typed: Any) -> Any:
    """The value of a field from what an option holds: references looked up, words as they are."""
    if isinstance(spec, Reference):
        if spec.many:
            return tuple(reference(book, spec, item) for item in typed)
        return reference(book, spec, typed)
    if name == "text":
        return read_file(typed)
    return tuple(typed) if isinstance(typed, list) else typed


def reference(book: Open, spec: Reference, typed: str) -> Any:
    """The id of the record meant, or a tie where the reference carries something.

    What it carries follows the reference: 'S-1;locator=Table 4'.
    """
    if not spec.carries:
        return book.find(typed, *spec.targets)["id"]
    keys = "|".join(key for key, _ in spec.carries)
    meant, *rest = re.split(rf";({keys})=", typed)
    unknown = re.search(r";\s*([a-z_]+)\s*=", meant)
    if unknown:
        raise InvalidInput(
            f"{unknown[1]} is nothing that {typed} could carry.",
            "Nothing was changed.",
            f"After a semicolon stands {' or '.join(f'{key}=...' for key, _ in spec.carries)}.",
        )
    carries = tuple((k, v.strip()) for k, v in zip(rest[::2], rest[1::2], strict=True))
    flags = {key for key, held in spec.carries if held.kind == "flag"}
    carries = tuple((k, _flag(k, v) if k in flags else v) for k, v in carries)
    return Tie(book.find(meant, *spec.targets)["id"], carries)


def from_words(book: Open, kind: type[Record], name: str, words: list[str]) -> Any:
    """The value of a field from the words of `--set FIELD=WORDS`; one empty word empties it."""
    spec = specs(kind)[name]
    many = isinstance(spec, Labels) or (
        spec.many if isinstance(spec, Reference) else spec.kind == "texts"
    )
    if many:
        given = [] if words == [""] else words
        if isinstance(spec, Labels):
            return tuple(_word(spec.choices, w) for w in given)
        return value(book, spec, name, given)
    if len(words) > 1:
        raise InvalidInput(
            f"{name} holds one value, and {len(words)} were given.",
            "Nothing was changed.",
            "Give it once.",
            field_name=name,
        )
    (word,) = words
    if not word:
        return None
    if isinstance(spec, Property) and spec.kind != "text":
        return _parsed(spec, name, word)
    return value(book, spec, name, word)


def _parsed(spec: Property, name: str, word: str) -> Any:
    if spec.kind == "flag":
        return _flag(name, word)
    if spec.kind == "choice":
        return _word(spec.choices, word)
    if spec.kind == "number":
        try:
            return int(word)
        except ValueError:
            return word  # the field's own rule refuses it, and says what it takes
    return word


def _word(choices: Any, word: str) -> str:
    found = [str(c) for c in choices if str(c).casefold() == word.strip().casefold()]
    return found[0] if found else word


def _flag(name: str, word: str) -> bool:
    held = {"yes": True, "true": True, "no": False, "false": False}.get(word.strip().lower())
    if held is None:
        raise InvalidInput(
            f"{name} is neither yes nor no.", "Nothing was changed.", "Write yes or no."
        )
    return held
