"""Recording, editing and retiring stakeholders and the relations between parties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cmo.domain.case import Relation, Stakeholder
from cmo.domain.fields import LINE, SHORT
from cmo.domain.vocabulary import Origin, RelationKind, RelationState, StakeholderKind, Wave
from cmo.graph.graph import Row
from cmo.services import recording
from cmo.services.acts import Done
from cmo.services.relating import Party
from components import editing
from components.configuring import ask_for
from components.editing import Field
from components.forms import spoken
from components.passages_offered import codings_of, may_code, passages_field
from components.session import actor, ask, casebook_to_change

HERE = "stakeholders"
"""The page, as what was done there is told."""
ORIGINS = {str(Origin.STATED): "what a source says", str(Origin.OURS): "our reading"}
WAVES = {str(wave): str(wave) for wave in Wave}
KINDS = {str(kind): str(kind) for kind in StakeholderKind}
RELATIONS = {str(kind): spoken(kind) for kind in RelationKind}
STATES = {
    str(RelationState.HOLDS): "it holds",
    str(RelationState.DENIED): "a passage denies it",
    str(RelationState.UNCLEAR): "a passage leaves it open",
}
FORMAL = {True: "formal", False: "informal"}
OPENED = ("party", "relation")
"""What of the page stands open beside the map, as the address names it."""


def may_record(kind: str, programme_id: str) -> bool:
    """Whether whoever looks may record, edit and retire that kind in the programme."""
    return actor().may_write(kind, frozenset({programme_id}))


def buttons(records: Mapping[str, bool], *, relations: bool) -> None:
    """The buttons at the right end of a row that ask for the forms of what may be recorded; a
    relation needs parties first."""
    if not any(records.values()):
        return
    st.space("stretch")
    if st.button("Record a stakeholder", icon=":material/add:", shortcut="n", key="new"):
        ask_for("stakeholder")
    if relations and st.button(
        "Record a relation", icon=":material/add:", shortcut="l", key="new_relation"
    ):
        ask_for("relation")


def open_beside(name: str, record_id: str) -> None:
    """Opens a party or a relation beside the map."""
    for key in OPENED:
        st.query_params.pop(key, None)
    st.query_params[name] = record_id


def stakeholder_fields() -> list[Field]:
    """What of a stakeholder is recorded and edited."""
    return [
        Field("name", f"Name (at most {SHORT} characters)"),
        Field("kind", "What sort of party", "one", KINDS, needed=True, beside=True),
        Field("sector", f"Sector (at most {SHORT} characters)", beside=True),
    ]


def record_stakeholder(programme_id: str) -> None:
    """The form that records a stakeholder and opens it beside the map."""

    def work(typed: dict[str, Any]) -> Done:
        made = Stakeholder(programme=programme_id, **{**typed, "name": typed["name"] or ""})
        return recording.record(casebook_to_change().graph, actor(), made)

    editing.do_form(
        "new-stakeholder",
        "Record a stakeholder",
        stakeholder_fields(),
        work,
        HERE,
        said="Recorded. Nothing is said yet of whom it is tied to.",
        then=lambda done: open_beside("party", done.id),
    )


def relation_fields(
    programme: Mapping[str, Any], start: str | None = None, within: str | None = None
) -> list[Field]:
    """What of a relation is recorded and edited; a new one begins with a party and a place."""
    projects = ask("case/projects", programme_id=programme["id"])
    places = {programme["id"]: f"{programme['name']} (the programme)"}
    places |= {p["id"]: f"{p['name']} · {p['code']}" for p in projects}
    parties = {
        s["id"]: f"{s['name']} · {s['code']}"
        for s in ask("case/stakeholders", programme_id=programme["id"])
    } | places
    return [
        Field("from_party", "From", "one", parties, needed=True, start=start),
        Field("kind", "What ties them", "one", RELATIONS, needed=True, beside=True),
        Field("to_party", "To", "one", parties, needed=True, beside=True),
        Field("state", "What is said of it", "one", STATES, needed=True, start="holds"),
        Field(
            "within",
            "Within",
            "one",
            places,
            needed=True,
            start=within or programme["id"],
            beside=True,
        ),
        Field("wave", "Wave", "one", WAVES, beside=True),
        Field("for_what", f"For what (at most {LINE} characters)"),
        Field("quality", f"How it is (at most {LINE} characters)", beside=True),
        Field("formal", "Formal or not", "one", FORMAL),
        Field(
            "origin", "Whose word it is", "one", ORIGINS, needed=True, start="stated", beside=True
        ),
        Field("began_text", "Began, as the source says it", beside=True),
        Field("ended_text", "Ended, as the source says it", beside=True),
    ]


def record_relation(programme: Mapping[str, Any], start: str | None, within: str | None) -> None:
    """The form that records a relation with the passages that state it or deny it, and opens it
    beside the map."""
    place = within or programme["id"]
    fields = relation_fields(programme, start, within)
    if may_code(place):
        fields.append(
            passages_field(codings_of(place), "Passages that say so (what is denied needs one)")
        )

    def work(typed: dict[str, Any]) -> Done:
        passages = typed.pop("passages", ())
        made = Relation(**typed)
        return recording.record_relation(casebook_to_change().graph, actor(), made, passages)

    editing.do_form(
        "new-relation",
        "Record a relation",
        fields,
        work,
        HERE,
        note="only what somebody says: nothing recorded does not mean that there is no tie",
        then=lambda done: open_beside("relation", done.id),
    )


def form(
    programme: Mapping[str, Any],
    may: Mapping[str, bool],
    party: Party | None,
    relation: Row | None,
    within: str | None,
) -> None:
    """The form that the address asks for, for whoever may (by kind of record): of the party or
    relation that stands open, else of a new one."""
    doing = st.query_params.get("do")
    stands = relation["id"] if relation else party.id if party else None
    if stands and doing != "edit":
        editing.leave(stands)
    match doing:
        case "stakeholder" if may["Stakeholder"]:
            record_stakeholder(programme["id"])
        case "relation" if may["Relation"]:
            record_relation(programme, party.id if party else None, within)
        case "edit" if relation and may["Relation"]:
            editing.edit_form(
                relation["id"], relation_fields(programme), f"Edit {relation['code']}", here=HERE
            )
        case "edit" if party and is_stakeholder(party) and may["Stakeholder"]:
            editing.edit_form(party.id, stakeholder_fields(), f"Edit {party.code}", here=HERE)
        case "retire" if relation and may["Relation"]:
            editing.retire_form(relation["id"], relation["code"], HERE, drops=["relation"])
        case "retire" if party and is_stakeholder(party) and may["Stakeholder"]:
            editing.retire_form(party.id, str(party.code), HERE, drops=["party"])
        case _:
            pass


def is_stakeholder(party: Party) -> bool:
    """Whether a party is edited here: projects and programmes have their own places."""
    return party.kind in KINDS


def steps(may: Mapping[str, bool], party: Party | None, relation: Row | None) -> None:
    """The buttons beneath what stands open beside the map: what can be done with it."""
    kind = "Relation" if relation else "Stakeholder"
    own = relation is not None or (party is not None and is_stakeholder(party))
    with st.container(horizontal=True, gap="small", key="steps"):
        if own and may[kind]:
            if st.button("Edit", shortcut="e", key="edit"):
                ask_for("edit")
            if st.button("Retire", key="retire"):
                ask_for("retire")
        if party and may["Relation"] and st.button("Relation from here", key="from_here"):
            ask_for("relation")
