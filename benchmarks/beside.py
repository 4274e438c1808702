"""Times the same work in Taguette, where it is installed, so that ours can be told as a ratio.

CMO_BENCH_TAGUETTE names the Python of an environment of its own that has Taguette (1.5.2 was
tried). Its server runs on this computer, on a database that its own models fill: so many documents,
each with so many highlights that carry one tag. A page of highlights and the exports are timed as
its server answers, without a browser; coding in the browser, from its Save to the highlight drawn.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import statistics
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.timing import Timed, timed
from cmo.cli.serving import free_port

TAGUETTE = "CMO_BENCH_TAGUETTE"
"""Names the Python of an environment that has Taguette."""
HIGHLIGHTS = 20_000
"""How many highlights its project holds."""
RUNS = 20

_FILL = """
import json, sys
from taguette import database
held = json.load(open(sys.argv[2], encoding="utf-8"))
session = database.connect("sqlite:///" + sys.argv[1])()
user = database.User(login="admin")
project = database.Project(name="Bench", description="")
tags = [database.Tag(project=project, path=f"tag {n}", description="") for n in range(held["tags"])]
admin = database.ProjectMember(user=user, project=project, privileges=database.Privileges.ADMIN)
session.add_all([user, project, admin, *tags])
for number in range(held["documents"]):
    document = database.Document(
        name=f"Talk {number}", description="", filename="talk.html", project=project,
        text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=held["html"])
    session.add(document)
    session.add_all(
        database.Highlight(document=document, start_offset=start, end_offset=end, snippet=snippet,
                           tags=[tags[n % len(tags)]])
        for n, (start, end, snippet) in enumerate(held["spans"]))
session.commit()
"""
_SERVE = """
from taguette.web import base
base.Application.check_messages = lambda self: None  # it would ask its makers' site
from taguette.main import main
main()
"""
_CODE = """
new Promise((done) => {
  createHighlight([%d, %d]);
  document.querySelector("#highlight-add-tags input").checked = true;
  const count = () => document.querySelectorAll("#document-contents .highlight").length;
  const before = count();
  const began = performance.now();
  document.querySelector("#highlight-add-form [type=submit]").click();
  const look = () => {
    const taken = (performance.now() - began) / 1000;
    if (count() > before || taken > 60) done(taken);
    else requestAnimationFrame(look);
  };
  look();
})
"""
"""Seconds from its Save to a frame that shows one highlight more."""


@dataclass(frozen=True)
class Beside:
    """Median seconds that the same work takes in Taguette."""

    page: float
    csv: float
    xlsx: float
    coding: float


def python_of_taguette() -> str | None:
    """The Python that has Taguette; None where none is named."""
    return os.environ.get(TAGUETTE)


_measured: list[Beside | None] = []


def measured() -> Beside | None:
    """What was measured in this run, if it was."""
    return _measured[0] if _measured else None


def beside(text: str, spans: Sequence[tuple[int, int]], browser: Browser) -> Beside | None:
    """What Taguette takes for documents of this text with highlights there, HIGHLIGHTS in all;
    measured once a run, and its rows printed. None where it is not there."""
    if not _measured:
        _measured.append(_measure(text, spans, browser))
    return _measured[0]


def _measure(text: str, spans: Sequence[tuple[int, int]], browser: Browser) -> Beside | None:
    python = python_of_taguette()
    if python is None:
        print(f"Taguette was not measured: {TAGUETTE} names no Python that has it.")
        return None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _fill(python, folder, text, spans)
        with _served(python, folder) as joined:
            rows = list(_rows(joined, browser))
    for row in rows:
        print(row.row(), flush=True)
    return Beside(*(row.median for row in rows))


def _fill(python: str, folder: Path, text: str, spans: Sequence[tuple[int, int]]) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    shift = [text[:start].count("\n") for start, _ in spans]  # no text stands between paragraphs
    held = {
        "html": paragraphs,
        "documents": HIGHLIGHTS // len(spans),
        "tags": 12,
        "spans": [
            (start - lines, end - lines, text[start:end])
            for (start, end), lines in zip(spans, shift, strict=True)
        ],
    }
    file = folder / "held.json"
    file.write_text(json.dumps(held), encoding="utf-8")
    command = [python, "-c", _FILL, str(folder / "taguette.sqlite3"), str(file)]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def _served(python: str, folder: Path) -> Iterator[str]:
    """The address, with its token, at which Taguette lets one in."""
    port = str(free_port(7465))
    database = str(folder / "taguette.sqlite3")
    command = [python, "-c", _SERVE, "--no-browser", "--port", port]
    process = subprocess.Popen(
        [*command, "--database", database],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(folder)},
        text=True,
    )
    try:
        assert process.stdout is not None
        said = iter(process.stdout)
        yield next(found[0] for found in (re.search(r"http://\S+", line) for line in said) if found)
    finally:
        process.terminate()
        process.wait()


def _rows(joined: str, browser: Browser) -> Iterator[Timed]:
    """The rows in the order of Beside's fields."""
    address = joined.partition("/?")[0]
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    opener = urllib.request.build_opener(jar)

    def get(path: str) -> None:
        with opener.open(address + path, timeout=300) as answer:
            answer.read()

    opener.open(joined).read()
    name = f"Taguette, {HIGHLIGHTS:,} highlights: "
    yield timed(name + "a page of 50", lambda: get("/api/project/1/highlights/?page=1"))
    yield timed(name + "as CSV", lambda: get("/project/1/export/highlights/.csv"), 1)
    yield timed(name + "as XLSX", lambda: get("/project/1/export/highlights/.xlsx"), 1)
    taken = _coded(joined, address, browser)
    yield Timed(name + "Save to drawn", min(taken), statistics.median(taken), max(taken), RUNS)


def _coded(joined: str, address: str, browser: Browser) -> list[float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(joined, wait_until="domcontentloaded")
    page.goto(f"{address}/project/1/document/1", wait_until="domcontentloaded")
    page.locator("#document-contents .highlight").first.wait_for(timeout=120_000)
    taken = []
    for number in range(RUNS):
        taken.append(float(page.evaluate(_CODE % (number * 40 + 3, number * 40 + 20))))
        page.wait_for_timeout(400)
    page.close()
    return taken
