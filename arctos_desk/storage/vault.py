"""Person records: names, PINs and injuries beside the log, every change kept, the greatest clock counts.

See spec sync.md, Decisions.

Knows no rights: who may change a record is for `operations`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from typing import Any, Final

from arctos_desk.operations.ports import PersonChange, PersonRecord
from arctos_desk.storage.statements import Statement, delete_by, insert_new, put

_KEEP_CHANGE: Final = insert_new("person_change")
_KEEP_TOUCH: Final = insert_new("person_touch")
_PUT_RECORD: Final = put("person_record", "id")
_FORGET_CHANGES: Final = delete_by("person_change", "person", sparing=["id"])
_FORGET_TOUCHES: Final = delete_by("person_touch", "person", sparing=["change"])
_TOUCHED_BY: Final = """
    SELECT person_change.raw FROM person_touch JOIN person_change ON person_change.id = person_touch.change
    WHERE person_touch.operation = ? ORDER BY person_touch.person, person_touch.change
"""
_BEFORE: Final = """
    SELECT raw FROM person_change WHERE person = ? AND (clock, id) < (?, ?) ORDER BY clock DESC, id DESC LIMIT 1
"""


class BadPersonChange(ValueError):
    """The bytes are no change to a person record."""


def to_bytes(change: PersonChange) -> bytes:
    """A change as journals and carriers hold it; one that erases carries nothing but ids.

    What a record does not say is left out, so that the bytes of a change are those that an older build wrote.
    """
    person = PersonRecord(id=change.person.id, name="") if change.erased else change.person
    told: dict[str, Any] = {
        "id": change.id,
        "clock": change.clock,
        "erased": change.erased,
        "person": {"id": person.id, "name": person.name, "pin_hash": person.pin_hash, **_beyond_the_name(person)},
    }
    if change.operation:
        told["operation"] = change.operation
    return json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(raw: bytes) -> PersonChange:
    """The change that `to_bytes` wrote. Raises BadPersonChange."""
    try:
        told = json.loads(raw)
        person = told["person"]
        return PersonChange(
            id=_text(told["id"]),
            person=PersonRecord(
                id=_text(person["id"]),
                name=_text(person["name"]),
                pin_hash=_text(person["pin_hash"]),
                jersey_name=_text(person.get("jersey_name", "")),
                injury=_text(person.get("injury", "")),
                injury_public=person.get("injury_public", False) is True,
            ),
            clock=_text(told["clock"]),
            erased=told["erased"] is True,
            operation=_text(told.get("operation", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # what the bytes hold may be somebody's name: it is not repeated
        raise BadPersonChange(type(error).__name__) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _beyond_the_name(person: PersonRecord) -> dict[str, Any]:
    """What a record says beyond name and PIN, without what it does not say."""
    told: dict[str, Any] = {}
    if person.jersey_name:
        told["jersey_name"] = person.jersey_name
    if person.injury:
        told["injury"] = person.injury
        told["injury_public"] = person.injury_public
    return told


def changes_of(
    execute: Callable[[str, tuple[Any, ...]], Iterable[Any]], operations: Iterable[str]
) -> list[tuple[PersonChange, PersonRecord | None]]:
    """Every change that these operations made, with what was known before it; `execute` asks the file."""
    found: list[tuple[PersonChange, PersonRecord | None]] = []
    for operation in operations:
        for (raw,) in list(execute(_TOUCHED_BY, (operation,))):
            change = from_bytes(bytes(raw))
            before = [
                from_bytes(bytes(one)) for (one,) in execute(_BEFORE, (change.person.id, change.clock, change.id))
            ]
            found.append((change, before[0].person if before and not before[0].erased else None))
    return found


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
        kept, touches, touched = [], [], set()
        for change in changes:
            if self.is_forgotten(change):
                continue
            raw = to_bytes(change)
            kept.append((change.id, change.person.id, change.clock, raw, zlib.crc32(raw), received_at, via))
            if change.operation:
                touches.append((change.operation, change.person.id, change.id))
            _count(counting, change)
            touched.add(change.person.id)
        if not kept:
            return []
        statements: list[Statement] = [(_KEEP_CHANGE, kept)]
        if touches:
            statements.append((_KEEP_TOUCH, touches))
        statements.append((_PUT_RECORD, [_record_row(counting[person]) for person in sorted(touched)]))
        erased = [(person, counting[person].id) for person in sorted(touched) if counting[person].erased]
        if erased:
            statements += [(_FORGET_CHANGES, erased), (_FORGET_TOUCHES, erased)]
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
    person = PersonRecord(id=change.person.id, name="") if change.erased else change.person
    data = json.dumps(_beyond_the_name(person), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (person.id, person.name, person.pin_hash, data, change.clock, change.id, int(change.erased))
