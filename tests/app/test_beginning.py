"""An empty casebook: the demo as a whole or one part of it, and the other part later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cmo.graph.address import Folder
from cmo.graph.local import stop
from cmo.services.casebook import open_casebook
from cmo.services.reading import read
from tests.app.page import Page, close_apps_casebooks

Open = Callable[..., Page]


def test_one_part_of_the_demo_is_loaded_alone_and_about_loads_the_other(
    page: Open, tmp_path: Path
) -> None:
    place = tmp_path / "casebook"
    with open_casebook(Folder(place)) as opened:
        opened.actor("ann")
        first = page(opened, "home")
        offered = [b.label for b in first.app.button if b.key in ("load", "only_hipp")]
        first.app.button(key="only_practice").click()
        first.run()

        about = page(opened, "about")
        told = about.text("demo")
        about.app.button(key="only_hipp").click()
        about.run()

        assert offered == ["Load the demo", "Only HIPP"]
        assert told.endswith("HIPP of the demo is not in this casebook.")
        assert "5 projects" in page(opened, "home", programme="HIPP").text("mast")
        assert "12 projects" in page(opened, "home", programme="Practice").text("mast")
        assert "demo" not in page(opened, "about").trees
        close_apps_casebooks()
    stop(place)


def test_a_programme_that_is_made_up_is_marked_as_fiction(page: Open, tmp_path: Path) -> None:
    place = tmp_path / "casebook"
    with open_casebook(Folder(place)) as opened:
        opened.actor("ann")
        first = page(opened, "home")
        first.app.text_input(key="new_programme").input("Tried out")
        first.app.checkbox(key="new_fiction").check()
        next(b for b in first.app.button if b.label == "Record the programme").click()
        first.run()

        (held,) = read(opened.graph, "case/programmes", opened.actor("ann"))
        assert held["synthetic"]
        assert "fiction" in page(opened, "home", programme="Tried out").text("mast")
        close_apps_casebooks()
    stop(place)
