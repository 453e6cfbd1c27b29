"""Connections to an event file: one writer, any number of readers, every setting checked (sync.md §8).

Runs no statement of ours.

Theory. WAL with synchronous=FULL is the only mode that lost nothing in simulated power cuts, so a connection that
cannot have it is refused. One connection writes, and it begins with BEGIN IMMEDIATE, so a commit never fails half-way
for want of the lock. Readers are opened `mode=ro`: such a connection never checkpoints, not even when it closes last.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final
from urllib.parse import quote

from arctos_desk.tournament.reasons import Outage
from arctos_desk.tournament.words import say

CHECKPOINT_PAGES: Final = 1_000

_PRAGMAS: Final = (
    ("synchronous", "FULL", 2),
    ("fullfsync", "1", 1),
    ("checkpoint_fullfsync", "1", 1),
    ("busy_timeout", "5000", 5000),
    ("mmap_size", "0", 0),
    ("trusted_schema", "0", 0),
    ("cell_size_check", "1", 1),
    ("journal_size_limit", "67108864", 67_108_864),
    ("temp_store", "MEMORY", 2),
)
"""Name, what is set, what must then be in force. They are not stored in the file, so each connection sets them."""


def wal_reset_affected(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the WAL-reset bug: two connections that checkpoint at once can damage the file.

    Fixed in 3.51.3, and in 3.50.7 and 3.44.6 of the older branches.
    """
    if version >= (3, 51, 3):
        return False
    return not ((3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45))


def writer(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """The connection of the one writer; the file is made when it does not exist. Raises Outage."""
    return _prepared(_connect(path, "rwc"), foreign_keys=foreign_keys, writes=True)


def reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads and never checkpoints. Open it after the writer, close it before. Raises Outage.

    It begins no transaction: each statement sees the newest commit, and none that is held open keeps the WAL growing.
    """
    return _prepared(_connect(path, "ro"), foreign_keys=True, writes=False)


def plain_reader(path: Path) -> sqlite3.Connection:
    """A bare connection that only reads: for checks and backups of files that may be damaged."""
    return _connect(path, "ro")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(path.absolute().as_posix())}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def _prepared(connection: sqlite3.Connection, *, foreign_keys: bool, writes: bool) -> sqlite3.Connection:
    try:
        set_up(connection, foreign_keys=foreign_keys, writes=writes)
    except BaseException:
        connection.close()
        raise
    return connection


def set_up(connection: sqlite3.Connection, *, foreign_keys: bool, writes: bool) -> None:
    """Set every pragma and check that it took. Raises Outage when the file cannot be written safely."""
    for name, setting, expected in _PRAGMAS:
        connection.execute(f"PRAGMA {name}={setting}")
        _expect(connection, name, expected)
    connection.execute(f"PRAGMA foreign_keys={int(foreign_keys)}")
    _expect(connection, "foreign_keys", int(foreign_keys))
    if writes:
        connection.execute("PRAGMA journal_mode=WAL")
        # A name that was erased must not be legible in a free page of the file.
        connection.execute("PRAGMA secure_delete=1")
        # The automatic checkpoint is a passive one. With the WAL-reset bug only the writer may ever checkpoint.
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    elif wal_reset_affected():
        connection.execute("PRAGMA wal_autocheckpoint=0")
    _expect(connection, "journal_mode", "wal")


def _expect(connection: sqlite3.Connection, name: str, expected: object) -> None:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    # Settings that this SQLite was built without answer nothing; those that matter always answer.
    if row is None and name in ("mmap_size", "fullfsync", "checkpoint_fullfsync"):
        return
    if row is None or row[0] != expected:
        raise Outage(
            say("The event file cannot be opened safely here ({setting} is not as it must be).", setting=name),
            work_continues=False,
            next_step=say("Move the event to a local disk of this computer."),
        )
