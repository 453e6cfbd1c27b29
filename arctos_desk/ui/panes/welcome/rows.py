"""What stands on the welcome screen: events opened before, and what a new one needs. Pure; opens nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from arctos_desk.tournament.instants import Instant
from arctos_desk.ui.text import clock, day, tr

EVENT_SUFFIX = ".arctos"


class KnownEvent(Protocol):
    """An event file that was opened before: its path, the name of the event, when it was last written."""

    @property
    def path(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def changed_ms(self) -> Instant | None: ...

    @property
    def missing(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentEvent:
    """A `KnownEvent` as a value."""

    path: str
    name: str
    changed_ms: Instant | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class RecentRow:
    path: str
    name: str
    line: str
    why_not: str = ""


def recent_rows(events: Sequence[KnownEvent]) -> tuple[RecentRow, ...]:
    """Events opened before, newest first; a file that is gone stays visible and says so."""
    rows: list[RecentRow] = []
    for event in events:
        name = event.name or PurePath(event.path).stem
        if event.missing:
            rows.append(RecentRow(event.path, name, event.path, tr("The file is no longer there")))
            continue
        when = "" if event.changed_ms is None else f"{day(event.changed_ms)} {clock(event.changed_ms)}"
        rows.append(RecentRow(event.path, name, " · ".join(part for part in (when, event.path) if part)))
    return tuple(rows)


def is_event_file(path: str) -> bool:
    """Whether a dropped file is opened rather than imported. The reader looks at the content again."""
    return path.casefold().endswith(EVENT_SUFFIX)


def zone_choices(zones: Sequence[str], first: str) -> tuple[str, ...]:
    """Time zones to choose from, the laptop's own at the top."""
    known = [zone for zone in sorted(set(zones)) if zone != first]
    return (first, *known) if first else tuple(known)


def file_name(path: str) -> str:
    """The name of a file without its folder."""
    return PurePath(path.replace("\\", "/")).name
