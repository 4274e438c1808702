"""Which casebook is open, who looks at it and which programme they look at: settled once a run."""

from __future__ import annotations

import hashlib
import os
import threading
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import streamlit as st

from cmo.errors import AlreadyThere, NotFound
from cmo.graph.address import find_address
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook, open_casebook, require_casebook
from cmo.services.naming import find_programme, find_record
from cmo.services.reading import just_loaded, read
from cmo.services.remembering import whole
from components.lifeline import wait_until_it_may_open

CAME_BACK = "The engine had stopped and works again. What was stored is all there."
STORED_AFTER_ALL = "Your last change was stored after all."
OF_A_PROGRAMME = frozenset(
    {
        "case/extent",
        "case/events",
        "case/projects",
        "case/themes",
        "case/timeline",
        "evidence/coders",
        "evidence/findings",
        "evidence/role_groups",
        "patterns/namings",
    }
)
"""Queries whose answer takes long in a large programme and is the same until somebody writes."""
_opened: dict[str | None, Casebook] = {}
_opening = threading.Lock()


def close_all() -> None:
    """Closes what is open; the next question opens it again."""
    with _opening:
        while _opened:
            _opened.popitem()[1].close()


def casebook() -> Casebook:
    """The casebook that this server was started for; opened once for everybody.

    Raises CasebookUnusable, NotFound where there is none (the app makes no casebook out of a
    mistyped or lost place).
    """
    wait_until_it_may_open()
    place = os.environ.get("CMO_CASEBOOK")
    address = find_address(place)
    require_casebook(address)
    with _opening:
        if place not in _opened:
            _opened[place] = open_casebook(address)
        return _opened[place]


def casebook_to_change() -> Casebook:
    """The same for whoever is about to change it.

    Raises as `casebook`, and once AlreadyThere where a change that was in doubt is there after
    all: this one may be the same, sent again. Only who changes asks: a page that is still being
    drawn after its change failed would settle the doubt before the person sends it again.
    """
    if settle_doubt():
        raise AlreadyThere(STORED_AFTER_ALL, "It was not made a second time.")
    return casebook()


def settle() -> None:
    """Works out who looks and at which programme, for the rest of this run.

    main.py calls it first. Raises NotFound for somebody whom the casebook does not know, for a
    programme or a record in the address that is not there.
    """
    for name in ("_actor", "_programme", "_programmes"):
        st.session_state.pop(name, None)
    st.session_state["_actor"] = _who()
    just_loaded(casebook().graph, actor())
    st.session_state["_programmes"] = read(casebook().graph, "case/programmes", actor())
    _tell_what_waited()
    _tell_if_reached_anew()
    st.session_state["_programme"] = None
    st.session_state["_programme"] = _find_programme()


def tell_in_next_run(said: str) -> None:
    """Lets the next run say it: what a run says that ends in another is not seen."""
    st.session_state["_to_tell"] = said


def _tell_what_waited() -> None:
    if said := st.session_state.pop("_to_tell", None):
        st.toast(said, duration="long")


def _tell_if_reached_anew() -> None:
    """Says so, once in each browser, after the engine went away and came back."""
    times = casebook().graph.times_reached
    before = st.session_state.setdefault("_times_reached", times)
    if times != before:
        st.session_state["_times_reached"] = times
        st.toast(CAME_BACK, duration="long")


def doubt(change: str) -> None:
    """Remembers a change of which nobody knows whether it was stored."""
    st.session_state["_doubt"] = change


def settle_doubt() -> bool:
    """Whether a change that was in doubt is in the books after all; asked once."""
    change = st.session_state.get("_doubt")
    if change is None:
        return False
    there = casebook().holds(change)
    del st.session_state["_doubt"]
    return there


def settled() -> bool:
    """Whether it is known who looks."""
    return "_actor" in st.session_state


def actor() -> Actor:
    """Who looks: the user picked in the sidebar, else the one of this computer."""
    held: Actor = st.session_state["_actor"]
    return held


