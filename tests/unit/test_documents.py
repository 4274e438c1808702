"""Each format is read as what it says: text, headings, who speaks; nothing else of the file."""

from __future__ import annotations

from contextlib import suppress

import pytest

from cmo.domain.spans import turns
from cmo.errors import InvalidInput
from cmo.exchange.documents.document import Document
from cmo.exchange.documents.formats import FORMATS, read_document
from tests.fixtures.documents import docx, docx_of, odt, odt_of, paragraph, pdf, rtf

STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="My own"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:styleId="Deep"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    "</w:styles>"
)


def read(name: str, data: bytes | str) -> Document:
    return read_document(name, data.encode() if isinstance(data, str) else data)


def titles(document: Document) -> list[tuple[str, int]]:
    """The headings as people see them: the line that begins there, and the rank."""
    return [(document.text[start:].split("\n")[0], rank) for start, rank in document.headings]


def test_every_format_of_the_list_is_read() -> None:
    assert list(FORMATS) == [
        *(".txt", ".md", ".docx", ".odt", ".pdf", ".rtf", ".html", ".htm", ".vtt", ".srt")
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_text_is_kept_as_it_stands_but_for_line_ends(name: str) -> None:
    text = "Zoë e\u0301 é 👩🏽‍👧 שלום مرحبا\r\n\ttabs  blanks \rold\n\u2028\u00a0\x00 \ufeff.\r\n"

    held = read(name, text)

    assert held.text == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_said(encoding: str, said: str) -> None:
    text = "Interviewer: Où est le café?\nAnaïs: Déjà vu – “là”, près de l’école.\n" * 3
    if encoding == "latin-1":
        text = "Straße, señor, façade: übermäßig" * 3

    held = read("a.txt", text.encode(encoding))

    assert (held.text, held.read_as) == (text, said)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Интервьюер: Как прошла встреча? Вера: Они вернулись, потому что знали меня. "),
        ("cp1250", "Zażółć gęślą jaźń. Łódź jest piękna, powiedział źle wychowany gość. "),
        ("shift_jis", "彼らは私を知っていたので戻ってきました。それだけのことです。"),
    ],
)
def test_what_is_not_western_is_not_taken_for_it(encoding: str, text: str) -> None:
    with suppress(InvalidInput):  # then it asks for the encoding
        held = read("a.txt", (text * 6).encode(encoding))
        assert held.read_as not in ("cp1252", "utf-8")
    assert read_document("a.txt", text.encode(encoding), encoding).text == text


def test_a_file_is_read_in_the_encoding_that_is_named() -> None:
    data = "Привет, мир".encode("koi8-r")

    assert read_document("a.txt", data, "koi8-r").text == "Привет, мир"


