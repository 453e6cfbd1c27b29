"""What the screens read: the board, a field's day, the journal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.undo import taken_back
from arctos_desk.operations.views import board_view, journal_lines, match_view, today_view
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import MINUTE_MS, from_iso
from arctos_desk.tournament.kinds import MatchKind, Side, Status
from arctos_desk.tournament.words import in_english
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.now_ms = TEN
    return tested


def _block(tested: TestedDesk, name: str):  # type: ignore[no-untyped-def]
    view = board_view(tested.desk.state, now_ms=tested.clock())
    return next(block for block in view.blocks if block.name == name)


def test_referees_are_always_shown_even_while_nobody_knows_who_they_are(cup: TestedDesk) -> None:
    final = _block(cup, "Final")
    assert [in_english(side.text) for side in final.sides] == ["Winner of A1", "Winner of B1"]
    assert [in_english(side.text) for side in final.referees] == ["Loser of Third"]
    assert not final.sides[0].known


def test_a_late_match_stays_where_it_was_planned_and_says_how_late_it_is(cup: TestedDesk) -> None:
    cup.clock.forward(minutes=14)
    cup.does(commands.StartMatch(match="m-A1"))
    block = _block(cup, "A1")
    assert (block.shown_from_ms, block.real_from_ms) == (TEN, TEN + 14 * MINUTE_MS)
    assert block.late_min == 14
    view = board_view(cup.desk.state, now_ms=cup.clock())
    late = {field.name: field.late_min for field in view.fields}
    assert late == {"Field 1": 14, "Field 2": 54}, "on field 2 a team is missing that referees here until 10:54"
    assert view.late_min == 54


def test_an_early_match_moves_up_and_never_down(cup: TestedDesk) -> None:
    cup.clock.now_ms = TEN - 10 * MINUTE_MS
    cup.play("A1", Side.TEAM1, minutes=20)
    block = _block(cup, "A1")
    assert (block.shown_from_ms, block.shown_to_ms) == (TEN - 10 * MINUTE_MS, TEN + 10 * MINUTE_MS)
    assert block.late_min == -10
    assert block.sides[0].winner
    assert not block.sides[1].winner


def test_the_day_is_that_of_the_event_not_of_the_laptop(cup: TestedDesk) -> None:
    (day,) = board_view(cup.desk.state, now_ms=TEN).days
    assert TEN - day.starts_ms == 12 * 60 * MINUTE_MS, "ten o'clock UTC is noon in Berlin in May"


def test_today_shows_the_next_match_with_every_reason_then_the_running_one(cup: TestedDesk) -> None:
    view = today_view(cup.desk.state, "f1", DESK, now_ms=cup.clock())
    assert view.current is not None
    assert view.current.block.name == "A1"
    assert [reason.code for reason in view.current.why_not] == ["NOT_HEAD_REF"]
    assert view.current.may_override
    assert [block.name for block in view.following] == ["Third"]
    cup.does(commands.StartMatch(match="m-A1"))
    view = today_view(cup.desk.state, "f1", HEAD_REF, now_ms=cup.clock())
    assert view.current is not None
    assert view.current.block.status is Status.IN_PROGRESS
    assert view.current.why_not == ()
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1))
    view = today_view(cup.desk.state, "f1", HEAD_REF, now_ms=cup.clock())
    assert view.last is not None
    assert view.last.name == "A1"
    assert view.current is not None
    assert view.current.block.name == "Third"
    assert not view.current.may_override, "an open team cannot be overridden"


def test_a_running_match_shows_sets_points_and_a_hint(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    for set_number, winner in ((1, Side.TEAM1), (1, Side.TEAM2), (2, Side.TEAM1)):
        point = cup.does(commands.StartPoint(match="m-A1", set_number=set_number)).value
        cup.clock.forward(ms=9_000)
        cup.does(commands.EndPoint(point=point))
        cup.does(commands.EditPoint(point=point, winner=winner))
    shown = match_view(cup.desk.state, "m-A1", HEAD_REF, now_ms=cup.clock())
    assert shown is not None
    assert [(one.number, one.team1, one.team2) for one in shown.block.sets] == [(1, 1, 1), (2, 1, 0)]
    assert (shown.current_set, shown.score, shown.proposed) == (2, (1, 0), Side.TEAM1)
    assert [point.number for point in shown.points] == [1, 2, 3]
    assert shown.block.score_text == "1:1 1:0"
    assert [point.stones for point in shown.points] == [6, 6, 6]


def test_the_journal_says_who_did_what_and_what_was_taken_back(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1", override="no referee here"), DESK)
    cup.does(commands.Undo(), DESK)
    lines = journal_lines(
        cup.desk.state,
        cup.log.recent(50),
        cup.log.devices(),
        own_key=cup.key.public_key,
        taken_back=taken_back(cup.log.recent(50)),
        device_name={cup.key.public_key: "Desk 1"},
    )
    assert [in_english(line.label) for line in lines] == [
        "Undo Start A1",
        "Start A1",
        "Import small.json",
        "Create the event Small Cup",
    ]
    assert [line.taken_back for line in lines] == [False, True, False, False]
    assert [line.can_undo for line in lines] == [False, False, True, False]
    assert lines[1].reason == "no referee here"
    assert {line.device for line in lines} == {"Desk 1"}


def test_a_day_on_which_the_clocks_change_is_an_hour_shorter_or_longer(cup: TestedDesk) -> None:
    for match, planned in (("m-A1", "2026-10-24T08:00:00"), ("m-B1", "2026-10-25T09:00:00")):
        cup.does(commands.EditMatch(match=match, changes={"planned_ms": from_iso(planned)}), ORGANISER)
    cup.clock.at("2026-10-24T07:00:00")
    cup.desk.refresh()
    days = board_view(cup.desk.state, now_ms=cup.clock()).days
    assert [(day.ends_ms - day.starts_ms) // (60 * MINUTE_MS) for day in days] == [24, 25]
    assert days[0].ends_ms == days[1].starts_ms


def test_what_yesterday_left_over_does_not_stretch_yesterday_over_the_night(cup: TestedDesk) -> None:
    cup.clock.at("2026-05-03T09:00:00")
    cup.desk.refresh()
    (day,) = board_view(cup.desk.state, now_ms=cup.clock()).days
    assert day.last_ms <= day.ends_ms


def test_a_match_without_a_time_never_comes_before_one_that_has_a_time(cup: TestedDesk) -> None:
    cup.does(commands.CreateMatch(name="Any time", kind=MatchKind.STATIC, fields={"field_id": "f1", "length_min": 9}))
    view = today_view(cup.desk.state, "f1", HEAD_REF, now_ms=cup.clock())
    assert view.current is not None
    assert view.current.block.name == "A1"
    assert view.following[-1].name == "Any time"
    board = board_view(cup.desk.state, now_ms=cup.clock())
    assert [block.name for block in board.blocks if block.field_id == "f1"] == ["A1", "Third", "Any time"]


def test_a_match_that_overruns_makes_its_field_late_before_anybody_says_so(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.clock.forward(minutes=55)
    (field, _) = board_view(cup.desk.state, now_ms=cup.clock()).fields
    assert (field.running, field.late_min) == ("m-A1", 15)


def test_an_event_without_fields_and_times_is_shown() -> None:
    tested = TestedDesk()
    tested.does(commands.CreateMatch(name="X", kind=MatchKind.STATIC, fields={"length_min": 20}), ORGANISER)
    board = board_view(tested.desk.state, now_ms=TEN)
    assert (len(board.blocks), board.fields, board.days, board.late_min) == (1, (), (), 0)
    today = today_view(tested.desk.state, "", HEAD_REF, now_ms=TEN)
    assert (today.current, today.last, today.following) == (None, None, ())


def test_a_zone_that_this_laptop_does_not_know_is_shown_in_utc(cup: TestedDesk) -> None:
    info = replace(cup.event.info, zone="Mars/Olympus_Mons")
    state = replace(cup.desk.state, event=replace(cup.event, info=info))
    (day,) = board_view(state, now_ms=TEN).days
    assert TEN - day.starts_ms == 10 * 60 * MINUTE_MS


def test_an_end_before_its_start_on_another_laptops_clock_is_no_negative_block(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.clock.forward(minutes=20)
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1))
    match = cup.match("A1")
    result = replace(match.result, ended_ms=TEN - 30 * MINUTE_MS)  # type: ignore[type-var]
    event = replace(cup.event, matches={**cup.event.matches, "m-A1": replace(match, result=result)})
    state = replace(cup.desk.state, event=event, solution=solve(event, now_ms=TEN))
    block = next(one for one in board_view(state, now_ms=TEN).blocks if one.name == "A1")
    assert block.shown_from_ms is not None
    assert block.shown_to_ms is not None
    assert block.shown_from_ms <= block.shown_to_ms
