"""Times importing, beside Taguette where that is installed.

The documents are made anew from a fixed seed: so many texts of so many words, which are as long as
English ones, as many different ones as a person uses, and the n-th 1/n as frequent as the first
(G. K. Zipf, Human Behavior and the Principle of Least Effort, 1949).

Taguette's own conversion of a document is timed as its server calls it, one document after the
other, from the Python that CMO_BENCH_TAGUETTE names (an environment of its own that has Taguette):
its HTML goes through its sanitizer, its other formats through Calibre; what it would then store is
not timed. The ratio of our row is to that one. Without it, ours stands alone.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache, partial
from itertools import accumulate
from pathlib import Path

from benchmarks.beside import TAGUETTE, python_of_taguette
from benchmarks.timing import Timed, timed
from cmo.domain.case import Programme
from cmo.graph.address import Address, Folder
from cmo.graph.graph import Graph
from cmo.graph.local import stop
from cmo.services import importing, recording
from cmo.services.actor import Actor
from cmo.services.casebook import open_casebook
from cmo.services.findable import make_findable
from cmo.services.importing import Wanted

DOCUMENTS = 500
WORDS = 5_000
DIFFERENT = 20_000

_LETTERS = "etaoinshrdlucmfwypvbgk"
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_THEIRS = """
import asyncio, sys, tempfile
from pathlib import Path
from taguette import convert
class Config(dict):
    def __missing__(self, key):
        return 120 if key.endswith("TIMEOUT") else 10**9
async def main():
    for path in sorted(Path(sys.argv[1]).iterdir()):
        await convert.to_html(path.read_bytes(), "", path.name, Config())
asyncio.run(main())
"""


def write_html(folder: Path, many: int = DOCUMENTS) -> int:
    """Writes so many pages into the folder; answers with their bytes."""
    for number in range(many):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(number))
        page = f"<!doctype html><html><body><h1>Talk {number}</h1>{body}</body></html>"
        (folder / f"{number:03}.html").write_text(page, encoding="utf-8")
    return sum(path.stat().st_size for path in folder.iterdir())


def write_docx(folder: Path, many: int = DOCUMENTS) -> int:
    """Writes so many Word documents into the folder; answers with their bytes."""
    for number in range(many):
        body = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{paragraph}</w:t></w:r></w:p>'
            for paragraph in _paragraphs(number)
        )
        with zipfile.ZipFile(folder / f"{number:03}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
            archive.writestr("_rels/.rels", _RELATIONS)
            archive.writestr(
                "word/document.xml",
                f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            )
    return sum(path.stat().st_size for path in folder.iterdir())


def _paragraphs(seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  # texts to measure with
    different, frequency = _different()
    words = chance.choices(different, cum_weights=frequency, k=WORDS)
    return [
        f"{'Interviewer' if n % 100 == 0 else 'Iris'}: {' '.join(words[n : n + 50])}."
        for n in range(0, WORDS, 50)
    ]


@cache
def _different() -> tuple[list[str], list[float]]:
    """The words that texts are made of, and how frequent each is with all before it."""
    chance = random.Random(1)  # noqa: S311  # as above
    lengths = (2, 3, 3, 4, 5, 6, 7, 9)
    made = ["".join(chance.choices(_LETTERS, k=chance.choice(lengths))) for _ in range(DIFFERENT)]
    return made, list(accumulate(1 / n for n in range(1, DIFFERENT + 1)))


def importing_documents(place: Address, title: str, *, theirs: bool = True) -> None:
    """Prints the rows of importing: HTML and .docx, from the files to sources ready to be coded,
    and until they are found by their words."""
    with tempfile.TemporaryDirectory() as scratch, open_casebook(place) as casebook:
        actor = casebook.actor("bench")
        for form, write in (("html", write_html), (".docx", write_docx)):
            folder = Path(scratch) / form
            folder.mkdir()
            size = write(folder) / 1e6
            programme = recording.record(casebook.graph, actor, Programme(name=f"Texts {form}"))
            actor = casebook.actor("bench")
            work = partial(_import, casebook.graph, actor, folder, Wanted(programme.id))
            what = f"{DOCUMENTS} {form} of {WORDS:,} words ({size:.0f} MB)"
            ours = timed(f"{title}: import {what}", work, runs=1)
            other = _taguette(folder, f"Taguette reads {what}") if theirs else None
            print(ours.row(other), flush=True)
            rest = timed("", partial(make_findable, casebook.graph), runs=1).median + ours.median
            print(Timed(f"{title}: the same, found by words", rest, rest, rest, 1).row())


def _import(graph: Graph, actor: Actor, folder: Path, wanted: Wanted) -> None:
    seen = importing.look(graph, actor, importing.find_files([folder]), wanted)
    done = importing.import_sources(graph, actor, seen)
    assert len(done.sources) == len(seen.files)


def _taguette(folder: Path, title: str) -> float | None:
    """The seconds that Taguette takes to read the folder, printed; None where it is not there."""
    python = python_of_taguette()
    if python and folder.name != "html" and shutil.which("ebook-convert") is None:
        print(f"{title}: not measured, as Calibre's ebook-convert is not on PATH.")
        return None
    if not python:
        print(f"Taguette was not measured: {TAGUETTE} names no Python that has it.")
        return None
    row = timed(
        title, lambda: subprocess.run([python, "-c", _THEIRS, str(folder)], check=True), runs=1
    )
    print(row.row(), flush=True)
    return row.median


def main() -> None:
    """Prints the rows for a new casebook on the local engine."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "importing"
        importing_documents(Folder(folder), "local")
        stop(folder)


if __name__ == "__main__":
    main()
