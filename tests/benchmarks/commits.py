"""How many entries a second become durable through the desk, against rows of the same weight in bare SQLite."""

from __future__ import annotations

from itertools import count

from arctos_desk.operations import commands
from tests.benchmarks.days import event_of
from tests.benchmarks.on_disk import bare_commit, bare_database, desk_on_disk
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import percentile, times_of

GOAL_PER_S = 100


def measure(*, quick: bool) -> list[Measured]:
    """Notes of a match, one after the other: the smallest entry there is."""
    entries = 10 if quick else 1_000
    with bare_database() as connection:
        base = times_of(lambda: bare_commit(connection), times=entries)
    with desk_on_disk(event_of(24 if quick else 150, fields=6)) as (desk, _, _clock, referee):
        matches = list(desk.state.event.matches)
        numbers = count()

        def note() -> None:
            number = next(numbers)
            desk.perform(commands.NoteMatch(match=matches[number % len(matches)], final=f"note {number}"), referee)

        ours = times_of(note, times=entries)
    rate, bare = entries / sum(ours), entries / sum(base)
    return [
        Measured(
            id="commits",
            what="entries through the desk, one event of 150 matches",
            ours=rate,
            unit="per s",
            base=bare,
            against="bare SQLite, WAL and FULL",
            goal=f"at least {GOAL_PER_S} per s",
            met=None if quick else rate >= GOAL_PER_S,
            more={"ms p50": percentile(ours, 0.5) * 1_000, "ms p99": percentile(ours, 0.99) * 1_000},
        )
    ]
