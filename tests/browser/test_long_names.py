"""A finding whose words, project and themes are as long as they may be, opened where it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from cmo.domain.case import Programme, Project, Theme
from cmo.domain.evidence import Coding, Excerpt, Finding, Source
from cmo.domain.fields import Tie
from cmo.domain.vocabulary import (
    Anchor,
    Direction,
    FindingTopic,
    SourceKind,
    Stance,
    ThemeScheme,
)
from cmo.graph.address import Folder
from cmo.services import recording
from cmo.services.casebook import open_casebook
from tests.browser.chromium import PATIENCE
from tests.browser.serving import started
from tests.browser.test_pages import WIDTHS, sideways
from tests.browser.watching import Watched

WORD = "Unterstützungsgemeinschaftsverwaltungsangelegenheiten" * 3
PHRASE = "Interagency commissioning of neighbourhood services across the outlying parishes " * 2
SAID = "People said again that nobody had told them who was to decide, and so nobody did. " * 12


@dataclass(frozen=True)
class Long:
    """An app on a casebook of long names, with its one programme's findings."""

    home: str
    project: str
    findings: tuple[str, str]


@pytest.fixture(scope="module")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Long]:
    """Two projects and two themes of long names, and a finding of each project under both."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("long") / "casebook"
    with open_casebook(Folder(folder)) as book:
        graph, who = book.graph, book.actor()
        programme = recording.record(graph, who, Programme(name="Long names")).id
        who = book.actor()
        projects = [
            recording.record(graph, who, Project(name=name.strip(), part_of=programme)).id
            for name in (WORD, PHRASE)
        ]
        scheme = next(iter(ThemeScheme))
        themes = [
            recording.record(
                graph, who, Theme(name=name.strip(), programme=programme, scheme=scheme)
            ).id
            for name in (WORD, PHRASE)
        ]
        made = Source(title=WORD, collected_in=projects[0], kind=SourceKind.DOCUMENT)
        source = recording.record(graph, who, made).id
        found = []
        for project, statement in zip(projects, (SAID.strip(), WORD), strict=True):
            passage = Excerpt(
                source=source,
                anchor=Anchor.LOCATED,
                section=WORD,
                locator="page 1",
                paraphrase=statement,
            )
            excerpt = recording.record(graph, who, passage).id
            bearing = Coding(
                excerpt=excerpt, bears_on=themes[0], concerns=project, stance=Stance.REFUTES
            )
            coding = recording.record(graph, who, bearing).id
            finding = Finding(
                statement=statement,
                within=project,
                topic=FindingTopic.GRID,
                direction=Direction.HINDERING,
                about=tuple(Tie(theme, (("origin", "ours"),)) for theme in themes),
                rests_on=(coding,),
            )
            found.append(recording.record(graph, who, finding).id)
    with started("serve", "--no-browser", "--port", "8791", casebook=folder) as home:
        yield Long(home, projects[0], (found[0], found[1]))


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own, so that nothing of the demo is remembered in it."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.mark.parametrize("page", ["compare?", "matrix?", "project?id={project}&"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_finding_of_long_words_stays_in_the_window_and_its_way_out_in_sight(
    app: Long, window: BrowserContext, page: str, which: int
) -> None:
    watched = Watched(window, app.home)
    address = f"{page.format(project=app.project)}finding={app.findings[which]}"
    shown = watched.open(address)
    expect(shown.locator("h2[data-opened]")).to_be_visible()
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 900})
        watched.settled()
        assert sideways(watched) == []
        box = shown.locator(".finding .closes").bounding_box()
        assert box
        assert box["x"] + box["width"] <= width
    watched.close()
