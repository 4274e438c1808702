"""Times: UTC, written as ISO 8601 text of one width, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def text_of(moment: datetime) -> str:
    """The moment as it is stored: 2026-01-31T09:30:00.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
