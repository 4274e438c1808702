"""Hostile text in every text field of every kind of record, on every page in a browser: shown as
text, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog

from cmo.domain.evidence import Coding, Excerpt, Informant, Source
from cmo.domain.fields import Property, Tie
from cmo.domain.people import User
from cmo.domain.vocabulary import Anchor, SourceKind, Stance, Support
from cmo.graph.address import Folder
from cmo.graph.graph import Graph
from cmo.services import reading, recording
from cmo.services.actor import Actor
from cmo.services.casebook import open_casebook
from tests.browser.chromium import PATIENCE
from tests.browser.conftest import App
from tests.browser.places import PAGES
from tests.browser.serving import started
from tests.browser.test_pages import TOO_WIDE
from tests.browser.watching import IDLE, Watched
from tests.fixtures.rich import build
from tests.graph.test_hostile import carried_texts, editable

RUN = "globalThis.owned=1;alert(1)"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f'<img src="http://hostile.example/a.png" onerror="{RUN}">',
    f"<svg onload={RUN}>",
    "![p](http://hostile.example/b.png)",
    f"[l](javascript:{RUN})",
    f"</textarea></style><iframe srcdoc='<script>parent.{RUN}</script>'>",
    "<style>*{background:url(http://hostile.example/c.png)}</style>",
    "# $\\href{http://hostile.example}{x}$ **b** `c`",
    ":material/delete: :red[red] :smile:",
    "\u202egnp.exe\u202c \u2066x\u2069 a\u200bb\u200dc\ufeffd",
    "\x1b[31mred\x1b]0;t\x07 \x00 \x08",
    "W" * 120,
    "\U0001f468\U0001f3fd\u200d\U0001f469\U0001f3fd\u200d\U0001f467\U0001f3fd",
    "Z\u0351\u0343\u0302\u0489a",
    "{{7*7}} ${x} %s {0}",
)
READ = """
(() => {
  const text = [], odd = [];
  const HARM = "script:not([src]):not([type]), iframe[srcdoc], .katex, [onerror], [onload], "
    + "[src*='hostile.example']";
  const look = (root) => {
    for (const found of root.querySelectorAll(HARM)) {
      // Streamlit's own page has one script, which says that it is not rendered yet.
      if (!found.text?.includes("prerenderReady")) odd.push(found.outerHTML.slice(0, 300));
    }
    for (const e of root.querySelectorAll("a[href], link[href]")) {
      const to = new URL(e.href, location.href);
      if (!["http:", "blob:", "data:"].includes(to.protocol) || to.host !== location.host) {
        odd.push(e.outerHTML.slice(0, 300));
      }
    }
    for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) { text.push(e.shadowRoot.textContent); look(e.shadowRoot); }
      if (e.value && typeof e.value === "string") text.push(e.value);
      for (const name of ["title", "aria-label"]) text.push(e.getAttribute(name) || "");
    }
  };
  text.push(document.body.textContent);
  look(document);
  return {text: text.join(" "), odd, owned: "owned" in globalThis};
})()
"""
TELLING = (
    "<script>",
    "onerror=",
    "<svg onload=",
    "![p](",
    "[l](javascript:",
    ":red[red]",
    "$\\href",
)
"""What must be read somewhere as it was typed: where it was obeyed, it is not."""


def hostile(turn: int, bound: int) -> str:
    """As many payloads as go into a field, another first at each turn; never one cut in two."""
    held = ""
    for i in range(len(PAYLOADS)):
        more = PAYLOADS[(turn + i) % len(PAYLOADS)]
        if len(held) + len(more) + 1 <= min(bound, 900):
            held = f"{held} {more}" if held else more
    return held or f"<b onclick={RUN}>"[:bound]


def fill(graph: Graph, ann: Actor, ids: dict[str, str]) -> None:
    """Hostile text into every text field and every text on a relationship that can be edited."""
    turn = 0
    for record_id in ids.values():
        held = reading.get_record(graph, ann, record_id)
        changes: dict[str, object] = {}
        for name, spec in editable(held.kind).items():
            turn += 1
            text = hostile(turn, spec.bound or 0)
            changes[name] = (text,) if spec.kind == "texts" else text
        for name, carried, spec in carried_texts(held.kind):
            # A label is one of those in the text: read_texts brings a hostile one.
            if name != "speaks_in" and (ties := held.fields[name]):
                turn += 1
                changes[name] = tuple(_told(tie, carried, spec, turn) for tie in ties)
        if "support_why" in changes:
            changes["support_decided"] = str(Support.CONTESTED)  # a reason needs its decision
        if changes:
            why = hostile(turn, 200)
            recording.edit(graph, ann, record_id, held.rev, changes, why=why)


def _told(tie: Tie, carried: str, spec: Property, turn: int) -> Tie:
    others = tuple((k, v) for k, v in tie.carries if k != carried)
    return Tie(tie.to, (*others, (carried, hostile(turn, spec.bound or 0))))


def read_texts(graph: Graph, ann: Actor, ids: dict[str, str]) -> None:
    """A source whose words, speakers and passages are hostile, and a user who signs in so."""
    words = "\n".join(f"<b>Ms {i}</b>: {text}" for i, text in enumerate(PAYLOADS))
    ids["hostile_source"] = recording.record(
        graph,
        ann,
        Source(
            title=hostile(0, 200),
            collected_in=ids["project"],
            kind=SourceKind.INTERVIEW,
            text=words,
            turn_starts=(0,),
            turn_speakers=(hostile(5, 200),),
        ),
    ).id
    speaks = (Tie(ids["hostile_source"], (("label", hostile(5, 200)),)),)
    speaker = Informant(pseudonym="Ms B", programme=ids["programme"], speaks_in=speaks)
    ids["hostile_speaker"] = recording.record(graph, ann, speaker).id
    length = len(reading.get_record(graph, ann, ids["hostile_source"]).fields["text"])
    for start, end, stance in ((0, 60, Stance.REFUTES), (40, length, Stance.SUPPORTS)):
        excerpt = Excerpt(source=ids["hostile_source"], anchor=Anchor.EXACT, start=start, end=end)
        passage = recording.record(graph, ann, excerpt).id
        for target in ("configuration", "link", "relation"):
            coding = Coding(excerpt=passage, bears_on=ids[target], stance=stance)
            recording.record(graph, ann, coding)
    recording.record(graph, ann, User(subject=hostile(3, 200), display_name=hostile(8, 200)))


@pytest.fixture(scope="module")
def ids() -> dict[str, str]:
    """The records of the hostile casebook by the names of tests.fixtures.rich."""
    return {}


@pytest.fixture(scope="module")
def app(
    browser: Browser, ids: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    """An app on a casebook in which every text is hostile."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("hostile") / "casebook"
    with open_casebook(Folder(folder)) as book:
        ann = book.actor()
        ids |= build(book.graph, ann).ids
        read_texts(book.graph, ann, ids)
        fill(book.graph, ann, ids)
    with started("serve", "--no-browser", "--port", "8751", casebook=folder) as home:
        yield App(home, folder)


