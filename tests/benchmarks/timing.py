"""Stopwatches: how long something takes, many times over. Decides nothing about good and bad."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def times_of(work: Callable[[], object], *, times: int) -> list[float]:
    """Seconds of each call. Garbage is swept before the first, and collected as it comes, as in the real program."""
    gc.collect()
    return [timed(work) for _ in range(times)]


def quickest(work: Callable[[], object], *, times: int) -> float:
    """Seconds of the quickest call: the least disturbed by the rest of the machine."""
    return min(times_of(work, times=times))


def per_second(work: Callable[[], object], *, for_s: float) -> float:
    """How often work can be done in a second, tried for some time; the best of three tries."""
    work()
    rates = []
    for _ in range(3):
        count, began = 0, time.perf_counter()
        while (passed := time.perf_counter() - began) < for_s / 3:
            work()
            count += 1
        rates.append(count / passed)
    return max(rates)


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that this share of the measurements does not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


@contextmanager
def without_collecting() -> Iterator[None]:
    """No sweep of the garbage collector in the middle of a figure about one call."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
