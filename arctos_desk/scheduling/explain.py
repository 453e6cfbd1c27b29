"""Why a row has its time: the chain of reasons down to a fact. Works no time out: it reads what the solver found.

The first reason is about the row itself, each next one about what the one before rests on, the last one is a
fact: a time that somebody set, a start, an end. The times add up: each step's moment is the next step's moment
plus `plus_ms`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arctos_desk.scheduling.graph import BREAK, EVER, JOIN, SAFE, STATBREAK, STATIC
from arctos_desk.scheduling.live import Day
from arctos_desk.scheduling.solution import Solution
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import Stage, Status
from arctos_desk.tournament.records import Event, Match
from arctos_desk.tournament.tokens import OutcomeSlot
from arctos_desk.tournament.words import Clock, Words, say

LONGEST: Final = 10_000
"""Steps after which a chain is cut off; only a broken solution could get there."""


@dataclass(frozen=True, slots=True)
class Because:
    """One step: what is said, of which record, the moment it gives, and what it adds to the next step's moment."""

    words: Words
    about: str
    at_ms: Instant | None
    plus_ms: int = 0
    is_fact: bool = False


def explain(event: Event, solution: Solution, match_id: str) -> tuple[Because, ...]:
    """Why a match has its live time, or began when it began; empty for a row that has no time at all."""
    day = solution.day
    if day is None or match_id not in day.graph.index:
        return ()
    steps: list[Because] = []
    n: int | None = day.graph.node[day.graph.index[match_id]]
    moment: int | None = None
    began = event.matches[match_id].start if match_id in event.matches else None
    if began is not None and day.graph.matches[day.graph.index[match_id]].stage >= Stage.LIVE and n is not None:
        return (_start(day, n),)
    while n is not None and len(steps) < LONGEST:
        n, moment = _step(event, day, n, moment, steps)
    return tuple(steps)


def _step(event: Event, day: Day, n: int, moment: int | None, steps: list[Because]) -> tuple[int | None, int | None]:
    """Say why a row that has not begun has its time; returns what to explain next, None after a fact."""
    graph = day.graph
    match = graph.matches[n]
    about = ref("match", match.id)
    kind = graph.kind[n]
    locked = day.locked.get(n)
    if kind in (STATIC, STATBREAK):
        if day.plan[n] > EVER:
            words = say("{match} is set for {time}", match=match.name, time=Clock(day.plan[n]))
            steps.append(Because(words, about, day.plan[n], is_fact=True))
        return None, None
    waits: Sequence[int] = day.waits(n)
    if kind not in (BREAK, JOIN) and locked is not None:
        moment, waits = locked
        words = say("The time of {match} has been fixed since {time}", match=match.name, time=Clock(moment))
        steps.append(Because(words, about, day.live[n]))
    elif kind not in (BREAK, JOIN):
        moment = None
    given = [(_given(day, n, dep, moment), dep) for dep in waits]
    best = max((one for one in given if one[0] > EVER), default=None)
    if best is None:
        if day.live[n] > EVER:
            words = say(
                "{match} waits for nothing and keeps its plan, {time}", match=match.name, time=Clock(day.live[n])
            )
            steps.append(Because(words, about, day.live[n], is_fact=True))
        return None, None
    at, dep = best
    source = graph.matches[dep]
    link = _link(event, day, n, dep)
    status = day.status[dep]
    begins_with = dep in graph.starts[n]
    is_game = graph.kind[dep] < BREAK
    over = is_game and day.over[dep] <= (day.over[dep] if moment is None else moment)
    if status is Status.SKIPPED and over:
        plus = at - day.live[dep]
        steps.append(Because(_with_minutes(link, source, plus), about, at, plus))
        words = say("{match} is skipped", match=source.name)
        steps.append(Because(words, ref("match", source.id), day.live[dep]))
        return dep, None
    if status is Status.COMPLETED and over and not begins_with:
        steps.append(Because(link, about, at))
        words = say("{match} ended at {time}", match=source.name, time=Clock(at))
        steps.append(Because(words, ref("match", source.id), at, is_fact=True))
        return None, None
    if is_game and day.began[dep] <= (day.began[dep] if moment is None else moment) and status in _PLAYED:
        plus = at - day.began[dep]
        steps.append(Because(_with_minutes(link, source, plus), about, at, plus))
        steps.append(_start(day, dep))
        return None, None
    plus = 0 if begins_with else max(graph.length[dep], 0)
    steps.append(Because(_with_minutes(link, source, plus), about, at, plus))
    return dep, moment


