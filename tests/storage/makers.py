"""Event files for tests, and entries to put into them: one laptop, a clock that goes when told, fixed chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arctos_desk.operations.ports import PersonChange, PersonRecord, ProjectionChange
from arctos_desk.storage.disk import DISK, Disk
from arctos_desk.storage.event_file import EventFile, create_event, open_event
from arctos_desk.wire.clock import tick
from arctos_desk.wire.operation import STREAM_OPEN, Operation, Sealed, seal
from arctos_desk.wire.signing import DeviceKey

TOURNAMENT = "cup"
NOTHING = ProjectionChange()


@dataclass(slots=True)
class Laptop:
    """Somebody's laptop: writes chained entries into a fresh stream, and opens its event file."""

    folder: Path
    seed: int = 1
    now_ms: int = 1_750_000_000_000
    build: str = "1.0"
    random: random.Random = field(init=False)
    key: DeviceKey = field(init=False)
    stream: str = ""
    last: Sealed | None = None
    clock: str = ""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.key = DeviceKey(self.random.randbytes(32))

    @property
    def path(self) -> Path:
        return self.folder / "cup.arctos"

    def wall(self) -> int:
        self.now_ms += 1
        return self.now_ms

    def create(self, disk: Disk = DISK, **more: Any) -> EventFile:
        return create_event(
            self.path, TOURNAMENT, clock=self.wall, build=self.build, chance=self.random.randbytes, disk=disk, **more
        )

    def open(self, disk: Disk = DISK, **more: Any) -> EventFile:
        """Open the event as a new start of the program does: with a new stream."""
        self.stream, self.last = "", None
        return open_event(self.path, clock=self.wall, build=self.build, chance=self.random.randbytes, disk=disk, **more)

    def entry(self, payload: dict[str, Any] | None = None, **changes: Any) -> Sealed:
        """The next entry of this laptop's stream."""
        number = 1 if self.last is None else self.last.operation.number + 1
        kind = "match.change"
        if number == 1:
            self.stream = self.random.randbytes(10).hex()
            kind, payload = STREAM_OPEN, {"device": self.key.device, "key": self.key.public_key, "build": "1.0"}
        self.clock = tick(self.clock, self.wall())
        told: dict[str, Any] = {
            "tournament": TOURNAMENT,
            "stream": self.stream,
            "number": number,
            "previous": "" if self.last is None else self.last.hash,
            "id": self.random.randbytes(16).hex(),
            "clock": self.clock,
            "wall_ms": self.now_ms,
            "actor": "desk",
            "kind": kind,
            "payload": {"set": {f"match/m{number}": {"name": f"Match {number}"}}} if payload is None else payload,
        }
        self.last = seal(Operation(**{**told, **changes}), self.key.sign)
        return self.last

    def entries(self, count: int) -> list[Sealed]:
        return [self.entry() for _ in range(count)]

    def person(self, name: str, person_id: str = "p1", **changes: Any) -> PersonChange:
        self.clock = tick(self.clock, self.wall())
        record = PersonRecord(id=person_id, name=name, pin_hash="hash")
        return PersonChange(id=self.random.randbytes(16).hex(), person=record, clock=self.clock, **changes)


def put(event: EventFile, sealed: Sequence[Sealed]) -> None:
    """Each entry in a commit of its own."""
    for one in sealed:
        event.append([one], NOTHING)


def ids(sealed: Sequence[Sealed]) -> set[str]:
    return {one.operation.id for one in sealed}


def ids_in(event: EventFile) -> set[str]:
    return {operation.id for operation in event.operations()}
