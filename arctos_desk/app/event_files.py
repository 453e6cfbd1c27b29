"""Events as files: made, opened for writing or reading, verified, backed up, copied, taken in from elsewhere.

Joins the store to the desk and says nothing of when; what a command does to an event is none of its business.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from arctos_desk.app.bootstrap import Surroundings
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.memory_log import MemoryLog
from arctos_desk.operations.ports import PersonChange, ProjectionChange
from arctos_desk.operations.reduce import fold_all
from arctos_desk.operations.state import from_folded, whole_change
from arctos_desk.runtime import paths
from arctos_desk.runtime.own_files import FOLDER_MODE
from arctos_desk.storage import backups, checks, connections, recovery, vault
from arctos_desk.storage import event_file as store
from arctos_desk.storage.disk import DISK
from arctos_desk.storage.migrate import refuse_newer
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import Words, say
from arctos_desk.wire.operation import Sealed, unseal
from arctos_desk.wire.signing import SEED_BYTES, DeviceKey


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a full check found. No problem: everything is in order."""

    entries: int
    problems: tuple[Problem, ...]


class OpenEvent:
    """One open event. Everything but `backup`, `save_copy` and `verify` belongs to one lane."""

    def __init__(
        self, path: Path, surroundings: Surroundings, log: store.EventFile | _ReadLog, signer: DeviceKey
    ) -> None:
        self.path = path
        self.log = log
        self.clock = surroundings.clock
        self.chance = surroundings.chance
        self.read_only = isinstance(log, _ReadLog)
        self._settings = surroundings.settings
        self._build = surroundings.build
        self.desk = Desk(log, signer=signer, clock=self.clock, chance=self.chance, build=surroundings.build)

    @property
    def zone(self) -> str:
        """The IANA name of the event's time zone."""
        return self.desk.state.event.info.zone

    @property
    def opened_with(self) -> tuple[Words, ...]:
        """What had to be done to get at the entries; empty when all was well."""
        return () if isinstance(self.log, _ReadLog) else tuple(step.words for step in self.log.report.steps)

    def prepare_to_write(self) -> None:
        """Load what an entry needs, so that the first one does not wait for it."""
        if not isinstance(self.log, _ReadLog):
            self.log.prepare_to_write()

    def verify(self) -> Verdict:
        """Check the whole file; may run on any thread."""
        return verify_file(self.path, build=self._build)

    def rebuild(self) -> int:
        """Fold every entry afresh and replace all projections; how many entries there are. Raises Outage."""
        operations = tuple(self.log.operations())
        state = from_folded(self.log.tournament, fold_all(operations), self.log.people(), now_ms=self.clock())
        self.log.rebuild(whole_change(state))
        self.desk.state = state
        return len(operations)

    def backup(self) -> tuple[Path, ...]:
        """Write a checked backup, and one in the second folder when that is set and there; may run on any thread.

        Nothing is written when nothing changed since the last one. Raises Outage; work continues.
        """
        if isinstance(self.log, _ReadLog):
            _only_reading()
        chosen = self._settings.settings.backup_folder
        second = Path(chosen) if chosen and Path(chosen).is_dir() else None
        made = self.log.backup(second_folder=second)
        if made is None:
            return ()
        return (made.path,) if second is None else (made.path, second / made.path.name)

    def save_copy(self, to: Path) -> None:
        """Save a checked copy under a name that somebody chose; may run on any thread. Raises Refused, Outage."""
        if to.exists():
            words = say("There is a file of this name already")
            raise Refused([Problem("EXISTS", words, place=str(to), next_step=say("Choose another name"))])
        if isinstance(self.log, _ReadLog):
            copy_file(self.path, to)
        else:
            self.log.save_copy(to)

    def close(self) -> None:
        """Give the file back; safe to call twice."""
        if not isinstance(self.log, _ReadLog):
            self.log.close()


