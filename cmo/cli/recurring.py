"""What recurs across projects, and two projects side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, print_table, write
from cmo.cli.terminal import say, visible

if TYPE_CHECKING:
    from cmo.analysis.cells import Reading
    from cmo.services.comparing import Comparison, FactorRow, Found
    from cmo.services.regularities import Regularities

TOO_FEW = 12
"""Below this many projects a list of patterns cannot be compared with chance (method, rule 5)."""

ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="A project or sub-case, by code, name or id.")
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "regularities", regularities)
    add(app, "compare", compare)


def regularities(call: Call) -> None:
    """Show the recorded patterns of a programme: for, against and silent projects of each.

    A project counts once, however many passages it has. Exceptions come first. Silence is not
    absence.

    \b
    Example: cmo regularities --programme Practice
    Example: cmo regularities --programme HIPP --format json
    """
    from cmo.services.regularities import regularities as recurring

    with call.open() as book:
        programme = book.home()
        found = recurring(book.graph, book.actor, programme["id"])
    rows = {
        "configurations": [p.row() for p in found.configurations],
        "links": [p.row() for p in found.links],
    }
    if call.as_format is Format.JSON:
        head = {"programme": programme["name"], "synthetic": programme["synthetic"]}
        call.print_object({**head, "projects": [p.name for p in found.projects], **rows})
    elif call.as_format is Format.CSV:
        call.print_rows([*rows["configurations"], *rows["links"]])
    else:
        _print_patterns(programme["name"], programme["synthetic"], found, rows)


def _print_patterns(
    name: str, synthetic: bool, found: Regularities, rows: dict[str, list[dict[str, Any]]]
) -> None:
    fiction = " (fictional)" if synthetic and "fictional" not in name else ""
    write(f"{visible(name)}{fiction}: recorded patterns in {len(found.projects)} projects\n")
    for what, held in rows.items():
        if held:
            write(f"\n{what.capitalize()}\n")
            print_table([_pattern_line(row) for row in held], [*_pattern_line(held[0])])
    if len(found.projects) < TOO_FEW:
        say(f"{len(found.projects)} projects are too few to compare with chance.")


def _pattern_line(row: dict[str, Any]) -> dict[str, Any]:
    general = [
        f"{row[f'general_{way}']} {way}" for way in ("against", "for") if row[f"general_{way}"]
    ]
    notes = [
        (row["status"] or "").replace("_", " "),
        f"for {row['for_whom']}" if row["for_whom"] else "",
        f"of the programme as a whole: {', '.join(general)}" if general else "",
        "both in " + ", ".join(row["both_projects"]) if row["both"] else "",
        *(f"decided: {said.replace('_', ' ', 1)}" for said in row["decided"]),
        f"{row['carried']} carried, not yet affirmed" if row["carried"] else "",
        "partly implied" if row["implied"] else "",
        "through merged labels" if row["through_merge"] else "",
    ]
    return {
        "code": row["code"],
        "pattern": row["name"],
        "against": _counted(row["against_projects"]),
        "for": _counted(row["for_projects"]),
        "silent": row["silent"],
        "of": row["total"],
        "support": row["support"].replace("_", " "),
        "notes": "; ".join(note for note in notes if note),
    }


def _counted(names: list[str]) -> str:
    return f"{len(names)}: {', '.join(names)}" if names else "0"


def compare(call: Call, left: ProjectArgument, right: ProjectArgument) -> None:
    """Show two projects side by side: what was found under each theme, and what was assessed.

    A theme without findings is silent there; a factor that was not assessed is a dash.

    \b
    Example: cmo compare Nottingham Sandwell
    """
    from cmo.services.comparing import compare as compared

    with call.open() as book:
        ids = [book.find(reference, "Project")["id"] for reference in (left, right)]
        found = compared(book.graph, book.actor, *ids)
    themes = [_theme(row.theme, row.words, row.left, row.right) for row in found.themes]
    factors = [_factor(row) for row in found.factors]
    if call.as_format is Format.TABLE:
        _print_comparison(found, themes, factors)
    elif call.as_format is Format.JSON:
        call.print_object(
            {
                "left": found.left.name,
                "right": found.right.name,
                "themes": themes,
                "factors": factors,
            }
        )
    else:
        call.print_rows([*themes, *factors])


def _theme(
    theme: str, words: tuple[str, str], left: tuple[Found, ...], right: tuple[Found, ...]
) -> dict[str, Any]:
    sides = {"left": _found(left), "right": _found(right)}
    return {"theme": theme, "left_says": words[0], "right_says": words[1], **sides}


def _found(findings: tuple[Found, ...]) -> list[dict[str, Any]]:
    return [
        {
            "code": f.code,
            "statement": f.statement,
            "direction": f.direction,
            "wave": f.wave,
            "origin": f.origin,
            "place": f.place,
            "locator": f.locator,
        }
        for f in findings
    ]


def _factor(row: FactorRow) -> dict[str, Any]:
    from cmo.services.comparing import locators

    return {
        "code": row.code,
        "factor": row.label,
        "roles": list(row.roles),
        "left": _assessed(row.left),
        "right": _assessed(row.right),
        "same": row.same,
        "locators": list(locators(row.passages)),
    }


def _assessed(side: Reading | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {"value": side.value, "valences": sorted(side.valences), "on_mention": side.on_mention}


def _print_comparison(
    found: Comparison, themes: list[dict[str, Any]], factors: list[dict[str, Any]]
) -> None:
    left, right = (f"{side.code} {side.name}" for side in (found.left, found.right))
    held = [
        {
            "theme": row["theme"],
            left: _findings(row["left_says"], row["left"]),
            right: _findings(row["right_says"], row["right"]),
        }
        for row in themes
    ]
    if held:
        print_table(held, ["theme", left, right])
    if factors:
        write("\nAssessed\n")
        lines = [
            {
                "factor": f"{row['code']} {row['factor']}",
                left: _value(row["left"]),
                right: _value(row["right"]),
                "where": row["locators"],
            }
            for row in factors
        ]
        print_table(lines, ["factor", left, right, "where"])


def _findings(says: str, findings: list[dict[str, Any]]) -> str:
    lines = [f"{f['code']} {f['statement']}" + _ours(f["origin"]) for f in findings]
    return "\n".join([says, *lines]) if lines else "– silent"


def _ours(origin: str) -> str:
    return " (ours)" if origin == "ours" else ""


def _value(side: dict[str, Any] | None) -> str | None:
    if side is None:
        return None
    valences = [v for v in side["valences"] if v != "not_stated"]
    value = str(side["value"]).replace("_", " ")
    return value + (f" ({', '.join(valences)})" if valences else "")
