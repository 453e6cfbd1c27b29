"""Stones and the beat: beats lie at every whole multiple of 1.5 s of Unix time. Plays no sound and reads no clock."""

from __future__ import annotations

from collections.abc import Sequence

from arctos_desk.tournament.instants import BEAT_MS, Instant
from arctos_desk.tournament.records import Point


def stones_between(start_ms: Instant, end_ms: Instant) -> int:
    """Beats crossed from start to end, never below zero (spec arctos.md §3.4, A110)."""
    return max(0, end_ms // BEAT_MS - start_ms // BEAT_MS)


def stones_used(point: Point, now_ms: Instant) -> int:
    """Stones that a point has used; an open point is counted up to now."""
    return stones_between(point.start_ms, now_ms if point.end_ms is None else point.end_ms)


def stones_left(points: Sequence[Point], stones_at_start: int, now_ms: Instant) -> int:
    """The counter now: the last point's own start value less what it used, a rerun's stones given back.

    Never below zero.
    """
    left = stones_at_start
    for point in points:
        if point.stones_at_start is not None:
            left = point.stones_at_start
        if not point.rerun:
            left = max(0, left - stones_used(point, now_ms))
    return left
