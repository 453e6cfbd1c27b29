"""A match from start to finish through the one door, and everything that is refused on the way."""

from __future__ import annotations

import pytest

from arctos_desk.operations import commands
from arctos_desk.tournament.instants import BEAT_MS, MINUTE_MS
from arctos_desk.tournament.kinds import Ending, SetType, Side, Stage, Status
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.registers import registers_of
from tests.operations.desks import DESK, HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.now_ms = TEN
    return tested


def _refused(tested: TestedDesk, command: commands.Command, acting=HEAD_REF) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    before = (len(tested.log._by_id), tested.event)
    with pytest.raises(Refused) as refused:
        tested.does(command, acting)
    assert (len(tested.log._by_id), tested.event) == before, "a refusal changes nothing"
    return refused.value.codes


def test_a_head_referee_starts_a_ready_match(cup: TestedDesk) -> None:
    outcome = cup.does(commands.StartMatch(match="m-A1"))
    match = cup.match("A1")
    assert match.stage is Stage.LIVE
    assert match.start is not None
    assert (match.start.at_ms, match.start.head_ref, match.start.override) == (TEN, "ref1", "")
    assert cup.row("A1").status is Status.IN_PROGRESS
    assert outcome.change.rows.keys() >= {"m-A1"}


def test_a_desk_starts_only_with_a_recorded_reason(cup: TestedDesk) -> None:
    assert "NOT_HEAD_REF" in _refused(cup, commands.StartMatch(match="m-A1"), DESK)
    cup.does(commands.StartMatch(match="m-A1", override="Head referee plays, asked us"), DESK)
    operation = cup.log.recent(1)[0]
    assert operation.reason == "Head referee plays, asked us"
    start = cup.match("A1").start
    assert start is not None
    assert start.override == operation.reason


def test_an_organiser_is_no_head_referee(cup: TestedDesk) -> None:
    assert "NOT_HEAD_REF" in _refused(cup, commands.StartMatch(match="m-A1"), ORGANISER)


def test_a_match_whose_teams_are_open_cannot_start_even_with_a_reason(cup: TestedDesk) -> None:
    codes = _refused(cup, commands.StartMatch(match="m-Final", override="please"))
    assert len(codes) >= 2


