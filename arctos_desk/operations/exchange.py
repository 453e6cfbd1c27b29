"""What to send to another desk, and what to keep of what another desk sends: pure choices over runs. Carries nothing
itself.

A run continues its stream without a gap or waits; what is signed wrongly or forks a stream is kept apart, never
lost. Nothing is refused for what it means (spec sync.md §1.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.operations.ports import EventLog
from arctos_desk.wire.frontier import Frontier, Head, Run, check_run, missing, runs
from arctos_desk.wire.operation import STREAM_OPEN, Sealed
from arctos_desk.wire.signing import signed_by

BATCH_MOST: Final = 2_000
"""Operations in one batch (spec sync.md §6.1)."""
FORK: Final = "FORK"
"""Code of an entry whose number another entry of its stream has already."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a batch comes to.

    Entries to store, entries to keep apart with a code, streams that wait for what lies before.
    """

    store: tuple[Sealed, ...]
    apart: tuple[tuple[Sealed, str], ...]
    waiting: tuple[str, ...]


def to_send(log: EventLog, theirs: Frontier, most: int = BATCH_MOST) -> tuple[Sealed, ...]:
    """What a peer with this frontier lacks, stream by stream, oldest first, at most `most` operations."""
    batch: list[Sealed] = []
    for one in missing(log.frontier(), theirs):
        if len(batch) >= most:
            break
        batch.extend(log.sealed_after(one.stream, one.after, most - len(batch)))
    return tuple(batch)


def accept(log: EventLog, batch: Sequence[Sealed]) -> Accepted:
    """Sort a batch into what continues the log and what does not, against the log as it is now."""
    store: list[Sealed] = []
    apart: list[tuple[Sealed, str]] = []
    waiting: list[str] = []
    frontier = log.frontier()
    devices = log.devices()
    for run in runs(tuple({one.hash: one for one in batch}.values())):
        number = frontier.get(run.stream, (0, ""))[0]
        held = _held(log, run, number)
        flaws = check_run(run, _head(log, run.stream, number), tournament=log.tournament)
        codes = [flaw.code for flaw in flaws if flaw.code != "GAP"]
        if any(one.operation.number in held and one.hash != held[one.operation.number] for one in run.sealed):
            codes.append(FORK)
        fresh = tuple(one for one in run.sealed if one.operation.number > number)
        if codes:
            code = FORK if FORK in codes else codes[0]
            apart.extend((one, code) for one in run.sealed if held.get(one.operation.number) != one.hash)
        elif flaws:
            waiting.append(run.stream)
        elif fresh:
            key = devices.get(run.stream) or _opening_key(fresh)
            if not key:
                apart.extend((one, "NO_STREAM_OPEN") for one in fresh)
            elif not signed_by(key, fresh[-1]):
                # The chain covers what lies before; one signature vouches for the run (sync.md §6.1).
                apart.extend((one, "BAD_SIGNATURE") for one in fresh)
            else:
                store.extend(fresh)
    return Accepted(tuple(store), tuple(apart), tuple(waiting))


def _held(log: EventLog, run: Run, number: int) -> dict[int, str]:
    """Number -> hash of what the log holds already of the numbers in a run."""
    first = run.sealed[0].operation.number
    if first > number:
        return {}
    last = min(number, run.sealed[-1].operation.number)
    return {one.operation.number: one.hash for one in log.sealed_after(run.stream, first - 1, last - first + 1)}


def _head(log: EventLog, stream: str, number: int) -> Head:
    last = log.sealed_after(stream, number - 1, 1) if number else ()
    return Head(number, last[0].hash) if last else Head(0, "")


def _opening_key(fresh: Sequence[Sealed]) -> str:
    first = fresh[0].operation
    key = first.payload.get("key", "")
    return key if first.kind == STREAM_OPEN and first.number == 1 and isinstance(key, str) else ""
