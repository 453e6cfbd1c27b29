"""Backups of an event: which are there and whether each is sound, what one holds, and a new event made from it.

Never writes over an event file: what is restored lies beside it under a name of its own, and its first entry opens a
stream of its own (sync.md §8). Asks nobody and opens no window.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.app.event_files import copy_file, free_event_file, inspected, open_event
from arctos_desk.runtime import paths
from arctos_desk.storage import backups, checks
from arctos_desk.storage.holdings import holding, lacking
from arctos_desk.storage.migrate import refuse_newer
from arctos_desk.tournament.instants import Instant, to_datetime
from arctos_desk.tournament.reasons import Outage, Refused
from arctos_desk.tournament.words import Words, say
from arctos_desk.ui.panes.settings.laptop_port import KeptBackup, Restorable, SecondPlace

NEWEST = 5
"""How many of the entries that a backup lacks are told in words."""

NAME_MOST = 36
"""Characters of the event's name in the name of its file, so that the moment after it is not cut off."""


class BackupShelf:
    """The backups of one event in the main and the second folder. Each is checked once; one thread at a time."""

    def __init__(self, event: Path) -> None:
        self._event = event
        self._checked: dict[tuple[str, int, int], checks.Inspection | Words] = {}

    def look(self, second: str) -> tuple[KeptBackup, ...]:
        """Every backup with the outcome of its check, newest first; the main folder's before the second's."""
        found = [(one, False) for one in backups.kept(paths.backups_folder(self._event), self._event.stem)]
        if second:
            found += [(one, True) for one in _kept_in(second, self._event.stem)]
        shelf = [self._entry(one, in_second) for one, in_second in found]
        return tuple(sorted((one for one in shelf if one is not None), key=lambda one: (-one.at_ms, one.second)))

    def _entry(self, backup: backups.Backup, second: bool) -> KeptBackup | None:
        try:
            there = backup.path.stat()
        except OSError:
            # It made room for a newer one while we looked.
            return None
        key = (str(backup.path), there.st_size, there.st_mtime_ns)
        if key not in self._checked:
            self._checked[key] = _check(backup.path)
        found = self._checked[key]
        return KeptBackup(
            path=str(backup.path),
            at_ms=backup.at_ms,
            size_bytes=there.st_size,
            entries=found.operations if isinstance(found, checks.Inspection) else 0,
            second=second,
            wrong=found if isinstance(found, Words) else None,
        )


def _check(path: Path) -> checks.Inspection | Words:
    try:
        return inspected(path)
    except Refused as news:
        return news.problems[0].words
    except Outage as news:
        return news.words


def second_place(event: Path, second: str) -> SecondPlace:
    """How it stands with the second folder: there, with its newest backup, or not."""
    if not second:
        return SecondPlace()
    if not Path(second).is_dir():
        return SecondPlace(wrong=say("The folder is not there now; is the stick plugged in?"))
    kept = _kept_in(second, event.stem)
    return SecondPlace(last_ms=kept[0].at_ms if kept else None)


def _kept_in(second: str, stem: str) -> list[backups.Backup]:
    try:
        return backups.kept(Path(second), stem)
    except OSError:
        return []


def look_into(path: Path, live: Path, *, build: str) -> Restorable:
    """What restoring from a file would give, beside the event that is open. Raises Refused, Outage."""
    found = inspected(path)
    refuse_newer(found.revision, found.build, build)
    try:
        there, here = holding(path), holding(live)
        same = there.tournament == here.tournament
        missing = lacking(live, there, newest=NEWEST) if same else None
        only_there = lacking(path, here).count if same else 0
    except sqlite3.Error as error:
        raise Outage(say("The event file cannot be read: {error}.", error=str(error)), work_continues=True) from error
    return Restorable(
        path=str(path),
        name=there.name,
        entries=found.operations,
        last_ms=there.last_ms,
        lacks=0 if missing is None else missing.count,
        lacks_since_ms=None if missing is None else missing.since_ms,
        newest=() if missing is None else missing.newest,
        only_there=only_there,
        other_event=not same,
    )


@dataclass(frozen=True, slots=True)
class Made:
    """The event file that was made from a backup, the name of the event, and up to which moment it goes."""

    path: Path
    name: str
    last_ms: Instant


def restore(path: Path, surroundings: Surroundings) -> Made:
    """Make a new event file from a backup and see that it opens. The backup and every other event stay as they are.

    May run on any thread. Raises Refused, Outage; no event is left behind then.
    """
    found = inspected(path)
    refuse_newer(found.revision, found.build, surroundings.build)
    there = holding(path)
    last_ms = there.last_ms if there.last_ms is not None else surroundings.clock()
    moment = to_datetime(last_ms).astimezone(surroundings.speaking(there.zone or "UTC").zone)
    own = free_event_file(f"{(there.name or path.stem)[:NAME_MOST]} restored {moment:%Y-%m-%d %H%M}")
    copy_file(path, own)
    try:
        open_event(own, surroundings).close()
    except (Refused, Outage):
        own.unlink(missing_ok=True)
        raise
    return Made(own, there.name or path.stem, last_ms)
