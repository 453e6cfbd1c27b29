"""The hybrid clock: it never goes back, whatever the laptop's clock does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arctos_desk.wire.clock import LAST, MAX_MS, is_clock, pack, tick, unpack

clocks = st.integers(0, 2**64 - 1).map(lambda value: f"{value:016x}")


@given(st.integers(0, MAX_MS), st.integers(0, 65_535))
def test_unpacking_gives_back_what_was_packed(ms: int, counter: int) -> None:
    assert unpack(pack(ms, counter)) == (ms, counter)


@given(st.integers(0, MAX_MS), st.integers(0, MAX_MS))
def test_clocks_sort_as_text_like_their_times(one: int, other: int) -> None:
    assert (pack(one) < pack(other)) == (one < other)


@given(st.one_of(st.just(""), clocks), st.integers(-(2**60), 2**60), st.lists(clocks, max_size=4))
def test_a_tick_comes_after_everything_seen_until_the_last_clock_of_all(last: str, wall: int, seen: list[str]) -> None:
    ticked = tick(last, wall, seen)
    assert is_clock(ticked)
    greatest = max([last, *seen])
    assert ticked > greatest or ticked == greatest == LAST


def test_a_clock_set_back_goes_on_counting() -> None:
    first = tick("", 5_000)
    second = tick(first, 1_000)
    assert unpack(first) == (5_000, 0)
    assert unpack(second) == (5_000, 1)


def test_wall_time_wins_when_it_is_later_than_all_that_was_seen() -> None:
    assert tick(pack(10, 3), 11, [pack(9)]) == pack(11)


def test_a_full_counter_spills_into_the_next_millisecond() -> None:
    assert tick(pack(10, 65_535), 10) == pack(11)


@pytest.mark.parametrize("text", ["", "0", "g" * 16, "A" * 16, "0" * 17])
def test_what_is_no_clock_is_refused(text: str) -> None:
    assert not is_clock(text)
    with pytest.raises(ValueError, match="no clock"):
        unpack(text)


def test_a_counter_has_sixteen_bits() -> None:
    with pytest.raises(ValueError, match="16 bits"):
        pack(1, 65_536)
