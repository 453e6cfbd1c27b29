"""Whether an event file is sound: SQLite's own check, and the hash chain, which sees what SQLite does not.

Theory: sync.md §2, row 16. Of the single bits whose flip changed data, SQLite noticed 14 %, the chain all.

Looks only; never changes or repairs a file.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from arctos_desk.storage import connections
from arctos_desk.storage.vault import Vault
from arctos_desk.wire.frontier import Flaw
from arctos_desk.wire.operation import BadOperation, Sealed, operation_of
from arctos_desk.wire.signing import signed_by

QUICK_TAIL: Final = 200
"""Entries whose chain is checked at every start, however long the log is."""

WHOLE_UP_TO: Final = 50_000
"""Up to this many entries the whole chain is checked at the start: it takes a tenth of a second."""

_WORLD: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
    }
)
"""Errors that say nothing about the file: the surroundings are at fault."""


class Condition(Enum):
    MISSING = "missing"
    EMPTY = "empty"
    DAMAGED = "damaged"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look at an event file gives: `reason` for logs, `revision` of the schema, `build` that last wrote it."""

    condition: Condition
    reason: str = ""
    tournament: str = ""
    revision: str = ""
    build: str = ""
    operations: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of a full check of chain and signatures."""

    operations: int
    streams: int
    flaws: tuple[Flaw, ...]


def inspect(path: Path, *, thorough: bool = False) -> Inspection:
    """Look at an event file; a WAL beside it is read with it. Raises sqlite3.Error for the world's faults."""
    if not path.exists():
        return Inspection(Condition.MISSING)
    if path.stat().st_size == 0:
        return Inspection(Condition.EMPTY)
    try:
        with closing(connections.plain_reader(path)) as connection:
            return _inspect(connection, thorough)
    except sqlite3.DatabaseError as error:
        if error_code(error) & 0xFF in _WORLD:
            raise
        return Inspection(Condition.DAMAGED, str(error))


def _inspect(connection: sqlite3.Connection, thorough: bool) -> Inspection:
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not names:
        return Inspection(Condition.EMPTY)
    if not {"op", "stream", "file_info", "person_change", "person_record"} <= names:
        return Inspection(Condition.DAMAGED, "tables are missing")
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        return Inspection(Condition.DAMAGED, str(verdict))
    told = dict(connection.execute("SELECT name, value FROM file_info").fetchall())
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    count = connection.execute("SELECT count(*) FROM op").fetchone()[0]
    flaw = first_flaw(connection, whole=count <= WHOLE_UP_TO)
    if flaw is None and thorough:
        flaw = next(iter(verify(connection, every_signature=True).flaws), None)
    if flaw is not None:
        return Inspection(Condition.DAMAGED, f"{flaw.code} {flaw.stream} {flaw.number}")
    if "tournament" not in told or revision is None:
        return Inspection(Condition.DAMAGED, "the file does not say what it is")
    people = connection.execute("SELECT id, raw, crc FROM person_change").fetchall()
    if not Vault().fill(people, connection.execute("SELECT * FROM person_record").fetchall()):
        return Inspection(Condition.DAMAGED, "person records")
    return Inspection(
        Condition.SOUND,
        tournament=told["tournament"],
        revision=str(revision[0]),
        build=told.get("build", ""),
        operations=count,
    )


def first_flaw(connection: sqlite3.Connection, *, whole: bool = True) -> Flaw | None:
    """The first entry whose bytes, chain or index columns do not agree; None when all do. Verifies no signature."""
    tail = "" if whole else f" WHERE rowid > (SELECT max(rowid) FROM op) - {QUICK_TAIL}"  # noqa: S608
    query = f"SELECT stream, seq, op_id, hlc, raw, hash, typeof(sig) FROM op{tail} ORDER BY stream, seq"  # noqa: S608
    heads = {row[0]: (row[1], row[2]) for row in connection.execute("SELECT stream, last_seq, head_hash FROM stream")}
    seen: dict[str, tuple[int, str]] = {}
    flaw = _chain_flaw(connection.execute(query), seen, whole)
    if flaw is not None:
        return flaw
    for stream, head in sorted(heads.items()):
        if seen.get(stream) != head and (whole or stream in seen):
            return Flaw("HEAD", stream, head[0])
    for stream in sorted(seen.keys() - heads.keys()):
        return Flaw("HEAD", stream, seen[stream][0])
    return None


def _chain_flaw(rows: Iterable[Any], seen: dict[str, tuple[int, str]], whole: bool) -> Flaw | None:
    for stream, number, op_id, clock, raw, stored, signature_type in rows:
        before = seen.get(stream)
        if not isinstance(raw, bytes) or signature_type != "blob":  # SQLite keeps in a cell whatever somebody put there
            return Flaw("NOT_BYTES", stream, number)
        found = hashlib.sha256(raw).hexdigest()
        seen[stream] = (number, found)
        if found != stored:
            return Flaw("HASH", stream, number)
        if before is None and whole and number != 1:
            return Flaw("GAP", stream, number)
        if before is not None and (number != before[0] + 1 or f'"p":"{before[1]}"'.encode() not in raw):
            return Flaw("BROKEN_CHAIN", stream, number)
        for key, value in (("i", f'"{op_id}"'), ("h", f'"{clock}"'), ("n", str(number)), ("s", f'"{stream}"')):
            if f'"{key}":{value},'.encode() not in raw:
                return Flaw("COLUMNS", stream, number)
    return None


def verify(connection: sqlite3.Connection, *, every_signature: bool = False) -> Verification:
    """Check every entry: bytes, chain, columns, the index of touched records, and each stream's last signature.

    The chain carries the signature of a stream's last entry back to its first, which is 55 times cheaper than to verify
    each; `every_signature` does that as well, because peers are sent each with its own.
    """
    flaw = first_flaw(connection)
    flaws = [] if flaw is None else [flaw]
    devices = dict(connection.execute("SELECT stream, device FROM stream").fetchall())
    heads = dict(connection.execute("SELECT stream, last_seq FROM stream").fetchall())
    expected: set[tuple[str, str, str]] = set()
    count = 0
    for stream, number, raw, hash_, signature in connection.execute(
        "SELECT stream, seq, raw, hash, sig FROM op ORDER BY stream, seq"
    ):
        count += 1
        if not isinstance(raw, bytes) or not isinstance(signature, bytes):
            flaws.append(Flaw("NOT_BYTES", stream, number))
            continue
        try:
            operation = operation_of(raw)
        except BadOperation as error:
            flaws.append(Flaw(error.code, stream, number))
            continue
        expected.update((entity, name, operation.id) for entity, name in touches(operation.payload))
        if every_signature or number == heads.get(stream):
            key = devices.get(stream, "")
            if not key or not signed_by(key, Sealed(operation, raw, hash_, signature)):
                flaws.append(Flaw("SIGNATURE", stream, number))
    index = set(connection.execute("SELECT entity, field, op FROM op_touch").fetchall())
    if index != expected:
        flaws.append(Flaw("TOUCH_INDEX", "", len(index ^ expected)))
    return Verification(count, len(devices), tuple(flaws))


def touches(payload: Any) -> list[tuple[str, str]]:
    """Record and register of every write in a payload."""
    found = [(entity, name) for entity, values in payload.get("set", {}).items() for name in values]
    found.extend((entity, name) for entity, names in payload.get("clear", {}).items() for name in names)
    return found


def error_code(error: sqlite3.Error) -> int:
    """The extended result code of an error, 0 when the driver made it up itself."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0)
