"""The record classes: what may be in each field, and that each can be written."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cmo.domain.encoding import field_value, plain
from cmo.domain.fields import Labels, Property, Reference, Tie
from cmo.domain.kinds import KINDS, LETTERS
from cmo.domain.record import Record, references, snake, specs
from cmo.domain.stored import node_edges, node_properties, stored
from cmo.domain.validate import check_fields, verbatim
from cmo.errors import InvalidInput
from cmo.graph.queries import names

FIELDS = [(kind, name) for kind in KINDS.values() for name in specs(kind)]
PROPERTIES = [(k, n, s) for k, n in FIELDS if isinstance(s := specs(k)[n], Property)]
TEXTS = [(k, n, s) for k, n, s in PROPERTIES if s.kind in ("text", "texts")]


def named(found: Any) -> str:
    return found.__name__ if isinstance(found, type) else str(found)[:30]


def test_every_kind_and_every_relationship_can_be_written() -> None:
    kinds = {f"create/{snake(label)}" for label in KINDS}
    ties = {f"connect/{s.type.lower()}" for k in KINDS.values() for s in references(k).values()}

    assert kinds == {name for name in names() if name.startswith("create/")}
    assert ties == {name for name in names() if name.startswith("connect/")}


def test_kinds_refer_to_kinds_and_letters_are_their_own() -> None:
    targets = {t for k in KINDS.values() for s in references(k).values() for t in s.targets}

    assert targets <= set(KINDS)
    assert len(LETTERS) == 9
    for kind in KINDS.values():
        assert kind.name_field in specs(kind)
        assert set(kind.home) <= set(references(kind))


@pytest.mark.parametrize(("kind", "name", "spec"), TEXTS, ids=named)
def test_a_text_is_bounded_and_whole(kind: type[Record], name: str, spec: Property) -> None:
    if spec.bound > 1_000_000:
        long = "x" * 1_000_001
        assert check_fields(kind, {name: long})[name] == long
    else:
        fits, too_long = "é" * spec.bound, "é" * (spec.bound + 1)
        assert check_fields(kind, {name: held(spec, fits)}) == {name: held(spec, fits)}
        with pytest.raises(InvalidInput, match=f"{spec.bound:,}") as refused:
            check_fields(kind, {name: held(spec, too_long)})
        assert refused.value.field_name == name
    with pytest.raises(InvalidInput, match="surrogate"):
        check_fields(kind, {name: held(spec, "a\ud800")})
    with pytest.raises(InvalidInput, match="not a text"):
        check_fields(kind, {name: held(spec, 7)})


def held(spec: Property, value: Any) -> Any:
    return (value,) if spec.kind == "texts" else value


@pytest.mark.parametrize(("kind", "name", "spec"), PROPERTIES, ids=named)
def test_nothing_is_refused_where_something_is_required(
    kind: type[Record], name: str, spec: Property
) -> None:
    for nothing in (None, ""):
        if spec.required:
            with pytest.raises(InvalidInput, match="empty") as refused:
                check_fields(kind, {name: nothing})
            assert refused.value.field_name == name
        else:
            usual = {f.name: f.default for f in dataclasses.fields(kind)}[name]
            assert check_fields(kind, {name: nothing})[name] in (None, (), usual)


@pytest.mark.parametrize(("kind", "name", "spec"), TEXTS, ids=named)
def test_white_space_around_a_text_is_taken_off_unless_it_is_somebodys_words(
    kind: type[Record], name: str, spec: Property
) -> None:
    if spec.kind == "text" and spec.bound > 5:
        kept = check_fields(kind, {name: "\n a b \t"})[name]
        assert kept == ("\n a b \t" if verbatim(name) else "a b")
        if not verbatim(name) and not spec.required:
            assert check_fields(kind, {name: " \n"})[name] is None


@pytest.mark.parametrize(("kind", "name", "spec"), PROPERTIES, ids=named)
def test_only_what_a_field_may_hold_is_taken(kind: type[Record], name: str, spec: Property) -> None:
    good: dict[str, list[Any]] = {
        "choice": list(spec.choices or ()),
        "flag": [True, False],
        "number": [spec.lowest, spec.highest],
        "numbers": [(0, 1, 2**40)],
        "date": ["1997", "1997-05", "1997-05-01"],
        "moment": ["2026-01-31T09:30:00.000000Z"],
    }
    bad: dict[str, list[Any]] = {
        "choice": ["no such word", 7],
        "flag": ["true", 1, 0],
        "number": [(spec.lowest or 0) - 1, (spec.highest or 2**53) + 1, 1.0, "1", True],
        "numbers": [(-1,), ("0",), (1.5,)],
        "date": ["May 1997", "1997-13", "1997-5", "97", "1997-05-32", "1997-05-01T00:00", 1997],
        "moment": ["2026-01-31", "2026-01-31T09:30:00Z", "now", 0],
    }
    for value in good.get(spec.kind, ()):
        assert check_fields(kind, {name: value}) == {name: value}
    for value in bad.get(spec.kind, ()):
        with pytest.raises(InvalidInput) as refused:
            check_fields(kind, {name: value})
        assert refused.value.field_name == name


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=named)
def test_references_are_ids_and_labels_are_words(kind: type[Record], name: str) -> None:
    spec = specs(kind)[name]
    if isinstance(spec, Labels):
        word = str(next(iter(spec.choices)))
        assert check_fields(kind, {name: (word, word)}) == {name: (word,)}
        for value in ((), None, ("no such word",)):
            with pytest.raises(InvalidInput):
                check_fields(kind, {name: value})
    if isinstance(spec, Reference) and spec.many:
        with pytest.raises(InvalidInput, match="twice"):
            check_fields(kind, {name: ("a", "a")})
        with pytest.raises(InvalidInput, match="not the id"):
            check_fields(kind, {name: (7,)})
    elif isinstance(spec, Reference):
        with pytest.raises(InvalidInput):
            check_fields(kind, {name: 7})
        if spec.required:
            with pytest.raises(InvalidInput, match="missing"):
                check_fields(kind, {name: None})


def test_a_field_that_there_is_not_is_refused_by_name() -> None:
    for kind in KINDS.values():
        with pytest.raises(InvalidInput, match="colour is not a field"):
            check_fields(kind, {"colour": "red"})


@pytest.mark.parametrize("kind", KINDS.values(), ids=named)
def test_a_record_taken_apart_and_put_together_is_the_same(kind: type[Record]) -> None:
    fields = {name: example(kind, name) for name in specs(kind)}
    props = node_properties(kind, fields)
    kept = {"id": "me", "rev": 3, "created_at": "2026-01-01T00:00:00.000000Z", "code": "X-1"}
    roles = [r for n, s in specs(kind).items() if isinstance(s, Labels) for r in fields[n]]
    edges = [
        {
            "type": e.type,
            "outgoing": e.start == "me",
            "other": e.end if e.start == "me" else e.start,
            "labels": [(e.end if e.start == "me" else e.start).partition(" ")[0]],
            "carries": dict(e.carries),
        }
        for e in node_edges(kind, "me", fields)
    ]

    again = stored(["Record", kind.node_label, *roles], {**props, **kept}, reversed(edges))

    assert again.fields == fields
    assert (again.id, again.rev, again.code, again.kind) == ("me", 3, "X-1", kind)
    for name, value in fields.items():
        assert field_value(kind, name, plain(value)) == value


def example(kind: type[Record], name: str) -> Any:
    spec = specs(kind)[name]
    if isinstance(spec, Labels):
        return tuple(str(word) for word in spec.choices)
    if isinstance(spec, Reference):
        ids = tuple(f"{target} {number}" for target in spec.targets for number in (1, 2))
        if not spec.many:
            return ids[0]
        ids = tuple(reversed(ids)) if spec.ordered else tuple(sorted(ids))
        if spec.carries:
            return tuple(Tie(i, ((spec.carries[0][0], "x"),)) for i in ids)
        return ids
    return {
        "text": f"the {name}",
        "texts": ("one", "two"),
        "choice": str(next(iter(spec.choices or ("",)))),
        "flag": True,
        "number": spec.lowest,
        "numbers": (0, 5),
        "date": "1997",
        "moment": "2026-01-31T09:30:00.000000Z",
    }[spec.kind]
