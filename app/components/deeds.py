"""What somebody did, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cmo.services.history import Touched
from cmo.services.journal import Deed
from components.drawing import Node, h
from components.when import clock

DID = {
    "record": "recorded",
    "edit": "edited",
    "retire": "retired",
    "reinstate": "took back into use",
    "merge": "merged",
    "unmerge": "took apart",
    "refine": "refined into",
    "affirm": "affirmed",
    "seed": "loaded",
    "import": "imported",
    "undo": "took back a change of",
    "withdraw": "noted a withdrawal of",
    "give role": "gave a role to",
    "take role": "took a role from",
}
"""The words of an action, before the record."""

MOST_PARTS = 6
"""How many records of one act are told."""
LONGEST = 400
"""How many characters of a field are told."""
PLACING = {"Coding": ("excerpt",), "Excerpt": ("anchor", "prefix", "suffix")}
"""By which fields a new passage is found again: where all of an act is told, its words, where they
begin and end, and the passage beside its coding say as much."""
KINDS = {
    "CmoLink": "link",
    "ProgrammeTheory": "theory",
}
HAVE_PAGES = {
    "Configuration": "configuration?id={}",
    "Project": "project?id={}",
    "Source": "source?id={}",
    "ProgrammeTheory": "theory?id={}",
    "Factor": "factor?id={}",
    "Finding": "compare?finding={}",
}


def kind_words(kind: str) -> str:
    """A kind of record as a word: 'coding', 'link'."""
    return KINDS.get(kind, kind.lower())


def record_name(part: Touched, most: int = 90) -> str:
    """How a record is called: its code and name, its name cut to `most` characters."""
    name = part.name or ""
    if len(name) > most:
        name = name[: most - 1].rstrip() + "…"
    return " ".join(filter(None, (part.code, name))) or "a record"


def page_of(part: Touched) -> str:
    """Where a record is opened: its own page, else what happened to it."""
    return HAVE_PAGES.get(part.kind, "history?record={}").format(part.id)


def line(deed: Deed) -> dict[str, Any]:
    """One act as a row for a spreadsheet."""
    entry = deed.entry
    return {
        "at": entry.at,
        "who": entry.who,
        "did": DID.get(entry.action, entry.action),
        "records": [record_name(part) for part in entry.touched[:MOST_PARTS]],
        "why": entry.why or "",
        "taken_back": entry.undone,
        "change": entry.change,
    }


def sentence(deed: Deed) -> list[Node]:
    """'ann recorded coding ...', with the record in bold."""
    entry = deed.entry
    did = DID.get(entry.action, f"did “{entry.action}” to")
    if deed.together > 1:
        what = entry.why or f"{did} records"
        return [f"{entry.who}: ", h("b", what), f", {deed.together} changes in one go"]
    first = entry.touched[0]
    more = len(entry.touched) - 1
    rest = f" and {more} more" if more else ""
    return [f"{entry.who} {did} {kind_words(first.kind)} ", h("b", record_name(first)), rest]


def told(deed: Deed, called: Mapping[str, str], place: str, *, fiction: bool, mine: bool) -> Node:
    """One act with its reason and with what it changed, before and after.

    `called` names records by their ids, `place` is the programme; one's own act can be taken back
    (a click on 'undo?ID').
    """
    entry, one = deed.entry, deed.together == 1
    marks = [h("span", " ", place, cls="mute")] if place else []
    if fiction:
        marks.append(h("span", " ", h("span", "fiction", cls="fiction")))
    if entry.undone:
        marks.append(h("span", " · taken back", cls="mute"))
    body = [h("p", *sentence(deed), *marks)]
    if entry.why and one:
        body.append(h("p", entry.why, cls="why"))
    if one:
        named = len(entry.touched) > 1
        body += [_changes(part, called, named) for part in entry.touched[:MOST_PARTS]]
    more = len(entry.touched) - MOST_PARTS
    if more > 0:
        body.append(h("p", f"and {more} more records", cls="mute"))
    if one:
        takes = mine and not entry.undone and entry.undoes is None
        takes = takes and entry.touched[0].kind != "User" and entry.action != "seed"
        body.append(
            h(
                "p",
                _word("open", page_of(entry.touched[0]), "link"),
                " " if takes else None,
                _word("take back", f"undo?{entry.change}", "button") if takes else None,
                cls="row",
            )
        )
    return h(
        "div",
        h("span", clock(entry.at), cls="when"),
        h("div", *body),
        cls="deed gone" if entry.undone else "deed",
    )


def _word(said: str, go: str, role: str) -> Node:
    return h("span", said, data_go=go, tabindex=0, role=role, cls="crumb mute")


def _changes(part: Touched, called: Mapping[str, str], named: bool) -> Node:
    head = h("p", record_name(part), cls="mute") if named else None
    if part.after is None:
        return h("div", head, h("p", f"Fields: {', '.join(part.fields)}.", cls="mute"))
    rows = []
    left_out = PLACING.get(part.kind, ()) if named and part.before is None else ()
    for field, value in sorted(part.after.items()):
        if field in left_out:
            continue
        name, said = h("i", field.replace("_", " ")), _value(value, called)
        if part.before is None:
            rows += [name, h("span", said)]
        else:
            known = field in part.before
            was = _value(part.before[field], called) if known else "kept from your role"
            rows += [name, h("span", was, cls="was"), h("i", "→", cls="to")]
            rows += [h("span", said, cls="now")]
    return h("div", head, h("div", *rows, cls="diff" if part.before is not None else "diff new"))


def _value(value: Any, called: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(item, called) for item in value)
    if isinstance(value, dict):
        parts = sorted(value.items(), key=lambda part: part[0] != "to")
        return ", ".join(_value(item, called) for _, item in parts if item is not None)
    said = called.get(str(value), str(value))
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
