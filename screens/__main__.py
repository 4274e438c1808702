"""Photographs every page of the app into docs/images/screens, with casebooks made for it.

`make screens ARGS="home compare"` takes the pictures of these pages only.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from urllib.parse import urlencode

from cmo.errors import CmoError, InvalidInput
from cmo.graph.address import Folder
from cmo.graph.local import stop
from cmo.services.casebook import open_casebook
from cmo.services.naming import find_record
from cmo.services.seeding import seed
from screens.camera import browser, photograph, window
from screens.pictures import FOLDER, RECORDS, THEMES, TYPED, Picture, pictures

USER = "ann"
SAID = "The app is at "


def page_names() -> list[str]:
    """Every page of the app, as its navigation names them."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))
    from components.sidebar import PAGES  # type: ignore[import-not-found,unused-ignore]

    return list(PAGES)


def main(asked: list[str]) -> int:
    """Takes the pictures of these pages (none named: of all); returns the exit status."""
    known = page_names()
    try:
        strangers = [name for name in asked if name not in known]
        if strangers:
            raise InvalidInput(
                f"There is no page called {strangers[0]}.",
                "No picture was taken.",
                f"Choose among {', '.join(known)}.",
            )
        _take(pictures(asked or known))
    except CmoError as error:
        print(error, file=sys.stderr)
        return 1
    weight = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures, {weight / 1e6:.2f} MB in {FOLDER}")
    return 0


def _take(wanted: list[Picture]) -> None:
    with tempfile.TemporaryDirectory() as held, browser() as opened:
        demo, empty = Path(held, "demo"), Path(held, "empty")
        for folder in (demo, empty):
            ids = _made(folder, seeded=folder == demo)
            try:
                with _served(folder) as address:
                    for theme in THEMES:
                        with window(opened, theme) as page:
                            for picture in wanted:
                                ours = (picture.casebook == "empty") == (folder == empty)
                                if picture.theme == theme and ours:
                                    size = photograph(
                                        page, address + _path(picture, ids), picture.path
                                    )
                                    print(f"{picture.path.name}  {size / 1000:.0f} kB", flush=True)
            finally:
                stop(folder)


def _made(folder: Path, *, seeded: bool) -> dict[str, str]:
    """Makes a casebook; returns the ids of the records that are photographed, by their names."""
    with open_casebook(Folder(folder)) as casebook:
        actor = casebook.actor(USER)
        if not seeded:
            return {}
        for name in RECORDS:
            seed(casebook.graph, actor, name)
        names = [name for records in RECORDS.values() for name in records.values()]
        return {name: find_record(casebook.graph, actor, name)["id"] for name in names}


def _path(picture: Picture, ids: dict[str, str]) -> str:
    page = "" if picture.page == "home" else picture.page
    query = {} if picture.casebook == "empty" else {"programme": picture.casebook}
    if query:
        query |= TYPED.get(picture.page, {})
    if picture.record and ids:
        query["id"] = ids[picture.record]
    return f"/{page}?{urlencode(query)}" if query else f"/{page}"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The app on that casebook, as a user starts it; gives its address and ends it afterwards."""
    command = [sys.executable, "-m", "cmo", "serve", "--no-browser", "--port", "8701"]
    server = Popen(
        [*command, "--casebook", str(folder), "--as", USER], stdout=PIPE, stderr=DEVNULL, text=True
    )
    try:
        assert server.stdout
        for line in server.stdout:
            if line.startswith(SAID):
                yield line.removeprefix(SAID).split()[0]
                break
        else:
            raise CmoError(
                "The app did not start.",
                "No picture was taken.",
                "See why with: cmo serve --no-browser",
            )
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