def test_two_matches_never_run_on_one_field(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    cup.clock.forward(minutes=5)
    cup.play("B1", Side.TEAM2)
    cup.does(commands.StartMatch(match="m-Third"))
    codes = _refused(cup, commands.ReopenMatch(match="m-A1", reason="protest"), ORGANISER)
    assert codes == ("FIELD_BUSY",)


def test_points_carry_the_moment_of_the_press(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    pressed = TEN + 5 * BEAT_MS + 7
    point_id = cup.does(commands.StartPoint(match="m-A1", at_ms=pressed)).value
    cup.clock.forward(minutes=1)
    cup.does(commands.EndPoint(point=point_id, at_ms=pressed + 60_000))
    cup.does(commands.EditPoint(point=point_id, winner=Side.TEAM2))
    (point,) = cup.desk.state.points_of["m-A1"]
    assert (point.start_ms, point.end_ms, point.winner, point.set_number) == (pressed, pressed + 60_000, Side.TEAM2, 1)


def test_a_second_point_waits_for_the_end_of_the_first(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.does(commands.StartPoint(match="m-A1"))
    assert _refused(cup, commands.StartPoint(match="m-A1")) == ("POINT_RUNS",)
    assert _refused(cup, commands.FinishMatch(match="m-A1", winner=Side.TEAM1)) == ("POINT_RUNS",)


def test_the_next_point_lies_in_the_set_of_the_last(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    for _ in range(2):
        point_id = cup.does(commands.StartPoint(match="m-A1")).value
        cup.does(commands.EndPoint(point=point_id))
        cup.does(commands.EditPoint(point=point_id, set_number=2))
    assert [point.set_number for point in cup.desk.state.points_of["m-A1"]] == [2, 2]
    assert _refused(cup, commands.EditPoint(point=point_id, set_number=0)) == ("SET_NUMBER",)


def test_stones_are_counted_over_points_and_a_rerun_returns_them(cup: TestedDesk) -> None:
    match = cup.match("A1")
    cup.does(commands.EditMatch(match=match.id, changes={"set_type": SetType.STONES, "stones_per_set": 100}), ORGANISER)
    cup.does(commands.StartMatch(match="m-A1"))
    assert cup.match("A1").stones_remaining == 100
    first = cup.does(commands.StartPoint(match="m-A1")).value
    cup.clock.forward(ms=10 * BEAT_MS)
    cup.does(commands.EndPoint(point=first))
    assert cup.match("A1").stones_remaining == 90
    second = cup.does(commands.StartPoint(match="m-A1")).value
    cup.clock.forward(ms=5 * BEAT_MS)
    cup.does(commands.EndPoint(point=second))
    assert cup.match("A1").stones_remaining == 85
    cup.does(commands.EditPoint(point=second, rerun=True))
    assert cup.match("A1").stones_remaining == 90
    cup.does(commands.EditPoint(point=second, rerun=False))
    assert cup.match("A1").stones_remaining == 85


def test_a_result_is_stated_and_hands_its_teams_on(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    cup.clock.now_ms = TEN
    cup.play("B1", Side.TEAM2, minutes=50)
    final, third = cup.row("Final"), cup.row("Third")
    assert (final.team1_id, final.team2_id) == ("t-ants", "t-dogs")
    assert (third.team1_id, third.team2_id) == ("t-bees", "t-cats")
    assert third.status is Status.READY_TO_START


def test_draw_finishes_a_match_like_a_win_does_but_names_nobody(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.clock.forward(minutes=40)
    cup.does(commands.FinishMatch(match="m-A1", ending=Ending.DRAW, note="Stones ran out"))
    match = cup.match("A1")
    assert match.stage is Stage.ENDED
    assert match.result is not None
    assert (match.result.ending, match.result.winner, match.result.ended_ms) == (
        Ending.DRAW,
        None,
        TEN + 40 * MINUTE_MS,
    )
    assert match.final_note == "Stones ran out"
    assert cup.row("A1").status is Status.COMPLETED
    assert cup.row("Final").team1_id is None


def test_a_normal_ending_needs_a_winner_and_a_draw_has_none(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    assert _refused(cup, commands.FinishMatch(match="m-A1")) == ("WINNER_REQUIRED",)
    assert _refused(cup, commands.FinishMatch(match="m-A1", ending=Ending.DRAW, winner=Side.TEAM1)) == ("NO_WINNER",)
    assert _refused(cup, commands.FinishMatch(match="m-A1", ending=Ending.SKIPPED)) == ("ENDING",)


def test_a_match_that_was_never_started_cannot_be_finished(cup: TestedDesk) -> None:
    assert _refused(cup, commands.FinishMatch(match="m-A1", winner=Side.TEAM1)) == ("NOT_RUNNING",)
    cup.play("A1", Side.TEAM1)
    assert _refused(cup, commands.FinishMatch(match="m-A1", winner=Side.TEAM2)) == ("OVER",)


def test_a_confirmed_result_is_changed_by_an_organiser_only(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    assert _refused(cup, commands.ConfirmResult(match="m-A1"), DESK) == ("ORGANISER_ONLY",)
    cup.does(commands.ConfirmResult(match="m-A1"), ORGANISER)
    correction = commands.CorrectResult(match="m-A1", ending=Ending.NORMAL, winner=Side.TEAM2, reason="scoresheet")
    assert _refused(cup, correction) == ("ORGANISER_ONLY",)
    cup.does(correction, ORGANISER)
    assert cup.match("A1").result.winner is Side.TEAM2  # type: ignore[union-attr]


def test_a_correction_needs_a_reason(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    empty = commands.CorrectResult(match="m-A1", ending=Ending.DRAW, winner=None, reason="  ")
    assert _refused(cup, empty) == ("REASON_REQUIRED",)


def test_a_reopened_match_runs_again_with_its_points(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    point_id = cup.does(commands.StartPoint(match="m-A1")).value
    cup.does(commands.EndPoint(point=point_id))
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1))
    cup.does(commands.ReopenMatch(match="m-A1", reason="one point missing"), ORGANISER)
    match = cup.match("A1")
    assert match.stage is Stage.LIVE
    assert match.result is None
    assert len(cup.desk.state.points_of["m-A1"]) == 1
    assert cup.row("A1").status is Status.IN_PROGRESS


def test_a_deleted_point_is_gone_from_the_score_and_stays_in_the_log(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    point_id = cup.does(commands.StartPoint(match="m-A1")).value
    cup.does(commands.VoidPoint(point=point_id, reason="double press"))
    assert cup.desk.state.points_of["m-A1"] == ()
    assert any(operation.kind == "point.start" for operation in cup.log.operations())
    cup.does(commands.Undo())
    assert len(cup.desk.state.points_of["m-A1"]) == 1


def test_a_note_that_is_too_long_is_refused_with_its_length(cup: TestedDesk) -> None:
    assert _refused(cup, commands.NoteMatch(match="m-A1", final="x" * 2_001)) == ("TOO_LONG",)
    cup.does(commands.NoteMatch(match="m-A1", initial="Field wet"))
    cup.does(commands.NoteMatch(match="m-A1", initial=""))
    assert "initial_note" not in registers_of(cup.match("A1"))


def test_what_is_not_there_is_said_plainly(cup: TestedDesk) -> None:
    assert _refused(cup, commands.StartMatch(match="nobody")) == ("NOT_FOUND",)
    assert _refused(cup, commands.EndPoint(point="nothing")) == ("NOT_FOUND",)


def test_a_bye_ends_a_match_with_one_empty_side_without_a_start(cup: TestedDesk) -> None:
    cup.does(commands.EditMatch(match="m-A1", changes={"team2": None}), ORGANISER)
    bye = commands.FinishMatch(match="m-A1", ending=Ending.BYE, winner=Side.TEAM1)
    assert _refused(cup, commands.FinishMatch(match="m-B1", ending=Ending.BYE, winner=Side.TEAM1)) == ("NO_BYE",)
    cup.does(bye)
    assert cup.row("A1").status is Status.COMPLETED
    assert cup.row("Final").team1_id == "t-ants"
