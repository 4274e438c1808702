"""Times as people say them, in the time zone of whoever looks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from cmo.domain.clock import now


def local(at: str) -> datetime:
    """A stored time (ISO 8601, UTC) in the zone of the browser; UTC where it does not say."""
    held = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    name = st.context.timezone
    try:
        return held.astimezone(ZoneInfo(name) if isinstance(name, str) else UTC)
    except (ZoneInfoNotFoundError, ValueError):
        return held


def day(at: str) -> str:
    """The day: 'Today', 'Yesterday', else 'Tuesday 3 March 2026'."""
    moment = local(at)
    ago = (now().astimezone(moment.tzinfo).date() - moment.date()).days
    if ago in (0, 1):
        return ("Today", "Yesterday")[ago]
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def clock(at: str) -> str:
    """The time of day: 09:40."""
    return f"{local(at):%H:%M}"


def in_words(at: str) -> str:
    """The day and the time in a sentence: 'today at 09:40', 'on Tuesday 3 March 2026 at 09:40'."""
    named = day(at)
    said = named.lower() if named in ("Today", "Yesterday") else f"on {named}"
    return f"{said} at {clock(at)}"


def short(at: str) -> str:
    """As short as it stays clear: '09:40' today, 'Tue 09:40' in the last days, else '3 Mar'."""
    moment = local(at)
    ago = (now().astimezone(moment.tzinfo).date() - moment.date()).days
    if ago == 0:
        return f"{moment:%H:%M}"
    if ago < 6:  # a weekday is clear for less than a week
        return f"{moment:%a %H:%M}"
    return f"{moment.day} {moment:%b}" + ("" if ago < 180 else f" {moment:%Y}")
