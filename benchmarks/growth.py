"""How the pages fare as a casebook grows: what each asks for, at 1, 10 and 100 times the demo, and
the exponent by which that grows; and the support of one thing and of all."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.coding import in_a_browser
from benchmarks.exporting import exporting
from benchmarks.larger import larger
from benchmarks.pages import PAGES, pages
from benchmarks.timing import timed
from cmo.domain.evidence import Coding
from cmo.graph.address import Folder
from cmo.graph.graph import Graph
from cmo.graph.local import stop
from cmo.services import recording, seeding
from cmo.services.actor import Actor
from cmo.services.backup import backup, restore
from cmo.services.casebook import open_casebook
from cmo.services.configurations import configurations
from cmo.services.evidence_grid import Wanted, passages
from cmo.services.genesis import genesis
from cmo.services.interview_cards import interview_cards
from cmo.services.journal import journal
from cmo.services.mentioning import mentions
from cmo.services.overview import board, needs
from cmo.services.reading import read
from cmo.services.regularities import regularities
from cmo.services.relating import relations
from cmo.services.supporting import support_of, support_of_all
from cmo.services.tallying import extent
from cmo.services.texts import targets
from cmo.services.theme_grid import theme_grid

SIZES = (1, 10, 100)
MOST_EXPONENT = 1.1
AGAIN = 1.0
"""Seconds that a page may take; targets for support follow."""
SUPPORT_OF_ONE, SUPPORT_OF_ALL = 0.05, 0.3

Work = Callable[[Graph, Actor, str], object]
WORKS: dict[str, Work] = {
    "home: the board": board,
    "home: what is missing": needs,
    "projects": lambda g, a, p: read(g, "case/projects", a, programme_id=p),
    "configurations: a page": configurations,
    "sources: a page": lambda g, a, p: read(
        g, "evidence/reading_list", a, programme_id=p, limit=51
    ),
    "source: what to code to": lambda g, a, p: targets(g, a, p, None, 200),
    "evidence: a page": lambda g, a, p: passages(g, a, p, Wanted()),
    "regularities": regularities,
    "regularities: on mention": mentions,
    "compare": theme_grid,
    "stakeholders": relations,
    "interview cards": lambda g, a, p: interview_cards(g, a, p, "resident"),
    "theory": genesis,
    "history: a page": lambda g, a, _: journal(g, a, limit=41),
    "counts of every page": extent,
    "support of all": support_of_all,
}


def growth(kept: Path | None = None) -> None:
    """Prints a row for each part of a page: seconds the first time after somebody coded a passage,
    at each size, the exponent, and seconds again while nothing changed at the largest; then the
    same for the pages themselves.

    The larger casebooks are kept in the folder `kept`, where one is given, and found there by the
    next run: restoring a hundred times the demo takes minutes. What is measured is a copy.
    """
    programme = seeding.programme_of("practice")
    first: dict[str, list[float]] = {name: [] for name in WORKS}
    again: dict[str, float] = {}
    drawn: dict[str, list[float]] = {name: [] for name in PAGES}
    drawn_again: dict[str, float] = {}
    support, exported = 0.0, []
    with tempfile.TemporaryDirectory() as scratch:
        store = kept or Path(scratch) / "kept"
        for size in SIZES:
            folder = Path(scratch) / f"x{size}"
            shutil.copytree(_casebook(store, size), folder)
            support = _measured(folder, programme, first, again)
            pages(folder, programme, drawn, drawn_again)
            if size == SIZES[-1]:
                in_a_browser(folder, f"local, {size}x the demo")
            exported = exporting(folder, programme)
            stop(folder)
            shutil.rmtree(folder)
    _table(first, again)
    _table(drawn, drawn_again)
    print("\n".join(exported))
    print(f"support of one at {SIZES[-1]}x: {support:.3f} s (target {SUPPORT_OF_ONE})")
    print(
        f"support of all at {SIZES[-1]}x: {again['support of all']:.3f} s (target {SUPPORT_OF_ALL})"
    )


def _casebook(store: Path, size: int) -> Path:
    """The folder of the casebook of so many times the demo, made if it is not in the store; no
    engine serves it."""
    folder, demo = store / f"x{size}", store / "demo.jsonl"
    if folder.is_dir():
        return folder
    store.mkdir(parents=True, exist_ok=True)
    making = store / f"x{size}.making"
    shutil.rmtree(making, ignore_errors=True)
    if not demo.exists():
        with open_casebook(Folder(store / "demo.making")) as book:
            for name in seeding.seed_names():
                seeding.seed(book.graph, book.actor("bench"), name)
            backup(book.graph, book.actor("bench"), demo)
        stop(store / "demo.making")
        shutil.rmtree(store / "demo.making")
    file = store / f"x{size}.jsonl"
    larger(demo, file, size)
    with open_casebook(Folder(making)) as book:
        restore(book.graph, file)
    stop(making)
    file.unlink()
    return making.rename(folder)


def code_something(graph: Graph, actor: Actor, programme: str) -> None:
    """Codes a passage once more, as people do all the time: what follows is the first after it."""
    (target, *_) = read(graph, "theory/links", actor, programme_id=programme, limit=1)
    (coded, *_) = read(graph, "evidence/codings", actor, programme_id=programme, limit=1)
    excerpt, link = coded["excerpt_id"], target["id"]
    recording.record(graph, actor, Coding(excerpt=excerpt, bears_on=link))


def _measured(
    folder: Path, programme: str, first: dict[str, list[float]], again: dict[str, float]
) -> float:
    """Adds the times of one size; gives seconds to the support of one configuration."""
    with open_casebook(Folder(folder)) as book:
        graph, actor = book.graph, book.actor("bench")
        for name, work in WORKS.items():
            once = partial(work, graph, actor, programme)
            once()
            code_something(graph, actor, programme)
            first[name].append(timed(name, once, 1).median)
            again[name] = timed(name, once).median
        one = configurations(graph, actor, programme, limit=1)[0][0].id
        return timed("support of one", partial(support_of, graph, actor, one)).median


def _table(first: dict[str, list[float]], again: dict[str, float]) -> None:
    heads = "".join(f"{f'{size}x':>9}" for size in SIZES)
    print(f"{'seconds, the first time after a change':<44}{heads}{'exponent':>10}{'again':>9}")
    for name, taken in first.items():
        exponent = math.log(taken[-1] / taken[0]) / math.log(SIZES[-1] / SIZES[0])
        late = " LATE" if again[name] > AGAIN or exponent > MOST_EXPONENT else ""
        row = "".join(f"{seconds:9.3f}" for seconds in taken)
        print(f"{name:<44}{row}{exponent:10.2f}{again[name]:9.3f}{late}", flush=True)
    print(f"targets: exponent {MOST_EXPONENT}, a page {AGAIN} s at {SIZES[-1]}x")
