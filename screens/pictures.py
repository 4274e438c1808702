"""Which pictures there are: every page, light and dark, with each casebook and an empty one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs/images/screens"
WIDTH, HEIGHT = 1440, 900
THEMES = ("light", "dark")
CASEBOOKS = ("hipp", "practice", "empty")
MOST_BYTES = 40_000
"""What a picture may weigh, on average: all of them travel with every clone."""

RECORDS = {
    "hipp": {
        "configuration": "HIPP/C-10",
        "source": "HIPP/S-1",
        "project": "HIPP/P-3",
        "factor": "HIPP/F-58",
    },
    "practice": {
        "configuration": "Practice/C-1",
        "source": "Practice/S-10",
        "project": "Practice/P-6",
        "factor": "Practice/F-13",
    },
}
"""The record that the page of a single record shows, by casebook and page."""

TYPED = {"search": {"words": "trust"}}
"""What stands in the address beside the programme, by page."""

FOR_THE_README = ("light-practice-configuration", "light-hipp-compare", "dark-practice-source")
"""The three that the README shows: the theory, what differs, and the text that it rests on."""


@dataclass(frozen=True)
class Picture:
    """One photograph: a page with a casebook in a theme."""

    page: str
    casebook: str
    theme: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDER / f"{self.theme}-{self.casebook}-{self.page}.webp"

    @property
    def record(self) -> str | None:
        """The record that it shows, as a person names it; None for a page of many."""
        return RECORDS.get(self.casebook, {}).get(self.page)


def pictures(pages: Iterable[str]) -> list[Picture]:
    """Every picture that these pages want, those of one server and one theme together."""
    names = list(pages)
    return [
        Picture(page, casebook, theme)
        for casebook, theme, page in product(CASEBOOKS, THEMES, names)
    ]
