"""A desk over a real event file in a folder of its own, and a bare SQLite file to hold against it."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.desk import Desk
from arctos_desk.runtime.clock import SetClock
from arctos_desk.storage.event_file import EventFile, create_event
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.records import Event
from arctos_desk.wire.signing import DeviceKey
from tests.benchmarks.days import now_after, writes_of

ORGANISER = Acting(role=Role.ORGANISER)
BUILD = "benchmark"
BYTES = 700
"""About what an operation of the match desk weighs."""


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on the disk that holds temporary files; not in memory where the machine has another."""
    with tempfile.TemporaryDirectory(prefix="arctos-bench-") as name:
        yield Path(name)


@contextmanager
def desk_on_disk(event: Event) -> Iterator[tuple[Desk, EventFile, SetClock, Acting]]:
    """The event in a file, its desk, its clock at the moment when the next match is due, and a head referee."""
    chance = random.Random(len(event.matches)).randbytes
    clock = SetClock(now_after(event))
    with folder() as home:
        file = create_event(home / "day.arctos", chance(10).hex(), clock=clock, build=BUILD, chance=chance)
        try:
            desk = Desk(file, signer=DeviceKey(chance(32)), clock=clock, chance=chance, build=BUILD)
            desk.perform(commands.CreateEvent(name=event.info.name, zone=event.info.zone), ORGANISER)
            desk.perform(commands.ImportRecords(writes=writes_of(event), file_name="day.json"), ORGANISER)
            person = desk.perform(commands.AddPerson(name="Referee", roles=frozenset({Role.HEAD_REF})), ORGANISER).value
            yield desk, file, clock, Acting(person=person, role=Role.HEAD_REF)
        finally:
            file.close()


@contextmanager
def bare_database() -> Iterator[sqlite3.Connection]:
    """A SQLite file as safe as an event file, WAL and FULL, with one plain table and nothing of ours."""
    with folder() as home, closing(sqlite3.connect(home / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, raw BLOB NOT NULL)")
        yield connection


def bare_commit(connection: sqlite3.Connection) -> None:
    """One row of an operation's weight, durable."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO entry (raw) VALUES (?)", (bytes(BYTES),))
    connection.execute("COMMIT")
