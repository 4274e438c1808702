"""The pages: what they link to exists, and what they say is what the program does."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import cmo
from cmo import errors
from cmo.domain.kinds import KINDS
from cmo.domain.record import specs
from cmo.domain.vocabulary import Stance, Support
from cmo.graph import queries

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
PAGES = sorted(
    path
    for folder in (ROOT, DOCS, DOCS / "decisions", ROOT / "seed_data", ROOT / "seed_data" / "hipp")
    for path in folder.glob("*.md")
)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", text_of(page))):
        if re.match(r"https://", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)

    assert not broken


@pytest.mark.parametrize("page", ["graph-model.md", "cli.md"])
def test_the_generated_parts_say_what_the_program_says_now(generate: ModuleType, page: str) -> None:
    assert text_of(DOCS / page) == generate.renewed(page), "run: python docs/generate.py"


def test_every_kind_of_record_and_every_field_is_on_the_page_of_the_graph_model() -> None:
    page = text_of(DOCS / "graph-model.md")

    for label, kind in KINDS.items():
        section = page.split(f"\n### {label}\n", 1)[1].split("\n### ", 1)[0]
        missing = [name for name in specs(kind) if f"| `{name}` |" not in section]
        assert not missing, label


def test_the_header_that_the_page_describes_is_the_one_that_is_read() -> None:
    page = text_of(DOCS / "graph-model.md")
    example = page.split("## Queries", 1)[1].split("```")[1]

    named = set(re.findall(r"^// (\w+):", example, re.MULTILINE))

    assert named == {"mode", "scope", "params"}
    for kind in queries._TYPES:
        assert kind in page
    for given in queries.GIVEN:
        assert f"`${given}`" in page


def test_every_error_stands_in_the_drawn_tree_under_its_parent() -> None:
    drawn = re.findall(r"^([│├└─ ]*)([A-Z]\w+)", inspect.getdoc(errors) or "", re.MULTILINE)
    above: list[str] = []
    parents = {}
    for indent, name in drawn:
        depth = len(indent) // 4
        if name in errors.__all__:
            del above[depth:]
            parents[name] = above[-1] if above else "Exception"
            above.append(name)

    declared = {
        name: found.__bases__[0].__name__
        for name, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, errors.CmoError)
    }

    assert parents == declared
    assert set(errors.__all__) == set(declared)


@pytest.mark.parametrize("name", cmo.__all__)
def test_every_public_name_can_be_imported_and_is_explained(name: str) -> None:
    assert getattr(cmo, name) is not None
    assert name in dir(cmo)
    pages = [text_of(page) for page in (ROOT / "README.md", *DOCS.glob("*.md"))]
    assert any(re.search(rf"`cmo\.{name}\b", page) for page in pages)


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'regularity'"):
        _ = cmo.regularity


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_its_context_itself_and_its_consequences(path: Path) -> None:
    text = text_of(path)
    number = int(path.name[:4])

    assert re.match(rf"# {number}\. \S", text)
    assert re.findall(r"^\*\*(\w+)\.\*\* \S", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert f"({path.name})" in text_of(DOCS / "decisions" / "README.md")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def words_explained() -> Iterator[str]:
    for heading in re.findall(r"^\*\*(.+?)\.\*\*", text_of(DOCS / "glossary.md"), re.MULTILINE):
        yield from (word.strip().lower() for word in re.split(r",| and ", heading))


@pytest.mark.parametrize(
    "word",
    [
        "context", "mechanism", "outcome", "configuration", "link", "coding", "stance", "claim",
        "assessment", "voice", "support", "demi-regularity", "on mention", "silence", "absence",
        "programme theory", "revision", "wave", "sub-case", "family", "merge", "finding", "origin",
        "withdrawal", "informant", "excerpt", "source", "relation", "stakeholder", "settled",
    ],
)  # fmt: skip
def test_the_glossary_explains_the_word(word: str) -> None:
    assert word in set(words_explained())


def test_the_glossary_names_every_stance_and_every_degree_of_support() -> None:
    page = re.sub(r"\s+", " ", text_of(DOCS / "glossary.md"))

    for word in (*Stance, *Support):
        assert str(word).replace("_", " ") in page


def test_authors_whom_the_glossary_cites_stand_among_its_sources() -> None:
    told, _, sources = text_of(DOCS / "glossary.md").partition("## Sources")
    cited = set(re.findall(r"([A-Z]\w+)(?: & [A-Z]\w+| et al\.)? ?\n?(\d{4})", told))

    assert cited
    assert not [
        (author, year)
        for author, year in cited
        if not re.search(rf"{author}, [^·]*\({year}\)", sources)
    ]


def test_the_picture_is_self_contained_and_has_its_own_background() -> None:
    picture = ET.parse(DOCS / "images" / "architecture.svg").getroot()  # noqa: S314 - our own file
    svg = "{http://www.w3.org/2000/svg}"
    [width, height] = (picture.get("viewBox") or "").split()[2:]
    backgrounds = [
        shape
        for shape in picture.findall(f"{svg}rect")
        if (shape.get("width"), shape.get("height")) == (width, height)
    ]

    assert len(backgrounds) == 1
    assert (backgrounds[0].get("fill") or "").startswith("#")
    assert picture.find(f"{svg}title") is not None
    assert picture.find(f"{svg}desc") is not None
    assert not [e.tag for e in picture.iter() if e.tag in {f"{svg}image", f"{svg}script"}]
    assert "href" not in text_of(DOCS / "images" / "architecture.svg")
    assert "architecture.svg)" in text_of(DOCS / "architecture.md")


def test_the_picture_names_only_parts_that_exist() -> None:
    picture = text_of(DOCS / "images" / "architecture.svg")

    for name in re.findall(r">cmo/(\w+)<", picture):
        assert importlib.import_module(f"cmo.{name}") is not None


def test_environment_variables_that_the_pages_name_are_read_by_the_program() -> None:
    code = "".join(
        text_of(path)
        for folder in ("cmo", "benchmarks", "tests/fixtures", "tests/browser")
        for path in (ROOT / folder).rglob("*.py")
    )
    said = {name for page in PAGES for name in re.findall(r"\bCMO_[A-Z0-9_]+", text_of(page))}

    assert said
    assert not [name for name in said if name not in code]


def known_commands() -> set[str]:
    from typer.core import TyperGroup
    from typer.main import get_command

    from cmo.cli.app import app

    program = get_command(app)
    assert isinstance(program, TyperGroup)
    names = set(program.commands)
    for name, command in program.commands.items():
        if isinstance(command, TyperGroup):
            names |= {f"{name} {below}" for below in command.commands}
    return names


def test_every_command_that_a_page_or_a_message_names_exists() -> None:
    known = known_commands()
    unknown = []
    for path in (*PAGES, *sorted((ROOT / "cmo").rglob("*.py"))):
        for group, below in re.findall(r"`cmo ([a-z]+)(?: ([a-z]+)\b)?", text_of(path)):
            nested = any(name.startswith(f"{group} ") for name in known)
            if group not in known or (nested and below and f"{group} {below}" not in known):
                unknown.append(f"{name_of(path)}: cmo {group} {below}".strip())

    assert not unknown


def test_every_query_that_a_page_or_a_message_names_can_be_asked() -> None:
    named = {
        name
        for path in (*PAGES, *sorted((ROOT / "cmo").rglob("*.py")))
        for name in re.findall(r"cmo query ([a-z_]+/[a-z_]+)", text_of(path))
    }

    assert named
    for name in named:
        assert queries.get_query(name).mode == "read"
