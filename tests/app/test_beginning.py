"""An empty casebook: the demo as a whole or one part of it, and the other part later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cmo.graph.address import Folder
from cmo.graph.local import stop
from cmo.services.casebook import open_casebook
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
