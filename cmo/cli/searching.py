"""Searching: texts, memos and names that hold words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cmo.cli.command import Call, add
from cmo.cli.output import Format, write
from cmo.cli.terminal import one_line, progress, say
from cmo.domain.vocabulary import Stance, Wave

if TYPE_CHECKING:
    from cmo.services.searching import Found, Hit


class In(StrEnum):
    """Where is searched."""

    TEXTS = "texts"
    MEMOS = "memos"
    LABELS = "labels"


COLUMNS = (
    "in", "kind", "code", "name", "programme", "project", "wave", "stance", "speaker", "words",
    "found", "start", "end", "synthetic", "said", "source_id", "coding_id", "id",
)  # fmt: skip
"""Of a place that was found, as a row."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "search", search)


def search(
    call: Call,
    words: Annotated[
        list[str],
        typer.Argument(help="Words, all of which must be there; a phrase as '\"own budget\"'."),
    ],
    among: Annotated[
        In | None,
        typer.Option("--in", help="Where; else everywhere.", show_default=False),
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", metavar="REF", help="Collected in or about it.")
    ] = None,
    wave: Annotated[Wave | None, typer.Option("--wave", case_sensitive=False)] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="GROUP", help="Said by this role group.")
    ] = None,
    stance: Annotated[
        Stance | None,
        typer.Option("--stance", case_sensitive=False, help="In a passage coded so."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help="How many of each at most.")
    ] = 10,
) -> None:
    """Search texts, memos and names for words, in all their English forms.

    Texts are what people said, and paraphrases where a text is not held; memos are notes on
    codings; labels are what records are called. In the order of the sources.

    \b
    Example: cmo search budget
    Example: cmo search '"waiting list"' --programme Practice --in texts
    Example: cmo search trust --programme Practice --stance refutes --wave final --format csv
    """
    from cmo.services.searching import IN, Filters
    from cmo.services.searching import search as searched

    typed = " ".join(words)
    with call.open() as book:
        filters = Filters(
            programme=book.home()["id"] if call.programme else None,
            project=book.find(project, "Project", "Programme")["id"] if project else None,
            wave=wave,
            role_group=role,
            stance=stance,
        )
        found = [
            searched(
                book.graph,
                book.actor,
                typed,
                where,
                filters,
                limit=limit,
                progress=lambda done, of: progress(f"Making texts findable: {done} of {of}."),
            )
            for where in ([among.value] if among else IN)
        ]
    if call.as_format is Format.TABLE:
        _print(found)
        return
    for note in dict.fromkeys(note for part in found for note in part.notes):
        say(note)
    rows = [row for part in found for hit in part.hits for row in hit.rows()]
    call.print_rows(rows, columns=COLUMNS)


def _print(found: list[Found]) -> None:
    for part in found:
        if part.hits:
            write(f"{part.among.capitalize()}\n")
        for hit in part.hits:
            _print_hit(hit)
        if part.after:
            say(f"There is more in {part.among}: --in {part.among} --limit {len(part.hits) * 5}.")
        if part.hits:
            write("\n")
    for note in dict.fromkeys(note for part in found for note in part.notes):
        say(note)
    if not any(part.hits for part in found):
        say(
            "Nothing that you may read holds all of these words. Try fewer words, or fewer filters."
        )


def _print_hit(hit: Hit) -> None:
    kind = "" if hit.kind == "Source" else hit.kind.lower()
    fiction = "synthetic" if hit.synthetic else ""
    where = [hit.place or hit.programme, hit.wave, hit.stance, hit.said, kind, fiction]
    name = " ".join(filter(None, (hit.code, hit.name)))
    write(one_line("  " + " · ".join(filter(None, (name, *where)))) + "\n")
    for at, place in enumerate(hit.places):
        words = "".join(f"«{part.text}»" if part.found else part.text for part in place.parts)
        speaker = hit.speakers[at] if at < len(hit.speakers) else None
        write("      " + one_line(f"{speaker}: {words}" if speaker else words) + "\n")
    if hit.in_all > len(hit.places):
        write(f"      and {hit.in_all - len(hit.places)} more places\n")
