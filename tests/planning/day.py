"""A simulated day: performs what a rehearsal asks for, straight on the event, and keeps what was done."""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.planning.plays import Plays
from arctos_desk.planning.rehearsal import (
    Done,
    EnterPoints,
    FinishMatch,
    StartMatch,
    Step,
    Stuck,
    begins_ms,
    next_step,
)
from arctos_desk.scheduling.solution import Solution
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.records import Event, Match, Point, Result, Start
from arctos_desk.tournament.registers import apply, creation, difference, merged


def perform(event: Event, step: Step) -> Event:
    """The event after a step, as the commands of the desk would leave it."""
    if isinstance(step, StartMatch):
        return _changed(event, step.match_id, start=Start(at_ms=step.at_ms), stage=Stage.LIVE)
    if isinstance(step, EnterPoints):
        points = [
            Point(
                id=f"{step.match_id}-{number}",
                match_id=step.match_id,
                start_ms=point.starts_ms,
                end_ms=point.ends_ms,
                winner=point.winner,
                set_number=point.set_number,
                rank=number,
            )
            for number, point in enumerate(step.points, start=1)
        ]
        return apply(event, merged(*(creation(ref("point", point.id), point) for point in points)))
    if isinstance(step, FinishMatch):
        result = Result(ending=step.ending, winner=step.winner, ended_ms=step.at_ms, stated_score=step.stated_score)
        return _changed(event, step.match_id, result=result, stage=Stage.ENDED)
    return event


def _changed(event: Event, match_id: str, **fields: object) -> Event:
    before: Match = event.matches[match_id]
    return apply(event, {ref("match", match_id): difference(before, replace(before, **fields))})


def rehearse(event: Event, plays: Plays, *, steps_most: int = 5_000) -> tuple[Event, Solution, list[Step]]:
    """The whole day. Fails when time runs backwards or no end comes."""
    now_ms = begins_ms(solve(event, now_ms=0))
    done: list[Step] = []
    while len(done) < steps_most:
        solution = solve(event, now_ms=now_ms)
        step = next_step(event, solution, now_ms=now_ms, plays=plays)
        assert step.at_ms >= now_ms
        now_ms = step.at_ms
        done.append(step)
        if isinstance(step, Done | Stuck):
            return event, solution, done
        event = perform(event, step)
    raise AssertionError(f"no end after {steps_most} steps: {done[-3:]}")
