"""How a match is played in a rehearsal: its points, how long it takes and how it ends; by chance or as it was recorded.

A play is a function of the match and a seed, so that it can be asked for again at any moment. States nothing: a
rehearsal does that, through the same commands as a person.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import Ending, SetType, Side
from arctos_desk.tournament.records import Event, Match, Result, Score
from arctos_desk.tournament.tokens import OutcomeSlot
from arctos_desk.tournament.words import Words, say

POINTS_MOST: Final = 200
"""More recorded points than this are stated as a score and not played one by one."""

SETS_MOST: Final = 9
TARGET: Final = 5
"""Points that win a set where nothing says otherwise."""

DEFAULT_LENGTH_MIN: Final = 30


@dataclass(frozen=True, slots=True)
class PlayedPoint:
    """One point; times count from the start of the match."""

    starts_ms: int
    ends_ms: int
    winner: Side
    set_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A match from its start to its end. `note` says in words what was assumed, where something was."""

    lasts_ms: int
    points: tuple[PlayedPoint, ...]
    ending: Ending
    winner: Side | None
    stated_score: Score | None = None
    note: Words | None = None


Plays = Callable[[Event, Solution, Match], Play]
"""How each match goes."""


class Recorded(Protocol):
    """A result that was recorded elsewhere. `set_scores` is empty where only totals are known."""

    @property
    def match_id(self) -> str: ...
    @property
    def result(self) -> Result: ...
    @property
    def started_ms(self) -> Instant: ...
    @property
    def set_scores(self) -> tuple[tuple[int, int], ...]: ...


# as recorded ----------------------------------------------------------------------------------------------------------


def as_recorded(results: Iterable[Recorded], *, with_points: bool = True) -> Plays:
    """Every match as it was recorded. A match without a record is annulled after its length, and its note says so.

    In which order the points of a set fell is not recorded; the set's winner gets the last.
    """
    by_match: Mapping[str, Recorded] = {recorded.match_id: recorded for recorded in results}

    def play(_event: Event, _solution: Solution, match: Match) -> Play:
        recorded = by_match.get(match.id)
        if recorded is None:
            return Play(
                lasts_ms=_length_ms(match),
                points=(),
                ending=Ending.ANNULLED,
                winner=None,
                note=say("No result of {match} was recorded; it is annulled", match=match.name),
            )
        result = recorded.result
        lasts_ms = max(MINUTE_MS, result.ended_ms - recorded.started_ms)
        sets = recorded.set_scores if with_points else ()
        if sum(sum(pair) for pair in sets) > POINTS_MOST:
            sets = ()
        chance = random.Random(f"order/{match.name}")
        sides = [(_shuffled(pair, chance), number) for number, pair in enumerate(sets, start=1)]
        return Play(
            lasts_ms=lasts_ms,
            points=_spread([(side, number) for order, number in sides for side in order], lasts_ms),
            ending=result.ending,
            winner=result.winner,
            stated_score=result.stated_score,
        )

    return play


def _shuffled(score: tuple[int, int], chance: random.Random) -> list[Side]:
    """The points of a set in some order, the last one to whoever won it."""
    last = [] if score[0] == score[1] else [Side.TEAM1 if score[0] > score[1] else Side.TEAM2]
    rest = [Side.TEAM1] * (score[0] - (Side.TEAM1 in last)) + [Side.TEAM2] * (score[1] - (Side.TEAM2 in last))
    chance.shuffle(rest)
    return rest + last


# by chance ------------------------------------------------------------------------------------------------------------


def by_chance(seed: str) -> Plays:
    """Every match played at random, always the same for a seed: stronger teams win more often.

    A draw happens only where the mode has room for one and nothing waits for a winner.
    """

    played: dict[tuple[str, str | None, str | None], Play] = {}

    def play(event: Event, solution: Solution, match: Match) -> Play:
        # Asked for at every step of the day while the match runs.
        row = solution.rows[match.id]
        key = (match.id, row.team1_id, row.team2_id)
        if key not in played:
            played[key] = _play(event, row, match)
        return played[key]

    def _play(event: Event, row: Row, match: Match) -> Play:
        chance = random.Random(f"{seed}/{match.name}")
        edge = _edge(event, row, seed)
        lasts_ms = int(_length_ms(match) * chance.uniform(0.8, 1.08)) // 1_000 * 1_000
        needs_winner = waits_for_winner(event, match)
        if match.set_type is SetType.STONES:
            order = _stones(match, edge, chance, needs_winner)
        else:
            order = _sets(match, edge, chance, needs_winner)
        winner = _leader(match, order)
        return Play(
            lasts_ms=max(MINUTE_MS, lasts_ms),
            points=_spread(order, max(MINUTE_MS, lasts_ms)),
            ending=Ending.DRAW if winner is None else Ending.NORMAL,
            winner=winner,
        )

    return play


