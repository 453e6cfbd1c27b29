"""From a results file to an event: nothing of a valid file is lost, every guess and every change of a name is told."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctos_desk.formats.standings import event_table, group_tables, known_sides
from arctos_desk.interchange.legal_names import legal_key, legal_match_name, unused
from arctos_desk.interchange.modes import Mode, read_mode
from arctos_desk.interchange.results_file import read_results
from arctos_desk.interchange.results_import import Import, import_results, writes_of_results
from arctos_desk.tournament.instants import MINUTE_MS, to_iso
from arctos_desk.tournament.kinds import Ending, SetType, Side, Stage
from arctos_desk.tournament.records import Event, EventInfo, Match
from arctos_desk.tournament.registers import apply, merged
from arctos_desk.tournament.tokens import TeamSlot
from arctos_desk.tournament.words import in_english
from arctos_desk.wire.canonical import canonical_bytes
from tests.interchange.real_files import each_real_file, sample_match, sums_of_file

NOTHING = Event(info=EventInfo(id="e1", name="New event"))


def imported(*matches: dict[str, Any], event: Event = NOTHING) -> tuple[Import, Event]:
    made = import_results(read_results(json.dumps(list(matches))), event, random.Random(len(event.matches)).randbytes)
    return made, apply(event, made.writes)


def codes(made: Import) -> list[str]:
    return [finding.code for finding in made.findings]


def at(clock: str, name: str, one: int = 1, other: int = 2, **more: Any) -> dict[str, Any]:
    """A match at a time of day between two teams by number."""
    return sample_match(
        timestamp=f"2025-04-26 {clock}",
        name=name,
        first_team_id=one,
        first_team=f"Team {one}",
        second_team_id=other,
        second_team=f"Team {other}",
        victorious_team_id=one,
        victorious_team=f"Team {one}",
        **more,
    )


def test_a_file_becomes_teams_groups_fields_matches_and_results() -> None:
    made, event = imported(at("10:00", "A"), at("10:00", "B", 3, 4), at("10:40", "C", 1, 3), at("11:20", "D", 2, 4))
    assert made.counts == {"teams": 4, "groups": 1, "fields": 2, "matches": 4, "results": 4}
    assert event.info == EventInfo(id="e1", name="Pine Cup", place="Fir Hollow", source="tournament 7")
    assert [team.name for team in event.teams.values()] == ["Team 1", "Team 2", "Team 3", "Team 4"]
    assert [team.key for team in event.teams.values()] == ["team-1", "team-2", "team-3", "team-4"]
    shown = [
        (
            match.name,
            event.fields[match.field_id or ""].name,
            match.previous_id and event.matches[match.previous_id].name,
            to_iso(match.planned_ms or 0),
            match.length_min,
        )
        for match in event.matches.values()
    ]
    assert shown == [
        ("A", "Field 1", None, "2025-04-26T10:00:00", 40),
        ("B", "Field 2", None, "2025-04-26T10:00:00", 40),
        ("C", "Field 1", "A", "2025-04-26T10:40:00", 40),
        ("D", "Field 1", "C", "2025-04-26T11:20:00", 40),
    ]


def test_results_stand_beside_the_schedule_until_they_are_written() -> None:
    made, event = imported(at("10:00", "A", score_total="5:1 - 5:3"))
    (match,) = event.matches.values()
    assert (match.result, match.start, match.stage) == (None, None, Stage.PLANNED)
    (after,) = apply(event, writes_of_results(event, made.results)).matches.values()
    assert after.stage is Stage.ENDED
    assert after.start is not None
    assert after.start.at_ms == match.planned_ms
    assert after.result is not None
    assert (after.result.ending, after.result.winner) == (Ending.NORMAL, Side.TEAM1)
    assert after.result.ended_ms == (match.planned_ms or 0) + (match.length_min or 0) * MINUTE_MS
    assert after.result.stated_score is not None
    assert (after.result.stated_score.sets, after.result.stated_score.points) == ((2, 0), (10, 4))


def test_nobody_as_winner_is_a_draw() -> None:
    draw = at("10:00", "A") | {"victorious_team": None, "victorious_team_id": None}
    made, _ = imported(draw)
    (recorded,) = made.results
    assert (recorded.result.ending, recorded.result.winner) == (Ending.DRAW, None)


def test_the_same_chance_makes_the_same_ids() -> None:
    rows = [at("10:00", "A"), at("10:40", "B", 2, 3)]
    assert imported(*rows)[0].writes == imported(*rows)[0].writes


def test_a_side_without_opponent_has_a_bye_and_is_warned_about() -> None:
    made, event = imported(at("10:00", "A") | {"second_team": None, "second_team_id": None})
    (match,) = event.matches.values()
    assert match.team2 is None
    assert made.results[0].result.ending is Ending.BYE
    assert made.results[0].result.winner is Side.TEAM1
    assert "BYE" in codes(made)
    (written,) = apply(event, writes_of_results(event, made.results)).matches.values()
    assert written.start is None


def test_a_team_called_bye_stays_a_team_and_is_warned_about() -> None:
    made, event = imported(at("10:00", "A") | {"second_team": "Freilos"})
    assert [team.name for team in event.teams.values()] == ["Team 1", "Freilos"]
    assert "BYE" in codes(made)


def test_a_team_in_two_matches_at_once_is_warned_about_and_kept() -> None:
    made, event = imported(at("10:00", "A", 1, 2), at("10:00", "B", 3, 1), at("10:40", "C", 4, 5))
    doubled = [finding for finding in made.findings if finding.code == "DOUBLE_BOOKED"]
    assert [in_english(finding.words) for finding in doubled] == ["Team 1 plays A and B at the same time"]
    assert len(event.matches) == 3


def test_match_names_are_made_legal_and_unique_and_the_original_is_named() -> None:
    made, event = imported(
        at("10:00", "Final, big"), at("10:40", "3/4"), at("11:20", "A::B"), at("12:00", "3-4"), at("12:40", " , ")
    )
    assert [match.name for match in event.matches.values()] == ["Final big", "3-4", "A:B", "3-4 (2)", "Match 5"]
    renamed = [in_english(finding.words) for finding in made.findings if finding.code == "MATCH_RENAMED"]
    assert renamed[0] == "[0]: “Final, big” is called “Final big” here"
    assert len(renamed) == 5


def test_teams_of_one_name_stay_two_teams_with_two_keys() -> None:
    twins = at("10:00", "A") | {"first_team": "Twins", "second_team": "Twins", "victorious_team": "Twins"}
    made, event = imported(twins)
    assert [(team.name, team.key) for team in event.teams.values()] == [("Twins", "twins"), ("Twins", "twins-2")]
    assert "TEAM_NAME_TWICE" in codes(made)
    assert made.results[0].result.winner is Side.TEAM1


def test_names_in_any_script_are_kept_and_get_keys() -> None:
    _, event = imported(at("10:00", "А") | {"first_team": "Красные", "second_team": "Wütende Øksen & Söhne"})
    assert [team.name for team in event.teams.values()] == ["Красные", "Wütende Øksen & Söhne"]
    assert [team.key for team in event.teams.values()] == ["team-1", "wutende-oksen-sohne"]


def test_lengths_are_learnt_from_the_gaps_after_each_mode_and_a_pause_teaches_nothing() -> None:
    long, short = "Best of Three", "Best of One"
    _, event = imported(
        *(at(clock, f"S{clock[:2]}{clock[3:]}", mode=short) for clock in ("09:00", "09:20", "09:40", "10:00")),
        *(at(clock, f"L{clock[:2]}{clock[3:]}", mode=long, group="KO") for clock in ("14:00", "14:50", "15:40")),
    )
    assert [match.length_min for match in event.matches.values()] == [20, 20, 20, 20, 50, 50, 50]


def test_a_learnt_length_never_reaches_into_the_next_match_of_the_field() -> None:
    _, event = imported(*(at(clock, clock[:2] + clock[3:]) for clock in ("09:00", "09:40", "10:20", "10:35")))
    assert [match.length_min for match in event.matches.values()] == [40, 40, 15, 40]


def test_an_import_into_an_event_keeps_what_is_there() -> None:
    _, before = imported(at("10:00", "A"))
    made, after = imported(at("10:00", "A"), event=before)
    assert "IMPORTED_BEFORE" in codes(made)
    assert [match.name for match in after.matches.values()] == ["A", "A (2)"]
    assert [field.name for field in after.fields.values()] == ["Field 1", "Field 1 (2)"]
    assert len({team.key for team in after.teams.values()}) == 4
    assert before.matches.items() <= after.matches.items()


def test_an_unplayed_match_is_imported_without_a_result() -> None:
    open_match = at("10:00", "A", score_total=None) | dict.fromkeys(
        [key for key in sample_match() if key.startswith(("sets_", "points_", "victorious_"))]
    )
    made, event = imported(open_match)
    assert made.results == ()
    assert len(event.matches) == 1
    assert "NOT_PLAYED" in codes(made)


def test_modes_become_legal_keys() -> None:
    assert read_mode("Best of Two, 5 Skulls") == Mode(SetType.SETS, 2, None, 5)
    assert read_mode("Best of Five, 5 Skulls") == Mode(SetType.SETS, 5, None, 5)
    assert read_mode("Best of 3") == Mode(SetType.SETS, 3, None, None)
    assert read_mode("Time framed, 7 pont") == Mode(SetType.STONES, 1, None, 7)
    assert read_mode("2 x 100 Steine") == Mode(SetType.STONES, 2, 100, None)
    assert read_mode("") == Mode()
    assert not read_mode("Sudden death at dusk").known


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_wording_of_a_mode_gives_keys_in_their_bounds(wording: str) -> None:
    mode = read_mode(wording)
    assert mode.sets is None or 0 < mode.sets <= 1_000
    assert mode.stones_per_set is None or 0 < mode.stones_per_set <= 1_000


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_names_from_anywhere_become_legal(text: str) -> None:
    key, name = legal_key(text), legal_match_name(text)
    assert key == "" or (key.isascii() and key[0].isalnum() and key[-1].isalnum() and len(key) <= 50)
    assert not any(sign in name for sign in (",", "::", "/"))
    assert name == name.strip()
    assert len(name) <= 200
    assert legal_match_name(name) == name
    assert unused(name, {name}) != name
    assert len(unused(name, {name})) <= 200


_names = st.text(max_size=12) | st.sampled_from(["A", "B", "A, B", "Final", ""])
_rows = st.fixed_dictionaries(
    {
        "name": _names,
        "clock": st.sampled_from(["09:00", "09:25", "10:00", "10:00", "13:00"]),
        "teams": st.tuples(st.integers(1, 5), st.integers(1, 5)),
        "draw": st.booleans(),
        "group": st.none() | _names,
        "mode": _names | st.sampled_from(["Best of Two, 5 Skulls", "Time framed, 7 pont"]),
        "score": st.tuples(*[st.integers(0, 12)] * 4),
    }
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_rows, min_size=1, max_size=12))
def test_every_readable_file_becomes_an_event_that_can_be_written(rows: list[dict[str, Any]]) -> None:
    text = json.dumps(
        [
            at(row["clock"], row["name"], *row["teams"], group=row["group"], mode=row["mode"])
            | dict(
                zip(
                    ("sets_first_team", "sets_second_team", "points_first_team", "points_second_team"),
                    row["score"],
                    strict=True,
                )
            )
            | ({"victorious_team": None, "victorious_team_id": None} if row["draw"] else {})
            for row in rows
        ]
    )
    made = import_results(read_results(text), NOTHING, random.Random(1).randbytes)
    event = apply(NOTHING, made.writes)
    assert len(event.matches) == len(rows) == len(made.results)
    names = [match.name for match in event.matches.values()]
    assert len(set(names)) == len(names)
    assert all(legal_match_name(name) == name for name in names)
    assert_no_field_holds_two_matches_at_once(event)
    canonical_bytes(merged(made.writes, writes_of_results(event, made.results)), limit=None)


def assert_no_field_holds_two_matches_at_once(event: Event) -> None:
    for match in event.matches.values():
        if match.previous_id is not None:
            before = event.matches[match.previous_id]
            assert before.field_id == match.field_id
            assert end_of(before) <= (match.planned_ms or 0)
    followed = [match.previous_id for match in event.matches.values() if match.previous_id is not None]
    assert len(set(followed)) == len(followed)
    assert len(event.matches) - len(followed) == len(event.fields)


def end_of(match: Match) -> int:
    return (match.planned_ms or 0) + (match.length_min or 0) * MINUTE_MS


@each_real_file
def test_a_real_event_is_imported_whole(path: Path) -> None:
    rows = json.loads(path.read_text(encoding="utf-8"))
    made = import_results(read_results(path.read_bytes()), NOTHING, random.Random(1).randbytes)
    event = apply(NOTHING, made.writes)
    assert set(codes(made)) <= {"FIELDS_INFERRED"}
    assert sorted(match.name for match in event.matches.values()) == sorted(row["name"] for row in rows)
    assert {team.name for team in event.teams.values()} == {
        row[side] for row in rows for side in ("first_team", "second_team")
    }
    assert sorted(match.mode for match in event.matches.values()) == sorted(row["mode"] for row in rows)
    assert all(match.sets for match in event.matches.values())
    assert len(made.results) == len(rows)
    assert_no_field_holds_two_matches_at_once(event)
    by_name = {match.name: match for match in event.matches.values()}
    for row in rows:
        match = by_name[row["name"]]
        result = made.results_by_match[match.id].result
        slots = [event.teams[slot.team_id].name for slot in (match.team1, match.team2) if isinstance(slot, TeamSlot)]
        assert slots == [row["first_team"], row["second_team"]]
        assert to_iso(match.planned_ms or 0) == row["timestamp"].replace(" ", "T") + ":00"
        assert result.stated_score is not None
        assert result.stated_score.points == (row["points_first_team"], row["points_second_team"])
        winner = None if result.winner is None else slots[result.winner is Side.TEAM2]
        assert winner == row["victorious_team"]


@each_real_file
def test_the_tables_of_a_real_event_are_the_sums_of_its_file(path: Path) -> None:
    made = import_results(read_results(path.read_bytes()), NOTHING, random.Random(1).randbytes)
    event = apply(NOTHING, made.writes)
    event = apply(event, writes_of_results(event, made.results))
    table = event_table(event, known_sides(event))
    assert {event.teams[line.team_id].name: asdict(line.tally) for line in table.lines} == sums_of_file(path)
    assert table.is_final
    for group in group_tables(event, known_sides(event)):
        assert group.is_final
        assert sum(line.tally.played for line in group.lines) == 2 * group.matches
