"""Solving a whole day afresh, against the least that any solver must do: make one row for each match of the answer."""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.scheduling.solution import Row
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.records import Event, Start
from tests.benchmarks.days import event_of, now_after
from tests.benchmarks.table import Measured
from tests.benchmarks.timing import quickest, without_collecting

GOAL_MS = 25


def measure(*, quick: bool) -> list[Measured]:
    """Full plan and live pass of a day that has not begun and of one half played; beside it, one fact later."""
    matches = 200 if quick else 2_000
    times = 3 if quick else 15
    found = []
    for name, played in (("before the day", 0), ("half played", matches // 2)):
        event = event_of(matches, fields=6, played=played)
        now_ms = now_after(event)
        answer = list(solve(event, now_ms=now_ms).rows.values())
        before = solve(_before_its_last_fact(event), now_ms=now_ms)
        with without_collecting():
            ours = quickest(lambda event=event, now_ms=now_ms: solve(event, now_ms=now_ms), times=times)
            again = quickest(
                lambda event=event, now_ms=now_ms, before=before: solve(event, now_ms=now_ms, before=before),
                times=times,
            )
            base = quickest(lambda answer=answer: [_again(row) for row in answer], times=times)
        found.append(
            Measured(
                id=f"solve-{matches}-{played}",
                what=f"full solve, {matches:,} matches on 6 fields, {name}",
                ours=ours * 1_000,
                unit="ms",
                base=base * 1_000,
                against="making the rows of the answer",
                goal=f"under {GOAL_MS} ms (the reference: 4.8 s)",
                met=None if quick else ours * 1_000 < GOAL_MS,
                more={"after one fact more": again * 1_000},
            )
        )
    return found


def _before_its_last_fact(event: Event) -> Event:
    """The event while the last of its results was not stated yet; one without results, while its first match ran."""
    over = [match for match in event.matches.values() if match.stage >= Stage.ENDED]
    if over:
        match = replace(over[-1], stage=Stage.LIVE, result=None)
    else:
        first = next(iter(event.matches.values()))
        match = replace(first, stage=Stage.LIVE, start=Start(at_ms=now_after(event)))
    return replace(event, matches={**event.matches, match.id: match})


def _again(row: Row) -> Row:
    return Row(
        match_id=row.match_id,
        plan_ms=row.plan_ms,
        live_ms=row.live_ms,
        length_min=row.length_min,
        status=row.status,
        team1_id=row.team1_id,
        team2_id=row.team2_id,
        referee_ids=row.referee_ids,
        skipped_ms=row.skipped_ms,
        real_start_ms=row.real_start_ms,
        real_end_ms=row.real_end_ms,
    )