def test_a_mark_at_the_beginning_is_no_part_of_the_text_though_the_encoding_is_named() -> None:
    for written, named in [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16", "UTF16")]:
        assert read_document("a.txt", "Iris: so".encode(written), named).text == "Iris: so"


def test_utf_8_that_is_damaged_is_refused_and_not_guessed_to_be_something_else() -> None:
    whole = "Zoë was here – “really”.\nIris: Où?\n"

    for data in (whole.encode() + b"caf\xe9", (whole + "Zoë").encode()[:-1]):
        with pytest.raises(InvalidInput, match="UTF-8, but for line 3"):
            read("a.txt", data)


def test_what_an_old_mac_wrote_is_read_as_that() -> None:
    text = "Où est le café? Déjà vu – “là”, près de l’école.\n" * 3

    held = read("a.txt", text.encode("mac_roman"))

    assert (held.text, held.read_as) == (text, "mac-roman")


def test_markdown_knows_its_headings_and_not_those_in_code() -> None:
    held = read("a.md", "# One\ntext\n```\n# no\n```\nTwo\n===\n## Three #\n#no\n- item\n---\n")

    assert titles(held) == [("# One", 1), ("Two", 1), ("## Three #", 2)]


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    held = read(
        "a.html",
        "<!doctype html><html><head><title>T</title><style>p{}</style></head><body>"
        "<h1>A <em>big</em> report</h1><p>One   two<br>three &amp; &lt;four&gt;</p>"
        "<script>document.write('no')</script><ul><li>a<li>b</ul><!-- no -->"
        "<table><tr><th>x</th><td>y</td></tr></table><pre>  kept\n   so</pre><img src=x>"
        "<div>end</div></body></html>",
    )

    assert held.text == (
        "A big report\n\nOne two\nthree & <four>\n\na\nb\n\nx\ty\n\n  kept\n   so\n\nend"
    )
    assert titles(held) == [("A big report", 1)]
    assert held.left_out == ("pictures",)


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź źdźbło</p></body></html>'

    assert read("a.html", page.encode("iso-8859-2")).text == "Łódź źdźbło"


def test_a_word_document_gives_paragraphs_headings_tables_and_notes() -> None:
    body = (
        paragraph("A report", "berschrift1")
        + paragraph("Within it", "Own")
        + paragraph("Deeper", "Deep")
        + paragraph("Not one", "Loop")
        + "<w:p/>"
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>"
        "<w:br/><w:t>c</w:t><w:footnoteReference w:id='7'/></w:r>"
        "<w:del><w:r><w:t>deleted</w:t></w:r></w:del><w:ins><w:r><w:t>!</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Iris</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>So</w:t></w:r></w:p><w:p><w:r><w:t>it goes</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>"
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="7"><w:p><w:r><w:t>As he</w:t></w:r></w:p><w:p><w:r><w:t>said.</w:t>'
        "</w:r></w:p></w:footnote></w:footnotes>"
    )

    held = read("a.docx", docx(body, styles=STYLES, footnotes=notes, comments="<c/>"))

    assert held.text == (
        "A report\nWithin it\nDeeper\nNot one\n\na\tb\nc[1]!\nIris\tSo\nit goes\n\n[1] As he said."
    )
    assert titles(held) == [("A report", 1), ("Within it", 1), ("Deeper", 3)]
    assert set(held.left_out) == {"deleted text", "comments"}


def test_an_opendocument_text_gives_the_same() -> None:
    body = (
        '<text:h text:outline-level="1">A report</text:h><text:p/>'
        "<text:p>a<text:tab/>b<text:line-break/>c  d<text:s text:c='3'/>e<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>As he</text:p>"
        "<text:p>said.</text:p></text:note-body></text:note>!<office:annotation><text:p>no</text:p>"
        "</office:annotation></text:p><table:table><table:table-row><table:table-cell>"
        "<text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )

    held = read("a.odt", odt(body))

    assert held.text == "A report\n\na\tb\nc d   e[1]!\nx\ty\n\n[1] As he said."
    assert titles(held) == [("A report", 1)]
    assert held.left_out == ("comments",)


def test_rich_text_gives_its_characters_whatever_they_are_written_as() -> None:
    held = read(
        "a.rtf",
        rtf(r"caf\'e9 \u8220?so\u8221? {\b bold} \u-10179?\u-8704?\par two\line three{\*\x no}"),
    )

    assert held.text == "café “so” bold 😀\ntwo\nthree"


def test_a_pdf_gives_the_lines_of_its_pages() -> None:
    held = read("a.pdf", pdf(["Iris: They came back", "because I knew them."], ["Page two"]))

    assert held.text == "Iris: They came back\nbecause I knew them.\n\nPage two"


def test_pages_of_a_pdf_that_are_pictures_are_told() -> None:
    assert read("a.pdf", pdf(["One"], [], ["Three"], [])).left_out == (
        "2 pages that hold no text, perhaps a picture of it",
    )
    assert read("a.pdf", pdf(["One"], [])).left_out[0].startswith("1 page that holds no text")
    with pytest.raises(InvalidInput, match="its pages are pictures"):
        read("a.pdf", pdf([], []))


VTT = """WEBVTT - a talk

NOTE
00:00 --> is no time here

STYLE
::cue { color: red }

one
00:01.000 --> 00:02.000 align:start
<v Iris>They came back</v>

00:02.000 --> 00:03.500
<v Iris>because <i>I</i> knew
them &amp; theirs.

1:00:03.500 --> 1:00:04.000
<v.loud Fergus>No.</v><v Iris>Yes!

00:05.000 --> 00:06.000
(silence)
"""


def test_subtitles_give_what_each_speaker_says_in_one_paragraph() -> None:
    held = read("a.vtt", VTT)

    assert held.text == (
        "Iris: They came back because I knew them & theirs.\nFergus: No.\nIris: Yes!\n(silence)"
    )
    assert turns(held.text)[1] == ("Iris", "Fergus", "Iris")
    assert held.left_out == ("times",)


def test_subrip_gives_a_line_a_cue() -> None:
    held = read(
        "a.srt",
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nIris: They\r\ncame back\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\n<i>because</i> I knew them\r\n",
    )

    assert held.text == "Iris: They came back\nbecause I knew them"


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.txt", "a.html"])
def test_speaker_turns_are_heard_in_every_format(name: str) -> None:
    lines = ["Interviewer: How was it?", "Iris: They came back.", "Fergus: No."]
    made = {
        "a.docx": docx_of(lines),
        "a.odt": odt_of(lines),
        "a.txt": "\n".join(lines).encode(),
        "a.html": "".join(f"<p>{line}</p>" for line in lines).encode(),
    }

    text = read(name, made[name]).text

    starts, speakers = turns(text)
    assert speakers == ("Interviewer", "Iris", "Fergus")
    assert [text[start:].split(":")[0] for start in starts] == list(speakers)


def test_no_word_of_a_page_is_lost_after_its_end_and_none_that_is_hidden_is_taken() -> None:
    held = read(
        "a.html",
        "<html><body><p>one</p></body></html><p>two</p><html><body><p>three"
        "<span hidden> no</span><b style='color:red; display: none'> no</b> four</p></body></html>",
    )

    assert held.text == "one\n\ntwo\n\nthree four"
    assert held.left_out == ("hidden text",)


def test_subrip_that_others_wrote_carelessly_loses_no_word() -> None:
    held = read(
        "a.srt",
        "7\n00:00:01,000 --> 00:00:02,000\nIf x <5 and y >3, <inaudible> I <3 it\n2\n"
        "00:00:02,000 --> 00:00:03,000\n{\\an8}<b>One</b> thing\n\nand another.\n\n"
        "x12\n00:00:03 --> 00:00:04\nIn 1984\n\n1984\n\n\n13\n\n"
        "00:00:04,000 --> 00:00:05,000\n17\n",
    )

    assert held.text == (
        "If x <5 and y >3, <inaudible> I <3 it\nOne thing and another.\nIn 1984 1984\n17"
    )


def test_a_cue_may_be_named_like_a_note() -> None:
    held = read("a.vtt", "WEBVTT\n\nNOTEBOOK-1\n00:01.000 --> 00:02.000\nSo\n\nNOTE\nnever said\n")

    assert held.text == "So"


def test_what_a_word_document_does_not_show_is_left_out_and_told() -> None:
    def run(words: str, properties: str = "") -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"

    box = f"<w:r><w:pict><w:txbxContent>{paragraph('box')}</w:txbxContent></w:pict></w:r>"
    formula = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>n</m:t></m:r></m:oMath>"
    )
    body = (
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
        + run("seen")
        + run("no", "<w:vanish/>")
        + run(" too", '<w:vanish w:val="0"/>')
        + f"{box}{formula}{run('.')}</w:p>"
    )

    held = read("a.docx", docx(body))

    assert held.text == "box\nseen too."
    assert set(held.left_out) == {"hidden text", "pictures", "formulas"}


def test_what_an_opendocument_text_does_not_show_is_left_out_and_told() -> None:
    names = (
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    body = (
        f"<text:p>a <draw:frame {names}><svg:title>no</svg:title><svg:desc>no</svg:desc>"
        "</draw:frame>b<text:hidden-text>no</text:hidden-text></text:p>"
        '<text:section text:display="none"><text:p>no</text:p></text:section><text:p>c</text:p>'
    )

    held = read("a.odt", odt(body))

    assert held.text == "a b\nc"
    assert held.left_out == ("hidden text",)


def test_what_rich_text_does_not_show_is_left_out_and_told() -> None:
    held = read(
        "a.rtf",
        rtf(
            r"a{\v no}b{\deleted\revauthdel1 \u233?no\par{\b no}}c\v no\v0 d"
            r"\viewkind4 e{\v no\plain f}"
        ),
    )

    assert held.text == "abcdef"
    assert held.left_out == ("hidden text", "deleted text")
