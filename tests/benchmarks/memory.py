"""The memory of a desk after a whole day of a large event, and whether it stays where it is over further days."""

from __future__ import annotations

from tests.benchmarks.children import child
from tests.benchmarks.starting import first_paint
from tests.benchmarks.table import Measured

GOAL_MB = 250
FLAT = 1.02
"""The last of three days may stand this much above the second; the first still fills what is kept for good."""


def measure(*, quick: bool) -> list[Measured]:
    """Three days in one process, each on an event of its own."""
    matches = 12 if quick else 500
    bare = first_paint("bare").megabytes
    with child("tests.benchmarks.soak", str(matches), "3") as lines:
        after = [float(line.text) for line in lines]
    first, second, last = after
    return [
        Measured(
            id="memory",
            what=f"memory after a day of an event of {matches} matches",
            ours=first,
            unit="MB",
            base=bare,
            against="a bare PySide6 window",
            goal=f"under {GOAL_MB} MB",
            met=None if quick else max(after) < GOAL_MB,
        ),
        Measured(
            id="memory-flat",
            what="memory after a third day in the same process",
            ours=last,
            unit="MB",
            base=second,
            against="after the second",
            goal="flat",
            met=None if quick else last < second * FLAT,
            more={f"day {number}": value for number, value in enumerate(after, start=1)},
        ),
    ]
