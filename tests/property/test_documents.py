"""Whatever a text is made of, its positions survive every format, pseudonyms and new versions."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from cmo.domain.anchoring import Tier, find_again
from cmo.domain.spans import read_text, span_at
from cmo.exchange.documents.document import Document
from cmo.exchange.documents.formats import read_document
from cmo.exchange.documents.pseudonyms import Table
from tests.fixtures.documents import docx_of, odt_of, rtf

ODD = "aé𝄞👩‍👩‍👧e\u0301ﬁשم “”\u2028\u200d\u202e:#*<&]>"
ANY = st.text(
    st.sampled_from(ODD + "\n\r\t\x00") | st.characters(exclude_categories=["Cs"]), max_size=80
)
XML = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u0085"
) | st.sampled_from(ODD)
LINE = st.text(XML, min_size=1, max_size=40).map(lambda s: f"x{s}x".replace("\u2028", "-"))
LINES = st.lists(LINE, min_size=1, max_size=5)


PLAIN = "A text in somebody's own words, as they were said on a quiet afternoon in the library. "


@given(ANY)
def test_a_text_file_is_its_text(text: str) -> None:
    text = PLAIN * 10 + text

    for name in ("a.txt", "a.md"):
        assert read_document(name, text.encode()).text == read_text(text)
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        assert read_document("a.txt", text.encode(encoding)).text == read_text(text)


@given(LINES)
def test_a_paragraph_of_a_document_is_a_line_of_its_text(lines: list[str]) -> None:
    assert read_document("a.docx", docx_of(lines)).text == "\n".join(lines)
    spaced = [line.replace("\u3000", " ") for line in lines]
    assert read_document("a.odt", odt_of(spaced)).text == "\n".join(spaced)


@given(LINES)
def test_a_paragraph_of_a_page_is_a_paragraph_of_its_text(lines: list[str]) -> None:
    lines = [" ".join(line.split(" ")) for line in lines]
    while any("  " in line for line in lines):
        lines = [line.replace("  ", " ") for line in lines]
    page = "".join(f"<p>{escape(line)}</p>" for line in lines)

    assert read_document("a.html", f"<meta charset=utf-8>{page}".encode()).text == "\n\n".join(
        lines
    )


@given(LINES)
def test_rich_text_keeps_every_character(lines: list[str]) -> None:
    def written(character: str) -> str:
        if character in "\\{}":
            return f"\\{character}"
        if character.isascii():
            return character
        halves = character.encode("utf-16-be")
        units = [int.from_bytes(halves[i : i + 2], "big") for i in range(0, len(halves), 2)]
        return "".join(f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in units)

    body = "\\par ".join("".join(map(written, line)) for line in lines)

    assert read_document("a.rtf", rtf(body)).text == "\n".join(lines)


@given(ANY, ANY, ANY, ANY, st.data())
def test_a_passage_that_is_found_again_has_its_words(
    text: str, before: str, middle: str, after: str, data: st.DataObject
) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = span_at(text, start, end)
    assert span is not None
    assert find_again(text, span) == (span, Tier.EXACT_POSITION)

    for later in (before + text + after, before + text[:end] + middle + text[end:], middle):
        found = find_again(later, span)
        if found is not None:
            assert later[found[0].start : found[0].end] == span.quote == found[0].quote
            assert found[0] == span_at(later, found[0].start, found[0].end)


NAME = st.sampled_from(["Anna", "Anna Smith", "José", "Jo", "Ng"])


@given(st.lists(st.one_of(NAME, ANY), max_size=12), st.data())
def test_headings_stay_at_their_lines_whatever_is_replaced(
    parts: list[str], data: st.DataObject
) -> None:
    text = read_text("".join(f"{part} \n§" for part in parts))
    starts = [i for i, c in enumerate(text) if c == "§"]
    chosen = data.draw(st.lists(st.sampled_from(starts), unique=True)) if starts else []
    table = Table([("Anna", "A much longer pseudonym"), ("Anna Smith", "I"), ("José", "Jay")])

    done = table.apply(Document(text, tuple((start, 1) for start in sorted(chosen))))

    now = done.document
    assert all(now.text[start] == "§" for start, _ in now.headings)
    kept = [i for i, c in enumerate(now.text) if c == "§"]
    assert [kept.index(start) for start, _ in now.headings] == [
        starts.index(start) for start in sorted(chosen)
    ]
    assert table.replace(text) == now.text
