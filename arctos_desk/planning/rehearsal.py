"""Plays a day before it happens: names the next thing to do, until every match is over or nobody can go on.

Each step is what a person at a desk would do next, worked out afresh from the event, its schedule and the clock.
Whoever asks performs it through the ordinary commands and asks again. Decides nothing where people would have to: then
the rehearsal is stuck and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from arctos_desk.planning.plays import PlayedPoint, Plays
from arctos_desk.scheduling.gate import why_not_start
from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Status
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.records import Event, Match, Score
from arctos_desk.tournament.words import Words, say


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMatch:
    """Start this match now."""

    at_ms: Instant
    match_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPoints:
    """Enter the points of a running match; their times are instants of the day."""

    at_ms: Instant
    match_id: str
    points: tuple[PlayedPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishMatch:
    """State how a match ended. A bye is finished without having been started (`started` is false)."""

    at_ms: Instant
    match_id: str
    ending: Ending
    winner: Side | None
    stated_score: Score | None = None
    started: bool = True
    note: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing to do before this moment; ask again then."""

    at_ms: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Matches are left that nobody can start: why, match by match."""

    at_ms: Instant
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Every match is over."""

    at_ms: Instant


Step = StartMatch | EnterPoints | FinishMatch | Wait | Stuck | Done


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the day's matches are over; skipped ones are."""

    over: int
    matches: int


def begins_ms(solution: Solution) -> Instant:
    """The first moment of the schedule: when a rehearsal sets its clock to work. 0 for a schedule without times."""
    times = [time for row in solution.rows.values() for time in (row.plan_ms, row.live_ms) if time is not None]
    return min(times, default=0)


def progress(event: Event, solution: Solution) -> Progress:
    """How far the day has come."""
    games = [solution.rows[match.id] for match in event.matches.values() if match.kind.is_game]
    return Progress(sum(row.status in _OVER for row in games), len(games))


def next_step(event: Event, solution: Solution, *, now_ms: Instant, plays: Plays) -> Step:
    """The next thing to do, at its moment, never before now. `solution` is the schedule as of now.

    Ends are before starts of the same moment, so that a field is free when its next match is due.
    """
    candidates: list[tuple[Instant, int, int, Step]] = []
    entered = {point.match_id for point in event.points.values()}
    for match in event.matches.values():
        row = solution.rows[match.id]
        step = _due(event, solution, match, row, now_ms, plays, entered)
        if step is not None:
            candidates.append((step.at_ms, _ORDER[type(step)], match.rank, step))
    for _, _, _, step in sorted(candidates, key=lambda candidate: candidate[:3]):
        if not isinstance(step, StartMatch):
            return step
        if not why_not_start(event, solution, step.match_id, now_ms=step.at_ms):
            return step
    left = [
        match for match in event.matches.values() if match.kind.is_game and solution.rows[match.id].status not in _OVER
    ]
    if not left:
        return Done(at_ms=now_ms)
    return Stuck(at_ms=now_ms, reasons=tuple(_reasons(event, solution, left, now_ms)))


_OVER = frozenset({Status.COMPLETED, Status.SKIPPED})
_ORDER: dict[type[Step], int] = {Wait: 0, EnterPoints: 1, FinishMatch: 2, StartMatch: 3}


def _due(
    event: Event, solution: Solution, match: Match, row: Row, now_ms: Instant, plays: Plays, entered: set[str]
) -> Step | None:
    """What this row asks to be done next, and when."""
    planned_ms = row.live_ms if row.live_ms is not None else row.plan_ms
    if match.kind is MatchKind.STATBREAK:
        # Nothing happens, but what stands behind the break may start from then on.
        return Wait(at_ms=planned_ms) if planned_ms is not None and planned_ms > now_ms else None
    if not match.kind.is_game or row.status in _OVER:
        return None
    if row.status is Status.IN_PROGRESS and match.start is not None:
        return _going_on(event, solution, match, match.start.at_ms, now_ms, plays, match.id in entered)
    at_ms = max(now_ms, planned_ms or now_ms)
    if _is_bye(match, row):
        if match.previous_id is not None and solution.rows[match.previous_id].status not in _OVER:
            return None
        play = plays(event, solution, match)
        winner = Side.TEAM1 if match.team2 is None else Side.TEAM2
        return FinishMatch(
            at_ms=at_ms,
            match_id=match.id,
            ending=Ending.BYE,
            winner=winner if play.ending is not Ending.BYE else play.winner,
            stated_score=play.stated_score,
            started=False,
            note=say("{match} is a bye", match=match.name),
        )
    if row.status is Status.READY_TO_START:
        return StartMatch(at_ms=at_ms, match_id=match.id)
    return None


def _going_on(
    event: Event, solution: Solution, match: Match, started_ms: Instant, now_ms: Instant, plays: Plays, entered: bool
) -> Step:
    """A running match: its points, then its end, both when it is over."""
    play = plays(event, solution, match)
    at_ms = max(now_ms, started_ms + play.lasts_ms)
    if play.points and not entered:
        points = tuple(
            replace(point, starts_ms=started_ms + point.starts_ms, ends_ms=started_ms + point.ends_ms)
            for point in play.points
        )
        return EnterPoints(at_ms=at_ms, match_id=match.id, points=points)
    return FinishMatch(
        at_ms=at_ms,
        match_id=match.id,
        ending=play.ending,
        winner=play.winner,
        stated_score=play.stated_score,
        note=play.note,
    )


def _is_bye(match: Match, row: Row) -> bool:
    """One side has a team and the other has nothing that could ever become one."""
    return (match.team1 is None and row.team2_id is not None) or (match.team2 is None and row.team1_id is not None)


def _reasons(event: Event, solution: Solution, left: list[Match], now_ms: Instant) -> list[Reason]:
    reasons: list[Reason] = []
    for match in left:
        for reason in why_not_start(event, solution, match.id, now_ms=now_ms):
            words = say("{match}: {reason}", match=match.name, reason=reason.words)
            reasons.append(Reason(reason.code, words, reason.about or f"match/{match.id}"))
    return reasons
