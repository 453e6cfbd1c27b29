"""What an event file or a backup holds, told without opening it: how many entries, until when, and what another lacks.

Reads only, and checks nothing: `checks` does. Two copies of one event differ by entries, never by their order.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arctos_desk.operations.labels import words_from_json
from arctos_desk.operations.undo import line_of
from arctos_desk.storage import connections
from arctos_desk.tournament.instants import LATEST, Instant
from arctos_desk.tournament.words import Words
from arctos_desk.wire.clock import is_clock, unpack
from arctos_desk.wire.operation import STREAM_OPEN, BadOperation, operation_of

_AT_ONCE: Final = 400
"""How many values one look-up names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Name and zone are empty where the file does not tell; `entries` are (clock, id) of what people entered, oldest
    first.
    """

    tournament: str
    name: str
    zone: str
    entries: tuple[tuple[str, str], ...]

    @property
    def last_ms(self) -> Instant | None:
        """When the newest entry was made, by the clock of the laptop that made it."""
        return _instant(self.entries[-1][0]) if self.entries else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Entries of one file that another one does not have; `newest` are those entered last, in words, newest first."""

    count: int = 0
    since_ms: Instant | None = None
    newest: tuple[Words, ...] = ()


def holding(path: Path) -> Holding:
    """What the file holds. Raises sqlite3.Error."""
    with closing(connections.plain_reader(path)) as connection:
        told = dict(connection.execute("SELECT name, value FROM file_info").fetchall())
        entries = connection.execute("SELECT hlc, op_id FROM op WHERE kind <> ? ORDER BY hlc, op_id", (STREAM_OPEN,))
        name, zone = _name_and_zone(connection)
        return Holding(
            tournament=str(told.get("tournament", "")), name=name, zone=zone, entries=tuple(entries.fetchall())
        )


def lacking(path: Path, other: Holding, *, newest: int = 0) -> Lacking:
    """What the file at `path` has and the other does not. Raises sqlite3.Error."""
    theirs = {entry for _, entry in other.entries}
    ours = [one for one in holding(path).entries if one[1] not in theirs]
    if not ours:
        return Lacking()
    return Lacking(
        count=len(ours),
        since_ms=_instant(ours[0][0]),
        newest=_labels(path, [entry for _, entry in reversed(ours)], newest) if newest else (),
    )


def _labels(path: Path, entries: list[str], most: int) -> tuple[Words, ...]:
    """Lines of the journal for these entries, in the order given; further parts of one command are left out."""
    said: list[Words] = []
    with closing(connections.plain_reader(path)) as connection:
        for entry in entries[:_AT_ONCE]:
            row = connection.execute("SELECT raw FROM op WHERE op_id = ?", (entry,)).fetchone()
            try:
                operation = operation_of(row[0])
            except BadOperation:
                continue
            words = words_from_json(operation.payload.get("label"))
            if words.msgid and line_of(operation) == operation.id:
                said.append(words)
            if len(said) == most:
                break
    return tuple(said)


def _name_and_zone(connection: sqlite3.Connection) -> tuple[str, str]:
    try:
        row = connection.execute("SELECT name, zone FROM event_info").fetchone()
    except sqlite3.Error:
        # A file of another schema still holds its entries.
        return "", ""
    return (str(row[0]), str(row[1])) if row is not None else ("", "")


def _instant(clock: str) -> Instant | None:
    return min(unpack(clock)[0], LATEST) if is_clock(clock) else None
