"""Sentences and times as a printed page says them: in the reader's language, in the zone of the event.

Holds no language: the renderer comes by argument, and in plain English where none is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.words import Day, Words, in_english, say


@dataclass(frozen=True, slots=True)
class Wording:
    """How a page speaks. `text` renders words; clock and day follow from the zone."""

    zone: tzinfo = UTC
    text: Callable[[Words], str] = in_english

    def of(self, text: str | Words) -> str:
        """A text that people typed as it is, a text of ours in the reader's language."""
        return text if isinstance(text, str) else self.text(text)

    def clock(self, at_ms: Instant | None) -> str:
        """Time of day, two digits each; empty for no time."""
        return "" if at_ms is None else self._local(at_ms).strftime("%H:%M")

    def date(self, at_ms: Instant | None) -> str:
        """Calendar day as files have it."""
        return "" if at_ms is None else self._local(at_ms).strftime("%Y-%m-%d")

    def day(self, at_ms: Instant) -> str:
        """Calendar day as people read it."""
        if self.text is in_english:  # knows no zones
            return self._local(at_ms).strftime("%A %Y-%m-%d")
        return self.text(say("{day}", day=Day(at_ms)))

    def minutes_of_day(self, at_ms: Instant) -> int:
        local = self._local(at_ms)
        return local.hour * 60 + local.minute

    def _local(self, at_ms: Instant) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, self.zone)


def zone_of(name: str) -> tzinfo:
    """The zone of an event; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
