"""The tour of the demo on one screen; every figure of it came out of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cmo.cli.output import print_table

WIDTH = 100


def print_tour(told: dict[str, Any]) -> None:
    """Prints what `services.tour.tour` answered, in under forty lines of a hundred columns."""
    counted = ", ".join(
        f"{told[name]} {name}"
        for name in ("projects", "configurations", "links", "codings", "relations")
    )
    lines = [
        ("HIPP", f"Evans & Killoran 2000: {counted}"),
        ("Table 4", _table_4(told["table4"])),
        ("Consultancy", _consultancy(told["consultancy"])),
        ("National policy", _policy(told["national_policy"])),
        ("Named as enabling", _namings(told["enabling_namings"])),
        ("Named as obstacles", _namings(told["obstacle_namings"])),
        ("Accountability", _denied(told["accountability_denied"])),
        ("Health outcomes", _not_assessable(told["health_outcomes"], told["projects"])),
        *_grid(told["grid"]),
        ("Opposite outcomes", _contrast(told["contrast"])),
        ("A theory moved", _move(told["theory_move"])),
        ("Practice (fiction)", _practice(told["practice"])),
    ]
    rows = [{"": name, " ": text} for name, text in lines]
    print_table(rows, ["", " "], header=False, width=WIDTH)


def _named(names: Iterable[str]) -> str:
    held = list(names)
    return f"{len(held)} ({', '.join(held)})" if held else "0"


def _table_4(table: dict[str, Any]) -> str:
    seen = ", ".join(table["observed_in"]) or "no project"
    again = ", ".join(table["recurring_mechanisms"]) or "none"
    codes = f"{table['codes'][0]} to {table['codes'][-1]}: " if table["codes"] else ""
    return (
        f"{codes}{table['contexts']} contexts, {table['mechanisms']} mechanisms, "
        f"{table['outcomes']} outcomes; {table['distinct_mechanisms']} distinct mechanisms, "
        f"recurring: {again}. Observed in {seen}."
    )


def _consultancy(found: dict[str, Any]) -> str:
    rate = " The source says what it found important: no rate." if found["on_mention"] else ""
    return (
        f"{found['factor']}: contradicted in {_named(found['contradicted'])}; "
        f"offered to {len(found['offered'])}, "
        f"named as enabling in {_named(found['named_enabling'])}, "
        f"silent {_named(found['silent'])}.{rate}"
    )


def _policy(found: dict[str, Any]) -> str:
    ours = " The family that joins the two factors is ours." * (found["family_origin"] == "ours")
    return (
        f"{found['factor']}: hindering in {', '.join(found['hindering']) or 'none'}, enabling in "
        f"{', '.join(found['enabling']) or 'none'}.{ours}"
    )


def _namings(rows: list[dict[str, Any]]) -> str:
    by_project: dict[str, list[str]] = {}
    for row in rows:
        by_project.setdefault(row["project"], []).append(row["factor"])
    told = "; ".join(f"{project}: {', '.join(held)}" for project, held in by_project.items())
    return f"{len(rows)} times. {told}."


def _denied(rows: list[dict[str, Any]]) -> str:
    where = ", ".join(f"{row['party']} ({row['relation']})" for row in rows)
    return f"To local communities, denied by a passage: {where or 'nowhere'}."


def _not_assessable(found: dict[str, Any], projects: int) -> str:
    return f"{found['factor']}: not assessable in {len(found['not_assessable'])} of {projects}."


def _grid(grid: dict[str, Any]) -> list[tuple[str, str]]:
    lines = []
    for number, (theme, cells) in enumerate(grid.items()):
        sides = " | ".join(f"{project} {_direction(held)}" for project, held in cells.items())
        lines.append(("Two projects" if number == 0 else " ", f"{theme}: {sides}"))
    return lines


def _direction(findings: list[dict[str, Any]]) -> str:
    pointing = {f["direction"] for f in findings} - {"neither"}
    if not findings:
        return "– silent"
    if len(pointing) > 1:
        return "mixed"
    return next(iter(pointing), "neither")


def _contrast(found: dict[str, Any]) -> str:
    def values(side: dict[str, Any], labels: list[str]) -> str:
        return ", ".join(f"{side['values'].get(x, '–')}" for x in labels)

    left, right = found["left"], found["right"]
    outcome, differs = found["outcome"], found["differs"]
    return (
        f"In {left['project']} and {right['project']} alike {', '.join(found['same'])}; "
        f"{', '.join(differs)}: {values(left, differs)} and {values(right, differs)}; "
        f"{', '.join(outcome)}: {values(left, outcome)} and {values(right, outcome)}."
    )


def _move(found: dict[str, Any]) -> str:
    moved = ", ".join(found["moved_by"]) or "nothing stated"
    return f"{', '.join(found['from'])} to {', '.join(found['to'])}, by: {moved}."


def _practice(rows: list[dict[str, Any]]) -> str:
    told = "; ".join(
        f"{row['configuration']} {len(row['found']['against'])} and {len(row['found']['for'])}"
        for row in rows
    )
    equal = sum(row["planted"] == row["found"] for row in rows)
    return (
        f"Projects against and for each configuration: {told}. {equal} of {len(rows)} as planted."
    )
