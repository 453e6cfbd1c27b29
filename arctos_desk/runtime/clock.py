"""The laptop's clock, and one that somebody else moves. Corrects nothing: peers' clocks come with the exchange.

Everything below the composition root is given a clock; nothing looks at the time by itself.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import available_timezones

from arctos_desk.tournament.instants import Instant

WallClock = Callable[[], Instant]


def laptop_clock() -> Instant:
    """The laptop's time now, in milliseconds of Unix time."""
    return time.time_ns() // 1_000_000


class SetClock:
    """A clock that stands where it was set: for rehearsals, where a day passes in a second."""

    def __init__(self, at_ms: Instant) -> None:
        self._at_ms = at_ms

    def __call__(self) -> Instant:
        return self._at_ms

    def forward_to(self, at_ms: Instant) -> None:
        """Move forward to an instant; one that has passed already changes nothing, for no clock here runs backwards."""
        self._at_ms = max(self._at_ms, at_ms)


def laptop_zone() -> str:
    """The IANA name of the laptop's time zone; "UTC" where the system does not name one."""
    named = [os.environ.get("TZ", "").removeprefix(":")]
    with contextlib.suppress(OSError):
        linked = Path("/etc/localtime").readlink().parts
        named.append("/".join(linked[linked.index("zoneinfo") + 1 :]) if "zoneinfo" in linked else "")
    with contextlib.suppress(OSError, UnicodeDecodeError):
        named.append(Path("/etc/timezone").read_text(encoding="ascii").strip())
    known = available_timezones()
    return next((name for name in named if name in known), "UTC")
