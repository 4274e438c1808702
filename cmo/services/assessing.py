"""Assessing: whether a factor was there in a project, and which way it worked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cmo.domain.evidence import Assessment, Coding
from cmo.domain.vocabulary import AssessmentValue, Basis, Stance, Valence, Wave
from cmo.graph.graph import Graph
from cmo.services import recording
from cmo.services.actor import Actor
from cmo.services.acts import Done

STANCE_OF = {
    AssessmentValue.PRESENT: Stance.SUPPORTS,
    AssessmentValue.ABSENT: Stance.REFUTES,
    AssessmentValue.MIXED: Stance.REFINES,
    AssessmentValue.NOT_ASSESSABLE: Stance.CONTEXTUALISES,
}
"""What a passage does to a factor, by the assessment that rests on it."""


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
    passages: tuple[str, ...] = (),
) -> Done:
    """Assesses a factor in a project (their ids), resting on codings (ids), on passages (ids of
    excerpts), or, without any, on a stated judgement; the answer's first record is the assessment.

    A passage is coded on the factor with the assessment, all or nothing. Only an evaluator settles;
    at most one settled assessment a factor, project and wave. Raises InvalidInput, NotAllowed or
    NotFound.
    """
    codings = tuple(
        Coding(
            id=str(uuid.uuid4()),
            excerpt=passage,
            bears_on=factor,
            concerns=project,
            stance=STANCE_OF[verdict.value],
        )
        for passage in dict.fromkeys(passages)
    )
    founded = (*dict.fromkeys(rests_on), *(str(coding.id) for coding in codings))
    assessment = Assessment(
        factor=factor,
        project=project,
        value=verdict.value,
        valence=verdict.valence,
        wave=verdict.wave,
        why=verdict.why,
        activation=verdict.activation,
        settled=verdict.settled,
        basis=Basis.CODING if founded else Basis.JUDGEMENT,
        rests_on=founded,
    )
    done = recording.record(graph, actor, *codings, assessment)
    return Done(done.change, done.ids[::-1], done.codes[::-1])
