"""The schedule of a day, told as a day."""

from __future__ import annotations

import pytest

from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.kinds import Ending, Status
from arctos_desk.tournament.records import Event
from tests.scheduling.events import at, ended, event, row, started


def live(event_: Event, match: str, now: str = "09:00") -> str:
    moment = solve(event_, now_ms=at(now)).rows[match].live_ms
    assert moment is not None
    seconds = (moment - at("00:00")) // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


def status(event_: Event, match: str, now: str = "09:00") -> Status:
    return solve(event_, now_ms=at(now)).rows[match].status


@pytest.fixture
def chain() -> Event:
    return event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "SAFE", after="A1", teams=("Gelb", "Lila")),
        row("A3", "FAST", after="A2", teams=("Rot", "Gelb")),
    )


def test_safe_keeps_its_time_once_the_match_before_it_has_started(chain: Event) -> None:
    assert live(chain, "A2") == "10:30"
    running = started(chain, "A1", "10:10")
    assert (live(running, "A2"), status(running, "A2")) == ("10:40", Status.TIME_FINALIZED)
    over = ended(running, "A1", "10:20")
    assert (live(over, "A2"), status(over, "A2")) == ("10:40", Status.READY_TO_START)


def test_fast_follows_reality_until_what_is_before_it_is_over(chain: Event) -> None:
    day = ended(started(chain, "A1", "10:00"), "A1", "10:20")
    day = started(day, "A2", "10:25")
    assert live(day, "A3") == "10:55"
    day = ended(day, "A2", "10:40")
    assert (live(day, "A3"), status(day, "A3")) == ("10:40", Status.READY_TO_START)


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.SKIPPED])
def test_every_ending_finishes_a_match_like_a_win_does(chain: Event, ending: Ending) -> None:
    day = ended(started(chain, "A1", "10:00"), "A1", "10:20", None, ending)
    assert status(day, "A1") is Status.COMPLETED
    assert status(day, "A2") is Status.READY_TO_START


def test_the_winner_of_a_draw_stays_open() -> None:
    cup = event(
        row("Semi", start="10:00", teams=("Rot", "Blau")),
        row("Final", "FAST", after="Semi", teams=("Semi::winner", "Gelb")),
    )
    drawn = ended(started(cup, "Semi", "10:00"), "Semi", "10:30", None, Ending.DRAW)
    final = solve(drawn, now_ms=at("11:00")).rows["Final"]
    assert (final.team1_id, final.status) == (None, Status.NOT_STARTED)


def test_the_plan_does_not_move_when_matches_start_or_end(chain: Event) -> None:
    planned = {name: found.plan_ms for name, found in solve(chain, now_ms=at("09:00")).rows.items()}
    day = ended(started(chain, "A1", "10:40"), "A1", "11:50")
    assert {name: found.plan_ms for name, found in solve(day, now_ms=at("12:00")).rows.items()} == planned


def test_rows_of_one_break_start_together_and_rows_of_one_join_are_one_moment() -> None:
    cup = event(
        row("A1", start="10:00", length=30),
        row("B1", field="South", start="10:00", length=50),
        row("Lunch", "BREAK", after="A1", length=40, id_="Lunch@North"),
        row("Lunch", "BREAK", field="South", after="B1", length=30, id_="Lunch@South"),
        row("End", "JOIN", after="Lunch@North", length=0, id_="End@North"),
        row("End", "JOIN", field="South", after="Lunch@South", length=0, id_="End@South"),
    )
    assert live(cup, "Lunch@North") == live(cup, "Lunch@South") == "10:50"
    assert live(cup, "End@North") == live(cup, "End@South") == "11:30"


def test_a_skipped_match_counts_in_full_for_safe_and_not_at_all_for_fast(chain: Event) -> None:
    day = ended(ended(started(chain, "A1", "10:00"), "A1", "10:30"), "A2", "10:31", None, Ending.SKIPPED)
    assert status(day, "A2") is Status.SKIPPED
    assert live(day, "A3") == "10:30"


def test_a_ring_of_references_is_placed_along_its_chain_and_named() -> None:
    cup = event(
        row("S", start="10:00"),
        row("X", "SAFE", after="S", teams=("Y::loser", "Gelb")),
        row("Y", "SAFE", after="X", teams=("X::loser", "Lila")),
        row("Z", "SAFE", after="Y"),
    )
    solution = solve(cup, now_ms=at("09:00"))
    assert solution.in_cycle == {"X", "Y", "Z"}
    assert [live(cup, name) for name in "XYZ"] == ["10:30", "11:00", "11:30"]


# where we do better than the reference: one test per decided quirk


def test_a_decided_source_keeps_its_place_in_the_plan_and_its_real_end() -> None:
    """Quirks 1 and 2 (H021, H097)."""
    cup = event(
        row("A1", start="10:00", length=60, teams=("Rot", "Blau")),
        row("B1", field="South", start="09:00", length=30, teams=("Gelb", "Lila")),
        row("B2", "FAST", field="South", after="B1", teams=("A1::winner", "Gelb")),
    )
    day = ended(started(cup, "A1", "10:20"), "A1", "11:30")
    day = ended(started(day, "B1", "09:00"), "B1", "09:30")
    rows = solve(day, now_ms=at("11:31")).rows
    assert rows["B2"].plan_ms == at("11:00")
    assert live(day, "B2", "11:31") == "11:30"


