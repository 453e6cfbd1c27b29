"""The zone of an event, by the name that somebody gave it. Never fails: a day in UTC is better than no day."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=32)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC where this laptop knows none of that name, whatever another desk wrote."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return ZoneInfo("UTC")
