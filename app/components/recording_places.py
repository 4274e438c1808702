"""Recording a programme or a project: what was typed stays where it was refused."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cmo.domain.case import Programme, Project
from cmo.errors import CmoError
from cmo.services import recording
from components.faults import show_refusal
from components.session import actor, casebook_to_change


def add_programme() -> None:
    """A form for a new programme; whoever records it becomes its evaluator and steward."""
    with st.form("programme_form", border=False):
        name = st.text_input("Name of the programme", key="new_programme")
        funder = st.text_input("Funder, if there is one", key="new_funder")
        summary = st.text_area("What it is, in two sentences", key="new_summary", height=90)
        fiction = st.checkbox(
            "Made up, to practise with",
            key="new_fiction",
            help="Fiction is marked as such on every page; its texts are never taken for evidence.",
        )
        sent = st.form_submit_button("Record the programme")
    if not sent:
        return
    given = Programme(name=name, funder=funder or None, summary=summary or None, synthetic=fiction)
    try:
        done = recording.record(casebook_to_change().graph, actor(), given)
    except CmoError as error:
        show_refusal(error)
        return
    st.session_state["programme_id"] = done.id
    st.switch_page("views/projects.py", query_params={"programme": name.strip()})


def add_project(here: dict[str, Any]) -> None:
    """The button that opens the form for a new project of the programme."""
    if st.button("Add a project", icon=":material/add:", key="add_project", shortcut="n"):
        _project_form(here)


@st.dialog("Add a project")
def _project_form(here: dict[str, Any]) -> None:
    name = st.text_input("Name", key="new_project")
    aim = st.text_area("Aim, as the project states it", key="new_aim", height=90)
    area = st.text_input("Where", key="new_area")
    if not st.button("Record the project", key="record_project", type="primary"):
        return
    given = Project(name=name, part_of=here["id"], aim=aim or None, area=area or None)
    try:
        done = recording.record(casebook_to_change().graph, actor(), given)
    except CmoError as error:
        show_refusal(error)
        return
    st.switch_page("views/project.py", query_params={"programme": here["name"], "id": done.id})
