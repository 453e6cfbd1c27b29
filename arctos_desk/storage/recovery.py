"""What happens when an event file is opened and something is wrong: the ladder of sync.md §8, and the report of it.

WAL replay, set aside what is damaged, newest verified backup, journal, rebuild; the desk then writes in a new stream.
Never deletes a damaged file and never asks: whoever opens the event reads afterwards what came from where.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from arctos_desk.runtime.own_files import FOLDER_MODE, own_file
from arctos_desk.runtime.paths import backups_folder, journal_folder
from arctos_desk.storage import backups, connections, journal, migrate
from arctos_desk.storage.checks import Condition, Inspection, error_code, inspect
from arctos_desk.storage.disk import Disk
from arctos_desk.tournament.instants import Instant, to_datetime
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import Clock, Words, say
from arctos_desk.wire.frontier import Missing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to get at the entries; `count` entries or files were concerned."""

    code: str
    words: Words
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came from where when the event was opened; without steps all was well.

    `unconfirmed` are entries that were on the way to the file when the program was cut off: nobody was told that they
    were saved, so somebody may have entered them again. `missing` is known to have existed and is not here: other
    desks have it.
    """

    steps: tuple[Step, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.code for step in self.steps)


@dataclass(frozen=True, slots=True)
class Found:
    """A sound file of this schema, the steps that led to it, and the heads that a damaged one still told of."""

    tournament: str
    steps: tuple[Step, ...]
    heads: Mapping[str, int]


def create(path: Path, tournament: str, *, build: str, disk: Disk) -> None:
    """Make an event file, whole or not at all. Raises Refused when there is one, or traces of one."""
    if path.exists() or traces(path):
        raise Refused(
            [
                Problem(
                    "EVENT_EXISTS",
                    say("An event is already kept under this name."),
                    place=str(path),
                    next_step=say("Open it, or choose another name."),
                )
            ]
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    _make(path, tournament, build, disk)
    # A journal file without entries: should the event file vanish before the first one, this still names the event.
    folder = journal_folder(path)
    folder.mkdir(exist_ok=True, mode=FOLDER_MODE)
    disk.put(folder / ("created" + journal.SUFFIX), journal.start_of_file(tournament, ""))


def make_sound(
    path: Path, *, now_ms: Instant, build: str, disk: Disk, tournament: str = "", thorough: bool = False
) -> Found:
    """See to it that there is a sound event file of this schema. Raises Refused, Outage."""
    found = _look(path, thorough=thorough)
    steps: list[Step] = []
    heads: dict[str, int] = {}
    if found.condition is not Condition.SOUND:
        if not traces(path) and found.condition is not Condition.DAMAGED:
            raise Refused([Problem("NO_EVENT", say("There is no event in this file."), place=str(path))])
        migrate.refuse_newer(*_revision_of(path), build)
        log.info("%s is %s: %s", path.name, found.condition.value, found.reason)
        heads = _heads_told_by(path)
        restorable = _newest_sound_backup(path)
        named = tournament or _named_by_journal(path, disk)
        if restorable is None and not named:
            raise Refused(
                [
                    Problem(
                        "CANNOT_RECOVER",
                        say("The event file is damaged and neither a backup nor a journal is left."),
                        place=str(path),
                        next_step=say("Take the event over from another laptop or from a stick."),
                    )
                ]
            )
        steps.extend(_set_aside(path, now_ms))
        if restorable is not None:
            backup, found = restorable
            backups.restore(backup, path, disk)
            words = say("The event was restored from the backup of {time}.", time=Clock(backup.at_ms))
            steps.append(Step("FROM_BACKUP", words, found.operations))
        else:
            _make(path, named, build, disk)
            steps.append(Step("NEW_FILE", say("A new event file was made.")))
            found = _look(path)
    migrate.refuse_newer(found.revision, found.build, build)
    if migrate.needs_upgrade(found.revision):
        backups.make(path, backups_folder(path), now_ms, disk)
        migrate.upgrade(path)
        steps.append(Step("UPGRADED", say("The event file was brought to this version; a backup was made before.")))
    return Found(found.tournament, tuple(steps), heads)


def traces(path: Path) -> bool:
    """Whether a journal or a backup says that an event was kept here."""
    return bool(journal.files(journal_folder(path)) or backups.kept(backups_folder(path), path.stem))


def _look(path: Path, *, thorough: bool = False) -> Inspection:
    try:
        return inspect(path, thorough=thorough)
    except sqlite3.Error as error:
        raise Outage(
            say("The event file cannot be read: {error}.", error=str(error)),
            work_continues=False,
            next_step=say("Close other programs that use it, look at the disk, and open the event again."),
        ) from error


def _make(path: Path, tournament: str, build: str, disk: Disk) -> None:
    fresh = path.with_name(path.name + ".making")
    for suffix in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    # Made before the database opens it: it and its WAL are nobody else's from the first byte on.
    own_file(fresh)
    migrate.upgrade(fresh, tournament=tournament, build=build)
    disk.rename(fresh, path)


def _revision_of(path: Path) -> tuple[str, str]:
    """Schema and build of a file that may be damaged; empty where it does not tell."""
    with contextlib.suppress(sqlite3.Error), closing(connections.plain_reader(path)) as connection:
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        build = connection.execute("SELECT value FROM file_info WHERE name = 'build'").fetchone()
        return (str(revision[0]) if revision else "", str(build[0]) if build else "")
    return ("", "")


def _heads_told_by(path: Path) -> dict[str, int]:
    """How far each stream went, as far as a damaged file still tells."""
    if not path.exists():
        return {}
    with contextlib.suppress(sqlite3.Error, TypeError), closing(connections.plain_reader(path)) as connection:
        rows = connection.execute("SELECT stream, last_seq FROM stream").fetchall()
        return {str(stream): int(last) for stream, last in rows if isinstance(last, int)}
    return {}


def _set_aside(path: Path, now_ms: Instant) -> list[Step]:
    """Rename the file with its WAL, together: apart they are worth nothing to whoever looks at them later."""
    stamp = to_datetime(now_ms).strftime("%Y%m%dT%H%M%SZ")
    names = [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]
    there = [name for name in names if name.exists()]
    mark, count = f".bad-{stamp}", 1
    while any(name.with_name(name.name + mark).exists() for name in names):
        count += 1
        mark = f".bad-{stamp}-{count}"
    for name in there:
        name.rename(name.with_name(name.name + mark))
    if not there:
        return [Step("FILE_GONE", say("The event file was gone."))]
    return [Step("SET_ASIDE", say("The event file was damaged and was set aside as {name}.", name=path.name + mark))]


def _newest_sound_backup(path: Path) -> tuple[backups.Backup, Inspection] | None:
    for backup in backups.kept(backups_folder(path), path.stem):
        try:
            found = inspect(backup.path, thorough=True)
        except sqlite3.Error as error:
            log.info("Backup %s cannot be read: %s", backup.path.name, error_code(error))
            continue
        if found.condition is Condition.SOUND:
            return backup, found
    return None


def _named_by_journal(path: Path, disk: Disk) -> str:
    for file in journal.files(journal_folder(path)):
        with contextlib.suppress(OSError):
            named = journal.read(file, disk).tournament
            if named:
                return named
    return ""
