"""The forms: everybody can use them, in either theme, and none is wider than a small screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.conftest import App
from tests.browser.places import addresses
from tests.browser.watching import Watched

FORMS = {
    "configuration&do=refine": "Record the new version",
    "configuration&do=decide": "Save",
    "theory&do=theory": "Record it",
    "stakeholders&do=stakeholder": "Record it",
    "stakeholders&do=relation": "Record it",
    "factor&do=assess": "Close",
    "project&do=finding": "Record it",
}
"""Each form by its page and what is asked of it, with the button that ends it."""
OPENED = {
    "configurations": {"n": "Record a configuration"},
    "configuration": {"v": "Refine", "e": "Edit", "l": "Assert a link"},
    "factor": {"a": "Assess a factor", "e": "Edit"},
}
"""What a key opens on a page: how the head of the form begins."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_each_form(watched: Watched, demo: App, theme: str) -> None:
    known = addresses(demo.folder, "Practice")
    watched.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    watched.page.set_viewport_size({"width": 390, "height": 844})
    for form, last in FORMS.items():
        name, _, asked = form.partition("&")
        page = watched.open(f"{known[name]}&{asked}")
        expect(page.get_by_role("button", name=last, exact=True)).to_be_visible()
        assert violations(watched) == [], form
        wide = watched.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, form


@pytest.mark.parametrize("name", OPENED)
def test_a_form_that_a_key_opens_has_the_focus_at_its_head_each_time(
    watched: Watched, demo: App, name: str
) -> None:
    page = watched.open(addresses(demo.folder, "Practice")[name])
    for key, title in OPENED[name].items():
        for leave in (re.compile("^Close"), None, None):
            page.keyboard.press(key)
            expect(page.locator("h2:focus")).to_have_text(re.compile(f"^{title}"))
            watched.settled()
            if leave:
                page.get_by_role("button", name=leave).click()
            else:
                page.go_back()
            expect(page.locator("h2").filter(has_text=title)).to_have_count(0)
            watched.settled()


def test_enter_takes_the_first_that_fits_and_not_all(watched: Watched) -> None:
    page = watched.open("configurations?programme=Practice&do=record", "Configurations")
    page.get_by_role("combobox", name="In context").click()
    page.keyboard.type("in")
    options = page.get_by_role("option")
    expect(options.nth(2)).to_be_visible()
    first = options.first.inner_text()
    page.keyboard.press("Enter")
    field = page.get_by_test_id("stMultiSelect").filter(has_text="In context")
    expect(field.locator("[data-tag]")).to_have_text([first])
