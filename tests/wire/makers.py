"""Sealed entries for tests: one device, streams of any length, everything fixed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arctos_desk.wire.clock import pack
from arctos_desk.wire.operation import Operation, Sealed, seal
from arctos_desk.wire.signing import DeviceKey

KEY = DeviceKey(bytes(range(32)))
TOURNAMENT = "cup"


def operation(number: int = 1, previous: str = "", *, stream: str = "aa", **changes: Any) -> Operation:
    told: dict[str, Any] = {
        "tournament": TOURNAMENT,
        "stream": stream,
        "number": number,
        "previous": previous,
        "id": f"{stream}-{number}",
        "clock": pack(1_000 + number),
        "wall_ms": 1_000 + number,
        "actor": "desk",
        "kind": "match.change",
        "payload": {"set": {f"match/m{number}": {"name": f"Match {number}"}}},
    }
    return Operation(**{**told, **changes})


def stream_of(count: int, *, stream: str = "aa", key: DeviceKey = KEY, **changes: Any) -> list[Sealed]:
    """A chained stream of `count` entries."""
    made: list[Sealed] = []
    for number in range(1, count + 1):
        previous = made[-1].hash if made else ""
        made.append(seal(operation(number, previous, stream=stream, **changes), key.sign))
    return made


def followed_by(sealed: Sealed, payload: Mapping[str, Any], *, key: DeviceKey = KEY, **changes: Any) -> Sealed:
    """The next entry of the stream."""
    number = sealed.operation.number + 1
    return seal(operation(number, sealed.hash, stream=sealed.operation.stream, payload=payload, **changes), key.sign)
