"""Assessing: whether a factor was there in a project, and which way it worked."""

from __future__ import annotations

from dataclasses import dataclass

from cmo.domain.evidence import Assessment
from cmo.domain.vocabulary import AssessmentValue, Basis, Valence, Wave
from cmo.graph.graph import Graph
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.acts import Done


@dataclass(frozen=True)
class Verdict:
    """What is assessed: the value, which way it worked, in which wave, and why; `activation` from
    0 to 4 for mechanisms."""

    value: AssessmentValue
    valence: Valence = Valence.NOT_STATED
    wave: Wave | None = None
    why: str | None = None
    activation: int | None = None
    settled: bool = False


def assess(
    graph: Graph,
    actor: Actor,
    factor: str,
    project: str,
    verdict: Verdict,
    rests_on: tuple[str, ...] = (),
) -> Done:
    """Assesses a factor in a project (their ids), resting on codings (ids) or, without any, on a
    stated judgement.

    Only an evaluator settles; at most one settled assessment a factor, project and wave. Raises
    InvalidInput or NotAllowed.
    """
    return recording.record(
        graph,
        actor,
        Assessment(
            factor=factor,
            project=project,
            value=verdict.value,
            valence=verdict.valence,
            wave=verdict.wave,
            why=verdict.why,
            activation=verdict.activation,
            settled=verdict.settled,
            basis=Basis.CODING if rests_on else Basis.JUDGEMENT,
            rests_on=rests_on,
        ),
    )
