"""What holds for every schedule and every day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arctos_desk.scheduling.explain import explain
from arctos_desk.scheduling.forecast import forecast, lateness
from arctos_desk.scheduling.gate import why_not_start
from arctos_desk.scheduling.solve import solve
from arctos_desk.scheduling.warnings import warnings
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import MatchKind, Stage, Status
from arctos_desk.tournament.records import Event, Match, Start
from tests.benchmarks.days import event_of, now_after
from tests.scheduling.days import MORNING, broken_events, days, events
from tests.scheduling.events import started
from tests.scheduling.replay import Replay
from tests.trying import tries

Change = Callable[[Match], Match]
_CHANGES: Final[tuple[Change, ...]] = (
    lambda match: replace(match, stage=Stage.PLANNED, start=None, result=None),
    lambda match: replace(match, stage=Stage.LIVE, start=Start(at_ms=MORNING + 3_600_000), result=None),
    lambda match: replace(match, length_min=45),
    lambda match: replace(match, planned_ms=MORNING + 5_400_000),
    lambda match: replace(match, kind=MatchKind.FAST),
    lambda match: replace(match, previous_id=None),
    lambda match: replace(match, team1=match.team2),
    lambda match: replace(match, name="Z"),
    lambda match: replace(match, field_id="f1"),
)
"""What happens to a match between two answers: on the day, and by an organiser."""


@settings(deadline=None, max_examples=tries(120))
@given(days())
def test_asking_afresh_gives_what_remembering_every_pass_gives(day: tuple[Event, Instant]) -> None:
    event, now = day
    solution = solve(event, now_ms=now)
    assert solution.day is not None
    # the reference has no answer in rings, and we leave out the conflict that would make one (quirks 13 and 14)
    assume(not solution.in_cycle and not solution.day.dropped)
    order = [one for n in solution.day.order for one in _group_of(event, solution.day.graph.matches[n].id)]
    replay = Replay(event, {match_id: row.plan_ms for match_id, row in solution.rows.items()}, order)
    replay.run(now)
    for match_id, row in solution.rows.items():
        match = event.matches[match_id]
        assert (match_id, row.status) == (match_id, replay.current(match, now))
        assert (match_id, row.live_ms) == (match_id, replay.live[match_id])


def _group_of(event: Event, match_id: str) -> list[str]:
    """A join is one node for the solver; the replay visits each of its rows."""
    match = event.matches[match_id]
    if match.kind is not MatchKind.JOIN:
        return [match_id]
    return [one.id for one in event.matches.values() if one.kind is MatchKind.JOIN and one.name == match.name]


@settings(deadline=None, max_examples=tries(40))
@given(days())
def test_solving_twice_changes_nothing(day: tuple[Event, Instant]) -> None:
    event, now = day
    assert solve(event, now_ms=now) == solve(event, now_ms=now)


@settings(deadline=None, max_examples=tries(60))
@given(days(), st.lists(st.tuples(st.integers(0, 13), st.sampled_from(_CHANGES)), min_size=1, max_size=5))
def test_an_earlier_answer_makes_no_difference(day: tuple[Event, Instant], changes: list[tuple[int, Change]]) -> None:
    event, now = day
    before = solve(event, now_ms=MORNING)
    for number, change in changes:
        match = list(event.matches.values())[number % len(event.matches)]
        event = replace(event, matches={**event.matches, match.id: change(match)})
        now += 7 * 60_000
        before, fresh = solve(event, now_ms=now, before=before), solve(event, now_ms=now)
        assert before == fresh
        assert before.day is not None
        assert fresh.day is not None
        for what in ("plan", "live", "status", "began", "over", "conflicts", "locked", "dropped", "order"):
            assert getattr(before.day, what) == getattr(fresh.day, what), what
        for what in ("matches", "index", "ends", "starts", "length", "order", "cut"):
            assert getattr(before.day.graph, what) == getattr(fresh.day.graph, what), what


def test_rows_of_which_nothing_changed_are_the_very_same_as_before() -> None:
    day = event_of(60, fields=6, played=24)
    before = solve(day, now_ms=now_after(day))
    played = started(day, "m24", "10:00")
    after = solve(played, now_ms=now_after(day), before=before)
    changed = [match_id for match_id, row in after.rows.items() if row is not before.rows[match_id]]
    assert "m24" in changed
    assert changed == [match_id for match_id, row in after.rows.items() if row != before.rows[match_id]]


@settings(deadline=None, max_examples=tries(40))
@given(days())
def test_the_plan_never_depends_on_what_happened(day: tuple[Event, Instant]) -> None:
    event, now = day
    untouched = {
        match_id: replace(match, stage=Stage.PLANNED, start=None, result=None)
        for match_id, match in event.matches.items()
    }
    before = solve(replace(event, matches=untouched), now_ms=MORNING)
    after = solve(event, now_ms=now)
    assert {one: row.plan_ms for one, row in before.rows.items()} == {
        one: row.plan_ms for one, row in after.rows.items()
    }


@settings(deadline=None, max_examples=tries(40))
@given(days())
def test_the_order_in_which_facts_arrived_does_not_matter(day: tuple[Event, Instant]) -> None:
    event, now = day
    shuffled = replace(event, teams=dict(reversed(event.teams.items())), tags=dict(reversed(event.tags.items())))
    assert dict(solve(shuffled, now_ms=now).rows) == dict(solve(event, now_ms=now).rows)


@settings(deadline=None, max_examples=tries(40))
@given(days())
def test_nothing_is_expected_before_what_it_waits_for_nor_before_now(day: tuple[Event, Instant]) -> None:
    event, now = day
    solution = solve(event, now_ms=now)
    expected = forecast(event, solution, now_ms=now)
    assert solution.day is not None
    graph = solution.day.graph
    for n in solution.day.order:
        match = graph.matches[n]
        row = solution.rows[match.id]
        if match.id not in expected or match.stage >= Stage.LIVE or match.kind is MatchKind.STATBREAK:
            continue
        if row.status in (Status.SKIPPED, Status.COMPLETED):
            continue
        assert expected[match.id].start_ms >= now
        for dep in solution.day.waits(n):
            source = graph.matches[dep].id
            assert source not in expected or expected[source].end_ms <= expected[match.id].start_ms


@settings(deadline=None)
@given(events())
def test_joins_of_one_name_are_one_moment_and_breaks_begin_together(event: Event) -> None:
    solution = solve(event, now_ms=MORNING)
    # a break that waits on one field for what comes after it on another cannot begin together: that ring is cut
    assume(not solution.in_cycle)
    rows = solution.rows
    for match in event.matches.values():
        if match.kind not in (MatchKind.BREAK, MatchKind.JOIN):
            continue
        for other in event.matches.values():
            if other.kind is match.kind and other.name == match.name:
                assert rows[other.id].live_ms == rows[match.id].live_ms
                assert rows[other.id].status is rows[match.id].status


@settings(max_examples=tries(300), deadline=None)
@given(broken_events())
def test_no_event_however_broken_stops_the_solver(event: Event) -> None:
    solution = solve(event, now_ms=MORNING)
    assert list(solution.rows) == list(event.matches)
    assert solve(event, now_ms=MORNING) == solution
    expected = forecast(event, solution, now_ms=MORNING)
    lateness(event, solution, expected)
    warnings(event, solution)
    for match_id in event.matches:
        why_not_start(event, solution, match_id, now_ms=MORNING)
        explain(event, solution, match_id)


@settings(deadline=None, max_examples=tries(40))
@given(days())
def test_every_explanation_ends_in_a_fact_and_adds_up(day: tuple[Event, Instant]) -> None:
    event, now = day
    solution = solve(event, now_ms=now)
    for match_id, row in solution.rows.items():
        steps = explain(event, solution, match_id)
        if not steps:
            assert row.live_ms is None
            continue
        assert steps[-1].is_fact
        assert not any(step.is_fact for step in steps[:-1])
        assert steps[0].at_ms == (row.live_ms if row.real_start_ms is None else row.real_start_ms)
        for step, following in pairwise(steps):
            assert step.at_ms == (following.at_ms or 0) + step.plus_ms
