"""A page that is asked for before the casebook is ready waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from cmo.services.casebook import Casebook
from components import lifeline, session
from tests.app.page import Page, close_apps_casebooks


def test_a_page_waits_until_whoever_started_the_app_says_that_the_casebook_is_ready(
    demo: Casebook, page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    close_apps_casebooks()
    ready = threading.Event()
    monkeypatch.setattr(lifeline, "_may_open", ready)
    opened_too_early: list[object] = []

    def get_ready() -> None:
        opened_too_early.extend(session._opened)
        ready.set()

    meanwhile = threading.Timer(1.0, get_ready)
    meanwhile.start()
    home = page(demo, "home", programme="HIPP")
    meanwhile.join()

    assert ready.is_set()
    assert not opened_too_early
    assert "HIPP" in home.text()
