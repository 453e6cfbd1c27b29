"""The bundled sample: a schedule file like any other, which shows what a day can hold and comes to its end."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from arctos_desk.formats.standings import event_table, group_tables
from arctos_desk.interchange.entries import import_entries, import_groups, read_entries
from arctos_desk.interchange.roster_table import read_rosters
from arctos_desk.planning.plays import by_chance
from arctos_desk.planning.rehearsal import Done
from arctos_desk.scheduling.schedule_file import import_schedule, read_schedule
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.alike import near_names, plain_name, written_name
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import Counting, MatchKind, SetType, Status
from arctos_desk.tournament.records import Event, EventInfo
from arctos_desk.tournament.registers import apply
from tests.planning.day import rehearse

ROSTERS = Path(__file__).resolve().parents[2] / "resources" / "samples" / "pine-cup-rosters.csv"
SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "pine-cup.toml"


@cache
def sample() -> Event:
    chance = random.Random(1).randbytes
    text = SAMPLE.read_text(encoding="utf-8")
    entries = read_entries(text)
    event = Event(info=EventInfo(id="e1", name="New event"))
    event = apply(event, import_entries(entries, event, chance))
    imported = import_schedule(event, read_schedule(text), chance=chance)
    assert imported.findings == ()
    event = apply(event, imported.writes)
    return apply(event, import_groups(entries, event, chance))


def test_the_sample_shows_what_a_day_can_hold() -> None:
    event = sample()
    kinds = Counter(match.kind for match in event.matches.values())
    assert set(kinds) == set(MatchKind)
    assert len(event.teams) == 16
    assert len(event.fields) == 3
    assert len(event.groups) == 5
    assert any(match.ribbon for match in event.matches.values())
    assert any(match.skip_condition for match in event.matches.values())
    assert {match.set_type for match in event.matches.values()} == set(SetType)
    assert all(tag.expression for tag in event.tags.values())
    assert event.info.name == "Pine Cup"
    assert (event.info.first_day, event.info.last_day) == ("2027-06-05", "2027-06-06")
    assert {mode.counting for mode in event.modes.values()} == set(Counting)
    assert len({team.colour for team in event.teams.values()}) == 16
    assert len(event.penalty_types) == 3


def test_every_roster_of_the_sample_is_read_without_a_fault() -> None:
    table = read_rosters(ROSTERS.read_bytes(), file_name=ROSTERS.name)
    assert (table.problems, table.left_out) == ((), ())
    names = {team.name for team in sample().teams.values()}
    teams = Counter(row.team for row in table.rows)
    assert set(teams) - {None} <= names
    assert len(table.mercenaries) == 2
    assert all(count <= (sample().info.most_on_roster or 0) for team, count in teams.items() if team)


def test_no_two_players_of_the_sample_look_like_one() -> None:
    rows = read_rosters(ROSTERS.read_bytes(), file_name=ROSTERS.name).rows
    names = [row.name for row in rows]
    assert [(names[one], names[other]) for one, other in near_names(dict(enumerate(map(written_name, names))))] == []
    assert len({plain_name(name) for name in names}) == len(names)
    numbers = Counter((row.team, row.number) for row in rows if row.team and row.number)
    assert [taken for taken, count in numbers.items() if count > 1] == []


def test_nobody_plays_or_referees_twice_at_once_and_no_field_holds_two_matches() -> None:
    event = sample()
    solution = solve(event, now_ms=0)
    assert solution.in_cycle == frozenset()
    assert solution.problems == ()
    rows = [
        (solution.rows[match.id], match)
        for match in event.matches.values()
        if solution.rows[match.id].plan_ms is not None
    ]
    assert len(rows) == len(event.matches)
    for number, (row, match) in enumerate(rows):
        for other, other_match in rows[number + 1 :]:
            assert row.plan_ms is not None
            assert other.plan_ms is not None
            apart = (
                row.plan_ms + row.length_min * MINUTE_MS <= other.plan_ms
                or other.plan_ms + other.length_min * MINUTE_MS <= row.plan_ms
            )
            slots = {match.team1, match.team2, *match.referees} & {
                other_match.team1,
                other_match.team2,
                *other_match.referees,
            }
            assert apart or not slots - {None}
            assert apart or match.field_id != other_match.field_id


@pytest.mark.parametrize(("seed", "end_of_reset"), [("1", Status.SKIPPED), ("3", Status.COMPLETED)])
def test_the_sample_is_played_to_its_end(seed: str, end_of_reset: Status) -> None:
    event, solution, steps = rehearse(sample(), by_chance(seed))
    assert isinstance(steps[-1], Done)
    by_name = {match.name: solution.rows[match.id] for match in event.matches.values()}
    first, reset = by_name["Great final"], by_name["Reset final"]
    upper = by_name["Upper final"]
    won = {match.name: match.result.winner for match in event.matches.values() if match.result is not None}
    champion_of_upper = upper.team1_id if won["Upper final"] == "TEAM1" else upper.team2_id
    champion = first.team1_id if won["Great final"] == "TEAM1" else first.team2_id
    assert (reset.status is Status.SKIPPED) == (champion == champion_of_upper)
    assert reset.status is end_of_reset
    skipped = {row.match_id for row in solution.rows.values() if row.status is Status.SKIPPED}
    sides = {row.match_id: (row.team1_id, row.team2_id) for row in solution.rows.values()}
    groups = group_tables(event, sides, skipped=skipped)
    assert [table.is_final for table in groups] == [True] * 5
    for letter, table in zip("ABCD", groups, strict=False):
        tags = {tag.name: solution.tag_teams[tag.id] for tag in event.tags.values()}
        assert {tags[f"{place} {letter}"] for place in ("Winner", "Second", "Third", "Last")} == {
            line.team_id for line in table.lines
        }
    assert sum(line.tally.played for line in event_table(event, sides).lines) == 2 * (47 - len(skipped))
