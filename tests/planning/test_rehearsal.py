"""Rehearsals: a day played to its end by chance or as recorded, and honest about where it cannot go on."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctos_desk.formats.standings import event_table, points_by_match, set_scores
from arctos_desk.interchange.results_file import read_results
from arctos_desk.interchange.results_import import import_results
from arctos_desk.planning.plays import PlayedPoint, as_recorded, by_chance, waits_for_winner
from arctos_desk.planning.rehearsal import (
    Done,
    EnterPoints,
    FinishMatch,
    Progress,
    StartMatch,
    Stuck,
    Wait,
    next_step,
    progress,
)
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import Ending, MatchKind, SetType, Side, Status
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Result, Score, Tag, Team
from arctos_desk.tournament.registers import apply
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot
from tests.interchange.real_files import each_real_file, sums_of_file
from tests.planning.day import perform, rehearse
from tests.trying import tries

TEN = 10 * 60 * MINUTE_MS


def slot(text: str | None) -> Slot | None:
    if text is None or len(text) == 1:
        return TeamSlot(text) if text else None
    name, _, outcome = text.partition(" ")
    return OutcomeSlot(name, "loser" if outcome == "loses" else "winner")


def row(
    name: str,
    one: str | None = None,
    other: str | None = None,
    *,
    kind: MatchKind = MatchKind.STATIC,
    at: int | None = None,
    after: str | None = None,
    field: str = "f1",
    length: int = 30,
    sets: int | None = 3,
    skip: str = "",
    set_type: SetType = SetType.SETS,
) -> Match:
    return Match(
        id=name,
        name=name,
        kind=kind,
        field_id=field,
        previous_id=after,
        planned_ms=None if at is None else TEN + at * MINUTE_MS,
        length_min=length,
        team1=slot(one),
        team2=slot(other),
        sets=sets,
        skip_condition=skip,
        set_type=set_type,
    )


def event_of(*matches: Match, tags: tuple[Tag, ...] = ()) -> Event:
    return Event(
        info=EventInfo(id="e1", name="Pine Cup"),
        teams={letter: Team(id=letter, key=letter.lower(), name=f"Team {letter}") for letter in "ABCDEF"},
        fields={name: Field(id=name, name=name) for name in ("f1", "f2")},
        tags={tag.id: tag for tag in tags},
        matches={match.id: replace(match, rank=rank) for rank, match in enumerate(matches, start=1)},
    )


CUP = event_of(
    row("S1", "A", "B", at=0),
    row("S2", "C", "D", at=0, field="f2"),
    row("Rest", kind=MatchKind.BREAK, after="S1", length=15),
    row("Speeches", kind=MatchKind.STATBREAK, at=120, length=10, after="Rest"),
    row("Final", "S1 wins", "S2 wins", kind=MatchKind.SAFE, after="Speeches"),
    row("Third", "S1 loses", "S2 loses", kind=MatchKind.FAST, after="S2", field="f2"),
    row("Again", "S1 wins", "S2 wins", kind=MatchKind.FAST, after="Final", skip="(== (winner {Final}) (winner {S1}))"),
)


@pytest.mark.parametrize("seed", [str(number) for number in range(12)])
def test_a_day_with_breaks_references_and_a_skip_is_played_to_its_end(seed: str) -> None:
    event, solution, steps = rehearse(CUP, by_chance(seed))
    assert isinstance(steps[-1], Done)
    played = {match.name: match.result for match in event.matches.values() if match.result is not None}
    assert set(played) - {"Again"} == {"S1", "S2", "Final", "Third"}
    won = {
        name: solution.rows[name].team1_id if result.winner is Side.TEAM1 else solution.rows[name].team2_id
        for name, result in played.items()
    }
    assert (solution.rows["Again"].status is Status.SKIPPED) == (won["Final"] == won["S1"])
    final = event.matches["Final"].start
    assert final is not None
    assert final.at_ms >= TEN + 120 * MINUTE_MS
    assert progress(event, solution) == Progress(5, 5)


def test_both_ends_of_a_skip_condition_happen_among_the_seeds() -> None:
    ends = {rehearse(CUP, by_chance(str(seed)))[1].rows["Again"].status for seed in range(12)}
    assert ends == {Status.SKIPPED, Status.COMPLETED}


def test_a_seed_plays_the_same_day_again_and_another_seed_another_day() -> None:
    first, again, other = (rehearse(CUP, by_chance(seed))[2] for seed in ("1", "1", "2"))
    assert first == again
    assert first != other


def test_every_played_match_has_the_points_that_make_its_winner() -> None:
    event, solution, _ = rehearse(CUP, by_chance("3"))
    points = points_by_match(event)
    for match in event.matches.values():
        if match.result is None:
            continue
        scores = set_scores(points[match.id])
        ahead = [one > other for one, other in scores]
        assert all(max(pair) == 5 > min(pair) for pair in scores)
        assert max(ahead.count(True), ahead.count(False)) == 2
        assert match.result.winner is (Side.TEAM1 if ahead.count(True) == 2 else Side.TEAM2)
        assert all(match.start is not None and match.start.at_ms <= point.start_ms for point in points[match.id])
        assert all((point.end_ms or 0) <= match.result.ended_ms for point in points[match.id])
    assert event_table(event, {name: (row.team1_id, row.team2_id) for name, row in solution.rows.items()}).is_final


def test_a_draw_happens_where_the_mode_has_room_for_one_and_nobody_waits_for_a_winner() -> None:
    friendly = event_of(*(row(f"F{number}", "A", "B", at=number * 40, sets=2) for number in range(30)))
    endings = Counter(
        match.result.ending for match in rehearse(friendly, by_chance("1"))[0].matches.values() if match.result
    )
    assert endings[Ending.DRAW] > 0
    assert endings[Ending.NORMAL] > 0
    waited = event_of(
        *(row(f"F{number}", "A", "B", at=number * 40, sets=2) for number in range(30)),
        tags=(Tag(id="t", name="T", expression=" ".join(f"{{F{number}}}" for number in range(30))),),
    )
    assert all(match.result and match.result.winner for match in rehearse(waited, by_chance("1"))[0].matches.values())


def test_a_match_by_stones_is_played_by_points() -> None:
    day = event_of(row("P", "A", "B", at=0, sets=2, set_type=SetType.STONES))
    event, _, _ = rehearse(day, by_chance("5"))
    assert {point.set_number for point in event.points.values()} == {1, 2}


def test_who_is_waited_for_is_seen_in_slots_and_in_scripts() -> None:
    day = event_of(
        row("S1", "A", "B", at=0), row("S2", "C", "D", at=0), row("X", "S1 wins", "E", at=60), row("Y", "A", "C", at=90)
    )
    assert [name for name, match in day.matches.items() if waits_for_winner(day, match)] == ["S1"]
    scripted = replace(day, tags={"t": Tag(id="t", name="Best", expression="(winner {Y})")})
    assert waits_for_winner(scripted, scripted.matches["Y"])
    assert not waits_for_winner(scripted, scripted.matches["X"])


def test_ends_come_before_starts_of_the_same_moment() -> None:
    day = event_of(row("1", "A", "B", at=0), row("2", "A", "C", at=30, after="1"))
    same_length = as_recorded([record("1", Side.TEAM1, at=0), record("2", Side.TEAM1, at=30)], with_points=False)
    _, _, steps = rehearse(day, same_length)
    shown = [(type(step).__name__, (step.at_ms - TEN) // MINUTE_MS) for step in steps]
    assert shown == [("StartMatch", 0), ("FinishMatch", 30), ("StartMatch", 30), ("FinishMatch", 60), ("Done", 60)]


@dataclass(frozen=True)
class Record:
    match_id: str
    result: Result
    started_ms: int
    set_scores: tuple[tuple[int, int], ...] = ()


def record(
    match_id: str, winner: Side | None, *, at: int, length: int = 30, sets: tuple[tuple[int, int], ...] = ()
) -> Record:
    started_ms = TEN + at * MINUTE_MS
    ending = Ending.DRAW if winner is None else Ending.NORMAL
    score = Score(sets=(1, 1), points=(6, 8), text="as it was")
    result = Result(ending=ending, winner=winner, ended_ms=started_ms + length * MINUTE_MS, stated_score=score)
    return Record(match_id, result, started_ms, sets)


def test_a_recorded_match_ends_exactly_as_it_was_recorded_whatever_its_points_say() -> None:
    day = event_of(row("1", "A", "B", at=0))
    recorded = record("1", Side.TEAM2, at=0, sets=((5, 3), (1, 5)))
    event, _, steps = rehearse(day, as_recorded([recorded]))
    assert event.matches["1"].result == recorded.result
    (entered,) = [step for step in steps if isinstance(step, EnterPoints)]
    assert set_scores(event.points.values()) == ((5, 3), (1, 5))
    lasts = [point for point in entered.points if point.set_number == 2]
    assert lasts[-1].winner is Side.TEAM2
    without = rehearse(day, as_recorded([recorded], with_points=False))[0]
    assert without.points == {}
    assert without.matches["1"].result == recorded.result


def test_thousands_of_recorded_points_are_stated_and_not_played() -> None:
    day = event_of(row("1", "A", "B", at=0))
    event, _, _ = rehearse(day, as_recorded([record("1", None, at=0, sets=((900_000, 1),))]))
    assert event.points == {}
    assert event.matches["1"].result is not None


def test_a_match_without_record_is_annulled_aloud_so_that_the_day_goes_on() -> None:
    day = event_of(row("1", "A", "B", at=0), row("2", "A", "C", at=30, after="1"))
    event, _, steps = rehearse(day, as_recorded([record("2", Side.TEAM1, at=30)]))
    annulled = next(step for step in steps if isinstance(step, FinishMatch))
    assert (annulled.match_id, annulled.ending) == ("1", Ending.ANNULLED)
    assert annulled.note is not None
    assert event.matches["2"].result is not None


def test_a_bye_is_stated_without_a_start() -> None:
    day = event_of(row("1", "A", None, at=0), row("2", None, "B", at=30, after="1"))
    _, _, steps = rehearse(day, by_chance("1"))
    finishes = [step for step in steps if isinstance(step, FinishMatch)]
    assert [(step.match_id, step.ending, step.winner, step.started) for step in finishes] == [
        ("1", Ending.BYE, Side.TEAM1, False),
        ("2", Ending.BYE, Side.TEAM2, False),
    ]
    assert not any(isinstance(step, StartMatch) for step in steps)
    assert isinstance(steps[-1], Done)


def test_nothing_is_decided_where_people_have_to_and_every_reason_is_told() -> None:
    day = event_of(
        replace(row("1", None, "B", at=0), team1=TagSlot("t")),
        row("2", "C", "D", at=0, field="f2"),
        tags=(Tag(id="t", name="Seed 1"),),
    )
    event, _, steps = rehearse(day, by_chance("1"))
    stuck = steps[-1]
    assert isinstance(stuck, Stuck)
    assert event.matches["2"].result is not None
    assert event.matches["1"].result is None
    assert {reason.about.partition("/")[0] for reason in stuck.reasons} <= {"match", "tag"}
    assert any(reason.code.startswith("TEAM") for reason in stuck.reasons)


def test_two_matches_in_a_circle_are_told_and_not_waited_for() -> None:
    day = event_of(
        row("1", "2 wins", "B", kind=MatchKind.FAST, after=None),
        row("2", "1 wins", "D", kind=MatchKind.FAST, field="f2"),
    )
    assert isinstance(rehearse(day, by_chance("1"))[2][-1], Stuck)


def test_a_fixed_break_is_waited_for() -> None:
    day = event_of(
        row("Opening", kind=MatchKind.STATBREAK, at=0, length=30),
        row("1", "A", "B", kind=MatchKind.FAST, after="Opening"),
    )
    solution = solve(day, now_ms=TEN - MINUTE_MS)
    assert next_step(day, solution, now_ms=TEN - MINUTE_MS, plays=by_chance("1")) == Wait(at_ms=TEN)


def test_a_running_match_found_at_the_begin_is_brought_to_its_end() -> None:
    started = rehearse_one_step(event_of(row("1", "A", "B", at=0)))
    event, _, steps = rehearse(started, by_chance("1"))
    assert not any(isinstance(step, StartMatch) for step in steps)
    assert event.matches["1"].result is not None


def rehearse_one_step(event: Event) -> Event:
    return perform(event, StartMatch(at_ms=TEN, match_id=next(iter(event.matches))))


def test_played_points_follow_each_other() -> None:
    event = event_of(row("1", "A", "B", at=0))
    points: tuple[PlayedPoint, ...] = by_chance("9")(event, solve(event, now_ms=TEN), event.matches["1"]).points
    assert all(one.starts_ms < one.ends_ms <= other.starts_ms for one, other in pairwise(points))


@each_real_file
@pytest.mark.parametrize("with_points", [True, False])
def test_a_real_event_played_as_recorded_gives_the_sums_of_its_file(path: Path, with_points: bool) -> None:
    nothing = Event(info=EventInfo(id="e1", name="New event"))
    made = import_results(read_results(path.read_bytes()), nothing, random.Random(1).randbytes)
    event, solution, steps = rehearse(apply(nothing, made.writes), as_recorded(made.results, with_points=with_points))
    assert isinstance(steps[-1], Done)
    table = event_table(event, {name: (row.team1_id, row.team2_id) for name, row in solution.rows.items()})
    assert {event.teams[line.team_id].name: asdict(line.tally) for line in table.lines} == sums_of_file(path)
    assert bool(event.points) == with_points


@each_real_file
def test_a_real_event_played_by_chance_comes_to_its_end(path: Path) -> None:
    nothing = Event(info=EventInfo(id="e1", name="New event"))
    made = import_results(read_results(path.read_bytes()), nothing, random.Random(1).randbytes)
    event, solution, steps = rehearse(apply(nothing, made.writes), by_chance("summer"))
    assert isinstance(steps[-1], Done)
    assert progress(event, solution) == Progress(len(event.matches), len(event.matches))


_slots = st.sampled_from([None, "A", "B", "C", "D", "M0 wins", "M1 loses", "M2 wins", "M5 wins", "M9 wins"])
_drawn_rows = st.lists(
    st.tuples(
        st.sampled_from(list(MatchKind)),
        st.sampled_from(["f1", "f2"]),
        st.booleans(),
        _slots,
        _slots,
        st.integers(0, 4),
        st.sampled_from(["", "", "(== 1 1)", "(== (winner {M0}) (winner {M1}))", "(is-skipped {M2})", "nonsense ("]),
    ),
    min_size=1,
    max_size=9,
)


@settings(deadline=None, max_examples=tries(60), suppress_health_check=[HealthCheck.too_slow])
@given(_drawn_rows, st.sampled_from(["1", "2"]))
def test_any_schedule_comes_to_an_end_or_says_why_not(
    drawn: list[tuple[MatchKind, str, bool, str | None, str | None, int, str]], seed: str
) -> None:
    last: dict[str, str] = {}
    rows: list[Match] = []
    for number, (kind, field, linked, one, other, slot_number, skip) in enumerate(drawn):
        name = f"M{number}"
        fixed = kind in (MatchKind.STATIC, MatchKind.STATBREAK)
        rows.append(
            row(
                name,
                one if kind.is_game else None,
                other if kind.is_game else None,
                kind=kind,
                at=slot_number * 35 if fixed else None,
                after=last.get(field) if linked or not fixed else None,
                field=field,
                length=0 if kind is MatchKind.JOIN else 30,
                skip=skip if kind in (MatchKind.SAFE, MatchKind.FAST) else "",
            )
        )
        last[field] = name
    day = event_of(*rows)
    event, solution, steps = rehearse(day, by_chance(seed))
    done = progress(event, solution)
    if isinstance(steps[-1], Done):
        assert done.over == done.matches
    else:
        assert isinstance(steps[-1], Stuck)
        assert done.over < done.matches
        assert steps[-1].reasons
    for match in event.matches.values():
        if match.start is not None and match.result is not None:
            assert match.start.at_ms < match.result.ended_ms
    assert_fields_were_never_shared(event)


def assert_fields_were_never_shared(event: Event) -> None:
    played = [
        (match.field_id, match.start.at_ms, match.result.ended_ms)
        for match in event.matches.values()
        if match.start is not None and match.result is not None
    ]
    for number, (field, start_ms, end_ms) in enumerate(played):
        for other_field, other_start_ms, other_end_ms in played[number + 1 :]:
            assert field != other_field or end_ms <= other_start_ms or other_end_ms <= start_ms
