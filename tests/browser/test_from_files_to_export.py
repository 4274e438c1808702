"""From two files to what is taken along, with the keys alone: nothing in this file touches a mouse,
and a page on which one is used counts that as a fault."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Locator, Page, expect

from cmo.graph.address import Folder
from cmo.services.casebook import open_casebook
from cmo.services.reading import read
from cmo.services.texts import codings_in, text_of
from tests.browser.accessibility import violations
from tests.browser.conftest import App
from tests.browser.serving import ROOT, started
from tests.browser.watching import IDLE, Watched
from tests.fixtures.documents import docx_of

TEXTS = ROOT / "seed_data" / "practice" / "texts"
PROJECT = "Quernmouth"
FIRST, SECOND = "Hill and harbour", "Two years of steps"
NOTE = "Fiction, told again to practise on. Nobody was interviewed."
CONTEXT, MECHANISM = "Steps between the two halves", "People feel known"
LINK = f"{CONTEXT} → {MECHANISM}"
THEME = "Keeping people coming"
MEMO, MEMO_IN_GRID = "Knowing was not what was short.", "Known in both halves; kept in one."
SENTENCE = "In Quernmouth they stay where no steps are in the way."
MOST_STEPS = 25
"""How often a key is pressed before what is looked for counts as out of reach."""
TELL_MOUSE = """
for (const name of ["pointerdown", "mousedown", "wheel"]) {
  addEventListener(name, (e) => e.isTrusted && console.error("a mouse was used: " + name), true);
}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A demo of one's own: what is imported stays in it."""
    folder = tmp_path_factory.mktemp("from-files") / "demo"
    with started("demo", "--no-browser", "--port", "8691", casebook=folder) as home:
        yield App(home, folder)


@pytest.fixture
def watched(own: App, window: BrowserContext) -> Iterator[Watched]:
    """A page on it, which counts a use of the mouse among its faults."""
    opened = Watched(window, own.home)
    opened.page.add_init_script(TELL_MOUSE)
    # Listened for from the start: what opens before the browser knows of it is not told.
    opened.page.on("filechooser", lambda _: None)
    yield opened
    opened.close()


def two_files(folder: Path) -> list[Path]:
    """Two interviews of Practice as somebody else wrote them down: other names for who speaks, and
    a line at the end that says that they are fiction."""
    said = (TEXTS / "quernmouth-1.txt").read_text(encoding="utf-8")
    first = folder / f"{FIRST}.txt"
    first.write_text(f"{said.replace('Noor (link worker):', 'Participant:')}{NOTE}\n", "utf-8")
    said = (TEXTS / "quernmouth-2.txt").read_text(encoding="utf-8")
    second = folder / f"{SECOND}.docx"
    lines = said.replace("Noor (link worker):", "Link worker:").splitlines()
    second.write_bytes(docx_of([*lines, NOTE]))
    return [first, second]


def has_focus(wanted: Locator) -> bool:
    return wanted.and_(wanted.page.locator(":focus")).count() == 1


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses a key until the focus is on what is wanted; fails where that takes too often."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STEPS):
        if has_focus(wanted):
            return
        page.keyboard.press(key)
    assert has_focus(wanted), f"{MOST_STEPS} times {key} did not reach {wanted}"


