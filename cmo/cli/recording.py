"""`cmo record`: a command a kind of record, with an option a field."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from cmo.cli.command import Call, Open, with_options
from cmo.cli.fields import parameters, settable, value
from cmo.domain.case import Relation
from cmo.domain.kinds import KINDS
from cmo.domain.record import Record, specs
from cmo.domain.vocabulary import FactorRole, LinkKind
from cmo.errors import InvalidInput

HEALTHY = '--programme "Healthy Streets"'
"""The programme of the examples."""

RECORDED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "programme": (
        "Programme",
        "Record a programme; whoever does becomes its evaluator and data steward.",
        ('"Healthy Streets" --funder "City council"',),
    ),
    "project": (
        "Project",
        "Record a project, or a sub-case as part of one.",
        (
            'Harbour --part-of "Healthy Streets" --area "The old docks"',
            '"Quay side" --part-of Harbour --kind "street"',
        ),
    ),
    "theme": (
        "Theme",
        "Record a theme under which projects are compared.",
        (f"Trust {HEALTHY} --scheme analysis",),
    ),
    "event": (
        "Event",
        "Record something that happened to a programme or to projects.",
        ('"The depot closed" --level local --affects Harbour --when-text "in spring"',),
    ),
    "stakeholder": (
        "Stakeholder",
        "Record a party with a stake.",
        (f'"Harbour residents" --kind community {HEALTHY}',),
    ),
    "relation": (
        "Relation",
        "Record a tie between two parties as a passage states it, denies it or leaves it unclear.",
        ('--kind involved_in --from "Harbour residents" --to Harbour --within Harbour',),
    ),
    "source": (
        "Source",
        "Record a document, an interview or an observation.",
        ('"Street diary" --collected-in Harbour --kind observation --wave final',),
    ),
    "informant": (
        "Informant",
        "Record somebody who speaks in sources, under a pseudonym.",
        (f'Wren {HEALTHY} --may-quote --speaks-in "Street diary;label=Wren"',),
    ),
    "factor": (
        "Factor",
        "Record a context, mechanism or outcome.",
        (
            f'"Shared benches" --role mechanism {HEALTHY}',
            f'"Neighbours talk" --role outcome --level process {HEALTHY}',
            f'"Neighbours chat" --role outcome {HEALTHY}',
        ),
    ),
    "theory": (
        "ProgrammeTheory",
        "Record a statement of how a programme is thought to work.",
        (
            f'"Places to sit bring neighbours together" {HEALTHY} --about Trust',
            f'"Places to sit in the shade do" {HEALTHY} --stage refined',
        ),
    ),
    "configuration": (
        "Configuration",
        "Record contexts, mechanisms and outcomes stated together; any of the three may be empty.",
        (
            (
                '--nickname Benches --mechanism "Shared benches" --outcome "Neighbours talk" '
                '--stated-in "Street diary;locator=page 2" --programme "Healthy Streets"'
            ),
        ),
    ),
    "link": (
        "CmoLink",
        "Record a link that you assert between two factors of one configuration.",
        ('--configuration Benches --from "Shared benches" --to "Neighbours talk"',),
    ),
    "finding": (
        "Finding",
        "Record what was found in a project or programme.",
        ('"People stay longer" --within Harbour --topic grid --direction enabling --about Trust',),
    ),
    "revision": (
        "Revision",
        "Record the step from earlier theories or configurations to later ones.",
        (f'--from T-1 --to T-2 {HEALTHY} --why "the sunny ones stood empty"',),
    ),
}
"""What `cmo record` makes: the kind, a sentence, and examples without their first words."""

HOME_IS_PROGRAMME = {"Project": "part_of", "Event": "affects"}
"""Kinds that belong to the programme itself where nothing else is said."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module to the program."""
    made = typer.Typer(help="Record something new: a factor, a configuration, a finding ...")
    for name, (label, sentence, examples) in RECORDED.items():
        lines = "\n".join(f"Example: cmo record {name} {example}" for example in examples)
        text = f"{sentence}\n\n\b\n{lines}"
        made.command(name, help=text, short_help=sentence)(_recorder(KINDS[label]))
    app.add_typer(made, name="record", no_args_is_help=True)


def _recorder(kind: type[Record]) -> Callable[..., None]:
    def record(call: Call, **typed: Any) -> None:
        from cmo.services import recording

        passages = typed.pop("passage", None) or ()
        with call.open() as book:
            fields = {
                name: value(book, spec, name, typed[name])
                for name, spec in settable(kind).items()
                if typed[name] is not None
            }
            if "programme" in specs(kind):
                fields["programme"] = book.home()["id"]
            _complete(book, kind, fields)
            made = kind(**fields)
            if isinstance(made, Relation):
                stated = tuple(book.find(one, "Excerpt")["id"] for one in passages)
                done = recording.record_relation(book.graph, book.actor, made, stated)
            else:
                done = recording.record(book.graph, book.actor, made)
        call.tell("Recorded", done, kind)

    own = parameters(kind)
    if kind is Relation:
        own["passage"] = _PASSAGE
    return with_options(record, own)


_PASSAGE = inspect.Parameter(
    "passage",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        list[str] | None,
        typer.Option(
            "--passage",
            metavar="ID",
            help="A passage (excerpt) that states it, and that is coded on it; again for more. "
            "What is denied needs one.",
        ),
    ],
)


def _complete(book: Open, kind: type[Record], fields: dict[str, Any]) -> None:
    home = HOME_IS_PROGRAMME.get(kind.node_label)
    if home and not fields.get(home):
        programme = book.home()["id"]
        fields[home] = (programme,) if kind.node_label == "Event" else programme
    if kind.node_label == "CmoLink" and "kind" not in fields:
        fields["kind"] = _link_kind(book, fields)


def _link_kind(book: Open, fields: dict[str, Any]) -> str:
    """What kind of link joins these two factors, by the sets of the configuration."""
    from cmo.services.reading import get_record

    configuration = get_record(book.graph, book.actor, fields["configuration"])
    sets = {
        FactorRole.CONTEXT: configuration.fields["contexts"],
        FactorRole.MECHANISM: configuration.fields["mechanisms"],
        FactorRole.OUTCOME: configuration.fields["outcomes"],
    }
    fitting = [
        kind
        for kind in LinkKind
        if fields["starts_at"] in sets[kind.ends[0]] and fields["ends_at"] in sets[kind.ends[1]]
    ]
    if len(fitting) == 1:
        return fitting[0]
    called = configuration.code or configuration.name
    if fitting:
        raise InvalidInput(
            f"In {called} that link could be {' or '.join(fitting)}.",
            "Nothing was recorded.",
            "Say which with --kind.",
            field_name="kind",
        )
    raise InvalidInput(
        f"The sets of {called} allow no link from the one factor to the other: a link joins a "
        "context with a mechanism, a mechanism with an outcome, or a context with an outcome.",
        "Nothing was recorded.",
        f"Add the factor first: `cmo edit {called} --rev {configuration.rev} --add contexts=...` "
        "(or mechanisms, outcomes).",
        field_name="kind",
    )
