"""Coding passages and assessing factors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cmo.cli.command import Call, Open, add
from cmo.domain.evidence import Assessment, Coding
from cmo.domain.vocabulary import AssessmentValue, Basis, Claim, Rating, Stance, Valence, Wave

if TYPE_CHECKING:
    from cmo.services.coding import Location, Position

CAN_BE_CODED = ("Configuration", "CmoLink", "Factor", "ProgrammeTheory", "Relation", "Theme")
STANCE_OF = {
    AssessmentValue.PRESENT: Stance.SUPPORTS,
    AssessmentValue.ABSENT: Stance.REFUTES,
    AssessmentValue.MIXED: Stance.REFINES,
    AssessmentValue.NOT_ASSESSABLE: Stance.CONTEXTUALISES,
}
"""What a passage does to a factor, by the assessment that rests on it."""


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
    """Code a passage of a source, by position where its text is held, else by where it stands.

    \b
    Example: cmo code "Street diary" --section Spring --locator "page 2" \
--paraphrase "Two strangers shared a bench and talked" --on "Shared benches" --concerns Harbour
    """
    from cmo.services.coding import Judgement, code_passage

    passage = _passage(start, end, section, locator, paraphrase)
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
    section: str | None,
    locator: str | None,
    paraphrase: str | None,
) -> Position | Location:
    from cmo.services.coding import Location, Position

    if start is not None and end is not None and not (section or locator or paraphrase):
        return Position(start, end)
    if section and locator and paraphrase and start is None and end is None:
        return Location(section, locator, paraphrase)
    raise typer.BadParameter(
        "Give either --start and --end (the text is held), or --section, --locator and "
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
    from cmo.services import recording
    from cmo.services.acts import Done

    with call.open() as book:
        of, where = book.find(factor, "Factor")["id"], book.find(project, "Project")["id"]
        made = _codings(book, passage or [], of, where, value)
        rests_on = [book.find(c, "Coding")["id"] for c in coding or []]
        rests_on += [str(c.id) for c in made]
        assessment = Assessment(
            factor=of,
            project=where,
            value=value,
            valence=valence,
            wave=wave,
            activation=activation,
            settled=settled,
            why=why,
            basis=Basis.CODING if rests_on else Basis.JUDGEMENT,
            rests_on=tuple(rests_on),
        )
        done = recording.record(book.graph, book.actor, *made, assessment)
    told = Done(done.change, done.ids[::-1], done.codes[::-1])
    call.tell("Recorded", told, Assessment)


def _codings(
    book: Open, passages: list[str], factor: str, project: str, value: AssessmentValue
) -> list[Coding]:
    import uuid

    return [
        Coding(
            id=str(uuid.uuid4()),
            excerpt=book.find(p, "Excerpt")["id"],
            bears_on=factor,
            concerns=project,
            stance=STANCE_OF[value],
        )
        for p in passages
    ]
