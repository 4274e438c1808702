"""Files that are broken, hostile or huge are refused with what to do, or read rightly; reading them
takes bounded memory and time."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cmo.domain.fields import DOCUMENT
from cmo.errors import InvalidInput
from cmo.exchange.documents import readers
from cmo.exchange.documents.document import Document
from cmo.exchange.documents.formats import FORMATS
from cmo.exchange.documents.readers import File, read_files
from tests.fixtures.documents import (
    LOCKED_ODT,
    LOCKED_OFFICE,
    LOCKED_PDF,
    docx,
    docx_of,
    entity_bomb,
    odt,
    odt_of,
    paragraph,
    pdf,
    rtf,
    zip_bomb,
)

LINES = [f"Iris: They came back {n} times, because I knew them." for n in range(200)]
WHOLE = {
    "a.docx": docx_of(LINES),
    "a.odt": odt_of(LINES),
    "a.pdf": pdf(LINES[:40]),
    "a.rtf": rtf(r"\par ".join(LINES)),
}


def outcome(name: str, data: bytes) -> Document | InvalidInput:
    """What becomes of a file of that name and content, read as an import reads it."""
    (found,) = read_files([File(name, None, data)])
    return found


def refusal(name: str, data: bytes) -> InvalidInput:
    found = outcome(name, data)
    assert isinstance(found, InvalidInput), found
    assert found.wrong.endswith(".")
    assert found.next_step.endswith(".")
    assert found.not_done == "It was not imported."
    return found


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_file_is_read(name: str) -> None:
    assert isinstance(outcome(name, WHOLE[name]), Document)


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_broke_off_is_refused(name: str) -> None:
    data = WHOLE[name]

    for part in (data[: len(data) // 2], data[:100]):
        found = outcome(name, part)
        if isinstance(found, Document):  # a PDF may be mended from what is left
            assert name == "a.pdf"
            assert set(found.text.split("\n")) <= set(LINES)
        else:
            assert found.next_step


@pytest.mark.parametrize(
    ("name", "of"),
    [(f"a{end}", of) for end in FORMATS for of in WHOLE if not of.endswith(end)],
)
def test_a_file_with_the_ending_of_another_format_is_refused(name: str, of: str) -> None:
    assert "ending" in refusal(name, WHOLE[of]).next_step


@pytest.mark.parametrize("name", [f"a{ending}" for ending in FORMATS])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        "\u200b\u00a0\ufeff\u00ad\n".encode(),
        b"\x00" * 400,
        b"\x89PNG\r\n\x1a\n" + bytes(400),
        random.Random(7).randbytes(4_000),  # noqa: S311  # noise of a file
    ],
    ids=["nothing", "blanks", "what is not seen", "zeros", "a picture", "noise"],
)
def test_what_holds_no_text_is_refused(name: str, data: bytes) -> None:
    refusal(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", LOCKED_OFFICE),
        ("a.odt", LOCKED_ODT),
        ("a.pdf", LOCKED_PDF),
    ],
)
def test_a_file_that_is_locked_is_refused_as_such(name: str, data: bytes) -> None:
    assert "password" in refusal(name, data).wrong


def test_an_old_word_document_is_refused_by_its_name() -> None:
    assert ".doc" in refusal("a.docx", LOCKED_OFFICE[:500] + bytes(600)).wrong


def test_entities_do_not_unfold() -> None:
    assert "document type" in refusal("a.docx", entity_bomb()).wrong
    laughs = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" * 1}">' for n in range(1, 9))
    page = f"<!DOCTYPE html [{laughs}]><p>&l8; here</p>"
    found = outcome("a.html", page.encode())
    assert isinstance(found, Document)
    assert len(found.text) < 500


def test_nothing_outside_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret", encoding="utf-8")
    for declared in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY x "{secret}">'):
        body = f"<!DOCTYPE d [{declared}]><p>&x;</p>"
        found = outcome("a.html", body.encode())
        assert "the secret" not in (found.text if isinstance(found, Document) else found.wrong)
        manifest = odt("<text:p/>", **{"META-INF/manifest.xml": f"<!DOCTYPE d [{declared}]><m/>"})
        assert "document type" in refusal("a.odt", manifest).wrong


def test_a_zip_bomb_is_refused_before_it_has_unpacked() -> None:
    bomb = zip_bomb()

    assert len(bomb) < 1_000_000
    assert "unpacks to more" in refusal("a.docx", bomb).wrong
    empty = docx("<w:p/>" * 30_000_000)
    assert "unpacks to more" in refusal("a.docx", empty).wrong


def test_what_is_nested_without_measure_is_refused() -> None:
    deep = "<div>" * 100_000 + "x" + "</div>" * 100_000

    assert "deep" in refusal("a.html", deep.encode()).wrong
    assert "deep" in refusal("a.rtf", b"{\\rtf1 " + b"{" * 50_000 + b"x" + b"}" * 50_001).wrong
    nested = "<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 20_000
    found = outcome("a.docx", docx(nested))
    assert isinstance(found, InvalidInput) or found.text.strip() == "x"


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_of_300_mb_is_refused_without_being_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"huge{ending}"
    with path.open("wb") as file:
        file.truncate(300_000_000)

    (found,) = read_files([File(path.name, path)])

    assert isinstance(found, InvalidInput)
    assert "300 MB" in found.wrong


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_five_megabytes_in_one_line_are_read(name: str) -> None:
    line = "so it goes " * 500_000

    found = outcome(name, f"{line}\nend".encode())

    assert isinstance(found, Document)
    assert len(found.text) > 5_000_000
    assert found.text.endswith("end")


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_five_megabytes_in_one_paragraph_are_read(name: str) -> None:
    words = "a" * 5_000_000
    data = docx(paragraph(words)) if name == "a.docx" else odt(f"<text:p>{words}</text:p>")

    found = outcome(name, data)

    assert isinstance(found, Document)
    assert found.text == words


def test_a_text_that_is_too_long_is_refused() -> None:
    assert f"{DOCUMENT:,}" in refusal("a.txt", b"word " * (DOCUMENT // 5 + 1)).wrong


MEASURED = """
import re, resource, sys
from pathlib import Path
from cmo.exchange.documents.readers import File, read_files
outcomes = read_files([File(Path(p).name, Path(p)) for p in sys.argv[1:]])
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print((own + readers) // 1024, *(getattr(o, "wrong", "read") for o in outcomes), sep="\\n")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound and tell memory so")
def test_reading_takes_less_than_a_gigabyte_whatever_the_file(tmp_path: Path) -> None:
    (tmp_path / "many.html").write_bytes(b"<b>x</b>" * 4_000_000)
    (tmp_path / "long.txt").write_bytes("彼".encode() * 19_900_000)
    (tmp_path / "bomb.docx").write_bytes(zip_bomb())
    (tmp_path / "entities.docx").write_bytes(entity_bomb())
    files = [str(path) for path in sorted(tmp_path.iterdir())]

    said = subprocess.run(
        [sys.executable, "-c", MEASURED, *files], capture_output=True, text=True, check=True
    )

    megabytes, bomb, entities, long, many = said.stdout.splitlines()
    assert int(megabytes) < 1024
    assert "unpacks" in bomb
    assert "document type" in entities
    assert long == "read"
    assert "memory" in many


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    big = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2_000_000)
    files = [File("slow.docx", None, big), File("b.txt", None, b"words")]
    monkeypatch.setattr(readers, "AT_ONCE", 1)

    slow, quick = read_files(files, seconds=0.5)

    assert isinstance(slow, InvalidInput)
    assert "seconds" in slow.wrong
    assert isinstance(quick, Document)


def test_reading_ends_at_once_when_it_is_interrupted() -> None:
    big = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2_000_000)
    files = [File("a.txt", None, b"words"), *(File(f"{n}.docx", None, big) for n in range(4))]

    class Enough(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Enough(f"{done} of {total}")

    before = set(threading.enumerate())
    with pytest.raises(Enough, match="1 of 5"):
        read_files(files, progress=stop)

    for thread in set(threading.enumerate()) - before:
        thread.join(30)
        assert not thread.is_alive(), f"{thread.name} goes on reading"


def test_a_module_in_the_folder_of_whoever_works_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('run')", encoding="utf-8")
    (tmp_path / "lxml.py").write_text("raise SystemExit('run')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert isinstance(outcome("a.html", b"<p>words</p>"), Document)


def test_a_file_that_is_not_there_any_more_is_refused(tmp_path: Path) -> None:
    (found,) = read_files([File("gone.txt", tmp_path / "gone.txt")])

    assert isinstance(found, InvalidInput)
    assert "cannot be read" in found.wrong
