"""Names are replaced, the longest first and whole words alone; what may be left is told."""

from __future__ import annotations

import unicodedata

import pytest

from cmo.errors import InvalidInput
from cmo.exchange.documents.document import Document
from cmo.exchange.documents.pseudonyms import Replaced, Table, read_table

TABLE = Table([("Anna", "Wren"), ("Anna Smith", "Iris"), ("Smith Jones", "Rook"), ("José", "Jay")])


def applied(text: str, *headings: tuple[int, int], table: Table = TABLE) -> Replaced:
    return table.apply(Document(text, headings))


def test_the_longest_name_is_replaced_first() -> None:
    done = applied("Anna Smith: Anna came. Anna's book, Anna\n Smith said.")

    assert done.document.text == "Iris: Wren came. Wren's book, Iris said."
    assert done.replaced == 4
    assert TABLE.within == (("Anna Smith", "Anna"),)


def test_the_names_within_names_are_those_that_are_replaced_in_them() -> None:
    names = (
        *("Ann", "Anna", "Anna Lee", "Ann Anna Lee", "Marie-Claire", "Claire", "marie", "O'Brien"),
        *(
            "Rita O'Brien",
            "éva",
            "e\u0301va Ann",
            "李",
            "李明",
            "明 Ann",
            "von",
            "von der Lee",
            "Lee",
        ),
    )
    table = Table((name, "P") for name in names)

    inside = {
        (long, short)
        for long in table.names
        for short in table.names
        if long != short and Table([(short, "P")]).replace(long) != long
    }
    assert set(table.within) == inside
    assert ("Ann Anna Lee", "Anna Lee") in inside
    assert ("Anna", "Ann") not in inside
    assert table.within == tuple(
        sorted(inside, key=lambda two: tuple(map(table.names.index, two)))
    ), "the longest come first"


def test_a_part_of_a_word_is_no_name_but_is_told() -> None:
    done = applied("Annas, ANNA and Joanna met Smith at Annandale. anna!")

    assert done.document.text == "Annas, ANNA and Joanna met Smith at Annandale. anna!"
    assert dict(done.leftovers) == {"Annas": 1, "ANNA": 1, "Smith": 1, "Annandale": 1, "anna": 1}


def test_a_name_is_found_however_its_letters_are_composed() -> None:
    for form in ("NFC", "NFD"):
        done = applied(unicodedata.normalize(form, "José: so. José's."))

        assert done.document.text == "Jay: so. Jay's."
        assert done.leftovers == ()


def test_a_mark_makes_another_letter_and_so_another_name() -> None:
    done = applied("Anna\u0300 came")

    assert done.document.text == "Anna\u0300 came"
    assert done.leftovers == (("Anna\u0300", 1),)


def test_names_that_overlap_are_told() -> None:
    done = applied("Here is Anna Smith Jones.")

    assert done.document.text == "Here is Iris Jones."
    assert done.overlaps == (("Anna Smith", "Smith Jones"),)
    assert done.leftovers == (("Jones", 1),)


def test_headings_stand_where_they_did() -> None:
    text = "Anna Smith\n# One: Anna\nJosé spoke.\n# Two\nend"
    places = (text.index("# One"), text.index("# Two"))

    done = applied(text, (places[0], 1), (places[1], 2))

    assert [done.document.text[start:].split("\n")[0] for start, _ in done.document.headings] == [
        "# One: Wren",
        "# Two",
    ]


def test_a_pseudonym_is_no_leftover() -> None:
    assert applied("Bob", table=Table([("Bob", "Bob-A")])).leftovers == ()


def test_a_text_without_blanks_is_looked_through_at_once() -> None:
    done = applied("anna" * 500_000)

    assert done.replaced == 0
    assert sum(times for _, times in done.leftovers) == 1


def test_a_name_typed_in_small_letters_is_at_least_told() -> None:
    done = applied(
        "Anna Smith met DE VRIES and JO NG.",
        table=Table([("anna smith", "Wren"), ("de vries", "Rook"), ("Jo Ng", "Jay")]),
    )

    assert {word for word, _ in done.leftovers} == {"Anna", "Smith", "VRIES", "JO NG"}


def test_an_apostrophe_and_a_hyphen_are_one_however_a_program_writes_them() -> None:
    table = Table([("O'Brien", "Wren"), ("Anne‑Marie", "Rook")])

    for text in ("O'Brien's Anne-Marie", "O’Brien's Anne\u2010Marie", "OʼBrien's Anne\u2011Marie"):
        assert applied(text, table=table).document.text == "Wren's Rook"


def test_a_name_with_a_sign_in_it_that_nobody_sees_is_told() -> None:
    assert applied("An\u00adna and An\u200bna").leftovers == (("Anna", 2),)


def test_a_name_is_found_where_no_blanks_part_words() -> None:
    table = Table([("王芳", "甲"), ("สมชาย", "Wren")])

    done = applied("昨天王芳说。คุณสมชายมาแล้ว", table=table)

    assert done.document.text == "昨天甲说。คุณWrenมาแล้ว"


def test_a_name_that_grew_together_with_a_word_before_it_is_told() -> None:
    table = Table([("אנה", "Iris"), ("سلمى", "Rosa")])

    done = applied("אנה ואנה. سلمى وسلمى", table=table)

    assert done.document.text == "Iris ואנה. Rosa وسلمى"
    assert {word for word, _ in done.leftovers} == {"ואנה", "وسلمى"}


@pytest.mark.parametrize(
    "rows",
    [
        "name;pseudonym\nAnna;Wren\n;\n\n",
        "sep=;\r\nname;pseudonym\r\nAnna;Wren\r\n",
        "name\tpseudonym\nAnna\tWren\n",
        'name,pseudonym\nAnna,"Wren\n"\n,,\n',
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(rows: str) -> None:
    assert read_table(rows.encode(), "names.csv").replace("Anna") == "Wren"


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(500), b"name,pseudonym\n" + b"x" * 200_000])
def test_what_is_no_table_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"names\.csv: it is no CSV"):
        read_table(data, "names.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_a_file_of_two_columns(encoding: str) -> None:
    rows = " Name ,PSEUDONYM,note\r\nZoë Müller,Wren,x\r\nBob,Rook\r\n"

    table = read_table(rows.encode(encoding), "names.csv")

    assert table.replace("Zoë Müller saw Bob") == "Wren saw Rook"


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("", "no name stands in it"),
        ("name,pseudonym\n", "no name stands in it"),
        ("who,what\nAnna,Wren\n", "first row does not name the columns"),
        ("Anna,Wren\nBob,Rook\n", "first row does not name the columns"),
        ("name\nAnna\n", "first row does not name the columns"),
        ("name,pseudonym\nAnna,Wren\nBob,\n", "line 3"),
        ("name,pseudonym\nAnna,Wren\nAnna,Rook\n", "line 3"),
    ],
)
def test_a_table_that_is_none_is_refused_without_saying_a_name(rows: str, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong) as refused:
        read_table(rows.encode(), "names.csv")

    assert "Anna" not in str(refused.value)
