"""Builders of bare operations for tests of the reducer: short names in, whole envelopes out. Signs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arctos_desk.wire.clock import pack
from arctos_desk.wire.operation import Operation


def entry(
    name: str,
    *,
    at: int,
    writes: Mapping[str, Mapping[str, Any]] | None = None,
    clear: Mapping[str, list[str]] | None = None,
    sees: Mapping[str, list[str]] | None = None,
    role: str = "desk",
    actor: str = "",
    stream: str = "",
    number: int = 2,
    **payload: Any,
) -> Operation:
    """An operation called `name` at millisecond `at` that writes registers and has seen the named operations."""
    body: dict[str, Any] = {"as": role, **payload}
    if writes:
        body["set"] = {reference: dict(values) for reference, values in writes.items()}
    if clear:
        body["clear"] = clear
    return Operation(
        tournament="cup",
        stream=stream or f"s{name}",
        number=number,
        previous="0" * 64,
        id=name,
        clock=pack(at),
        wall_ms=at,
        actor=actor,
        kind="test.write",
        payload=body,
        base={key: tuple(ids) for key, ids in (sees or {}).items()},
    )
