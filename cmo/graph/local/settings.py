"""What a person may set about the local engine, and what is fixed."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping

from cmo.errors import InvalidInput

LEASE_SECONDS = 60.0
HEAP = "1g"
USER = "root"  # the engine's own name for the one account that it makes
DATABASE = "neo4j"


def lease_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """Seconds that an engine without leases waits before it stops: CMO_LEASE_SECONDS, else 60.

    Raises InvalidInput for anything but a number from 0 to 86,400.
    """
    text = environment.get("CMO_LEASE_SECONDS", "").strip()
    if not text:
        return LEASE_SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= 86_400:
        raise InvalidInput(
            f"CMO_LEASE_SECONDS is {text!r}, which is not a number of seconds.",
            "Nothing was started.",
            "Set it to a number from 0 to 86400, or leave it out.",
        )
    return seconds


def heap(environment: Mapping[str, str] = os.environ) -> str:
    """The most memory that the engine takes for itself: CMO_ENGINE_HEAP, else 1g.

    Raises InvalidInput for anything but a whole number of megabytes (512m) or gigabytes (2g).
    """
    text = environment.get("CMO_ENGINE_HEAP", "").strip().lower()
    if not text:
        return HEAP
    if not re.fullmatch(r"[1-9][0-9]{0,5}[mg]", text):
        raise InvalidInput(
            f"CMO_ENGINE_HEAP is {text!r}, which is not an amount of memory.",
            "Nothing was started.",
            "Set it to a number of megabytes or gigabytes such as 512m or 2g, or leave it out.",
        )
    return text
