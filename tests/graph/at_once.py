"""Several threads that do something at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from cmo.errors import CmoError

T = TypeVar("T")


def at_once(threads: int, work: Callable[[int], T]) -> list[T | CmoError]:
    """What `work` returned or raised in each of so many threads, all begun together."""
    start = Barrier(threads)

    def run(number: int) -> T | CmoError:
        start.wait()
        try:
            return work(number)
        except CmoError as error:
            return error

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
