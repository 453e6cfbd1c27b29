"""What Today says, without a window: times, what a press states, what stands in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from arctos_desk.operations import commands
from arctos_desk.operations.commands import Acting
from arctos_desk.operations.views import MatchView, board_view, match_view, today_view
from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.kinds import Ending, Role, Side
from arctos_desk.ui.panes.today import rows
from arctos_desk.ui.panes.today.rows import FinishChoice
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TestedDesk, desk_with_small_day

SIDES = some.sampled_from(Side)
CHOICES = some.builds(FinishChoice, some.sampled_from(Ending), some.none() | SIDES)


def a1(tested: TestedDesk, acting: Acting = HEAD_REF) -> MatchView:
    view = match_view(tested.desk.state, "m-A1", acting, now_ms=tested.clock())
    assert view is not None
    return view


def started() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.at("2026-05-02T10:04:00")
    tested.does(commands.StartMatch(match="m-A1"))
    return tested


def point(tested: TestedDesk, winner: Side | None = None, set_number: int | None = None) -> str:
    made = str(tested.does(commands.StartPoint(match="m-A1", set_number=set_number)).value)
    tested.clock.forward(ms=10_000)
    tested.does(commands.EndPoint(point=made))
    if winner is not None:
        tested.does(commands.EditPoint(point=made, winner=winner))
    tested.clock.forward(ms=5_000)
    return made


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00"), (28_999, "0:28"), (1_648_000, "27:28"), (3_725_000, "1:02:05"), (-5_000, "0:00")],
)
def test_a_duration_reads_like_a_stopwatch(ms: int, shown: str) -> None:
    assert rows.span(1_000_000, 1_000_000 + ms) == shown


def test_a_press_is_shown_to_the_tenth_of_a_second() -> None:
    assert rows.pressed_at(from_iso("2026-05-02T14:31:11.578")) == "14:31:11.5"


@given(CHOICES, SIDES)
def test_a_second_press_of_the_same_side_takes_it_back(choice: FinishChoice, side: Side) -> None:
    once = rows.press_winner(choice, side)
    assert rows.press_winner(once, side).winner is (None if once.winner is side else side)


@given(CHOICES, some.lists(SIDES | some.sampled_from(Ending), max_size=6))
def test_no_series_of_presses_states_a_winner_where_there_can_be_none(
    choice: FinishChoice, presses: list[Side | Ending]
) -> None:
    choice = FinishChoice()
    for one in presses:
        choice = rows.press_winner(choice, one) if isinstance(one, Side) else rows.press_ending(choice, one)
        assert not (choice.ending in rows.WITHOUT_WINNER and choice.winner is not None)


def test_what_can_be_stated_is_what_the_command_takes() -> None:
    for ending in (Ending.NORMAL, Ending.DRAW, *rows.OTHER_ENDINGS):
        for winner in (None, *Side):
            choice = FinishChoice(ending, winner)
            if choice.winner is not None and ending in rows.WITHOUT_WINNER:
                continue
            tested = started()
            problems = tested.desk.why_not(commands.FinishMatch(match="m-A1", ending=ending, winner=winner), HEAD_REF)
            assert (not problems) is choice.stated, (ending, winner)


def test_a_match_without_points_proposes_nobody() -> None:
    assert rows.proposal(a1(started()))[0] == "No point was recorded"


def test_the_proposal_counts_sets_where_there_are_several() -> None:
    tested = started()
    point(tested, Side.TEAM1)
    assert rows.proposal(a1(tested))[0] == "Angry Ants leads: 1 : 0 in points"
    point(tested, Side.TEAM2, 2)
    point(tested, Side.TEAM2, 2)
    point(tested, Side.TEAM2, 3)
    assert rows.proposal(a1(tested))[0] == "Busy Bees leads: 1 : 2 in sets, 1 : 3 in points"


def test_points_without_a_winner_are_named_before_finishing() -> None:
    tested = started()
    point(tested)
    rerun = point(tested)
    tested.does(commands.EditPoint(point=rerun, rerun=True))
    point(tested, Side.TEAM1)
    assert rows.winner_less_points(a1(tested)) == (1,)


def test_the_summary_holds_every_point_once() -> None:
    tested = started()
    for number in range(5):
        point(tested, Side.TEAM1, 1 + number // 3)
    told = [one for row in rows.summary_rows(a1(tested)) for one in row.points]
    assert [number for number, _, _ in told] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("team", "short"),
    [("Fennel Front", "Fennel"), ("The Paper Menagerie", "Paper"), ("Kiel", "Kiel"), ("", ""), ("1. JC Kiel", "JC")],
)
def test_a_narrow_column_gets_one_word(team: str, short: str) -> None:
    assert rows.short_name(team) == short


def test_reasons_that_sum_up_others_are_not_told_twice() -> None:
    tested = desk_with_small_day()
    now_ms = tested.clock.at("2026-05-02T10:04:00")
    state = tested.desk.state
    view = match_view(state, "m-Final", DESK, now_ms=now_ms)
    assert view is not None
    today = today_view(state, "f2", DESK, now_ms=now_ms)
    told = rows.reason_rows(view, today, board_view(state, now_ms=now_ms), DESK, "")
    codes = [row.code for row in told if row.kind != "fine"]
    assert "STATUS" not in codes
    assert "TEAMS_UNDETERMINED" not in codes
    assert codes[-1] == "NOT_HEAD_REF"
    assert [row.kind for row in told] == sorted((row.kind for row in told), key=["stop", "warn", "fine"].index)


def test_a_match_of_tomorrow_says_its_day() -> None:
    tested = desk_with_small_day()
    now_ms = from_iso("2026-05-02T10:04:00")
    block = a1(tested).block
    assert rows.next_row(block, now_ms).day == ""
    assert "2026" not in rows.then_words((block,), now_ms)[1]
    yesterday = from_iso("2026-05-01T18:00:00")
    row = rows.next_row(block, yesterday)
    assert (row.day, row.time) == ("2026-05-02", "10:00")
    assert rows.then_words((block,), yesterday)[1].startswith("2026-05-02 · ")


def test_a_finish_that_is_off_has_no_triangle_of_a_start() -> None:
    tested = started()
    point(tested, Side.TEAM1)
    off = rows.finish_control(a1(tested), FinishChoice())
    assert (off.kind, off.shape) == ("off", "stop")
    assert rows.go_on_control(None, "Field 1").shape == "check"


def test_every_reason_that_counts_is_told() -> None:
    tested = desk_with_small_day()
    tested.clock.at("2026-05-02T10:04:00")
    for match_id in ("m-A1", "m-B1", "m-Third", "m-Final"):
        for acting in (DESK, HEAD_REF, ORGANISER):
            state, now_ms = tested.desk.state, tested.clock()
            view = match_view(state, match_id, acting, now_ms=now_ms)
            assert view is not None
            today = today_view(state, view.block.field_id or "", acting, now_ms=now_ms)
            told = rows.reason_rows(view, today, board_view(state, now_ms=now_ms), acting, "")
            assert bool(view.why_not) is any(row.kind != "fine" for row in told)
            control = rows.start_control(told)
            assert (control.kind == "start") is not bool(view.why_not)


def test_a_referee_may_know_who_started_it() -> None:
    tested = desk_with_small_day()
    tested.clock.at("2026-05-02T10:04:00")
    kim = str(tested.does(commands.AddPerson(name="Kim", roles=frozenset({Role.HEAD_REF})), ORGANISER).value)
    tested.does(commands.StartMatch(match="m-A1"), Acting(person=kim, role=Role.HEAD_REF))
    assert rows.holder_words(a1(tested), tested.desk.state) == ("Head referee Kim", "Started 10:04")
