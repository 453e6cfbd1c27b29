"""A clock that is set never runs backwards."""

from __future__ import annotations

from arctos_desk.runtime.clock import SetClock, laptop_clock


def test_a_set_clock_stands_still_and_only_moves_forward() -> None:
    clock = SetClock(1_000)
    clock.forward_to(5_000)
    clock.forward_to(2_000)
    assert (clock(), clock()) == (5_000, 5_000)


def test_the_laptop_clock_speaks_of_this_century() -> None:
    assert 1_700_000_000_000 < laptop_clock() < 4_102_444_800_000
