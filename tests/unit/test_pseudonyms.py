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
        ("who,what\nAnna,Wren\n", "line 2"),
        ("name,pseudonym\nAnna,Wren\nBob,\n", "line 3"),
        ("name,pseudonym\nAnna,Wren\nAnna,Rook\n", "line 3"),
    ],
)
def test_a_table_that_is_none_is_refused_without_saying_a_name(rows: str, wrong: str) -> None:
    with pytest.raises(InvalidInput, match=wrong) as refused:
        read_table(rows.encode(), "names.csv")

    assert "Anna" not in str(refused.value)
