"""Themes by projects drawn: two read in full, the others slim; and two sub-cases face to face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cmo.analysis.cases import Case
from cmo.services.comparing import Comparison, FactorRow, Found, Passage
from cmo.services.theme_grid import SubCases, ThemeGrid
from components import one_finding
from components.drawing import Node, h
from components.marks import glyph
from components.page import crumb

MOST_WAYS = 3
"""How many passages of the statement that stands open are led to from its cell."""


def answer(grid: ThemeGrid, left: Case, right: Case) -> Node:
    """The sentence above the table: in how many themes the two differ, and where both hindered."""
    differing, comparable = grid.differing(left.id, right.id), grid.comparable(left.id, right.id)
    if not comparable:
        said = f"{left.name} and {right.name} have no theme in which both were heard."
        return h("p", h("b", said), " What is silent in one cannot be compared.", cls="answer")
    named = f" ({', '.join(name for _, name in differing)})" if differing else ""
    also = [
        f" Both {word} in {', '.join(name for _, name in held)}."
        for direction, word in (("hindering", "hindered"), ("enabling", "helped"))
        if (held := grid.both(left.id, right.id, direction))
    ]
    silent = len(grid.themes) - comparable
    return h(
        "p",
        h("b", f"{left.name} and {right.name} differ in {len(differing)} of {comparable} themes"),
        h("span", named, cls="mute"),
        ".",
        *also,
        f" {silent} more cannot be compared: silent in one or both." if silent else None,
        cls="answer",
    )


def table(
    grid: ThemeGrid,
    wide: Sequence[Case],
    themes: Sequence[tuple[str, str]],
    marked: str = "",
    *,
    records: bool = False,
    opened: str | None = None,
) -> Node:
    """The themes by all projects, those in `wide` first and in full; the others slim, and those
    that are silent throughout share a column. `marked` is the id of the theme that is asked for.
    Whoever `records` findings is led from an empty cell to where one is recorded. `opened` is the
    id of the finding that stands open."""
    slim = [case for case in grid.projects if case not in wide]
    quiet = [case for case in slim if not grid.heard(case.id)]
    columns = [*((c, "wide") for c in wide), *((c, "slim") for c in slim if c not in quiet)]
    few = "few" if len(columns) + bool(quiet) <= 3 else ""
    head = h(
        "tr",
        h("th"),
        *(_head(grid, case, cls) for case, cls in columns),
        _quiet_head(quiet) if quiet else None,
    )
    body = [
        h(
            "tr",
            h("th", _theme(theme, name, marked), scope="row"),
            *(
                _cell(case, grid.at(theme, case.id), cls, opened, theme if records else None)
                for case, cls in columns
            ),
            _cell(Case("", "", ", ".join(case.name for case in quiet)), (), "slim none", opened)
            if quiet
            else None,
            cls="marked" if theme == marked else "",
        )
        for theme, name in themes
    ]
    return h("table", h("thead", head), h("tbody", *body), cls=f"compare {few}")


def elsewhere(grid: ThemeGrid, wide: Sequence[Case]) -> Node | None:
    """What is said where the page is too narrow for the other projects that were heard."""
    others = [case for case in grid.projects if case not in wide and grid.heard(case.id)]
    names = ", ".join(case.name for case in others)
    if not names:
        return None
    return h("p", f"Beside these stand, where there is room: {names}.", cls="mute elsewhere")


def legend() -> Node:
    """What the marks of the table mean."""
    marks = (
        ("enabling", "helped"),
        ("hindering", "hindered"),
        ("neither", "neither, or not said which way"),
        ("silent", "silent: nothing was said, which is not a no"),
    )
    return h(
        "div",
        *(h("span", glyph(kind), said) for kind, said in marks),
        h("span", "Each statement opens, with the passages it rests on."),
        cls="legend",
    )


def contrast(pair: Comparison, within: Case, opened: str | None = None) -> Node:
    """Two sub-cases face to face: what is the same, what differs, and what came of it."""
    parts = [
        ("The same", [r for r in pair.factors if r.same and "Outcome" not in r.roles]),
        ("Differs", [*pair.differing_contexts, *pair.differing_mechanisms]),
        ("And the outcome", [r for r in pair.factors if "Outcome" in r.roles]),
        ("Said of one only", [r for r in pair.factors if r.same is None]),
    ]
    seen: set[str] = set()
    rows: list[Node] = []
    for name, listed in parts:
        for i, row in enumerate(r for r in listed if r.factor_id not in seen):
            rows.append(_factor(name if i == 0 else "", row))
        seen |= {r.factor_id for r in listed}
    spoken = [row for row in pair.themes if row.left or row.right]
    for i, theme in enumerate(spoken):
        sides = [
            _cell(side, found, "wide", opened)
            for side, found in ((pair.left, theme.left), (pair.right, theme.right))
        ]
        rows.append(
            h(
                "tr",
                h("td", "Found" if i == 0 else "", cls="what"),
                h("th", theme.theme, scope="row"),
                *sides,
            )
        )
    names = [h("th", h("b", case.name)) for case in (pair.left, pair.right)]
    head = h("tr", h("th"), h("th", h("small", within.name)), *names)
    return h("table", h("thead", head), h("tbody", *rows), cls="compare contrast")


def untold(told: Iterable[SubCases]) -> list[Node]:
    """One line for each project whose sub-cases nothing tells apart."""
    return [
        h(
            "p",
            glyph("silent"),
            f" {item.project.name}: nothing was recorded of ",
            ", ".join(case.name for case in item.places),
            " one by one.",
            cls="mute untold",
        )
        for item in told
        if not item.pairs
    ]


def opens(passage: Passage) -> str:
    """The address at which the passage behind a statement is read."""
    return f"source?id={passage.source_id}&coding={passage.coding_id}"


def silent_others(grid: ThemeGrid, wide: Sequence[Case]) -> Node | None:
    """Who the projects are that share the column of silence; each opens its page."""
    quiet = [case for case in grid.projects if case not in wide and not grid.heard(case.id)]
    if not quiet:
        return None
    names: list[Node] = []
    for case in quiet:
        names.append(", " if names else "")
        names.append(h("span", case.name, cls="crumb", data_go=f"project?id={case.id}", tabindex=0))
    said = "Silent under every theme, which is not a no: "
    return h("p", glyph("silent"), " ", said, *names, ".", cls="mute untold")


def _theme(theme: str, name: str, marked: str) -> Node:
    return h(
        "span",
        name,
        data_go=f"compare?theme={theme}",
        tabindex=0,
        role="link",
        aria_current="true" if theme == marked else None,
        title="Link to this theme",
    )


def _quiet_head(quiet: Sequence[Case]) -> Node:
    said = f"{len(quiet)} other{'s' if len(quiet) > 1 else ''}"
    names = ", ".join(case.name for case in quiet)
    return h("th", h("b", said), h("small", "silent"), cls="slim none", title=names)


def _head(grid: ThemeGrid, case: Case, cls: str) -> Node:
    heard = f"{grid.heard(case.id)} of {len(grid.themes)} themes"
    cls = f"{cls} unheard" if cls == "slim" and not grid.heard(case.id) else cls
    name = h("span", case.name, data_go=f"project?id={case.id}", tabindex=0, role="link")
    return h("th", h("b", name), h("small", heard), cls=cls)


def _cell(
    case: Case, found: Sequence[Found], cls: str, opened: str | None, theme: str | None = None
) -> Node:
    if not found:
        words = "silent" if cls == "wide" else None
        said = f"{case.name}: nothing was said"
        led: dict[str, Any] = {}
        if theme and case.id:
            led = {"data_go": f"project?id={case.id}&theme={theme}&do=finding", "tabindex": 0}
            said += "; record a finding"
            led["aria_label"] = said
        nil = h("span", glyph("silent"), words, cls="nil", **led)
        return h("td", nil, cls=cls, title=said)
    told = _told_once(found, case)
    parts = [part for item in told for part in (_say(item, case, opened), _read(item, opened))]
    return h("td", *parts, cls=cls)


def _told_once(found: Sequence[Found], case: Case) -> list[Found]:
    """Leaves out what a sub-case repeats of its project from the same passage; it stands below."""
    own = {(p.excerpt_id, f.direction) for f in found if f.place == case.name for p in f.passages}
    return [
        f
        for f in found
        if f.place == case.name or not any((p.excerpt_id, f.direction) in own for p in f.passages)
    ]


def _say(found: Found, case: Case, opened: str | None) -> Node:
    inside = found.place != case.name
    notes = [
        f"{found.place}: " if inside else None,
        found.statement,
        h("small", " ours") if found.origin == "ours" else None,
    ]
    where = "; ".join(dict.fromkeys(p.locator or p.section or p.source for p in found.passages))
    return h(
        "div",
        glyph(found.direction, 13),
        h("span", *notes, title=where or "No passage is given."),
        cls="say open" if found.id == opened else "say",
        data_go=one_finding.opens(found.id),
        tabindex=0,
        role="link",
        aria_current="true" if found.id == opened else None,
        title=found.statement,
    )


def _read(found: Found, opened: str | None) -> Node | None:
    """From the statement that stands open the ways to its passages, each in its text; the others
    of many stand above the table."""
    if found.id != opened or not found.passages:
        return None
    once: dict[str, Passage] = {}
    for passage in found.passages:
        once.setdefault(passage.excerpt_id, passage)
    ways: list[Node] = []
    for passage in list(once.values())[:MOST_WAYS]:
        place = ", ".join(filter(None, (passage.source, passage.locator or passage.section)))
        ways += [" · " if ways else "", crumb(place, opens(passage))]
    left = f" · and {len(once) - MOST_WAYS} more above" if len(once) > MOST_WAYS else None
    return h("p", "Read it in ", *ways, left, cls="ways mute")


def _factor(name: str, row: FactorRow) -> Node:
    role = {"Context": "c", "Mechanism": "m", "Outcome": "o"}[row.roles[0]]
    label = h("th", glyph(role, 12), " ", row.label, scope="row")
    sides = [_side(reading, row.passages) for reading in (row.left, row.right)]
    return h("tr", h("td", name, cls="what"), label, *sides, cls="first" if name else "")


def _side(reading: object, passages: Sequence[Passage]) -> Node:
    if reading is None:
        return h("td", h("span", glyph("silent"), "silent", cls="nil"))
    value = str(getattr(reading, "value", ""))
    assessed = getattr(reading, "assessments", ())
    ids = {coding for a in assessed for coding in a.codings}
    go = next((opens(p) for p in passages if p.coding_id in ids), None)
    ours = any(a.origin == "ours" for a in assessed)
    note = h("small", " our reading") if ours else None
    said = h("span", value.replace("_", " "), note)
    return h(
        "td", h("div", glyph(value, 13), said, cls="say", data_go=go, tabindex=0 if go else None)
    )
