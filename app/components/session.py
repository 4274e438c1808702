"""Which casebook is open, who looks at it and which programme they look at: settled once a run."""

from __future__ import annotations

import hashlib
import os
from typing import Any
from urllib.parse import unquote

import streamlit as st

from cmo.errors import NotFound
from cmo.services.actor import Actor
from cmo.services.casebook import Casebook, open_casebook
from cmo.services.naming import find_programme
from cmo.services.reading import read

_opened: dict[str | None, Casebook] = {}


@st.cache_resource(show_spinner=False)
def _open(place: str | None) -> Casebook:
    _opened[place] = open_casebook(place)
    return _opened[place]


def close_all() -> None:
    """Closes what is open; the next question opens it again."""
    _open.clear()
    while _opened:
        _opened.popitem()[1].close()


def casebook() -> Casebook:
    """The casebook that this server was started for; opened once for everybody."""
    return _open(os.environ.get("CMO_CASEBOOK"))


def settle() -> None:
    """Works out who looks and at which programme, for the rest of this run.

    main.py calls it first. Raises NotFound for somebody whom the casebook does not know, for a
    programme or a record in the address that is not there.
    """
    for name in ("_actor", "_programme", "_programmes"):
        st.session_state.pop(name, None)
    st.session_state["_actor"] = _who()
    st.session_state["_programmes"] = read(casebook().graph, "case/programmes", actor())
    st.session_state["_programme"] = None
    st.session_state["_programme"] = _find_programme()


def settled() -> bool:
    """Whether it is known who looks."""
    return "_actor" in st.session_state


def actor() -> Actor:
    """Who looks: the user picked in the sidebar, else the one of this computer."""
    held: Actor = st.session_state["_actor"]
    return held


def ask(name: str, /, **params: Any) -> list[dict[str, Any]]:
    """The rows of a named query for whoever looks."""
    return read(casebook().graph, name, actor(), **params)


def programme() -> dict[str, Any] | None:
    """The programme that is looked at: that of the record in the address (?id=), else the one in
    the address (?programme=), else the one looked at last, else the first real one.

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
    record = st.query_params.get("id")
    for row in ask("record/programme_of", id=record) if record else ():
        if row["programme_id"] in by_id:
            return _remember(by_id[row["programme_id"]])
    if wanted := st.query_params.get("programme"):
        return _remember(find_programme(casebook().graph, actor(), wanted))
    found = by_id.get(st.session_state.get("programme_id", ""))
    return found or there[0]


def _remember(found: dict[str, Any]) -> dict[str, Any]:
    st.session_state["programme_id"] = found["id"]
    return found
