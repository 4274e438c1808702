"""One programme theory: what it says, what tests it, where it came from, and its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cmo.domain.case import Theme
from cmo.domain.fields import SHORT
from cmo.domain.theory import ProgrammeTheory
from cmo.domain.vocabulary import ThemeScheme, TheoryStage
from components.drawing import Node, h
from components.editing import Field, record_form
from components.marks import level
from components.one_of_theory import defs, linked, panel
from components.page import crumb
from components.session import ask

STAGES = {str(stage): str(stage).replace("_", " ") for stage in TheoryStage}
SCHEMES = {
    str(ThemeScheme.ANALYSIS): "the analysis",
    str(ThemeScheme.PROGRAMME_KEY): "the programme's own list",
    str(ThemeScheme.CHAPTER): "a document's chapters",
}


def fields(programme_id: str) -> list[Field]:
    """What of a theory is recorded and edited."""
    themes = {t["id"]: t["name"] for t in ask("case/themes", programme_id=programme_id)}
    return [
        Field("statement", "How the programme is thought to work, for whom, and why", "text"),
        Field("stage", "Stage", "one", STAGES),
        Field("about", "Themes (a mapping made here is marked as ours)", "many", themes, ties=True),
    ]


def record_theory(programme_id: str) -> None:
    """The form that records a theory."""

    def make(typed: dict[str, Any]) -> ProgrammeTheory:
        typed["stage"] = typed["stage"] or TheoryStage.INITIAL
        typed["statement"] = typed["statement"] or ""
        return ProgrammeTheory(programme=programme_id, **typed)

    record_form("new-theory", "Record a theory", fields(programme_id), make)


def record_theme(programme_id: str) -> None:
    """The form that records a theme, after those that there are."""
    asked = [
        Field("name", f"Name of the theme (at most {SHORT} characters)"),
        Field("scheme", "It comes from", "one", SCHEMES),
    ]

    def make(typed: dict[str, Any]) -> Theme:
        scheme = ThemeScheme(typed["scheme"] or ThemeScheme.ANALYSIS)
        there = ask("case/themes", programme_id=programme_id, scheme=str(scheme))
        position = min(999, 1 + max((t["position"] or 0 for t in there), default=0))
        return Theme(
            name=typed["name"] or "", programme=programme_id, scheme=scheme, position=position
        )

    record_form("new-theme", "Record a theme", asked, make)


def head(row: Mapping[str, Any], support: str) -> Node:
    """Where one is, the statement, and how well it is supported."""
    said: list[Any] = [crumb("Theory timeline", "theory"), f"  ›  {row['code']}  ·  "]
    said += [STAGES[row["stage"]], "  ·  "]
    return h(
        "div",
        h("p", *said, level(support, row["support_decided"], row["support_why"]), cls="kicker"),
        h("h1", row["statement"], cls="statement"),
        cls="one-head",
    )


def beside(row: Mapping[str, Any], revisions: Sequence[Mapping[str, Any]]) -> Node:
    """What tests it, its themes and rivals, where it is stated, and its versions."""
    tested = [
        (f"configuration?id={c['id']}", None, f"{c['code']} {c['nickname'] or ''}")
        for c in row["tested_by"]
    ]
    rivals = [
        (f"theory?id={r['id']}", None, f"{r['code']} {r['statement']}") for r in row["rivals"]
    ]
    stated = [
        (
            f"source?id={s['id']}",
            None,
            " ".join(filter(None, (s["code"], s["title"], s["locator"]))),
        )
        for s in row["stated_in"]
    ]
    return h(
        "div",
        panel(
            "Tested by",
            linked(tested, "No configuration tests it yet. Edit one and name it under theories."),
        ),
        panel("Themes", defs(_themes(row))) if row["themes"] else None,
        _versions(row, revisions),
        panel("Rivals", linked(rivals, "")) if rivals else None,
        panel("Stated in", linked(stated, "")) if stated else None,
        h("p", crumb("What happened to this record", f"history?record={row['id']}"), cls="quiet"),
    )


def _themes(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [("ours" if t["origin"] == "ours" else "stated", t["name"]) for t in row["themes"]]


def _versions(row: Mapping[str, Any], revisions: Sequence[Mapping[str, Any]]) -> Node:
    parts: list[Node] = []
    for revision in revisions:
        froms, tos = revision["from_versions"], revision["to_versions"]
        earlier = any(v["id"] == row["id"] for v in tos)
        others = froms if earlier else tos
        words = "It came from" if earlier else "It turned into"
        items = [(f"theory?id={v['id']}", None, f"{v['code']} {v['name']}") for v in others]
        parts += [h("p", f"{words}: {revision['why']}", cls="mute"), linked(items, "")]
    return panel("Versions", *(parts or [h("p", "It has not been revised.", cls="mute")]))
