"""Coding passages and assessing factors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cmo.cli.command import Call, add
from cmo.domain.evidence import Assessment, Coding
from cmo.domain.vocabulary import AssessmentValue, Claim, Rating, Stance, Valence, Wave

if TYPE_CHECKING:
    from cmo.services.coding import Location, Position, Quotation

CAN_BE_CODED = ("Configuration", "CmoLink", "Factor", "ProgrammeTheory", "Relation", "Theme")


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    add(app, "code", code)
    add(app, "assess", assess)


def code(
    call: Call,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="By code, title or id.")],
    start: Annotated[
        int | None,
        typer.Option("--start", min=0, help="Where the passage begins, in characters from 0."),
    ] = None,
    end: Annotated[
        int | None, typer.Option("--end", min=1, help="Where it ends: after its last character.")
    ] = None,
    quote: Annotated[
        str | None,
        typer.Option("--quote", help="The passage's words, as they stand in the text."),
    ] = None,
    occurrence: Annotated[
        int | None,
        typer.Option("--occurrence", min=1, help="Which, where the words stand there repeatedly."),
    ] = None,
    section: Annotated[
        str | None, typer.Option("--section", help="For a source whose text is not held.")
    ] = None,
    locator: Annotated[
        str | None, typer.Option("--locator", help="Page, table or paragraph of such a source.")
    ] = None,
    paraphrase: Annotated[
        str | None, typer.Option("--paraphrase", help="What it says there, in your own words.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="TARGET",
            help="The configuration, link, factor, theory, relation or theme that it bears on, by "
            "code, name or id; none: still to place.",
        ),
    ] = None,
    stance: Annotated[
        Stance, typer.Option("--stance", case_sensitive=False, show_default="supports")
    ] = Stance.SUPPORTS,
    claim: Annotated[
        Claim,
        typer.Option(
            "--claim",
            case_sensitive=False,
            show_default="observed",
            help="What is anticipated does not count.",
        ),
    ] = Claim.OBSERVED,
    concerns: Annotated[
        str | None,
        typer.Option(
            "--concerns",
            metavar="PROJECT",
            help="The project (or programme) spoken of; else where the source was collected.",
        ),
    ] = None,
    relevance: Annotated[Rating | None, typer.Option("--relevance", case_sensitive=False)] = None,
    richness: Annotated[Rating | None, typer.Option("--richness", case_sensitive=False)] = None,
    rigour: Annotated[Rating | None, typer.Option("--rigour", case_sensitive=False)] = None,
    memo: Annotated[str | None, typer.Option("--memo", help="A note of yours.")] = None,
) -> None:
    """Code a passage of a source: by its words or position where its text is held, else by where it
    stands.

    \b
    Example: cmo code Practice/S-1 --quote "I wiped the old scores off the board" --on Practice/C-1
    Example: cmo code "Street diary" --section Spring --locator "page 2" \
--paraphrase "Two strangers shared a bench and talked" --on "Shared benches" --concerns Harbour
    Example: cmo code "Street diary" --section Summer --locator "page 9" \
--paraphrase "The benches in the shade were taken all day" --on Benches
    """
    from cmo.services.coding import Judgement, code_passage

    located = [section, locator, paraphrase]
    passage = _passage(start, end, quote, occurrence, located)
    with call.open() as book:
        done = code_passage(
            book.graph,
            book.actor,
            book.find(source, "Source")["id"],
            passage,
            book.find(on, *CAN_BE_CODED)["id"] if on else None,
            Judgement(
                stance=stance,
                claim=claim,
                relevance=relevance,
                richness=richness,
                rigour=rigour,
                memo=memo,
                concerns=book.find(concerns, "Project", "Programme")["id"] if concerns else None,
            ),
        )
    call.tell("Recorded", done, Coding)


def _passage(
    start: int | None,
    end: int | None,
    quote: str | None,
    occurrence: int | None,
    located: list[str | None],
) -> Position | Quotation | Location:
    from cmo.services.coding import Location, Position, Quotation

    positions = [start, end]
    if quote is not None and not any(located) and positions == [None, None]:
        return Quotation(quote, occurrence)
    if start is not None and end is not None and not any(located) and quote is None:
        return Position(start, end)
    if quote is None and positions == [None, None]:
        section, locator, paraphrase = located
        if section and locator and paraphrase:
            return Location(section, locator, paraphrase)
    raise typer.BadParameter(
        "Give --quote, or --start and --end (the text is held), or --section, --locator and "
        "--paraphrase (it is not)."
    )


def assess(
    call: Call,
    factor: Annotated[str, typer.Argument(metavar="FACTOR", help="By code, label or id.")],
    project: Annotated[str, typer.Argument(metavar="PROJECT", help="By code, name or id.")],
    value: Annotated[AssessmentValue, typer.Option("--value", case_sensitive=False)],
    valence: Annotated[
        Valence, typer.Option("--valence", case_sensitive=False, show_default="not_stated")
    ] = Valence.NOT_STATED,
    wave: Annotated[Wave | None, typer.Option("--wave", case_sensitive=False)] = None,
    activation: Annotated[
        int | None, typer.Option("--activation", min=0, max=4, help="How far a mechanism fired.")
    ] = None,
    settled: Annotated[
        bool, typer.Option("--settled", help="It counts; at most one a factor, project and wave.")
    ] = False,
    coding: Annotated[
        list[str] | None,
        typer.Option("--coding", metavar="ID", help="A coding that it rests on; again for more."),
    ] = None,
    passage: Annotated[
        list[str] | None,
        typer.Option(
            "--passage",
            metavar="ID",
            help="A passage (excerpt) that it rests on: it is coded on the factor with it.",
        ),
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", help="Needed for a judgement that rests on no coding.")
    ] = None,
) -> None:
    """Assess whether a factor was there in a project, and which way it worked.

    \b
    Example: cmo assess "Shared benches" Harbour --value present --valence enables --settled \
--why "seen on both visits"
    """
    from cmo.services.assessing import Verdict
    from cmo.services.assessing import assess as assess_factor

    with call.open() as book:
        done = assess_factor(
            book.graph,
            book.actor,
            book.find(factor, "Factor")["id"],
            book.find(project, "Project")["id"],
            Verdict(
                value=value,
                valence=valence,
                wave=wave,
                why=why,
                activation=activation,
                settled=settled,
            ),
            rests_on=tuple(book.find(c, "Coding")["id"] for c in coding or ()),
            passages=tuple(book.find(p, "Excerpt")["id"] for p in passage or ()),
        )
    call.tell("Recorded", done, Assessment)
