"""A board of Home: configurations by projects, for a programme that has heard more of them than of
its themes."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.analysis.patterns import Pattern
from cmo.services.overview import Board
from components.drawing import Node, h
from components.marks import glyph, level
from components.overview import dense
from components.recurring import heads, strip, verdicts
from components.words import counted

MOST_ROWS = 12
"""How many configurations the board shows."""
MOST_MARKS = 24
"""Of more projects than this only the numbers are told."""
TALLIES = ("against", "both", "for", "silent")


def heard(patterns: Sequence[Pattern]) -> list[Pattern]:
    """The configurations of which some project said something, those with most exceptions first."""
    return [pattern for pattern in patterns if pattern.cells]


def tells_more(patterns: Sequence[Pattern], themes: Board) -> bool:
    """Whether more cells of configurations by projects hold something than of themes by projects,
    of which most are silent."""
    cells = [cell for row in themes.projects for cell in row.cells]
    found = sum(bool(cell.findings) for cell in cells)
    return 4 * found < len(cells) and sum(len(p.cells) for p in patterns) > found


def board(patterns: Sequence[Pattern]) -> Node:
    """Configurations by projects, one mark a project; a mark opens the passages behind it."""
    shown = heard(patterns)[:MOST_ROWS]
    marks = bool(shown) and shown[0].total <= MOST_MARKS
    head = h(
        "tr",
        h("th", "Configuration", scope="col"),
        h("th", heads(shown[0].projects), scope="col", cls="marks") if marks else None,
        *(h("th", word, scope="col", cls="mid num") for word in TALLIES),
        h("th", "Support", scope="col"),
    )
    rows = [_row(pattern, marks=marks) for pattern in shown]
    return h("table", h("thead", head), h("tbody", *rows), cls=f"board heard{dense(len(rows))}")


def _row(pattern: Pattern, *, marks: bool) -> Node:
    go = f"regularities?id={pattern.id}"
    both = len(pattern.projects_both)
    figures = (
        len(pattern.projects_against) - both,
        both,
        len(pattern.projects_for) - both,
        len(pattern.projects_silent),
    )
    sentence = pattern.sentence if pattern.sentence != pattern.name else None
    return h(
        "tr",
        h(
            "th",
            h("b", h("span", pattern.code, cls="mute"), " ", pattern.name),
            h("small", sentence, title=sentence) if sentence else None,
            scope="row",
            data_go=f"configuration?id={pattern.id}",
            tabindex=0,
            role="link",
        ),
        h("td", strip(verdicts(pattern), go), cls="marks") if marks else None,
        *(
            h(
                "td",
                many or glyph("silent", 12),
                cls=f"mid num {word}" if many else "mid num",
                title=f"{word} in {counted(many, 'project')}",
            )
            for word, many in zip(TALLIES, figures, strict=True)
        ),
        h(
            "td",
            level(str(pattern.support), pattern.support_decided, pattern.support_why),
            data_go=go,
            tabindex=0,
            role="link",
            cls="nw",
        ),
    )


def legend(patterns: Sequence[Pattern]) -> Node:
    """What the marks mean, and how many more configurations there are."""
    marks = (
        ("against", "against"),
        ("both", "for and against"),
        ("for", "for"),
        ("silent", "silent: nothing was said"),
    )
    more = len(heard(patterns)) - MOST_ROWS
    bare = len(patterns) - len(heard(patterns))
    links = []
    if more > 0:
        links.append(
            h("span", f"{more} more", cls="crumb", data_go="regularities", tabindex=0, role="link")
        )
    if bare:
        said = f"{counted(bare, 'configuration')} of which no project speaks"
        links.append(
            h("span", said, cls="crumb", data_go="configurations", tabindex=0, role="link")
        )
    return h("div", *(h("span", glyph(kind), said) for kind, said in marks), *links, cls="legend")


def summary(patterns: Sequence[Pattern]) -> str:
    """How many configurations some project contradicts."""
    shown = heard(patterns)
    against = sum(bool(p.projects_against) for p in shown)
    return f"{against} of {counted(len(shown), 'configuration')} contradicted somewhere"
