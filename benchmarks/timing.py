"""Timing a piece of work several times, and telling how long it took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timed:
    """How long a piece of work took: seconds, least, median and most of so many runs."""

    name: str
    least: float
    median: float
    most: float
    runs: int

    def row(self, unit: float | None = None) -> str:
        """One line of the table; with `unit` (seconds) also the median as a ratio to it."""
        ratio = "" if unit is None else f"{self.median / unit:9.2f}x"
        return (
            f"{self.name:<58}{self.least:9.3f}{self.median:9.3f}{self.most:9.3f}"
            f"{self.runs:6d}{ratio:>10}"
        )


HEAD = f"{'seconds':<58}{'least':>9}{'median':>9}{'most':>9}{'runs':>6}{'ratio':>10}"


def timed(name: str, work: Callable[[], object], runs: int = 5) -> Timed:
    """Runs the work so many times and tells how long it took."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return Timed(name, min(taken), statistics.median(taken), max(taken), runs)
