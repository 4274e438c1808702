"""How long each page of the app takes to be drawn, by Streamlit's own AppTest: everything but the
browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.timing import timed
from cmo.domain.evidence import Coding
from cmo.graph.address import Folder
from cmo.services import recording
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import read

APP = Path(__file__).resolve().parents[1] / "app"
PAGES = (
    *("home", "configurations", "configuration", "sources", "source", "evidence", "regularities"),
    *("compare", "projects", "project", "stakeholders", "cards", "theory"),
    *("history", "about"),
)
"""The pages, those that are opened most first."""


def pages(
    folder: Path, programme: str, first: dict[str, list[float]], again: dict[str, float]
) -> None:
    """Adds for each page the seconds in which it is drawn the first time after somebody coded a
    passage, and those in which it is drawn again. The page itself was opened before."""
    os.environ |= {"CMO_CASEBOOK": str(folder), "CMO_USER": "bench"}
    if str(APP) not in sys.path:
        sys.path.insert(0, str(APP))
    from tests.app.page import Page, close_apps_casebooks

    try:
        with open_casebook(Folder(folder)) as book:
            addresses, excerpt, link = _looked_up(book, programme)
            for name in PAGES:
                page = Page(name, addresses[name])
                coding = Coding(excerpt=excerpt, bears_on=link)
                recording.record(book.graph, book.actor("bench"), coding)
                first[name].append(timed(name, page.run, 1).median)
                again[name] = timed(name, page.run, 3).median
    finally:
        close_apps_casebooks()


def _looked_up(book: Casebook, programme: str) -> tuple[dict[str, dict[str, str]], str, str]:
    """The address of each page, and an excerpt and a link to code it to."""
    graph, actor = book.graph, book.actor("bench")
    inside = {"programme_id": programme}
    (here,) = (p for p in read(graph, "case/programmes", actor) if p["id"] == programme)
    opened = {
        "configuration": read(graph, "theory/configuration_list", actor, **inside, limit=1)[0],
        "source": read(graph, "evidence/reading_list", actor, **inside, limit=1)[0],
        "project": read(graph, "case/projects", actor, **inside)[0],
    }
    excerpt = read(graph, "evidence/codings", actor, **inside, limit=1)[0]["excerpt_id"]
    link = read(graph, "theory/links", actor, **inside, limit=1)[0]["id"]
    addresses = {
        name: {"programme": here["name"]} | ({"id": opened[name]["id"]} if name in opened else {})
        for name in PAGES
    }
    return addresses, excerpt, link
