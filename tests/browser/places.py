"""The address of every page, with a record where a page is of one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from cmo.graph.address import Folder
from cmo.services.casebook import open_casebook
from cmo.services.reading import read

PAGES = (
    "home",
    "search",
    "configurations",
    "configuration",
    "factor",
    "theory",
    "sources",
    "source",
    "evidence",
    "regularities",
    "compare",
    "matrix",
    "stakeholders",
    "cards",
    "projects",
    "project",
    "history",
    "about",
)
"""All there are; a test compares them with the app's own list."""


def addresses(folder: Path, programme: str) -> dict[str, str]:
    """Every page's address below the app's, by name, in a programme of an open casebook; that of
    one record leads to the first there is."""
    with open_casebook(Folder(folder)) as book:
        who = book.actor()
        rows = read(book.graph, "case/programmes", who)
        (place,) = (row["id"] for row in rows if row["name"] == programme)
        firsts = {
            "configuration": read(
                book.graph, "theory/configuration_list", who, programme_id=place, limit=1
            ),
            "factor": read(book.graph, "theory/factors", who, programme_id=place),
            "source": read(book.graph, "evidence/sources", who, programme_id=place),
            "project": read(book.graph, "case/projects", who, programme_id=place),
        }
    found = {name: f"{name}?programme={quote(programme)}" for name in PAGES}
    found["home"] = found["home"].removeprefix("home")
    return found | {name: f"{name}?id={rows[0]['id']}" for name, rows in firsts.items()}


def bare() -> dict[str, str]:
    """Every page's address in a casebook without a programme."""
    return {name: name for name in PAGES} | {"home": ""}
