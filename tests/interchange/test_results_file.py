"""Reading results files: what is odd is kept, what is wrong is told at once with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arctos_desk.interchange.results_file import read_results, score_by_sets
from arctos_desk.tournament.instants import from_iso
from arctos_desk.tournament.kinds import Side
from arctos_desk.tournament.reasons import Refused
from tests.interchange.real_files import sample_match


def read(*matches: Any) -> Any:
    return read_results(json.dumps(list(matches)))


def faults(text: bytes | str) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        read_results(text)
    return {problem.place: problem.code for problem in refused.value.problems}


def faults_or_none(text: bytes | str) -> dict[str, str]:
    """The faults by place; anything but a refusal rises."""
    try:
        read_results(text)
    except Refused as refused:
        return {problem.place: problem.code for problem in refused.problems}
    return {}


def test_a_match_is_read_as_it_stands() -> None:
    file = read(sample_match())
    (match,) = file.matches
    assert (file.tournament, file.city, file.source) == ("Pine Cup", "Fir Hollow", "tournament 7")
    assert match.name == "Group 1 - 1. Match"
    assert match.starts_ms == from_iso("2025-04-26 10:00")
    assert (match.team1.name, match.team2.name, match.group.name) == ("Red Kites", "Blue Herons", "Group 1")
    assert (match.sets, match.points, match.score_text) == ((2, 0), (10, 4), "5:1 - 5:3")
    assert match.winner is Side.TEAM1
    assert match.played
    assert file.findings == ()


def test_times_are_of_the_zone_that_is_asked_for_and_offsets_are_converted() -> None:
    text = json.dumps([sample_match(), sample_match(timestamp="2025-04-26T10:00+03:00")])
    naive, offset = read_results(text, zone="Europe/Berlin").matches
    assert naive.starts_ms == from_iso("2025-04-26 08:00")
    assert offset.starts_ms == from_iso("2025-04-26 07:00")


def test_nobody_as_winner_is_read_as_played_without_winner() -> None:
    (match,) = read(sample_match(victorious_team=None, victorious_team_id=None)).matches
    assert match.winner is None
    assert match.played


def test_a_match_without_score_and_winner_was_not_played() -> None:
    nothing = dict.fromkeys(
        [
            "victorious_team",
            "victorious_team_id",
            "sets_first_team",
            "sets_second_team",
            "points_first_team",
            "points_second_team",
            "score_total",
        ]
    )
    (match,) = read(sample_match(**nothing)).matches
    assert not match.played


def test_missing_group_unknown_keys_and_odd_scores_are_no_faults() -> None:
    odd = sample_match(weather="rain", points_first_team=0, sets_first_team=9, score_total="forfeit")
    del odd["group"], odd["group_id"], odd["mode"], odd["city"]
    (match,) = read(odd).matches
    assert match.group is None
    assert (match.sets, match.points, match.score_text) == ((9, 0), (0, 4), "forfeit")


def test_the_winner_is_found_by_name_when_the_file_has_no_ids() -> None:
    by_name = {key: value for key, value in sample_match().items() if not key.endswith("_id")}
    (match,) = read({**by_name, "victorious_team": "Blue Herons"}).matches
    assert match.winner is Side.TEAM2


def test_every_fault_is_told_at_once_with_its_place() -> None:
    no_time = sample_match()
    del no_time["timestamp"]
    text = json.dumps(
        [
            sample_match(),
            no_time,
            "a match",
            sample_match(timestamp="Saturday", sets_first_team="two", name=None),
            sample_match(
                points_second_team=True, first_team=["Red Kites"], victorious_team="Grey Owls", victorious_team_id=9
            ),
            sample_match(sets_second_team=-1, tournament_id=1.5),
        ]
    )
    assert faults(text) == {
        "[1].timestamp": "MISSING",
        "[2]": "NOT_AN_OBJECT",
        "[3].timestamp": "BAD_TIME",
        "[3].sets_first_team": "WRONG_TYPE",
        "[4].points_second_team": "WRONG_TYPE",
        "[4].first_team": "WRONG_TYPE",
        "[4].victorious_team": "STRANGE_WINNER",
        "[5].sets_second_team": "OUT_OF_RANGE",
        "[5].tournament_id": "WRONG_TYPE",
    }


def test_a_winner_by_id_and_another_by_name_is_a_fault() -> None:
    text = json.dumps([sample_match(victorious_team_id=2)])
    assert faults(text) == {"[0].victorious_team": "TWO_WINNERS"}


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ('[\n  {"name": "A",}\n]', "line 2, column 16", "NOT_JSON"),
        ("", "line 1, column 1", "NOT_JSON"),
        ("{}", "", "NOT_A_LIST"),
        ("[]", "", "NO_MATCHES"),
        ("[" * 200_000, "", "NOT_JSON"),
        ("[" + "9" * 10_000 + "]", "", "NOT_JSON"),
        (b'[\n{"name": "K\xf6ln"}]', "line 2", "NOT_UTF8"),
    ],
)
def test_what_is_no_results_file_is_refused_with_line_and_column(text: bytes | str, place: str, code: str) -> None:
    assert faults(text) == {place: code}


def test_half_a_character_is_a_fault_and_not_a_crash_when_it_is_written() -> None:
    text = json.dumps([sample_match(name="Final \ud83d")])
    assert faults(text) == {"[0].name": "BROKEN_CHARACTER"}


def test_every_text_of_a_file_comes_in_the_form_that_the_log_carries() -> None:
    decomposed = "Cafe\u0301"
    file = read(sample_match(tournament_id=decomposed, tournament=decomposed, city=decomposed, mode=decomposed))
    texts = (file.source.removeprefix("tournament "), file.tournament, file.city, file.matches[0].mode)
    assert texts == ("Café",) * 4


def test_groups_are_told_apart_by_id_and_one_without_an_id_is_found_by_name() -> None:
    file = read(
        sample_match(group="A", group_id=1),
        sample_match(group="A", group_id=None),
        sample_match(group="A", group_id=2),
        sample_match(group="B", group_id=None),
        sample_match(group="B", group_id=3),
        sample_match(group=None, group_id=1),
    )
    groups = [match.group and match.group.identity for match in file.matches]
    assert groups == ["id 1", "id 1", "id 2", "name B", "name B", None]


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_results(json.dumps([sample_match()]), zone="Fir/Hollow")
    assert refused.value.codes == ("BAD_ZONE",)


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("0:5 - 1:5", ((0, 5), (1, 5))),
        ("7:0", ((7, 0),)),
        ("5:2 – 3:5 – 5:3", ((5, 2), (3, 5), (5, 3))),
        ("", ()),
        ("forfeit", ()),
        ("5:2 - abandoned", ()),
        ("5:", ()),
    ],
)
def test_score_wordings_are_taken_apart_by_set(text: str, sets: tuple[tuple[int, int], ...]) -> None:
    assert score_by_sets(text) == sets


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2025-04-26 10:00", 1, "5:1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(st.sampled_from(sorted(sample_match())), _values, max_size=8), min_size=1, max_size=5))
def test_a_file_with_any_values_is_read_or_refused_and_nothing_else(changes: list[dict[str, Any]]) -> None:
    text = json.dumps([sample_match(**changed) for changed in changes])
    assert all(place.startswith("[") for place in faults_or_none(text))


@settings(deadline=None)
@given(st.data())
def test_a_file_with_damaged_bytes_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    raw = bytearray(json.dumps([sample_match(), sample_match(name="2. Match")]).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=5))
        if not raw:
            break
    assert all(code.isupper() for code in faults_or_none(bytes(raw)).values())