def waits_for_winner(event: Event, match: Match) -> bool:
    """Whether a slot waits for the winner or loser of a match, or a script speaks of it."""
    for other in event.matches.values():
        for slot in (other.team1, other.team2, *other.referees):
            if isinstance(slot, OutcomeSlot) and slot.match_id == match.id:
                return True
    named = re.compile(r"[{\[]\s*" + re.escape(match.name) + r"\s*(?:\}|::)")
    expressions = (
        *(tag.expression for tag in event.tags.values()),
        *(variable.expression for variable in event.variables.values()),
        *(other.skip_condition for other in event.matches.values()),
    )
    return any(named.search(expression) for expression in expressions if expression)


def _edge(event: Event, row: Row, seed: str) -> float:
    """How likely the first team wins a point."""
    one, other = (
        random.Random(f"{seed}/team/{event.teams[team_id].key}").random() if team_id in event.teams else 0.5
        for team_id in (row.team1_id or "", row.team2_id or "")
    )
    return 0.5 + (one - other) * 0.35


def _sets(match: Match, edge: float, chance: random.Random, needs_winner: bool) -> list[tuple[Side, int]]:
    """Sets to a target: an odd number until one side has most of them, an even number to the end."""
    count = min(match.sets or 1, SETS_MOST)
    to_win = count // 2 + 1
    won = {Side.TEAM1: 0, Side.TEAM2: 0}
    order: list[tuple[Side, int]] = []
    number = 0
    while True:
        number += 1
        score = {Side.TEAM1: 0, Side.TEAM2: 0}
        while max(score.values()) < TARGET:
            side = Side.TEAM1 if chance.random() < edge else Side.TEAM2
            score[side] += 1
            order.append((side, number))
        won[max(score, key=lambda side: score[side])] += 1
        over = max(won.values()) >= to_win if count % 2 else number >= count
        if over and not (needs_winner and won[Side.TEAM1] == won[Side.TEAM2]):
            return order


def _stones(match: Match, edge: float, chance: random.Random, needs_winner: bool) -> list[tuple[Side, int]]:
    """A number of points per set that time leaves room for; one more where a winner is needed."""
    count = min(match.sets or 1, SETS_MOST)
    order = [
        (Side.TEAM1 if chance.random() < edge else Side.TEAM2, number)
        for number in range(1, count + 1)
        for _ in range(chance.randint(4, 8))
    ]
    if needs_winner and _leader(match, order) is None:
        order.append((Side.TEAM1 if chance.random() < edge else Side.TEAM2, count))
    return order


def _leader(match: Match, order: list[tuple[Side, int]]) -> Side | None:
    """Who the head referee of a rehearsal calls the winner: more sets, in a match by stones more points."""
    lead = 0
    for number in sorted({number for _, number in order}):
        ahead = sum(1 if side is Side.TEAM1 else -1 for side, where in order if where == number)
        lead += ahead if match.set_type is SetType.STONES else (ahead > 0) - (ahead < 0)
    return None if lead == 0 else Side.TEAM1 if lead > 0 else Side.TEAM2


def _spread(order: list[tuple[Side, int]], lasts_ms: int) -> tuple[PlayedPoint, ...]:
    """Points one after the other over the whole match, with a rest between them."""
    step = lasts_ms // max(1, len(order))
    return tuple(
        PlayedPoint(place * step, place * step + step * 3 // 4, side, number)
        for place, (side, number) in enumerate(order)
    )


def _length_ms(match: Match) -> int:
    return max(1, match.length_min or DEFAULT_LENGTH_MIN) * MINUTE_MS
