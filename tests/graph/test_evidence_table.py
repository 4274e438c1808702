"""The evidence grid to take along: it holds what the pages show, to each what they may see."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cmo.domain.evidence import Coding, Excerpt, Source
from cmo.domain.theory import Configuration
from cmo.domain.vocabulary import Anchor, Claim, Rating, Role, SourceKind, Stance, Wave
from cmo.errors import AlreadyThere, InvalidInput
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook
from cmo.services.evidence_export import (
    TAKEN_ALONG,
    export_evidence,
    groups_named,
    write_evidence,
)
from cmo.services.evidence_grid import STANCES, Wanted, passages, role_of
from cmo.services.evidence_table import COLUMNS, every_row
from cmo.services.reading import read
from cmo.services.seeding import programme_of
from cmo.services.users import add_user
from tests.graph.fieldwork import Fieldwork

Demo = tuple[Casebook, Actor]
PRACTICE, HIPP = programme_of("practice"), programme_of("hipp")


def shown(casebook: Casebook, actor: Actor, programme: str, wanted: Wanted) -> list[dict[str, Any]]:
    """The rows of all pages of the grid, as the table has them."""
    graph = casebook.graph
    groups = groups_named(graph, actor, programme)
    rows = passages(graph, actor, programme, wanted, None, 100_000).rows
    return [
        {name: row[name] for name in COLUMNS if name in row}
        | {
            "bears_on": row["target"].name,
            "kind": row["target"].kind,
            "project": row["concerns"],
            "role": role_of(row, groups),
            "coder": row["judged_by"],
            "coded_at": row["created_at"],
            "source": row["source_code"],
            "coding_id": row["id"],
        }
        for row in rows
    ]


def table(casebook: Casebook, actor: Actor, programme: str, wanted: Wanted) -> list[dict[str, Any]]:
    groups = groups_named(casebook.graph, actor, programme)
    rows = every_row(casebook.graph, actor, programme, wanted, groups)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def without_title(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "title"} for row in rows]


@pytest.mark.parametrize("programme", [PRACTICE, HIPP])
def test_the_table_is_what_all_pages_of_the_grid_show_however_it_is_narrowed(
    demo: Demo, programme: str
) -> None:
    casebook, ann = demo
    whole = passages(casebook.graph, ann, programme, Wanted(), None, 100_000).rows
    placed = next(row for row in whole if row["target_id"])
    (coder, *_) = read(casebook.graph, "evidence/coders", ann, programme_id=programme)
    narrowed = [
        Wanted(),
        *(Wanted(stance=stance) for stance in STANCES),
        *(Wanted(kind=kind) for kind in ("Factor", "CmoLink", "Theme", "none")),
        *(Wanted(role_group=group) for group in groups_named(casebook.graph, ann, programme)),
        Wanted(place=placed["concerns_id"], wave=placed["wave"]),
        Wanted(target=placed["target_id"]),
        Wanted(source=placed["source_id"], coder=coder["id"]),
        Wanted(source=placed["source_id"], stance="refines", kind="Theme"),
    ]
    for wanted in narrowed:
        told = table(casebook, ann, programme, wanted)
        assert without_title(told) == shown(casebook, ann, programme, wanted), wanted
    assert len(table(casebook, ann, programme, Wanted())) == len(whole) > 100


@pytest.mark.parametrize("role", sorted(Role))
def test_the_table_tells_each_role_what_the_grid_tells_it(demo: Demo, role: Role) -> None:
    casebook, ann = demo
    name = f"table {role}"
    add_user(casebook.graph, ann, name, roles=[(role, PRACTICE)])
    reader = casebook.actor(name)
    told = table(casebook, reader, PRACTICE, Wanted())

    assert without_title(told) == shown(casebook, reader, PRACTICE, Wanted())
    if role not in (Role.EVALUATOR, Role.RESEARCHER):
        assert not any(row["memo"] for row in told)


def test_a_table_of_a_fictional_programme_says_so(demo: Demo, tmp_path: Path) -> None:
    casebook, ann = demo
    programmes = read(casebook.graph, "case/programmes", ann)
    for here in programmes:
        path = tmp_path / f"{here['id']}.xlsx"
        export_evidence(casebook.graph, ann, here, Wanted(), path)
        book = openpyxl.load_workbook(path)
        said = {cells[0].value for cells in book["About"].iter_rows(min_row=2)}
        assert ("fiction" in said) is here["synthetic"]
        at = TAKEN_ALONG.index("programme")
        marked = {row[at : at + 2] for row in book["Evidence"].iter_rows(2, values_only=True)}
        assert marked == {(here["name"], here["synthetic"])}
    assert any(here["synthetic"] for here in programmes)


def coded(field: Fieldwork, project: str, memo: str) -> str:
    source = Source(
        title="=Talk",
        kind=SourceKind.INTERVIEW,
        collected_in=project,
        text="Iris: +1 for trust, and -1 for haste.",
        wave=Wave.FINAL,
    )
    held = field.add(source)
    passage = field.add(
        Excerpt(source=held, anchor=Anchor.EXACT, start=6, end=18, quote="+1 for trust")
    )
    shape = field.add(Configuration(nickname="@home", programme=field.programme))
    coding = Coding(
        excerpt=passage,
        bears_on=shape,
        stance=Stance.REFUTES,
        claim=Claim.IMPLIED,
        richness=Rating.HIGH,
        memo=memo,
    )
    return field.add(coding)


def test_a_workbook_is_typed_and_says_what_it_holds(
    field: Fieldwork, project: str, tmp_path: Path
) -> None:
    made = coded(field, project, "=1+1")
    (here,) = read(field.graph, "case/programmes", field.actor)
    path = tmp_path / "evidence.xlsx"
    done = export_evidence(field.graph, field.actor, here, Wanted(stance="refutes"), path)
    book = openpyxl.load_workbook(path)
    rows, about = book.worksheets
    heads = [cell.value for cell in rows[1]]
    row = dict(zip(heads, (cell.value for cell in rows[2]), strict=True))
    told = {cells[0].value: cells[1].value for cells in about.iter_rows(min_row=2)}

    assert (done.rows, done.path, done.size) == (1, path, path.stat().st_size)
    assert tuple(heads) == TAKEN_ALONG
    assert (rows.freeze_panes, rows.auto_filter.ref) == ("A2", "A1:Y2")
    assert (row["memo"], row["title"], row["bears_on"], row["quote"]) == (
        *("=1+1", "=Talk", "@home"),
        "+1 for trust",
    )
    assert {cell.data_type for cell in rows[2]} <= {"s", "n", "b", "d"}
    assert (row["start"], row["end"], row["richness"], row["rigour"]) == (6, 18, "high", None)
    assert isinstance(row["counted"], bool)
    assert rows.cell(2, heads.index("coded_at") + 1).is_date
    assert row["coding_id"] == made
    assert told["rows"] == 1
    assert told["programme"] == here["name"]
    assert told["narrowed to"] == "stance refutes"
    assert told["written by"] == field.actor.display_name
    assert "fiction" not in told


def test_csv_keeps_a_spreadsheet_from_running_what_people_wrote(
    field: Fieldwork, project: str
) -> None:
    coded(field, project, "=1+1")
    (here,) = read(field.graph, "case/programmes", field.actor)
    held = io.BytesIO()
    assert write_evidence(field.graph, field.actor, here, Wanted(), "csv", held) == 1
    (row,) = csv.DictReader(io.StringIO(held.getvalue().decode("utf-8-sig")))

    assert (row["memo"], row["quote"], row["start"]) == ("'=1+1", "'+1 for trust", "6")
    assert tuple(row) == TAKEN_ALONG
    assert (row["programme"], row["fiction"]) == (here["name"], "false")


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(
    field: Fieldwork, project: str, tmp_path: Path
) -> None:
    coded(field, project, "why")
    (here,) = read(field.graph, "case/programmes", field.actor)
    path = tmp_path / "evidence.csv"
    path.write_text("mine")
    with pytest.raises(AlreadyThere, match="cmo export evidence --overwrite"):
        export_evidence(field.graph, field.actor, here, Wanted(), path)
    assert path.read_text() == "mine"

    export_evidence(field.graph, field.actor, here, Wanted(), path, overwrite=True)
    assert path.read_text("utf-8-sig").startswith("stance,claim")
    with pytest.raises(InvalidInput, match=r"neither \.csv nor \.xlsx"):
        export_evidence(field.graph, field.actor, here, Wanted(), tmp_path / "evidence.ods")
    broken = replace(Wanted(), target="no id")
    with pytest.raises(InvalidInput):
        export_evidence(field.graph, field.actor, here, broken, path, overwrite=True)
    assert path.read_text("utf-8-sig").startswith("stance,claim")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evidence.csv"]


def test_nothing_coded_is_a_table_without_rows(field: Fieldwork, tmp_path: Path) -> None:
    (here,) = read(field.graph, "case/programmes", field.actor)
    done = export_evidence(field.graph, field.actor, here, Wanted(), tmp_path / "none.xlsx")

    assert done.rows == 0
    assert openpyxl.load_workbook(done.path).worksheets[0].max_row == 1
