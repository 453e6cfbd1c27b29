"""Facts that cannot all be true are shown, never removed; what was looked at can be set aside."""

from __future__ import annotations

import pytest

from arctos_desk.operations import commands
from arctos_desk.operations.clashes import clashes
from arctos_desk.tournament.kinds import Side
from arctos_desk.tournament.reasons import Refused
from tests.operations.desks import HEAD_REF, ORGANISER, TEN, TestedDesk, desk_with_small_day


@pytest.fixture
def cup() -> TestedDesk:
    tested = desk_with_small_day()
    tested.clock.now_ms = TEN
    return tested


def _codes(tested: TestedDesk) -> list[str]:
    return [clash.code for clash in clashes(tested.desk.state)]


def test_a_clean_day_has_no_clash(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    cup.play("B1", Side.TEAM1)
    assert _codes(cup) == []


def test_a_team_that_was_in_two_places_is_shown(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    cup.does(commands.StartMatch(match="m-B1", override="they sent somebody else"))
    cup.clock.forward(minutes=30)
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1))
    cup.does(commands.FinishMatch(match="m-B1", winner=Side.TEAM1))
    (clash,) = clashes(cup.desk.state)
    assert clash.code == "TEAM_TWICE"
    assert set(clash.about) == {"match/m-A1", "match/m-B1", "team/t-cats"}


def test_a_winner_behind_in_everything_is_asked_about(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    for minute in (1, 3):
        begin = TEN + minute * 60_000
        cup.does(commands.EnterPoints(match="m-A1", points=((begin, begin + 9_000, Side.TEAM2, 1),)))
    cup.clock.forward(minutes=20)
    cup.does(commands.FinishMatch(match="m-A1", winner=Side.TEAM1))
    assert _codes(cup) == ["FACTS_AND_RESULT"]


def test_one_point_entered_twice_is_noticed_and_can_be_set_aside_for_good(cup: TestedDesk) -> None:
    cup.does(commands.StartMatch(match="m-A1"))
    for start in (TEN + 5_000, TEN + 9_000):
        cup.does(commands.EnterPoints(match="m-A1", points=((start, start + 2_000, Side.TEAM1, 1),)))
    (clash,) = clashes(cup.desk.state)
    assert clash.code == "POINT_TWICE"
    with pytest.raises(Refused) as refused:
        cup.does(commands.SetClashAside(clash=clash.id, reason=" "), HEAD_REF)
    assert refused.value.codes == ("REASON_REQUIRED",)
    cup.does(commands.SetClashAside(clash=clash.id, reason="two quick points"), HEAD_REF)
    assert _codes(cup) == []
    assert len(cup.desk.state.points_of["m-A1"]) == 2
    cup.does(commands.Undo())
    assert _codes(cup) == ["POINT_TWICE"]


def test_a_result_whose_entrants_became_open_is_shown(cup: TestedDesk) -> None:
    cup.play("A1", Side.TEAM1)
    finish = cup.log.recent(1)[0].id
    cup.play("B1", Side.TEAM1)
    cup.clock.forward(minutes=30)
    cup.play("Third", Side.TEAM1)
    cup.does(commands.Undo(operation=finish, accept_rests=True), ORGANISER)
    assert "ENTRANTS_OPEN" in _codes(cup)
