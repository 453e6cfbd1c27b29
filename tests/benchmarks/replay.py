"""Working an event out afresh from 100,000 operations, against reading their bytes as plain JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from arctos_desk.operations.reduce import base_key, event_of, fold_all
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import Side
from arctos_desk.wire.clock import pack
from arctos_desk.wire.operation import Operation, Sealed, seal, unseal
from tests.benchmarks.days import FIRST_DAY, writes_of
from tests.benchmarks.days import event_of as day_of
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import timed, without_collecting

GOAL_S = 5
"""Start to usable with a rebuild at 50,000 operations (spec sync.md §11)."""


def measure(*, quick: bool) -> list[Measured]:
    """fold_all, the event and the solved day, from every operation of a long event."""
    count = 3_000 if quick else 100_000
    sealed = [seal(one, _unsigned) for one in operations(count)]
    with without_collecting():
        reading = timed(lambda: [json.loads(one.raw) for one in sealed])
        unsealing = timed(lambda: [unseal(one.raw, one.signature) for one in sealed])
        ours = timed(lambda: _replay(sealed))
    return [
        Measured(
            id=f"replay-{count}",
            what=f"replay of {count:,} operations (fold, event, solve)",
            ours=ours,
            unit="s",
            base=reading,
            against="the same bytes as plain JSON",
            goal=f"under {GOAL_S} s with a rebuild at 50,000",
            met=None if quick else (ours + unsealing) / 2 < GOAL_S,
            more={"reading them first": unsealing},
        )
    ]


def _replay(sealed: list[Sealed]) -> None:
    folded = fold_all(one.operation for one in sealed)
    event = event_of("day", folded)
    solve(event, now_ms=FIRST_DAY)


def _unsigned(message: bytes) -> bytes:
    # No signature is checked while folding; making 100,000 of them would only prolong the run.
    return bytes(64)


def operations(count: int) -> Iterator[Operation]:
    """A long event as its desks would have written it: the schedule, then points started, ended and corrected."""
    chance = random.Random(count)
    day = day_of(max(6, min(600, count // 150)), fields=6)
    writes = [({reference: dict(values)}, {}) for reference, values in writes_of(day).items()]
    matches = list(day.matches)
    number = 0
    heads: dict[str, str] = {}
    open_points: list[str] = []
    while number < count:
        if number < len(writes):
            values, seen = writes[number]
        elif open_points and chance.random() < 0.6:
            point = open_points[0]
            values = {f"point/{point}": {"end_ms": FIRST_DAY + number * 100 + MINUTE_MS}}
            if chance.random() < 0.7:
                open_points.pop(0)
                values = {f"point/{point}": {"winner": chance.choice(list(Side)).value}}
            seen = {}
        else:
            point = f"p{number}"
            open_points.append(point)
            values = {
                f"point/{point}": {
                    "match": chance.choice(matches),
                    "start_ms": FIRST_DAY + number * 100,
                    "rank": number,
                    "set_number": 1 + number % 2,
                }
            }
            seen = {}
        op_id = f"op-{number:08d}"
        for reference, registers in values.items():
            for register in registers:
                key = base_key(reference, register)
                if key in heads:
                    seen[key] = (heads[key],)
                heads[key] = op_id
        stream = number % 5
        yield Operation(
            tournament="day",
            stream=f"stream{stream}",
            number=number // 5 + 1,
            previous="" if number < 5 else "0" * 64,
            id=op_id,
            clock=pack(FIRST_DAY + number),
            wall_ms=FIRST_DAY + number,
            actor="",
            kind="bench.write",
            payload={"as": "desk", "set": values},
            base=seen,
        )
        number += 1
