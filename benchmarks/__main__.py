"""Times the demo and the work that everything else stands on, on the local engine and, with
CMO_TEST_NEO4J set (and CMO_TEST_NEO4J_PASSWORD), on an empty Neo4j.

`growth` alone measures only how the pages fare as a casebook grows, `coding` alone only coding in a
browser. With CMO_BENCH_CASEBOOKS, a
folder, the larger casebooks are kept there and found by the next run.

Ratios are to one round trip to the engine in the same run, so that runs on different machines can
be compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.coding import in_a_browser
from benchmarks.growth import growth
from benchmarks.importing import importing_documents
from benchmarks.timing import HEAD, timed
from cmo.domain.evidence import Coding
from cmo.graph.address import Address, Folder, find_address
from cmo.graph.local import stop
from cmo.services import recording, seeding
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.reading import read
from cmo.services.regularities import regularities
from cmo.services.tour import tour


def demo(folder: Path) -> None:
    """From the command to the last line of the tour, without a casebook and with one."""
    environment = dict(os.environ, CMO_CASEBOOK=str(folder))
    command = [sys.executable, "-m", "cmo", "demo", "--no-serve"]

    def run() -> None:
        subprocess.run(command, env=environment, check=True, capture_output=True)

    print(timed("cmo demo, no casebook yet", run, runs=1).row(), flush=True)
    print(timed("cmo demo, engine running", run).row(), flush=True)

    def reopen() -> None:
        stop(folder)
        run()

    print(timed("cmo demo, engine stopped before", reopen, runs=3).row(), flush=True)


def services(place: Address, title: str) -> None:
    """Loading, reading and coding through the services."""
    with open_casebook(place) as casebook:
        actor = casebook.actor("bench")
        graph = casebook.graph
        unit = timed(f"{title}: one round trip", lambda: _ask(casebook), runs=50)
        print(unit.row(unit.median))
        for name in seeding.seed_names():
            load = partial(seeding.seed, graph, actor, name)
            row = timed(f"{title}: load {name}", load, 1)
            print(row.row(unit.median), flush=True)
        programme = seeding.programme_of("practice")
        works = {
            "recorded patterns of Practice": lambda: regularities(graph, actor, programme),
            "the whole tour": lambda: tour(graph, actor),
            "the codings of everything": lambda: read(graph, "evidence/codings", actor),
        }
        for name, work in works.items():
            print(timed(f"{title}: {name}", work, 10).row(unit.median), flush=True)
        excerpt = read(graph, "evidence/codings", actor)[0]["excerpt_id"]
        target = read(graph, "theory/links", actor)[0]["id"]

        def code() -> None:
            recording.record(graph, actor, Coding(excerpt=excerpt, bears_on=target))

        print(timed(f"{title}: code a passage", code, 30).row(unit.median), flush=True)


def _ask(casebook: Casebook) -> None:
    casebook.graph.read(lambda tx: tx.run("schema/versions"))


def main() -> None:
    """Prints the table."""
    store = os.environ.get("CMO_BENCH_CASEBOOKS")
    kept = Path(store) if store else None
    if sys.argv[1:] == ["growth"]:
        growth(kept)
        return
    print(HEAD)
    if sys.argv[1:] == ["coding"]:
        with tempfile.TemporaryDirectory() as scratch:
            _coding(Path(scratch) / "coding")
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        demo(folder)
        stop(folder)
        folder = Path(scratch) / "services"
        services(Folder(folder), "local")
        stop(folder)
        folder = Path(scratch) / "importing"
        importing_documents(Folder(folder), "local")
        stop(folder)
        _coding(Path(scratch) / "coding")
    growth(kept)
    address = os.environ.get("CMO_TEST_NEO4J")
    if address:
        os.environ.setdefault("CMO_NEO4J_PASSWORD", os.environ.get("CMO_TEST_NEO4J_PASSWORD", ""))
        services(find_address(address), "neo4j")
        importing_documents(find_address(address), "neo4j", theirs=False)
    else:
        print("Neo4j was not measured: CMO_TEST_NEO4J is not set.")


def _coding(folder: Path) -> None:
    with open_casebook(Folder(folder)) as casebook:
        seeding.seed(casebook.graph, casebook.actor("bench"), "practice")
    in_a_browser(folder, "local")
    stop(folder)


if __name__ == "__main__":
    main()
