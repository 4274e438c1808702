"""The panels beside a configuration: how it stands, what would disprove it, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cmo.analysis.cases import Case
from cmo.services.configurations import Standing
from cmo.services.next_steps import Disproof, Lacking
from components.drawing import Node, h
from components.marks import chip, glyph, level
from components.sentences import MARKS

MOST_NAMES = 5
"""How many records a line names before it says how many more there are."""
MOST_ROWS = 14
"""Of more projects than this the silent ones have no row of their own; they are counted below."""
MOST_SINGLE = 3
"""How many elements are named singly before they are only counted."""
SETS = {"contexts": "context", "mechanisms": "mechanism", "outcomes": "outcome"}


def verdicts(standing: Standing) -> list[tuple[Case, str]]:
    """What each project says, in order of their codes: for, against, both or silent."""
    heard = {cell.project.id: cell.verdict for cell in standing.heard.cells}
    return [(project, heard.get(project.id, "silent")) for project in standing.projects]


def standing_panel(standing: Standing, decide: str | None = None) -> Node:
    """Status, support, and every project with what it says, those against first named below;
    `decide` is where its support is decided, for whoever may."""
    heard = standing.heard
    rows = [
        h(
            "tr",
            h("td", project.name),
            h("td", glyph(kind)),
            h("td", "both" if kind == "both" else kind, cls="mute"),
            data_go=f"project?id={project.id}",
            tabindex=0,
            role="link",
        )
        for project, kind in verdicts(standing)
        if kind != "silent" or heard.total <= MOST_ROWS
    ]
    silent = len(heard.projects_silent)
    said = (
        f"Against in {len(heard.projects_against)}, for in {len(heard.projects_for)}, both in "
        f"{len(heard.projects_both)}, silent in {silent} of {heard.total}."
    )
    notes = [said]
    if heard.general_supporting or heard.general_refuting:
        n = len(heard.general_supporting) + len(heard.general_refuting)
        notes.append(f"{n} of its passages speak of the programme as a whole: in no project.")
    if heard.implied:
        notes.append(f"{len(heard.implied)} of the counted passages only imply it.")
    if heard.carried:
        notes.append(f"{heard.carried} more were carried here and are not yet affirmed.")
    if heard.support_decided:
        decided = heard.support_decided.replace("_", " ")
        notes.append(f"Its support was decided to be “{decided}”: {heard.support_why}")
    status = standing.row["status"].replace("_", " ")
    words = "Change the decision" if heard.support_decided else "Decide its support"
    return h(
        "div",
        h("h2", "Standing"),
        h("div", chip(status), level(str(heard.support), heard.support_decided), cls="row"),
        h("table", h("tbody", *rows), cls="stand"),
        *(h("p", note, cls="mute") for note in notes),
        h("p", h("span", words, cls="crumb", data_go=decide, tabindex=0)) if decide else None,
        cls="panel",
    )


def disproof_panel(found: Sequence[Disproof]) -> Node:
    """What would speak against it, and whether such a project is on record."""
    parts: list[Node] = [h("h2", "What would disprove this?")]
    if not found:
        said = "Nothing could yet: it asserts no link, so nothing is said to go with anything."
        return h("div", *parts, h("p", said), cls="panel")
    for wanted in found[:4]:
        parts.append(
            h(
                "p",
                "A project with ",
                *_named(wanted.present),
                " and without ",
                *_named(wanted.absent),
                ".",
                cls="wanted",
            )
        )
        parts.append(_on_record(wanted))
    if len(found) > 4:
        parts.append(h("p", f"And {len(found) - 4} more of this kind.", cls="mute"))
    if any(wanted.on_mention for wanted in found):
        said = "Some of these assessments rest on what a source chose to mention."
        parts.append(h("p", said, cls="quiet"))
    return h("div", *parts, cls="panel")


def _on_record(wanted: Disproof) -> Node:
    assessed = len(wanted.assessed)
    if not assessed:
        return h(
            "p", glyph("silent", 12), " No project is assessed on all of these.", cls="mute ans"
        )
    projects = f"{assessed} project{'' if assessed == 1 else 's'} assessed on all of these"
    if not wanted.found and not wanted.in_part:
        return h("p", f"None found among {projects}.", cls="mute ans")
    said: list[Any] = []
    if wanted.found:
        said += [glyph("refutes", 12), " Found: ", *_cases(wanted.found), "."]
    if wanted.in_part:
        said += [glyph("both", 12), " In part: ", *_cases(wanted.in_part), "."]
    return h("p", *said, h("span", f" Of {projects}.", cls="mute"), cls="ans")


def missing_panel(found: Lacking, here: str) -> Node:
    """What is missing for the next step; `here` is the address of the page."""
    lines = [
        h("li", glyph(mark), h("span", *said), **_to(go)) for mark, said, go in _gaps(found, here)
    ]
    if not lines:
        said = "Nothing that the record can tell. What would a project say that nobody asked?"
        return h("div", h("h2", "Missing for the next step"), h("p", said), cls="panel")
    return h("div", h("h2", "Missing for the next step"), h("ul", *lines, cls="list"), cls="panel")


def _gaps(found: Lacking, here: str) -> list[tuple[str, list[Any], str | None]]:
    gaps: list[tuple[str, list[Any], str | None]] = []
    if found.support == "none":
        gaps.append(("silent", ["No counted passage bears on it yet"], "sources"))
    elif found.support == "single_voice":
        gaps.append(("silent", ["A single voice speaks for it: nobody else was heard"], "sources"))
    if found.silent:
        verb = "is" if len(found.silent) == 1 else "are"
        gaps.append(("silent", [*_cases(found.silent), f" {verb} silent"], None))
    if found.unheard:
        gaps.append(("silent", ["Nobody is heard on it from: ", _some(found.unheard)], None))
    if not found.links:
        gaps.append(
            ("contextualises", ["No link is asserted between its parts"], f"{here}&do=link")
        )
    elif len(found.unlinked) > MOST_SINGLE:
        said = [f"{len(found.unlinked)} elements have no link yet"]
        gaps.append(("contextualises", said, f"{here}&do=link"))
    else:
        to = f"{here}&do=link"
        gaps += [(MARKS[p], [e["label"], " has no link yet"], to) for p, e in found.unlinked]
    gaps += [(MARKS[p], [f"No {SETS[p]} is stated"], f"{here}&do=edit") for p in found.parts]
    if len(found.activities) > MOST_SINGLE:
        said = [
            f"{len(found.activities)} of its mechanisms are activities: the reasoning is not known"
        ]
        gaps.append(("m", said, None))
    else:
        activity = ": an activity, the reasoning is not known"
        gaps += [("m", [e["label"], activity], None) for e in found.activities]
    return gaps


def _to(go: str | None) -> dict[str, Any]:
    return {"data_go": go, "tabindex": 0, "role": "link"} if go else {}


def _cases(cases: Sequence[Case]) -> list[Any]:
    shown = cases if len(cases) <= MOST_NAMES + 1 else cases[:MOST_NAMES]
    parts: list[Any] = []
    for i, case in enumerate(shown):
        last = i == len(shown) - 1 and len(shown) == len(cases)
        parts.append("" if not i else " and " if last else ", ")
        parts.append(h("span", case.name, cls="crumb", **_to(f"project?id={case.id}")))
    if len(shown) < len(cases):
        parts.append(f" and {len(cases) - len(shown)} more")
    return parts


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown} and {len(names) - MOST_NAMES} more"


def _named(elements: Iterable[Mapping[str, Any]]) -> list[Any]:
    parts: list[Any] = []
    listed = list(elements)
    for i, element in enumerate(listed[:3]):
        parts.append("" if not i else ", " if i < len(listed) - 1 else " and ")
        parts.append(h("b", element["label"]))
    if len(listed) > 3:
        parts.append(f" and {len(listed) - 3} more")
    return parts
