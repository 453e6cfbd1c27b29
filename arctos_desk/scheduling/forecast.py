"""When matches can really be expected: never before now, overruns carried on. Changes no time of the schedule.

The live times keep the reference's ways (quirks 10, 11, 15, 25); the better knowledge stands here, beside them:
* nothing unstarted begins before now, and a running match ends at the earliest now (H012);
* lateness behind a static break is carried on: what follows waits for the break and for what is before it (H047);
* a team or referee that is still on another field is waited for, STATIC matches and equal planned times included
  (H064, H065, H067), and so is a match that still runs on the same field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from arctos_desk.scheduling.graph import BREAK, EVER, NO_TIME, STATBREAK
from arctos_desk.scheduling.solution import Solution
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Stage, Status
from arctos_desk.tournament.records import Event

_LIVE: Final = Stage.LIVE
_ENDED: Final = Stage.ENDED


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a row is expected to begin and to end; what has happened is given as it happened."""

    start_ms: Instant
    end_ms: Instant


def forecast(event: Event, solution: Solution, *, now_ms: Instant) -> Mapping[str, Forecast]:
    """The expected times of every row that has any, in order of creation."""
    day = solution.day
    if day is None:
        return {}
    graph = day.graph
    matches, kinds, length, live, plan = graph.matches, graph.kind, graph.length, day.live, day.plan
    starts = [NO_TIME] * len(graph.matches)
    ends = [NO_TIME] * len(graph.matches)
    team_free: dict[str, int] = {}
    field_free: dict[str, int] = {}
    running: set[int] = set()
    for n, match in enumerate(matches):
        if match.stage is not _LIVE:
            continue
        running.add(n)
        begun = match.start.at_ms if match.start is not None else now_ms
        starts[n] = begun
        ends[n] = max(begun + max(length[n], 0), now_ms)
        for team, _ in day.slots.known[n]:
            if team is not None:
                team_free[team] = max(team_free.get(team, EVER), ends[n])
        if match.field_id is not None:
            field_free[match.field_id] = max(field_free.get(match.field_id, EVER), ends[n])
    status, known, conflicts, waits, early = day.status, day.slots.known, day.conflicts, graph.ends, graph.starts
    end_of = ends.__getitem__
    for n in day.order:
        if n in running:
            continue
        match = matches[n]
        kind = kinds[n]
        if kind < BREAK and match.stage >= _ENDED:
            result, start = match.result, match.start
            end = day.over[n] if result is None else result.ended_ms
            starts[n] = end if start is None else min(end, start.at_ms)
            ends[n] = end
            continue
        span = max(length[n], 0)
        before = max(map(end_of, waits[n]), default=NO_TIME)
        if early[n]:
            before = max(before, *map(end_of, early[n]))
        if conflicts[n]:
            before = max(before, *map(end_of, conflicts[n]))
        if kind == STATBREAK:
            if plan[n] > EVER:
                starts[n] = plan[n]
                ends[n] = max(plan[n] + span, before)
        elif kind >= BREAK:
            done = status[n] is Status.COMPLETED
            if live[n] > EVER or before > EVER:
                starts[n] = live[n] if done and live[n] > EVER else max(live[n], before, now_ms)
                ends[n] = starts[n] + span
        elif status[n] is Status.SKIPPED:
            # it takes no time, but what follows waits for whatever it waited for
            if live[n] > EVER or before > EVER:
                starts[n] = ends[n] = max(live[n], before)
        else:
            at = max(live[n], before)
            teams = [team for team, _ in known[n] if team is not None]
            for team in teams:
                if team in team_free and team_free[team] > at:
                    at = team_free[team]
            if match.field_id is not None:
                at = max(at, field_free.get(match.field_id, EVER))
            if at > EVER:
                starts[n] = max(at, now_ms)
                end = ends[n] = starts[n] + span
                for team in teams:
                    if team not in team_free or team_free[team] < end:
                        team_free[team] = end
    found: dict[str, Forecast] = {}
    there = event.matches
    for match, n in zip(matches, graph.node, strict=True):
        if starts[n] > EVER and match.id in there:
            found[match.id] = Forecast(starts[n], ends[n])
    return found


def lateness(event: Event, solution: Solution, expected: Mapping[str, Forecast]) -> Mapping[str, int]:
    """How late each field runs, in ms, negative when early: from its running match, else from the next one to begin.

    A running match that overran counts by its end, so that the field is late before anybody presses finish.
    """
    late: dict[str, int] = {}
    nearest: dict[str, tuple[bool, Instant]] = {}
    for match in event.matches.values():
        row = solution.rows.get(match.id)
        seen = expected.get(match.id)
        if match.field_id is None or row is None or seen is None or row.plan_ms is None or not match.kind.is_game:
            continue
        if row.status in (Status.COMPLETED, Status.SKIPPED):
            continue
        begun = row.status is Status.IN_PROGRESS
        key = (not begun, seen.start_ms)
        if match.field_id in nearest and nearest[match.field_id] <= key:
            continue
        nearest[match.field_id] = key
        by_start = seen.start_ms - row.plan_ms
        by_end = seen.end_ms - row.plan_ms - row.length_min * 60_000
        late[match.field_id] = max(by_start, by_end) if begun else by_start
    return late
