"""A log that lives in memory: for rehearsals on a copy, previews and simulated desks. Promises no durability at all."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from arctos_desk.operations.exchange import FORK
from arctos_desk.operations.ports import PersonChange, PersonRecord, ProjectionChange
from arctos_desk.operations.reduce import Folded, touched
from arctos_desk.tournament.registers import Json
from arctos_desk.wire.frontier import Frontier, Head, entry
from arctos_desk.wire.operation import STREAM_OPEN, Operation, Sealed
from arctos_desk.wire.signing import signed_by


class MemoryLog:
    """An `EventLog` over dictionaries."""

    def __init__(self, tournament: str) -> None:
        self.tournament = tournament
        self.streams: dict[str, list[Sealed]] = {}
        self.apart: list[tuple[Sealed, str]] = []
        self._by_id: dict[str, Operation] = {}
        self._in_order: list[Operation] = []
        self._forked_from: dict[str, int] = {}
        self._touching: dict[str, list[Operation]] = {}
        self._people: dict[str, tuple[PersonChange, ...]] = {}
        self._last_clock = ""

    def known(self, op_ids: Collection[str]) -> frozenset[str]:
        return frozenset(one for one in op_ids if one in self._by_id)

    def touching(self, references: Collection[str]) -> Mapping[str, Sequence[Operation]]:
        return {
            reference: tuple(one for one in self._touching.get(reference, ()) if self._counts(one))
            for reference in references
        }

    def operation(self, op_id: str) -> Operation | None:
        return self._by_id.get(op_id)

    def operations(self) -> Iterator[Operation]:
        return (one for one in self._by_id.values() if self._counts(one))

    def recent(self, limit: int, before: tuple[str, str, int] | None = None) -> Sequence[Operation]:
        end = len(self._in_order)
        if before is not None:
            end = bisect_left(self._in_order, before, key=lambda one: one.order)
        counting = (one for one in reversed(self._in_order[:end]) if self._counts(one))
        return list(islice(counting, limit))

    def frontier(self) -> Frontier:
        return {
            stream: entry(Head(sealed[-1].operation.number, sealed[-1].hash))
            for stream, sealed in self.streams.items()
            if sealed
        }

    def sealed_after(self, stream: str, number: int, limit: int) -> Sequence[Sealed]:
        return self.streams.get(stream, [])[number : number + limit]

    def devices(self) -> Mapping[str, str]:
        return {
            stream: _text(sealed[0].operation.payload.get("key", ""))
            for stream, sealed in self.streams.items()
            if sealed and sealed[0].operation.kind == STREAM_OPEN
        }

    def last_clock(self) -> str:
        return self._last_clock

    def append(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        self._store(sealed)
        self._keep(people)

    def receive(self, sealed: Sequence[Sealed], change: ProjectionChange, people: Sequence[PersonChange] = ()) -> None:
        self._store(sealed)
        self._keep(people)

    def quarantine(self, sealed: Sealed, code: str) -> None:
        if any(one.hash == sealed.hash for one, _ in self.apart):
            return
        self.apart.append((sealed, code))
        operation = sealed.operation
        if code == FORK and signed_by(self.devices().get(operation.stream, ""), sealed):
            floor = self._forked_from.get(operation.stream, operation.number)
            self._forked_from[operation.stream] = min(floor, operation.number)

    def load(self) -> Mapping[str, Folded] | None:
        return None

    def rebuild(self, change: ProjectionChange) -> None:
        """There are no projections here."""

    def people(self) -> Mapping[str, PersonRecord]:
        return {person_id: some[-1].person for person_id, some in self._people.items() if not some[-1].erased}

    def changes_of(self, operations: Collection[str]) -> Sequence[tuple[PersonChange, PersonRecord | None]]:
        found: list[tuple[PersonChange, PersonRecord | None]] = []
        for some in self._people.values():
            for before, change in zip((None, *some), some, strict=False):
                if change.operation and change.operation in operations:
                    found.append((change, None if before is None or before.erased else before.person))
        return found

    def _store(self, sealed: Sequence[Sealed]) -> None:
        for one in sealed:
            operation = one.operation
            stream = self.streams.setdefault(operation.stream, [])
            if operation.number != len(stream) + 1:
                raise ValueError(f"{operation.stream} {operation.number} does not follow {len(stream)}")
            stream.append(one)
            self._last_clock = max(self._last_clock, operation.clock)
            if operation.id in self._by_id:
                continue
            self._by_id[operation.id] = operation
            insort(self._in_order, operation, key=lambda one: one.order)
            for reference in touched(operation):
                self._touching.setdefault(reference, []).append(operation)

    def _counts(self, operation: Operation) -> bool:
        """From the first number that was proven to be there twice, nothing of a stream counts (sync.md §5.3)."""
        floor = self._forked_from.get(operation.stream)
        return floor is None or operation.number < floor

    def _keep(self, people: Sequence[PersonChange]) -> None:
        for change in people:
            known = {one.id: one for one in self._people.get(change.person.id, ())}
            changes = sorted({**known, change.id: change}.values(), key=lambda one: (one.clock, one.id))
            # of somebody who was erased nothing older is kept
            floor = max((index for index, one in enumerate(changes) if one.erased), default=0)
            self._people[change.person.id] = tuple(changes[floor:])


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
