"""The folded records of an event that nobody wrote operation by operation: for states without a log."""

from __future__ import annotations

from collections.abc import Mapping

from arctos_desk.operations.reduce import Folded, Held
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.registers import CLEAR, creation
from tests.benchmarks.days import writes_of


def folded_of(event: Event) -> Mapping[str, Folded]:
    """Every record as if one operation had stated all of it."""
    writes = {**creation(f"event/{event.info.id}", event.info), **writes_of(event)}
    return {
        reference: Folded(
            reference,
            {name: Held(value, ("op",)) for name, value in sorted(registers.items()) if value is not CLEAR},
        )
        for reference, registers in writes.items()
    }
