"""Times in the app are said as people say them."""

from __future__ import annotations

from datetime import timedelta

from cmo.domain.clock import now, text_of
from components.when import in_words


def test_a_moment_is_told_with_its_day_and_its_time() -> None:
    assert in_words("2026-03-03T09:40:00.000000Z") == "on Tuesday 3 March 2026 at 09:40"
    before = now() - timedelta(days=1)
    assert in_words(text_of(before)) == f"yesterday at {before:%H:%M}"
