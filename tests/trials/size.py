"""How large the safety trials are: CMO_TRIALS is full, or a number of rounds; short without it."""

from __future__ import annotations

import os

FULL_ROUNDS = 300
SHORT_ROUNDS = 5


def rounds() -> int:
    """How many rounds of kills each engine gets."""
    asked = os.environ.get("CMO_TRIALS", "")
    if asked == "full":
        return FULL_ROUNDS
    return int(asked) if asked.isdigit() else SHORT_ROUNDS


def share_of(full: int, *, at_least: int) -> int:
    """As much of a full figure as the rounds are of all rounds, never less than `at_least`."""
    return max(at_least, -(-full * rounds() // FULL_ROUNDS))
