"""The pictures of the app: every page has one, light and dark, with each casebook."""

from __future__ import annotations

import struct
from pathlib import Path

from components.sidebar import PAGES  # type: ignore[import-not-found,unused-ignore]
from screens.pictures import (
    FOLDER,
    FOR_THE_README,
    HEIGHT,
    MOST_BYTES,
    RECORDS,
    WIDTH,
    pictures,
)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a WebP file with lossy pixels."""
    held = path.read_bytes()
    assert (held[:4], held[8:16]) == (b"RIFF", b"WEBPVP8 "), path
    width, height = struct.unpack("<HH", held[26:30])
    return width & 0x3FFF, height & 0x3FFF


def test_every_page_has_its_pictures_and_no_picture_is_of_a_page_that_is_gone() -> None:
    wanted = {picture.path.name for picture in pictures(PAGES)}

    assert {path.name for path in FOLDER.iterdir()} == wanted
    assert len(wanted) == len(PAGES) * 2 * 3


def test_the_pictures_have_the_size_that_they_are_judged_at() -> None:
    assert {size_of(path) for path in FOLDER.iterdir()} == {(WIDTH, HEIGHT)}


def test_all_pictures_together_stay_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.iterdir()]

    assert sum(sizes) <= MOST_BYTES * len(sizes)


def test_the_page_of_a_single_record_is_photographed_with_a_record() -> None:
    single = {page for page in PAGES if page + "s" in PAGES} | {"factor"}

    assert all(set(records) == single for records in RECORDS.values())


def test_the_three_pictures_of_the_readme_are_there() -> None:
    assert len(set(FOR_THE_README)) == 3
    assert all((FOLDER / f"{name}.webp").exists() for name in FOR_THE_README)
