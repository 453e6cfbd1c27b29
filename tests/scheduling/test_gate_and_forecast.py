"""Why a match cannot start, and when it will really begin."""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.scheduling.explain import explain
from arctos_desk.scheduling.forecast import forecast, lateness
from arctos_desk.scheduling.gate import OVERRIDABLE, as_reference, why_not_start
from arctos_desk.scheduling.solve import solve
from arctos_desk.scheduling.warnings import warnings
from arctos_desk.tournament.kinds import Ending, Side, Stage
from arctos_desk.tournament.reasons import Reason
from arctos_desk.tournament.records import Event, Result
from arctos_desk.tournament.tokens import UnknownSlot
from arctos_desk.tournament.words import in_english
from tests.scheduling.events import at, ended, event, minutes, row, started


def reasons(event_: Event, match: str, now: str) -> tuple[Reason, ...]:
    return why_not_start(event_, solve(event_, now_ms=at(now)), match, now_ms=at(now))


def codes(event_: Event, match: str, now: str) -> list[str]:
    return [reason.code for reason in reasons(event_, match, now)]


def test_a_ready_match_has_no_reason_against_it() -> None:
    assert reasons(event(row("A1", start="10:00", teams=("Rot", "Blau"))), "A1", "10:00") == ()


def test_every_reason_is_said_not_only_the_first() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "SAFE", after="A1", teams=("A1::winner", "tag::Guest"), referees=("tag::Guest", "A1::loser")),
        tags={"Guest": None},
    )
    day = started(cup, "A1", "10:00")
    assert codes(day, "A2", "10:05") == [
        "FIELD_BUSY",
        "STATUS",
        "PREVIOUS_NOT_COMPLETED",
        "DEPENDENCIES_NOT_COMPLETED",
        "TEAM_MATCH_PENDING",
        "TEAM_TAG_UNASSIGNED",
        "TEAMS_UNDETERMINED",
        "REF_TAG_UNASSIGNED",
        "REF_MATCH_PENDING",
    ]
    assert [reason.code for reason in as_reference(reasons(day, "A2", "10:05"))] == ["FIELD_BUSY"]


def test_a_team_that_plays_or_referees_elsewhere_is_a_reason_that_can_be_set_aside() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau"), referees=("Lila",)),
        row("B1", field="South", start="10:00", teams=("Lila", "Gelb"), referees=("Rot",)),
    )
    day = started(cup, "A1", "10:00")
    found = reasons(day, "B1", "10:05")
    assert [reason.code for reason in found] == ["TEAM_BUSY", "REFEREE_BUSY"]
    assert {reason.code for reason in found} <= OVERRIDABLE
    assert as_reference(found) == ()
    assert in_english(found[0].words) == "Lila is still refereeing A1"


def test_an_empty_slot_leaves_a_match_ready_but_not_startable() -> None:
    assert codes(event(row("A1", start="10:00", teams=("Rot", None))), "A1", "10:00") == ["TEAMS_UNDETERMINED"]


def test_what_is_over_says_only_that() -> None:
    day = ended(started(event(row("A1", start="10:00", teams=("Rot", "Blau"))), "A1", "10:00"), "A1", "10:30")
    assert codes(day, "A1", "10:31") == ["OVER"]


def test_a_match_that_runs_says_that_it_runs() -> None:
    day = started(event(row("A1", start="10:00", teams=("Rot", "Blau"))), "A1", "10:00")
    assert codes(day, "A1", "10:31") == ["STATUS"]


def test_a_source_without_a_winner_asks_who_plays() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("A1::winner", "Gelb")),
    )
    day = ended(started(cup, "A1", "10:00"), "A1", "10:30", None, Ending.DRAW)
    pending = next(one for one in reasons(day, "A2", "10:31") if one.code == "TEAM_MATCH_PENDING")
    assert in_english(pending.words) == "A1 ended without a winner: say who plays"
    assert "open_outcome" in [finding.code for finding in warnings(day, solve(day, now_ms=at("10:31")))]


def test_breaks_are_not_started_and_rings_are_named() -> None:
    cup = event(
        row("A1", start="10:00"),
        row("Lunch", "BREAK", after="A1"),
        row("X", "SAFE", after="Lunch", teams=("Y::winner", "Rot")),
        row("Y", "SAFE", after="X", teams=("X::winner", "Blau")),
    )
    assert codes(cup, "Lunch", "09:00") == ["NOT_A_MATCH"]
    assert "CYCLE" in codes(cup, "X", "09:00")


def test_a_referee_that_nobody_knows_is_a_reason() -> None:
    cup = event(row("A1", start="10:00", teams=("Rot", "Blau"), referees=("Rot",)))
    match = replace(cup.matches["A1"], referees=(UnknownSlot("Strangers"),))
    assert "REF_UNSET" in codes(replace(cup, matches={"A1": match}), "A1", "09:00")


# when it will really begin


def expected(event_: Event, match: str, now: str) -> str:
    moment = forecast(event_, solve(event_, now_ms=at(now)), now_ms=at(now))[match].start_ms - at("00:00")
    return f"{moment // 3_600_000:02d}:{moment // 60_000 % 60:02d}"


