"""The map's reckoning in the language in which the browser runs it, and the page for offline."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cmo.services.casebook import Casebook
from cmo.services.relating import Party, Relations, relations
from cmo.services.seeding import seed_id
from components import network

NETWORK = Path(__file__).resolve().parents[2] / "app" / "components" / "network"
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&" + "W" * 300


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not there")
def test_views_directions_and_filters_are_reckoned_right() -> None:
    done = subprocess.run(
        ["node", "--test", "tests/"], cwd=NETWORK, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass [1-9]\d*$", done.stdout, re.MULTILINE)


class Seen(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page_of(held: Relations) -> str:
    ids = [{"id": r["id"], "from": r["from_id"], "to": r["to_id"]} for r in held.rows]
    tree = network.picture(held, "a map")
    return network.offline_page("A map", tree, network.asked(held), "Note.", ids)


def test_the_page_for_offline_asks_for_nothing_and_holds_the_same_facts(demo: Casebook) -> None:
    held = relations(demo.graph, demo.actor("ann"), seed_id("hipp", "programme/hipp"))

    page = page_of(held)

    seen = Seen(page)
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in seen.found}
    assert not [a for _, a in seen.found if "src" in a or "href" in a]
    assert set(re.findall(r"https?://[^\s\"']+", page)) <= {"http://www.w3.org/2000/svg"}
    classes = [(a.get("class") or "").split() for _, a in seen.found]
    assert sum("tie" in c for c in classes) == 67
    assert page.count("<tr data-id=") == 67
    assert "default-src 'none'" in page


def test_hostile_names_stay_text_on_the_map_and_offline() -> None:
    names = {"a": HOSTILE, "b": "B"}
    row: dict[str, Any] = {
        "id": "r", "code": "R-1", "kind": "leads", "state": "denied", "from_id": "a", "to_id": "b",
        "from_party": HOSTILE, "to_party": "B", "for_what": HOSTILE, "wave": None, "began": None,
        "ended": None, "origin": "stated", "within": "B", "passages": [],
    }  # fmt: skip
    parties = tuple(Party(id, None, name, "organisation", None) for id, name in names.items())

    page = page_of(Relations(parties, (row,), ()))

    seen = Seen(page)
    assert "img" not in {tag for tag, _ in seen.found}
    assert sum(tag == "script" for tag, _ in seen.found) == 1
    assert not [a for _, a in seen.found if any(name.startswith("on") for name in a)]


def test_no_text_can_become_markup_in_the_component() -> None:
    for path in (*NETWORK.glob("*.js"), NETWORK.parent / "save.js", NETWORK.parent / "make.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function",
            path.read_text(encoding="utf-8"),
        ), path.name
