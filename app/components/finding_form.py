"""Recording what was found in a project, under themes, resting on passages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from cmo.domain.evidence import Coding, Finding
from cmo.domain.fields import SHORT
from cmo.domain.vocabulary import Direction, FindingTopic, Origin, Wave
from cmo.services import recording
from cmo.services.acts import Done
from components import editing
from components.editing import Field
from components.passages_offered import (
    codings_of,
    excerpts_left,
    may_code,
    on_target,
    passages_field,
)
from components.session import actor, ask, casebook_to_change

TOPICS = {
    str(FindingTopic.GRID): "a point compared across projects",
    str(FindingTopic.RESULT): "a result",
    str(FindingTopic.ELEMENT): "an element of the project",
    str(FindingTopic.DIFFERENCE): "a difference that it made",
    str(FindingTopic.OBJECTIVE): "an objective",
    str(FindingTopic.METHOD): "a way of working",
    str(FindingTopic.WISH): "a wish",
}
WAYS = {
    str(Direction.ENABLING): "it helped",
    str(Direction.HINDERING): "it hindered",
    str(Direction.NEITHER): "neither, or not said which way",
}
WAVES = {str(wave): str(wave) for wave in Wave}
ORIGINS = {str(Origin.STATED): "what a source says", str(Origin.OURS): "our reading"}


def may_record(programme_id: str) -> bool:
    """Whether whoever looks may record findings there."""
    return actor().may_write("Finding", frozenset({programme_id}))


def finding_fields(themes: Mapping[str, str], wanted: str | None = None) -> list[Field]:
    """What of a finding is recorded and edited, but for the passages; a new one begins under the
    theme that is wanted (its id)."""
    return [
        Field("statement", "What was found", "text"),
        Field("direction", "Which way", "one", WAYS, needed=True, start=str(Direction.NEITHER)),
        Field("topic", "What it is", "one", TOPICS, needed=True, start=str(FindingTopic.GRID),
              beside=True),
        Field("wave", "Wave", "one", WAVES, beside=True),
        Field("about", "Under these themes", "many", themes, ties=True,
              start=(wanted,) if wanted else ()),
        Field("origin", "Whose word it is", "one", ORIGINS, needed=True, start=str(Origin.STATED)),
        Field("role_group", f"Who says so, as a group (at most {SHORT} characters)", beside=True),
    ]  # fmt: skip


def themes_of(programme_id: str) -> dict[str, str]:
    """The names of a programme's themes by their ids."""
    return {t["id"]: t["name"] for t in ask("case/themes", programme_id=programme_id)}


def finding_form(programme_id: str, project: str, theme: str | None, here: str) -> None:
    """Records a finding in a project (its id), under the theme for which somebody came; the page
    `here` then says so."""
    themes = themes_of(programme_id)
    wanted = theme if theme in themes else None
    rows = codings_of(project, wanted)
    fields = finding_fields(themes, wanted)
    if may_code(project):
        title = "Passages that it rests on (they are coded on its first theme)"
        fields.insert(5, passages_field(rows, title))

    def work(typed: dict[str, Any]) -> Done:
        passages = typed.pop("passages", ())
        first = typed["about"][0].to if typed["about"] else None
        there = on_target(rows, first, project)
        made = tuple(
            Coding(id=str(uuid.uuid4()), excerpt=excerpt, bears_on=first, concerns=project)
            for excerpt in excerpts_left(passages, there)
        )
        rests = (*(there[e] for e in passages if e in there), *(str(k.id) for k in made))
        typed["statement"] = typed["statement"] or ""
        finding = Finding(within=project, rests_on=rests, **typed)
        return recording.record(casebook_to_change().graph, actor(), *made, finding)

    editing.do_form(
        "new-finding",
        "Record a finding",
        fields,
        work,
        here,
        note="what a theme says in this project; the passages behind it open from it",
    )