def create_event(path: Path, surroundings: Surroundings) -> OpenEvent:
    """Make an event file with no event in it yet, and open it. Raises Refused, Outage."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    log = store.create_event(
        path,
        surroundings.chance(10).hex(),
        clock=surroundings.clock,
        build=surroundings.build,
        chance=surroundings.chance,
    )
    return _attach(path, surroundings, log)


def open_event(path: Path, surroundings: Surroundings, *, read_only: bool = False) -> OpenEvent:
    """Open an event file, for writing with its lock, or for reading as it stands now.

    Raises HeldElsewhere when somebody else has the lock, Refused, Outage.
    """
    if read_only:
        log = _read_log(path, surroundings.build)
        return OpenEvent(path, surroundings, log, DeviceKey(bytes(SEED_BYTES)))
    opened = store.open_event(path, clock=surroundings.clock, build=surroundings.build, chance=surroundings.chance)
    return _attach(path, surroundings, opened)


def _attach(path: Path, surroundings: Surroundings, log: store.EventFile) -> OpenEvent:
    try:
        return OpenEvent(path, surroundings, log, surroundings.key.key)
    except BaseException:
        log.close()
        raise


# reading only ---------------------------------------------------------------------------------------------------------


class _ReadLog(MemoryLog):
    """The entries of a file as they stood when it was opened; takes no new ones."""

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        _only_reading()

    receive = append

    def fill(self, sealed: Sequence[Sealed], people: Sequence[PersonChange]) -> None:
        super().receive(sealed, ProjectionChange(), people)


def _only_reading() -> NoReturn:
    raise Outage(
        say("The event is only open for reading here."),
        work_continues=True,
        next_step=say("Go on where it is open, or close it there and open it again."),
    )


def _read_log(path: Path, build: str) -> _ReadLog:
    found = inspected(path)
    refuse_newer(found.revision, found.build, build)
    log = _ReadLog(found.tournament)
    with closing(connections.plain_reader(path)) as connection:
        rows = connection.execute("SELECT raw, sig FROM op ORDER BY stream, seq").fetchall()
        people = connection.execute("SELECT raw FROM person_change").fetchall()
    log.fill([unseal(raw, signature) for raw, signature in rows], [vault.from_bytes(raw) for (raw,) in people])
    return log


def inspected(path: Path) -> checks.Inspection:
    """A look at a file that changes nothing. Raises Refused when it is no sound event file, Outage for a sick disk."""
    try:
        found = checks.inspect(path)
    except sqlite3.Error as error:
        words = say("The event file cannot be read: {error}.", error=str(error))
        raise Outage(words, work_continues=False) from error
    if found.condition is not checks.Condition.SOUND:
        raise Refused([_unsound(path, found)])
    return found


def _unsound(path: Path, found: checks.Inspection) -> Problem:
    if found.condition is checks.Condition.DAMAGED:
        return _damaged(path, found.reason)
    return Problem("NO_EVENT", say("There is no event in this file"), place=path.name)


def _damaged(path: Path, reason: str) -> Problem:
    words = say("The event file is damaged: {reason}", reason=reason)
    step = say("Open the event: it is brought back from its journal and its backups")
    return Problem("DAMAGED", words, place=path.name, next_step=step)


# checking -------------------------------------------------------------------------------------------------------------

_TIMES: Final = "match_times "
"""Lines of a dump that depend on when the day was solved last."""


def verify_file(path: Path, *, build: str) -> Verdict:
    """SQLite's own check, every chain and signature, and whether the projections are what the entries give.

    Changes nothing and needs no lock. Raises Outage when the file cannot be read at all.
    """
    try:
        found = inspected(path)
        refuse_newer(found.revision, found.build, build)
    except Refused as news:
        return Verdict(0, news.problems)
    try:
        with closing(connections.plain_reader(path)) as connection:
            verified = checks.verify(connection, every_signature=True)
    except sqlite3.Error as error:
        # Sound where the log is kept, and broken elsewhere: an index or a table beside it is gone.
        return Verdict(found.operations, (_damaged(path, str(error)),))
    problems = [
        Problem(flaw.code, _flaw_words(flaw.code), place=f"{path.name} {flaw.stream} {flaw.number}".strip())
        for flaw in verified.flaws
    ]
    if not problems and not _projections_agree(path, build=build):
        words = say("What was worked out from the entries does not agree with them")
        problems.append(Problem("PROJECTIONS", words, place=path.name, next_step=say("Run rebuild")))
    return Verdict(verified.operations, tuple(problems))


def _flaw_words(code: str) -> Words:
    match code:
        case "SIGNATURE":
            return say("The signature of an entry is wrong")
        case "HASH" | "BROKEN_CHAIN" | "HEAD" | "GAP":
            return say("The chain of entries is broken ({code})", code=code)
        case _:
            return say("An entry is not as it was written ({code})", code=code)


def _projections_agree(path: Path, *, build: str) -> bool:
    """Whether a rebuild on a copy changes nothing but times, which depend on when the day was solved."""
    with tempfile.TemporaryDirectory(prefix="arctos-verify-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        copy_file(path, copy)
        try:
            return _agrees_with_rebuild(copy, build=build)
        except sqlite3.Error:
            # A table that is gone or unreadable does not agree.
            return False


def _agrees_with_rebuild(copy: Path, *, build: str) -> bool:
    with store.open_event(copy, clock=lambda: 0, build=build, chance=bytes) as log:
        held = log.load()
        folded = fold_all(log.operations())
        if held is None or dict(held) != dict(folded):
            return False
        before = log.dump()
        log.rebuild(whole_change(from_folded(log.tournament, folded, log.people(), now_ms=0)))
        return _timeless(before) == _timeless(log.dump())


def _timeless(dump: str) -> list[str]:
    return [line for line in dump.splitlines() if not line.startswith(_TIMES)]


def read_backup(path: Path) -> int:
    """How many entries a backup holds, after its own check. Raises Refused when it is not sound."""
    return inspected(path).operations


# copies ---------------------------------------------------------------------------------------------------------------


def copy_file(path: Path, to: Path) -> None:
    """Write a checked copy of an event file, while it is in use. Raises Outage."""
    try:
        backups.copy_to(path, to, DISK)
    except (OSError, sqlite3.Error) as error:
        raise Outage(
            say("The copy could not be saved: {error}.", error=str(error)),
            work_continues=True,
            next_step=say("Choose another place."),
        ) from error


def take_in(path: Path, surroundings: Surroundings) -> Path:
    """Copy an event file from elsewhere into the user's events, under a name that is free. Raises Refused, Outage."""
    found = inspected(path)
    refuse_newer(found.revision, found.build, surroundings.build)
    own = free_event_file(path.stem)
    copy_file(path, own)
    return own


def free_event_file(name: str) -> Path:
    """A file for an event of this name where none lies and none has left its traces."""
    path, number = paths.event_file(name), 1
    while path.exists() or recovery.traces(path):
        number += 1
        path = paths.event_file(f"{name} {number}")
    return path


def name_in(path: Path) -> str:
    """The name of the event in a file, for a list of files; empty where it cannot be read at a glance."""
    try:
        with closing(connections.plain_reader(path)) as connection:
            row = connection.execute("SELECT name FROM event_info").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row is not None else ""
