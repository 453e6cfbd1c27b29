"""Person records: names and PINs beside the log, every change kept, the greatest clock counts (sync.md, Decisions).

Knows no rights: who may change a record is for `operations`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any, Final

from arctos_desk.operations.ports import PersonChange, PersonRecord
from arctos_desk.storage import tables
from arctos_desk.storage.statements import Statement, insert_new, put

_KEEP_CHANGE: Final = insert_new(tables.PERSON_CHANGE)
_PUT_RECORD: Final = put(tables.PERSON_RECORD, "id")
_FORGET_CHANGES: Final = "DELETE FROM person_change WHERE person = ? AND id <> ?"


class BadPersonChange(ValueError):
    """The bytes are no change to a person record."""


def to_bytes(change: PersonChange) -> bytes:
    """A change as journals and carriers hold it; one that erases carries no name."""
    person = PersonRecord(id=change.person.id, name="") if change.erased else change.person
    told = {
        "id": change.id,
        "clock": change.clock,
        "erased": change.erased,
        "person": {"id": person.id, "name": person.name, "pin_hash": person.pin_hash},
    }
    return json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(raw: bytes) -> PersonChange:
    """The change that `to_bytes` wrote. Raises BadPersonChange."""
    try:
        told = json.loads(raw)
        person = told["person"]
        return PersonChange(
            id=_text(told["id"]),
            person=PersonRecord(id=_text(person["id"]), name=_text(person["name"]), pin_hash=_text(person["pin_hash"])),
            clock=_text(told["clock"]),
            erased=told["erased"] is True,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadPersonChange(str(error)) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


class Vault:
    """The person records of an open event, in memory, with what must be written to change them."""

    def __init__(self) -> None:
        self._changes: dict[str, PersonChange] = {}
        self._ids: set[str] = set()

    def fill(self, changes: Iterable[Any], stored: Iterable[Any]) -> bool:
        """Take the rows of both tables; False when one is damaged or the records do not say what the changes say."""
        sound = True
        counting: dict[str, PersonChange] = {}
        ids: set[str] = set()
        for change_id, raw, crc in changes:
            try:
                change = from_bytes(bytes(raw))
            except BadPersonChange:
                sound = False
                continue
            if zlib.crc32(raw) != crc or change.id != change_id:
                sound = False
                continue
            _count(counting, change)
            ids.add(change.id)
        expected = {person: _record_row(change) for person, change in counting.items()}
        sound = sound and {row[0]: tuple(row) for row in stored} == expected
        self._changes, self._ids = counting, ids
        return sound

    def ids(self) -> frozenset[str]:
        """The ids of all changes held."""
        return frozenset(self._ids)

    def mark(self) -> str:
        """A text that differs when a change was added."""
        return str(len(self._ids))

    def people(self) -> dict[str, PersonRecord]:
        """Every record that was not erased, by id."""
        return {person_id: change.person for person_id, change in sorted(self._changes.items()) if not change.erased}

    def last_clock(self) -> str:
        return max((change.clock for change in self._changes.values()), default="")

    def is_forgotten(self, change: PersonChange) -> bool:
        """Whether the person of an older change was erased since; such a change must not come back."""
        counting = self._changes.get(change.person.id)
        return counting is not None and counting.erased and counting.id != change.id and not _later(change, counting)

    def plan(self, changes: Iterable[PersonChange], received_at: int, via: str) -> list[Statement]:
        """What to write for these changes. Changes nothing here: call `keep` when it is durable."""
        counting = dict(self._changes)
        kept, touched = [], set()
        for change in changes:
            if self.is_forgotten(change):
                continue
            raw = to_bytes(change)
            kept.append((change.id, change.person.id, change.clock, raw, zlib.crc32(raw), received_at, via))
            _count(counting, change)
            touched.add(change.person.id)
        if not kept:
            return []
        statements: list[Statement] = [(_KEEP_CHANGE, kept)]
        statements.append((_PUT_RECORD, [_record_row(counting[person]) for person in sorted(touched)]))
        erased = [(person, counting[person].id) for person in sorted(touched) if counting[person].erased]
        if erased:
            statements.append((_FORGET_CHANGES, erased))
        return statements

    def keep(self, changes: Iterable[PersonChange]) -> None:
        for change in changes:
            if not self.is_forgotten(change):
                _count(self._changes, change)
                self._ids.add(change.id)


def _later(one: PersonChange, other: PersonChange) -> bool:
    return (one.clock, one.id) > (other.clock, other.id)


def _count(counting: dict[str, PersonChange], change: PersonChange) -> None:
    known = counting.get(change.person.id)
    if known is None or _later(change, known):
        counting[change.person.id] = change


def _record_row(change: PersonChange) -> tuple[Any, ...]:
    name, pin_hash = ("", "") if change.erased else (change.person.name, change.person.pin_hash)
    return (change.person.id, name, pin_hash, "{}", change.clock, change.id, int(change.erased))
