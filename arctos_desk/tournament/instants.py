"""Instants and how files write them. An instant is an int: milliseconds since the Unix epoch, UTC.

Knows no zone names.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

Instant = int

MINUTE_MS = 60_000
BEAT_MS = 1_500
LATEST: Instant = 7_258_118_400_000
"""The year 2200: whatever lies beyond is a mistake, and calendars end not much later."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_datetime(moment: datetime) -> Instant:
    """A datetime as an instant; one without offset is taken as UTC (spec scheduling.md, Decisions)."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    delta = aware - _EPOCH
    return delta.days * 86_400_000 + delta.seconds * 1_000 + delta.microseconds // 1_000


def to_datetime(instant: Instant) -> datetime:
    """The instant as an aware UTC datetime."""
    return _EPOCH + timedelta(milliseconds=instant)


def from_iso(text: str) -> Instant:
    """ISO text as an instant; naive text is UTC, an offset is converted. Raises ValueError."""
    parsed = datetime.fromisoformat(text.strip())
    return from_datetime(parsed)


def to_iso(instant: Instant) -> str:
    """Naive UTC ISO text as schedule files carry it, seconds resolution unless milliseconds matter."""
    moment = to_datetime(instant).replace(tzinfo=None)
    return moment.isoformat(timespec="milliseconds" if instant % 1000 else "seconds")


def at_midnight(day: date) -> Instant:
    """The first instant of a UTC day."""
    return from_datetime(datetime(day.year, day.month, day.day))