def ask(name: str, /, **params: Any) -> list[dict[str, Any]]:
    """The rows of a named query for whoever looks; what is of a whole programme is remembered until
    the casebook changes."""
    asked = whole if name in OF_A_PROGRAMME else read
    return asked(casebook().graph, name, actor(), **params)


def programme() -> dict[str, Any] | None:
    """The programme that is looked at: that of the record in the address (?id=, or a
    finding that is open), else the one in the address (?programme=), else the one looked at last,
    else the first real one.

    None in an empty casebook; main.py says there what to do first, and runs no page that needs a
    programme.
    """
    held: dict[str, Any] | None = st.session_state["_programme"]
    return held


def programmes() -> list[dict[str, Any]]:
    """The programmes that whoever looks may see, real ones first."""
    held: list[dict[str, Any]] = st.session_state["_programmes"]
    return held


def _remembered(name: str) -> str | None:
    """What the browser remembers under a name, where it does."""
    held = st.context.cookies.get(name)
    return unquote(held) if isinstance(held, str) else None


def _who() -> Actor:
    """Whoever was picked in this browser, as long as the casebook knows them; else the user of
    this computer."""
    picked: str | None = st.session_state.get("user")
    remembered = None if picked else _remembered(cookie())
    if remembered:
        try:
            return casebook().actor(remembered)
        except NotFound:
            pass
    return casebook().actor(picked)


def cookie() -> str:
    """The name under which the browser remembers who was picked, one for each casebook."""
    place = str(casebook().place)
    return "cmo-user-" + hashlib.blake2s(place.encode(), digest_size=6).hexdigest()


def last_looked() -> str | None:
    """When whoever looks last had this casebook open in this browser, before this time (ISO 8601,
    UTC); None where the browser does not remember it."""
    held = st.session_state.setdefault("_looked", {})
    if actor().id not in held:
        held[actor().id] = _remembered(looked_cookie())
    before: str | None = held[actor().id]
    return before


def looked_cookie() -> str:
    """The name under which the browser remembers when they looked."""
    return f"{cookie()}-{actor().id[:8]}"


def _find_programme() -> dict[str, Any] | None:
    there = programmes()
    if not there:
        return None
    by_id = {found["id"]: found for found in there}
    record = _record_in_the_address()
    for row in ask("record/programme_of", id=record) if record else ():
        if row["programme_id"] in by_id:
            return _remember(by_id[row["programme_id"]])
    if wanted := st.query_params.get("programme"):
        return _remember(find_programme(casebook().graph, actor(), wanted))
    found = by_id.get(st.session_state.get("programme_id", ""))
    return found or there[0]


def _record_in_the_address() -> str | None:
    """The id of the record in the address (?id=), which may also be given by its code (C-10,
    HIPP/C-10) or by a name that fits one record; pages then find its id there.

    Without a programme in the address, the one looked at last decides between several. Raises
    NotFound, with the candidates, where none or several answer.
    """
    named = st.query_params.get("id") or _finding_in_the_address()
    if not named or _is_id(named):
        return named
    wanted = st.query_params.get("programme")
    graph, who = casebook().graph, actor()
    within = find_programme(graph, who, wanted)["id"] if wanted and "/" not in named else None
    try:
        found = find_record(graph, who, named, programme=within)
    except NotFound as error:
        last = st.session_state.get("programme_id")
        if wanted or not last or not error.candidates:
            raise
        found = find_record(graph, who, named, programme=last)
    st.query_params["id"] = found["id"]
    return str(found["id"])


def _finding_in_the_address() -> str | None:
    named = st.query_params.get("finding", "")
    return named if _is_id(named) else None


def _is_id(reference: str) -> bool:
    try:
        return str(UUID(reference)) == reference.lower()
    except ValueError:
        return False


def _remember(found: dict[str, Any]) -> dict[str, Any]:
    st.session_state["programme_id"] = found["id"]
    return found