def test_a_row_that_waits_for_nothing_keeps_its_plan() -> None:
    """Quirk 4 (H010)."""
    cup = event(row("A1", "FAST", start="10:00"))
    assert live(cup, "A1") == "10:00"


def test_fast_has_no_locked_state() -> None:
    """Quirk 6 (H101): a FAST that was SAFE yesterday follows reality like any other."""
    cup = event(row("A1", start="10:00"), row("A2", "FAST", after="A1"))
    day = started(cup, "A1", "10:20")
    assert (status(day, "A2", "10:21"), live(day, "A2", "10:21")) == (Status.NOT_STARTED, "10:50")


def test_a_break_and_a_match_of_one_name_are_never_mistaken() -> None:
    """Quirk 12 (H045)."""
    cup = event(
        row("Final", start="10:00", teams=("Rot", "Blau")),
        row("Final", "BREAK", after="Final", length=10, id_="break"),
        row("Next", "FAST", after="break", teams=("Final::winner", "Gelb")),
    )
    day = ended(started(cup, "Final", "10:00"), "Final", "10:30")
    assert solve(day, now_ms=at("10:31")).rows["Next"].team1_id == "Rot"
    assert live(day, "Next", "10:31") == "10:40"


def test_what_is_behind_a_ring_is_placed_after_it() -> None:
    """Quirk 13 (H071): alphabetical order plays no part."""
    cup = event(
        row("S", start="10:00"),
        row("Z", "SAFE", after="S", teams=("Y::loser", "Gelb")),
        row("Y", "SAFE", after="Z", teams=("Z::loser", "Lila")),
        row("A", "SAFE", after="Y"),
        row("B", "SAFE", field="South", teams=("A::winner", "Hell")),
    )
    assert [live(cup, name) for name in ("Z", "Y", "A", "B")] == ["10:30", "11:00", "11:30", "12:00"]


def test_a_conflict_that_would_close_a_ring_is_left_out() -> None:
    """Quirk 14 (H068): the static match is linked behind the one that would have to wait for it."""
    cup = event(
        row("A1", start="11:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("Gelb", "Lila")),
        row("A3", start="10:00", field="South", teams=("Gelb", "Hell"), referees=("A2::winner",)),
    )
    solution = solve(cup, now_ms=at("09:00"))
    assert solution.in_cycle == frozenset()
    assert live(cup, "A2") == "11:30"


def test_a_break_that_waits_for_nothing_is_never_over() -> None:
    """Quirk 27 (H102)."""
    cup = event(row("Lunch", "BREAK"), row("A1", "FAST", after="Lunch", teams=("Rot", "Blau")))
    rows = solve(cup, now_ms=at("12:00")).rows
    assert (rows["Lunch"].status, rows["Lunch"].live_ms) == (Status.NOT_STARTED, None)


# where we keep the reference's times


def test_a_match_that_was_skipped_while_it_ran_ends_at_its_live_time() -> None:
    """Quirk 10."""
    cup = event(row("A1", start="10:00"), row("A2", "FAST", after="A1"))
    day = ended(started(cup, "A1", "10:30"), "A1", "10:50", None, Ending.SKIPPED)
    assert live(day, "A2", "10:51") == "10:00"


def test_a_lock_is_lost_when_a_result_reveals_a_conflict_that_has_not_begun() -> None:
    """R907, step 4."""
    cup = event(
        row("A1", start="09:00", length=15, teams=("Rot", "Blau")),
        row("B1", field="South", start="09:00", teams=("A1::winner", "Hell")),
        row("C1", field="East", start="09:20", length=10, teams=("Gelb", "Lila")),
        row("C2", "SAFE", field="East", after="C1", teams=("Dunkel", "A1::winner")),
    )
    day = started(started(cup, "A1", "09:05"), "C1", "09:20")
    assert (status(day, "C2", "09:21"), live(day, "C2", "09:21")) == (Status.TIME_FINALIZED, "09:30")
    day = ended(day, "A1", "09:25")
    assert (status(day, "C2", "09:26"), live(day, "C2", "09:26")) == (Status.NOT_STARTED, "09:30")
    assert solve(day, now_ms=at("09:26")).rows["B1"].status is Status.READY_TO_START


def test_a_row_put_in_place_later_earns_no_lock_before() -> None:
    cup = event(row("A1", start="10:00"), row("A2", "SAFE", after="A1"))
    day = ended(started(cup, "A1", "10:00"), "A1", "10:20")
    assert live(day, "A2", "10:25") == "10:30"
    late = solve(day, now_ms=at("10:25"), placed={"A2": at("10:24")}).rows["A2"]
    assert (late.live_ms, late.status) == (at("10:20"), Status.READY_TO_START)
