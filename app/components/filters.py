"""Filters that stand in the address: it holds them by short words and ids, so that a link, a reload
and the way back show the same."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def pills(name: str, label: str, options: Mapping[str, str]) -> str | None:
    """A filter of few choices (value in the address: what is shown); None while none is taken."""
    chosen: str | None = st.pills(
        label,
        list(options),
        format_func=options.__getitem__,
        key=_held(name, options),
        on_change=_changed,
        args=(name,),
        wrap=True,
    )
    return chosen


def choice(
    name: str, label: str, options: Mapping[str, str], width: int = 136, none: str = "any"
) -> str | None:
    """A filter of many choices; None while none is taken, which is called `none`."""
    chosen: str | None = st.selectbox(
        label,
        list(options),
        index=None,
        placeholder=none,
        format_func=options.__getitem__,
        key=_held(name, options),
        on_change=_changed,
        args=(name,),
        width=width,
    )
    return chosen


def own(page: str, *names: str) -> None:
    """Takes off what a filter of the same name was set to on another page; what the address says
    stays. A page whose filters are bound to the address calls it before it draws them."""
    if st.session_state.get("_filtered") != page:
        for name in names:
            if name not in st.query_params:
                st.session_state.pop(name, None)
    st.session_state["_filtered"] = page


def begin_anew() -> None:
    """Back to the first page of a list."""
    st.query_params.pop("after", None)


def turn(after: str) -> None:
    """To the page behind this key."""
    st.query_params["after"] = after


def clear(name: str) -> None:
    """Takes a filter off."""
    st.query_params.pop(name, None)
    begin_anew()


def _held(name: str, options: Mapping[str, str]) -> str:
    """The key of the widget, which is made to hold what the address says."""
    key = f"filter_{name}"
    asked = st.query_params.get(name)
    st.session_state[key] = asked if asked in options else None
    return key


def _changed(name: str) -> None:
    chosen = st.session_state[f"filter_{name}"]
    clear(name)
    if chosen is not None:
        st.query_params[name] = chosen