_PLAYED: Final = (Status.IN_PROGRESS, Status.COMPLETED)


def _given(day: Day, n: int, dep: int, moment: int | None) -> int:
    """The time that one waited-for row gives, now or as it was at a moment."""
    graph = day.graph
    kind, length = graph.kind[dep], graph.length[dep]
    span = length if length >= 0 else 2 * EVER
    begins_with = dep in graph.starts[n]
    full = graph.kind[n] == SAFE
    if kind in (BREAK, JOIN):
        if moment is None or day.over[dep] <= moment:
            return day.live[dep] + span if day.live[dep] > EVER else 2 * EVER
        at = max((_given(day, dep, one, moment) for one in day.waits(dep)), default=2 * EVER)
        at = at if at > EVER else day.plan[dep]
        return at + span if at > EVER else at
    if kind == STATBREAK:
        return day.live[dep] + (0 if begins_with else span)
    status = day.status[dep]
    if day.over[dep] <= (day.over[dep] if moment is None else moment):
        if status is Status.SKIPPED:
            return day.live[dep] + (max(length, 0) if full else 0)
        if status is Status.COMPLETED:
            return day.began[dep] if begins_with else day.over[dep]
    if status in _PLAYED and day.began[dep] <= (day.began[dep] if moment is None else moment):
        return day.began[dep] + (0 if begins_with else span)
    return day.live[dep] + (0 if begins_with else span)


def _start(day: Day, n: int) -> Because:
    match = day.graph.matches[n]
    at = match.start.at_ms if match.start is not None else day.began[n]
    late = (at - day.plan[n]) // MINUTE_MS if day.plan[n] > EVER else 0
    if late > 0:
        words = say("{match} began at {time}, {minutes} min late", match=match.name, time=Clock(at), minutes=late)
    elif late < 0:
        words = say("{match} began at {time}, {minutes} min early", match=match.name, time=Clock(at), minutes=-late)
    else:
        words = say("{match} began at {time}", match=match.name, time=Clock(at))
    return Because(words, ref("match", match.id), at, is_fact=True)


def _with_minutes(link: Words, source: Match, plus_ms: int) -> Words:
    if plus_ms <= 0:
        return link
    return say("{why}; {source} takes {minutes} min", why=link, source=source.name, minutes=plus_ms // MINUTE_MS)


def _link(event: Event, day: Day, n: int, dep: int) -> Words:
    """Why one row waits for another."""
    graph = day.graph
    match, source = graph.matches[n], graph.matches[dep]
    rows = graph.members.get(n, [n])
    if graph.kind[n] == BREAK:
        rows = [
            place for place, one in enumerate(graph.matches) if graph.kind[place] == BREAK and one.name == match.name
        ]
    for row in rows:
        previous = graph.matches[row].previous_id
        if previous in graph.index and graph.node[graph.index[previous or ""]] == dep:
            place = event.fields.get(graph.matches[row].field_id or "")
            if place is None:
                return say("{match} follows {source}", match=match.name, source=source.name)
            return say("{match} follows {source} on {field}", match=match.name, source=source.name, field=place.name)
    for slot in (match.team1, match.team2, *match.referees):
        if (
            isinstance(slot, OutcomeSlot)
            and slot.match_id in graph.index
            and graph.node[graph.index[slot.match_id]] == dep
        ):
            return say("{source} decides who is in {match}", match=match.name, source=source.name)
    if dep in graph.ends[n] or dep in graph.starts[n]:
        return say("The skip condition of {match} needs {source}", match=match.name, source=source.name)
    shared = {team for team, _ in day.slots.known[n]} & {team for team, _ in day.slots.known[dep]} - {None}
    names = tuple(sorted(event.teams[one].name if one in event.teams else one for one in shared if one is not None))
    return say("{teams} is in {source} before {match}", teams=names, match=match.name, source=source.name)
