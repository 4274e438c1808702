"""Hostile text in every text field that the command line can write: kept as it is, never obeyed."""

from __future__ import annotations

import re

import pytest

from cmo.cli.fields import SAID_AS_OPTION, option_name, settable
from cmo.cli.recording import RECORDED
from cmo.domain.fields import Property
from cmo.domain.kinds import KINDS
from cmo.domain.record import Record
from tests.cli.program import Program

HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J[link=file:///etc/passwd]=cmd|'/c calc'!A1[/link] \u202egnp.exe\u2066 "
    "'}) DETACH DELETE n // <script>alert(1)</script> {x} %s $HOME `id` \x7f\x9b31m \U0001f642"
)
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DECIDED = ("--support-decided", "contested")
NEEDED = {
    "theory": DECIDED,
    "configuration": DECIDED,
    "link": ("--configuration", "Pair", "--from", "Warmth", "--to", "Talk", *DECIDED),
    "theme": ("--scheme", "analysis"),
    "event": ("--level", "local"),
    "stakeholder": ("--kind", "group"),
    "relation": ("--kind", "leads", "--from", "Quay", "--to", "Harbour", "--within", "Harbour"),
    "source": ("--collected-in", "Harbour", "--kind", "document"),
    "factor": ("--role", "context"),
    "finding": ("--within", "Harbour", "--topic", "result"),
    "revision": ("--from", "T-1", "--to", "T-2"),
}


def texts(kind: type[Record]) -> dict[str, str]:
    """A hostile value for every text field of a kind, as long as it may be."""
    return {
        name: HOSTILE[: spec.bound].strip()
        for name, spec in settable(kind).items()
        if isinstance(spec, Property) and spec.kind in ("text", "texts") and name != "text"
    }


WITH_TEXT = [name for name, (label, _, _) in RECORDED.items() if texts(KINDS[label])]


@pytest.fixture(scope="module")
def streets(cmo: Program) -> Program:
    """A casebook with what the records below refer to."""
    cmo.ok("init")
    cmo.ok("record", "programme", "Streets")
    cmo.ok("record", "project", "Harbour")
    cmo.ok("record", "stakeholder", "Quay", "--kind", "organisation")
    cmo.ok("record", "factor", "Warmth", "--role", "mechanism")
    cmo.ok("record", "factor", "Talk", "--role", "outcome")
    pair = ("--nickname", "Pair", "--mechanism", "Warmth", "--outcome", "Talk")
    cmo.ok("record", "configuration", *pair)
    cmo.ok("record", "theory", "Earlier")
    cmo.ok("record", "theory", "Later")
    (cmo.folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    return cmo


@pytest.mark.parametrize("name", WITH_TEXT)
def test_hostile_text_is_kept_exactly_and_shown_harmlessly(streets: Program, name: str) -> None:
    kind = KINDS[RECORDED[name][0]]
    wanted = texts(kind)
    words = [*NEEDED.get(name, ()), "--programme", "Streets"]
    for field, text in wanted.items():
        spec = settable(kind)[field]
        called = field == kind.name_field and field not in SAID_AS_OPTION
        is_argument = called and isinstance(spec, Property) and spec.required
        words += [text] if is_argument else [f"--{option_name(field)}={text}"]
    if name == "source":
        words += ["--text-file", "hostile.txt"]
    done = streets.ok("record", name, *words, "--format", "json")

    try:
        told = streets.ok("show", done.json["id"], "--format", "json")
        shown = streets.ok("show", done.json["id"])
        table = streets.ok("history", done.json["id"])
    finally:
        streets.ok("undo")

    fields = told.json["fields"]
    kept = {f: fields[f][0] if isinstance(fields[f], list) else fields[f] for f in wanted}
    assert kept == wanted
    for said in (done, told, shown, table):
        assert not OBEYED.search(said.out.replace("\r\n", "\n"))
        assert not OBEYED.search(said.err)
