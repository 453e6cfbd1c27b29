"""From the start of the process to a painted board, against a bare window of the same toolkit."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.children import child
from tests.benchmarks.days import event_of
from tests.benchmarks.event_there import make_event
from tests.benchmarks.on_disk import folder
from tests.benchmarks.table import Measured

GOAL_TIMES = 3


def measure(*, quick: bool) -> list[Measured]:
    """Both in turn, several times; the middle one counts. Files are warm: the first start of each is not counted."""
    times = 1 if quick else 7
    matches = 12 if quick else 150
    with folder() as home:
        path = make_event(home, event_of(matches, fields=6, played=matches // 2))
        first_paint("bare")
        first_paint("desk", path, home)
        pairs = [(first_paint("bare"), first_paint("desk", path, home)) for _ in range(times)]
    bares, desks = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    bare, desk = (statistics.median(one.after_s for one in some) for some in (bares, desks))
    bare_cpu, desk_cpu = (min(one.cpu_s for one in some) for some in (bares, desks))
    return [
        Measured(
            id="start",
            what=f"process start to painted board, {matches} matches",
            ours=desk * 1_000,
            unit="ms",
            base=bare * 1_000,
            against="a bare PySide6 window",
            goal=f"under {GOAL_TIMES} x",
            met=None if quick else desk < GOAL_TIMES * bare,
            more={
                "quickest": min(one.after_s for one in desks) * 1_000,
                "cpu": desk_cpu * 1_000,
                "bare cpu": bare_cpu * 1_000,
                "times in cpu": desk_cpu / bare_cpu,
            },
        ),
        Measured(
            id="start-memory",
            what=f"memory with the board painted, {matches} matches",
            ours=statistics.median(one.megabytes for one in desks),
            unit="MB",
            base=statistics.median(one.megabytes for one in bares),
            against="a bare PySide6 window",
        ),
    ]


@dataclass(frozen=True, slots=True)
class Painted:
    """A first paint: seconds since the start of the process, those the processor was at work, and memory by then."""

    after_s: float
    cpu_s: float
    megabytes: float


def first_paint(what: str, path: Path | None = None, home: Path | None = None) -> Painted:
    """Start a process, wait for its first paint, and let it leave."""
    arguments = [what] if path is None else [what, str(path)]
    with child("tests.benchmarks.first_paint", *arguments, home=home) as lines:
        for line in lines:
            if line.text.startswith("painted "):
                _, megabytes, cpu_s = line.text.split()
                return Painted(line.after_s, float(cpu_s), float(megabytes))
    raise RuntimeError(f"{what} was never painted")
