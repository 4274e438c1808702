"""What a picture of a configuration says, in words and in small: tallies, a list, a thumbnail."""

from __future__ import annotations

from cmo.analysis.patterns import Pattern
from cmo.services.configurations import Standing
from components.drawing import Node, h
from components.marks import glyph, mark
from components.sentences import MARKS


def told(standing: Standing) -> str:
    """What the picture shows, in words."""
    names = {e["id"]: e["label"] for part in MARKS for e in standing.row[part]}
    said = [f"{names[x.start]} to {names[x.end]}, {tally(x.heard)}" for x in standing.links]
    loose = sum(len(standing.unlinked(part)) for part in MARKS)
    if loose:
        said.append(f"{loose} elements stated without a link")
    return "; ".join(said) or "nothing is stated yet"


def tally(heard: Pattern) -> str:
    """Projects for and against a link in words, those against first."""
    against = ", ".join(p.name for p in heard.projects_against)
    shown = ", ".join(p.name for p in heard.projects_for)
    said = [
        f"{len(heard.projects_against)} projects against: {against}" if against else "none against",
        f"{len(heard.projects_for)} for: {shown}" if shown else "none for",
    ]
    if heard.general_supporting or heard.general_refuting:
        said.append("said of the programme as a whole")
    return "; ".join(said)


def counts(heard: Pattern) -> list[tuple[str, str]]:
    """The marks on a link with what stands beside each: projects for, then against; 'general' where
    it was said of the programme only, a short dash where nothing was heard."""
    shown = [("supports", str(len(heard.projects_for)))] if heard.projects_for else []
    if heard.projects_against:
        shown.append(("refutes", str(len(heard.projects_against))))
    if not shown and heard.general_refuting:
        return [("refutes", "general")]
    if not shown and heard.general_supporting:
        return [("supports", "general")]
    return shown or [("silent", "")]


def in_words(standing: Standing, here: str) -> Node:
    """The facts of a picture as a list, for narrow screens: links first, then what has none."""
    elements = {(part, e["id"]): e for part in MARKS for e in standing.row[part]}
    rows: list[Node] = []
    for link in standing.links:
        ends = zip(link.roles, (link.start, link.end), strict=True)
        first, last = (h("span", glyph(MARKS[p], 11), elements[p, f]["label"]) for p, f in ends)
        said = [h("span", glyph(kind, 12), count) for kind, count in counts(link.heard)]
        row = [first, " → ", last, h("span", *said, cls="tallies")]
        go = f"{here}&link={link.id}"
        rows.append(h("li", h("div", *row), data_go=go, tabindex=0, role="link"))
    for part, kind in MARKS.items():
        for element in standing.unlinked(part):
            said_so = h("small", " no link asserted")
            rows.append(h("li", h("div", glyph(kind, 11), element["label"], said_so)))
    return h("ul", *rows, cls="list cmolist")


def sketch(standing: Standing, width: int = 132) -> Node:
    """The same picture as a thumbnail: shapes and asserted links only."""
    xs = dict(zip(MARKS, (10, width / 2, width - 10), strict=True))
    most = max(1, *(len(standing.row[part]) for part in MARKS))
    step, size = (11.0, 3.8) if most < 6 else (6.6, 2.3) if most < 16 else (96 / most, 1.4)
    high = max(20, step * most + 4)
    places: dict[tuple[str, str], tuple[float, float]] = {}
    marks: list[Node] = []
    for part, kind in MARKS.items():
        elements = standing.row[part]
        for i, element in enumerate(elements):
            y = high / 2 + (i - (len(elements) - 1) / 2) * step
            places[part, element["id"]] = (xs[part], y)
            marks.append(mark(kind, xs[part], y, size))
    joined: list[Node] = []
    for link in standing.links:
        (x1, y1), (x2, y2) = places[link.roles[0], link.start], places[link.roles[1], link.end]
        cls = "thin disputed" if link.heard.projects_against else "thin"
        joined.append(h("line", x1=x1 + 7, y1=y1, x2=x2 - 7, y2=y2, cls=cls))
    box = {"viewBox": f"0 0 {width} {high:.1f}", "width": width, "height": f"{high:.1f}"}
    label = told(standing)
    return h("svg", *joined, *marks, cls="cmo small", role="img", aria_label=label, **box)
