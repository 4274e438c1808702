"""The evidence grid as a file to take along: CSV, or an XLSX workbook that says what it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cmo import __version__
from cmo.domain.clock import now
from cmo.errors import InvalidInput
from cmo.exchange.spreadsheet import as_cells, csv_portions
from cmo.exchange.whole_file import whole_file
from cmo.exchange.workbook import LONGEST, Sheet, Workbook
from cmo.graph.graph import Graph
from cmo.services.actor import Actor
from cmo.services.evidence_grid import Wanted
from cmo.services.evidence_table import COLUMNS, every_row
from cmo.services.journal import called
from cmo.services.remembering import whole

FORMS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats by the ending of a file's name, with their media types."""
TAKEN_ALONG = (*COLUMNS[:-1], "programme", "fiction", COLUMNS[-1])
"""The columns of the file: those of the table, and whose codings they are."""
_CODED_AT = COLUMNS.index("coded_at")
_WIDTHS = {"quote": 60, "paraphrase": 40, "bears_on": 36, "memo": 32, "title": 28, "coding_id": 38}
_SAID = {
    "stance": "stance",
    "place": "project",
    "wave": "wave",
    "kind": "bears on a",
    "role_group": "role",
    "coder": "coder",
    "source": "source",
    "target": "bears on",
}


@dataclass(frozen=True)
class Exported:
    """What was written where, and how many rows."""

    path: Path
    rows: int
    size: int


def groups_named(graph: Graph, actor: Actor, programme_id: str) -> list[str]:
    """The role groups that the actor may see named, in the order of the alphabet: those of at least
    three informants, and of smaller ones those with an informant whose texts the actor reads."""
    rows = whole(graph, "evidence/role_groups", actor, programme_id=programme_id)
    return [row["role_group"] for row in rows]


def export_evidence(
    graph: Graph,
    actor: Actor,
    programme: Mapping[str, Any],
    wanted: Wanted,
    path: Path,
    *,
    overwrite: bool = False,
) -> Exported:
    """Writes all codings of a programme (a row of case/programmes) that match; the ending of the
    name says in which format. The file appears when it is whole.

    Raises InvalidInput for another ending, AlreadyThere, StorageFailed.
    """
    target = path.expanduser().absolute()
    form = target.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise InvalidInput(
            f"{target.name} is neither .csv nor .xlsx.",
            "Nothing was written.",
            "End its name with one of the two: it says which to write.",
        )
    with whole_file(target, "cmo export evidence", overwrite=overwrite) as file:
        rows = write_evidence(graph, actor, programme, wanted, form, file)
    return Exported(target, rows, target.stat().st_size)


def write_evidence(
    graph: Graph,
    actor: Actor,
    programme: Mapping[str, Any],
    wanted: Wanted,
    form: str,
    file: IO[bytes],
) -> int:
    """Writes the same into an open file, in a format of FORMS; answers with how many rows."""
    groups = groups_named(graph, actor, programme["id"])
    of = (programme["name"], bool(programme["synthetic"]))
    asked = (graph, actor, programme["id"], wanted, groups)
    if form == "csv":
        rows = every_row(*asked, lambda row: as_cells([*row[:-1], *of, row[-1]]))
        return _write_csv(rows, file)
    columns = [(name, _WIDTHS.get(name, 14)) for name in TAKEN_ALONG]
    with Workbook(file) as book:
        rows = every_row(*asked, lambda row: [*_typed(row[:-1]), *of, row[-1]])
        sheet = book.add_sheet("Evidence", columns, rows)
        told = _about(graph, actor, programme, wanted, sheet)
        book.add_sheet("About", [("what", 20), ("it is", 90)], told, is_filtered=False)
    return sheet.rows


def narrowed_by(graph: Graph, actor: Actor, wanted: Wanted) -> str:
    """What the codings are narrowed to, in words: 'stance refutes; coder Ann'."""
    asked = {field: getattr(wanted, field) for field in _SAID}
    names = called(graph, actor, list(asked.values()))
    said = (f"{_SAID[field]} {names.get(v, v)}" for field, v in asked.items() if v is not None)
    return "; ".join(said) or "nothing: all of them"


def _write_csv(rows: Iterable[Sequence[Any]], file: IO[bytes]) -> int:
    written = 0

    def counted() -> Iterator[Sequence[Any]]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    file.write(b"\xef\xbb\xbf")  # spreadsheets take a file without this mark for another encoding
    for portion in csv_portions(counted(), TAKEN_ALONG):
        file.write(portion.encode())
    return written


def _typed(row: list[Any]) -> list[Any]:
    row[_CODED_AT] = datetime.fromisoformat(row[_CODED_AT])
    return row


def _about(
    graph: Graph, actor: Actor, programme: Mapping[str, Any], wanted: Wanted, sheet: Sheet
) -> Collection[tuple[str, Any]]:
    cut = f"{sheet.cut} texts, at {LONGEST:,} characters: a cell holds no more" if sheet.cut else ""
    return [
        ("programme", programme["name"]),
        *([("fiction", "Fiction: no real people or places.")] if programme["synthetic"] else []),
        ("holds", "codings: what a passage bears on, in one person's judgement"),
        ("rows", sheet.rows),
        ("narrowed to", narrowed_by(graph, actor, wanted)),
        ("order", "those against first, then by source and place in it"),
        ("written", now()),
        ("written by", actor.display_name),
        ("times", "UTC"),
        ("start, end", "positions in the source's text, in characters from 0; the end is outside"),
        ("quotes", "those that whoever wrote this may read"),
        ("cut short", cut or "nothing"),
        ("made with", f"CMO Casebook {__version__}"),
    ]