def test_an_overrun_is_carried_on_before_anybody_presses_finish() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "SAFE", after="A1", teams=("Gelb", "Lila")),
        row("A3", "FAST", after="A2", teams=("Rot", "Gelb")),
    )
    day = started(cup, "A1", "10:00")
    assert [expected(day, name, "10:50") for name in ("A1", "A2", "A3")] == ["10:00", "10:50", "11:20"]
    solution = solve(day, now_ms=at("10:50"))
    late = lateness(day, solution, forecast(day, solution, now_ms=at("10:50")))
    assert late == {"North": minutes(20)}


def test_nothing_begins_before_now() -> None:
    assert expected(event(row("A1", start="10:00")), "A1", "10:17") == "10:17"


def test_lateness_goes_on_behind_a_static_break() -> None:
    cup = event(
        row("A1", start="11:00", teams=("Rot", "Blau")),
        row("Noon", "STATBREAK", start="12:00", length=45, after="A1"),
        row("A2", "FAST", after="Noon", teams=("Gelb", "Lila")),
    )
    day = started(cup, "A1", "11:55")
    assert expected(day, "A2", "11:56") == "12:45"
    assert expected(day, "A2", "13:10") == "13:10"


def test_a_team_on_another_field_is_waited_for_even_at_equal_planned_times() -> None:
    cup = event(
        row("A1", start="10:00", length=40, teams=("Rot", "Blau")),
        row("B1", field="South", start="10:00", length=20, teams=("Rot", "Lila")),
    )
    assert [expected(cup, name, "09:00") for name in ("A1", "B1")] == ["10:00", "10:40"]


def test_a_field_that_is_still_used_is_waited_for() -> None:
    cup = event(
        row("A1", start="10:00", length=40, teams=("Rot", "Blau")),
        row("A2", start="10:30", length=20, teams=("Gelb", "Lila")),
    )
    assert expected(started(cup, "A1", "10:10"), "A2", "10:11") == "10:50"


# why it has its time


def told(event_: Event, match: str, now: str) -> list[str]:
    return [in_english(step.words) for step in explain(event_, solve(event_, now_ms=at(now)), match)]


def test_a_time_explains_itself_down_to_a_start() -> None:
    cup = event(
        row("A1", start="10:00", length=30, teams=("Rot", "Blau")),
        row("A2", "FAST", length=20, after="A1", teams=("Gelb", "Lila")),
        row("B1", "FAST", field="South", length=20, teams=("A2::winner", "Hell")),
    )
    day = started(cup, "A1", "10:12")
    assert told(day, "B1", "10:13") == [
        "A2 decides who is in B1; A2 takes 20 min",
        "A2 follows A1 on North; A1 takes 30 min",
        "A1 began at 10:12, 12 min late",
    ]
    assert told(cup, "A2", "09:00") == ["A2 follows A1 on North; A1 takes 30 min", "A1 is set for 10:00"]
    over = ended(day, "A1", "10:50")
    assert told(over, "A2", "10:51") == ["A2 follows A1 on North", "A1 ended at 10:50"]


def test_a_fixed_time_says_since_when() -> None:
    cup = event(
        row("A1", start="10:00", length=30, teams=("Rot", "Blau")),
        row("A2", "SAFE", length=20, after="A1", teams=("Gelb", "Lila")),
    )
    day = ended(started(cup, "A1", "10:12"), "A1", "10:30")
    assert told(day, "A2", "10:31") == [
        "The time of A2 has been fixed since 10:12",
        "A2 follows A1 on North; A1 takes 30 min",
        "A1 began at 10:12, 12 min late",
    ]


def test_a_team_elsewhere_is_named_as_the_reason() -> None:
    cup = event(
        row("A1", start="10:00", length=45, teams=("Rot", "Blau")),
        row("B1", field="South", start="10:00", length=20, teams=("Gelb", "Lila")),
        row("B2", "FAST", field="South", after="B1", teams=("Rot", "Lila")),
    )
    assert told(cup, "B2", "09:00")[0] == "Rot is in A1 before B2; A1 takes 45 min"


# what is odd


def test_what_is_odd_is_said_and_blocks_nothing() -> None:
    cup = event(
        row("A1", start="10:00", length=None, teams=("Rot", None)),
        row("A2", "FAST", teams=("Rot", "Blau"), referees=("Gelb",)),
        row("A3", "FAST", after="A2", teams=("A2::winner", "Gelb"), referees=("Gelb",)),
        row("A4", "FAST", after="gone", teams=("gone::winner", "tag::gone")),
    )
    found = [finding.code for finding in warnings(cup, solve(cup, now_ms=at("09:00")))]
    assert found == [
        "missing_team",
        "duplicate_team",
        "unknown_match_ref",
        "unknown_team",
        "unknown_match_ref",
        "no_length",
        "no_anchor",
        "referees_own_source",
        "no_anchor",
    ]


def test_a_result_that_is_not_yet_stated_as_ended_decides_nothing() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")), row("A2", "FAST", after="A1", teams=("A1::winner", "Gelb"))
    )
    result = Result(ending=Ending.NORMAL, winner=Side.TEAM1, ended_ms=at("10:30"))
    match = replace(cup.matches["A1"], stage=Stage.LIVE, result=result)
    solution = solve(replace(cup, matches={**cup.matches, "A1": match}), now_ms=at("10:31"))
    assert solution.rows["A2"].team1_id is None