def press(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Goes there by that key, and presses Enter."""
    reach(page, wanted, key)
    page.keyboard.press("Enter")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def at_heading(page: Page, words: str) -> None:
    """Waits until the focus is on the heading of these words."""
    expect(page.locator(":is(h1, h2):focus")).to_contain_text(words)


def visit(watched: Watched, name: str, key: str = "Shift+Tab") -> Page:
    """Goes to a page by its link in the sidebar."""
    sidebar = watched.page.get_by_test_id("stSidebar")
    press(watched.page, sidebar.get_by_role("link", name=name, exact=True), key)
    at_heading(watched.page, name)
    return watched.settled(name)


def choose(page: Page, name: str, words: str) -> Locator:
    """Goes to a list of choices and takes the first that fits the words, which are typed."""
    field = page.get_by_role("combobox", name=name).first
    reach(page, field)
    take(page, words)
    return field


def take(page: Page, words: str) -> None:
    """Types words into the list of choices that has the focus, and takes the first that fits."""
    page.keyboard.type(words)
    expect(page.get_by_role("option").filter(has_text=words).first).to_be_visible()
    page.keyboard.press("Enter")


def add(page: Page, words: str) -> None:
    """As `take`, where there may be more: it stands in the field, and Escape closes the list."""
    take(page, words)
    field = page.get_by_test_id("stMultiSelect").filter(has=page.locator(":focus"))
    expect(field).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def did(page: Page, words: str) -> None:
    """Waits until the page says that it has done so."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def import_both(watched: Watched, files: list[Path]) -> None:
    """Gives the files, says where they belong and who speaks, and imports them by the plan."""
    page = visit(watched, "Sources", "Tab")
    page.keyboard.press("i")
    at_heading(page, "Import files")
    watched.settled("Sources")
    reach(
        page,
        page.get_by_test_id("stFileUploader")
        .first.get_by_text("Upload")
        .locator("xpath=ancestor-or-self::button"),
    )
    # The window of the system in which one chooses files is not the app's.
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(files)
    plan = page.locator("table.plan")
    expect(plan).to_contain_text("Participant (not said)")
    choose(page, "Collected in", PROJECT)
    expect(plan).to_contain_text("Stefan (harbour resident) is Stefan (as before)")
    assert violations(watched) == []
    for label in ("Participant", "Link worker"):
        reach(page, page.get_by_label(label))
        page.keyboard.type("Noor")
    page.keyboard.press("Enter")
    expect(plan.get_by_text("is Noor (said now)")).to_have_count(2)
    press(page, button(page, "Import 2 files"))
    did(page, "Imported 2 files.")
    expect(page.locator("[role=status]:focus")).to_be_visible()
    watched.settled("Sources")
    assert violations(watched) == []


def select(page: Page, words: str) -> None:
    """Goes to the next uncoded answer and selects its first words by Shift."""
    page.keyboard.press("j")
    for _ in words.split():
        page.keyboard.press("Control+Shift+ArrowRight")


def coded(page: Page, words: str, target: str, stance: str = "supports") -> None:
    """Waits until these words are coded so, and the focus is in the text again."""
    did(page, "Coded a passage.")
    expect(page.locator(".selbox .said")).to_have_text(f"“{words}”")
    expect(page.locator(".rd-note.rd-on")).to_contain_text(target)
    expect(page.locator(".rd-note.rd-on")).to_contain_text(stance)
    expect(page.locator(".rd-words:focus")).to_be_visible()
    page.locator(IDLE).wait_for()


def code_first(watched: Watched) -> None:
    """A link is made on the spot for what is selected, and a theme is searched for."""
    page = watched.page
    reach(page, page.locator(".rd-words"))
    select(page, "I cover a hill")
    page.keyboard.press("n")
    add(page, CONTEXT)
    reach(page, page.get_by_role("combobox", name="Mechanism"))
    add(page, MECHANISM)
    watched.settled(FIRST)
    assert violations(watched) == []
    press(page, page.locator(".st-key-spot_make button"))
    coded(page, "I cover a hill", LINK)

    select(page, "The community trust manages it")
    page.keyboard.press("/")
    take(page, THEME)
    coded(page, "The community trust manages it", THEME)
    watched.settled(FIRST)
    assert violations(watched) == []


def code_second(watched: Watched) -> None:
    """The link is one key away now, and is spoken against; the memo is added beside the text."""
    page = watched.page
    reach(page, page.locator(".rd-words"))
    page.keyboard.press("j")
    select(page, "You'll want one answer")
    page.keyboard.press("x")
    expect(page.get_by_role("radio", name="against")).to_be_checked()
    near = page.locator(".recents [data-go]").filter(has_text=LINK)
    page.keyboard.press(str(near.get_attribute("data-go")))
    coded(page, "You'll want one answer", LINK, "against")

    memo = page.get_by_label("Memo", exact=True)
    reach(page, memo)
    page.keyboard.type(MEMO)
    page.keyboard.press("Control+Enter")
    did(page, "Changed the memo")
    assert has_focus(memo)
    reach(page, page.locator(".rd-words"), "Shift+Tab")

    select(page, "In both they'd say")
    page.keyboard.press("/")
    take(page, THEME)
    coded(page, "In both they'd say", THEME)
    watched.settled(SECOND)


QUOTES = (
    "I cover a hill",
    "The community trust manages it",
    "You'll want one answer",
    "In both they'd say",
)


def edit_in_grid(watched: Watched) -> None:
    """The codings are in the grid; one is changed beneath its row, to which the focus returns."""
    page = visit(watched, "Evidence grid")
    assert violations(watched) == []
    choose(page, "Project", PROJECT)
    page.wait_for_url(re.compile("project="))
    watched.settled("Evidence grid")
    rows = page.locator("table.grid tr[data-go]")
    for quote in QUOTES:
        expect(rows.filter(has=page.get_by_text(quote, exact=True))).to_have_count(1)
    reach(page, rows.first)
    row = rows.filter(has_text=MEMO)
    expect(row).to_contain_text(QUOTES[2])
    reach(page, row, "ArrowDown")

    page.keyboard.press("e")
    at_heading(page, "Edit this coding")
    watched.settled("Evidence grid")
    assert violations(watched) == []
    reach(page, page.get_by_label("Memo", exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(MEMO_IN_GRID)
    press(page, button(page, "Save"))
    did(page, "Saved.")
    expect(rows.filter(has_text=MEMO_IN_GRID).and_(page.locator(":focus"))).to_be_visible()
    page.keyboard.press("Home")


def saved(page: Page, name: str, folder: Path, key: str = "Tab") -> Path:
    """What a button saves, once it is reached by that key and pressed."""
    reach(page, button(page, name), key)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def sum_up(watched: Watched) -> None:
    """The cell of the theme in the project is opened, and a sentence that sums it up is written."""
    page = visit(watched, "Framework matrix")
    reach(page, page.get_by_role("combobox", name="Only these projects"))
    add(page, PROJECT)
    page.wait_for_url(re.compile("columns="))
    press(page, page.locator(f".matrix .tally[aria-label^='{THEME}, {PROJECT}']"))
    at_heading(page, THEME)
    for quote in (QUOTES[1], QUOTES[3]):
        expect(page.locator(".opened .pass").get_by_text(quote, exact=True)).to_have_count(1)
    watched.settled("Framework matrix")
    assert violations(watched) == []

    page.keyboard.press("n")
    at_heading(page, "Sum the cell up")
    reach(page, page.get_by_label("The sentence that sums the cell up"))
    page.keyboard.type(SENTENCE)
    reach(page, page.get_by_role("combobox", name="Passages of the cell that it rests on"))
    add(page, QUOTES[3])
    watched.settled("Framework matrix")
    assert violations(watched) == []
    press(page, button(page, "Record it"))
    did(page, "The sentence is recorded.")
    expect(page.locator(".opened .summing")).to_contain_text(SENTENCE)
    at_heading(page, THEME)
    expect(page.locator(".matrix .sum")).to_contain_text(SENTENCE)


@dataclass(frozen=True)
class Held:
    """A coding as the casebook holds it, beside the text of its source."""

    quote: str
    start: int
    end: int
    memo: str | None
    stance: str
    target: str
    text: str


def held(app: App) -> dict[str, Held]:
    """The codings of the two sources, by their quotes."""
    found = {}
    with open_casebook(Folder(app.folder)) as book:
        who = book.actor()
        (place,) = (
            row["id"]
            for row in read(book.graph, "case/programmes", who)
            if row["name"] == "Practice"
        )
        sources = read(book.graph, "evidence/sources", who, programme_id=place)
        for source in (row for row in sources if row["title"] in (FIRST, SECOND)):
            text = text_of(book.graph, who, source["id"]).text
            assert text is not None
            assert text.rstrip().endswith(NOTE)
            for row in codings_in(book.graph, who, source["id"]):
                found[row["quote"]] = Held(
                    row["quote"],
                    row["start"],
                    row["end"],
                    row["memo"],
                    row["stance"],
                    row["target"].name,
                    text,
                )
    return found


def rows_of(book: Path) -> list[dict[str, object]]:
    """The first sheet of a workbook, each row by the names of its columns."""
    head, *rows = load_workbook(book, read_only=True).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def every_cell(book: Path) -> str:
    """All that stands in a workbook, a line a cell."""
    sheets = load_workbook(book, read_only=True).worksheets
    cells = (cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def test_two_files_are_mapped_coded_gathered_summed_up_and_taken_along_with_the_keys(
    watched: Watched, own: App, tmp_path: Path
) -> None:
    page = watched.open("?programme=Practice", "Practice")
    import_both(watched, two_files(tmp_path))
    press(page, page.get_by_role("status").get_by_role("link", name=re.compile(FIRST)))
    at_heading(page, FIRST)
    watched.settled(FIRST)
    code_first(watched)
    press(page, page.locator(".mast").get_by_role("link", name="Sources"), "Shift+Tab")
    at_heading(page, "Sources")
    watched.settled("Sources")
    rows = page.locator("table.sources tr[data-go]")
    reach(page, rows.first)
    page.keyboard.press("End")
    press(page, rows.filter(has_text=SECOND), "ArrowUp")
    at_heading(page, SECOND)
    watched.settled(SECOND)
    code_second(watched)
    edit_in_grid(watched)
    workbook = saved(page, "XLSX", tmp_path, "Shift+Tab")
    table = saved(page, "CSV", tmp_path, "Shift+Tab")
    sum_up(watched)
    matrix = saved(page, "Save as XLSX", tmp_path)
    visit(watched, "History", "Tab")
    assert violations(watched) == []
    deed = page.locator(".deed").filter(has_text="imported").first
    for title in (FIRST, SECOND):
        expect(deed).to_contain_text(title)

    codings = held(own)
    assert tuple(sorted(codings)) == tuple(sorted(QUOTES))
    for quote, coding in codings.items():
        assert coding.text[coding.start : coding.end] == quote
        assert coding.target == (THEME if quote in (QUOTES[1], QUOTES[3]) else LINK)
    against = codings[QUOTES[2]]
    assert (against.stance, against.memo) == ("refutes", MEMO_IN_GRID)
    with table.open(encoding="utf-8-sig", newline="") as file:
        told = [row for row in csv.DictReader(file) if row["title"] in (FIRST, SECOND)]
    typed = [row for row in rows_of(workbook) if row["title"] in (FIRST, SECOND)]
    for taken in (told, typed):
        assert sorted(str(row["quote"]) for row in taken) == sorted(QUOTES)
        for row in taken:
            coding = codings[str(row["quote"])]
            start, end = int(str(row["start"])), int(str(row["end"]))
            assert coding.text[start:end] == row["quote"]
            assert (row["stance"], row["memo"] or None) == (coding.stance, coding.memo)
    summed = every_cell(matrix)
    for words in (SENTENCE, QUOTES[1], QUOTES[3]):
        assert words in summed
