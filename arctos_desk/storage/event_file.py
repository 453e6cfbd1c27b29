"""One event on disk: the durable log behind the one door for change, with its projections and person records.

The order of a commit is that of sync.md §4.3: the journal is written and synced first, then one transaction of SQLite;
only then does `append` return. Whatever fails after the journal was touched stops the log: it takes nothing more until
it is opened again, because an fsync that failed once may have lost what it was asked to keep. Folds nothing, judges no
command.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from arctos_desk.operations.ports import PersonChange, PersonRecord, ProjectionChange, WallClock
from arctos_desk.operations.reduce import Folded
from arctos_desk.runtime.event_lock import EventLock
from arctos_desk.runtime.own_files import FOLDER_MODE, close_to_others
from arctos_desk.runtime.paths import backups_folder, journal_folder, lock_file
from arctos_desk.storage import backups, checks, connections, journal, projections, recovery
from arctos_desk.storage.disk import DISK, Disk
from arctos_desk.storage.location import why_not_here
from arctos_desk.storage.recovery import Report, Step
from arctos_desk.storage.statements import Statement, change_columns, delete_by, insert_into, insert_new, put
from arctos_desk.storage.vault import BadPersonChange, Vault, changes_of, from_bytes, to_bytes
from arctos_desk.tournament.ids import Chance
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.tournament.words import say, say_n
from arctos_desk.wire.canonical import NotCanonical
from arctos_desk.wire.clock import is_clock
from arctos_desk.wire.frontier import NOTHING, Frontier, Head, Missing, entry
from arctos_desk.wire.operation import STREAM_OPEN, BadOperation, Operation, Sealed, operation_of, unseal
from arctos_desk.wire.signing import signed_by

if TYPE_CHECKING:
    from arctos_desk.storage.writer import Writer

log = logging.getLogger(__name__)

_INSERT_OP: Final = insert_into("op")
_INSERT_TOUCH: Final = insert_new("op_touch")
_PUT_STREAM: Final = put("stream", "stream")
_INSERT_FORK: Final = insert_new("op_fork")
_INSERT_QUARANTINE: Final = insert_new("op_quarantine")
_PUT_PEER: Final = put("peer_frontier", "peer", "stream")
_PUT_DRAFT: Final = put("local_draft", "name")
_MOVE_STREAM: Final = change_columns("stream", "last_seq", "head_hash", where=["stream"])
_NOTE: Final = put("file_info", "name")
_FORGET_DRAFT: Final = delete_by("local_draft", "name")
_STALE: Final = change_columns("projection_meta", "frontier")
_AT_ONCE: Final = 400
"""How many values one look-up names."""

_OWN, _JOURNAL, _PEER = "own", "journal", "peer"


def create_event(
    path: Path,
    tournament: str,
    *,
    clock: WallClock,
    build: str,
    chance: Chance,
    disk: Disk = DISK,
    second_journal: Path | None = None,
) -> EventFile:
    """Make a new event file and open it. Raises Refused, Outage."""
    _check_place(path)
    recovery.create(path, tournament, build=build, disk=disk)
    return open_event(path, clock=clock, build=build, chance=chance, disk=disk, second_journal=second_journal)


def open_event(
    path: Path,
    *,
    clock: WallClock,
    build: str,
    chance: Chance,
    disk: Disk = DISK,
    second_journal: Path | None = None,
    tournament: str = "",
    thorough: bool = False,
) -> EventFile:
    """Open an event file, recovering what must be recovered; `report` of the result says what was done.

    `tournament` is the event's id where it is known beside the file. With `thorough` every signature is checked first:
    for a file in which `verify` found a flaw. Raises HeldElsewhere, Refused, Outage.
    """
    _check_place(path)
    if not path.parent.is_dir():
        raise Refused([Problem("NO_EVENT", say("There is no event in this file."), place=str(path))])
    lock = EventLock(lock_file(path))
    lock.acquire(now_ms=clock(), build=build)
    try:
        found = recovery.make_sound(
            path, now_ms=clock(), build=build, disk=disk, tournament=tournament, thorough=thorough
        )
        return EventFile(
            path, found, lock, clock=clock, build=build, chance=chance, disk=disk, second_journal=second_journal
        )
    except BaseException as error:
        lock.release()
        if isinstance(error, (sqlite3.Error, OSError)):
            raise _outage(error) from error
        raise


def _check_place(path: Path) -> None:
    reasons = why_not_here(path.absolute().parent)
    if reasons:
        raise Refused(
            Problem(
                reason.code,
                reason.words,
                place=str(path),
                next_step=say(
                    "Keep the event in the folder that the program proposes, and carry copies by stick or link."
                ),
            )
            for reason in reasons
        )


@dataclass(slots=True)
class _Digest:
    """The digest of a frontier that grows by one stream at a time; the same as `wire.frontier.digest`."""

    parts: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def after(self, heads: Mapping[str, Head]) -> str:
        """The digest once these streams stand at these heads; changes nothing."""
        fresh = {stream: _part(stream, head) for stream, head in heads.items()}
        order = self.order if fresh.keys() <= self.parts.keys() else sorted(self.parts.keys() | fresh.keys())
        text = ",".join(fresh[stream] if stream in fresh else self.parts[stream] for stream in order)
        return hashlib.sha256(f"{{{text}}}".encode()).hexdigest()

    def keep(self, heads: Mapping[str, Head]) -> None:
        for stream, head in heads.items():
            if stream not in self.parts:
                self.order = sorted([*self.order, stream])
            self.parts[stream] = _part(stream, head)


def _part(stream: str, head: Head) -> str:
    number, short = entry(head)
    return f'"{stream}":[{number},"{short}"]'


class EventFile:
    """An open event. Calls come from one lane at a time, which may be of any thread; backups may run beside them."""

    def __init__(
        self,
        path: Path,
        found: recovery.Found,
        lock: EventLock,
        *,
        clock: WallClock,
        build: str,
        chance: Chance,
        disk: Disk,
        second_journal: Path | None,
    ) -> None:
        self.path = path
        self.second_journal_problem: OSError | None = None
        self._tournament = found.tournament
        self._lock = lock
        self._clock = clock
        self._chance = chance
        self._disk = disk
        self._stopped: Outage | None = None
        self._closed = False
        self._heads: dict[str, Head] = {}
        self._devices: dict[str, str] = {}
        self._digest = _Digest()
        self._vault = Vault()
        self._projections = projections.Projections()
        self._fork_floor: dict[str, int] = {}
        self._last_clock = ""
        self._backed_up = ""
        self._journal = journal.JournalWriter(
            journal_folder(path),
            self._tournament,
            disk,
            second_folder=second_journal,
            second_failed=self._lose_second_journal,
        )
        self._connection: sqlite3.Connection | None = None
        self._writer: Writer | None = None
        self._reader: sqlite3.Connection | None = None
        try:
            # One that an older build made, or that was copied here; the WAL is made like it.
            close_to_others(path)
            self._connection = connections.writer(path)
            self._fill()
            self.report = self._import_journal(found)
            self._note_build(build)
            self._reader = connections.reader(path)
        except BaseException:
            self._let_go()
            raise

    # reading ---------------------------------------------------------------------------------------------------------

    @property
    def tournament(self) -> str:
        return self._tournament

    @property
    def stopped(self) -> Outage | None:
        """Why the log takes nothing more, None while it does."""
        return self._stopped

    def known(self, op_ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that are in the log."""
        found: set[str] = set()
        for some in _portions(op_ids):
            query = f"SELECT op_id FROM op WHERE op_id IN ({_marks(some)})"  # noqa: S608
            found.update(op_id for (op_id,) in self._read(query, some))
        return frozenset(found)

    def touching(self, references: Collection[str]) -> Mapping[str, Sequence[Operation]]:
        """Every operation that writes to each record, in any order; forked operations left out."""
        found: dict[str, dict[str, Operation]] = {reference: {} for reference in references}
        read: dict[tuple[str, int], Operation] = {}
        for some in _portions(references):
            query = (
                "SELECT t.entity, o.stream, o.seq, o.raw FROM"  # noqa: S608
                f" (SELECT DISTINCT entity, op FROM op_touch WHERE entity IN ({_marks(some)})) t"
                " JOIN op o ON o.op_id = t.op"
            )
            for entity, stream, number, raw in self._read(query, some):
                if not self._counts(stream, number):
                    continue
                operation = read.get((stream, number))
                if operation is None:
                    operation = read[stream, number] = operation_of(raw)
                _first(found[entity], operation)
        return {reference: tuple(operations.values()) for reference, operations in found.items()}

    def operation(self, op_id: str) -> Operation | None:
        """The operation with this id, the first in the total order where a second stream repeats it."""
        rows = self._read("SELECT stream, seq, raw FROM op WHERE op_id = ? ORDER BY hlc, stream, seq", (op_id,))
        for stream, number, raw in rows:
            if self._counts(stream, number):
                return operation_of(raw)
        return None

    def operations(self) -> Iterator[Operation]:
        """Every operation that counts, in the total order."""
        seen: set[str] = set()
        query = "SELECT stream, seq, op_id, raw FROM op ORDER BY hlc, stream, seq"
        for stream, number, op_id, raw in self._read(query):
            if op_id not in seen and self._counts(stream, number):
                seen.add(op_id)
                yield operation_of(raw)

    def recent(self, limit: int, before: tuple[str, str, int] | None = None) -> Sequence[Operation]:
        """The newest operations by their total order, newest first; only those before `before` when it is given."""
        where = "" if before is None else " WHERE (hlc, stream, seq) < (?, ?, ?)"
        query = f"SELECT stream, seq, raw FROM op{where} ORDER BY hlc DESC, stream DESC, seq DESC"  # noqa: S608
        found: list[Operation] = []
        result = self._read(query, before or ())
        for stream, number, raw in result:
            if len(found) >= limit:
                break
            if self._counts(stream, number):
                found.append(operation_of(raw))
        result.close()
        return found

    def frontier(self) -> Frontier:
        return {stream: entry(head) for stream, head in self._heads.items()}

    def head(self, stream: str) -> Head:
        """The last operation held of a stream, with its whole hash."""
        return self._heads.get(stream, NOTHING)

    def sealed_after(self, stream: str, number: int, limit: int) -> Sequence[Sealed]:
        """Operations of one stream above a number, oldest first: what a peer lacks."""
        query = "SELECT raw, hash, sig FROM op WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?"
        rows = self._read(query, (stream, number, limit))
        return [Sealed(operation_of(raw), raw, hash_, signature) for raw, hash_, signature in rows]

    def devices(self) -> Mapping[str, str]:
        """Stream -> public key (hex) of the device that opened it."""
        return {stream: device for stream, device in self._devices.items() if device}

    def last_clock(self) -> str:
        """The greatest hybrid clock ever seen; "" for an empty log."""
        return self._last_clock

    def people(self) -> Mapping[str, PersonRecord]:
        return self._vault.people()

    def changes_of(self, operations: Collection[str]) -> Sequence[tuple[PersonChange, PersonRecord | None]]:
        """Every change to a person record that these operations made, with what was known before it."""
        return changes_of(self._read, operations)

    def load(self) -> Mapping[str, Folded] | None:
        """The folded records from the projections, or None when they do not match the log and must be rebuilt."""
        assert self._reader is not None
        return self._projections.fill(self._reader, self._digest.after({}))

    def dump(self) -> str:
        """What the projections say, as canonical text without provenance: equal states give equal text."""
        with closing(connections.reader(self.path)) as connection:
            return projections.dump(connection)

    def verify(self, *, every_signature: bool = False) -> checks.Verification:
        """Check chain, index and signatures of the whole log. Takes a connection of its own: may run on any thread."""
        with closing(connections.plain_reader(self.path)) as connection:
            return checks.verify(connection, every_signature=every_signature)

    # writing ---------------------------------------------------------------------------------------------------------

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        """Make own operations durable: journal and fsync, then one transaction. Returns only when nothing can be lost.

        Raises Outage; the log then takes no more writes until it is opened again, unless the outage says that work
        continues.
        """
        if not sealed and not people:
            return
        streams = {one.operation.stream for one in sealed}
        if len(streams) > 1:
            raise ValueError("own operations of one commit are of one stream")
        stream = streams.pop() if streams else self._file_for_people()
        records = journal.records_of(sealed, [to_bytes(person) for person in people])
        self._commit(sealed, change, people, _OWN, before=lambda: self._journal.append(stream, records))

    def receive(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        """Store operations of other desks in one transaction.

        They continue their streams without a gap (checked before).
        """
        if sealed or people:
            self._commit(sealed, change, people, _PEER)

    def rebuild(self, change: ProjectionChange) -> None:
        """Replace all projections."""
        if not change.whole:
            raise ValueError("a rebuild takes a whole change")
        self._commit((), change, (), _OWN)

    def quarantine(self, sealed: Sealed, code: str) -> None:
        """Keep an entry that cannot enter the log, for ever: `code` is FORK, BAD_SIGNATURE, NEWER_ENVELOPE …

        Only a signed entry of this tournament whose number is taken proves a fork; its stream then counts up to that
        number only, and the projections must be rebuilt. Anybody can write a number on an unsigned one.
        """
        operation = sealed.operation
        if code == "FORK" and self._proves_fork(sealed):
            row = (operation.stream, operation.number, sealed.hash, sealed.raw, sealed.signature, self._clock(), _PEER)
            with self._transaction() as writer:
                self._run(writer, [(_INSERT_FORK, [row]), (_STALE, [("",)])])
            floor = self._fork_floor.get(operation.stream, operation.number)
            self._fork_floor[operation.stream] = min(floor, operation.number)
            self._projections.forget()
            return
        self._put_apart(code, operation.stream, operation.number, sealed.raw, sealed.signature)

    def quarantine_bytes(self, raw: bytes, signature: bytes, code: str) -> None:
        """Keep bytes that this build cannot read as an operation."""
        self._put_apart(code, "", 0, raw, signature)

    def kept_apart(self) -> Sequence[tuple[str, str, int]]:
        """Code, stream and number of everything that could not enter the log."""
        forks = "SELECT 'FORK', stream, seq FROM op_fork"
        query = f"SELECT code, stream, seq FROM op_quarantine UNION ALL {forks} ORDER BY 1, 2, 3"  # noqa: S608
        return [(code, stream, number) for code, stream, number in self._read(query)]

    def _proves_fork(self, sealed: Sealed) -> bool:
        operation = sealed.operation
        key = self._devices.get(operation.stream, "")
        return (
            operation.tournament == self._tournament
            and operation.number <= self.head(operation.stream).number
            and bool(key)
            and signed_by(key, sealed)
            and not self._holds(operation.stream, operation.number, sealed.hash)
        )

    def _holds(self, stream: str, number: int, hash_: str) -> bool:
        row = self._read("SELECT hash FROM op WHERE stream = ? AND seq = ?", (stream, number)).fetchone()
        return row is not None and row[0] == hash_

    def _put_apart(self, code: str, stream: str, number: int, raw: bytes, signature: bytes) -> None:
        row = (hashlib.sha256(raw).hexdigest(), code, stream, number, raw, signature, self._clock(), _PEER)
        with self._transaction() as writer:
            self._run(writer, [(_INSERT_QUARANTINE, [row])])

    def _commit(
        self,
        sealed: Sequence[Sealed],
        change: ProjectionChange,
        people: Sequence[PersonChange],
        via: str,
        before: Callable[[], None] | None = None,
    ) -> None:
        self._check_going()
        heads = self._heads_after(sealed)
        now_ms = self._clock()
        with self._transaction() as writer:
            statements = self._log_statements(sealed, heads, now_ms, via)
            statements += self._vault.plan(people, now_ms, via)
            plan = None
            if change.whole or self._projections.known:
                plan = self._projections.plan(writer.read, change, self._digest.after(heads))
                statements += plan.statements
            if before is not None:
                # From here on nothing may go wrong unnoticed: the journal holds the entry.
                self._write_journal(before)
            self._run(writer, statements)
        self._keep(sealed, heads)
        self._vault.keep(people)
        self._last_clock = max([self._last_clock, *(person.clock for person in people if is_clock(person.clock))])
        if plan is not None:
            self._projections.keep(plan)
        if via != _JOURNAL and any(person.erased for person in people):
            self._forget_on_disk()

    def _forget_on_disk(self) -> None:
        """Take whoever was erased off the disk now: out of the WAL, and out of the journal.

        What cannot be done while a backup reads the file is done when the event is closed, or opened next.
        """
        with contextlib.suppress(sqlite3.Error):
            self._driver().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            self._journal.write_again(lambda record: not self._is_forgotten(record))
            folder = journal_folder(self.path)
            self._mend_journal({path.stem: journal.read(path, self._disk) for path in journal.files(folder)})
        except OSError as error:
            # The entry is safe in the file; but what the journal takes from here on might not be.
            self._stopped = _outage(error)

    def _write_journal(self, before: Callable[[], None]) -> None:
        self._stopped = _outage(None)
        try:
            before()
        except OSError as error:
            self._stopped = _outage(error)
            raise self._stopped from error

    def _check_going(self) -> None:
        if self._closed:
            raise ValueError("the event is closed")
        if self._stopped is not None:
            raise self._stopped

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Writer]:
        """One transaction of the writer.

        An error of the disk stops the log; any other before the journal leaves it as it was.
        """
        self._check_going()
        writer = self._at_hand()
        try:
            writer.begin()
        except sqlite3.Error as error:
            outage = _outage(error, work_continues=_is_busy(error))
            if not outage.work_continues:
                self._stopped = outage
            raise outage from error
        try:
            yield writer
            writer.commit()
        except BaseException as error:
            writer.roll_back()
            if isinstance(error, sqlite3.Error) and _is_the_disks(error):
                self._stopped = _outage(error)
                raise self._stopped from error
            raise
        # Set while the journal was ahead of the file; now they agree again.
        self._stopped = None

    def _run(self, writer: Writer, statements: Iterable[Statement]) -> None:
        writer.run(statements)

    def prepare_to_write(self) -> None:
        """Load what writes, so that the first entry does not wait for it; belongs to the lane of the entries."""
        if not self._closed:
            self._at_hand()

    def _at_hand(self) -> Writer:
        """The writer, loaded when it is first wanted: no start waits a fifth of a second for it."""
        if self._writer is None:
            from arctos_desk.storage.writer import Writer

            self._writer = Writer(self._driver())
        return self._writer

    def _heads_after(self, sealed: Sequence[Sealed]) -> dict[str, Head]:
        """The heads of the streams that these operations continue. Raises ValueError when one does not follow."""
        heads: dict[str, Head] = {}
        for one in sealed:
            operation = one.operation
            head = heads.get(operation.stream) or self.head(operation.stream)
            if operation.number != head.number + 1 or operation.previous != head.hash:
                raise ValueError(f"{operation.stream} {operation.number} does not follow {head.number}")
            if operation.tournament != self._tournament:
                raise ValueError(f"{operation.id} belongs to {operation.tournament}")
            heads[operation.stream] = Head(operation.number, one.hash)
        return heads

    def _log_statements(
        self, sealed: Sequence[Sealed], heads: Mapping[str, Head], now_ms: Instant, via: str
    ) -> list[Statement]:
        if not sealed:
            return []
        operations: list[tuple[Any, ...]] = []
        touches: list[tuple[str, str, str]] = []
        opened: dict[str, Operation] = {}
        for one in sealed:
            op = one.operation
            operations.append(
                (
                    op.stream,
                    op.number,
                    op.id,
                    op.clock,
                    op.kind,
                    op.kind_version,
                    op.tournament,
                    one.raw,
                    one.hash,
                    one.signature,
                    now_ms,
                    via,
                )
            )
            touches.extend((entity, name, op.id) for entity, name in checks.touches(op.payload))
            if op.number == 1:
                opened[op.stream] = op
        statements: list[Statement] = [(_INSERT_OP, operations)]
        if touches:
            statements.append((_INSERT_TOUCH, touches))
        rows = []
        for stream, head in heads.items():
            first = opened.get(stream)
            if first is not None:
                previous = first.payload.get("previous_stream", "")
                rows.append((stream, _device_of(first), head.number, head.hash, first.id, str(previous)))
        if rows:
            statements.append((_PUT_STREAM, rows))
        moved = [(head.number, head.hash, stream) for stream, head in heads.items() if stream not in opened]
        if moved:
            statements.append((_MOVE_STREAM, moved))
        return statements

    def _keep(self, sealed: Sequence[Sealed], heads: Mapping[str, Head]) -> None:
        for one in sealed:
            if one.operation.number == 1:
                self._devices[one.operation.stream] = _device_of(one.operation)
            self._last_clock = max(self._last_clock, one.operation.clock)
        self._heads.update(heads)
        self._digest.keep(heads)

    def _file_for_people(self) -> str:
        """The journal file for person records without an entry: the one in use, else one of their own."""
        return self._journal.stream or "people-" + self._chance(10).hex()

    # what is local to this laptop ------------------------------------------------------------------------------------

    def draft(self, name: str) -> str | None:
        """What was typed and not yet saved under this name."""
        row = self._read("SELECT value FROM local_draft WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def keep_draft(self, name: str, value: str | None) -> None:
        """Keep what is being typed; None forgets it."""
        statement: Statement = (_PUT_DRAFT, [(name, value, self._clock())])
        if value is None:
            statement = (_FORGET_DRAFT, [(name,)])
        with self._transaction() as writer:
            self._run(writer, [statement])

    def peer_frontier(self, peer: str) -> Mapping[str, int]:
        """How far a peer is known to hold each stream."""
        rows = self._read("SELECT stream, seq FROM peer_frontier WHERE peer = ?", (peer,))
        return {stream: number for stream, number in rows}  # noqa: C416

    def keep_peer_frontier(self, peer: str, frontier: Frontier, receipt: bytes = b"") -> None:
        """Note what a peer says it holds, with the receipt it signed."""
        now_ms = self._clock()
        rows = [(peer, stream, number, receipt, now_ms) for stream, (number, _) in frontier.items()]
        if rows:
            with self._transaction() as writer:
                self._run(writer, [(_PUT_PEER, rows)])

    # copies ----------------------------------------------------------------------------------------------------------

    def backup(self, *, second_folder: Path | None = None) -> backups.Backup | None:
        """Make a verified backup unless nothing changed since the last; a second one on the stick when there is one.

        Takes a connection of its own: may run on any thread. Raises Outage; work continues.
        """
        mark = self._digest.after({}) + self._vault.mark()
        if mark == self._backed_up and second_folder is None:
            return None
        try:
            made = backups.make(self.path, backups_folder(self.path), self._clock(), self._disk)
            self._journal.sync_second()
            if second_folder is not None:
                backups.make(self.path, second_folder, self._clock(), self._disk)
        except (OSError, sqlite3.Error) as error:
            raise Outage(
                say("The backup failed: {error}.", error=str(error)),
                work_continues=True,
                next_step=say("Entries are still saved. Look at the disk or the stick, then back up again."),
            ) from error
        self._backed_up = mark
        return made

    def save_copy(self, target: Path) -> None:
        """Save a verified copy of the event under a name that somebody chose. Raises Outage; work continues."""
        try:
            backups.copy_to(self.path, target, self._disk)
        except (OSError, sqlite3.Error) as error:
            raise Outage(
                say("The copy could not be saved: {error}.", error=str(error)),
                work_continues=True,
                next_step=say("Choose another place."),
            ) from error

    # closing ---------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the event; the writer closes last, so that it and nobody else checkpoints."""
        if self._closed:
            return
        self._closed = True
        self._let_go()

    def __enter__(self) -> EventFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _let_go(self) -> None:
        self._journal.close()
        if self._reader is not None:
            self._reader.close()
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                if self._stopped is None:
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if self._writer is not None:
                self._writer.close()
            self._connection.close()
        self._lock.release()

    # opening ---------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        driver = self._driver()
        for stream, device, number, hash_ in driver.execute("SELECT stream, device, last_seq, head_hash FROM stream"):
            self._heads[stream] = Head(number, hash_)
            self._devices[stream] = device
        self._digest.keep(self._heads)
        self._fork_floor = dict(driver.execute("SELECT stream, min(seq) FROM op_fork GROUP BY stream").fetchall())
        self._vault.fill(
            driver.execute("SELECT id, raw, crc FROM person_change").fetchall(),
            driver.execute("SELECT * FROM person_record").fetchall(),
        )
        last = driver.execute("SELECT max(hlc) FROM op").fetchone()[0] or ""
        clocks = [clock for clock in (last, self._vault.last_clock()) if is_clock(clock)]
        self._last_clock = max(clocks, default="")

    def _import_journal(self, found: recovery.Found) -> Report:
        """Bring in what the journal holds and the file does not, and the other way round."""
        steps = list(found.steps)
        lost_file = any(step.code in ("SET_ASIDE", "FILE_GONE") for step in steps)
        read: dict[str, journal.JournalFile] = {}
        taken: list[Operation] = []
        last_batches: list[tuple[str, ...]] = []
        people_before = self._vault.ids()
        for path in journal.files(journal_folder(self.path)):
            file = journal.read(path, self._disk)
            journal.cut_tail(file, self._disk)
            if file.torn:
                steps.append(Step("TORN_TAIL", say("An entry of the journal was cut off while it was written.")))
            if file.rotten:
                steps.append(Step("ROTTEN", say("The journal {name} is damaged.", name=path.name), file.rotten))
            read[path.stem] = file
            here = self._import_file(file)
            taken.extend(here)
            if here and file.batches:
                last_batches.append(tuple(_ids_of(file.batches[-1])))
        people = len(self._vault.ids() - people_before)
        unconfirmed: tuple[str, ...] = ()
        if taken and not lost_file and len(last_batches) == 1 and {one.id for one in taken} <= set(last_batches[0]):
            # The file is sound and lacks exactly the last commit: the program ended between journal and file.
            unconfirmed = tuple(one.id for one in taken if one.kind != STREAM_OPEN)
            steps.append(
                Step(
                    "UNCONFIRMED",
                    say_n(
                        "{count} entry was recovered that was never confirmed.",
                        "{count} entries were recovered that were never confirmed.",
                        len(unconfirmed),
                    ),
                    len(unconfirmed),
                )
            )
        elif taken or people:
            steps.append(
                Step(
                    "FROM_JOURNAL",
                    say_n(
                        "{count} entry was brought back from the journal.",
                        "{count} entries were brought back from the journal.",
                        len(taken) + people,
                    ),
                    len(taken) + people,
                )
            )
        mended = self._mend_journal(read)
        if mended:
            steps.append(Step("JOURNAL_MENDED", say("The journal was completed from the event file."), mended))
        missing = tuple(
            Missing(stream, self.head(stream).number, last)
            for stream, last in sorted(found.heads.items())
            if self.head(stream).number < last
        )
        if missing:
            count = sum(one.through - one.after for one in missing)
            words = say_n(
                "{count} entry of other desks is missing here until they send it again.",
                "{count} entries of other desks are missing here until they send them again.",
                count,
            )
            steps.append(Step("MISSING", words, count))
        return Report(steps=tuple(steps), unconfirmed=unconfirmed, missing=missing)

    def _import_file(self, file: journal.JournalFile) -> list[Operation]:
        """Store what a journal file holds and the log does not; what does not follow is kept apart."""
        fresh: list[Sealed] = []
        people: list[PersonChange] = []
        apart: list[tuple[str, journal.OperationRecord]] = []
        heads: dict[str, Head] = {}
        known_people = self._vault.ids()
        # The name of the file tells the stream even where its first record is damaged.
        stream = file.path.stem
        head = self.head(stream)
        for record in (record for batch in file.batches for record in batch):
            if isinstance(record, journal.PersonEntry):
                with contextlib.suppress(BadPersonChange):
                    change = from_bytes(record.raw)
                    if change.id not in known_people and not self._vault.is_forgotten(change):
                        people.append(change)
                continue
            if record.number < head.number:
                continue
            if record.number == head.number:
                if hashlib.sha256(record.raw).hexdigest() != head.hash:
                    apart.append(("FORK", record))
                continue
            try:
                sealed = unseal(record.raw, record.signature)
            except (BadOperation, NotCanonical):
                apart.append(("UNREADABLE", record))
                continue
            operation = sealed.operation
            before = heads.get(operation.stream) or self.head(operation.stream)
            if operation.number != before.number + 1 or operation.previous != before.hash:
                apart.append(("GAP", record))
            elif operation.tournament != self._tournament:
                apart.append(("WRONG_TOURNAMENT", record))
            else:
                heads[operation.stream] = Head(operation.number, sealed.hash)
                fresh.append(sealed)
        for code, record in apart:
            self._put_apart(code, stream, record.number, record.raw, record.signature)
        if fresh or people:
            self._commit(fresh, ProjectionChange(), people, _JOURNAL)
        return [one.operation for one in fresh]

    def _mend_journal(self, read: Mapping[str, journal.JournalFile]) -> int:
        """Write the journal's files again where they lack own entries, or hold the name of somebody who was erased.

        Gives the number of files written.
        """
        driver = self._driver()
        batches: dict[str, list[tuple[journal.Record, ...]]] = {}
        entries: set[str] = set()
        numbers: dict[str, set[int]] = {}
        for stream, file in read.items():
            for batch in file.batches:
                kept = tuple(record for record in batch if not self._is_forgotten(record))
                if len(kept) < len(batch) or file.rotten:
                    batches.setdefault(stream, [])
                for record in kept:
                    if isinstance(record, journal.OperationRecord):
                        numbers.setdefault(stream, set()).add(record.number)
                    else:
                        entries.add(from_bytes(record.raw).id)
        for stream in batches:
            kept_of = (tuple(r for r in batch if not self._is_forgotten(r)) for batch in read[stream].batches)
            batches[stream] = [batch for batch in kept_of if batch]
        query = "SELECT stream, count(*) FROM op WHERE via IN (?, ?) GROUP BY stream"
        for stream, count in driver.execute(query, (_OWN, _JOURNAL)).fetchall():
            if len(numbers.get(stream, ())) >= count:
                continue
            rows = driver.execute("SELECT seq, raw, sig FROM op WHERE stream = ? ORDER BY seq", (stream,)).fetchall()
            people = [
                record
                for batch in (read[stream].batches if stream in read else ())
                for record in batch
                if isinstance(record, journal.PersonEntry) and not self._is_forgotten(record)
            ]
            whole: tuple[journal.Record, ...] = (*(journal.OperationRecord(*row) for row in rows), *people)
            batches[stream] = [whole]
        changes = driver.execute("SELECT id, raw FROM person_change WHERE via IN (?, ?)", (_OWN, _JOURNAL)).fetchall()
        lacking = tuple(journal.PersonEntry(raw) for change_id, raw in changes if change_id not in entries)
        if lacking:
            batches["people-" + self._chance(10).hex()] = [lacking]
        folder = journal_folder(self.path)
        for stream, some in batches.items():
            folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
            if stream in read and read[stream].rotten:
                journal.keep_damaged(read[stream])
            content = b"".join(map(journal.encode, some))
            start = journal.start_of_file(self._tournament, stream)
            self._disk.put(folder / (stream + journal.SUFFIX), start + content)
        return len(batches)

    def _is_forgotten(self, record: journal.Record) -> bool:
        """Whether a record of the journal is of somebody who was erased later, or is none at all."""
        if isinstance(record, journal.OperationRecord):
            return False
        try:
            return self._vault.is_forgotten(from_bytes(record.raw))
        except BadPersonChange:
            return True

    def _driver(self) -> sqlite3.Connection:
        """The writer's connection; it reads too while nothing else is open yet."""
        assert self._connection is not None
        return self._connection

    def _note_build(self, build: str) -> None:
        query = "SELECT value FROM file_info WHERE name = 'build'"
        driver = self._driver()
        if driver.execute(query).fetchone() != (build,):
            with self._transaction() as writer:
                self._run(writer, [(_NOTE, [("build", build)])])

    # small parts -----------------------------------------------------------------------------------------------------

    def _counts(self, stream: str, number: int) -> bool:
        """Whether an operation counts: those of a forked stream do up to the fork."""
        floor = self._fork_floor.get(stream)
        return floor is None or number < floor

    def _read(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        assert self._reader is not None
        return self._reader.execute(query, tuple(values))

    def _lose_second_journal(self, error: OSError) -> None:
        self.second_journal_problem = error


def _ids_of(batch: Sequence[journal.Record]) -> Iterator[str]:
    for record in batch:
        if isinstance(record, journal.OperationRecord):
            with contextlib.suppress(BadOperation):
                yield operation_of(record.raw).id


def _device_of(first: Operation) -> str:
    """The public key that a stream's first operation names, "" where it names none."""
    key = first.payload.get("key", "")
    return key if first.kind == STREAM_OPEN and isinstance(key, str) else ""


def _first(found: dict[str, Operation], operation: Operation) -> None:
    """Of two operations with one id the first in the total order counts."""
    known = found.get(operation.id)
    if known is None or operation.order < known.order:
        found[operation.id] = operation


def _portions(values: Collection[str]) -> Iterator[list[str]]:
    everything = list(values)
    for start in range(0, len(everything), _AT_ONCE):
        yield everything[start : start + _AT_ONCE]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _is_the_disks(error: sqlite3.Error) -> bool:
    """Whether the world is at fault; a broken constraint or a value of a wrong type is a bug and rises as it is."""
    bugs = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)
    return not isinstance(error, bugs)


def _is_busy(error: sqlite3.Error) -> bool:
    return checks.error_code(error) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _outage(error: BaseException | None, *, work_continues: bool = False) -> Outage:
    if work_continues:
        return Outage(
            say("The event file is in use by another program; nothing was saved."),
            work_continues=True,
            next_step=say("Try again."),
        )
    return Outage(
        say("Saving failed: {error}. Nothing more is taken in.", error=str(error) if error else "?"),
        work_continues=False,
        next_step=say("Look at the disk (is it full?), then open the event again: every confirmed entry is kept."),
    )
