"""Stones are beats crossed, and a score is counted points: the rules of the pitch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.matches.beat import stones_between, stones_left
from arctos_desk.matches.score import (
    next_set_number,
    open_point,
    points_of_sides,
    proposed_winner,
    score_by_set,
    sets_of_sides,
)
from arctos_desk.tournament.instants import BEAT_MS
from arctos_desk.tournament.kinds import Side
from arctos_desk.tournament.records import Point


def _point(
    number: int,
    winner: Side | None = None,
    *,
    rerun: bool = False,
    set_number: int = 1,
    start: int = 0,
    end: int | None = 1_500,
) -> Point:
    return Point(
        id=f"p{number}",
        match_id="m",
        start_ms=start,
        end_ms=end,
        winner=winner,
        rerun=rerun,
        set_number=set_number,
        rank=number,
    )


def test_a_point_shorter_than_a_beat_may_still_cross_one() -> None:
    assert stones_between(1_499, 1_500) == 1
    assert stones_between(1_500, 2_999) == 0


@given(st.integers(0, 10**13), st.integers(0, 10**7), st.integers(0, 10**7))
def test_stones_of_two_halves_are_the_stones_of_the_whole(start: int, first: int, second: int) -> None:
    middle, end = start + first, start + first + second
    assert stones_between(start, end) == stones_between(start, middle) + stones_between(middle, end)


def test_a_rerun_gives_its_stones_back() -> None:
    counted = _point(1, start=0, end=10 * BEAT_MS)
    rerun = _point(2, start=20 * BEAT_MS, end=25 * BEAT_MS, rerun=True)
    assert stones_left([counted], 100, 0) == 90
    assert stones_left([counted, rerun], 100, 0) == 90


def test_the_stone_counter_never_goes_below_zero() -> None:
    assert stones_left([_point(1, start=0, end=500 * BEAT_MS)], 100, 0) == 0


def test_a_rerun_point_and_a_point_without_winner_count_for_nobody() -> None:
    points = [_point(1, Side.TEAM1), _point(2, Side.TEAM2, rerun=True), _point(3), _point(4, Side.TEAM1, set_number=2)]
    assert [(one.number, one.team1, one.team2) for one in score_by_set(points)] == [(1, 1, 0), (2, 1, 0)]
    assert points_of_sides(points) == (2, 0)
    assert sets_of_sides(points) == (2, 0)


def test_the_hint_follows_sets_then_points_and_says_nothing_when_level() -> None:
    one, two = Side.TEAM1, Side.TEAM2
    level_sets = [_point(1, one), _point(2, one), _point(3, two, set_number=2)]
    assert proposed_winner(level_sets) is one
    assert proposed_winner([_point(1, one), _point(2, two, set_number=2)]) is None
    assert proposed_winner([]) is None


def test_the_next_point_is_in_the_set_of_the_latest() -> None:
    assert next_set_number([]) == 1
    assert next_set_number([_point(1, set_number=3)]) == 3


def test_an_open_point_is_found_after_a_restart() -> None:
    assert open_point([_point(1), _point(2, end=None)]) == _point(2, end=None)
    assert open_point([_point(1)]) is None
