"""The score of a match from its points: per set and side, reruns left out. States no winner: the head referee does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arctos_desk.tournament.kinds import Side
from arctos_desk.tournament.records import Point


@dataclass(frozen=True, slots=True)
class SetScore:
    """One set: its number and the counted points of both sides."""

    number: int
    team1: int
    team2: int

    @property
    def leader(self) -> Side | None:
        if self.team1 == self.team2:
            return None
        return Side.TEAM1 if self.team1 > self.team2 else Side.TEAM2


def score_by_set(points: Iterable[Point]) -> tuple[SetScore, ...]:
    """Counted points per set, in the order of the sets; a rerun or a point without winner counts for nobody (A109)."""
    counted: dict[int, list[int]] = {}
    for point in points:
        sides = counted.setdefault(point.set_number, [0, 0])
        if point.rerun or point.winner is None:
            continue
        sides[0 if point.winner is Side.TEAM1 else 1] += 1
    return tuple(SetScore(number, sides[0], sides[1]) for number, sides in sorted(counted.items()))


def points_of_sides(points: Iterable[Point]) -> tuple[int, int]:
    """Counted points of both sides over all sets."""
    sets = score_by_set(points)
    return sum(one.team1 for one in sets), sum(one.team2 for one in sets)


def sets_of_sides(points: Iterable[Point]) -> tuple[int, int]:
    """Sets led by each side; a level set is nobody's."""
    leaders = [one.leader for one in score_by_set(points)]
    return leaders.count(Side.TEAM1), leaders.count(Side.TEAM2)


def proposed_winner(points: Sequence[Point]) -> Side | None:
    """A hint for the head referee: who leads in sets, else in points; None when level. Never stored by itself."""
    for one, other in (sets_of_sides(points), points_of_sides(points)):
        if one != other:
            return Side.TEAM1 if one > other else Side.TEAM2
    return None


def open_point(points: Sequence[Point]) -> Point | None:
    """The point that was started and has no end yet; the latest one if there are several."""
    running = [point for point in points if point.end_ms is None]
    return running[-1] if running else None


def next_set_number(points: Sequence[Point]) -> int:
    """The set of the next point: that of the latest one, else the first (A103)."""
    return points[-1].set_number if points else 1
