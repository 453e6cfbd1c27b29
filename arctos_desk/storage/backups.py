"""Verified copies of an event file. A copy that was not opened and checked does not count as one (sync.md §3, §8).

Says nothing of when: the composition root does. Never a mere file copy: the WAL would be missing.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from arctos_desk.runtime.own_files import FOLDER_MODE, own_file
from arctos_desk.runtime.paths import EVENT_SUFFIX
from arctos_desk.storage import connections
from arctos_desk.storage.checks import Condition, inspect
from arctos_desk.storage.disk import Disk
from arctos_desk.tournament.instants import Instant, to_datetime

KEEP_RECENT: Final = 24

_STAMP: Final = re.compile(r"-(\d{8}T\d{9})Z" + re.escape(EVENT_SUFFIX) + r"$")


class BadCopy(OSError):
    """A copy was made but does not pass its check; it was removed."""


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    at_ms: Instant


def copy_to(path: Path, target: Path, disk: Disk) -> None:
    """Copy an event file, while it is in use, to a new name, check the copy, and only then give it its name.

    Raises OSError, sqlite3.Error; BadCopy when the copy does not pass.
    """
    # A folder that is made for it is its owner's; one that somebody chose stays as open as it is.
    target.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    fresh = target.with_name(target.name + ".new")
    fresh.unlink(missing_ok=True)
    own_file(fresh)
    try:
        with closing(connections.plain_reader(path)) as source, closing(sqlite3.connect(fresh)) as copy:
            source.backup(copy)
            # One file without a WAL beside it: what lies on a stick gets separated from its neighbours.
            copy.execute("PRAGMA journal_mode=DELETE")
        found = inspect(fresh)
        if found.condition is not Condition.SOUND:
            raise BadCopy(f"{target.name}: {found.reason or found.condition.value}")
        with fresh.open("r+b") as file:
            disk.sync(file.fileno())
        disk.rename(fresh, target)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def make(path: Path, folder: Path, now_ms: Instant, disk: Disk) -> Backup:
    """Make a backup in a folder and let old ones go: the newest 24 stay, and the newest of each day."""
    stamp = to_datetime(now_ms).strftime("%Y%m%dT%H%M%S") + f"{now_ms % 1000:03d}"
    target = folder / f"{path.stem}-{stamp}Z{EVENT_SUFFIX}"
    copy_to(path, target, disk)
    rotate(folder, path.stem)
    return Backup(target, now_ms)


def kept(folder: Path, stem: str) -> list[Backup]:
    """The backups of an event in a folder, newest first."""
    found = []
    for path in folder.glob(f"{stem}-*{EVENT_SUFFIX}") if folder.is_dir() else ():
        stamp = _STAMP.search(path.name)
        if stamp is None or path.name[: stamp.start()] != stem:
            continue
        moment = datetime.strptime(stamp[1] + "000", "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        found.append(Backup(path, int(moment.timestamp() * 1000)))
    return sorted(found, key=lambda one: one.at_ms, reverse=True)


def rotate(folder: Path, stem: str) -> None:
    """Remove all but the newest 24 and the newest of each day."""
    days = set()
    for index, backup in enumerate(kept(folder, stem)):
        day = to_datetime(backup.at_ms).date()
        if index >= KEEP_RECENT and day in days:
            with contextlib.suppress(OSError):
                backup.path.unlink()
        days.add(day)


def restore(backup: Backup, path: Path, disk: Disk) -> None:
    """Put a copy of a backup in the place of an event file that is gone. The backup stays."""
    fresh = path.with_name(path.name + ".new")
    own_file(fresh)
    shutil.copyfile(backup.path, fresh)
    with fresh.open("r+b") as file:
        disk.sync(file.fileno())
    disk.rename(fresh, path)
