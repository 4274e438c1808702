"""A page of the app as a test sees it: what is drawn on it, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app"
Tree = Any
"""A text, or [tag, attributes, children]."""


class Page:
    """A page that was run through main.py, with the sidebar and everything.

    `app` is Streamlit's own AppTest, for widgets (`page.app.button(key=...)`). Afterwards `run`
    again; what was drawn is read anew at each question.
    """

    def __init__(self, name: str, query: Mapping[str, str]) -> None:
        self.app = AppTest.from_file(str(APP / "main.py"), default_timeout=180)
        if name == "home":
            self.app.query_params.update(query)
            self.run()
        else:
            self.run()
            self.go(name, query)

    def run(self) -> Page:
        """Runs the page again, as a click or a key does; fails where the page raised."""
        self.app.run()
        return self._without_fault()

    def _without_fault(self) -> Page:
        assert not self.app.exception, [e.message for e in self.app.exception]
        return self

    def go(self, name: str, query: Mapping[str, str]) -> Page:
        """Goes to a page by its address, without anything of the one before."""
        self.app.switch_page(f"views/{name}.py")
        self.app.query_params.clear()
        self.app.query_params.update(query)
        return self.run()

    def click(self, key: str, go: str) -> Page:
        """Clicks what is drawn under `key` and leads to `go`, and follows."""
        assert go in self.goes(key), f"nothing in {key} leads to {go}: {self.goes(key)}"
        return self.tell(key, "go", go)

    def tell(self, key: str, event: str, value: Any) -> Page:
        """Lets the component under `key` tell an event once, as the browser does, and runs."""
        (proto,) = (e.proto for e in self.app.get("bidi_component") if _key(e.proto.id) == key)
        told = WidgetState(
            id=_make_trigger_id(proto.id, "events"),
            json_trigger_value=json.dumps([{"event": event, "value": value}]),
        )
        states = self.app._tree.get_widget_states()
        states.widgets.append(told)
        self.app._run(states)
        return self._without_fault()

    def change(self, key: str, state: Mapping[str, Any]) -> Page:
        """Lets the component under `key` have this state, as the browser tells it, and runs."""
        (proto,) = (e.proto for e in self.app.get("bidi_component") if _key(e.proto.id) == key)
        states = self.app._tree.get_widget_states()
        states.widgets.append(WidgetState(id=proto.id, json_value=json.dumps(state)))
        self.app._run(states)
        return self._without_fault()

    @property
    def trees(self) -> dict[str, Tree]:
        """What is drawn on the page: the trees by their keys, in order."""
        found: dict[str, Tree] = {}
        for element in self.app.get("bidi_component"):
            proto = element.proto
            held = json.loads(proto.mixed.json if proto.HasField("mixed") else proto.json)
            if "tree" in held:
                found[_key(proto.id)] = held["tree"]
        return found

    def text(self, key: str | None = None) -> str:
        """The words of what is drawn under `key` (None: of everything on the page, Streamlit's own
        texts too), parted by single spaces."""
        if key is not None:
            return " ".join(_words(self.trees[key]))
        drawn = [word for tree in self.trees.values() for word in _words(tree)]
        return " ".join([*drawn, *(str(e.value) for e in self.app.text)])

    def goes(self, key: str | None = None) -> list[str]:
        """Where the marks and words that are drawn lead, in order."""
        trees = [self.trees[key]] if key else list(self.trees.values())
        return [go for tree in trees for go in _attribute(tree, "data-go")]

    def said(self, key: str | None = None) -> list[str]:
        """What pictures say to somebody who cannot see them: labels, tool tips and titles."""
        trees = [self.trees[key]] if key else list(self.trees.values())
        return [
            said for t in trees for name in ("aria-label", "title") for said in _attribute(t, name)
        ]


def _key(id: str) -> str:
    """The key that the view gave: it follows the checksum in the identity that Streamlit makes."""
    return id.removeprefix("$$ID-").partition("-")[2]


def _words(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        if tree.strip():
            yield tree.strip()
        return
    for child in tree[2]:
        yield from _words(child)


def _attribute(tree: Tree, name: str) -> Iterator[str]:
    if isinstance(tree, str):
        return
    if name in tree[1]:
        yield tree[1][name]
    for child in tree[2]:
        yield from _attribute(child, name)


def close_apps_casebooks() -> None:
    """Closes the casebooks that the app holds open in this process."""
    from components import session  # type: ignore[import-not-found,unused-ignore]

    session.close_all()
