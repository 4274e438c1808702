"""Taking things along: pictures as SVG and PNG, tables as CSV."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from cmo.exchange.spreadsheet import as_csv
from components.drawing import Node, h
from components.session import programme


def file_name(*words: str) -> str:
    """A name for a file out of words that people typed: small letters, digits and hyphens, at most
    60. Where they are too long, the last ones stay: they say what the file holds."""
    *first, last = map(_plain, words)
    last = last[:40].strip("-")
    room = 60 - len(last) - 1
    head = "-".join(filter(None, first))[:room].strip("-")
    return "-".join(filter(None, (head, last))) or "casebook"


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words.casefold())
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", letters)).strip("-")


def figure(picture: Node, *name: str) -> Node:
    """A picture (an svg element of a tree) with two buttons that save it as it stands.

    The browser writes the files, without asking anybody: styles are put onto the elements and the
    letters go along, so that an SVG looks the same elsewhere; a PNG has twice its size.
    """
    return h(
        "div",
        picture,
        h("p", *save_buttons(), cls="saves"),
        cls="figure",
        data_name=file_name(*name),
        data_note=fiction(),
    )


def fiction() -> str | None:
    """What a saved picture of a fictional programme says below; None of a real one."""
    here = programme()
    return "Fiction: no real people or places." if here and here["synthetic"] else None


def save_buttons() -> list[Node]:
    """The two buttons; they save the svg within the nearest element with data-name."""
    return [
        h("button", kind.upper(), data_save=kind, type="button", title=f"Save as {kind.upper()}")
        for kind in ("svg", "png")
    ]


Lines = Sequence[Mapping[str, Any]]


def table(rows: Lines | Callable[[], Lines], columns: Sequence[str], *name: str, key: str) -> None:
    """A button that saves rows as CSV for a spreadsheet; nothing where there are no rows. What
    takes long to make is made when the button is pressed: then `rows` is what makes it."""
    if callable(rows):
        make = rows
        called = f"{file_name(*name)}.csv"
        file(lambda: as_csv(make(), columns).encode("utf-8-sig"), called, "text/csv", key)
    elif rows:
        file(as_csv(rows, columns).encode("utf-8-sig"), f"{file_name(*name)}.csv", "text/csv", key)


def file(data: bytes | Callable[[], bytes], name: str, mime: str, key: str) -> None:
    """A quiet button that saves a file."""
    ending = name.rpartition(".")[2].upper()
    st.download_button(
        f"Save as {ending}",
        data,
        name,
        mime,
        key=key,
        type="tertiary",
        on_click="ignore",
        help=f"Save {name}",
    )
