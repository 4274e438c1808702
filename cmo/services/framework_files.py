"""The framework matrix as a table in words, and written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cmo.analysis.framework import ASKED, MENTIONED, NO_SOURCE, STANCES, Cell, Heard, voices_said
from cmo.errors import InvalidInput
from cmo.exchange.matrix_table import MARKS, Content, Said, Summary, Table
from cmo.exchange.spreadsheet import as_csv
from cmo.exchange.whole_file import whole_file
from cmo.graph.graph import Graph, Row
from cmo.services.actor import Actor
from cmo.services.framework_axes import Axes, Head, Of
from cmo.services.framework_matrix import matrix, reading_in_words, words_of

MOST_CELLS = 100_000
"""How many cells a spreadsheet is written with."""
MOST_IN_WORD = 1_500
"""How many cells a document for Word is written with."""
ENDINGS = ("xlsx", "docx", "csv")
"""How the name of a file may end."""
KEPT = "The words are kept from your role."
SILENCES = {
    ASKED: "silent, though asked",
    MENTIONED: "silent; not asked",
    NO_SOURCE: "silent; no source",
}
"""Each kind of silence in words."""
LEGEND = (
    "{refutes} against, {refines} refines, {supports} for, {contextualises} frames: what a passage "
    "says of the theme, factor or theory. Those against come first.\n"
    "Numbers count voices: an informant once in a cell, however much they said; where nobody is "
    "named, the source.\n"
    "· a passage on which the sentence or an assessment rests, and which bears on something "
    "else.\n"
    "° a reading of ours, which no source states.\n"
    "– silent: nothing was said, which is not a no. “Though asked”: a source from there went "
    "through what was to be known; “not asked”: its sources name only what they found important.\n"
    "Not counted: expected only, or carried from an earlier version and not yet affirmed."
)
"""What the marks of a matrix mean, line by line."""
NEEDED = "`cmo record` records projects, themes, factors and theories; then code what is said."
"""What makes a matrix where there is none."""
COLUMNS = (
    "row",
    "column",
    "summary",
    "origin",
    "findings",
    "assessed",
    *STANCES,
    "projects_against",
    "projects_for",
    "not_counted",
    "passages",
    "silence",
    "programme",
    "fiction",
)
"""The columns of the matrix as a list of cells to take along."""


@dataclass(frozen=True)
class Written:
    """What was written where."""

    path: Path
    rows: int
    columns: int
    size: int


def table_of(
    graph: Graph, actor: Actor, programme: Row, wanted: Axes, *, most: int = MOST_CELLS
) -> Table:
    """The matrix in words, with every passage that the actor may see, without an empty column of
    the programme as a whole. Raises InvalidInput where it has more than `most` cells."""
    size = len(wanted.rows) * len(wanted.columns)
    if size > most:
        raise InvalidInput(
            f"The matrix has {len(wanted.rows):,} rows and {len(wanted.columns):,} columns: nobody "
            f"could read a file of {size:,} cells.",
            "Nothing was written.",
            f"Narrow it to some rows and columns: at most {most:,} cells.",
        )
    found = matrix(graph, actor, wanted).without_empty_whole()
    every = (item.id for cell in found.cells.values() for item in cell.heard)
    words = words_of(graph, actor, wanted.programme_id, every)
    axes = found.axes
    cells: dict[tuple[int, int], Content] = {}
    silences: dict[tuple[int, int], str] = {}
    for i, row in enumerate(axes.rows):
        for j, column in enumerate(axes.columns):
            cell = found.at(row, column)
            if cell.is_silent:
                silences[i, j] = SILENCES[cell.silence or NO_SOURCE]
            else:
                cells[i, j] = content(cell, words, _projects(axes.of, column, cell))
    what, others = axes.words
    return Table(
        title=f"Framework matrix, {what} by {others}",
        corner={"themes": "Theme", "factors": "Factor"}.get(what, "Role"),
        programme=programme["name"],
        synthetic=bool(programme["synthetic"]),
        rows=tuple(head.called for head in axes.rows),
        columns=tuple(head.called for head in axes.columns),
        cells=cells,
        silences=silences,
        legend=tuple(filter(None, (*LEGEND.format(**MARKS).splitlines(), axes.left_out))),
        sources=_sources(words.values()),
        rows_left_out=len(axes.further),
        missing=_missing(axes),
    )


def _missing(axes: Axes) -> str:
    """What a matrix without rows or columns lacks, in a sentence; empty for any other."""
    sides = zip((axes.rows, axes.columns), axes.words, strict=True)
    lacking = " and no ".join(words for heads, words in sides if not heads)
    return f"There are no {lacking} yet." if lacking else ""


def _projects(of: Of, column: Head, cell: Cell) -> dict[str, int]:
    """In how many projects voices take each stance. The column of a project is one project, however
    many of its sub-cases are concerned; that of the programme as a whole is none."""
    counted = {stance: cell.projects(stance) for stance in voices_said(cell)}
    if of is Of.ROLE:
        return counted
    most = 0 if column.is_general else 1
    return {stance: min(most, many) for stance, many in counted.items()}


def content(cell: Cell, words: Mapping[str, Row], projects: Mapping[str, int]) -> Content:
    """A cell in words; `projects` are by stance."""
    return Content(
        summaries=tuple(
            Summary(s.code, s.statement, s.direction, s.is_ours) for s in cell.sentences
        ),
        reading=reading_in_words(cell.reading) if cell.reading else "",
        voices=voices_said(cell),
        projects=projects,
        uncounted=cell.uncounted,
        codings=tuple(said(item, words[item.id]) for item in cell.heard if item.id in words),
        silence="",
    )


def said(item: Heard, row: Row) -> Said:
    """A passage in words, as far as the reader may see them."""
    roles = dict.fromkeys(s["role_group"] for s in row["speakers"] if s["role_group"])
    return Said(
        how=item.stance if item.bears else "behind",
        counts=item.counts,
        words=row["quote"] or row["paraphrase"] or KEPT,
        is_quote=bool(row["quote"]),
        by=", ".join(roles),
        place=row["concerns"],
        source=row["source_code"],
        where=row["locator"] or row["section"] or "",
        coding=item.id,
        excerpt=item.excerpt,
    )


def _sources(rows: Iterable[Row]) -> tuple[str, ...]:
    named = {row["source_code"]: f"{row['source_code']}: {row['source']}" for row in rows}
    return tuple(named[code] for code in sorted(named, key=lambda code: int(code[2:])))


def lines(table: Table) -> list[dict[str, Any]]:
    """The matrix as a list of its cells, row by row, the silent ones among them; `origin` tells the
    sentences apart that are ours."""
    listed = []
    for i, row in enumerate(table.rows):
        for j, column in enumerate(table.columns):
            held = table.cells.get((i, j))
            line: dict[str, Any] = {"row": row, "column": column}
            if held is None:
                listed.append(line | {"silence": table.silent(i, j)})
                continue
            listed.append(
                line
                | {
                    "summary": [s.statement for s in held.summaries],
                    "origin": ["ours" if s.ours else "stated" for s in held.summaries],
                    "findings": [s.code for s in held.summaries],
                    "assessed": held.reading or None,
                    **{stance: held.voices.get(stance, 0) for stance in STANCES},
                    "projects_against": held.projects.get("refutes", 0),
                    "projects_for": held.projects.get("supports", 0),
                    "not_counted": held.uncounted,
                    "passages": [passage.told() for passage in held.passages],
                    "silence": None,
                }
            )
    return listed


def lines_to_take_along(table: Table) -> list[dict[str, Any]]:
    """The same with the COLUMNS: each cell says of which programme it is, and whether that is
    fiction."""
    named = {"programme": table.programme, "fiction": table.synthetic}
    return [line | named for line in lines(table)]


def as_bytes(graph: Graph, actor: Actor, programme: Row, wanted: Axes, ending: str) -> bytes:
    """The matrix as a file that ends so: xlsx, docx or csv. Raises InvalidInput for another
    ending, and for a matrix that is too large for it or has no rows or no columns."""
    _check(ending)
    return _rendered(table_of(graph, actor, programme, wanted, most=_most(ending)), ending)


def write_matrix(
    graph: Graph,
    actor: Actor,
    programme: Row,
    wanted: Axes,
    path: Path,
    *,
    overwrite: bool = False,
) -> Written:
    """Writes the matrix to a file, in the form that its ending names: .xlsx, .docx or .csv.

    Raises as `as_bytes`, AlreadyThere unless `overwrite`, and StorageFailed.
    """
    ending = path.suffix.removeprefix(".").lower()
    _check(ending)
    table = table_of(graph, actor, programme, wanted, most=_most(ending))
    data = _rendered(table, ending)
    target = path.expanduser().absolute()
    with whole_file(target, "cmo matrix", overwrite=overwrite) as file:
        file.write(data)
    return Written(target, len(table.rows), len(table.columns), len(data))


def _check(ending: str) -> None:
    if ending not in ENDINGS:
        raise InvalidInput(
            f"A matrix is not written as .{ending}." if ending else "The file has no ending.",
            "Nothing was written.",
            "Let its name end in .xlsx, .docx or .csv.",
        )


def _most(ending: str) -> int:
    return MOST_IN_WORD if ending == "docx" else MOST_CELLS


def _rendered(table: Table, ending: str) -> bytes:
    if table.missing:
        raise InvalidInput(table.missing, "Nothing was written.", NEEDED)
    # Neither library is needed before somebody takes a matrix along, and both take long to load.
    if ending == "xlsx":
        from cmo.exchange.matrix_xlsx import as_xlsx

        return as_xlsx(table)
    if ending == "docx":
        from cmo.exchange.matrix_docx import as_docx

        return as_docx(table)
    return as_csv(lines_to_take_along(table), COLUMNS).encode("utf-8-sig")
