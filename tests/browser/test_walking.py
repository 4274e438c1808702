"""Addresses, back, forward and reload; and what goes over the wire."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.accessibility import violations
from tests.browser.chromium import find_chromium
from tests.browser.conftest import App
from tests.browser.main_job import CONFIGURATION, PROJECT
from tests.browser.watching import Watched


def test_back_forward_and_reload_keep_the_page_and_the_record(watched: Watched) -> None:
    page = watched.open("configurations?programme=Practice", "Configurations")
    page.locator("table.conf tr[data-go]").filter(has_text=CONFIGURATION).click()
    watched.settled(CONFIGURATION)
    record = page.url
    page.locator(".pass").filter(has_text=PROJECT).first.click()
    watched.settled(PROJECT)
    source = page.url

    page.go_back()
    watched.settled(CONFIGURATION)
    assert page.url == record
    page.go_back()
    watched.settled("Configurations")
    page.go_forward()
    watched.settled(CONFIGURATION)
    assert page.url == record
    page.go_forward()
    watched.settled(PROJECT)
    assert page.url == source
    page.reload()
    watched.settled(PROJECT)
    assert page.url == source


def test_an_address_of_one_record_is_enough_for_somebody_else(
    watched: Watched, window: BrowserContext
) -> None:
    page = watched.open("configurations?programme=Practice", "Configurations")
    page.locator("table.conf tr[data-go]").filter(has_text=CONFIGURATION).click()
    watched.settled(CONFIGURATION)
    record = re.search(r"id=[0-9a-f-]+", page.url)
    assert record

    other = Watched(window, watched.home)
    other.open(f"configuration?{record[0]}", CONFIGURATION)
    expect(other.page.locator(".kicker").first).to_contain_text("fiction")
    other.close()


def test_every_answer_forbids_scripts_and_frames_from_elsewhere(demo: App) -> None:
    for path in ("/", "/configurations", "/_stcore/health"):
        with urllib.request.urlopen(demo.home + path) as answer:  # noqa: S310  # our own address
            held = answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = {part.split()[0]: part.split()[1:] for part in held.split(";")}
        assert policy["default-src"] == ["'self'"]
        assert policy["frame-ancestors"] == ["'none'"]
        assert policy["script-src"][:2] == ["'self'", "blob:"]
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(policy["script-src"])
        assert "http" not in held


def test_a_script_that_asks_for_eval_is_refused(demo: App, window: BrowserContext) -> None:
    watched = Watched(window, demo.home)
    watched.open("about")
    watched.evaluate("document.body.setAttribute('onclick', 'document.title = 1'); 1")
    watched.page.locator("h1").click()

    expect(watched.page).not_to_have_title("1")
    assert any("policy violated: script-src" in fault for fault in watched.faults)
    watched.page.close()


def test_a_page_that_asks_somebody_else_is_noticed_and_gets_nothing(
    demo: App, window: BrowserContext
) -> None:
    watched = Watched(window, demo.home)
    watched.page.set_content("<img src='http://elsewhere.example/x.png' alt='gone'>")
    watched.page.wait_for_load_state("networkidle")

    assert any(f.startswith("leaves this computer: http://elsewhere") for f in watched.faults)
    assert any("ERR_NAME_NOT_RESOLVED" in fault for fault in watched.faults)
    watched.page.close()


def test_everybody_can_use_what_opens_on_a_page(watched: Watched) -> None:
    page = watched.open("projects?programme=Practice", "Projects")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog")).to_contain_text("this list")
    assert violations(watched) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Add a project").click()
    expect(
        page.get_by_role("dialog").get_by_role("button", name="Record the project")
    ).to_be_visible()
    assert violations(watched) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_everybody_can_use_the_forms(watched: Watched) -> None:
    page = watched.open("configurations?programme=Practice", "Configurations")
    page.get_by_role("button", name="Record a configuration").click()
    expect(page.get_by_role("button", name="Record it")).to_be_visible()
    assert violations(watched) == []
    page.locator("table.conf tr[data-go]").filter(has_text=CONFIGURATION).click()
    watched.settled(CONFIGURATION)
    for name, last in (("Edit", "Save"), ("Link", "Assert it"), ("Retire", "Retire it")):
        page.get_by_role("button", name=re.compile(rf"^{name}\b")).first.click()
        expect(page.get_by_role("button", name=last)).to_be_visible()
        watched.settled(CONFIGURATION)
        assert violations(watched) == [], name


def test_without_a_chromium_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMO_TEST_CHROMIUM", "/no/such/chromium")

    with pytest.raises(pytest.skip.Exception, match="CMO_TEST_CHROMIUM names /no/such/chromium"):
        find_chromium()
