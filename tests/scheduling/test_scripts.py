"""Skip conditions, tags by expression and variables in a schedule."""

from __future__ import annotations

from dataclasses import replace

from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.kinds import Ending, Side, Status
from arctos_desk.tournament.records import Event, Point, Tag, Variable
from tests.scheduling.events import at, ended, event, row, started


def final(skip: str, **more: object) -> Event:
    cup = event(
        row("GF", start="15:00", teams=("Rot", "Blau")),
        row("Reset", "SAFE", after="GF", teams=("GF::winner", "GF::loser"), skip=skip),
        row("Show", "FAST", after="Reset", teams=("Gelb", "Lila")),
    )
    return replace(cup, **more)  # type: ignore[arg-type]


def played(cup: Event, match: str, start: str, end: str, winner: str | None = "TEAM1") -> Event:
    return ended(started(cup, match, start), match, end, winner, Ending.NORMAL if winner else Ending.DRAW)


def test_a_true_condition_skips_the_match_when_all_before_it_is_over() -> None:
    cup = final("(won? [Rot] {GF})")
    rows = solve(played(cup, "GF", "15:00", "15:27"), now_ms=at("15:28")).rows
    assert (rows["Reset"].status, rows["Reset"].skipped_ms) == (Status.SKIPPED, at("15:27"))
    assert (rows["Show"].status, rows["Show"].live_ms) == (Status.READY_TO_START, at("15:30"))
    rows = solve(played(cup, "GF", "15:00", "15:27", "TEAM2"), now_ms=at("15:28")).rows
    assert rows["Reset"].status is Status.READY_TO_START


def test_a_condition_waits_for_a_draw_for_ever() -> None:
    rows = solve(played(final("(won? [Rot] {GF})"), "GF", "15:00", "15:27", None), now_ms=at("16:00")).rows
    assert rows["Reset"].status is Status.TIME_FINALIZED


def test_what_cannot_be_read_skips_nothing_and_is_said() -> None:
    solution = solve(played(final("(won? [Rot]"), "GF", "15:00", "15:27"), now_ms=at("15:28"))
    assert solution.rows["Reset"].status is Status.READY_TO_START
    assert [(one.code, one.about) for one in solution.problems] == [("script_unclosed", ("match/Reset",))]


def test_a_failing_condition_is_said_and_skips_nothing() -> None:
    solution = solve(played(final("(/ 1 0)"), "GF", "15:00", "15:27"), now_ms=at("15:28"))
    assert solution.rows["Reset"].status is Status.READY_TO_START
    assert [one.code for one in solution.problems] == ["script_division_by_zero"]


def test_a_skip_once_earned_stays_whatever_the_table_says_later() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("Gelb", "Lila"), skip="(== 0 (losses [A1::winner]))"),
        row("B1", field="South", start="11:00", teams=("Rot", "Lila")),
    )
    day = played(cup, "A1", "10:00", "10:30")
    assert solve(day, now_ms=at("10:31")).rows["A2"].status is Status.SKIPPED
    day = played(day, "B1", "11:00", "11:30", "TEAM2")
    assert solve(day, now_ms=at("11:31")).rows["A2"].status is Status.SKIPPED


def test_a_condition_on_the_table_is_asked_again_until_the_match_begins() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("Gelb", "Lila"), skip="(> (wins [Rot]) 1)"),
        row("B1", field="South", start="11:00", teams=("Rot", "Lila")),
    )
    day = played(cup, "A1", "10:00", "10:30")
    assert solve(day, now_ms=at("10:31")).rows["A2"].status is Status.READY_TO_START
    later = played(day, "B1", "11:00", "11:30")
    row_ = solve(later, now_ms=at("11:31")).rows["A2"]
    assert (row_.status, row_.skipped_ms) == (Status.SKIPPED, at("11:30"))
    begun = played(started(day, "A2", "10:40"), "B1", "11:00", "11:30")
    assert solve(begun, now_ms=at("11:31")).rows["A2"].status is Status.IN_PROGRESS


def test_is_skipped_sees_a_skip_of_the_same_pass() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("Gelb", "Lila"), skip="(won? [Rot] {A1})"),
        row("A3", "FAST", after="A2", teams=("Gelb", "Lila"), skip="(is-skipped {A2})"),
    )
    rows = solve(played(cup, "A1", "10:00", "10:30"), now_ms=at("10:31")).rows
    assert [rows[name].status for name in ("A2", "A3")] == [Status.SKIPPED, Status.SKIPPED]


def test_a_static_match_is_never_skipped() -> None:
    cup = event(row("A1", start="10:00", teams=("Rot", "Blau"), skip="true"))
    assert solve(cup, now_ms=at("10:00")).rows["A1"].status is Status.READY_TO_START


def test_a_tag_with_an_expression_fills_the_slots_that_use_it() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("tag::Best", "Gelb")),
    )
    best = Tag(id="Best", name="Best", expression="(winner {A1})")
    cup = replace(cup, tags={"Best": best})
    before = solve(cup, now_ms=at("09:00"))
    assert (before.rows["A2"].team1_id, before.tag_teams) == (None, {"Best": None})
    after = solve(played(cup, "A1", "10:00", "10:30", "TEAM2"), now_ms=at("10:31"))
    assert (after.rows["A2"].team1_id, after.rows["A2"].status) == ("Blau", Status.READY_TO_START)
    by_hand = replace(cup, tags={"Best": replace(best, team_id="Gelb", assigned_ms=at("09:00"))})
    assert solve(by_hand, now_ms=at("09:01")).rows["A2"].team1_id == "Gelb"


def test_variables_count_points_that_were_not_rerun() -> None:
    cup = event(
        row("A1", start="10:00", teams=("Rot", "Blau")),
        row("A2", "FAST", after="A1", teams=("Gelb", "Lila"), skip="(enough [Rot])"),
    )
    points = {
        f"p{number}": Point(
            id=f"p{number}",
            match_id="A1",
            start_ms=at("10:05"),
            end_ms=at("10:06"),
            winner=Side(side),
            rerun=rerun,
        )
        for number, (side, rerun) in enumerate([("TEAM1", False), ("TEAM1", True), ("TEAM1", False)])
    }
    enough = Variable(id="v", name="enough", expression="(lambda (team) (> (points-won team) 1))")
    cup = replace(cup, variables={"v": enough}, points=points)
    day = played(cup, "A1", "10:00", "10:30")
    assert solve(day, now_ms=at("10:31")).rows["A2"].status is Status.SKIPPED
    fewer = replace(day, points={"p0": points["p0"], "p1": points["p1"]})
    assert solve(fewer, now_ms=at("10:31")).rows["A2"].status is Status.READY_TO_START


def test_tags_that_rest_on_each_other_stay_open() -> None:
    cup = event(row("A1", start="10:00", teams=("tag::X", "tag::Y")))
    tags = {
        "X": Tag(id="X", name="X", expression="[tag::Y]"),
        "Y": Tag(id="Y", name="Y", expression="[tag::X]"),
    }
    assert solve(replace(cup, tags=tags), now_ms=at("09:00")).tag_teams == {"X": None, "Y": None}