@pytest.fixture(scope="module")
def told() -> set[str]:
    """Which of TELLING were read on any page so far."""
    return set()


def _addresses() -> dict[str, str]:
    """Each page and what opens on it, below the app's address; records by their names in braces."""
    of_one = {"configuration", "factor", "source", "project"}
    typed = quote(PAYLOADS[0] + PAYLOADS[3] + PAYLOADS[7] + PAYLOADS[8])
    return {
        **{name: "" if name == "home" else name for name in PAGES if name not in of_one},
        "configuration": "configuration?id={configuration}",
        "configuration, its link": "configuration?id={configuration}&link={link}",
        "configuration, editing": "configuration?id={configuration}&do=edit",
        "configuration, linking": "configuration?id={configuration}&do=link",
        "configuration, retiring": "configuration?id={configuration}&do=retire",
        "configurations, recording": "configurations?do=record",
        "factor": "factor?id={budget}",
        "source": "source?id={hostile_source}",
        "source without a text": "source?id={paper}",
        "project": "project?id={project}",
        "project, a theme": "project?id={project}&theme={theme}",
        "project, an assessment": "project?id={project}&open={assessed}",
        "project, a finding": "project?id={project}&finding={finding}",
        "compare, a finding, editing": "compare?finding={finding}&do=edit",
        "regularities, a link": "regularities?id={link}",
        "regularities, a factor": "regularities?factor={budget}",
        "stakeholders, a party": "stakeholders?party={council}",
        "stakeholders, a relation": "stakeholders?relation={relation}",
        "history of a record": "history?record={configuration}",
        "what was looked for among configurations": f"configurations?find={typed}",
        "what was looked for among projects": f"projects?find={typed}",
        "a record that is not there": f"history?record={typed}",
        "an address that is not there": f"configuration?id={typed}",
        "a programme that is not there": f"?programme={typed}",
    }


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own, so that nothing of the demo is remembered in it."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", _addresses())
def test_hostile_text_is_only_text(
    app: App, ids: dict[str, str], wide: BrowserContext, told: set[str], name: str
) -> None:
    watched = Watched(wide, app.home)
    dialogs: list[str] = []

    def heard(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    watched.page.on("dialog", heard)
    watched.page.goto(f"{app.home}/{_addresses()[name].format_map(ids)}")
    watched.page.locator(IDLE).wait_for()
    watched.page.locator("h1, [data-testid=stText]").first.wait_for()
    watched.page.locator(IDLE).wait_for()

    found = watched.evaluate(READ)
    sideways = watched.evaluate(TOO_WIDE)

    told |= {telling for telling in TELLING if telling in found["text"]}
    assert not found["odd"], "\n".join(found["odd"])
    assert not found["owned"]
    assert dialogs == []
    assert sideways == []
    watched.close()


def test_what_was_typed_was_read_as_it_was_typed(told: set[str]) -> None:
    """Runs last: without it the pages above might have shown nothing of what is hostile."""
    assert told == set(TELLING)
